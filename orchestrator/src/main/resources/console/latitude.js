// Many decisions at once, and kinds of operations that are let pass for a while.
import { html, nothing } from "./lit-html.js";
import { get } from "./api.js";
import { clean, count, line, time, words as named } from "./format.js";
import { act, armed, button, pending, say } from "./shell.js";
import { again, answer, changed, store } from "./store.js";
import { bypassesOf } from "./stream.js";

const SELECTION = "/approvals/selection";

async function counted(filter) {
  try {
    store.ui.many = { filter, preview: await get(SELECTION + "?filter=" + encodeURIComponent(filter)), error: null };
  } catch (error) {
    store.ui.many = { filter, preview: null, error: error.message };
  }
  changed();
}

/** @param filter whose approvals it concerns: counted first, then decided as counted */
export function many(filter) {
  const ui = store.ui.many?.filter === filter ? store.ui.many : null;
  if (pending().length < 2 && !ui) return nothing;
  return html`<details class="panel many" ?open=${Boolean(ui)}><summary>Decide ${filter ? "all that fit" : "all of them"} at once</summary>
    <div class="acts"><button type="button" class="btn btn-sm btn-outline-secondary" @click=${() => counted(filter)}>Count them</button></div>
    ${ui?.error ? html`<p class="alert alert-warning mt-2 mb-0">${clean(ui.error)}</p>` : nothing}
    ${ui?.preview ? found(ui) : nothing}</details>`;
}

function found({ filter, preview: it }) {
  const words = it.kinds.map((each) => `${each.count} ${clean(each.kind)}`).join(", ");
  const decide = (verb, reason) => decideAll(verb, { ids: it.ids, digest: it.digest, ...(reason ? { reason } : {}) }, filter);
  const reason = () => document.getElementById("reason-all")?.value.trim() ?? "";
  const reject = () => (reason() ? decide("reject", reason()) : say("A reason is needed: it reaches every one of them.", true));
  return html`<p class="mb-1 mt-2"><strong>${count(it.count, "operation")}</strong>${it.count ? html`: ${words}` : nothing}${it.more ? "; more wait after these, which are as many as are decided at once" : ""}.
      ${it.alone ? html` ${it.alone} more may have run already, have changed, or ask for words: each of those wants a look of its own, and is left out.` : nothing}</p>
    ${it.count ? html`<div class="acts">${armed("approve all " + it.digest, `Approve ${it.count}`, "decide", () => decide("approve"), { kind: "success" })}</div>
      <form class="filters" @submit=${(event) => event.preventDefault()}><label>Reason for all <input id="reason-all" class="form-control form-control-sm" name="reason" maxlength="2000" required></label>
      ${armed("reject all " + it.digest, `Reject ${it.count}`, "decide", reject, { kind: "outline-danger" })}</form>
      <p class="small muted mb-0">Exactly those that were counted: what asks later goes on waiting.</p>` : nothing}`;
}

const became = (each) => `${each.count} ${named(each.state)}${each.by ? ` by ${clean(each.by)}` : ""}`;

function outcome(it, verb) {
  const done = `${count(it.decided, "operation")} ${verb === "approve" ? "approved" : "rejected"}`;
  const already = it.alreadyTotal ? `; ${it.alreadyTotal} had been decided meanwhile: ${it.already.map(became).join(", ")}` : "";
  const voted = it.voted ? `; ${it.voted} more have your voice and wait for somebody else's` : "";
  return `${done}${voted}${already}${it.refusedTotal ? `; ${it.refusedTotal} could not be decided: ${it.refused[0].detail}` : ""}.`;
}

async function decideAll(verb, body, filter) {
  const done = await act(`${SELECTION}/${verb}`, body, (it) => outcome(it, verb));
  if (!done) return counted(filter);
  store.ui.many = null;
  changed();
}

/** What a run lets pass, wherever somebody may wonder why nobody was asked. */
export function bypassed(run) {
  const known = answer("bypasses " + run, () => bypassesOf(run));
  const items = known.value?.items ?? [];
  if (!items.length) return nothing;
  const end = (kind) => async () => {
    await act(`/runs/${encodeURIComponent(run)}/bypasses/${encodeURIComponent(kind)}`, null, `${kind} is asked about again.`, "DELETE");
    again("bypasses " + run, () => bypassesOf(run));
  };
  return html`<ul class="plain alert alert-warning" aria-label="What is let pass">${items.map((it) => html`<li>! <code>${clean(it.kind)}</code> passes without a decision until ${time(it.until)}, let by ${clean(it.by)}: ${line(it.reason, 200)} ${button("End it", "decide", end(it.kind))}</li>`)}</ul>`;
}

export function passForm(run, kind) {
  const leave = () => {
    store.ui.passing = null;
    changed();
  };
  const pass = async (event) => {
    event.preventDefault();
    const { hours, reason } = event.target.elements;
    const done = await act(`/runs/${encodeURIComponent(run)}/bypasses`, { kind, minutes: 60 * Number(hours.value), reason: reason.value.trim() }, `${kind} passes in this run for a while.`);
    if (!done) return;
    leave();
    again("bypasses " + run, () => bypassesOf(run));
  };
  return html`<form class="reject" @submit=${pass}>
    <p class="small">What this run asks of kind <code>${clean(kind)}</code> from now on runs without you. Never: what was asked before, what was refused or has failed, what may have run, and what has changed. What waits now goes on waiting.</p>
    <label>For <select class="form-select form-select-sm" name="hours"><option value="1">1 hour</option><option value="2">2 hours</option><option value="4">4 hours</option><option value="8">8 hours</option></select></label>
    <label>Why? It is recorded. <input class="form-control form-control-sm" name="reason" maxlength="2000" required></label>
    <div class="acts"><button class="btn btn-sm btn-danger">Let it pass</button><button type="button" class="btn btn-sm btn-outline-secondary" @click=${leave}>Leave it</button></div></form>`;
}
