// Which sign is under the pointer: signs in square cells, so that nobody is looked for among fifty thousand.
const grid = { cell: 1, cells: new Map(), widest: 0 };

function cellKey(x, y) {
  return Math.floor(x / grid.cell) * 1e6 + Math.floor(y / grid.cell);
}

function layGrid() {
  grid.cells.clear();
  forgetHulls();
  grid.widest = 0;
  for (let at = 0; at < SIGNS; at += 1) grid.widest = Math.max(grid.widest, HW[at], HH[at]);
  grid.cell = Math.max(1, 2 * grid.widest);
  for (let at = 0; at < SIGNS; at += 1) {
    const key = cellKey(X[at], Y[at]);
    if (!grid.cells.has(key)) grid.cells.set(key, []);
    grid.cells.get(key).push(at);
  }
}

// The sign at a place of the map, or −1; small signs are met within `slack` of them.
function signAt(x, y, slack) {
  let best = -1;
  let least = Infinity;
  const around = Math.ceil((grid.widest + slack) / grid.cell);
  for (let i = -around; i <= around; i += 1) {
    for (let j = -around; j <= around; j += 1) {
      for (const at of grid.cells.get(cellKey(x + i * grid.cell, y + j * grid.cell)) || []) {
        if (!shown[at]) continue;
        const off = Math.max((Math.abs(x - X[at]) - slack) / HW[at], (Math.abs(y - Y[at]) - slack) / HH[at]);
        if (off <= 1 && off < least) { least = off; best = at; }
      }
    }
  }
  return best;
}

// The signs whose middles are in a frame, or near it.
function signsWithin([left, top, right, bottom]) {
  const list = [];
  const room = grid.widest;
  for (let x = left - room; x < right + room + grid.cell; x += grid.cell) {
    for (let y = top - room; y < bottom + room + grid.cell; y += grid.cell) list.push(...(grid.cells.get(cellKey(x, y)) || []));
  }
  return list;
}

// The tie within `slack` of a place, or −1.
function tieAt(x, y, slack) {
  let best = -1;
  let least = slack;
  for (let e = 0; e < TIES; e += 1) {
    if (!tieShown[e]) continue;
    const a = signOf[FROM[e]];
    const b = signOf[TO[e]];
    const room = slack + Math.abs(BOW[e]) + (a === b ? 60 : 0);
    if (x < Math.min(X[a], X[b]) - room || x > Math.max(X[a], X[b]) + room) continue;
    if (y < Math.min(Y[a], Y[b]) - room || y > Math.max(Y[a], Y[b]) + room) continue;
    const off = offCurve(curveOf(e), x, y);
    if (off < least) { least = off; best = e; }
  }
  return best;
}

function offCurve([x0, y0, bx, by, x1, y1], x, y) {
  let least = Infinity;
  let [px, py] = [x0, y0];
  for (let step = 1; step <= 8; step += 1) {
    const t = step / 8;
    const [p, q, r] = [(1 - t) ** 2, 2 * t * (1 - t), t * t];
    const [nx, ny] = [p * x0 + q * bx + r * x1, p * y0 + q * by + r * y1];
    least = Math.min(least, offLine(px, py, nx, ny, x, y));
    [px, py] = [nx, ny];
  }
  return least;
}

function offLine(x0, y0, x1, y1, x, y) {
  const [dx, dy] = [x1 - x0, y1 - y0];
  const along = Math.max(0, Math.min(1, ((x - x0) * dx + (y - y0) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(x - x0 - along * dx, y - y0 - along * dy);
}
