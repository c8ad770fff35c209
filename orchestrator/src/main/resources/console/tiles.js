// A tile for each worker: links while there are few, one canvas when there are many.
import { html, svg } from "./lit-html.js";
import { badge, GLYPHS, words as named } from "./format.js";
import { href } from "./route.js";

const LINKS_MAX = 300;
const [LARGE, SMALL, MANY] = [9, 5, 5_000];

function words(it, between) {
  return `${it.id}${between}${named(it.state)}${it.parent ? `, sub-worker of ${it.parent}` : ""}`;
}

export function tiles(run, workers) {
  if (workers.length <= LINKS_MAX) {
    return html`<ul class="tiles" aria-label="Workers">${workers.map(
      (it) => html`<li><a class="tile s-${it.state.toLowerCase()}${it.parent ? " sub" : ""}" href=${href(["runs", run, "workers", it.id])}
        title="${words(it, ": ")}" aria-label="${words(it, ", ")}">${GLYPHS[it.state] ?? "·"}</a></li>`,
    )}</ul>`;
  }
  requestAnimationFrame(() => paint(run, workers));
  return html`<canvas id="tiles" role="img" aria-label="A tile for each of ${workers.length} workers; the table of workers has them by name"></canvas>
    <p class="small mb-0">A click on a tile opens its worker.</p>`;
}

/** What the colours mean, how many there are of each, and the way to those. */
export function legend(run, workers) {
  const counts = new Map();
  for (const it of workers) counts.set(it.state, (counts.get(it.state) ?? 0) + 1);
  const order = Object.keys(GLYPHS);
  const states = [...counts.keys()].sort((a, b) => order.indexOf(a) - order.indexOf(b));
  const patch = (state) => (workers.length > LINKS_MAX ? html`<svg class="patch s-${state.toLowerCase()}" viewBox="0 0 9 9" aria-hidden="true">${svg`<rect width="9" height="9" />`}</svg> ` : "");
  return html`<p class="legend">${states.map((state) => html`<a href=${href(["runs", run, "workers"], { state })}>${patch(state)}${badge(state)} <span class="muted">${counts.get(state).toLocaleString("en")}</span></a>`)}</p>`;
}

/** Only what is of another state than it was painted as. */
function paint(run, workers) {
  const canvas = document.getElementById("tiles");
  if (!canvas) return;
  const size = workers.length > MANY ? SMALL : LARGE;
  const columns = Math.max(1, Math.floor(canvas.parentElement.clientWidth / size));
  const height = Math.ceil(workers.length / columns) * size;
  const style = getComputedStyle(document.documentElement);
  const theme = document.documentElement.dataset.bsTheme;
  const same = canvas.width === columns * size && canvas.height === height && canvas.painted?.theme === theme;
  if (!same) {
    canvas.width = columns * size;
    canvas.height = height;
    canvas.painted = { theme, states: [] };
  }
  const { states } = canvas.painted;
  const colours = new Map();
  const colour = (state) => {
    if (!colours.has(state)) colours.set(state, style.getPropertyValue(`--t-${state.toLowerCase()}`) || "#888");
    return colours.get(state);
  };
  const pen = canvas.getContext("2d");
  workers.forEach((it, index) => {
    if (states[index] === it.state) return;
    states[index] = it.state;
    pen.fillStyle = colour(it.state);
    pen.fillRect((index % columns) * size, Math.floor(index / columns) * size, size - 1, size - 1);
  });
  canvas.onclick = (event) => {
    const at = Math.floor(event.offsetY / size) * columns + Math.floor(event.offsetX / size);
    if (workers[at]) location.hash = href(["runs", run, "workers", workers[at].id]);
  };
}
