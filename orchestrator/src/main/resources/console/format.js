// Words for values. Whatever comes from a worker is text, and shows what it would hide.
import { html, nothing } from "./lit-html.js";
import { href } from "./route.js";

export const GLYPHS = {
  ENLISTED: "·", RUNNING: "▶", AWAITING_APPROVAL: "?", AWAITING_ANSWER: "?", BACKOFF: "↻", PAUSED: "‖", VALIDATING: "◌",
  COMPLETED: "✓", FAILED: "✗", BLOCKED: "⊘", CANCELLED: "–", REHEARSED: "≈", HELD: "‖", INCOMPLETE: "◐",
  PENDING: "?", APPROVED: "✓", AUTO_APPROVED: "✓", REJECTED: "✗", EXPIRED: "◷", CLOSED: "–",
  UP: "✓", SILENT: "?", DOWN: "✗",
};

/** States of runs, and of workers, that nothing leaves by itself. */
export const ENDED = ["COMPLETED", "INCOMPLETE", "FAILED", "CANCELLED", "REHEARSED"];
export const SETTLED = ["COMPLETED", "FAILED", "BLOCKED", "CANCELLED", "REHEARSED"];

export const words = (state) => state.toLowerCase().replaceAll("_", " ");

/** Never colour alone: a glyph and a word. */
export const badge = (state) =>
  html`<span class="state s-${state.toLowerCase()}"><span aria-hidden="true">${GLYPHS[state] ?? "·"}</span> ${words(state)}</span>`;

const HIDDEN = /[\u2400-\u2421\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e007f}]/gu;
export const LINE_MAX = 2_000;

/** Controls, escapes and marks that turn text around become visible; endless lines are cut, and say so. */
export function clean(text) {
  return String(text ?? "")
    .replaceAll("\r\n", "\n")
    .split("\n")
    .map((line) => (line.length > LINE_MAX ? `${line.slice(0, LINE_MAX)} … (${line.length - LINE_MAX} more characters)` : line))
    .join("\n")
    .replace(HIDDEN, (c) => {
      const point = c.codePointAt(0);
      // The server's own sign of a control character, which few fonts have.
      const code = point === 0x2421 ? 0x7f : point >= 0x2400 && point <= 0x2420 ? point - 0x2400 : point;
      if (code === 0x1b) return "⟨ESC⟩";
      return `⟨U+${code.toString(16).toUpperCase().padStart(4, "0")}⟩`;
    });
}

export function line(text, max = 200) {
  const one = clean(text).replaceAll("\n", " ");
  return one.length > max ? one.slice(0, max) + "…" : one;
}

const both = (large, one, small, other) => `${large} ${one}${small ? ` ${small} ${other}` : ""}`;

export function took(seconds) {
  if (seconds === null || seconds === undefined) return "–";
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 120) return `${Math.round(seconds)} s`;
  if (seconds < 7_200) return both(Math.floor(seconds / 60), "min", Math.floor(seconds % 60), "s");
  return both(Math.floor(seconds / 3_600), "h", Math.floor((seconds % 3_600) / 60), "min");
}

/** How long a run worked: people were waited for besides. */
export const workSeconds = (run) => run.durationSeconds - run.waitedSeconds;

export function time(instant) {
  if (!instant) return "–";
  const at = new Date(instant);
  const today = at.toDateString() === new Date().toDateString();
  return today ? at.toLocaleTimeString() : at.toLocaleString();
}

export const percent = (value) => (value === null || value === undefined ? "unknown" : `${Math.round(value)} %`);
export const count = (number, one, many = one + "s") => `${number.toLocaleString("en")} ${number === 1 ? one : many}`;

export function bytes(number) {
  if (number < 1_024) return `${number} B`;
  if (number < 1_048_576) return `${(number / 1_024).toFixed(1)} KiB`;
  return `${(number / 1_048_576).toFixed(1)} MiB`;
}

export const left = (instant) => Math.max(0, (new Date(instant) - Date.now()) / 1_000);

/** Who has approved, where it takes several people. */
export const voices = (it) => it.votes.map((vote) => clean(vote.by)).join(", ");

/** Text as it is; one can scroll in it by keys. */
export const pre = (text, label) => html`<pre tabindex="0" role="region" aria-label=${label}>${clean(text)}</pre>`;

/** A page's words when there is nothing, and what to do next. */
export const empty = (title, next) => html`<div class="empty"><p class="fw-semibold">${title}</p><p>${next}</p></div>`;

/** What `answer` has, or that it is on its way, or why not. */
export function shown(entry, draw) {
  if (entry.state === "loading") return html`<p class="empty" aria-busy="true">Loading…</p>`;
  if (entry.state === "refused") return empty("This cannot be shown.", html`${clean(entry.error.message)}${entry.error.status === 404 ? html`<br><a href="#/runs">All runs</a>` : nothing}`);
  return draw(entry.value);
}

/** Whether a tape answered its agent, and no model. */
export const replayed = (worker) => (worker.models ?? []).some((it) => it.model.startsWith("REPLAYED/"));

/** The words of a run; each leads to all runs that have it. */
export const tags = (run) => (run.settings?.tags ?? []).map((it) => html`<a class="tag" href=${href(["runs"], { tag: it })}>${line(it, 130)}</a> `);
