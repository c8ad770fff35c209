// Two runs side by side: what is different between them, worker by worker.
import { html, nothing } from "./lit-html.js";
import { all, get } from "./api.js";
import { badge, clean, count, empty, line, shown, time, took, workSeconds } from "./format.js";
import { cost } from "./overview.js";
import { href, refine } from "./route.js";
import { answer, changed, store } from "./store.js";

const WORKERS_MAX = 5_000;
const ROWS_MAX = 300;
const LOOKED_INTO_MAX = 500;
const AT_ONCE = 6;
const FILES_SHOWN_MAX = 5;

async function both(a, b) {
  const workersOf = async (run) => {
    const { items, more } = await all(`/runs/${encodeURIComponent(run)}/workers`, WORKERS_MAX);
    return { all: new Map(items.map((it) => [it.id, it])), more };
  };
  const [runA, runB, left, right] = await Promise.all([get("/runs/" + encodeURIComponent(a)), get("/runs/" + encodeURIComponent(b)), workersOf(a), workersOf(b)]);
  return { runA, runB, left, right };
}

/** Of its receipt: what it delivered, and how its tests ended. */
async function proof(run, id) {
  const { receipt } = await get(`/runs/${encodeURIComponent(run)}/workers/${encodeURIComponent(id)}`);
  if (!receipt) return null;
  return { files: new Map(receipt.deliverables.map((it) => [it.path, it.sha256])), tests: receipt.tests.length, passed: receipt.tests.filter((it) => it.passed).length };
}

/** Both sides of each, some at a time. */
async function lookInto(found, name) {
  const { runA, runB, left, right } = found;
  const ids = [...left.all.keys()].filter((id) => right.all.has(id)).slice(0, LOOKED_INTO_MAX);
  const state = { name, of: ids.length, done: 0, proofs: new Map(), error: null };
  store.ui.proofs = state;
  const waiting = ids.values();
  const one = async () => {
    for (const id of waiting) {
      if (store.ui.proofs !== state) return;
      state.proofs.set(id, await Promise.all([proof(runA.id, id), proof(runB.id, id)]));
      state.done += 1;
      changed();
    }
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, one));
  } catch (error) {
    state.error = error;
  }
  changed();
}

const tokens = (it) => it.models.reduce((sum, each) => sum + each.tokensIn + each.tokensOut, 0);

/** Not how long it took alone: that is never the same twice. */
const differs = (x, y) => !x || !y || x.state !== y.state || x.weak !== y.weak || x.attempt !== y.attempt || tokens(x) !== tokens(y);

/** Paths that only one has, or that are of other bytes. */
function otherFiles([x, y] = []) {
  if (!x || !y) return [];
  return [...new Set([...x.files.keys(), ...y.files.keys()])].filter((path) => x.files.get(path) !== y.files.get(path)).sort();
}

const otherTests = ([x, y] = []) => Boolean(x && y) && (x.tests !== y.tests || x.passed !== y.passed);

function choice(name, chosen) {
  const runs = [...store.runs.values()].sort((a, b) => b.id.localeCompare(a.id)).slice(0, 200);
  const known = runs.some((it) => it.id === chosen);
  return html`<label>${name === "a" ? "Earlier" : "Later"} <select class="form-select form-select-sm" @change=${(event) => refine({ [name]: event.target.value })}>
    <option value="">choose a run</option>${chosen && !known ? html`<option selected value=${chosen}>${chosen}</option>` : nothing}
    ${runs.map((it) => html`<option value=${it.id} ?selected=${it.id === chosen}>${it.id} ${line(it.workforce, 30)}, ${time(it.startedAt)}</option>`)}</select></label>`;
}

export function compare(query) {
  const a = query.get("a") ?? "";
  const b = query.get("b") ?? "";
  const name = `compare ${a} ${b}`;
  return html`<div class="title"><h1>Compare two runs</h1></div><div class="filters">${choice("a", a)}${choice("b", b)}</div>
    ${a && b ? shown(answer(name, () => both(a, b)), (found) => html`${whole(found)}${each(found, name)}`) : empty("Choose two runs.", "What ended otherwise, took other tries or delivered other files is listed.")}`;
}

const heads = (runs) => runs.map((it) => html`<th><a href=${href(["runs", it.id])}>${it.id}</a></th>`);

function whole({ runA, runB }) {
  const row = (name, of) => html`<tr><th scope="row">${name}</th><td>${of(runA)}</td><td>${of(runB)}</td></tr>`;
  const spent = (it) => (it.spend.total.turns ? `${(it.spend.total.tokensIn + it.spend.total.tokensOut).toLocaleString("en")} tokens, ${cost(it.spend.total)}` : "nothing");
  return html`<section class="panel"><div class="scroll" tabindex="0" role="region" aria-label="Both runs"><table class="table table-sm mb-0"><thead><tr><th></th>${heads([runA, runB])}</tr></thead><tbody>
      ${row("State", (it) => badge(it.state))}${row("Workforce", (it) => line(it.workforce, 60))}${row("Began", (it) => time(it.startedAt))}${row("Took", (it) => took(workSeconds(it)))}
      ${row("Completed", (it) => `${it.workers.completed} of ${it.workers.total}${it.workers.weak ? `, ${it.workers.weak} weak` : ""}`)}${row("Failed", (it) => it.workers.failed)}
      ${row("Tests passed", (it) => (it.testPassRate === null ? "none ran" : `${Math.round(100 * it.testPassRate)} %`))}${row("Spent on models", spent)}
      ${row("Approves by itself", (it) => clean(it.settings?.approve ?? "unknown"))}</tbody></table></div></section>`;
}

function each(found, name) {
  const { runA, runB, left, right } = found;
  const seen = store.ui.proofs?.name === name ? store.ui.proofs : null;
  const of = (id) => seen?.proofs.get(id);
  const part = left.more || right.more;
  // Whom one side has not read so far may well be there.
  const ids = [...new Set([...left.all.keys(), ...right.all.keys()])].filter((id) => !part || (left.all.has(id) && right.all.has(id))).sort();
  const other = ids.filter((id) => differs(left.all.get(id), right.all.get(id)) || otherTests(of(id)) || otherFiles(of(id)).length);
  const cell = (run, it, id, proven) => (it ? html`<a href=${href(["runs", run.id, "workers", id])}>${badge(it.state)}${it.weak ? " weak" : ""} <span class="muted">${it.attempt > 1 ? `try ${it.attempt}, ` : ""}${took(it.durationSeconds)}</span></a>${tokens(it) ? html`<br><span class="muted small">${tokens(it).toLocaleString("en")} tokens</span>` : nothing}${proven ? html`<br><span class="muted small">${proven.passed} of ${count(proven.tests, "test")} passed, ${count(proven.files.size, "file")}</span>` : nothing}` : html`<span class="muted">not in it</span>`);
  return html`<section class="panel"><h2>${other.length ? `${count(other.length, "worker")} of ${part ? "the first " : ""}${ids.length.toLocaleString("en")} ended otherwise` : `${part ? "The first" : "All"} ${count(ids.length, "worker")} ended alike`}</h2>
    ${part ? html`<p class="muted">The others are counted above, and not compared.</p>` : nothing}${progress(found, name, seen)}
    ${other.length ? html`<div class="scroll" tabindex="0" role="region" aria-label="Differences"><table class="table table-sm table-hover mb-0"><thead><tr><th>Worker</th>${heads([runA, runB])}${seen ? html`<th>Other files</th>` : nothing}</tr></thead><tbody>
      ${other.slice(0, ROWS_MAX).map((id) => html`<tr><th scope="row">${clean(id)}</th><td>${cell(runA, left.all.get(id), id, of(id)?.[0])}</td><td>${cell(runB, right.all.get(id), id, of(id)?.[1])}</td>${seen ? html`<td class="small">${files(otherFiles(of(id)))}</td>` : nothing}</tr>`)}</tbody></table></div>` : nothing}
    ${other.length > ROWS_MAX ? html`<p class="muted">The first ${ROWS_MAX}.</p>` : nothing}</section>`;
}

const files = (paths) => html`${paths.slice(0, FILES_SHOWN_MAX).map((path) => html`<code class="d-block">${line(path, 100)}</code>`)}${paths.length > FILES_SHOWN_MAX ? `and ${paths.length - FILES_SHOWN_MAX} more` : nothing}`;

function progress(found, name, seen) {
  if (!seen) return html`<p class="acts"><button type="button" class="btn btn-sm btn-outline-secondary" @click=${() => lookInto(found, name)}>Compare files and tests, too</button></p>`;
  if (seen.error) return html`<p class="bad">${clean(seen.error.message)}</p>`;
  const words = seen.done < seen.of ? `${seen.done} of ${seen.of} looked into…` : `Files and tests of ${seen.of === LOOKED_INTO_MAX ? "the first " : ""}${count(seen.of, "worker")} that both have are compared, too.`;
  return html`<p class="muted" role="status">${words}</p>`;
}
