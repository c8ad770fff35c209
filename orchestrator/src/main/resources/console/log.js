// What an attempt printed: the last lines and what follows, as long as its page is open; any other line when it is looked for.
import { html, nothing } from "./lit-html.js";
import { log } from "./api.js";
import { clean, empty, pre, SETTLED } from "./format.js";
import { Lines } from "./lines.js";
import { href, refine, route } from "./route.js";
import { changed, store } from "./store.js";

const LINES_MAX = 5_000; // at the end; of what is before, one piece is kept
const HEIGHT = 20; // of a line, as in the style sheet
const AROUND = 20;
const FOLLOW_MILLIS = 1_000;

export function logs(path, now, query) {
  if (store.ui.log?.attempt !== now.attempt) {
    store.ui.log = { attempt: now.attempt, path, tail: null, far: null, next: null, error: null, begun: false, top: 0, held: false, line: 0, numbered: true };
    more(store.ui.log);
  }
  const state = store.ui.log;
  state.ended = SETTLED.includes(now.state);
  if (!state.begun) return html`<p class="empty" aria-busy="true">Loading…</p>`;
  if (!state.tail) return empty("There is no log to show.", clean(state.error?.message ?? ""));
  const line = Number(query.get("line")) || 0;
  if (state.numbered && line !== state.line) chosen(state, line);
  requestAnimationFrame(() => scroll(state));
  const begin = state.numbered ? 1 : state.tail.first;
  const total = state.tail.end - begin;
  const top = state.held ? state.top : total * HEIGHT;
  const seen = Math.ceil(innerHeight / HEIGHT);
  const first = Math.max(0, Math.min(Math.floor(top / HEIGHT), total - seen) - AROUND);
  const numbers = Array.from({ length: Math.max(0, Math.min(total - first, seen + 2 * AROUND)) }, (_, index) => begin + first + index);
  fetchMissing(state, numbers);
  const { parts } = route();
  return html`<div class="filters small"><span class="muted">${words(state, total)} All of it: <code>muster workers log ${now.id} --raw</code></span>
      ${state.numbered ? html`<form @submit=${sought}><label>Line <input class="form-control form-control-sm" type="number" name="line" min="1" max=${total} .value=${line || ""} required></label> <button class="btn btn-sm btn-outline-secondary">Go there</button>
        ${state.held ? html`<button type="button" class="btn btn-sm btn-outline-secondary" @click=${() => follow(state)}>To the end</button>` : nothing}</form>` : nothing}</div>
    ${line && text(state, line) !== undefined ? pre(text(state, line), `Line ${line}`) : nothing}
    <div id="log" tabindex="0" role="region" aria-label="Log" @scroll=${(event) => scrolled(state, event.target)}>
      <div .style=${`height:${total * HEIGHT}px`}><div .style=${`transform:translateY(${first * HEIGHT}px)`}>${numbers.map((number) => row(state, number, line, parts))}</div></div></div>`;
}

const text = (state, number) => state.tail.at(number) ?? state.far?.at(number);

function words(state, total) {
  const many = state.numbered ? `${total.toLocaleString("en")} ${total === 1 ? "line" : "lines"}. ` : "Too long to count its lines: the end is shown. ";
  return many + (state.ended ? "It has ended." : state.held ? "More comes at the end." : "Followed as it grows.");
}

function row(state, number, line, parts) {
  const words = text(state, number);
  return html`<div class="log-line" id="L${number}" aria-current=${number === line ? "true" : nothing}>${state.numbered ? html`<a class="no" tabindex="-1" href=${href(parts, { tab: "log", line: number })} @click=${(event) => named(event, number)}>${number}</a>` : nothing}<span>${words ?? "…"}</span></div>`;
}

/** Its address is that of the page from now on. */
function named(event, number) {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  store.ui.log.line = number; // It is in sight already.
  store.ui.log.held = true;
  refine({ line: number });
}

function sought(event) {
  event.preventDefault();
  store.ui.log.line = 0;
  refine({ line: event.target.elements.line.value });
  changed();
}

function chosen(state, line) {
  state.line = line;
  if (!line) return;
  state.held = true;
  state.top = Math.max(0, Math.min(line, state.tail.end - 1) - 5) * HEIGHT;
  state.jump = true;
}

function follow(state) {
  state.held = false;
  state.line = 0;
  refine({ line: "" });
  changed();
}

function scroll(state) {
  const box = document.getElementById("log");
  if (!box) return;
  if (!state.held) box.scrollTop = box.scrollHeight;
  else if (state.jump) box.scrollTop = state.top;
  state.jump = false;
}

function scrolled(state, box) {
  state.top = box.scrollTop;
  state.held = box.scrollHeight - box.scrollTop - box.clientHeight > 2 * HEIGHT;
  changed();
}

/** One piece at a time, and only what is looked at. */
async function fetchMissing(state, numbers) {
  const missing = numbers.find((number) => text(state, number) === undefined);
  if (!missing || !state.numbered || state.asking || state.vain === missing) return;
  state.asking = true;
  const from = Math.max(1, missing - 10 * AROUND);
  try {
    const page = await log(`${state.path}/log?line=${from}`);
    const far = new Lines(page.line);
    far.take(page.bytes);
    if (page.next < page.size) far.part = ""; // It goes on behind this piece.
    state.far = far;
  } catch (error) {
    state.error = error;
  }
  state.vain = text(state, missing) === undefined ? missing : 0;
  state.asking = false;
  changed();
}

async function more(state) {
  if (store.ui.log !== state) return;
  let whole = true;
  try {
    const page = await log(`${state.path}/log?` + (state.next === null ? "lines=1000&numbered=true" : "from=" + state.next));
    if (!state.tail) {
      state.numbered = page.line > 0;
      state.tail = new Lines(page.line || 1);
    }
    if (page.bytes.byteLength) {
      state.tail.take(page.bytes);
      state.tail.keep(LINES_MAX);
      changed();
    }
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
  setTimeout(() => more(state), whole ? FOLLOW_MILLIS : 50);
}
