// What the runtime foresees of an operation: what would be deleted, written, and what nobody can say.
import { html, nothing } from "./lit-html.js";
import { get } from "./api.js";
import { bytes, clean, count, line } from "./format.js";
import { answer } from "./store.js";

const size = (it) => `${count(it.files, "file")}, ${bytes(it.bytes)}`;

/** A unified diff, each line with its sign and its colour; its text stays text. */
export function diff(text, label) {
  const kind = (row) => (row.startsWith("@@") ? "hunk" : row.startsWith("+") ? "added" : row.startsWith("-") ? "removed" : "same");
  const rows = clean(text).replace(/\n$/, "").split("\n");
  return html`<pre class="diff" tabindex="0" role="region" aria-label=${label}>${rows.map((row) => html`<span class=${kind(row)}>${row}</span>`)}</pre>`;
}

export function preview(it) {
  if (!it.bound?.preview) return nothing;
  const entry = answer("preview " + it.bound.preview, () => get(`/approvals/${encodeURIComponent(it.id)}/preview`));
  if (entry.state === "loading") return html`<p class="muted" aria-busy="true">Looking at what it would do…</p>`;
  if (entry.state === "refused") return html`<p class="muted">${clean(entry.error.message)}</p>`;
  return html`${foreseen(entry.value)}${kept(entry.value)}`;
}

/** What the runtime keeps its worker to, and who else may write where it may. */
function kept(it) {
  const to = it.enforced;
  if (!to && !it.overlaps.length) return nothing;
  const rows = (name, all) => (all.length ? html`<dt>${name}</dt><dd>${all.map((each) => html`<div>${line(each, 400)}</div>`)}</dd>` : nothing);
  return html`<section aria-label="What it is kept to"><h2>What it is kept to <span class="muted fw-normal">by Muster, whatever it was told</span></h2><dl>
    ${to ? html`${rows("May write", to.writes)}${rows("May not", to.forbids)}${rows("Network", [to.network])}${rows("Commands", to.commands)}
    ${rows("Finds", to.places.map((place) => `${place.path} (${place.writable ? "to write" : "to read"}): ${place.what}`))}
    ${rows("Only asked to", to.unenforced)}` : nothing}
    ${rows("Shares", it.overlaps.map((each) => `${each.path} with ${each.workers.join(", ")}${each.count > each.workers.length ? ` and ${each.count - each.workers.length} more` : ""}, never at the same time`))}</dl></section>`;
}

function foreseen(it) {
  const plain = it.deletions.length || it.changes.length;
  return html`<section aria-label="What it would do"><h2>What it would do <span class="muted fw-normal">seen by Muster, not said by the worker; nothing was run for it</span></h2>
    ${it.places.length ? html`<p class="mb-1">At most this can be lost: ${it.places.map((place, n) => html`${n ? "; " : ""}<code>${line(place.path)}</code> with ${size(place)}`)}.</p>` : html`<p class="mb-1">It may write only in its workspace.</p>`}
    ${it.deletions.map((each) => html`<details class="would deleted"><summary>Deletes <code>${line(each.path)}</code>: ${size(each)}</summary>
      <ul class="plain small">${each.names.map((name) => html`<li><code>${line(name)}</code></li>`)}${each.files > each.names.length ? html`<li class="muted">and ${each.files - each.names.length} more</li>` : nothing}</ul></details>`)}
    ${it.changes.map(changed)}
    ${it.unforeseen.map((each) => html`<div class="would"><strong>Cannot be foreseen</strong>: ${clean(each.why)} <code>${line(each.command, 400)}</code>
      ${each.names.length ? html`<div class="small">It names ${each.names.map((place, n) => html`${n ? "; " : ""}<code>${line(place.path)}</code> with ${size(place)}`)}.</div>` : nothing}</div>`)}
    ${!plain && !it.unforeseen.length ? html`<p class="muted mb-1">Nothing is deleted or written, as far as its script says.</p>` : nothing}
    ${it.notes.map((note) => html`<p class="small muted mb-1">${clean(note)}</p>`)}</section>`;
}

function changed(it) {
  const was = it.before ? `${bytes(it.bytesBefore)} before, ${bytes(it.bytesAfter)} after` : `new, ${bytes(it.bytesAfter)}`;
  return html`<details class="would written" ?open=${Boolean(it.diff)}><summary>Writes <code>${line(it.path)}</code>: ${was}${it.diff ? html`, <span class="muted">+${it.added} −${it.removed}</span>` : nothing}</summary>
    ${it.diff ? diff(it.diff, "Difference of " + line(it.path)) : nothing}${it.why ? html`<p class="small muted">${clean(it.why)}</p>` : nothing}</details>`;
}
