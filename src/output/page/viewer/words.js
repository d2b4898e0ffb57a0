// What is said, in the reader's language, and the one way by which text gets onto the page: as text.
const words = { lang: data.lang };

function say(key, values = {}) {
  const text = data.words[words.lang][key];
  if (text === undefined) return key;
  // A function, because what is put in must not be read as a pattern.
  return text.replace(/\{(\w+)\}/g, (hole, name) => (name in values ? String(values[name]) : hole));
}

function v(key, values) {
  return say(`viewer-${key}`, values);
}

function number(value) {
  return value.toLocaleString(words.lang);
}

function dayText(day) {
  if (!Number.isFinite(day)) return '..';
  const date = new Date(day * 86400000);
  return Number.isNaN(date.getTime()) ? '..' : date.toISOString().slice(0, 10);
}

function whenText(when) {
  if (!when) return v('undated');
  const [first, last] = when;
  if (first === last) return dayText(first);
  return `${first === null ? '..' : dayText(first)} – ${last === null ? '..' : dayText(last)}`;
}

function monthText(day) {
  return dayText(day).slice(0, 7);
}

function certaintyText(certainty) {
  return certainty.toLocaleString(words.lang, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}

function partText(at) {
  return say(`part-${partOf(at).code}`);
}

function kindText(e) {
  const kind = say(`kind-${data.kinds[KIND[e]][0]}`);
  return data.edges[e].count > 1 ? `${kind} (${number(data.edges[e].count)})` : kind;
}

function nameOf(at) {
  if (at < NODES) return data.nodes[at].label;
  const group = groups[at - NODES];
  return say('map-community', { community: group.id, members: group.members.length });
}

function rankText(at) {
  const { rank } = data.nodes[at];
  return rank ? say('map-rank', { rank: rank[0], recurrence: rank[1] }) : '';
}

function byId(id) {
  return document.getElementById(`v-${id}`);
}

// An element with attributes, listeners (`onclick`) and children; a child that is no element is text.
function el(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') made.addEventListener(name.slice(2), value);
    else if (value === true) made.setAttribute(name, '');
    else if (value !== false && value !== undefined) made.setAttribute(name, value);
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return made;
}

// Puts our own words where the page names them.
function sayAll() {
  document.documentElement.lang = words.lang;
  document.querySelectorAll('[data-say]').forEach((one) => { one.textContent = v(one.dataset.say); });
  document.querySelectorAll('[data-label]').forEach((one) => {
    one.setAttribute('aria-label', v(one.dataset.label));
    if (one.tagName === 'BUTTON') one.title = v(one.dataset.label);
  });
  document.querySelectorAll('[data-hint]').forEach((one) => { one.placeholder = v(one.dataset.hint); });
  const said = data.said[words.lang];
  byId('title').textContent = said.title;
  byId('lead').textContent = said.lead.join(' · ');
  const notes = said.made ? [...said.notes, said.made] : said.notes;
  byId('notes').replaceChildren(...notes.map((note) => el('p', {}, note)));
}
