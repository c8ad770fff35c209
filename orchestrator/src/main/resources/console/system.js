// This node, its reader of the journal, who you are, and the way out.
import { html } from "./lit-html.js";
import { get, login, send } from "./api.js";
import { badge, clean, shown } from "./format.js";
import { say } from "./shell.js";
import { answer, store } from "./store.js";

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

export function system() {
  const me = store.me;
  return html`<div class="title"><h1>System</h1></div><div class="grid">
    <section class="panel"><h2>You</h2><p>${clean(me.name)}, ${clean(me.roles.join(", "))}${me.workforce ? `, for ${clean(me.workforce)} only` : ""}</p><button type="button" class="btn btn-sm btn-outline-secondary" @click=${logout}>Log out</button></section>
    <section class="panel"><h2>This node</h2>${shown(answer("health", health), (it) => html`<p>${badge(it.status)} ${clean(it.detail ?? "")}</p><p class="muted">Version ${clean(it.version ?? "unknown")}</p>`)}</section>
    <section class="panel"><h2>Readers of the journal</h2>${shown(answer("readers", () => get("/readers")), (page) => page.items.map((it) => html`<p>${clean(it.reader)}: ${it.behind ? `${it.behind} events behind` : "✓ up to date"}${it.problem ? html`; ${clean(it.problem)}` : ""}</p>`))}</section>
    <section class="panel"><h2>More</h2><p><a href="/api/docs">API, with its contract</a></p><p>Settings and where each comes from: <code>muster config view --origin</code></p></section></div>`;
}
