// Who and what is shown under the filters.
const shown = new Uint8Array(SIGNS);
const tieShown = new Uint8Array(TIES);
// By whose sign somebody is drawn: his own, or that of his folded group.
const signOf = new Int32Array(NODES);
const counts = { people: 0, ties: 0, folded: 0, foldedGroups: 0 };

function tiePasses(e) {
  if (state.kindsOff.has(KIND[e]) || CERTAINTY[e] < state.least) return false;
  if (Number.isNaN(FIRST[e])) return state.undated;
  return FIRST[e] <= state.to && LAST[e] >= state.from;
}

function nodePasses(at) {
  if (hidden[at] || state.partsOff.has(data.nodes[at].part)) return false;
  if (state.community === '') return true;
  return state.community === 'none' ? groupOf[at] < 0 : groupOf[at] === Number(state.community);
}

// Who is within so many ties of somebody, by ties that pass and people who do.
function ball(center, links, passes, mayShow) {
  const inside = new Uint8Array(NODES);
  inside[center] = 1;
  let edge = [center];
  for (let step = 0; step < links; step += 1) {
    const next = [];
    for (const at of edge) {
      for (const e of tiesOf(at)) {
        const other = otherEnd(e, at);
        if (passes[e] && !inside[other] && mayShow[other]) { inside[other] = 1; next.push(other); }
      }
    }
    edge = next;
  }
  return inside;
}

function filter() {
  const passes = new Uint8Array(TIES);
  const tied = new Uint8Array(NODES);
  for (let e = 0; e < TIES; e += 1) {
    if (tiePasses(e)) { passes[e] = 1; tied[FROM[e]] = 1; tied[TO[e]] = 1; }
  }
  shown.fill(0);
  for (let at = 0; at < NODES; at += 1) {
    const alone = state.onlyTied && !tied[at] && START[at + 1] > START[at];
    shown[at] = nodePasses(at) && !alone ? 1 : 0;
  }
  if (state.around) {
    const inside = ball(state.around.node, state.around.links, passes, shown);
    for (let at = 0; at < NODES; at += 1) shown[at] &= inside[at];
  }
  for (let e = 0; e < TIES; e += 1) tieShown[e] = passes[e] & shown[FROM[e]] & shown[TO[e]];
  fold();
}

// Puts folded groups in the place of their members, and counts what is left.
function fold() {
  counts.folded = 0;
  for (let at = 0; at < NODES; at += 1) {
    const g = groupOf[at];
    const away = g >= 0 && folded[g];
    signOf[at] = away ? NODES + g : at;
    if (away && shown[at]) { shown[at] = 0; shown[NODES + g] = 1; counts.folded += 1; }
  }
  counts.ties = 0;
  for (let e = 0; e < TIES; e += 1) {
    // A tie within a folded group has nowhere to be drawn.
    const inside = signOf[FROM[e]] === signOf[TO[e]] && signOf[FROM[e]] >= NODES;
    if (inside) tieShown[e] = 0;
    counts.ties += tieShown[e];
  }
  counts.people = 0;
  for (let at = 0; at < NODES; at += 1) counts.people += shown[at] && partOf(at).person ? 1 : 0;
  counts.foldedGroups = 0;
  for (let g = 0; g < groups.length; g += 1) counts.foldedGroups += shown[NODES + g];
}

function timeIsNarrowed() {
  return DAYS !== null && (state.from > DAYS[0] || state.to < DAYS[1]);
}

// The filters in words, for the line under the map.
function filtersText() {
  const list = [];
  const off = (name, of) => { if (of.size) list.push(v(name, { n: of.size })); };
  off('said-parts', state.partsOff);
  off('said-kinds', state.kindsOff);
  if (state.least > 0) list.push(v('said-certainty', { least: certaintyText(state.least) }));
  if (state.community === 'none') list.push(v('no-community'));
  else if (state.community !== '') list.push(v('said-community', { community: groups[state.community].id }));
  if (timeIsNarrowed()) list.push(`${dayText(state.from)} – ${dayText(state.to)}`);
  if (!state.undated && undatedTies) list.push(v('said-undated', { n: number(undatedTies) }));
  if (state.around) list.push(v('said-around', { who: nameOf(state.around.node), n: state.around.links }));
  const away = hidden.reduce((sum, one) => sum + one, 0);
  if (away) list.push(v('said-hidden', { n: number(away) }));
  if (counts.foldedGroups) list.push(v('said-folded', { n: counts.foldedGroups, people: number(counts.folded) }));
  return list.length ? list.join('; ') : v('said-none');
}

const peopleOnMap = data.nodes.filter((_, at) => partOf(at).person).length;

function statusText() {
  return v('shown', {
    n: number(counts.people), m: number(peopleOnMap), k: number(counts.ties), l: number(TIES), filters: filtersText(),
  });
}
