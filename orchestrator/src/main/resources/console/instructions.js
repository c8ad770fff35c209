// Folders of instructions: what would become of one, its texts with what was found in them, and starting a run.
import { html, nothing } from "./lit-html.js";
import { send } from "./api.js";
import { isDirty } from "./drafts.js";
import { instruction } from "./editor.js";
import { clean, count, empty, line, shown, took } from "./format.js";
import { DRAWN_MAX, graph, tooMany } from "./plan.js";
import { href, refine } from "./route.js";
import { act, button, say } from "./shell.js";
import { answer, changed, store, whyNot } from "./store.js";
import { versions } from "./versions.js";

const ROWS_MAX = 300;
const UPLOAD_CHARS_MAX = 7_000_000;

/** Folders of the runs that are known here, the newest first. */
function recent() {
  const runs = [...store.runs.values()].sort((a, b) => b.id.localeCompare(a.id));
  return [...new Set(runs.map((it) => it.settings?.folder).filter(Boolean))].slice(0, 12);
}

function look(event) {
  event.preventDefault();
  refine({ folder: event.target.elements.folder.value.trim(), file: "" });
}

/** Whoever is on another machine sends the files; only instructions are sent, nothing else of the folder. */
async function upload(event) {
  const files = [...event.target.files].filter((it) => /^WORKER_.*\.md$/.test(it.name));
  const size = files.reduce((sum, it) => sum + it.size, 0);
  event.target.value = "";
  if (!files.length) return say("There is no file named WORKER_<digits>_<Title>.md in it.", true);
  if (size > UPLOAD_CHARS_MAX) return say("That is more than 7 MB: put it on the node's machine, and name the folder.", true);
  const inside = (it) => (it.webkitRelativePath || it.name).split("/");
  const name = inside(files[0]).length > 1 ? inside(files[0])[0] : "uploaded";
  const paths = files.map((it) => (inside(it).length > 1 ? inside(it).slice(1) : inside(it)).join("/"));
  const texts = await Promise.all(files.map((it) => it.text()));
  const kept = await act("/folders", { name: name.replace(/[^A-Za-z0-9._-]/g, "-").replace(/^[^A-Za-z0-9]+/, "") || "uploaded", paths, texts }, (it) => `${count(texts.length, "file")} sent; ${it.total} would run.`);
  if (kept) refine({ folder: kept.folder, file: "" });
}

export function instructions(query) {
  const folder = query.get("folder") ?? "";
  if (!folder && query.get("worker")) return past(query.get("workforce") ?? "", query.get("worker"), query);
  const why = whyNot("operate");
  return html`<div class="title"><h1>Instructions</h1></div>
    <section class="panel"><form class="filters mb-0" @submit=${look}>
      <label class="long">Folder on the node's machine <input class="form-control form-control-sm" name="folder" .value=${folder} placeholder="instructions/hello" required></label>
      <button class="btn btn-sm btn-outline-secondary">Look</button>
      <label class="btn btn-sm btn-outline-secondary pick" title=${why ?? nothing}>Send a folder from here… <input class="visually-hidden" type="file" webkitdirectory multiple ?disabled=${Boolean(why)} @change=${upload}></label></form>
      ${why ? html`<p class="small muted mb-0">You can look at runs, and start none: ${why}.</p>` : nothing}
      ${recent().length ? html`<p class="small mb-0 mt-2">Of earlier runs: ${recent().map((it) => html`<a class="me-3" href=${href(["instructions"], { folder: it })}>${line(it, 80)}</a> `)}</p>` : nothing}</section>
    ${folder ? shown(answer("folder " + folder, () => send("POST", "/folders/preview", { folder })), (it) => preview(it, query)) : empty("No folder yet.", html`Name one, or write a starter: <code>muster init FOLDER</code>`)}`;
}

/** The texts of one instruction, whether or not there is a folder of it. */
function past(workforce, worker, query) {
  return html`<div class="title"><div><h1>Versions of ${clean(worker)}</h1><p class="muted">of <b>${clean(workforce)}</b>; one is brought back where its folder is looked at: <a href=${href(["instructions"])}>Instructions</a></p></div></div>
    <section class="panel" aria-label="Versions of the instruction">${versions(workforce, worker, query, null)}</section>`;
}

function preview(it, query) {
  const bad = it.instructions.reduce((sum, each) => sum + each.errors, 0);
  const file = query.get("file");
  const view = query.get("view") ?? "";
  const wide = file && (view === "edit" || view === "versions");
  return html`${wide ? instruction(it.workforce, it.folder, file, query) : nothing}<div class="grid">
      <section class="panel"><h2>${clean(it.workforce)}</h2>
        <p>${count(it.total, "worker")} would run in ${count(it.waves.length, "wave")}; ${count(it.gates, "operation")} would ask; ${bad ? html`<span class="bad">✗ ${count(bad, "error")}</span>` : "no error"}.</p>
        ${it.refusal ? html`<p class="alert alert-warning">As it is no run would be created: ${clean(it.refusal)}</p>` : nothing}
        ${start(it)}</section>
      <section class="panel"><h2>Waves</h2><table class="table table-sm mb-0"><thead><tr><th>Wave</th><th>Workers</th><th>Expected</th><th>Begins</th></tr></thead><tbody>
        ${it.waves.map((wave) => html`<tr><th scope="row">${wave.wave} ${clean(wave.name)}</th><td>${wave.workers}</td><td>${took(wave.seconds)}</td><td>${wave.approval ? "when somebody approves" : "by itself"}</td></tr>`)}</tbody></table>
        ${it.oneAtATime.length ? html`<p class="small mb-0 mt-2">One at a time, since they may write the same: ${it.oneAtATime.map((each) => html`<span class="d-block"><code>${line(each.path, 80)}</code> ${line(each.workers.slice(0, 8).join(", "), 120)}${each.workers.length > 8 ? ` and ${each.workers.length - 8} more` : ""}</span>`)}</p>` : nothing}</section></div>
    ${file ? nothing : html`<section class="panel" aria-label="Plan"><h2>Who waits for whom</h2>${drawing(it)}</section>`}
    <div class=${file && !wide ? "split wide-left" : ""}>
      <div class="scroll" tabindex="0" role="region" aria-label="Instructions"><table class="table table-sm table-hover mb-0"><thead><tr><th>Worker</th><th>Title</th><th>Wave</th><th>Score</th><th>Found</th></tr></thead><tbody>
        ${it.instructions.slice(0, ROWS_MAX).map((each) => html`<tr><td><a href=${href(["instructions"], { folder: it.folder, file: each.file })} aria-current=${each.file === file ? "true" : nothing}>${clean(each.id ?? each.file)}</a>${isDirty(it.folder, each.file) ? html` <span class="muted">not saved</span>` : nothing}</td><td>${line(each.title, 60)}</td><td>${each.wave ?? "–"}</td><td>${each.score}</td><td>${each.errors ? html`<span class="bad">✗ ${count(each.errors, "error")}</span> ` : nothing}${each.warnings ? html`<span>! ${count(each.warnings, "warning")}</span>` : each.errors ? nothing : "✓"}</td></tr>`)}</tbody></table>
        ${it.instructions.length > ROWS_MAX || it.more ? html`<p class="muted m-2">The first ${ROWS_MAX}; <code>muster lint</code> shows all.</p>` : nothing}</div>
      ${file && !wide ? instruction(it.workforce, it.folder, file, query) : nothing}</div>`;
}

/** Each leads to its text. */
function drawing(it) {
  it.nodes ??= it.instructions.filter((each) => each.id && each.wave !== null);
  if (!it.total) return html`<p class="mb-0">Nobody would run.</p>`;
  if (it.total > DRAWN_MAX || it.nodes.length < it.total) return tooMany(it.total, it.criticalPath);
  return graph(it.nodes, it.edges, it.criticalPath, (each) => href(["instructions"], { folder: it.folder, file: each.file }));
}

function start(it) {
  const earlier = [...store.runs.values()].filter((run) => run.settings?.folder === it.folder && !run.settings.rehearse).sort((a, b) => b.id.localeCompare(a.id)).slice(0, 20);
  const alone = whyNot("decide");
  const go = async (rehearse) => {
    const { approve, since, tags, target, incomplete } = document.getElementById("start").elements;
    const order = { folder: it.folder, rehearse, approve: approve.value };
    if (since?.value) order.since = since.value;
    const words = tags.value.split(/[\s,]+/).filter(Boolean);
    if (words.length) order.tags = words;
    if (target.value.trim()) order.target = target.value.trim();
    if (incomplete?.checked) order.allowIncomplete = true;
    const run = await act("/runs", order, rehearse ? "It is walked through, and nothing is done." : "It runs.");
    if (run) location.hash = href(["runs", run.id]);
  };
  return html`<form id="start" class="filters" @submit=${(event) => event.preventDefault()}>
      <label>Approves by itself <select class="form-select form-select-sm" name="approve"><option value="none">nothing: you are asked</option><option value="low" ?disabled=${Boolean(alone)}>reading, and writing below the target</option><option value="all" ?disabled=${Boolean(alone)}>everything</option></select></label>
      <label>Works on <input class="form-control form-control-sm" name="target" placeholder="the node's own folder"></label>
      <label>Tags <input class="form-control form-control-sm" name="tags" placeholder="nightly team=red"></label>
      ${earlier.length ? html`<label>Leave out what was completed by <select class="form-select form-select-sm" name="since"><option value="">none: do all of it</option>${earlier.map((run) => html`<option value=${run.id}>${run.id} (${run.workers.completed}/${run.workers.total})</option>`)}</select></label>` : nothing}
      ${it.refusal ? html`<label><input type="checkbox" class="form-check-input" name="incomplete"> without what cannot be used</label>` : nothing}</form>
    ${alone && !whyNot("operate") ? html`<p class="small muted">That it approves by itself ${alone}.</p>` : nothing}
    <div class="acts">${button("Start", "operate", () => go(false), { kind: "success" })}${button("Rehearse", "operate", () => go(true))}</div>`;
}
