// The same as a table: for those who cannot see the map, or would rather read.
const table = { open: false, of: 'people', sort: 0, down: false, most: 200 };

const COLUMNS = {
  people: () => [
    [v('who'), (at) => data.nodes[at].label],
    [v('part'), (at) => partText(at)],
    [v('rank'), (at) => (data.nodes[at].rank ? data.nodes[at].rank[0] : '')],
    [v('recurrence'), (at) => (data.nodes[at].rank ? data.nodes[at].rank[1] : '')],
    [v('group'), (at) => (groupOf[at] < 0 ? '' : groups[groupOf[at]].id)],
    [v('ties'), (at) => tiesOf(at).reduce((sum, e) => sum + tieShown[e], 0)],
  ],
  ties: () => [
    [v('from'), (e) => data.nodes[FROM[e]].label],
    [v('tie'), (e) => kindText(e)],
    [v('to'), (e) => data.nodes[TO[e]].label],
    [v('first-day'), (e) => (data.edges[e].when ? dayText(FIRST[e]) : v('undated'))],
    [v('last-day'), (e) => (data.edges[e].when ? dayText(LAST[e]) : v('undated'))],
    [v('certainty'), (e) => data.edges[e].certainty],
  ],
};

function showTable() {
  const place = byId('table');
  place.hidden = !table.open;
  byId('open-table').setAttribute('aria-expanded', String(table.open));
  if (table.open) place.replaceChildren(tableTabs(), tableOfShown());
}

function tableTabs() {
  const tab = (of, count) => el('button', {
    type: 'button', 'aria-pressed': String(table.of === of), onclick: () => { Object.assign(table, { of, sort: 0, down: false, most: 200 }); showTable(); },
  }, `${v(of)} (${number(count)})`);
  return el('p', { class: 'row' }, tab('people', tableRows('people').length), tab('ties', counts.ties));
}

function tableRows(of) {
  const rows = [];
  const marks = of === 'people' ? shown.subarray(0, NODES) : tieShown;
  marks.forEach((mark, at) => { if (mark) rows.push(at); });
  return rows;
}

// Numbers by size, empty cells last, texts as the language has it.
function compare(a, b) {
  if (a === '' || b === '') return (a === '') - (b === '');
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a).localeCompare(String(b), words.lang, { numeric: true });
}

function tableOfShown() {
  const columns = COLUMNS[table.of]();
  const cell = columns[table.sort][1];
  const rows = tableRows(table.of).map((at) => [cell(at), at]);
  rows.sort((a, b) => (table.down && a[0] !== '' && b[0] !== '' ? -1 : 1) * compare(a[0], b[0]) || a[1] - b[1]);
  const show = (at) => (table.of === 'people' ? choose(at) : select({ tie: at }));
  const line = ([, at]) => el('tr', {}, columns.map(([, value], place) => el('td', {},
    place ? String(value(at)) : el('button', { type: 'button', class: 'link', onclick: () => show(at) }, String(value(at))))));
  const more = rows.length - table.most;
  return el('div', { class: 'scroll' },
    el('table', {}, el('caption', {}, statusText()),
      el('thead', {}, el('tr', {}, columns.map(([name], place) => headCell(name, place)))),
      el('tbody', {}, rows.slice(0, table.most).map(line))),
    more > 0 ? el('button', { type: 'button', onclick: () => { table.most += 1000; showTable(); } }, v('more', { n: number(more) })) : null);
}

function headCell(name, place) {
  const here = table.sort === place;
  const order = { true: 'descending', false: 'ascending' }[table.down];
  const turn = () => { Object.assign(table, { sort: place, down: here && !table.down }); showTable(); };
  return el('th', { scope: 'col', 'aria-sort': here ? order : 'none' },
    el('button', { type: 'button', class: 'link', onclick: turn }, here ? `${name} ${table.down ? '▼' : '▲'}` : name));
}
