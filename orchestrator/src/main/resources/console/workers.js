// Every worker of a run, filtered by what the address says.
import { html, nothing } from "./lit-html.js";
import { badge, clean, count, empty, line, replayed, took } from "./format.js";
import { href, refine } from "./route.js";
import { rows } from "./rows.js";
import { store } from "./store.js";

const STATES = ["ENLISTED", "RUNNING", "AWAITING_APPROVAL", "AWAITING_ANSWER", "BACKOFF", "PAUSED", "VALIDATING", "COMPLETED", "FAILED", "BLOCKED", "CANCELLED", "REHEARSED"];

export function workers(run, query) {
  const state = query.get("state") ?? "";
  const wave = query.get("wave") ?? "";
  const words = (query.get("text") ?? "").toLowerCase();
  const all = [...store.workers.values()];
  const waves = [...new Set(all.map((it) => it.wave))].sort((a, b) => a - b);
  const found = all.filter((it) =>
    (!state || it.state === state) && (!wave || it.wave === Number(wave))
      && (!words || `${it.id} ${it.title} ${it.node ?? ""}`.toLowerCase().includes(words)));
  const whole = store.whole.has("workers");
  return html`<div class="title"><h1>Workers</h1><p class="muted">${whole ? `${count(found.length, "worker")} of ${all.length.toLocaleString("en")}` : `${all.length.toLocaleString("en")} so far…`}</p></div>
    <form class="filters" @submit=${(event) => event.preventDefault()}>
      <label>State <select class="form-select form-select-sm" @change=${(event) => refine({ state: event.target.value })}>
        <option value="">all</option>${STATES.map((it) => html`<option value=${it} ?selected=${it === state}>${it.toLowerCase().replaceAll("_", " ")}</option>`)}</select></label>
      <label>Wave <select class="form-select form-select-sm" @change=${(event) => refine({ wave: event.target.value })}>
        <option value="">all</option>${waves.map((it) => html`<option value=${it} ?selected=${String(it) === wave}>${it}</option>`)}</select></label>
      <label>Text <input class="form-control form-control-sm" type="search" .value=${query.get("text") ?? ""} @input=${(event) => refine({ text: event.target.value })}></label>
    </form>
    ${found.length ? rows("Workers", ["Worker", "State", "Wave", "Attempt", "Took", "Node", "Why it stands there"], found, (it) => html`<tr>
      <td><a href=${href(["runs", run, "workers", it.id])}>${it.id}</a> <span class="muted">${line(it.title, 60)}</span></td>
      <td>${badge(it.state)}${it.weak ? html` <span class="muted">weak</span>` : nothing}${replayed(it) ? html` <span class="muted">REPLAYED</span>` : nothing}</td><td>${it.wave}</td><td>${it.attempt}</td><td>${took(it.durationSeconds)}</td>
      <td>${clean(it.node ?? "–")}</td><td>${line(it.detail ?? "", 120)}</td></tr>`)
      : whole ? empty("No worker fits.", html`<a href=${href(["runs", run, "workers"])}>Show all of them</a>`) : html`<p class="empty" aria-busy="true">Loading…</p>`}`;
}
