// The map as it was written into the page. What the reader does to it is in state.js.
const data = JSON.parse(document.getElementById('v-data').textContent);
const NODES = data.nodes.length;
const TIES = data.edges.length;

// Groups that can be folded into one sign; the sign of the group at place `g` is number NODES + g.
const groups = (() => {
  const byId = new Map();
  data.nodes.forEach((node, at) => {
    if (node.community === undefined) return;
    if (!byId.has(node.community)) byId.set(node.community, []);
    byId.get(node.community).push(at);
  });
  // One alone is no group.
  return [...byId].filter(([, members]) => members.length > 1).sort((a, b) => a[0] - b[0]).map(([id, members]) => ({ id, members }));
})();
const groupOf = new Int32Array(NODES).fill(-1);
groups.forEach((group, g) => group.members.forEach((at) => { groupOf[at] = g; }));

const SIGNS = NODES + groups.length;
const X = new Float64Array(SIGNS);
const Y = new Float64Array(SIGNS);
// Half the width and height of each sign.
const HW = new Float64Array(SIGNS);
const HH = new Float64Array(SIGNS);

function placeAll() {
  data.nodes.forEach((node, at) => {
    [X[at], Y[at]] = node.at;
    [HW[at], HH[at]] = node.extent;
  });
  groups.forEach((_, g) => placeGroup(g));
}

// A folded group stands in the middle of its members and is as large as they are many.
function placeGroup(g) {
  const { members } = groups[g];
  let x = 0;
  let y = 0;
  for (const at of members) { x += X[at]; y += Y[at]; }
  X[NODES + g] = x / members.length;
  Y[NODES + g] = y / members.length;
  HW[NODES + g] = 38 + 3 * Math.sqrt(members.length);
  HH[NODES + g] = 17 + 2 * Math.sqrt(members.length);
}

// Ends, kinds and days of ties, by number: loops over all ties run on every frame.
const FROM = Int32Array.from(data.edges, (tie) => tie.from);
const TO = Int32Array.from(data.edges, (tie) => tie.to);
const KIND = Int32Array.from(data.edges, (tie) => tie.kind);
const CERTAINTY = Float64Array.from(data.edges, (tie) => tie.certainty);
// An open end reaches as far as the slider does; NaN is no date.
const FIRST = Float64Array.from(data.edges, (tie) => (tie.when ? tie.when[0] ?? -Infinity : NaN));
const LAST = Float64Array.from(data.edges, (tie) => (tie.when ? tie.when[1] ?? Infinity : NaN));
const undatedTies = data.edges.filter((tie) => !tie.when).length;

// The first and the last day of any tie.
const DAYS = (() => {
  let first = Infinity;
  let last = -Infinity;
  for (let e = 0; e < TIES; e += 1) {
    for (const day of [FIRST[e], LAST[e]]) {
      if (Number.isFinite(day)) { first = Math.min(first, day); last = Math.max(last, day); }
    }
  }
  return first <= last ? [first, last] : null;
})();

// Ties of each node: those of `at` are TIES_OF[START[at]] to TIES_OF[START[at + 1] − 1].
const START = new Int32Array(NODES + 1);
const TIES_OF = (() => {
  for (let e = 0; e < TIES; e += 1) {
    START[FROM[e] + 1] += 1;
    if (TO[e] !== FROM[e]) START[TO[e] + 1] += 1;
  }
  for (let at = 0; at < NODES; at += 1) START[at + 1] += START[at];
  const next = START.slice();
  const list = new Int32Array(START[NODES]);
  for (let e = 0; e < TIES; e += 1) {
    list[next[FROM[e]]++] = e;
    if (TO[e] !== FROM[e]) list[next[TO[e]]++] = e;
  }
  return list;
})();

function tiesOf(at) {
  return TIES_OF.subarray(START[at], START[at + 1]);
}

function otherEnd(e, at) {
  return FROM[e] === at ? TO[e] : FROM[e];
}

// By how much a tie leaves the straight line, so that several between two people can be told apart.
const BOW = (() => {
  const between = new Map();
  for (let e = 0; e < TIES; e += 1) {
    const key = Math.min(FROM[e], TO[e]) * NODES + Math.max(FROM[e], TO[e]);
    if (!between.has(key)) between.set(key, []);
    between.get(key).push(e);
  }
  const bow = new Float32Array(TIES);
  for (const list of between.values()) {
    list.forEach((e, place) => {
      const side = FROM[e] < TO[e] ? 1 : -1;
      bow[e] = side * (place - (list.length - 1) / 2) * Math.min(9, 40 / list.length);
    });
  }
  return bow;
})();

function partOf(at) {
  return data.parts[data.nodes[at].part];
}

function isVictim(at) {
  return at < NODES && partOf(at).victim;
}

placeAll();
