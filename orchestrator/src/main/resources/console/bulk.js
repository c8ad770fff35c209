// Acts on workers: on one, and on all that fit what one looks at, counted first.
import { html, nothing } from "./lit-html.js";
import { clean, count, ENDED, SETTLED, words as named } from "./format.js";
import { counted } from "./paged.js";
import { act, armed, button } from "./shell.js";
import { changed, store, whyNot } from "./store.js";

const AT_ONCE_MAX = 2_000;
const LOST = ["FAILED", "CANCELLED"];

const goesOn = (run) => (run && ENDED.includes(run.state) ? "the run has ended" : null);
const path = (run, verb) => `/runs/${encodeURIComponent(run)}/${verb}`;

/** What may be done to one, as it stands. */
export function acts(id, run, it) {
  const settled = SETTLED.includes(it.state);
  const over = goesOn(run) ?? (settled ? "it has ended" : null);
  const on = (verb, words, more = {}) => act(path(id, verb), { workers: [it.id], ...more }, words);
  return html`<div class="acts">
    ${LOST.includes(it.state) ? button("Retry", "operate", () => on("retry", `${it.id} is tried again, and what was blocked by it.`)) : nothing}
    ${settled && it.state !== "REHEARSED" ? button("Retry with its text of now", "operate", () => on("retry", `${it.id} takes its new text; what rests on it goes again, too.`, { refresh: true })) : nothing}
    ${settled ? nothing : it.state === "PAUSED" ? button("Resume", "operate", () => on("resume", `${it.id} goes on.`), { refused: over }) : button("Pause", "operate", () => on("pause", `${it.id} begins nothing more; what runs may end.`), { refused: over })}
    ${settled ? nothing : armed("cancel " + it.id, "Cancel", "operate", () => on("cancel", `${it.id} is being cancelled.`), { kind: "outline-danger", refused: over })}</div>`;
}

async function look(list) {
  store.ui.bulk = { list, busy: true };
  store.ui.armed = null; // it was of what was counted before
  changed();
  try {
    store.ui.bulk = { list, ...(await counted(list, AT_ONCE_MAX)) };
  } catch (error) {
    store.ui.bulk = { list, error };
  }
  changed();
}

/** @param list whose workers it concerns: with its filter */
export function bulk(id, run, list, filter) {
  const state = store.ui.bulk?.list === list ? store.ui.bulk : null;
  return html`<details class="panel many" ?open=${Boolean(state)}><summary>Act on ${filter ? "all of these" : "all of them"}</summary>
    <div class="acts"><button type="button" class="btn btn-sm btn-outline-secondary" ?disabled=${state?.busy} @click=${() => look(list)}>${state?.busy ? "Counting…" : "Count them"}</button></div>
    ${state?.error ? html`<p class="alert alert-warning mt-2 mb-0">${clean(state.error.message)}</p>` : nothing}
    ${state?.items ? found(id, run, state) : nothing}</details>`;
}

function found(id, run, { items, more }) {
  const groups = new Map();
  for (const it of items) groups.set(it.state, (groups.get(it.state) ?? 0) + 1);
  const words = [...groups].map(([state, number]) => `${number.toLocaleString("en")} ${named(state)}`).join(", ");
  const ids = (fits) => items.filter(fits).map((it) => it.id);
  const lost = ids((it) => LOST.includes(it.state));
  const paused = ids((it) => it.state === "PAUSED");
  const open = ids((it) => !SETTLED.includes(it.state));
  const one = (verb, label, workers, none, said, kind = "outline-secondary", over = goesOn(run)) =>
    armed(`all ${verb}`, `${label} ${workers.length.toLocaleString("en")}`, "operate", () => go(id, verb, workers, said), { kind, refused: workers.length ? over : none });
  const why = whyNot("operate");
  return html`<p class="mb-2 mt-2"><strong>${count(items.length, "worker")}</strong>${items.length ? ": " + words : ""}${more ? `. More fit: ${AT_ONCE_MAX.toLocaleString("en")} are taken at once` : ""}.</p>
    <div class="acts">${one("retry", "Retry", lost, "none of them failed or was cancelled", "tried again, with what was blocked by them", "outline-secondary", null)}
      ${one("pause", "Pause", open, "all of them have ended", "paused: they begin nothing more")}
      ${one("resume", "Resume", paused, "none of them is paused", "going on")}
      ${one("cancel", "Cancel", open, "all of them have ended", "being cancelled", "outline-danger")}</div>
    <p class="small muted mb-0 mt-1">${why ? `You cannot: ${why}.` : "Exactly those that were counted; whoever has ended meanwhile stays as it is."}</p>`;
}

async function go(id, verb, workers, said) {
  if (await act(path(id, verb), { workers }, `${count(workers.length, "worker")} ${workers.length === 1 ? "is" : "are"} ${said}.`)) store.ui.bulk = null;
  changed();
}
