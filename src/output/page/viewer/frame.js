// When what is drawn: one frame at a time, never more than is needed.
// `full` is what a frame at rest took last; `drag` the sign that is dragged, or −1; `steps` what is left to draw of a large map.
const pace = { full: 0, frame: 0, moving: false, drag: -1, timer: 0, refreshed: 0, dragged: new Map(), steps: null };
const FRAME = 12;
// A map that is drawn roughly first, and in full bit by bit.
const LARGE = SIGNS + TIES > 6000;

function redraw() {
  pace.moving = false;
  pace.steps = null;
  stillAt.valid = false;
  ask();
}

// The view moves: a frame is due at once, and one at rest when nothing has moved for a while.
function moving() {
  pace.moving = true;
  pace.steps = null;
  clearTimeout(pace.timer);
  pace.timer = setTimeout(redraw, 160);
  ask();
}

function ask() {
  if (!pace.frame) pace.frame = requestAnimationFrame(frame);
}

function frame() {
  pace.frame = 0;
  const begin = performance.now();
  if (pace.drag >= 0) drawDrag();
  else if (pace.steps) drawOn(begin);
  else if (pace.moving && (LARGE || pace.full > FRAME)) drawMoving(begin);
  else if (LARGE) drawLarge();
  else drawAtOnce(begin);
  tellFrame(performance.now() - begin);
}

function drawAtOnce(begin) {
  drawFull(context);
  const took = performance.now() - begin;
  pace.full = pace.moving ? Math.max(pace.full, took) : took;
  if (pace.full > FRAME) keepStill();
}

// Something at once, and the rest behind it.
function drawLarge() {
  drawRough(context, 8000);
  keepStill();
  asLarge(fresh);
  pace.steps = fullSteps(fresh.getContext('2d'));
  ask();
}

function drawOn(begin) {
  while (performance.now() - begin < 10) {
    if (!pace.steps.next().done) continue;
    pace.steps = null;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.drawImage(fresh, 0, 0);
    keepStill();
    return;
  }
  ask();
}

// The kept picture moves along; now and then a rough one takes its place, because it has edges.
function drawMoving(now) {
  const off = Math.hypot(stillAt.x - view.x, stillAt.y - view.y) * view.scale;
  const by = view.scale / stillAt.scale;
  const worn = off > view.width / 3 || by < 0.7 || by > 2.5;
  if (stillAt.valid && !(worn && now - pace.refreshed > 250)) { drawStill(context); return; }
  pace.refreshed = now;
  drawRough(context, 3000);
  keepStill();
}

// Everything but the dragged sign and its ties is a picture; those are drawn over it.
function startDrag(at) {
  pace.drag = at;
  pace.steps = null;
  shown[at] = 0;
  const own = tiesOfSign(at).filter((e) => tieShown[e]);
  own.forEach((e) => { tieShown[e] = 0; });
  if (LARGE) drawRough(context, 20000);
  else drawFull(context);
  keepStill();
  shown[at] = 1;
  own.forEach((e) => { tieShown[e] = 1; });
  pace.dragged = new Map();
  for (const e of own) {
    const run = runOf[e];
    if (!pace.dragged.has(run)) pace.dragged.set(run, []);
    pace.dragged.get(run).push(e);
  }
}

// The run of each tie.
const runOf = new Array(TIES);
runs.forEach((run) => run.ties.forEach((e) => { runOf[e] = run; }));

function tiesOfSign(at) {
  if (at < NODES) return [...tiesOf(at)];
  return groups[at - NODES].members.flatMap((member) => [...tiesOf(member)]);
}

function drawDrag() {
  drawStill(context);
  intoMap(context);
  pace.dragged.forEach((ties, run) => strokeFew(context, run, ties));
  drawOne(context, pace.drag);
}

function strokeFew(out, run, ties) {
  out.strokeStyle = theme.tie[run.tie];
  out.fillStyle = theme.tie[run.tie];
  out.lineWidth = Math.max(run.width, 0.6 / view.scale);
  out.setLineDash(dashOf(run.step, run.width));
  out.lineCap = capOf(run.step);
  out.beginPath();
  ties.forEach((e) => lineOf(out, e, false));
  out.stroke();
  out.setLineDash([]);
  if (!HEADS[run.tie]) return;
  out.beginPath();
  ties.forEach((e) => traceHead(out, e, curveOf(e)));
  if (data.ties[run.tie].hollow) out.stroke();
  else out.fill();
}

function drawOne(out, at) {
  const style = at < NODES ? data.nodes[at].fill || partOf(at).fill : GROUP_FILL;
  out.fillStyle = style;
  out.strokeStyle = theme.rim;
  out.lineWidth = Math.max(1.2, 1 / view.scale);
  out.beginPath();
  traceSign(out, at);
  out.fill();
  out.stroke();
  drawLabels(out, (other) => other === at);
}

// For whoever measures or tests: how long the last frame took, and what part of the map it showed. Nothing here reads it.
function tellFrame(took) {
  canvas.dataset.frame = took.toFixed(1);
  canvas.dataset.fine = pace.steps || pace.moving || pace.drag >= 0 ? 'no' : 'yes';
  canvas.dataset.view = `${view.x} ${view.y} ${view.scale}`;
}

function resize() {
  const box = canvas.parentElement.getBoundingClientRect();
  const ratio = window.devicePixelRatio || 1;
  view.width = Math.max(1, box.width);
  view.height = Math.max(1, box.height);
  canvas.width = Math.round(view.width * ratio);
  canvas.height = Math.round(view.height * ratio);
  redraw();
}
