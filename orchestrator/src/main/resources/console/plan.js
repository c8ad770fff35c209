// Who waits for whom, drawn: columns from left to right, wave by wave, and the chain that takes longest.
import { html, nothing, svg } from "./lit-html.js";
import { get } from "./api.js";
import { badge, clean, count, empty, GLYPHS, line, shown, took, words as named } from "./format.js";
import { href } from "./route.js";
import { answer, changed, store } from "./store.js";

export const DRAWN_MAX = 400;
const EDGES_MAX = 5_000;
const CHAIN_SHOWN_MAX = 40;
const ROWS = 20;
const [WIDTH, HEIGHT, ACROSS, DOWN, TOP] = [46, 18, 22, 6, 22];

/** Columns of ids: those of a wave by how many of it they wait for, one after the other. */
function columns(nodes, edges) {
  const known = new Map(nodes.map((it) => [it.id, it]));
  const before = new Map(nodes.map((it) => [it.id, []]));
  for (const [from, to] of edges) if (known.has(from) && known.has(to)) before.get(to).push(from);
  const depths = new Map();
  const depth = (id, seen) => {
    if (depths.has(id)) return depths.get(id);
    if (seen.has(id)) return 0; // A circle is refused elsewhere.
    seen.add(id);
    const of = before.get(id).filter((other) => known.get(other).wave === known.get(id).wave);
    const own = of.length ? 1 + Math.max(...of.map((other) => depth(other, seen))) : 0;
    depths.set(id, own);
    return own;
  };
  const groups = new Map();
  for (const it of nodes) {
    const name = it.wave * 10_000 + depth(it.id, new Set());
    groups.set(name, [...(groups.get(name) ?? []), it]);
  }
  const rowOf = new Map();
  const found = [];
  for (const name of [...groups.keys()].sort((a, b) => a - b)) {
    const middle = (it) => {
      const rows = before.get(it.id).map((other) => rowOf.get(other)).filter((row) => row !== undefined);
      return rows.length ? rows.reduce((sum, row) => sum + row, 0) / rows.length : Number.MAX_SAFE_INTEGER;
    };
    const ordered = groups.get(name).map((it) => [middle(it), it]).sort(([a, x], [b, y]) => a - b || x.id.localeCompare(y.id)).map(([, it]) => it);
    for (let at = 0; at < ordered.length; at += ROWS) {
      const part = ordered.slice(at, at + ROWS);
      part.forEach((it, row) => rowOf.set(it.id, row));
      found.push({ wave: part[0].wave, nodes: part });
    }
  }
  return found;
}

function places(found) {
  const at = new Map();
  const heads = [];
  let x = 0;
  let wave = null;
  for (const column of found) {
    if (column.wave !== wave) {
      if (wave !== null) x += ACROSS;
      heads.push({ wave: column.wave, x });
      wave = column.wave;
    }
    column.nodes.forEach((it, row) => at.set(it.id, { it, x, y: TOP + row * (HEIGHT + DOWN) }));
    x += WIDTH + ACROSS;
  }
  return { at, heads, width: Math.max(1, x - ACROSS), height: TOP + Math.max(1, ...found.map((it) => it.nodes.length)) * (HEIGHT + DOWN) };
}

const short = (id) => id.replace(/^WORKER_/, "");

function light(id) {
  if (store.ui.lit === id) return;
  store.ui.lit = id;
  changed();
}

/** What is shown instead of a drawing that nobody could read. */
export const tooMany = (total, chain) => html`<p class="mb-1">${count(total, "worker")} are too many to draw; up to ${DRAWN_MAX} are. The table of waves and the chain below say the most.</p>${longest(chain)}`;

/**
 * @param nodes with id, wave, title, and a state where there is one
 * @param chain ids from first to last
 * @param link where a node leads
 */
export function graph(nodes, edges, chain, link) {
  const known = store.ui.graph?.nodes === nodes ? store.ui.graph : { nodes, ...places(columns(nodes, edges)) };
  store.ui.graph = known;
  const { at, heads, width, height } = known;
  const next = new Map(chain.slice(1).map((id, index) => [id, chain[index]]));
  const lit = store.ui.lit;
  const drawn = edges.filter(([from, to]) => at.has(from) && at.has(to)).slice(0, EDGES_MAX);
  const rank = ([from, to]) => (from === lit || to === lit ? 2 : next.get(to) === from ? 1 : 0);
  const curve = ([from, to]) => {
    const [a, b] = [at.get(from), at.get(to)];
    const [x1, y1, x2, y2] = [a.x + WIDTH, a.y + HEIGHT / 2, b.x, b.y + HEIGHT / 2];
    const bend = Math.max(ACROSS / 2, Math.abs(x2 - x1) / 3);
    return `M${x1},${y1} C${x1 + bend},${y1} ${x2 - bend},${y2} ${x2},${y2}`;
  };
  return html`<div class="graph" tabindex="0" role="region" aria-label="Who waits for whom">
    <svg width=${width} height=${height} viewBox="0 0 ${width} ${height}" role="group" aria-label="${count(nodes.length, "worker")}, ${count(drawn.length, "dependency", "dependencies")}">
      ${heads.map((it) => svg`<text class="head" x=${it.x} y="12">wave ${it.wave}</text>`)}
      ${drawn.slice().sort((a, b) => rank(a) - rank(b)).map((edge) => svg`<path class="edge ${["", "long", "lit"][rank(edge)]}" d=${curve(edge)} />`)}
      ${[...at.values()].map(({ it, x, y }) => node(it, x, y, chain.includes(it.id), link))}</svg></div>
    ${drawn.length === EDGES_MAX ? html`<p class="small muted mb-0">The first ${EDGES_MAX.toLocaleString("en")} dependencies are drawn.</p>` : nothing}
    ${longest(chain)}`;
}

function node(it, x, y, long, link) {
  const state = store.workers.get(it.id)?.state ?? it.state;
  return svg`<a href=${link(it)} aria-label="${it.id} ${line(it.title, 80)}${state ? ", " + named(state) : ""}" @mouseenter=${() => light(it.id)} @mouseleave=${() => light(null)} @focus=${() => light(it.id)} @blur=${() => light(null)}>
    <title>${it.id}: ${line(it.title, 80)}</title><rect class="${long ? "long" : ""} ${state ? "s-" + state.toLowerCase() : ""}" x=${x} y=${y} width=${WIDTH} height=${HEIGHT} rx="3" /><text x=${x + WIDTH / 2} y=${y + 13} text-anchor="middle">${state ? (GLYPHS[state] ?? "·") + " " : ""}${short(it.id).slice(0, state ? 5 : 7)}</text></a>`;
}

/** In words, too: a drawing is not for everybody. */
function longest(chain) {
  if (chain.length < 2) return html`<p class="small mb-0 mt-2">Nobody waits for another: as many go at once as there are slots.</p>`;
  const cut = chain.length > CHAIN_SHOWN_MAX;
  const half = CHAIN_SHOWN_MAX / 2;
  const words = cut ? [...chain.slice(0, half), "…", ...chain.slice(-half)] : chain;
  return html`<p class="small mb-0 mt-2"><span class="key-long" aria-hidden="true"></span> The chain that takes longest, ${count(chain.length, "worker")} one after the other: ${words.map(short).map(clean).join(" → ")}</p>`;
}

/** The plan that a run carries, with how far each worker is. */
export function plan(id) {
  const run = store.runs.get(id);
  const head = html`<div class="title"><div><h1>Plan</h1><p class="muted">${id}; <a href=${href(["runs", id])}>back to the run</a></p></div></div>`;
  if (run && run.workers.total > DRAWN_MAX) return html`${head}${empty(`${count(run.workers.total, "worker")} are too many to draw.`, html`Up to ${DRAWN_MAX} are. The waves are on the run's page, <a href=${href(["runs", id, "workers"])}>everybody in a table</a>; <code>muster plan</code> prints the chain that takes longest.`)}`;
  const path = `/runs/${encodeURIComponent(id)}`;
  return html`${head}${shown(answer("plan " + path, () => drawn(path)), ({ nodes, it }) => html`<section class="panel" aria-label="Plan">
    <p class="muted">Each waits for those whose lines reach it. As it was forecast: ${took(it.forecast.seconds)} with ${count(it.forecast.slots, "slot")}.</p>
    ${graph(nodes, it.edges, it.criticalPath, (each) => href(["runs", id, "workers", each.id]))}
    <p class="legend">${[...new Set(nodes.map((each) => store.workers.get(each.id)?.state ?? each.state))].map((state) => badge(state))}</p></section>`)}`;
}

async function drawn(path) {
  const [it, first, second] = await Promise.all([get(path + "/plan"), get(path + "/workers?limit=200"), get(path + "/workers?limit=200&sort=-wave")]);
  const of = new Map([...first.items, ...second.items].map((each) => [each.id, each]));
  const nodes = it.waves.flatMap((wave) => wave.workers.map((id) => ({ id, wave: wave.wave, title: of.get(id)?.title ?? "", state: of.get(id)?.state ?? "ENLISTED" })));
  return { it, nodes };
}
