// Runs: the newest by the stream, and any by state, tag, time and words.
import { html, nothing } from "./lit-html.js";
import { get } from "./api.js";
import { badge, empty, line, shown, tags, time, took, workSeconds } from "./format.js";
import { cursor, next } from "./lists.js";
import { href, refine } from "./route.js";
import { ignored, partly } from "./scope.js";
import { answer, store } from "./store.js";

const STATES = ["RUNNING", "HELD", "PAUSED", "COMPLETED", "FAILED", "INCOMPLETE", "CANCELLED"];
const FIELDS = ["state", "tag", "from", "until", "text"];

/** As the API takes it. Days are those of UTC, as everywhere. */
function terms(query) {
  const of = (name) => (query.get(name) ?? "").trim();
  const found = [];
  if (of("state")) found.push("state:" + of("state"));
  for (const tag of of("tag").split(/\s+/).filter(Boolean)) found.push("tag:" + tag);
  if (of("from")) found.push("startedAt>=" + of("from"));
  if (of("until")) found.push("startedAt<" + of("until"));
  if (of("text")) found.push(of("text"));
  return found.join(" ");
}

function find(event) {
  event.preventDefault();
  const { elements } = event.target;
  refine({ ...Object.fromEntries(FIELDS.map((name) => [name, elements[name].value.trim()])), cursor: "" });
}

function form(query) {
  const of = (name) => query.get(name) ?? "";
  return html`<form class="filters" role="search" @submit=${find}>
    <label>State <select class="form-select form-select-sm" name="state" @change=${(event) => event.target.form.requestSubmit()}><option value="">all</option>
      ${STATES.map((it) => html`<option value=${it} ?selected=${it === of("state")}>${it.toLowerCase()}</option>`)}</select></label>
    <label>Tag <input class="form-control form-control-sm" name="tag" .value=${of("tag")} placeholder="nightly team=red"></label>
    <label>Begun from (UTC) <input class="form-control form-control-sm" type="date" name="from" .value=${of("from")}></label>
    <label>before <input class="form-control form-control-sm" type="date" name="until" .value=${of("until")}></label>
    <label>Words <input class="form-control form-control-sm" type="search" name="text" .value=${of("text")} placeholder="of its name, folder or id"></label>
    <button class="btn btn-sm btn-outline-secondary">Find</button></form>`;
}

const row = (it) => html`<tr><td><a href=${href(["runs", it.id])}>${it.id}</a></td><td>${badge(it.state)}${partly(it)}${ignored(it)}</td><td>${line(it.workforce, 60)} ${tags(it)}</td><td>${it.workers.completed}/${it.workers.total}${it.workers.weak ? html` <span class="muted">${it.workers.weak} weak</span>` : nothing}${it.workers.failed ? html` <span class="bad">✗ ${it.workers.failed}</span>` : nothing}</td><td class="narrow-out">${time(it.startedAt)}</td><td class="narrow-out">${took(workSeconds(it))}</td></tr>`;

export function runs(query) {
  const filter = terms(query);
  const asked = filter || query.get("cursor");
  const path = `/runs?limit=50${filter ? "&filter=" + encodeURIComponent(filter) : ""}${cursor(query)}`;
  const live = { state: store.whole.has("runs") ? "there" : "loading", value: { items: [...store.runs.values()].sort((a, b) => b.id.localeCompare(a.id)).slice(0, 50), next: null } };
  return html`<div class="title"><h1>Runs</h1><div class="acts"><a class="btn btn-sm btn-outline-secondary" href="#/compare">Compare two</a><a class="btn btn-sm btn-outline-secondary" href="#/instructions">Start a run</a></div></div>
    ${form(query)}
    ${shown(asked ? answer(path, () => get(path)) : live, (page) => page.items.length ? html`<div class="scroll" tabindex="0" role="region" aria-label="Runs"><table class="table table-sm table-hover mb-0"><thead><tr><th>Run</th><th>State</th><th>Workforce</th><th>Completed</th><th class="narrow-out">Began</th><th class="narrow-out">Took</th></tr></thead><tbody>${page.items.map(row)}</tbody></table></div>
      ${asked ? next(page, query) : page.items.length >= 50 ? html`<p class="muted">The newest 50; what is above finds others.</p>` : nothing}`
      : page.next ? html`<p class="muted">None of the last that were looked at fits.</p>${next(page, query)}`
      : filter ? empty("No run fits.", html`<a href="#/runs">Show all</a>`) : empty("No run yet.", html`<a href="#/instructions">Start one</a>, or <code>muster run instructions/hello</code>`))}`;
}
