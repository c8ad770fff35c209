// The texts that one instruction has had: who took or saved them, what is different, and bringing one back.
import { html, nothing } from "./lit-html.js";
import { all, send, text } from "./api.js";
import { forgetDraft, draftOf, isDirty, keepDraft } from "./drafts.js";
import { clean, count, empty, line, shown, time } from "./format.js";
import { diff } from "./preview.js";
import { href, refine } from "./route.js";
import { armed, button } from "./shell.js";
import { age, answer, changed, store, whyNot } from "./store.js";

const SHOWN_MAX = 300;
const NOW = "now";

const pathOf = (workforce, worker) => `/instructions/${encodeURIComponent(workforce)}/${encodeURIComponent(worker)}/versions`;
const brief = (digest) => digest.slice(0, 12);

/** Saving makes another. */
export const outdated = (workforce, worker) => age("versions " + pathOf(workforce, worker));

/**
 * @param query `of` is compared with `with`, which is `now` for the file as it is
 * @param at {folder, file}, as the instruction was read; null where no folder is looked at
 */
export function versions(workforce, worker, query, at) {
  const path = pathOf(workforce, worker);
  return shown(answer("versions " + path, () => all(path, SHOWN_MAX)), ({ items, more }) => {
    const known = at && items.some((it) => it.digest === at.file.digest);
    const what = html`<p class="small muted">The texts that the newest runs of <b>${clean(workforce)}</b> took for ${clean(worker)}${whyNot("operate") ? "; those saved in this console are shown to whoever may operate" : ", and those saved in this console"}. A folder holds only one: what another editor wrote over, and no run took, is not here.</p>`;
    if (!items.length) return html`${what}${empty("No version yet.", "The first run takes one, and so does the first text that is saved here.")}`;
    const pair = chosen(items, query, at);
    return html`${what}
      <div class="scroll" tabindex="0" role="region" aria-label="Versions"><table class="table table-sm table-hover mb-0"><thead><tr><th>Version</th><th class="narrow-out">Last used</th><th>Taken by</th><th>Saved by</th><th></th></tr></thead><tbody>
        ${at && !known ? html`<tr><th scope="row">the file now</th><td class="narrow-out">–</td><td colspan="3">no run has taken it, and nobody has saved it here</td></tr>` : nothing}
        ${items.map((it) => row(it, at, path))}</tbody></table></div>
      ${more ? html`<p class="muted small">The last ${SHOWN_MAX}.</p>` : nothing}${compared(path, items, pair, at)}`;
  });
}

function row(it, at, path) {
  const isNow = at?.file.digest === it.digest;
  const runs = it.runs ? html`<a href=${href(["runs", it.lastRun])}>${count(it.runs, "run")}</a>, completed in ${it.completed}${it.lastRunBy ? html` <span class="muted d-block">the last by ${clean(it.lastRunBy)}</span>` : nothing}` : "none";
  const by = it.savedBy ? html`${clean(it.savedBy)} <span class="muted">${time(it.savedAt)}</span>` : html`<span class="muted">${it.runs ? "–" : `nobody: it lay there since ${time(it.savedAt)}`}</span>`;
  return html`<tr aria-current=${isNow ? "true" : nothing}><th scope="row"><code>${brief(it.digest)}</code>${isNow ? " the file now" : ""}</th><td class="number-cell narrow-out">${time(it.lastAt)}</td><td>${runs}</td><td>${by}${it.folder && it.folder !== at?.folder && (it.savedBy || !it.runs) ? html` <span class="muted d-block">in <a href=${href(["instructions"], { folder: it.folder })}>${line(it.folder, 60)}</a></span>` : nothing}</td>
    <td><div class="acts">${isNow ? nothing : html`<button type="button" class="btn btn-sm btn-outline-secondary" @click=${() => refine({ of: it.digest, with: at ? NOW : "" })}>Compare</button>`}
      ${at && !isNow ? back(path, it, at) : nothing}</div></td></tr>`;
}

function back(path, it, at) {
  const refused = at.file.locked ? `you cannot edit this file: ${at.file.locked}` : null;
  const go = () => bringBack(path, it, at);
  if (!isDirty(at.folder, at.file.file)) return button("Bring back", "operate", go, { refused });
  return armed(`back ${at.folder} ${at.file.file} ${it.digest}`, "Bring back over what is not saved", "operate", go, { refused });
}

/** The newest or the file and the one before it, unless the address names them. */
function chosen(items, query, at) {
  const is = (name) => items.some((it) => it.digest === name);
  const to = is(query.get("with")) ? query.get("with") : at ? NOW : items[0].digest;
  const place = items.findIndex((it) => it.digest === (to === NOW ? at.file.digest : to));
  const other = items[place + 1] ?? items[place - 1];
  return { from: is(query.get("of")) ? query.get("of") : other?.digest, to };
}

function compared(path, items, { from, to }, at) {
  if (!from) return html`<p class="mb-0 mt-2">There is nothing to compare it with.</p>`;
  const option = (it, chosen) => html`<option value=${it.digest} ?selected=${it.digest === chosen}>${brief(it.digest)}, ${time(it.lastAt)}</option>`;
  const choice = (label, name, chosen) => html`<label>${label} <select class="form-select form-select-sm" @change=${(event) => refine({ of: from, with: to, [name]: event.target.value })}>
    ${at && name === "with" ? html`<option value=${NOW} ?selected=${chosen === NOW}>the file now</option>` : nothing}${items.map((it) => option(it, chosen))}</select></label>`;
  return html`<section aria-label="Difference" class="mt-3"><h2>What is different</h2><div class="filters">${choice("From", "of", from)}${choice("to", "with", to)}</div>${difference(path, from, to, at)}</section>`;
}

function difference(path, from, to, at) {
  if (from === to) return html`<p>That is the same.</p>`;
  // The file as it is may be no version, so its text is sent.
  const body = to === NOW ? { text: at.file.text } : { to };
  const entry = answer(`difference ${path} ${from} ${to === NOW ? at.file.digest : to}`, () => send("POST", `${path}/${from}/diff`, body));
  return shown(entry, (it) => html`<p class="small mb-1">${it.diff ? `${count(it.added, "line")} added, ${it.removed} removed${it.cut ? "; the rest is left out" : ""}.` : "Both are the same."}</p>${it.diff ? diff(it.diff, "Difference of two versions") : nothing}`);
}

/** As something written and not saved: one sees what would be found before it is saved. */
async function bringBack(path, it, { folder, file }) {
  let old;
  try {
    old = await text(`${path}/${it.digest}`);
  } catch (error) {
    store.said = { text: error.message, bad: true };
    return changed();
  }
  forgetDraft(folder, file.file);
  const draft = draftOf(folder, file);
  draft.text = old.replaceAll("\r\n", "\n");
  draft.crlf = old.includes("\r\n");
  keepDraft(folder, file.file, draft);
  store.ui.judged = null;
  store.said = { text: `The text of ${brief(it.digest)} is in the editor. Look at it, then save it.`, bad: false };
  location.hash = href(["instructions"], { folder, file: file.file, view: "edit" });
}
