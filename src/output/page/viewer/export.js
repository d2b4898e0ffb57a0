// What is on the screen as a file. Nothing leaves the machine: the file is made here and saved by the browser.
function escapeText(text) {
  return text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
}

// Looks like a canvas context to whoever traces a path, and writes SVG.
function pen() {
  const n = (value) => String(Math.round(value * 100) / 100);
  const out = { d: '' };
  out.moveTo = (x, y) => { out.d += `M${n(x)} ${n(y)}`; };
  out.lineTo = (x, y) => { out.d += `L${n(x)} ${n(y)}`; };
  out.quadraticCurveTo = (bx, by, x, y) => { out.d += `Q${n(bx)} ${n(by)} ${n(x)} ${n(y)}`; };
  out.closePath = () => { out.d += 'Z'; };
  return out;
}

function svgPath(draw, attributes) {
  const out = pen();
  draw(out);
  const list = Object.entries(attributes).filter(([, value]) => value !== '');
  return `<path d="${out.d}"${list.map(([name, value]) => ` ${name}="${escapeText(String(value))}"`).join('')}/>`;
}

function svgText(text, x, y, size, fill) {
  return `<text x="${x.toFixed(2)}" y="${y.toFixed(2)}" font-size="${size.toFixed(2)}" fill="${fill}" text-anchor="middle" dominant-baseline="central">${escapeText(text)}</text>`;
}

function svgTie(e) {
  const run = runOf[e];
  const color = data.ties[run.tie].color;
  const curve = curveOf(e);
  const { width } = data.edges[e];
  const dash = dashOf(run.step, width);
  const line = svgPath((out) => { out.moveTo(curve[0], curve[1]); out.quadraticCurveTo(curve[2], curve[3], ...beforeHead(e, ...curve.slice(2))); },
    { fill: 'none', stroke: color, 'stroke-width': width, 'stroke-dasharray': dash.join(' '), 'stroke-linecap': capOf(run.step) });
  if (!HEADS[run.tie]) return line;
  const { hollow } = data.ties[run.tie];
  return line + svgPath((out) => traceHead(out, e, curve), { fill: hollow ? 'none' : color, stroke: hollow ? color : '' });
}

function svgSign(at) {
  const fill = at < NODES ? data.nodes[at].fill || partOf(at).fill : GROUP_FILL;
  const dash = at < NODES && partOf(at).dashed ? '3 2' : '';
  const lines = linesOf(at);
  const size = fontOf(context, at, lines);
  const label = lines.map((line, place) => svgText(line, X[at], lineAt(at, place, lines.length, size), size, '#000000'));
  return svgPath((out) => traceSign(out, at), { fill, stroke: '#000000', 'stroke-dasharray': dash }) + label.join('');
}

function svgHull(corners) {
  return corners ? svgPath((out) => traceHull(out, corners), { fill: '#F6F6F4', stroke: '#B5B5B0' }) : '';
}

// All that is shown, whether or not it is in sight, on white, with what must be known under it.
function viewAsSvg() {
  const box = extentShown() || [0, 0, 100, 100];
  const said = data.said[words.lang];
  const under = [said.title, statusText(), ...said.lead, ...said.notes, ...(said.made ? [said.made] : [])];
  const size = Math.max(9, (box[2] - box[0]) / 110);
  const [left, top] = [box[0] - 40, box[1] - 40];
  const wide = Math.max(box[2] - box[0] + 80, 400);
  const high = box[3] - box[1] + 80;
  const parts = state.outlines ? hullsNow().map(svgHull) : [];
  for (let e = 0; e < TIES; e += 1) if (tieShown[e]) parts.push(svgTie(e));
  for (let at = 0; at < SIGNS; at += 1) if (shown[at]) parts.push(svgSign(at));
  under.forEach((line, place) => parts.push(`<text x="${left + 10}" y="${top + high + place * size * 1.4}" font-size="${size}" fill="#000000">${escapeText(line)}</text>`));
  const all = high + (under.length + 1) * size * 1.4;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${[left, top, wide, all].map((n) => n.toFixed(2)).join(' ')}" width="${wide.toFixed(0)}" height="${all.toFixed(0)}" font-family="${escapeText(FONT)}"><title>${escapeText(said.title)}</title><rect x="${left}" y="${top}" width="${wide}" height="${all}" fill="#FFFFFF"/>${parts.join('')}</svg>\n`;
}

function download(blob, name) {
  const address = URL.createObjectURL(blob);
  const link = el('a', { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

function saveSvg() {
  download(new Blob([viewAsSvg()], { type: 'image/svg+xml' }), 'map.svg');
}

// The picture on the screen, at twice its size.
function savePng() {
  const large = document.createElement('canvas');
  [large.width, large.height] = [Math.round(view.width * 2), Math.round(view.height * 2)];
  const size = [canvas.width, canvas.height];
  [canvas.width, canvas.height] = [large.width, large.height];
  drawFull(context);
  large.getContext('2d').drawImage(canvas, 0, 0);
  [canvas.width, canvas.height] = size;
  redraw();
  large.toBlob((blob) => { if (blob) download(blob, 'map.png'); }, 'image/png');
}

// Prints what is shown; the browser's own command prints the whole map as it was written.
function printView() {
  const paper = byId('paper');
  const address = URL.createObjectURL(new Blob([viewAsSvg()], { type: 'image/svg+xml' }));
  const clear = () => {
    document.documentElement.classList.remove('paper');
    paper.removeAttribute('src');
    URL.revokeObjectURL(address);
  };
  paper.alt = statusText();
  paper.onload = () => {
    document.documentElement.classList.add('paper');
    window.print();
    clear();
  };
  paper.hidden = false;
  paper.src = address;
}

function listenToExports() {
  byId('save-svg').addEventListener('click', saveSvg);
  byId('save-png').addEventListener('click', savePng);
  byId('print').addEventListener('click', printView);
}
