// Filters, the legend, time and search.
function boxes(place, list, off, sign) {
  byId(place).replaceChildren(...list.map(([key, text]) => el('label', { class: 'box' },
    el('input', {
      type: 'checkbox', value: key, checked: !off.has(key),
      onchange: (event) => { if (event.target.checked) off.delete(key); else off.add(key); changed(); },
    }), sign(key), el('span', {}, text))));
}

// A small drawing beside words.
function swatch(width, height, paint) {
  const ratio = window.devicePixelRatio || 1;
  const small = el('canvas', { width: width * ratio, height: height * ratio, 'aria-hidden': 'true', class: 'swatch' });
  const out = small.getContext('2d');
  out.setTransform(ratio, 0, 0, ratio, 0, 0);
  paint(out);
  return small;
}

function signSwatch(part) {
  return swatch(28, 18, (out) => {
    // Where colors tell groups, only the shape still tells the part.
    const grouped = data.nodes.some((node) => node.fill);
    out.fillStyle = grouped ? '#FFFFFF' : data.parts[part].fill;
    out.strokeStyle = theme.rim;
    out.setLineDash(data.parts[part].dashed ? [3, 2] : []);
    trace(out, OUTLINES[part], 12, 0, 0, 8, 14, 9);
    out.fill();
    out.stroke();
  });
}

function lineSwatch(color, dash, head, hollow) {
  return swatch(34, 14, (out) => {
    out.strokeStyle = color;
    out.fillStyle = color;
    out.lineWidth = 1.6;
    out.lineCap = dash.length && dash[0] < 1 ? 'round' : 'butt';
    out.setLineDash(dash);
    out.moveTo(2, 7);
    out.lineTo(30, 7);
    out.stroke();
    if (!head) return;
    out.setLineDash([]);
    out.beginPath();
    trace(out, head, 5, 0, 0, 5, 28, 7);
    if (hollow) out.stroke(); else out.fill();
  });
}

function tieSwatch(tie) {
  return lineSwatch(theme.tie[tie], [], HEADS[tie], data.ties[tie].hollow);
}

function legend() {
  const line = (sign, text) => el('li', {}, sign, el('span', {}, text));
  return [el('h2', {}, say('map-legend')),
    el('ul', { class: 'key' }, data.parts.map((part, at) => line(signSwatch(at), say(`part-${part.code}`)))),
    el('ul', { class: 'key' }, data.ties.map((tie, at) => line(tieSwatch(at), say(`tie-${tie.code}`)))),
    el('ul', { class: 'key' }, data.steps.map((step, at) => line(lineSwatch(theme.ink, dashOf(at, 1.6), null), say(`sure-${step.code}`)))),
    el('p', { class: 'quiet' }, v('width-note')),
    rankedList(),
    el('p', { class: 'quiet' }, v('hint'))];
}

// The ranked, so that one need not look for them.
function rankedList() {
  const ranked = data.nodes.map((node, at) => [node.rank, at]).filter(([rank]) => rank).sort((a, b) => a[0][0] - b[0][0]);
  if (!ranked.length) return null;
  return block(v('ranked'), el('ol', { class: 'plain' }, ranked.map(([, at]) => el('li', {},
    el('button', { type: 'button', class: 'link', onclick: () => choose(at) }, data.nodes[at].label), ` ${rankText(at)}`))),
  el('p', { class: 'quiet' }, v('rank-note')));
}

function fillFilters() {
  boxes('parts', data.parts.map((part, at) => [at, say(`part-${part.code}`)]), state.partsOff, signSwatch);
  boxes('kinds', data.kinds.map(([code], at) => [at, say(`kind-${code}`)]), state.kindsOff, (kind) => tieSwatch(data.kinds[kind][1]));
  byId('least').value = state.least;
  byId('steps').replaceChildren(...data.steps.map((step, at) => el('div', {}, lineSwatch(theme.ink, dashOf(at, 1.6), null), el('span', {}, say(`sure-${step.code}`)))));
  byId('community-part').hidden = !groups.length;
  byId('outlines-box').hidden = !groups.length;
  byId('community').replaceChildren(el('option', { value: '' }, v('all')), ...groups.map((_, g) => el('option', { value: g }, nameOf(NODES + g))), el('option', { value: 'none' }, v('no-community')));
  byId('community').value = state.community;
  byId('tied').checked = state.onlyTied;
  byId('outlines').checked = state.outlines;
  byId('phrases').checked = state.phrases;
  byId('undated').checked = state.undated;
  byId('time').hidden = !DAYS;
  if (!DAYS) return;
  for (const [id, day] of [['from', state.from], ['to', state.to]]) {
    Object.assign(byId(id), { min: DAYS[0], max: DAYS[1], value: day });
  }
}

function tellFilters() {
  byId('status').textContent = statusText();
  byId('least-said').textContent = certaintyText(state.least);
  byId('undated-said').textContent = v('undated-ties', { n: number(undatedTies) });
  if (DAYS) {
    byId('from').value = state.from;
    byId('to').value = state.to;
    byId('time-said').textContent = `${dayText(state.from)} – ${dayText(state.to)}`;
    byId('from').setAttribute('aria-valuetext', dayText(state.from));
    byId('to').setAttribute('aria-valuetext', dayText(state.to));
    drawBars();
  }
  Object.assign(canvas.dataset, { people: counts.people, ties: counts.ties, groups: counts.foldedGroups });
}

// How many ties begin when, under the time slider.
function drawBars() {
  const bars = byId('bars');
  const box = bars.getBoundingClientRect();
  if (!box.width) return;
  bars.width = box.width;
  bars.height = box.height;
  const out = bars.getContext('2d');
  const slots = Math.min(120, Math.max(12, Math.floor(box.width / 6)));
  const count = new Float64Array(slots);
  const slotOf = (day) => Math.min(slots - 1, Math.floor(((day - DAYS[0]) / (DAYS[1] - DAYS[0] + 1)) * slots));
  for (let e = 0; e < TIES; e += 1) if (Number.isFinite(FIRST[e])) count[slotOf(FIRST[e])] += 1;
  const most = Math.max(...count, 1);
  const [from, to] = [slotOf(state.from), slotOf(state.to)];
  count.forEach((n, slot) => {
    out.globalAlpha = slot >= from && slot <= to ? 0.8 : 0.25;
    out.fillStyle = theme.mark;
    const high = n ? Math.max(2, (n / most) * box.height) : 0;
    out.fillRect((slot / slots) * box.width, box.height - high, box.width / slots - 1, high);
  });
}

function setTime(from, to) {
  state.from = Math.min(from, to);
  state.to = Math.max(from, to);
  changed();
}

// Plays the case month by month: up to each month, or each month alone.
const player = { timer: 0, month: 0 };

function monthEnd(day) {
  const date = new Date(day * 86400000);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1) / 86400000 - 1;
}

function play() {
  if (player.timer) { stopPlaying(); return; }
  player.month = DAYS[0];
  byId('play').textContent = v('stop');
  canvas.dataset.playing = 'yes';
  player.timer = setInterval(playMonth, 350);
  playMonth();
}

function playMonth() {
  const end = Math.min(monthEnd(player.month), DAYS[1]);
  state.from = byId('monthly').checked ? player.month : DAYS[0];
  state.to = end;
  changed();
  if (end >= DAYS[1]) stopPlaying();
  player.month = end + 1;
}

function stopPlaying() {
  clearInterval(player.timer);
  player.timer = 0;
  byId('play').textContent = v('play');
  canvas.dataset.playing = 'no';
}

// All that can be searched for of a node, in small letters.
const searchable = data.nodes.map((node) => {
  const cases = (node.roles || []).flatMap(([, files]) => files);
  return [node.label, ...cases].join('\n').toLowerCase();
});

function search(query) {
  const wanted = query.trim().toLowerCase();
  state.found = new Set();
  const list = [];
  for (let at = 0; wanted && at < NODES; at += 1) {
    const roles = (data.nodes[at].roles || []).map(([role]) => say(`role-${role}`));
    const text = `${searchable[at]}\n${partText(at)}\n${roles.join('\n')}`.toLowerCase();
    if (text.includes(wanted)) list.push(at);
  }
  // Whoever is called just that comes first.
  const exact = (at) => (data.nodes[at].label.toLowerCase() === wanted ? 0 : 1);
  list.sort((a, b) => exact(a) - exact(b) || a - b).forEach((at) => state.found.add(at));
  showFound(list, wanted);
  canvas.dataset.found = list.length;
  redraw();
  return list;
}

function showFound(list, wanted) {
  const most = 30;
  const item = (at) => el('li', {}, el('button', { type: 'button', class: 'link', onclick: () => { choose(at); byId('found').hidden = true; } },
    `${data.nodes[at].label} · ${partText(at)}`));
  const rest = list.length > most ? el('li', { class: 'quiet' }, v('found-more', { n: number(list.length - most) })) : null;
  byId('found').hidden = !wanted;
  byId('found').replaceChildren(...list.slice(0, most).map(item), ...(rest ? [rest] : []),
    ...(list.length ? [] : [el('li', { class: 'quiet' }, v('found-none'))]));
}

function listenToControls() {
  const on = (id, event, act) => byId(id).addEventListener(event, act);
  on('least', 'input', () => { state.least = Number(byId('least').value); changed(); });
  on('community', 'change', () => { state.community = byId('community').value; changed(); });
  on('tied', 'change', () => { state.onlyTied = byId('tied').checked; changed(); });
  on('undated', 'change', () => { state.undated = byId('undated').checked; changed(); });
  on('outlines', 'change', () => { state.outlines = byId('outlines').checked; redraw(); });
  on('phrases', 'change', () => { state.phrases = byId('phrases').checked; redraw(); });
  const time = () => { stopPlaying(); setTime(Number(byId('from').value), Number(byId('to').value)); };
  on('from', 'input', time);
  on('to', 'input', time);
  on('play', 'click', play);
  on('reset', 'click', () => { stopPlaying(); byId('search').value = ''; search(''); reset(); fillFilters(); fit(); });
  const foldAll = (away) => { groups.forEach((_, g) => { folded[g] = away; if (away) placeGroup(g); }); select(null); layGrid(); changed(); };
  on('fold-all', 'click', () => foldAll(1));
  on('unfold-all', 'click', () => foldAll(0));
  on('search', 'input', () => search(byId('search').value));
  on('search', 'keydown', (event) => {
    if (event.key === 'Enter' && state.found.size) { choose([...state.found][0]); byId('found').hidden = true; canvas.focus(); }
    if (event.key === 'Escape') { byId('search').value = ''; search(''); canvas.focus(); }
  });
  on('open-table', 'click', () => { table.open = !table.open; showTable(); resize(); });
  on('fold-filters', 'click', () => { byId('app').classList.toggle('narrow'); resize(); });
  on('in', 'click', () => zoomAt(1.3));
  on('out', 'click', () => zoomAt(1 / 1.3));
  on('fit', 'click', fit);
  on('theme', 'click', () => setTheme(!theme.dark));
  on('lang', 'click', () => setLanguage(words.lang === 'en' ? 'nl' : 'en'));
}

function setTheme(dark) {
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
  retheme();
}

function retheme() {
  readTheme();
  fillFilters();
  tellFilters();
  if (!state.selected) showPanel();
  redraw();
}

function setLanguage(lang) {
  words.lang = lang;
  sayAll();
  fillFilters();
  tellFilters();
  showPanel();
  showTable();
  redraw();
}
