// This node, its reader of the journal, who you are, and the way out.
import { html } from "./lit-html.js";
import { get, login, send } from "./api.js";
import { badge, clean, count, shown, time, took } from "./format.js";
import { say } from "./shell.js";
import { answer, store } from "./store.js";

/** Readers of the journal, by what people know of them. */
const FOLLOWERS = { runs: "Runs, workers and approvals", commons: "What workers share", violations: "Security events", webhook: "Messages to other programs" };

async function health() {
  const answered = await fetch("/health/ready", { cache: "no-store" });
  return answered.json();
}

/** Also while the stream is away: whoever wants to go does not wait for it. */
async function logout() {
  try {
    await send("DELETE", "/session");
    localStorage.removeItem("muster-csrf");
    login();
  } catch (error) {
    say(error.message, true);
  }
}

const THEN = { EXPIRE: () => "expires", HOLD: () => "goes on waiting", ESCALATE: (it) => `${clean(it.escalateTo.map((one) => one.replace(/^role:/, "any ")).join(" or "))} besides, for ${took(it.escalateForSeconds)}` };

function policies(page) {
  if (!page.items.length) return html`<p class="mb-0">Nothing is said: one who may decide approves, in the time of the run. <code>approvals.policies</code> in the settings says more.</p>`;
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Policies"><table class="table table-sm mb-0"><thead><tr><th>Kind</th><th>Takes</th><th>Waits</th><th>Then</th></tr></thead><tbody>
    ${page.items.map((it) => html`<tr><th scope="row">${clean(it.name)}</th><td>${clean(it.words || "anybody who may decide")}${it.doubts.map((each) => html`<br><span class="bad">! ${clean(each)}</span>`)}</td><td>${it.expirySeconds === null ? "as its run" : took(it.expirySeconds)}</td><td>${THEN[it.then](it)}</td></tr>`)}</tbody></table></div>`;
}

function webhooks(page) {
  if (!page.items.length) return html`<p class="mb-0">No program is. <code>webhooks</code> in the settings names some.</p>`;
  return page.items.map((it) => html`<p>${it.failing ? html`<span class="bad">✗ does not take it</span>` : "✓ up to date"} <strong>${clean(it.name)}</strong> at ${clean(it.host)}, ${it.kinds.length ? clean(it.kinds.join(", ")) : "everything"}${it.waiting ? `; ${count(it.waiting, "delivery", "deliveries")} waiting since ${time(it.since)}` : ""}${it.problem ? html`<br><span class="muted">${clean(it.problem)}</span>` : ""}</p>`);
}

export function system() {
  const me = store.me;
  return html`<div class="title"><h1>System</h1></div><div class="grid">
    <section class="panel"><h2>You</h2><p>${clean(me.name)}, ${clean(me.roles.join(", "))}${me.workforce ? `, for ${clean(me.workforce)} only` : ""}</p><button type="button" class="btn btn-sm btn-outline-secondary" @click=${logout}>Log out</button></section>
    <section class="panel"><h2>This node</h2>${shown(answer("health", health), (it) => html`<p>${badge(it.status)} ${clean(it.detail ?? "")}</p><p class="muted">Version ${clean(it.version ?? "unknown")}</p>`)}</section>
    <section class="panel"><h2>What follows the journal</h2><p class="small muted mb-1">Tables, results and messages are written from it, each in its own time.</p>${shown(answer("readers", () => get("/readers")), (page) => page.items.map((it) => html`<p class="mb-1">${FOLLOWERS[it.reader] ?? clean(it.reader)}: ${it.behind ? html`<span class="bad">! ${count(it.behind, "event")} behind</span>` : "✓ up to date"}${it.problem ? html`; ${clean(it.problem)}` : ""}</p>`))}</section>
    <section class="panel"><h2>Who approves what</h2>${shown(answer("policies", () => get("/policies")), policies)}</section>
    <section class="panel"><h2>Who is told</h2>${shown(answer("webhooks", () => get("/webhooks")), webhooks)}</section>
    <section class="panel"><h2>More</h2><p><a href="/api/docs">The API's page</a> (unless <code>http.docs = off</code>), and <a href="/api/openapi.yaml">its contract</a></p><p>Settings and where each comes from: <code>muster config view --origin</code></p></section></div>`;
}
