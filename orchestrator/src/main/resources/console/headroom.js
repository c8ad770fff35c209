// What nodes had left in the last hour, and when nobody took work: as the node remembers it.
import { html, nothing, svg } from "./lit-html.js";
import { get } from "./api.js";
import { clean, count, percent, time, took } from "./format.js";
import { again, answer, store } from "./store.js";

const EVERY_MILLIS = 10_000;
const SHOWN_MAX = 5;
const asked = new Map();

/** Asked again as long as somebody looks. */
function trend(name) {
  const key = `headroom ${name}`;
  const ask = () => get(`/nodes/${encodeURIComponent(name)}/headroom`);
  const entry = answer(key, ask);
  const now = Date.now();
  if (now - (asked.get(name) ?? now) > EVERY_MILLIS && store.link === "live") {
    asked.set(name, now);
    again(key, ask);
  } else if (!asked.has(name)) {
    asked.set(name, now);
  }
  return entry.value;
}

const MEASURES = {
  cpu: { name: "CPU", of: (point) => point.cpuPercent, limit: (it) => it.limits?.cpuPercent },
  memory: { name: "Memory", of: (point) => point.memoryPercent, limit: (it) => it.limits?.memoryPercent },
  disk: { name: "Disk", of: (point) => point.diskPercent, limit: (it) => it.limits?.diskPercent },
  slots: { name: "Slots", of: (point) => Math.max(0, point.slots - point.slotsBusy), least: true, top: (points) => Math.max(1, ...points.map((point) => point.slots)) },
};
const HEIGHT = 20;
const EDGE = 1; // so that a line at the top or bottom is whole

const seconds = (point) => Date.parse(point.at) / 1_000;

/** A gap is where nothing was heard. */
function pieces(points, everySeconds) {
  const all = [];
  let last = null;
  for (const it of points) {
    const at = seconds(it);
    if (last === null || at - last > 3 * everySeconds) all.push([]);
    all.at(-1).push(it);
    last = at;
  }
  return all;
}

const spanOf = (seen) => seconds(seen.points.at(-1)) + seen.everySeconds - seconds(seen.points[0]);
const closedFor = (seen) => seen.points.filter((point) => !point.open).length * seen.everySeconds;

/** When release paused is what one looks for at night: those moments are marked. */
function drawn(seen, measure, limit, words) {
  const every = seen.everySeconds;
  const from = seconds(seen.points[0]);
  const span = spanOf(seen);
  const top = measure.top?.(seen.points) ?? 100;
  const x = (at) => (100 * (at - from)) / span;
  const y = (value) => HEIGHT - EDGE - ((HEIGHT - 2 * EDGE) * Math.min(top, value)) / top;
  return html`<svg class="spark" viewBox="0 0 100 ${HEIGHT}" preserveAspectRatio="none" role="img" aria-label=${words}>
    ${seen.points.filter((point) => !point.open).map((point) => svg`<rect class="closed" x=${x(seconds(point))} y="0" height=${HEIGHT} width=${(100 * every) / span} />`)}
    ${limit === undefined || limit >= top ? nothing : svg`<line class="mark" x1="0" x2="100" y1=${y(limit)} y2=${y(limit)} />`}
    ${pieces(seen.points, every).map((piece) => svg`<polyline points=${piece.map((point) => `${x(seconds(point) + every / 2).toFixed(2)},${y(measure.of(point)).toFixed(2)}`).join(" ")} />`)}</svg>`;
}

/** Of the processor alone, where a run is looked at. */
export function spark(it) {
  const seen = trend(it.name);
  if (!seen || seen.points.length < 2) return nothing;
  const closed = closedFor(seen);
  const words = `The most CPU used in each ${seen.everySeconds} s of the last ${took(spanOf(seen))}${closed ? `; it took no work in ${took(closed)} of that` : ""}`;
  return html`${drawn(seen, MEASURES.cpu, it.limits.cpuPercent, words)}
    <p class="small muted mb-1">${words}${it.limits.cpuPercent < 100 ? "; dashed: its limit" : ""}${lastReason(seen)}</p>`;
}

function lastReason(seen) {
  const closed = seen.points.filter((point) => !point.open);
  return closed.length ? html`. Last for: ${clean(closed.at(-1).reason ?? "it takes no work")}` : nothing;
}

/** How its hour went, under each of its meters. @param meters by the names of what is drawn */
export function hour(it, meters) {
  const seen = trend(it.name);
  const known = seen && seen.points.length > 1;
  const closed = known ? closedFor(seen) : 0;
  return html`${Object.entries(MEASURES).map(([name, measure]) => html`${meters[name] ?? nothing}${known ? row(it, seen, measure) : nothing}`)}
    <p class="small muted mb-1">${known ? html`The last ${took(spanOf(seen))}, in steps of ${seen.everySeconds} s: the most that was used, the fewest slots that were free. Dashed: its limit${closed ? html`; red: it took no work, ${took(closed)} in all${lastReason(seen)}` : it.open ? "; it took work all the time" : ""}.`
      : seen ? "Nothing can be drawn yet: of what a node reports the last hour is kept, from when this orchestrator began." : nothing}</p>`;
}

function row(it, seen, measure) {
  const values = seen.points.map(measure.of);
  const limit = measure.limit?.(it);
  const worst = measure.least ? Math.min(...values) : Math.max(...values);
  const said = measure.least ? `at least ${worst} free` : `at most ${percent(worst)}`;
  const over = limit === undefined ? 0 : values.filter((value) => value > limit).length * seen.everySeconds;
  const words = `${measure.name}: ${said} in the last ${took(spanOf(seen))}${limit === undefined ? "" : `, limit ${percent(limit)}`}${over ? `, over it for ${took(over)}` : ""}`;
  return html`<div class="meter trend"><span class="muted">${measure.least ? measure.name : ""}</span>${drawn(seen, measure, limit, words)}<span class="muted">${said}</span></div>`;
}

/** The moments when nothing could be released anywhere, the newest first. */
export function pauses(nodes) {
  const first = nodes.find((it) => it.status === "UP");
  const all = first ? trend(first.name)?.pauses ?? [] : [];
  if (!all.length) return nothing;
  const length = (it) => (Date.parse(it.until ?? new Date().toISOString()) - Date.parse(it.since)) / 1_000;
  return html`<p class="small mb-1">No node took work, ${count(all.length, "time")} lately:</p>
    <ul class="plain small">${all.slice(-SHOWN_MAX).reverse().map((it) => html`<li>‖ ${time(it.since)}, ${it.until ? took(length(it)) : `for ${took(length(it))} now`}: ${clean(it.reasons.slice(0, 2).join("; ") || "no reason was told")}</li>`)}</ul>`;
}
