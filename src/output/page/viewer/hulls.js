// Outlines around groups: kept until somebody comes, goes or moves.
let hulls = null;
const PADDING = 7;

function forgetHulls() {
  hulls = null;
}

function hullsNow() {
  if (!hulls) hulls = groups.map((group, g) => (folded[g] ? null : hullOf(group.members, g)));
  return hulls;
}

// The hull of the members who are shown; none if it went around somebody else, which would say that he belongs to them.
function hullOf(members, g) {
  const points = [];
  let count = 0;
  for (const at of members) {
    if (!shown[at]) continue;
    count += 1;
    const [a, b] = [HW[at] + PADDING, HH[at] + PADDING];
    points.push([X[at] - a, Y[at] - b], [X[at] + a, Y[at] - b], [X[at] + a, Y[at] + b], [X[at] - a, Y[at] + b]);
  }
  if (count < 2) return null;
  const corners = convex(points);
  const stranger = (at) => shown[at] && (at >= NODES || groupOf[at] !== g) && meets(corners, at);
  return signsWithin(frameOf(corners)).some(stranger) ? null : corners;
}

function frameOf(corners) {
  const [xs, ys] = [corners.map(([x]) => x), corners.map(([, y]) => y)];
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}

// Whether the middle or a side of a sign lies within an outline.
function meets(corners, at) {
  const spots = [[0, 0], [1, 0], [-1, 0], [0, 1], [0, -1]];
  return spots.some(([i, j]) => corners.every((a, place) => (
    turn(a, corners[(place + 1) % corners.length], [X[at] + i * HW[at], Y[at] + j * HH[at]]) >= 0)));
}

// The convex hull: A. M. Andrew, Inf. Process. Lett. 9(5):216-219, 1979.
function convex(points) {
  points.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const half = (list) => {
    const chain = [];
    for (const p of list) {
      while (chain.length > 1 && turn(chain[chain.length - 2], chain[chain.length - 1], p) <= 0) chain.pop();
      chain.push(p);
    }
    chain.pop();
    return chain;
  };
  return [...half(points), ...half(points.reverse())];
}

function turn(o, a, b) {
  return (a[0] - o[0]) * (b[1] - o[1]) - (a[1] - o[1]) * (b[0] - o[0]);
}

// A closed line with its corners cut round.
function traceHull(out, corners) {
  corners.forEach((corner, place) => {
    const towards = (other) => {
      const long = Math.hypot(other[0] - corner[0], other[1] - corner[1]) || 1;
      const step = Math.min(12, long / 2) / long;
      return [corner[0] + (other[0] - corner[0]) * step, corner[1] + (other[1] - corner[1]) * step];
    };
    const begin = towards(corners[(place + corners.length - 1) % corners.length]);
    const end = towards(corners[(place + 1) % corners.length]);
    if (place) out.lineTo(...begin); else out.moveTo(...begin);
    out.quadraticCurveTo(...corner, ...end);
  });
  out.closePath();
}
