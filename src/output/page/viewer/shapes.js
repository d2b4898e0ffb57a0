// Outlines of signs and heads of ties: one geometry for the screen and for the SVG that is saved.

// `M-1 -1 L1 0 Z` as a list of letters with numbers.
function parsePath(text) {
  return text.split(/(?=[MLQZ])/).map((piece) => {
    const numbers = piece.slice(1).trim();
    return [piece[0], numbers ? numbers.split(/\s+/).map(Number) : []];
  });
}

const OUTLINES = data.parts.map((part) => parsePath(part.outline));
const HEADS = data.ties.map((tie) => (tie.head ? parsePath(tie.head) : null));
// No part has it: a folded group is nobody's sign.
const GROUP_FILL = '#E4E4DF';
const GROUP_OUTLINE = parsePath('M-0.9 -1 L0.9 -1 Q1 -1 1 -0.8 L1 0.8 Q1 1 0.9 1 L-0.9 1 Q-1 1 -1 0.8 L-1 -0.8 Q-1 -1 -0.9 -1 Z');

function outlineOf(at) {
  return at < NODES ? OUTLINES[data.nodes[at].part] : GROUP_OUTLINE;
}

// Adds a path to `out` (a canvas context, or a pen that writes SVG), sent through (a c e / b d f).
function trace(out, path, a, b, c, d, e, f) {
  const px = (n, at) => a * n[at] + c * n[at + 1] + e;
  const py = (n, at) => b * n[at] + d * n[at + 1] + f;
  for (const [letter, n] of path) {
    if (letter === 'M') out.moveTo(px(n, 0), py(n, 0));
    else if (letter === 'L') out.lineTo(px(n, 0), py(n, 0));
    else if (letter === 'Q') out.quadraticCurveTo(px(n, 0), py(n, 0), px(n, 2), py(n, 2));
    else out.closePath();
  }
}

function traceSign(out, at) {
  trace(out, outlineOf(at), HW[at], 0, 0, HH[at], X[at], Y[at]);
}

// How far it is from the middle of an outline to its edge, in 64 directions: where ties end.
function reaches(path) {
  const corners = [];
  let last = [0, 0];
  for (const [letter, n] of path) {
    if (letter === 'Q') {
      for (let t = 0.25; t <= 1; t += 0.25) {
        const [p, q, r] = [(1 - t) ** 2, 2 * t * (1 - t), t * t];
        corners.push([p * last[0] + q * n[0] + r * n[2], p * last[1] + q * n[1] + r * n[3]]);
      }
    } else if (n.length) corners.push([n[0], n[1]]);
    if (n.length) last = n.slice(-2);
  }
  return Float64Array.from({ length: 64 }, (_, step) => reach(corners, (step * Math.PI) / 32));
}

// The farthest crossing of a ray from the middle with a polygon.
function reach(corners, angle) {
  const [dx, dy] = [Math.cos(angle), Math.sin(angle)];
  let far = 0;
  corners.forEach(([x1, y1], place) => {
    const [x2, y2] = corners[(place + 1) % corners.length];
    const cross = dx * (y2 - y1) - dy * (x2 - x1);
    if (Math.abs(cross) < 1e-9) return;
    const along = (x1 * (y2 - y1) - y1 * (x2 - x1)) / cross;
    const side = (x1 * dy - y1 * dx) / cross;
    if (side >= -1e-9 && side <= 1 + 1e-9) far = Math.max(far, along);
  });
  return far || 1;
}

const REACHES = OUTLINES.map(reaches);
const GROUP_REACH = reaches(GROUP_OUTLINE);

// The point at which a line towards (x, y) leaves the sign `at`.
function edgeOf(at, x, y) {
  const dx = x - X[at];
  const dy = y - Y[at];
  const [ux, uy] = [dx / HW[at], dy / HH[at]];
  const long = Math.hypot(ux, uy) || 1;
  const table = at < NODES ? REACHES[data.nodes[at].part] : GROUP_REACH;
  const step = Math.round((Math.atan2(uy, ux) / Math.PI) * 32) & 63;
  const part = Math.min(1, table[step] / long);
  return [X[at] + dx * part, Y[at] + dy * part];
}

// A tie as a curve from edge to edge: x, y of its start, of its bend and of its end.
function curveOf(e) {
  const a = signOf[FROM[e]];
  const b = signOf[TO[e]];
  if (a === b) return loopAt(a, BOW[e]);
  const [dx, dy] = [X[b] - X[a], Y[b] - Y[a]];
  const long = Math.hypot(dx, dy) || 1;
  const bow = 2 * BOW[e];
  const bx = (X[a] + X[b]) / 2 - (dy / long) * bow;
  const by = (Y[a] + Y[b]) / 2 + (dx / long) * bow;
  return [...edgeOf(a, bx, by), bx, by, ...edgeOf(b, bx, by)];
}

function loopAt(a, bow) {
  const high = HH[a] + 30 + Math.abs(bow);
  return [X[a] - HW[a] * 0.4, Y[a] - HH[a], X[a], Y[a] - high, X[a] + HW[a] * 0.4, Y[a] - HH[a]];
}

// Half as long as the head of a tie.
function headHalf(e) {
  return 2.75 + 0.75 * data.edges[e].width;
}

// The strokes and gaps of a line of a step of certainty.
function dashOf(step, width) {
  return data.steps[step].dash.map(([base, more]) => base + more * width);
}

// Strokes next to nothing long are dots.
function capOf(step) {
  const [first] = data.steps[step].dash;
  return first && first[0] < 1 ? 'round' : 'butt';
}

// Where a line stops so that it does not show beside its head.
function beforeHead(e, bx, by, x, y) {
  const tie = data.kinds[KIND[e]][1];
  if (!HEADS[tie]) return [x, y];
  const short = data.ties[tie].hollow ? 0.8 * data.edges[e].width : 1.3 * headHalf(e);
  const long = Math.hypot(x - bx, y - by) || 1;
  const part = Math.min(1, short / long);
  return [x + (bx - x) * part, y + (by - y) * part];
}

// The head of a tie at the end of its curve.
function traceHead(out, e, curve) {
  const path = HEADS[data.kinds[KIND[e]][1]];
  const [, , bx, by, x, y] = curve;
  const long = Math.hypot(x - bx, y - by) || 1;
  const [ux, uy] = [(x - bx) / long, (y - by) / long];
  const half = headHalf(e);
  trace(out, path, ux * half, uy * half, -uy * half, ux * half, x - ux * half, y - uy * half);
}
