// Draws the map. At rest everything is drawn; while the reader moves it, as much as fits into a frame.
const canvas = byId('canvas');
const context = canvas.getContext('2d');
// What was drawn last: moved and stretched while a full frame would take too long. And what is being drawn behind it.
const still = document.createElement('canvas');
const fresh = document.createElement('canvas');
const stillAt = { x: 0, y: 0, scale: 1, valid: false };

// Ties in runs that are drawn alike: a color, a dash and a width need setting once for each run.
const runs = (() => {
  const style = (e) => {
    const { kind, step, width } = data.edges[e];
    return (data.kinds[kind][1] * 3 + step) * 16 + Math.round(width * 2);
  };
  const keys = Int32Array.from({ length: TIES }, (_, e) => style(e));
  const order = Array.from({ length: TIES }, (_, e) => e).sort((a, b) => keys[a] - keys[b] || a - b);
  const list = [];
  order.forEach((e) => {
    const last = list[list.length - 1];
    if (last && last.key === keys[e]) last.ties.push(e);
    else list.push({ key: keys[e], tie: Math.floor(keys[e] / 48), step: Math.floor(keys[e] / 16) % 3, width: (keys[e] % 16) / 2, ties: [e] });
  });
  return list;
})();

// People in runs of one color and one kind of rim.
const fills = (() => {
  const byStyle = new Map();
  data.nodes.forEach((node, at) => {
    const { fill, dashed } = partOf(at);
    const key = `${node.fill || fill}${dashed ? '-' : ''}`;
    if (!byStyle.has(key)) byStyle.set(key, { fill: node.fill || fill, dashed, signs: [] });
    byStyle.get(key).signs.push(at);
  });
  if (groups.length) byStyle.set('groups', { fill: GROUP_FILL, dashed: false, signs: groups.map((_, g) => NODES + g) });
  return [...byStyle.values()];
})();

// Who stands out: whoever is chosen and those tied to him. Null where nobody is chosen.
function brightSigns() {
  const chosen = state.selected;
  if (!chosen) return null;
  const bright = new Uint8Array(SIGNS);
  if (chosen.tie !== undefined) {
    bright[signOf[FROM[chosen.tie]]] = 1;
    bright[signOf[TO[chosen.tie]]] = 1;
    return bright;
  }
  bright[chosen.node] = 1;
  for (let e = 0; e < TIES; e += 1) {
    if (!tieShown[e]) continue;
    const [a, b] = [signOf[FROM[e]], signOf[TO[e]]];
    if (a === chosen.node) bright[b] = 1;
    if (b === chosen.node) bright[a] = 1;
  }
  return bright;
}

function tieIsBright(e, bright) {
  if (!bright) return true;
  const chosen = state.selected;
  if (chosen.tie !== undefined) return chosen.tie === e;
  return signOf[FROM[e]] === chosen.node || signOf[TO[e]] === chosen.node;
}

function clearTo(out, width, height) {
  out.setTransform(1, 0, 0, 1, 0, 0);
  out.globalAlpha = 1;
  out.fillStyle = theme.back;
  out.fillRect(0, 0, width, height);
}

function intoMap(out) {
  const ratio = canvas.width / view.width;
  const k = view.scale * ratio;
  out.setTransform(k, 0, 0, k, canvas.width / 2 - view.x * k, canvas.height / 2 - view.y * k);
}

function drawHulls(out) {
  if (!state.outlines) return;
  out.lineWidth = 1 / view.scale;
  hullsNow().forEach((corners, g) => {
    if (!corners) return;
    out.beginPath();
    traceHull(out, corners);
    out.fillStyle = theme.hull;
    out.fill();
    out.strokeStyle = theme.outline;
    out.stroke();
    const top = corners.reduce((best, corner) => (corner[1] < best[1] ? corner : best));
    if (view.scale > 0.45) quietWords(out, nameOf(NODES + g), top[0], top[1] - 4);
  });
}

// Small quiet words, at the size they have on the screen.
function quietWords(out, text, x, y) {
  out.font = `${Math.max(9, 9 / view.scale)}px ${FONT}`;
  out.textAlign = 'center';
  out.textBaseline = 'alphabetic';
  out.fillStyle = theme.quiet;
  out.fillText(text, x, y);
}

function farOff(e, box) {
  const a = signOf[FROM[e]];
  const b = signOf[TO[e]];
  const room = 2 * Math.abs(BOW[e]) + 40;
  return (X[a] < box[0] - room && X[b] < box[0] - room) || (X[a] > box[2] + room && X[b] > box[2] + room)
    || (Y[a] < box[1] - room && Y[b] < box[1] - room) || (Y[a] > box[3] + room && Y[b] > box[3] + room);
}

// After how many ties a drawing may pause.
const PAUSE = 1500;

// Draws in steps, so that a large map at rest does not keep the reader waiting. `manner`: `rough` draws straight lines without heads and
// dashes, `skip` leaves that many out between two.
function* tieSteps(out, wanted, alpha, manner) {
  const box = inSight();
  // Seen from afar, nobody can tell a bent line from a straight one.
  const rough = manner.rough || view.scale < 0.12;
  for (const run of runs) {
    let place = 0;
    while (place < run.ties.length) {
      setLine(out, run, alpha, rough);
      out.beginPath();
      const end = Math.min(run.ties.length, place + PAUSE * (1 + manner.skip));
      for (; place < end; place += 1 + manner.skip) {
        const e = run.ties[place];
        if (tieShown[e] && wanted(e) && !farOff(e, box)) lineOf(out, e, rough);
      }
      out.stroke();
      yield;
    }
    if (!rough && view.scale > 0.3) { drawHeads(out, run, wanted, box); yield; }
  }
  out.setLineDash([]);
  out.globalAlpha = 1;
}

function setLine(out, run, alpha, rough) {
  out.globalAlpha = alpha;
  out.strokeStyle = theme.tie[run.tie];
  out.fillStyle = theme.tie[run.tie];
  // Thin lines do not vanish when the map is seen from afar, and do not cover it.
  out.lineWidth = Math.max(run.width * (view.scale < 0.3 ? 0.6 : 1), 0.6 / view.scale);
  out.setLineDash(rough || view.scale < 0.25 ? [] : dashOf(run.step, run.width));
  out.lineCap = capOf(run.step);
}

function lineOf(out, e, rough) {
  if (rough) {
    const a = signOf[FROM[e]];
    const b = signOf[TO[e]];
    out.moveTo(X[a], Y[a]);
    out.lineTo(X[b], Y[b]);
    return;
  }
  const [x, y, bx, by, ...tip] = curveOf(e);
  const end = beforeHead(e, bx, by, ...tip);
  out.moveTo(x, y);
  if (BOW[e] === 0 && FROM[e] !== TO[e]) out.lineTo(...end);
  else out.quadraticCurveTo(bx, by, ...end);
}

function drawHeads(out, run, wanted, box) {
  if (!HEADS[run.tie]) return;
  out.setLineDash([]);
  out.beginPath();
  for (const e of run.ties) {
    if (tieShown[e] && wanted(e) && !farOff(e, box)) traceHead(out, e, curveOf(e));
  }
  if (data.ties[run.tie].hollow) out.stroke();
  else out.fill();
}

function drawSigns(out, wanted, alpha) {
  const [left, top, right, bottom] = inSight();
  const tiny = 14 * view.scale < 3;
  out.globalAlpha = alpha;
  out.strokeStyle = theme.rim;
  out.lineWidth = Math.min(1.2, Math.max(0.8, 0.7 / view.scale));
  for (const style of fills) {
    out.fillStyle = style.fill;
    out.setLineDash(style.dashed ? [3, 2] : []);
    out.beginPath();
    for (const at of style.signs) {
      if (!shown[at] || !wanted(at)) continue;
      if (X[at] + HW[at] < left || X[at] - HW[at] > right || Y[at] + HH[at] < top || Y[at] - HH[at] > bottom) continue;
      if (tiny && at < NODES) out.rect(X[at] - HW[at], Y[at] - HH[at], 2 * HW[at], 2 * HH[at]);
      else traceSign(out, at);
    }
    out.fill();
    if (!tiny) out.stroke();
  }
  out.setLineDash([]);
  out.globalAlpha = 1;
}

// Whoever is found or chosen has a wide rim around the sign.
function drawRims(out) {
  const rim = (at, color, room) => {
    if (!shown[at]) return;
    const more = room + 2 / view.scale;
    out.fillStyle = color;
    out.beginPath();
    trace(out, outlineOf(at), HW[at] + more, 0, 0, HH[at] + more, X[at], Y[at]);
    out.fill();
  };
  state.found.forEach((at) => rim(signOf[at], theme.mark, 3));
  const chosen = selectedNode();
  if (chosen >= 0) rim(chosen < NODES ? signOf[chosen] : chosen, theme.ink, 2.5);
}

function drawPins(out) {
  out.fillStyle = theme.ink;
  for (let at = 0; at < SIGNS; at += 1) {
    if (!pinned[at] || !shown[at]) continue;
    out.beginPath();
    out.arc(X[at] + HW[at], Y[at] - HH[at], Math.max(2.5, 2.5 / view.scale), 0, 2 * Math.PI);
    out.fill();
  }
}

function* fullSteps(out) {
  clearTo(out, canvas.width, canvas.height);
  intoMap(out);
  const bright = brightSigns();
  const fine = { rough: false, skip: 0 };
  drawHulls(out);
  yield;
  if (bright) {
    yield* tieSteps(out, (e) => !tieIsBright(e, bright), 0.18, fine);
    drawSigns(out, (at) => !bright[at], 0.3);
    yield;
  }
  yield* tieSteps(out, (e) => tieIsBright(e, bright), 0.85, fine);
  drawRims(out);
  drawSigns(out, (at) => !bright || bright[at], 1);
  drawPins(out);
  yield;
  drawLabels(out, (at) => !bright || bright[at]);
  drawPhrases(out, bright);
}

function inOne(steps) {
  while (!steps.next().done);
}

function drawFull(out) {
  inOne(fullSteps(out));
}

// A frame within a few milliseconds, whatever the size of the map.
function drawRough(out, most) {
  clearTo(out, canvas.width, canvas.height);
  intoMap(out);
  inOne(tieSteps(out, () => true, 0.6, { rough: true, skip: Math.floor(TIES / most) }));
  drawRims(out);
  drawSigns(out, () => true, 1);
}

function asLarge(other) {
  if (other.width === canvas.width && other.height === canvas.height) return;
  other.width = canvas.width;
  other.height = canvas.height;
}

function keepStill() {
  asLarge(still);
  still.getContext('2d').drawImage(canvas, 0, 0);
  Object.assign(stillAt, { x: view.x, y: view.y, scale: view.scale, valid: true });
}

// The picture at rest, where it now belongs.
function drawStill(out) {
  clearTo(out, canvas.width, canvas.height);
  const ratio = canvas.width / view.width;
  const by = view.scale / stillAt.scale;
  const dx = (stillAt.x - view.x) * view.scale * ratio + (canvas.width / 2) * (1 - by);
  const dy = (stillAt.y - view.y) * view.scale * ratio + (canvas.height / 2) * (1 - by);
  out.setTransform(by, 0, 0, by, dx, dy);
  out.drawImage(still, 0, 0);
}

