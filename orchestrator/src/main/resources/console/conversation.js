// What an agent and its models said, and what it came to: turns, tools, what was refused, what was spent.
import { html, nothing } from "./lit-html.js";
import { get } from "./api.js";
import { clean, count, empty, pre, SETTLED, time, took } from "./format.js";
import { changed, store } from "./store.js";

const LONG_CHARS = 800;
const OPEN_AT_THE_END = 4;
const STEPS_MAX = 2_000;
const SHOWN_MAX = 300;
const PAGE = 200;
const FOLLOW_MILLIS = 1_500;
const HIDDEN = ["begun", "intent"];
const number = (value) => value.toLocaleString("en");

const money = (it) => (it.costDollars ? `, $${it.costDollars.toFixed(it.costDollars < 0.1 ? 4 : 2)}` : "") + (it.unpriced ? `, ${count(it.unpriced, "turn")} without a known price` : "");

const spent = (it) => html`<li><strong>${clean(it.model)}</strong>: ${count(it.turns, "turn")}, ${number(it.tokensIn)} tokens read, ${number(it.tokensOut)} written${money(it)}</li>`;

/** At a glance, before anybody reads: how much, what it cost, and what went wrong. */
function summary(steps, models) {
  const of = (fits) => steps.filter(fits).length;
  const repairs = of((it) => it.kind === "repair");
  const refused = of((it) => it.violation);
  const failed = of((it) => it.failed && !it.violation && it.kind !== "repair");
  return html`<ul class="plain mb-2">${models.map(spent)}
    <li>${count(of((it) => it.kind === "outcome"), "call")} of tools${failed ? html`, <span class="bad">✗ ${failed} failed</span>` : ", none failed"}; ${repairs ? html`<span class="bad">↻ the runtime's tests failed ${repairs === 1 ? "once" : `${repairs} times`}</span>` : "no repair"}; ${refused ? html`<span class="bad">⊘ ${count(refused, "refusal")}</span>` : "nothing was refused"}</li></ul>`;
}

/** Never by colour alone: a glyph, a word, and who. */
function heading(it) {
  if (it.violation) return html`<span class="bad">⊘ Refused</span> ${clean(it.tool ?? "")}: ${clean(it.violation)}`;
  if (it.kind === "repair") return html`<span class="bad">↻ The runtime's tests failed</span>, so the agent is told and tries again`;
  if (it.kind === "turn") return html`◆ ${clean(it.model ?? "The model")} says`;
  if (it.kind === "outcome") return html`${it.failed ? html`<span class="bad">✗</span>` : "✓"} ${clean(it.tool ?? "tool")}${it.failed ? html` <span class="bad">failed</span>` : nothing}`;
  if (it.kind === "aside") return html`◇ ${clean(it.model ?? "The model")} says beside it`;
  return html`· ${clean(it.tool ?? it.kind)}`;
}

const numbers = (it) => `${time(it.at)}, attempt ${it.attempt}${it.seconds ? `, ${took(it.seconds)}` : ""}${it.tokensIn === null ? "" : `, ${number(it.tokensIn)} tokens read, ${number(it.tokensOut)} written`}${it.costDollars ? `, $${it.costDollars.toFixed(4)}` : ""}`;

function said(it, open) {
  const text = it.text ? pre(it.text + (it.cut ? "\n… (the rest: muster workers show --turn " + it.step + ")" : ""), `Step ${it.step}`) : nothing;
  const long = (it.text?.length ?? 0) > LONG_CHARS;
  return html`<li class="step-said ${it.violation || it.kind === "repair" || it.failed ? "wrong" : ""}"><h3>${heading(it)} <span class="muted fw-normal">#${it.step}</span></h3>
    <p class="muted small mb-1">${numbers(it)}</p>
    ${long && !open ? html`<details><summary>${number(it.text.length)} characters</summary>${text}</details>` : text}
    ${it.calls.map((call) => html`<p class="small mb-0">wants ${clean(call.tool)}</p>${pre(call.arguments, `Call of ${call.tool}`)}`)}</li>`;
}

/** The steps that are not here yet, as long as somebody looks and there may be more. */
async function more(state, now) {
  state.busy = true;
  try {
    const page = await get(`${state.path}/conversation?limit=${PAGE}${state.cursor ? "&cursor=" + encodeURIComponent(state.cursor) : ""}`);
    state.steps = [...state.whole, ...page.items];
    if (page.next) [state.whole, state.cursor] = [state.steps, page.next];
    state.more = Boolean(page.next);
    state.error = null;
    if (!page.next) state.as = now;
  } catch (error) {
    state.error = error;
  }
  state.at = Date.now();
  state.busy = false;
  changed();
}

/** Asked for anew with the draws of a second: the last page only. */
function followed(path, worker) {
  const now = `${worker.state} ${worker.attempt}`;
  if (store.ui.talk?.path !== path) store.ui.talk = { path, whole: [], steps: null, cursor: "", at: 0 };
  const state = store.ui.talk;
  const ended = SETTLED.includes(worker.state) && state.as === now;
  const full = state.whole.length >= STEPS_MAX;
  if (!state.busy && !ended && !full && (state.more || Date.now() - state.at > FOLLOW_MILLIS)) more(state, now);
  return state;
}

/** What agents and models said is other people's text, and stays text. */
export function conversation(path, worker) {
  const state = followed(path, worker);
  if (!state.steps) return state.error ? empty("This cannot be shown.", clean(state.error.message)) : html`<p class="empty" aria-busy="true">Loading…</p>`;
  if (!state.steps.length) return empty("No conversation.", SETTLED.includes(worker.state) ? "There is one when an agent carries the worker out." : "There is one when an agent carries the worker out; it comes here by itself.");
  const steps = state.steps.filter((it) => !HIDDEN.includes(it.kind));
  const last = steps.slice(-SHOWN_MAX);
  return html`${summary(steps, worker.models ?? [])}
    ${last.length < steps.length ? html`<p class="muted">The last ${last.length} of ${number(steps.length)} steps.</p>` : nothing}
    <ol class="said-steps">${last.map((it, index) => said(it, index >= last.length - OPEN_AT_THE_END))}</ol>
    ${state.more ? html`<p class="muted">The first ${number(state.steps.length)} of them. All: <code>muster workers show RUN/WORKER --conversation</code></p>` : nothing}`;
}
