// How a run goes: what came of it so far, and when it may have ended, said from what.
import { html, nothing } from "./lit-html.js";
import { get } from "./api.js";
import { count, ENDED, took } from "./format.js";
import { guess, SETTLED_MIN, worked } from "./guess.js";
import { DRAWN_MAX } from "./plan.js";
import { answer, store } from "./store.js";
import { TILES_MAX } from "./stream.js";

const GUESSED_EVERY_MILLIS = 2_000;

/** All is all, and nothing less. */
const rate = (it) => `${it < 1 ? Math.min(99, Math.round(100 * it)) : 100} %`;

function clock(millis) {
  const at = new Date(millis);
  const minute = { hour: "2-digit", minute: "2-digit" };
  return at.toDateString() === new Date().toDateString() ? at.toLocaleTimeString([], minute) : at.toLocaleString([], { ...minute, month: "short", day: "numeric" });
}

/** Null while not each of them is known. */
const known = () => (store.whole.has("workers") ? [...store.workers.values()] : null);

/** What an earlier run completed has ended here without beginning. */
function carriedOver() {
  const carried = (known() ?? []).filter((it) => it.state === "COMPLETED" && !it.startedAt).length;
  return carried ? `, ${carried.toLocaleString("en")} of them carried over from an earlier run` : "";
}

function success(run, settled) {
  const weak = run.workers.weak ? ` (${run.workers.weak} weak: their tests prove too little)` : "";
  const tests = run.testPassRate === null ? "" : `; ${rate(run.testPassRate)} of their tests passed${weak}`;
  if (ENDED.includes(run.state)) return `${rate(run.successRate)} of all completed${carriedOver()}${tests}`;
  if (!settled) return "not known yet: nobody has ended";
  return `${rate(run.workers.completed / settled)}: ${run.workers.completed.toLocaleString("en")} of the ${settled.toLocaleString("en")} that ended${carriedOver()}${tests}`;
}

/** What its plan said, while nothing better is known; a plan of very many is large. */
function planned(run) {
  if (run.workers.total > DRAWN_MAX) return "";
  const path = `/runs/${encodeURIComponent(run.id)}/plan`;
  const forecast = answer("forecast " + path, async () => (await get(path)).forecast).value;
  return forecast?.seconds ? `; its plan says ${took(forecast.seconds)} with ${count(forecast.slots, "slot")}` : "";
}

/** Why nobody can say when it ends, in the order one would ask. */
function unknown(run, settled) {
  if (!run.live) return "not known: its supervisor does not answer";
  if (run.state === "PAUSED") return "not known while it is paused";
  if (settled >= run.workers.total) return "now: all have ended";
  if (!run.workers.running) return `not known while nobody is at work${settled ? "" : planned(run)}`;
  const workers = known();
  if (!workers) return run.workers.total > TILES_MAX ? `not known: more than ${TILES_MAX.toLocaleString("en")} workers are not followed one by one` : "not known yet";
  const here = worked(workers).length;
  return `not known yet: it takes ${SETTLED_MIN} that ended in this run, and there ${here === 1 ? "is" : "are"} ${here}${planned(run)}`;
}

function from(it) {
  if (it.byChain) return `${it.chain} are left one after the other, which took ${took(it.mean)} each so far`;
  const pace = it.perMinute >= 10 ? Math.round(it.perMinute) : it.perMinute.toFixed(1);
  return `${it.left.toLocaleString("en")} left, ${pace} a minute as of ${it.lately ? "the last" : "all"} ${count(it.ended, "that ended", "that ended")}`;
}

let last = { run: null, at: 0, words: null };

function ends(run, settled) {
  if (!run.live || run.state === "PAUSED" || !run.workers.running) return unknown(run, settled);
  if (last.run === run.id && Date.now() - last.at < GUESSED_EVERY_MILLIS) return last.words;
  const now = Date.now();
  const it = guess(run, known() ?? [], now);
  const words = !it ? unknown(run, settled)
    : html`about ${clock(now + 1_000 * it.seconds)}, in some ${took(Math.round(it.seconds))}
      <br><span class="small muted">Likely between ${took(Math.round(it.least))} and ${took(Math.round(it.most))}: ${from(it)}; if what is left is like that, and nobody is waited for.</span>`;
  last = { run: run.id, at: now, words };
  return words;
}

export function outlook(run) {
  if (run.settings?.rehearse) return nothing;
  const settled = run.waves.reduce((sum, wave) => sum + wave.settled, 0);
  const over = ENDED.includes(run.state);
  return html`<section aria-label="How it goes"><dl class="mb-2">
    <dt>Success${over ? "" : " so far"}</dt><dd>${success(run, settled)}</dd>
    ${over ? nothing : html`<dt>Ends</dt><dd>${ends(run, settled)}</dd>`}</dl></section>`;
}
