// One instruction of a folder: its text with what was found in it, as it reads, and edited.
import { html, nothing } from "./lit-html.js";
import { send } from "./api.js";
import { clean, count, line, pre, shown } from "./format.js";
import { forgetDraft, isDirty, keepDraft, draftOf } from "./drafts.js";
import { markdown } from "./markdown.js";
import { href } from "./route.js";
import { armed, button, say } from "./shell.js";
import { again, answer, changed, store } from "./store.js";
import { outdated, versions } from "./versions.js";

const LINES_MAX = 2_000;
const JUDGED_AFTER_MILLIS = 400;
const VIEWS = [["", "Text"], ["rendered", "Rendered"], ["edit", "Edit"], ["versions", "Versions"]];

const isError = (found) => found.severity.toLowerCase() === "error";
const mark = (found) => (isError(found) ? "✗" : "!");
const read = (folder, file) => send("POST", "/folders/instruction", { folder, file });
const nameOf = (file) => file.slice(file.lastIndexOf("/") + 1);
const asked = (folder, file) => `instruction ${folder} ${file}`;

/** @param workforce as the folder's runs are called */
export function instruction(workforce, folder, file, query) {
  const view = query.get("view") ?? "";
  return shown(answer(asked(folder, file), () => read(folder, file)), (it) => html`<article class="panel" aria-label=${it.file}>
    <h2>${clean(it.file)} <span class="muted">score ${it.score}</span></h2>
    <nav aria-label="Ways to see it"><ul class="tabs">${VIEWS.map(([name, label]) => html`<li><a href=${href(["instructions"], { folder, file, view: name })} aria-current=${name === view ? "page" : nothing}>${label}${name === "edit" && isDirty(folder, file) ? " (not saved)" : ""}</a></li>`)}</ul></nav>
    ${view === "versions" ? versions(workforce, it.id ?? nameOf(file), query, { folder, file: it }) : view === "edit" ? edit(workforce, folder, it) : view === "rendered" ? html`${found(it.findings, null)}${markdown(it.text)}` : numbered(it)}</article>`);
}

/** The text with every finding above the line it is about. */
function numbered(it) {
  const at = new Map();
  for (const each of it.findings) at.set(each.line, [...(at.get(each.line) ?? []), each]);
  return html`${it.findings.length ? nothing : html`<p>✓ Nothing was found.</p>`}
    <pre class="numbered" tabindex="0" role="region" aria-label="Text">${it.text.split("\n").slice(0, LINES_MAX).map((each, index) => html`${(at.get(index + 1) ?? []).map((one) => html`<span class="finding ${isError(one) ? "bad" : ""}">${mark(one)} ${clean(one.message)} ${one.fix ? html`<em>${clean(one.fix)}</em>` : nothing}</span>`)}<span class="row-of-text"><span class="no">${index + 1}</span><span>${clean(each)}</span></span>`)}</pre>`;
}

function found(findings, jump) {
  if (!findings.length) return html`<p>✓ Nothing was found.</p>`;
  return html`<ul class="plain found" tabindex="0" aria-label="Found">${findings.map((one) => html`<li class="finding ${isError(one) ? "bad" : ""}">${mark(one)} ${jump ? html`<button type="button" class="btn btn-link btn-sm p-0 align-baseline" @click=${() => jump(one.line)}>line ${one.line}</button>` : `line ${one.line}`}: ${clean(one.message)} ${one.fix ? html`<em>${clean(one.fix)}</em>` : nothing}</li>`)}</ul>`;
}

function edit(workforce, folder, it) {
  if (it.locked) return html`<p class="alert alert-warning">You cannot edit this file: ${clean(it.locked)}.</p>${markdown(it.text)}`;
  const draft = draftOf(folder, it);
  if (store.ui.judged?.file !== it.file) {
    store.ui.judged = { file: it.file, score: it.score, findings: it.findings };
    if (draft.text !== draft.was) later(folder, it, draft, 0);
  }
  const state = store.ui.judged;
  const dirty = draft.text !== draft.was;
  const save = () => keep(workforce, folder, it, draft);
  return html`${store.ui.clash?.file === it.file ? clash(workforce, folder, it, draft) : nothing}<div class="editing"><div>
      <label for="text" class="small muted">Instruction; <kbd>Ctrl</kbd> <kbd>S</kbd> saves</label>
      <textarea id="text" class="form-control" spellcheck="false" maxlength="400000" aria-describedby="judged" .value=${draft.text}
        @input=${(event) => { draft.text = event.target.value; keepDraft(folder, it.file, draft); later(folder, it, draft, JUDGED_AFTER_MILLIS); changed(); }}
        @keydown=${(event) => { if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") { event.preventDefault(); if (dirty) save(); } }}></textarea>
      <div class="acts mt-2">${button("Save", "operate", save, { kind: "success", refused: dirty ? null : "nothing has been changed" })}
        ${dirty ? armed("undo " + it.file, "Throw changes away", "operate", () => { forgetDraft(folder, it.file); store.ui.judged = null; changed(); }) : nothing}</div>
      <p class="small muted mt-2 mb-0">It is saved into <code>${line(folder, 200)}</code> on the node's machine: of a folder that was sent that is a copy, and yours stays as it is. What it takes the place of stays under <a href=${href(["instructions"], { folder, file: it.file, view: "versions" })}>Versions</a>. Runs keep what they took, until <code>muster retry RUN --refresh</code>.</p></div>
    <div><p id="judged" role="status">${words(state, dirty)}</p>
      ${found(state.findings, jump)}
      <details open><summary>As it reads</summary>${markdown(draft.text)}</details></div></div>`;
}

function words(state, dirty) {
  const kept = dirty ? "Not saved. " : "";
  if (state.refused) return html`<span class="bad">${kept}It could not be judged: ${clean(state.refused)}</span>`;
  if (state.waits) return `${kept}Judging…`;
  const errors = state.findings.filter(isError).length;
  return `${kept}${errors ? `✗ ${count(errors, "error")}` : "No error"}, ${count(state.findings.length - errors, "remark")}; score ${state.score}.`;
}

let timer = 0;
let newest = 0;
let asking = new AbortController();

/** The server judges what has been written, once nobody has written for a moment. */
function later(folder, it, draft, millis) {
  const mine = ++newest;
  clearTimeout(timer);
  asking.abort();
  asking = new AbortController();
  const { signal } = asking;
  const state = { ...store.ui.judged, waits: true, refused: null };
  store.ui.judged = state;
  timer = setTimeout(async () => {
    let now;
    try {
      const { score, findings } = await send("POST", "/folders/instruction/check", { folder, file: it.file, text: sent(draft) }, signal);
      now = { ...state, score, findings, waits: false };
    } catch (error) {
      now = { ...state, waits: false, refused: error.message };
    }
    if (mine !== newest) return;
    store.ui.judged = now;
    changed();
  }, millis);
}

/** A text area knows one kind of line end; the file keeps its own. */
const sent = (draft) => (draft.crlf ? draft.text.replaceAll("\n", "\r\n") : draft.text);

async function keep(workforce, folder, it, draft, digest = draft.digest) {
  const text = sent(draft);
  try {
    const now = await send("POST", "/folders/instruction/save", { folder, file: it.file, text, digest });
    forgetDraft(folder, it.file);
    store.ui.clash = null;
    store.ui.judged = null;
    outdated(workforce, it.id ?? nameOf(it.file));
    say(`${it.file} is saved in ${folder}. Runs that have taken it keep what they took.`);
    await again(asked(folder, it.file), async () => now);
    await again("folder " + folder, () => send("POST", "/folders/preview", { folder }));
  } catch (error) {
    say(error.message, true);
    if (error.code === "changed-meanwhile") {
      store.ui.clash = { file: it.file, now: await read(folder, it.file) };
      changed();
      requestAnimationFrame(() => requestAnimationFrame(() => document.querySelector("article [role=alert]")?.scrollIntoView({ block: "center" })));
    }
  }
}

/** Somebody else's text is seen before it is written over. */
function clash(workforce, folder, it, draft) {
  const { now } = store.ui.clash;
  return html`<div class="alert alert-warning" role="alert"><p>Somebody has changed this file since you began. Yours is still here and not saved. This is what it is now:</p>
    ${pre(now.text, "What it is now")}
    <div class="acts">${armed("over " + it.file, "Save mine over it", "operate", () => keep(workforce, folder, it, draft, now.digest))}
      ${button("Take theirs", "operate", () => { forgetDraft(folder, it.file); store.ui.clash = null; store.ui.judged = null; again(asked(folder, it.file), async () => now); })}</div></div>`;
}

function jump(number) {
  const area = document.getElementById("text");
  const lines = area.value.split("\n");
  const from = lines.slice(0, number - 1).reduce((sum, each) => sum + each.length + 1, 0);
  area.focus();
  area.setSelectionRange(from, from + (lines[number - 1]?.length ?? 0));
  area.scrollTop = (area.scrollHeight / lines.length) * Math.max(0, number - 5);
  say(`Line ${number}: ${line(lines[number - 1] ?? "", 80)}`);
}
