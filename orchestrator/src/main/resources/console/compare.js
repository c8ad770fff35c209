// Two runs side by side: what is different between them, worker by worker.
import { html, nothing } from "./lit-html.js";
import { get } from "./api.js";
import { badge, clean, count, empty, line, shown, time, took } from "./format.js";
import { href, refine } from "./route.js";
import { answer, store } from "./store.js";

const WORKERS_MAX = 5_000;
const ROWS_MAX = 300;

async function workersOf(run) {
  const all = new Map();
  let cursor = "";
  do {
    const page = await get(`/runs/${encodeURIComponent(run)}/workers?limit=200${cursor ? "&cursor=" + encodeURIComponent(cursor) : ""}`);
    for (const it of page.items) all.set(it.id, it);
    cursor = page.next ?? "";
  } while (cursor && all.size < WORKERS_MAX);
  return { all, more: Boolean(cursor) };
}

async function both(a, b) {
  const [runA, runB, left, right] = await Promise.all([get("/runs/" + encodeURIComponent(a)), get("/runs/" + encodeURIComponent(b)), workersOf(a), workersOf(b)]);
  return { runA, runB, left, right };
}

/** Not how long it took alone: that is never the same twice. */
const differs = (x, y) => !x || !y || x.state !== y.state || x.weak !== y.weak || x.attempt !== y.attempt;

function choice(name, chosen) {
  const runs = [...store.runs.values()].sort((a, b) => b.id.localeCompare(a.id)).slice(0, 200);
  const known = runs.some((it) => it.id === chosen);
  return html`<label>${name === "a" ? "Earlier" : "Later"} <select class="form-select form-select-sm" @change=${(event) => refine({ [name]: event.target.value })}>
    <option value="">choose a run</option>${chosen && !known ? html`<option selected value=${chosen}>${chosen}</option>` : nothing}
    ${runs.map((it) => html`<option value=${it.id} ?selected=${it.id === chosen}>${it.id} ${line(it.workforce, 30)}, ${time(it.startedAt)}</option>`)}</select></label>`;
}

export function compare(query) {
  const a = query.get("a") ?? "";
  const b = query.get("b") ?? "";
  return html`<div class="title"><h1>Compare two runs</h1></div><div class="filters">${choice("a", a)}${choice("b", b)}</div>
    ${a && b ? shown(answer(`compare ${a} ${b}`, () => both(a, b)), table) : empty("Choose two runs.", "What ended otherwise, or took other tries, is listed.")}`;
}

function table({ runA, runB, left, right }) {
  const ids = [...new Set([...left.all.keys(), ...right.all.keys()])].sort();
  const other = ids.filter((id) => differs(left.all.get(id), right.all.get(id)));
  const cell = (it) => (it ? html`${badge(it.state)}${it.weak ? " weak" : ""} <span class="muted">${it.attempt > 1 ? `try ${it.attempt}, ` : ""}${took(it.durationSeconds)}</span>` : html`<span class="muted">not in it</span>`);
  const link = (run, it, id) => (it ? html`<a href=${href(["runs", run.id, "workers", id])}>${cell(it)}</a>` : cell(it));
  const row = (name, of) => html`<tr><th scope="row">${name}</th><td>${of(runA)}</td><td>${of(runB)}</td></tr>`;
  const headers = html`<thead><tr><th></th>${[runA, runB].map((it) => html`<th><a href=${href(["runs", it.id])}>${it.id}</a></th>`)}</tr></thead>`;
  return html`<section class="panel"><div class="scroll" tabindex="0" role="region" aria-label="Both runs"><table class="table table-sm mb-0">${headers}<tbody>
      ${row("State", (it) => badge(it.state))}${row("Workforce", (it) => line(it.workforce, 60))}${row("Began", (it) => time(it.startedAt))}${row("Took", (it) => took(it.durationSeconds))}
      ${row("Completed", (it) => `${it.workers.completed} of ${it.workers.total}${it.weak ? `, ${it.weak} weak` : ""}`)}${row("Failed", (it) => it.workers.failed)}
      ${row("Approves by itself", (it) => clean(it.settings?.approve ?? "unknown"))}</tbody></table></div></section>
    <section class="panel"><h2>${other.length ? `${count(other.length, "worker")} of ${ids.length} ended otherwise` : `All ${count(ids.length, "worker")} ended alike`}</h2>
      ${left.more || right.more ? html`<p class="muted">Of the first ${WORKERS_MAX} workers.</p>` : nothing}
      ${other.length ? html`<div class="scroll" tabindex="0" role="region" aria-label="Differences"><table class="table table-sm table-hover mb-0"><thead><tr><th>Worker</th><th>${runA.id}</th><th>${runB.id}</th></tr></thead><tbody>
        ${other.slice(0, ROWS_MAX).map((id) => html`<tr><th scope="row">${clean(id)}</th><td>${link(runA, left.all.get(id), id)}</td><td>${link(runB, right.all.get(id), id)}</td></tr>`)}</tbody></table></div>` : nothing}
      ${other.length > ROWS_MAX ? html`<p class="muted">The first ${ROWS_MAX}.</p>` : nothing}</section>`;
}
