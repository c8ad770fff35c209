// Workers of a run, filtered and sorted by what the address says, page by page.
import { html, nothing } from "./lit-html.js";
import { bulk } from "./bulk.js";
import { badge, clean, count, empty, line, replayed, SETTLED, took, words } from "./format.js";
import { ASKED_AT_ONCE_MAX, KEPT_MAX, LOOKED_AT, more, paged, reached } from "./paged.js";
import { href, refine, route } from "./route.js";
import { rows } from "./rows.js";
import { lacks } from "./scope.js";
import { store } from "./store.js";

const STATES = ["ENLISTED", "RUNNING", "AWAITING_APPROVAL", "AWAITING_ANSWER", "BACKOFF", "PAUSED", "VALIDATING", "COMPLETED", "FAILED", "BLOCKED", "CANCELLED", "REHEARSED"];
const TYPED_MILLIS = 250;

/** As the API takes it. */
function terms(query) {
  const found = [];
  if (query.get("state")) found.push("state:" + query.get("state"));
  if (query.get("wave")) found.push("wave:" + query.get("wave"));
  if (query.get("text")?.trim()) found.push(query.get("text").trim());
  return found.join(" ");
}

let typing = 0;

/** Another filter or order begins at the beginning. */
const choose = (change) => refine({ ...change, from: "" });

function typed(event) {
  const text = event.target.value;
  clearTimeout(typing);
  typing = setTimeout(() => choose({ text }), TYPED_MILLIS);
}

/** Pressed once upward, then downward, then as it was. */
function head(words, by, sort, narrow) {
  const sorted = sort === by ? "ascending" : sort === "-" + by ? "descending" : null;
  const then = sorted === "ascending" ? "-" + by : sorted ? "" : by;
  return { sorted, narrow, cell: html`<button type="button" class="sort" @click=${() => choose({ sort: then })}>${words}<span aria-hidden="true">${sorted ? (sorted === "ascending" ? " ▲" : " ▼") : ""}</span></button>` };
}

/** How many there are is known of the whole, of a wave, and of what has settled; else what was read. */
function heading(run, query, list) {
  const text = query.get("text")?.trim();
  const [state, wave] = [query.get("state"), query.get("wave")];
  const all = run?.workers.total;
  const known = text ? null : !state && !wave ? all : !state ? run?.waves.find((it) => String(it.wave) === wave)?.total : !wave && SETTLED.includes(state) ? run?.workers[state.toLowerCase()] : null;
  const here = known ?? (list.end && !list.from ? list.items.length : null);
  const of = all === undefined || here === all ? "" : ` of ${all.toLocaleString("en")}`;
  if (here !== null && here !== undefined) return `${count(here, "worker")}${of}`;
  return list.items.length ? `${list.from ? "" : "the first "}${count(list.items.length, "worker")} that fit${of ? "," + of : ""}; more are read as you scroll` : "";
}

export function workers(id, query) {
  const run = store.runs.get(id);
  const of = (name) => query.get(name) ?? "";
  const filter = terms(query);
  const sort = of("sort");
  const path = `/runs/${encodeURIComponent(id)}/workers?sort=${encodeURIComponent(sort || "wave")}${filter ? "&filter=" + encodeURIComponent(filter) : ""}`;
  const list = paged(path, of("from"), run);
  const heads = [head("Worker", "id", sort), "State", head("Wave", "wave", sort, "narrow-out"), head("Attempt", "attempt", sort, "narrow-out"), head("Took", "durationSeconds", sort), head("Node", "node", sort, "narrow-out"), "Why it stands there"];
  return html`<div class="title"><h1>Workers</h1><p class="muted">${heading(run, query, list)}${lacks(run)}</p></div>
    <form class="filters" role="search" @submit=${(event) => event.preventDefault()}>
      <label>State <select class="form-select form-select-sm" @change=${(event) => choose({ state: event.target.value })}>
        <option value="">all</option>${STATES.map((it) => html`<option value=${it} ?selected=${it === of("state")}>${words(it)}</option>`)}</select></label>
      <label>Wave <select class="form-select form-select-sm" @change=${(event) => choose({ wave: event.target.value })}>
        <option value="">all</option>${(run?.waves ?? []).map((it) => html`<option value=${it.wave} ?selected=${String(it.wave) === of("wave")}>${it.wave}</option>`)}</select></label>
      <label>Text <input class="form-control form-control-sm" type="search" .value=${of("text")} placeholder="its id, title, or node:NAME" @input=${typed}></label>
    </form>
    ${bulk(id, run, path, filter)}
    ${table(id, list, heads)}${further(list)}`;
}

function table(run, list, heads) {
  if (list.error && !list.items.length) {
    return empty("This cannot be shown.", html`${clean(list.error.message)}${list.error.status === 400 ? html`<br><button type="button" class="btn btn-sm btn-outline-secondary mt-2" @click=${() => choose({ sort: "" })}>Show them by wave</button>` : nothing}`);
  }
  if (!list.items.length) {
    if (list.busy) return html`<p class="empty" aria-busy="true">Loading…</p>`;
    return list.sparse ? nothing : empty("No worker fits.", html`<a href=${href(["runs", run, "workers"])}>Show all of them</a>`);
  }
  return rows("Workers", heads, list.items, (known) => {
    const it = store.workers.get(known.id) ?? known;
    return html`<tr><td><a href=${href(["runs", run, "workers", it.id])}>${it.id}</a> <span class="muted">${line(it.title, 60)}</span></td>
      <td>${badge(it.state)}${it.weak ? html` <span class="muted">weak</span>` : nothing}${replayed(it) ? html` <span class="muted">REPLAYED</span>` : nothing}</td><td class="narrow-out">${it.wave}</td><td class="narrow-out">${it.attempt}</td><td>${took(it.durationSeconds)}</td>
      <td class="narrow-out">${clean(it.node ?? "–")}</td><td>${line(it.detail ?? "", 120)}</td></tr>`;
  }, (first, last) => {
    list.inSight = first;
    reached(list, last);
  });
}

/** A page of its own in the history: one comes back to where one was. */
function goTo(from) {
  const { parts, query } = route();
  location.hash = href(parts, { ...Object.fromEntries(query), from });
}

function further(list) {
  const full = list.items.length >= KEPT_MAX && !list.end;
  return html`<p class="acts mt-2">${list.from ? html`<button type="button" class="btn btn-sm btn-outline-secondary" @click=${() => goTo("")}>To the first</button>` : nothing}
    ${full ? html`<button type="button" class="btn btn-sm btn-outline-secondary" @click=${() => goTo(list.next)}>The next ${KEPT_MAX.toLocaleString("en")}</button>` : nothing}
    ${list.sparse ? html`<span class="muted">${list.items.length ? "Few" : "None"} of the last ${(ASKED_AT_ONCE_MAX * LOOKED_AT).toLocaleString("en")} that were looked at fit.</span> <button type="button" class="btn btn-sm btn-outline-secondary" @click=${() => more(list, list.items.length + 1)}>Look further</button>` : nothing}
    ${list.error && list.items.length ? html`<span class="bad">${clean(list.error.message)}</span> <button type="button" class="btn btn-sm btn-outline-secondary" @click=${() => more(list, list.items.length + 1)}>Try again</button>` : nothing}</p>`;
}
