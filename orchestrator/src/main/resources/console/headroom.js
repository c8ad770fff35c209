// What nodes had left in the last hour, and when nobody took work: as the node remembers it.
import { html, nothing, svg } from "./lit-html.js";
import { get } from "./api.js";
import { clean, count, time, took } from "./format.js";
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

/** A gap is where nothing was heard. */
function pieces(points, everySeconds) {
  const all = [];
  let last = null;
  for (const it of points) {
    const at = Date.parse(it.at) / 1_000;
    if (last === null || at - last > 3 * everySeconds) all.push([]);
    all.at(-1).push([at, it.cpuPercent]);
    last = at;
  }
  return all;
}

/** When release paused is what one looks for at night: those moments are marked. */
export function spark(it) {
  const seen = trend(it.name);
  if (!seen || seen.points.length < 2) return nothing;
  const every = seen.everySeconds;
  const from = Date.parse(seen.points[0].at) / 1_000;
  const span = Date.parse(seen.points.at(-1).at) / 1_000 + every - from;
  const x = (at) => (100 * (at - from)) / span;
  const y = (value) => 20 - value / 5;
  const closed = seen.points.filter((point) => !point.open);
  const words = `The most CPU used in each ${every} s of the last ${took(span)}${closed.length ? `; it took no work in ${took(closed.length * every)} of that` : ""}`;
  return html`<svg class="spark" viewBox="0 0 100 20" preserveAspectRatio="none" role="img" aria-label=${words}>
    ${closed.map((point) => svg`<rect class="closed" x=${x(Date.parse(point.at) / 1_000)} y="0" height="20" width=${(100 * every) / span} />`)}
    ${svg`<line class="mark" x1="0" x2="100" y1=${y(it.limits.cpuPercent)} y2=${y(it.limits.cpuPercent)} />`}
    ${pieces(seen.points, every).map((piece) => svg`<polyline points=${piece.map(([at, cpu]) => `${x(at + every / 2).toFixed(2)},${y(cpu).toFixed(2)}`).join(" ")} />`)}</svg>
    <p class="small muted mb-1">${words}; dashed: its limit${closed.length ? html`. Last for: ${clean(closed.at(-1).reason ?? "it takes no work")}` : nothing}</p>`;
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
