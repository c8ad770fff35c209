// What a run does without, however well it goes: said on each of its pages.
import { html, nothing } from "./lit-html.js";
import { badge, clean, count } from "./format.js";
import { href } from "./route.js";

const NAMED_MAX = 5;

/** `◐ incomplete` beside another state, of a run that lacks files. */
export const partly = (run) => html`${run.leftOut?.total && run.state !== "INCOMPLETE" ? html` ${badge("INCOMPLETE")}` : nothing}${run.deleting ? html` <span class="muted">being deleted</span>` : nothing}`;

/** In one line; nothing for a whole run. */
export function lacks(run) {
  const left = run?.leftOut?.total ?? 0;
  return html`${left ? html`; <b>${left} of ${run.workers.total + left} left out</b>` : nothing}${ignored(run, "; ")}`;
}

/** `2 passages ignored`; nothing when all of the files was followed. */
export const ignored = (run, before = " ") => (run?.ignored?.total ? html`${before}<span class="muted">${count(run.ignored.total, "passage")} ignored</span>` : nothing);

function notes(title, them) {
  if (!them?.total) return nothing;
  const shown = them.items.slice(0, NAMED_MAX);
  const more = them.total - shown.length;
  return html`<p class="mb-1">${title}</p><ul class="plain">${shown.map((it) => html`<li>${it.worker ? html`<b>${clean(it.worker)}</b>: ` : nothing}${clean(it.reason)} <code>${clean(it.file)}:${it.line}</code></li>`)}
    ${more > 0 ? html`<li class="muted">and ${more} more</li>` : nothing}</ul>`;
}

export function scope(run) {
  const left = run.leftOut?.total ?? 0;
  const failure = run.results && !run.results.written ? run.results.failure : null;
  const { errors = 0, warnings = 0 } = run.findings ?? {};
  const found = [errors ? count(errors, "error") : "", warnings ? count(warnings, "warning") : ""].filter(Boolean).join(" and ");
  return html`
    ${left ? html`<div class="alert alert-warning" role="note">${notes(html`<b>◐ incomplete:</b> ${left} of ${run.workers.total + left} left out`, run.leftOut)}</div>` : nothing}
    ${failure ? html`<p class="alert alert-warning">The results are not written: ${clean(failure)}. <code>muster results ${run.id}</code> tries again.</p>` : nothing}
    ${run.assumed?.total ? html`<div class="alert alert-secondary" role="note">${notes("Dependencies outside the run count as met:", run.assumed)}</div>` : nothing}
    ${run.ignored?.total ? html`<div class="alert alert-secondary" role="note">${notes("Stands in the files, and nothing follows from it:", run.ignored)}</div>` : nothing}
    ${found ? html`<p class="small muted">${found} in its instructions when it was created; ${run.settings?.folder ? html`<a href=${href(["instructions"], { folder: run.settings.folder })}>Instructions</a> shows what they are now.` : html`<code>muster lint</code> shows them.`}</p>` : nothing}`;
}
