// A notification of the desktop when somebody is asked: off until it is asked for by a click.
import { html, nothing } from "./lit-html.js";
import { line } from "./format.js";
import { isQuestion } from "./question.js";
import { pending, say } from "./shell.js";
import { changed, store } from "./store.js";

const KEY = "muster-notify";
const AT_ONCE_MAX = 3;
const told = new Set();
let begun = false;

const possible = () => "Notification" in window && isSecureContext;
const on = () => possible() && Notification.permission === "granted" && localStorage.getItem(KEY) === "on";

async function toggle() {
  if (on()) localStorage.removeItem(KEY);
  else if ((await Notification.requestPermission()) === "granted") localStorage.setItem(KEY, "on");
  else say("This browser does not allow notifications from here; its settings for this page can.", true);
  changed();
}

export function notifyButton() {
  if (!possible()) return nothing;
  return html`<button type="button" class="btn btn-sm btn-outline-secondary" aria-pressed=${on() ? "true" : "false"} @click=${toggle}>${on() ? "✓ Desktop notifications" : "Notify me on this desktop"}</button>`;
}

/** The runtime's sentence about what would happen; what others write in their own words stays here. */
const body = (it) => (!it.run ? "Another program asks." : isQuestion(it) ? `${line(it.worker, 40)} waits for an answer.` : line(it.consequence, 200));

/** What has come since the last look, in whichever run; what waited before this page was opened is no news. */
export function notice() {
  if (!store.whole.has("approvals") || (store.run && !store.everywhere)) return;
  const waiting = [...pending(), ...(store.run ? store.everywhere : [])];
  const fresh = [...new Map(waiting.map((it) => [it.id, it])).values()].filter((it) => !told.has(it.id));
  fresh.forEach((it) => told.add(it.id));
  const first = !begun;
  begun = true;
  if (first || !fresh.length || document.hasFocus() || !on()) return;
  if (fresh.length > AT_ONCE_MAX) return show(`${fresh.length} approvals wait`, "", "many", null);
  fresh.forEach((it) => show("An approval waits", body(it), it.id, it.id));
}

function show(title, text, tag, id) {
  const shown = new Notification("Muster: " + title, { body: text, tag });
  shown.onclick = () => {
    focus();
    location.hash = "#/approvals" + (id ? "?id=" + encodeURIComponent(id) : "");
    shown.close();
  };
}
