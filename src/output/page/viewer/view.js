// The part of the map that is on the screen: its middle in the map, and pixels for each point.
const view = { x: 0, y: 0, scale: 1, width: 1, height: 1 };
const SCALES = [0.01, 12];

function toScreen(x, y) {
  return [(x - view.x) * view.scale + view.width / 2, (y - view.y) * view.scale + view.height / 2];
}

function toMap(x, y) {
  return [(x - view.width / 2) / view.scale + view.x, (y - view.height / 2) / view.scale + view.y];
}

// The rectangle of the map that is on the screen: left, top, right, bottom.
function inSight() {
  const w = view.width / 2 / view.scale;
  const h = view.height / 2 / view.scale;
  return [view.x - w, view.y - h, view.x + w, view.y + h];
}

// What is under (x, y) on the screen stays there.
function zoomAt(factor, x = view.width / 2, y = view.height / 2) {
  const [mapX, mapY] = toMap(x, y);
  view.scale = Math.min(SCALES[1], Math.max(SCALES[0], view.scale * factor));
  view.x = mapX - (x - view.width / 2) / view.scale;
  view.y = mapY - (y - view.height / 2) / view.scale;
  moving();
}

function panBy(dx, dy) {
  view.x -= dx / view.scale;
  view.y -= dy / view.scale;
  moving();
}

// The rectangle around all that is shown; null if nothing is.
function extentShown() {
  let box = null;
  for (let at = 0; at < SIGNS; at += 1) {
    if (!shown[at]) continue;
    box = box || [Infinity, Infinity, -Infinity, -Infinity];
    box[0] = Math.min(box[0], X[at] - HW[at]);
    box[1] = Math.min(box[1], Y[at] - HH[at]);
    box[2] = Math.max(box[2], X[at] + HW[at]);
    box[3] = Math.max(box[3], Y[at] + HH[at]);
  }
  return box;
}

function fit() {
  const box = extentShown();
  if (!box) return;
  // Room for what stands over and beside outlines.
  const margin = 70;
  const across = (view.width - margin) / Math.max(1, box[2] - box[0]);
  const down = (view.height - margin) / Math.max(1, box[3] - box[1]);
  view.scale = Math.min(SCALES[1], 2, Math.max(SCALES[0], Math.min(across, down)));
  view.x = (box[0] + box[2]) / 2;
  view.y = (box[1] + box[3]) / 2;
  redraw();
}

// Brings a sign into sight; moves no further than it must.
function reveal(at) {
  const margin = 60;
  const [x, y] = toScreen(X[at], Y[at]);
  const out = x < margin || y < margin || x > view.width - margin || y > view.height - margin;
  const small = view.scale < 0.6 && NODES > 200;
  if (small) view.scale = 0.9;
  if (small || out) { view.x = X[at]; view.y = Y[at]; }
  redraw();
}
