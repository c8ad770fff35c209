// How a run goes, and when it may have ended: guessed, and said from what.
import { html, nothing } from "./lit-html.js";
import { ENDED, SETTLED, took } from "./format.js";
import { store } from "./store.js";

const LATELY = 50;
const SETTLED_MIN = 5;
const GUESSED_EVERY_MILLIS = 2_000;

const rate = (it) => `${Math.round(100 * it)} %`;

/** How many one after the other are still to come: of each wave the longest chain, since waves follow each other. */
export function chainLeft(workers) {
  const open = new Map(workers.filter((it) => !SETTLED.includes(it.state)).map((it) => [it.id, it]));
  const lengths = new Map();
  for (const start of open.keys()) {
    const stack = [start];
    const under = new Set(stack);
    while (stack.length) {
      const it = open.get(stack.at(-1));
      const before = it.dependencies.filter((id) => open.get(id)?.wave === it.wave);
      const missing = lengths.has(it.id) ? [] : before.filter((id) => !lengths.has(id) && !under.has(id));
      if (missing.length) {
        stack.push(missing[0]);
        under.add(missing[0]);
        continue;
      }
      if (!lengths.has(it.id)) lengths.set(it.id, 1 + Math.max(0, ...before.map((id) => lengths.get(id) ?? 0)));
      stack.pop();
    }
  }
  const waves = new Map();
  for (const [id, length] of lengths) waves.set(open.get(id).wave, Math.max(length, waves.get(open.get(id).wave) ?? 0));
  return [...waves.values()].reduce((sum, length) => sum + length, 0);
}

/** Seconds to come, and why: the pace, or a chain that no number of slots makes shorter. */
export function guess(run, workers, now) {
  const settled = run.waves.reduce((sum, wave) => sum + wave.settled, 0);
  const left = run.workers.total - settled;
  const worked = run.durationSeconds - run.waitedSeconds;
  if (settled < SETTLED_MIN || left <= 0 || worked <= 0) return null;
  const ends = workers.filter((it) => it.settledAt && it.startedAt).map((it) => Date.parse(it.settledAt)).sort((a, b) => a - b).slice(-LATELY - 1);
  const lately = ends.length > SETTLED_MIN && !run.waitedSeconds;
  const perSecond = lately ? (ends.length - 1) / Math.max(1, (now - ends[0]) / 1_000) : settled / worked;
  const byPace = left / perSecond;
  const took = workers.filter((it) => it.state === "COMPLETED" && it.durationSeconds > 0).map((it) => it.durationSeconds);
  const mean = took.length ? took.reduce((sum, it) => sum + it, 0) / took.length : 0;
  const chain = chainLeft(workers);
  return { seconds: Math.max(byPace, chain * mean), left, perMinute: perSecond * 60, lately, chain, mean, byChain: chain * mean > byPace };
}

let last = { run: null, at: 0, words: nothing };

function words(run) {
  if (last.run === run.id && Date.now() - last.at < GUESSED_EVERY_MILLIS) return last.words;
  const it = run.workers.running ? guess(run, store.whole.has("workers") ? [...store.workers.values()] : [], Date.now()) : null;
  const pace = it && (it.perMinute >= 10 ? Math.round(it.perMinute) : it.perMinute.toFixed(1));
  last = { run: run.id, at: Date.now(), words: !it ? null
    : it.byChain ? `Some ${took(it.seconds)} more: ${it.chain} of them one after the other, ${took(it.mean)} each so far`
    : `Some ${took(it.seconds)} more: ${it.left.toLocaleString("en")} left, ${pace} a minute ${it.lately ? `as of the last ${LATELY}` : "so far"}` };
  return last.words;
}

export function outlook(run) {
  const tests = run.testPassRate === null ? nothing : html`, ${rate(run.testPassRate)} of its tests passed`;
  if (ENDED.includes(run.state)) return run.settings?.rehearse ? nothing : html`<p class="muted">${rate(run.successRate)} of all completed${tests}</p>`;
  const guessed = words(run);
  if (!guessed) return nothing;
  return html`<p class="muted">${guessed}, unless somebody is waited for${tests}</p>`;
}
