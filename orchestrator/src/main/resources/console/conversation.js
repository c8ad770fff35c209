// What an agent and its models said, and what it came to: turns, tools, what was refused, what was spent.
import { html, nothing } from "./lit-html.js";
import { all } from "./api.js";
import { clean, count, empty, pre, shown, time, took } from "./format.js";
import { answer } from "./store.js";

const LONG_CHARS = 800;
const OPEN_AT_THE_END = 4;
const STEPS_MAX = 2_000;
const SHOWN_MAX = 300;
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

/** What agents and models said is other people's text, and stays text. */
export function conversation(path, worker) {
  return shown(answer("said " + path, () => all(path + "/conversation", STEPS_MAX)), (page) => {
    if (!page.items.length) return empty("No conversation.", "There is one when an agent carries the worker out.");
    const steps = page.items.filter((it) => !HIDDEN.includes(it.kind));
    const last = steps.slice(-SHOWN_MAX);
    return html`${summary(steps, worker.models ?? [])}
      ${last.length < steps.length ? html`<p class="muted">The last ${last.length} of ${number(steps.length)} steps.</p>` : nothing}
      <ol class="said-steps">${last.map((it, index) => said(it, index >= last.length - OPEN_AT_THE_END))}</ol>
      ${page.more ? html`<p class="muted">The first ${number(page.items.length)} of them. All: <code>muster workers show RUN/WORKER --conversation</code></p>` : nothing}`;
  });
}
