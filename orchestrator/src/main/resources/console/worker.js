// One worker: what it did, printed, was told to do, and delivered.
import { html, nothing } from "./lit-html.js";
import { all, get, text } from "./api.js";
import { badge, bytes, clean, count, empty, pre, replayed, shown, time, took } from "./format.js";
import { acts } from "./bulk.js";
import { logs } from "./log.js";
import { conversation } from "./conversation.js";
import { answering, questionOf } from "./question.js";
import { files } from "./files.js";
import { markdown } from "./markdown.js";
import { receipt } from "./receipt.js";
import { href } from "./route.js";
import { age, answer, store } from "./store.js";

const EVENTS_MAX = 2_000;
const LOOK_AGAIN_MILLIS = 1_000;
const TABS = ["timeline", "log", "conversation", "instruction", "approvals", "files", "receipt", "events"];

export function worker(run, id, query) {
  const path = `/runs/${encodeURIComponent(run)}/workers/${encodeURIComponent(id)}`;
  const live = store.workers.get(id);
  look(path, live ? `${live.state} ${live.attempt} ${live.detail}` : store.runs.get(run), live ? 0 : LOOK_AGAIN_MILLIS);
  const tab = TABS.includes(query.get("tab")) ? query.get("tab") : "timeline";
  return shown(answer("worker " + path, () => get(path)), (it) => {
    const now = live ?? it;
    const question = questionOf(run, id);
    return html`<div class="title"><div><h1>${it.id} ${badge(now.state)}${replayed(now) ? html` <span class="muted">REPLAYED</span>` : nothing}</h1>
      <p class="muted">${clean(it.title)}; wave ${it.wave}, attempt ${now.attempt}${now.node ? html` on ${clean(now.node)}` : nothing}, ${took(now.durationSeconds)}</p>
      ${now.detail ? html`<p>${clean(now.detail)}${undecided(now, it.operations)}</p>` : nothing}
      ${it.dependencies.length ? html`<p class="small">After ${it.dependencies.map((other, index) => html`${index ? ", " : ""}<a href=${href(["runs", run, "workers", other])}>${other}</a>`)}</p>` : nothing}</div>${acts(run, store.runs.get(run), now)}</div>
      ${it.parent || it.children.length ? tree(run, it) : nothing}
      ${question ? html`<section class="panel" aria-label="Question">${answering(question)}</section>` : nothing}
      <nav aria-label="Parts of the worker"><ul class="tabs">${TABS.map((name) => html`<li><a href=${href(["runs", run, "workers", id], { tab: name })} aria-current=${name === tab ? "page" : nothing}>${name[0].toUpperCase() + name.slice(1)}</a></li>`)}</ul></nav>
      <section class="panel" aria-label=${tab}>${part(tab, path, it, now, query)}</section>`;
  });
}

/** The way to what it waits for; a question is answered on this page. */
function undecided(now, operations) {
  const open = now.state === "AWAITING_APPROVAL" ? operations.find((it) => !it.decidedAt && it.kind !== "question") : undefined;
  return open ? html` <a href=${href(["approvals"], { id: open.approval })}>Decide it</a>` : nothing;
}

/** Where every worker is told of, one knows when it has changed; else the run has, and one looks. */
function look(path, version, everyMillis) {
  const seen = store.ui.seen;
  if (seen?.version === version || (seen && Date.now() - seen.at < everyMillis)) return;
  if (seen) for (const what of ["worker ", "events "]) age(what + path);
  store.ui.seen = { version, at: Date.now() };
}

// Who asked for it, who else was asked for, and whom it has asked for.
function tree(run, it) {
  const base = `/runs/${encodeURIComponent(run)}/workers`;
  const below = (id) => {
    const path = `${base}?limit=200&filter=${encodeURIComponent("parent:" + id)}`;
    return answer("below " + path, () => get(path));
  };
  const link = (id) => html`<a href=${href(["runs", run, "workers", id])}>${id}</a>`;
  const line = (other) => {
    const now = store.workers.get(other.id) ?? other;
    return html`<li>${other.id === it.id ? html`<b>${other.id}</b>` : link(other.id)} ${badge(now.state)} <span class="muted">${clean(other.title)}</span></li>`;
  };
  const list = (title, them) => html`<h2 class="small">${title}</h2><ul class="tree">${them.map(line)}</ul>`;
  return html`<section class="panel" aria-label="Place in the tree">
    ${it.parent ? html`<p class="small">Asked for by ${link(it.parent)}</p>` : nothing}
    ${it.parent ? shown(below(it.parent), (page) => (page.items.length > 1 ? list("Asked for together or before", page.items) : nothing)) : nothing}
    ${it.children.length ? shown(below(it.id), (page) => list(`Its ${count(page.items.length, "sub-worker")}`, page.items)) : nothing}
  </section>`;
}

function part(tab, path, it, now, query) {
  if (tab === "log") return logs(path, now, query);
  if (tab === "instruction") return shown(answer("text " + path, () => text(path + "/instruction")), (words) => html`${version(path, it)}${markdown(words)}<details class="mt-3"><summary>As it is written</summary>${pre(words, "Instruction")}</details>`);
  if (tab === "conversation") return conversation(path, now);
  if (tab === "files") return files(path, it);
  if (tab === "approvals") return approvals(it.operations);
  if (tab === "receipt") return receipt(path, it.receipt);
  if (tab === "events") return events(path);
  return timeline(it);
}

/** Which text that is, and which others it has had. */
function version(path, it) {
  const run = path.split("/")[2];
  const workforce = store.runs.get(run)?.workforce;
  return html`<p class="small muted">Text <code>${it.instructionDigest.slice(0, 12)}</code>, as the run took it${workforce ? html`; <a href=${href(["instructions"], { workforce, worker: it.id, with: it.instructionDigest })}>its versions</a>` : nothing}.</p>`;
}

function timeline(it) {
  const moments = [
    ...it.attempts.map((a) => ({ at: a.startedAt, mark: "▶", words: `Attempt ${a.attempt} on ${a.node}` })),
    ...it.attempts.filter((a) => a.endedAt).map((a) => ({ at: a.endedAt, mark: a.end === "COMPLETED" ? "✓" : "✗", words: `Attempt ${a.attempt} ${String(a.end).toLowerCase()} after ${took(a.durationSeconds)}${a.reason ? ": " + a.reason : ""}` })),
    ...it.steps.map((s) => ({ at: s.at, mark: s.passed ? "✓" : "✗", words: `${s.name}: exit ${s.exitCode}, ${took(s.durationSeconds)}, ${bytes(s.outputBytes)} of output${s.note ? "; " + s.note : ""}` })),
    ...it.operations.map((o) => ({ at: o.heldAt, mark: "?", words: o.kind === "question" ? "Asked a question" : `Asked for approval: ${o.kind}`, approval: o.approval })),
    ...it.operations.filter((o) => o.decidedAt).map((o) => ({ at: o.decidedAt, mark: o.decision === "REJECTED" ? "✗" : "✓", words: `${o.kind} ${String(o.decision).toLowerCase().replace("_", " ")}${o.reason ? ": " + o.reason : ""}`, approval: o.approval })),
  ].sort((a, b) => a.at.localeCompare(b.at));
  if (!moments.length) return empty("It has not begun.", clean(it.detail ?? "It waits for its turn."));
  return html`<ol class="timeline">${moments.slice(-300).map((m) => html`<li><time>${time(m.at)}</time> <span aria-hidden="true">${m.mark}</span>
    <span>${clean(m.words)}${m.approval ? html` <a href=${href(["approvals"], { id: m.approval })}>see</a>` : nothing}</span></li>`)}</ol>`;
}

/** What it has asked people for, and what they said. */
function approvals(operations) {
  if (!operations.length) return empty("It has asked for nothing.", "What it may not do by itself is listed here once it asks.");
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Its approvals"><table class="table table-sm mb-0"><thead><tr><th>Asked</th><th>What</th><th>Became</th><th>Why</th></tr></thead><tbody>
    ${operations.slice(-300).map((it) => html`<tr><td class="number-cell">${time(it.heldAt)}</td><td><a href=${href(["approvals"], { id: it.approval })}>${it.kind === "question" ? "a question" : clean(it.kind)}</a></td><td>${badge(it.decision ?? "PENDING")}${it.decidedAt ? html` <span class="muted">${time(it.decidedAt)}</span>` : nothing}</td><td>${clean(it.reason ?? "")}</td></tr>`)}</tbody></table></div>`;
}

/** One fact after the other; what is not there is not said. */
const facts = (it) => Object.entries(it).filter(([, value]) => value !== null && value !== "" && !(Array.isArray(value) && !value.length)).map(([name, value]) => `${name} ${typeof value === "object" ? JSON.stringify(value) : value}`).join(" · ");

function events(path) {
  return shown(answer("events " + path, () => all(path + "/events", EVENTS_MAX)), (page) => page.items.length
    ? html`<div class="scroll" tabindex="0" role="region" aria-label="Events"><table class="table table-sm mb-0"><thead><tr><th class="narrow-out">Seq</th><th>At</th><th>Type</th><th>What</th></tr></thead><tbody>
      ${page.items.slice(-200).map(({ seq, at, type, worker: _, ...rest }) => html`<tr><td class="narrow-out">${seq}</td><td class="number-cell">${time(at)}</td><td>${type}</td><td class="small">${clean(facts(rest)).slice(0, 600)}</td></tr>`)}</tbody></table></div>${page.items.length > 200 || page.more ? html`<p class="muted">The last 200 of ${page.more ? "the first " : ""}${page.items.length}. All: <code>muster runs events RUN</code></p>` : nothing}`
    : empty("No events yet.", "They come when it begins."));
}
