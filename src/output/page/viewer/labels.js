// Words on the map: as large as their signs let them be, never one over another.
// How wide words are at a size of 10; measuring is slow.
const widths = new Map();
function widthOf(out, text) {
  if (!widths.has(text)) {
    out.font = `10px ${FONT}`;
    widths.set(text, out.measureText(text).width);
  }
  return widths.get(text);
}

function linesOf(at) {
  if (at >= NODES) return nameOf(at).split(' · ');
  const second = data.nodes[at].rank && data.nodes[at].rank[2] ? rankText(at) : '';
  return second ? [nameOf(at), second] : [nameOf(at)];
}

// The size of the words on a sign: as large as its place in the map asks, smaller where they would not fit.
function fontOf(out, at, lines) {
  const size = 10 + 2 * (at < NODES ? data.nodes[at].size || 0 : 1);
  const widest = Math.max(...lines.map((line) => widthOf(out, line)));
  return Math.max(5, Math.min(size, (10 * 1.84 * HW[at]) / widest, (1.8 * HH[at]) / (lines.length * 1.15)));
}

// How high a line of a label stands.
function lineAt(at, place, lines, size) {
  const middle = at < NODES ? partOf(at).middle * HH[at] : 0;
  return Y[at] + middle + (place - (lines - 1) / 2) * size * 1.15;
}

function drawLabels(out, wanted) {
  const [left, top, right, bottom] = inSight();
  const small = [];
  out.textAlign = 'center';
  out.textBaseline = 'middle';
  for (let at = 0; at < SIGNS; at += 1) {
    if (!shown[at] || !wanted(at)) continue;
    if (X[at] + HW[at] < left || X[at] - HW[at] > right || Y[at] + HH[at] < top || Y[at] - HH[at] > bottom) continue;
    if (14 * view.scale < 6.5) { small.push(at); continue; }
    const lines = linesOf(at);
    const size = fontOf(out, at, lines);
    if (size * view.scale < 6.5) { small.push(at); continue; }
    out.font = `${size}px ${FONT}`;
    out.fillStyle = '#000';
    lines.forEach((line, place) => {
      out.fillText(line, X[at], lineAt(at, place, lines.length, size));
    });
  }
  drawFarLabels(out, small);
}

// From afar only those who matter are named, and nobody over another.
function drawFarLabels(out, signs) {
  const weight = (at) => {
    if (at >= NODES) return 1e6;
    const { rank, size } = data.nodes[at];
    if (at === selectedNode() || state.found.has(at)) return 1e9;
    return (rank && rank[2] ? 1e5 - rank[0] : 0) + (isVictim(at) ? 0 : (size || 0) * 100 + Math.min(99, START[at + 1] - START[at]));
  };
  const order = signs.map((at) => [weight(at), at]).sort((a, b) => b[0] - a[0] || a[1] - b[1]).slice(0, 400);
  const size = 11 / view.scale;
  const taken = new Taken();
  out.textAlign = 'center';
  out.textBaseline = 'top';
  out.lineWidth = 3 / view.scale;
  for (const [, at] of order) {
    const text = nameOf(at);
    const half = (widthOf(out, text) / 10) * size * 0.55;
    const y = Y[at] + HH[at] + 1 / view.scale;
    const box = [X[at] - half, y, X[at] + half, y + size];
    if (taken.boxes.length > 120) break;
    if (!taken.take(box)) continue;
    // Measuring sets another size.
    out.font = `${size}px ${FONT}`;
    out.strokeStyle = theme.back;
    out.strokeText(text, X[at], y);
    out.fillStyle = theme.ink;
    out.fillText(text, X[at], y);
  }
}

// What ties are called, on them, where there is room: where asked for, and for the ties of whoever is chosen.
function drawPhrases(out, bright) {
  if (view.scale < 0.6 || (!state.phrases && !bright)) return;
  const box = inSight();
  const taken = new Taken();
  for (let at = 0; at < SIGNS; at += 1) {
    if (shown[at] && (!bright || bright[at])) taken.add([X[at] - HW[at], Y[at] - HH[at], X[at] + HW[at], Y[at] + HH[at]]);
  }
  out.font = `8px ${FONT}`;
  out.textAlign = 'center';
  out.textBaseline = 'middle';
  out.lineWidth = 3;
  out.strokeStyle = theme.back;
  let left = 300;
  for (let e = 0; e < TIES && left > 0; e += 1) {
    if (!tieShown[e] || !tieIsBright(e, bright) || farOff(e, box)) continue;
    left -= 1;
    const text = kindText(e);
    const spot = spotOn(curveOf(e), widthOf(out, text) * 0.4, taken);
    if (!spot) continue;
    out.font = `8px ${FONT}`;
    out.strokeText(text, ...spot);
    out.fillStyle = theme.tie[data.kinds[KIND[e]][1]];
    out.fillText(text, ...spot);
  }
}

// Places that something stands on already.
class Taken {
  constructor() { this.boxes = []; }

  add(box) { this.boxes.push(box); }

  // Takes a place if it is free.
  take(box) {
    if (this.boxes.some((b) => box[0] < b[2] && box[2] > b[0] && box[1] < b[3] && box[3] > b[1])) return false;
    this.boxes.push(box);
    return true;
  }
}

// The first free spot along a curve for words of half that width.
function spotOn([x0, y0, bx, by, x1, y1], half, taken) {
  for (const t of [0.5, 0.42, 0.58, 0.34, 0.66, 0.27, 0.73]) {
    const [p, q, r] = [(1 - t) ** 2, 2 * t * (1 - t), t * t];
    const [x, y] = [p * x0 + q * bx + r * x1, p * y0 + q * by + r * y1];
    if (taken.take([x - half, y - 4.5, x + half, y + 4.5])) return [x, y];
  }
  return null;
}
