// What the reader has chosen. Whoever changes it calls `changed` (who is shown) or `redraw` (how it looks).
function freshState() {
  return {
    partsOff: new Set(),
    kindsOff: new Set(),
    least: 0,
    community: '',
    from: DAYS ? DAYS[0] : 0,
    to: DAYS ? DAYS[1] : 0,
    undated: true,
    onlyTied: true,
    // Only who is within `links` ties of `node`.
    around: null,
    // `{ node }`, `{ tie }` or null.
    selected: null,
    found: new Set(),
    outlines: true,
    phrases: TIES <= 60,
  };
}

let state = freshState();
const hidden = new Uint8Array(NODES);
const pinned = new Uint8Array(SIGNS);
const folded = new Uint8Array(groups.length);

// What depends on who is shown; each file adds its own.
const listeners = [];
function onChange(listener) {
  listeners.push(listener);
}

function changed() {
  filter();
  forgetHulls();
  listeners.forEach((listener) => listener());
  redraw();
}

function select(selected) {
  state.selected = selected;
  showPanel();
  redraw();
}

function selectedNode() {
  return state.selected && state.selected.node !== undefined ? state.selected.node : -1;
}

function reset() {
  const { selected } = state;
  state = freshState();
  state.selected = selected && selected.node >= NODES ? null : selected;
  [hidden, pinned, folded].forEach((marks) => marks.fill(0));
  placeAll();
  layGrid();
  changed();
  showPanel();
}
