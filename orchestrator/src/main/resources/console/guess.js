// When a run may have ended: guessed from those that have, and how far off that may be.
import { SETTLED } from "./format.js";

export const LATELY = 50;
export const SETTLED_MIN = 5;

const SURE = 1.64;
const SPREAD_MAX = 0.7;

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

const sum = (numbers) => numbers.reduce((all, it) => all + it, 0);

/** Those that ended here: what is carried over from an earlier run has ended without beginning, and says nothing of the pace. */
export const worked = (workers) => workers.filter((it) => it.settledAt && it.startedAt);

/** How long those took that completed: on average, how unlike each other, and the longest. */
function durations(workers) {
  const all = workers.filter((it) => it.state === "COMPLETED" && it.durationSeconds > 0).map((it) => it.durationSeconds);
  if (!all.length) return { mean: 0, deviation: 0, longest: 0 };
  const mean = sum(all) / all.length;
  return { mean, deviation: Math.sqrt(sum(all.map((it) => (it - mean) ** 2)) / all.length), longest: Math.max(...all) };
}

/** So many left at the pace of those that ended: the surer the more they are, and the more alike. A wave waits for its slowest. */
function byPace(left, ended, seconds, other, { mean, deviation, longest }, waves) {
  const unlike = mean ? deviation / mean : 1;
  const spread = Math.min(SPREAD_MAX, (SURE * Math.sqrt(1 + unlike ** 2)) / Math.sqrt(ended));
  const likely = (left * seconds) / ended;
  const soFar = left / other;
  return { likely, least: Math.min(likely / (1 + spread), soFar), most: Math.max(likely / (1 - spread), soFar) + waves * (longest - mean) };
}

/** So many one after the other, each as long as those that completed: no number of slots makes that shorter. */
function byChain(length, { mean, deviation, longest }) {
  const off = SURE * deviation * Math.sqrt(length);
  return { likely: length * mean, least: Math.max(0, length * mean - off), most: length * mean + Math.max(off, longest - mean) };
}

/**
 * In simulated runs whose workers are alike, very unlike or in chains, the end lay between least and
 * most in 84 to 100 cases of 100; in 60 where each wave takes longer than the one before.
 *
 * @param workers all of them; of what is not known nothing is guessed
 * @returns seconds to come, with least and most, and from what; null while too few have ended
 */
export function guess(run, workers, now) {
  const left = run.workers.total - sum(run.waves.map((wave) => wave.settled));
  const those = worked(workers);
  const settled = those.length;
  const atWork = run.durationSeconds - run.waitedSeconds;
  if (settled < SETTLED_MIN || left <= 0 || atWork <= 0) return null;
  const ends = those.map((it) => Date.parse(it.settledAt)).sort((a, b) => a - b).slice(-LATELY - 1);
  const lately = ends.length > SETTLED_MIN && !run.waitedSeconds;
  const [ended, seconds] = lately ? [ends.length - 1, Math.max(1, (now - ends[0]) / 1_000)] : [settled, atWork];
  const each = durations(workers);
  const pace = byPace(left, ended, seconds, settled / atWork, each, run.waves.filter((wave) => wave.settled < wave.total).length);
  const length = chainLeft(workers);
  const chain = byChain(length, each);
  const most = (name) => Math.max(pace[name], chain[name]);
  return { seconds: most("likely"), least: most("least"), most: most("most"), left, ended, perMinute: (60 * ended) / seconds, lately, chain: length, mean: each.mean, byChain: chain.likely > pace.likely };
}
