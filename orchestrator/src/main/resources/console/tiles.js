// A tile for each worker: links while there are few, one canvas when there are many.
import { html } from "./lit-html.js";
import { GLYPHS } from "./format.js";
import { href } from "./route.js";

const LINKS_MAX = 300;
const SIZE = 9;

function words(it, between) {
  const state = it.state.toLowerCase().replaceAll("_", " ");
  return `${it.id}${between}${state}${it.parent ? `, sub-worker of ${it.parent}` : ""}`;
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
    <p class="small">A click on a tile opens its worker. <a href=${href(["runs", run, "workers"])}>All of them as a table</a></p>`;
}

function paint(run, workers) {
  const canvas = document.getElementById("tiles");
  if (!canvas) return;
  const columns = Math.max(1, Math.floor(canvas.parentElement.clientWidth / SIZE));
  const height = Math.ceil(workers.length / columns) * SIZE;
  if (canvas.width !== columns * SIZE) canvas.width = columns * SIZE;
  if (canvas.height !== height) canvas.height = height;
  const style = getComputedStyle(document.documentElement);
  const colours = new Map();
  const colour = (state) => {
    if (!colours.has(state)) colours.set(state, style.getPropertyValue(`--t-${state.toLowerCase()}`) || "#888");
    return colours.get(state);
  };
  const pen = canvas.getContext("2d");
  workers.forEach((it, index) => {
    pen.fillStyle = colour(it.state);
    pen.fillRect((index % columns) * SIZE, Math.floor(index / columns) * SIZE, SIZE - 1, SIZE - 1);
  });
  canvas.onclick = (event) => {
    const at = Math.floor(event.offsetY / SIZE) * columns + Math.floor(event.offsetX / SIZE);
    if (workers[at]) location.hash = href(["runs", run, "workers", workers[at].id]);
  };
}
