// What is known of the person or the tie that is chosen.
function showPanel() {
  const chosen = state.selected;
  const panel = byId('panel');
  panel.scrollTop = 0;
  let parts;
  if (!chosen) parts = legend();
  else if (chosen.tie !== undefined) parts = tiePanel(chosen.tie);
  else if (chosen.node >= NODES) parts = groupPanel(chosen.node - NODES);
  else parts = nodePanel(chosen.node);
  panel.replaceChildren(...parts.filter(Boolean));
}

function heading(text, under) {
  return el('div', { class: 'heading' },
    el('div', {}, el('h2', {}, text), el('p', { class: 'quiet' }, under)),
    el('button', { type: 'button', class: 'close', 'aria-label': v('close'), onclick: () => { select(null); canvas.focus(); } }, '×'));
}

function facts(list) {
  return el('dl', {}, list.flatMap(([name, value]) => [el('dt', {}, name), el('dd', {}, value)]));
}

function block(title, ...children) {
  return el('section', {}, el('h3', {}, title), ...children);
}

function nodePanel(at) {
  const node = data.nodes[at];
  const parts = [heading(node.label, groupOf[at] < 0 ? partText(at) : `${partText(at)} · ${nameOf(NODES + groupOf[at])}`), actions(at)];
  if (isVictim(at)) parts.push(el('p', { class: 'notice' }, v('victim-note')));
  if (node.roles) {
    parts.push(block(v('roles'), el('ul', {}, node.roles.map(([role, cases]) => (
      el('li', {}, `${say(`role-${role}`)}: `, el('span', { class: 'code' }, cases.join(', '))))))));
  }
  if (node.rank) parts.push(whyBlock(node));
  parts.push(neighborsBlock(at));
  if (node.rows) parts.push(block(v('evidence'), rowsTable(node.rows)));
  return parts;
}

function action(name, act, pressed) {
  return el('button', { type: 'button', 'data-act': name, 'aria-pressed': pressed === undefined ? undefined : String(pressed), onclick: act }, v(name));
}

function actions(at) {
  const g = groupOf[at];
  const near = state.around && state.around.node === at ? state.around.links : 0;
  const links = el('select', { 'aria-label': v('around'), onchange: (event) => around(at, Number(event.target.value)) },
    [0, 1, 2, 3, 4].map((n) => el('option', { value: n, selected: n === near }, n ? v('around-n', { n }) : v('around-all'))));
  return el('div', { class: 'row acts' },
    action('hide', () => hide(at)),
    action('expand', () => expand(at)),
    action('pin', () => pin(at), pinned[at] === 1),
    g >= 0 ? action('fold', () => foldGroup(g, true)) : null,
    links);
}

function hide(at) {
  hidden[at] = 1;
  if (state.around && state.around.node === at) state.around = null;
  state.selected = null;
  changed();
  showPanel();
}

// Shows the neighbours of somebody again, whatever hid them one by one or by how far away they are.
function expand(at) {
  hidden[at] = 0;
  for (const e of tiesOf(at)) hidden[otherEnd(e, at)] = 0;
  if (state.around && state.around.node !== at) state.around = null;
  changed();
  showPanel();
}

function pin(at) {
  pinned[at] = 1 - pinned[at];
  showPanel();
  redraw();
}

function around(at, links) {
  state.around = links ? { node: at, links } : null;
  changed();
  fit();
}

function foldGroup(g, away) {
  folded[g] = away ? 1 : 0;
  if (away) placeGroup(g);
  const chosen = selectedNode();
  if (away && chosen >= 0 && groupOf[chosen] === g) state.selected = { node: NODES + g };
  if (!away && chosen === NODES + g) state.selected = null;
  layGrid();
  changed();
  showPanel();
}

function groupPanel(g) {
  return [heading(nameOf(NODES + g), v('group')),
    el('div', { class: 'row acts' }, action('unfold', () => foldGroup(g, false))),
    block(v('members'), el('ul', { class: 'plain' }, groups[g].members.map((at) => (
      el('li', {}, `${data.nodes[at].label} · ${partText(at)}`)))))];
}

function whyBlock(node) {
  const [rank, recurrence] = node.rank;
  const { why } = node;
  const line = el('p', {}, say('map-rank-full', { rank, recurrence }));
  if (!why) return block(v('why'), line);
  const [best, worst] = why.interval;
  const parts = [line, facts([
    [v('interval'), best === worst ? String(best) : v('from-to', { from: best, to: worst })],
    [v('expected-victims'), number(why.victims)],
    [v('expected-episodes'), number(why.episodes)],
  ])];
  (why.cautions || []).forEach((caution) => parts.push(el('p', { class: 'caution' }, `${v('caution')}: ${caution}`)));
  why.told.forEach((one, place) => parts.push(episode(one, place + 1)));
  if (why.decisive) parts.push(el('p', {}, `${v('decisive')}: `, el('span', { class: 'code' }, why.decisive.join(', '))));
  parts.push(el('p', { class: 'notice' }, v('rank-note')));
  return block(v('why'), ...parts);
}

function episode(one, place) {
  const dates = one.start || one.end ? [...new Set([one.start || '..', one.end || '..'])].join(' – ') : v('undated');
  const rows = one.rows.map(([row, victim, sort, date, certainty]) => [row, victim || '–', sort.replace(/_/g, ' '), date ? daysCell(date.replace('/', ' – ')) : '–', certaintyText(certainty)]);
  return el('details', { open: place === 1 },
    el('summary', {}, v('episode', { n: place, dates, chance: one.chance })),
    facts([[v('cases'), one.cases.join(', ')], [v('victims'), one.victims.join(', ') || '–']]),
    plainTable([v('row'), v('victim'), v('says'), v('date'), v('certainty')], rows));
}

function plainTable(heads, rows) {
  return el('div', { class: 'scroll' }, el('table', {},
    el('thead', {}, el('tr', {}, heads.map((head) => el('th', { scope: 'col' }, head)))),
    el('tbody', {}, rows.map((row) => el('tr', {}, row.map((cell, at) => el('td', { class: at ? undefined : 'code' }, ...[cell].flat())))))));
}

// Days of a cell, none of which is broken in two.
function daysCell(text) {
  return text.split(' – ').flatMap((day, at) => [at ? ' ' : null, el('span', { class: 'day' }, at ? `– ${day}` : day)]);
}

function rowsTable(rows) {
  return plainTable([v('row'), v('date'), v('grade'), v('certainty'), v('case')],
    rows.map(([row, when, grade, certainty, file]) => [row, when ? daysCell(whenText(when)) : '–', grade || '–', certaintyText(certainty), file || '–']));
}

// Who somebody is tied to, on the map or hidden.
function neighborsBlock(at) {
  const byOther = new Map();
  for (const e of tiesOf(at)) {
    const other = otherEnd(e, at);
    if (!byOther.has(other)) byOther.set(other, []);
    byOther.get(other).push(e);
  }
  const items = [...byOther].map(([other, ties]) => el('li', { class: shown[other] ? undefined : 'away' },
    el('button', { type: 'button', class: 'link', onclick: () => choose(other) }, data.nodes[other].label),
    ` ${partText(other)}`,
    el('ul', {}, ties.map((e) => el('li', {}, el('button', { type: 'button', class: 'link', onclick: () => select({ tie: e }) },
      `${FROM[e] === at ? '→' : '←'} ${kindText(e)}`), ` ${whenText(data.edges[e].when)}`)))));
  return block(v('neighbors', { n: byOther.size }), el('ul', { class: 'plain', 'data-list': 'neighbors' }, items));
}

// Chooses somebody and brings him into sight, also if a filter hid him.
function choose(at) {
  if (groupOf[at] >= 0 && folded[groupOf[at]]) { folded[groupOf[at]] = 0; layGrid(); changed(); }
  if (hidden[at]) { hidden[at] = 0; changed(); }
  select({ node: at });
  if (shown[at]) reveal(at);
}

function tiePanel(e) {
  const tie = data.edges[e];
  const end = (at) => el('button', { type: 'button', class: 'link', onclick: () => choose(at) }, data.nodes[at].label);
  return [heading(kindText(e), say(`tie-${data.ties[data.kinds[KIND[e]][1]].code}`)),
    el('p', { class: 'ends' }, end(FROM[e]), ' → ', end(TO[e])),
    facts([
      [v('date'), whenText(tie.when)],
      [v('certainty'), `${certaintyText(tie.certainty)} (${say(`sure-${data.steps[tie.step].code}`)})`],
      [v('how-often'), number(tie.count)],
    ]),
    block(v('evidence'), rowsTable(tie.rows || [])),
    el('p', { class: 'notice' }, v('tie-note'))];
}
