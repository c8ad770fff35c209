// Nodes and the audit log as tables.
import { html, nothing } from "./lit-html.js";
import { get } from "./api.js";
import { badge, clean, empty, line, shown, time, took } from "./format.js";
import { hour } from "./headroom.js";
import { href, refine } from "./route.js";
import { meter } from "./overview.js";
import { act, armed, button } from "./shell.js";
import { answer, store } from "./store.js";

const DRAWN_MAX = 24;

export const next = (page, query) => html`<p class="acts">${query.get("cursor") ? html`<button type="button" class="btn btn-sm btn-outline-secondary" @click=${() => refine({ cursor: "", id: "" })}>To the newest</button>` : nothing}
  ${page.next ? html`<button type="button" class="btn btn-sm btn-outline-secondary" @click=${() => refine({ cursor: page.next, id: "" })}>Older</button>` : nothing}</p>`;

export const cursor = (query) => (query.get("cursor") ? "&cursor=" + encodeURIComponent(query.get("cursor")) : "");

/** Each that is drawn is asked for its hour again and again: that is for as many as one looks at. */
function measured(it, at) {
  const meters = { cpu: meter("CPU", it.cpuPercent, it.limits.cpuPercent), memory: meter("Memory", it.memoryPercent, it.limits.memoryPercent), disk: meter("Disk", it.diskPercent, it.limits.diskPercent) };
  return at < DRAWN_MAX ? hour(it, meters) : Object.values(meters);
}

export function nodes() {
  const all = [...store.nodes.values()];
  const path = (it, verb) => `/nodes/${encodeURIComponent(it.name)}/${verb}`;
  return html`<div class="title"><h1>Nodes</h1></div>${all.length ? all.slice(0, 300).map((it, at) => html`<section class="panel"><div class="title"><div>
      <h2>${clean(it.name)} ${badge(it.status)}</h2><p class="muted">${clean(it.roles.join(", "))}${it.sandbox ? `, sandbox ${it.sandbox}` : ""}, ${it.drained ? "drained" : it.open ? "takes work" : "takes no work"}; ${it.slotsBusy ?? "?"} of ${it.slots ?? "?"} slots busy, ${it.attemptsDone ?? "?"} attempts done</p>
      ${it.reasons.length ? html`<p class="small">${clean(it.reasons.join("; "))}${it.limits && it.status !== "UP" ? ". As it last reported:" : ""}</p>` : nothing}</div>
      <div class="acts">${it.drained ? button("Take work again", "operate", () => act(path(it, "uncordon"), {}, `${it.name} takes work again.`)) : armed("drain " + it.name, "Drain", "operate", () => act(path(it, "drain"), {}, `${it.name} takes no more work.`))}</div></div>
      ${it.limits ? measured(it, at) : nothing}</section>`)
    : empty("No node has reported.", html`<code>muster up</code> starts one`)}`;
}

export function audit(query) {
  const kind = query.get("kind") ?? "";
  const path = "/audit?limit=50" + (kind ? "&kind=" + encodeURIComponent(kind) : "") + cursor(query);
  return html`<div class="title"><h1>Audit</h1><p class="muted narrow-out">Newest first. Whether it hangs together: <code>muster audit verify</code></p></div>
    <nav aria-label="Which entries"><ul class="tabs">${[["", "All"], ["VIOLATION", "Security events"]].map(([name, label]) => html`<li><a href=${href(["audit"], { kind: name })} aria-current=${name === kind ? "page" : nothing}>${label}</a></li>`)}</ul></nav>
    ${shown(answer(path, () => get(path)), (page) => html`<div class="scroll" tabindex="0" role="region" aria-label="Audit"><table class="table table-sm mb-0"><thead><tr><th class="narrow-out">Seq</th><th>At</th><th>Who</th><th>What</th><th>Became</th></tr></thead><tbody>
      ${page.items.map(({ seq, entry }) => html`<tr><td class="narrow-out">${seq}</td><td class="number-cell">${time(entry.at)}</td><td>${line(entry.who, 60)}</td><td>${line(entry.action, 100)}</td><td class="small">${entry.kind.toLowerCase()}: ${line(entry.outcome, 120)}${entry.detail ? html`<br>${line(entry.detail, 300)}` : nothing}${entry.times > 1 ? ` (${entry.times} times)` : ""}</td></tr>`)}</tbody></table></div>${next(page, query)}`)}`;
}
