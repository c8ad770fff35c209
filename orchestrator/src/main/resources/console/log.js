// What an attempt printed: the last lines, then what follows, as long as its page is open.
import { html } from "./lit-html.js";
import { log } from "./api.js";
import { clean, empty, LINE_MAX, SETTLED } from "./format.js";
import { changed, store } from "./store.js";

const LINES_MAX = 2_000;
const CHARS_MAX = 1_000_000;
const FOLLOW_MILLIS = 1_000;

export function logs(path, now) {
  if (store.ui.log?.attempt !== now.attempt) {
    store.ui.log = { lines: [], chars: 0, part: "", over: 0, shown: "", next: null, error: null, begun: false, attempt: now.attempt };
    more(path, store.ui.log);
  }
  const state = store.ui.log;
  state.ended = SETTLED.includes(now.state);
  if (!state.begun) return html`<p class="empty" aria-busy="true">Loading…</p>`;
  if (state.error && !state.shown) return empty("There is no log to show.", clean(state.error.message));
  requestAnimationFrame(() => {
    const box = document.getElementById("log");
    if (box && !state.held) box.scrollTop = box.scrollHeight;
  });
  const scrolled = ({ target: box }) => {
    state.held = box.scrollHeight - box.scrollTop - box.clientHeight > 40;
  };
  return html`<p class="small muted">${state.cut ? "Only the end is kept here. " : ""}${state.ended ? "It has ended." : state.held ? "Scroll to the end to follow." : "Followed as it grows."} All of it: <code>muster workers log ${now.id} --raw</code></p>
    <pre id="log" tabindex="0" role="region" aria-label="Log" @scroll=${scrolled}>${state.shown}</pre>`;
}

async function more(path, state) {
  if (store.ui.log !== state) return;
  let whole = true;
  try {
    const page = await log(`${path}/log?` + (state.next === null ? "lines=1000" : "from=" + state.next));
    if (page.text) take(state, page.text);
    state.next = page.next;
    state.error = null;
    whole = page.next >= page.size;
  } catch (error) {
    state.error = error;
  }
  if (!state.begun) changed();
  state.begun = true;
  if (state.ended && whole) {
    if (state.last) return;
    state.last = true; // What was printed between the last look and the end.
  }
  setTimeout(() => more(path, state), whole ? FOLLOW_MILLIS : 50);
}

/** Line by line, and of an endless line only its beginning is kept. */
function take(state, text) {
  const parts = text.split("\n");
  parts.forEach((part, index) => {
    const room = LINE_MAX - state.part.length;
    state.part += part.slice(0, room);
    state.over += Math.max(0, part.length - room);
    if (index < parts.length - 1) {
      keep(state, line(state));
      state.part = "";
      state.over = 0;
    }
  });
  state.shown = state.lines.join("\n") + (state.part ? "\n" + line(state) : "");
  changed();
}

const line = ({ part, over }) => clean(part) + (over ? ` … (${over.toLocaleString("en")} more characters)` : "");

function keep(state, words) {
  state.lines.push(words);
  state.chars += words.length;
  while (state.lines.length > LINES_MAX || state.chars > CHARS_MAX) {
    state.chars -= state.lines.shift().length;
    state.cut = true;
  }
}
