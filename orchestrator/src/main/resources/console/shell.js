// What is around every page: navigation, whether what is shown is alive, and answers to acts.
import { html, nothing } from "./lit-html.js";
import { loginPath, send } from "./api.js";
import { clean, took } from "./format.js";
import { href, route } from "./route.js";
import { changed, store, whyNot } from "./store.js";

const STALE_AFTER_SECONDS = 25;

function link() {
  if (store.link === "ended") return html`<span class="link bad">○ session ended</span>`;
  if (store.link === "connecting") return html`<span class="link">… connecting</span>`;
  const silent = (Date.now() - store.heardAt) / 1_000;
  if (store.link === "live" && silent < STALE_AFTER_SECONDS) return html`<span class="link live">● live</span>`;
  const words = store.heardAt ? `stale since ${took(silent)}` : "no answer yet";
  return html`<span class="link bad">○ ${store.link === "live" ? "" : "reconnecting, "}${words}</span>`;
}

export const pending = () => [...store.approvals.values()].filter((it) => it.state === "PENDING");
export const waitingFor = () => (store.run && store.waiting !== null ? store.waiting : pending().length);

function item(name, parts, here, extra = nothing) {
  return html`<li><a href=${href(parts)} aria-current=${here ? "page" : nothing}>${name}${extra}</a></li>`;
}

export function shell(page) {
  const at = route().parts;
  const inRun = at[0] === "runs" && at[1];
  const waiting = waitingFor();
  const number = waiting ? html` <span class="number">${waiting}</span>` : nothing;
  return html`
    <a class="visually-hidden-focusable" href="#main" @click=${skip}>Skip to content</a>
    <header>
      <a class="brand" href="#/">Muster</a>
      <nav aria-label="Pages"><ul>
        ${item("Overview", store.run ? ["runs", store.run] : [], at.length === 0 || (inRun && at.length === 2))}
        ${item("Runs", ["runs"], at[0] === "runs" && at.length === 1)}
        ${store.run ? item("Workers", ["runs", store.run, "workers"], inRun && at[2] === "workers") : nothing}
        ${item("Approvals", ["approvals"], at[0] === "approvals", number)}
        ${item("Instructions", ["instructions"], at[0] === "instructions")}
        ${item("Nodes", ["nodes"], at[0] === "nodes")}
        ${item("Audit", ["audit"], at[0] === "audit")}
        ${item("System", ["system"], at[0] === "system")}
      </ul></nav>
      <span role="status">${link()}</span>
      <span class="who">${store.me?.name ?? ""}</span>
    </header>
    <main id="main" tabindex="-1">${store.link === "ended" ? html`<p class="alert alert-warning" role="alert">Your session has ended; what is shown is as it was. <a href=${loginPath(true)}>Log in again</a>, and you are back here.</p>` : nothing}${page}</main>
    <div class="said ${store.said?.bad ? "bad" : ""}" role="status">${store.said ? html`${clean(store.said.text)} <button class="btn btn-sm" @click=${hush}>Close</button>` : nothing}</div>`;
}

function skip(event) {
  event.preventDefault();
  document.getElementById("main").focus();
}

function hush() {
  store.said = null;
  changed();
}

export function say(text, bad = false) {
  store.said = { text, bad };
  changed();
  if (!bad) setTimeout(() => store.said?.text === text && hush(), 6_000);
}

export async function act(path, body, words, method = "POST") {
  try {
    const result = await send(method, path, body);
    say(typeof words === "function" ? words(result) : words);
    return result;
  } catch (error) {
    say(error.message, true);
    return null;
  }
}

/** A button that knows what it takes, and says why it is disabled. */
export function button(label, permission, click, { kind = "outline-secondary", refused = null } = {}) {
  const why = whyNot(permission) ?? refused;
  return html`<button type="button" class="btn btn-sm btn-${kind}" aria-disabled=${why ? "true" : "false"} title=${why ?? nothing}
    @click=${() => (why ? say(`${label}: ${why}`, true) : click())}>${label}</button>`;
}

/** The first press arms, the second within five seconds acts. */
export function armed(name, label, permission, click, options = {}) {
  const ready = store.ui.armed === name;
  const arm = () => {
    store.ui.armed = name;
    changed();
    setTimeout(() => {
      if (store.ui.armed !== name) return;
      store.ui.armed = null;
      changed();
    }, 5_000);
  };
  const go = () => {
    store.ui.armed = null;
    click();
  };
  return button(ready ? `Confirm: ${label.toLowerCase()}` : label, permission, ready ? go : arm, ready ? { ...options, kind: "danger" } : options);
}
