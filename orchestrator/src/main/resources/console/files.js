// What a worker has delivered: to fetch, and what is different from what was there before.
import { html, nothing } from "./lit-html.js";
import { get } from "./api.js";
import { bytes, clean, count, empty, line } from "./format.js";
import { diff } from "./preview.js";
import { answer, changed, store } from "./store.js";

const SHOWN_MAX = 300;

export function files(path, it) {
  const all = it.receipt?.deliverables ?? [];
  if (!all.length) return empty("No files yet.", "What it delivers is listed here once the runtime has tested it.");
  const open = store.ui.open ?? new Set();
  store.ui.open = open;
  return html`<p class="muted">${count(all.length, "file")}${all.length > SHOWN_MAX ? `, the first ${SHOWN_MAX} are shown` : ""}, as tested. <a href="/api/v1${path}/archive" download>Fetch all as an archive</a></p>
    ${all.slice(0, SHOWN_MAX).map((file) => html`<details class="would written" @toggle=${(event) => toggled(event, open, file.path)}><summary><code>${line(file.path)}</code> <span class="muted">${bytes(file.bytes)}${file.executable ? ", executable" : ""}</span></summary>
      ${open.has(file.path) ? difference(path, file) : nothing}</details>`)}`;
}

function toggled(event, open, name) {
  if (event.target.open) open.add(name);
  else open.delete(name);
  changed();
}

function difference(path, file) {
  const query = "?path=" + encodeURIComponent(file.path);
  const entry = answer(`diff ${path} ${file.sha256} ${file.path}`, () => get(path + "/diff" + query));
  const fetch = html`<p class="small mb-1"><a href="/api/v1${path}/file${query}" download>Fetch it</a> <span class="muted digest">SHA-256 ${file.sha256}</span></p>`;
  if (entry.state === "loading") return html`${fetch}<p class="muted" aria-busy="true">Comparing…</p>`;
  if (entry.state === "refused") return html`${fetch}<p class="muted">${clean(entry.error.message)}</p>`;
  const it = entry.value;
  const from = !it.from ? "Nobody had it before" : it.from === "target" ? "Against the target as it is now" : `Against what ${clean(it.from)} delivered`;
  return html`${fetch}<p class="small mb-1">${from}${it.diff ? html`: <span class="muted">${count(it.added, "line")} added, ${it.removed} removed</span>` : nothing}${it.why ? html`; ${clean(it.why)}` : nothing}.</p>${it.diff ? diff(it.diff, "Difference of " + line(it.path)) : nothing}`;
}
