// Mouse, fingers and keys on the map.
const pointers = new Map();
const hand = { drag: -1, from: null, moved: false, apart: 0, released: false };
// A pointer that moved less far has clicked.
const STEADY = 4;

function placeOf(event) {
  const box = canvas.getBoundingClientRect();
  return [event.clientX - box.left, event.clientY - box.top];
}

function signUnder([x, y]) {
  return signAt(...toMap(x, y), 3 / view.scale);
}

function listenToMap() {
  canvas.addEventListener('pointerdown', onDown);
  canvas.addEventListener('pointermove', onMove);
  canvas.addEventListener('pointerup', onUp);
  canvas.addEventListener('pointercancel', onUp);
  canvas.addEventListener('pointerleave', () => { byId('tip').hidden = true; });
  canvas.addEventListener('wheel', (event) => {
    event.preventDefault();
    const lines = event.deltaMode === 1 ? 24 : 1;
    zoomAt(Math.exp(-event.deltaY * lines * 0.0015), ...placeOf(event));
  }, { passive: false });
  canvas.addEventListener('dblclick', (event) => {
    const at = signUnder(placeOf(event));
    if (at >= NODES) foldGroup(at - NODES, false);
    else if (at >= 0) expand(at);
    else zoomAt(1.6, ...placeOf(event));
  });
  canvas.addEventListener('keydown', onKey);
  canvas.addEventListener('blur', () => { hand.released = false; });
  document.addEventListener('keydown', (event) => {
    const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
    if (event.key === '/' && !typing) { event.preventDefault(); byId('search').focus(); }
  });
}

function onDown(event) {
  canvas.setPointerCapture(event.pointerId);
  const place = placeOf(event);
  pointers.set(event.pointerId, place);
  hand.from = place;
  hand.moved = false;
  hand.apart = spread();
  hand.drag = pointers.size === 1 ? signUnder(place) : -1;
}

// How far two fingers are apart, and the middle between them.
function spread() {
  if (pointers.size !== 2) return 0;
  const [[x0, y0], [x1, y1]] = [...pointers.values()];
  return Math.hypot(x1 - x0, y1 - y0);
}

function middle() {
  const [[x0, y0], [x1, y1]] = [...pointers.values()];
  return [(x0 + x1) / 2, (y0 + y1) / 2];
}

function onMove(event) {
  const place = placeOf(event);
  const last = pointers.get(event.pointerId);
  if (!last) { showTip(place); return; }
  byId('tip').hidden = true;
  pointers.set(event.pointerId, place);
  if (!hand.moved && Math.hypot(place[0] - hand.from[0], place[1] - hand.from[1]) < STEADY) return;
  if (pointers.size === 2) {
    hand.moved = true;
    const apart = spread();
    if (hand.apart) zoomAt(apart / hand.apart, ...middle());
    hand.apart = apart;
  } else if (hand.drag >= 0) dragTo(place);
  else panBy(place[0] - (hand.moved ? last : hand.from)[0], place[1] - (hand.moved ? last : hand.from)[1]);
  hand.moved = true;
}

// The sign follows; all others stay where they are.
function dragTo(place) {
  if (!hand.moved) startDrag(hand.drag);
  [X[hand.drag], Y[hand.drag]] = toMap(...place);
  ask();
}

function onUp(event) {
  if (!pointers.delete(event.pointerId)) return;
  hand.apart = 0;
  if (!hand.moved) click(placeOf(event));
  else if (hand.drag >= 0) endDrag();
  hand.drag = -1;
}

function endDrag() {
  const at = hand.drag;
  pace.drag = -1;
  pinned[at] = 1;
  layGrid();
  redraw();
  if (selectedNode() === at) showPanel();
}

function click(place) {
  byId('found').hidden = true;
  const at = signUnder(place);
  if (at >= 0) { select({ node: at }); return; }
  const tie = tieAt(...toMap(...place), 6 / view.scale);
  select(tie >= 0 ? { tie } : null);
}

// Who is under the pointer, beside it. Ties are looked for only where there are few.
function showTip(place) {
  const tip = byId('tip');
  const at = signUnder(place);
  const tie = at < 0 && TIES < 3000 ? tieAt(...toMap(...place), 5 / view.scale) : -1;
  tip.hidden = at < 0 && tie < 0;
  canvas.classList.toggle('over', !tip.hidden);
  if (tip.hidden) return;
  if (tie >= 0) tip.textContent = `${data.nodes[FROM[tie]].label} → ${data.nodes[TO[tie]].label}: ${kindText(tie)}, ${whenText(data.edges[tie].when)}`;
  else tip.textContent = at >= NODES ? nameOf(at) : [data.nodes[at].label, partText(at), rankText(at)].filter(Boolean).join(' · ');
  // Beside the pointer, and within the map.
  const left = Math.min(place[0] + 14, view.width - tip.offsetWidth - 6);
  tip.style.transform = `translate(${left}px, ${place[1] + 14}px)`;
}

// The order in which Tab goes from one to the next: the ranked, then as the map has them.
function inOrder() {
  const rank = (at) => (at < NODES && data.nodes[at].rank ? data.nodes[at].rank[0] : Infinity);
  const list = [];
  for (let at = 0; at < SIGNS; at += 1) if (shown[at]) list.push(at);
  return list.sort((a, b) => (rank(a) === rank(b) ? a - b : rank(a) - rank(b)));
}

function tab(event) {
  if (hand.released) return;
  const order = inOrder();
  const here = order.indexOf(selectedNode());
  const next = order[here + (event.shiftKey ? -1 : 1)];
  if (next === undefined || (here < 0 && event.shiftKey)) return;
  event.preventDefault();
  focusOn(next);
}

// The nearest sign in a direction, where what lies aside counts double.
function towards(dx, dy) {
  const here = selectedNode();
  if (here < 0) { focusOn(inOrder()[0] ?? -1); return; }
  let best = -1;
  let least = Infinity;
  for (let at = 0; at < SIGNS; at += 1) {
    if (!shown[at] || at === here) continue;
    const along = (X[at] - X[here]) * dx + (Y[at] - Y[here]) * dy;
    const aside = Math.abs((X[at] - X[here]) * dy) + Math.abs((Y[at] - Y[here]) * dx);
    if (along > 0 && along + 2 * aside < least) { least = along + 2 * aside; best = at; }
  }
  if (best >= 0) focusOn(best);
}

function focusOn(at) {
  if (at < 0) return;
  select({ node: at });
  reveal(at);
  byId('status').textContent = at < NODES ? [data.nodes[at].label, partText(at), rankText(at)].filter(Boolean).join(', ') : nameOf(at);
}

const KEYS = {
  ArrowLeft: () => towards(-1, 0),
  ArrowRight: () => towards(1, 0),
  ArrowUp: () => towards(0, -1),
  ArrowDown: () => towards(0, 1),
  '+': () => zoomAt(1.3),
  '=': () => zoomAt(1.3),
  '-': () => zoomAt(1 / 1.3),
  0: fit,
  Enter: () => openPanel(),
  Escape: () => { hand.released = true; select(null); tellFilters(); },
};

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === 'Tab') { tab(event); return; }
  const act = KEYS[event.key];
  if (!act) return;
  event.preventDefault();
  act();
}

function openPanel() {
  if (!state.selected) return;
  const first = byId('panel').querySelector('.acts button, .link');
  if (first) first.focus();
}
