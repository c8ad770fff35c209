// A run at a glance: what needs you, how far it is, and why it is not further.
import { html, nothing, svg } from "./lit-html.js";
import { badge, clean, count, empty, ENDED, left, line, percent, tags, time, took, voices, workSeconds } from "./format.js";
import { pauses, spark } from "./headroom.js";
import { href } from "./route.js";
import { outlook } from "./outlook.js";
import { retag } from "./retag.js";
import { partly, scope } from "./scope.js";
import { bypassed } from "./latitude.js";
import { act, armed, button, pending } from "./shell.js";
import { store } from "./store.js";
import { TILES_MAX } from "./stream.js";
import { legend, tiles } from "./tiles.js";


/** To the run that matters most now. */
export function start() {
  if (!store.whole.has("runs")) return html`<p class="empty" aria-busy="true">Loading…</p>`;
  const runs = [...store.runs.values()].sort((a, b) => b.startedAt.localeCompare(a.startedAt));
  const run = runs.find((it) => !ENDED.includes(it.state)) ?? runs[0];
  if (!run) return empty("No run yet.", html`<a href="#/instructions">Start one</a>, or on this machine: <code>muster run instructions/hello</code>`);
  location.replace(href(["runs", run.id]));
  return nothing;
}

/** Attributes of SVG, since style attributes are not allowed here. */
export function bar(parts, label) {
  let x = 0;
  return html`<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" role="img" aria-label=${label}>${parts.map(([width, kind]) => {
    const part = svg`<rect x=${x} y="0" width=${Math.max(0, width)} height="8" class=${kind} />`;
    x += width;
    return part;
  })}</svg>`;
}

export function meter(name, value, limit) {
  const words = `${name} ${percent(value)}, limit ${percent(limit)}`;
  const over = value > limit;
  return html`<div class="meter"><span>${name}</span>${html`<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" role="img" aria-label=${words}>
    ${svg`<rect x="0" y="0" height="8" width=${Math.min(100, value ?? 0)} class=${over ? "over" : "used"} />${limit < 100 ? svg`<rect x=${limit} y="0" width="1" height="8" class="mark" />` : nothing}`}</svg>`}
    <span class=${over ? "bad" : ""}>${percent(value)} <span class="muted">of ${percent(limit)}</span></span></div>`;
}

const number = (it) => it.toLocaleString("en");
/** What held a wave back may be passed by hand: a gate, or a wave before it that lost some. */
function launch(run) {
  const next = run.waves.find((it) => !it.releasedAt);
  if (!run.live || ENDED.includes(run.state) || !next) return nothing;
  const path = `/runs/${encodeURIComponent(run.id)}/waves/${next.wave}/launch`;
  const before = run.waves.find((it) => it.wave < next.wave && it.settled < it.total);
  const refused = before ? `wave ${before.wave} has ${before.total - before.settled} that have not settled` : null;
  return html`<div class="acts mt-2">${armed(`launch ${run.id} ${next.wave}`, `Launch wave ${next.wave}`, "decide", () => act(path, {}, `Wave ${next.wave} is launched.`), { refused })}</div>`;
}

const ALIKE_SHOWN_MAX = 8;
const NEEDS_SHOWN_MAX = 5;
const toApproval = (it, words) => html`<a href=${href(["approvals"], { id: it.id })}>${words}</a>`;

/** Those that ask for the same are said once, by the names of who asks. */
function asking(asks) {
  const groups = new Map();
  for (const it of asks) {
    const words = it.consequence.replaceAll(it.worker, "each");
    groups.set(words, [...(groups.get(words) ?? []), it]);
  }
  const shown = [...groups].slice(0, NEEDS_SHOWN_MAX);
  const more = asks.length - shown.reduce((sum, [, them]) => sum + them.length, 0);
  return html`${shown.map(([words, them]) => {
    const soonest = them.reduce((a, b) => (a.deadline < b.deadline ? a : b));
    const time = html`<span class="muted">${took(left(soonest.deadline))} left${them.every((it) => it.votes.length) ? `; ${voices(soonest)} approved` : ""}</span>`;
    if (them.length === 1) return html`<li>? ${toApproval(soonest, line(soonest.consequence, 120))} ${time}</li>`;
    return html`<li>? ${them.length} ask alike: ${line(words, 120)} ${time}<br>${them.slice(0, ALIKE_SHOWN_MAX).map((it) => html`${toApproval(it, clean(it.worker))} `)}${them.length > ALIKE_SHOWN_MAX ? html`<a href="#/approvals">and ${them.length - ALIKE_SHOWN_MAX} more</a>` : nothing}</li>`;
  })}${more ? html`<li><a href="#/approvals">and ${more} more approvals</a></li>` : nothing}`;
}

/** Of all that was asked in the run so far. */
function decided({ approvals: it }) {
  if (!it?.requested) return nothing;
  const parts = [[it.pending, "undecided"], [it.approved, "approved"], [it.autoApproved, "approved by policy"], [it.rejected, "rejected"], [it.expired, "expired"], [it.closed, "closed"]];
  return html`<p class="small muted mb-0 mt-2">${count(it.requested, "operation")} asked: ${parts.filter(([many]) => many).map(([many, how]) => `${number(many)} ${how}`).join(", ")}</p>`;
}

function needs(run) {
  const asks = pending().filter((it) => it.run === run.id);
  const failed = run.workers.failed;
  const stopped = ENDED.includes(run.state) ? [] : run.holds.filter((it) => it.kind === "STOPPED");
  if (!asks.length && !failed && !stopped.length) return html`<p class="mb-0">✓ Nothing. ${ENDED.includes(run.state) ? "The run has ended." : "It goes on by itself."}</p>`;
  return html`<ul class="plain">
    ${asking(asks)}
    ${failed ? html`<li><a href=${href(["runs", run.id, "workers"], { state: "FAILED" })}>✗ ${count(failed, "worker")} failed</a> <span class="muted">${run.workers.blocked ? count(run.workers.blocked, "other") + " blocked by that" : ""}</span></li>` : nothing}
    ${stopped.map((it) => html`<li>‖ Wave ${it.wave} waits until somebody launches it by hand</li>`)}
  </ul>`;
}

function holds(run) {
  if (ENDED.includes(run.state)) return html`<p class="mb-0">The run has ended${run.results?.written ? html`; results are in <code>${clean(run.results.folder)}</code>` : nothing}.</p>`;
  if (!run.live) return html`<p class="mb-0">Not known: the supervisor of this run does not answer. <code>muster nodes list</code> shows who is there.</p>`;
  const groups = new Map();
  for (const hold of run.holds) {
    const name = hold.kind + "|" + hold.reason;
    const group = groups.get(name) ?? { ...hold, subjects: [] };
    group.subjects.push(hold.subject);
    groups.set(name, group);
  }
  if (!groups.size) return html`<p class="mb-0">Nothing is held: ${count(run.workers.running, "worker")} at work, ${run.workers.waiting} to come${run.workers.held ? `, ${run.workers.held} waiting for a decision` : ""}.</p>`;
  return html`<ul class="plain">${[...groups.values()].slice(0, 6).map((it) => html`<li>‖ ${clean(it.reason)} <span class="muted">${concerned(it)}</span></li>`)}
    ${groups.size > 6 ? html`<li class="muted">and ${groups.size - 6} more reasons</li>` : nothing}</ul>`;
}

/** Its own name is all that is to be said of a wave. */
function concerned(hold) {
  const wave = `wave ${hold.wave}`;
  if (hold.subjects.length > 1) return `${wave}, ${count(hold.subjects.length, "worker")}`;
  return hold.subjects[0] === wave ? wave : `${wave}, ${clean(hold.subjects[0])}`;
}

/** What stands where others have the time of their release. */
function notReleased(wave) {
  if (!wave.settledAt && wave.settled < wave.total) return "not yet";
  return wave.carriedOver && wave.carriedOver === wave.total ? "carried over" : "never";
}

function waves(run) {
  return html`<table class="table table-sm mb-0"><caption class="visually-hidden">Waves</caption>
    <thead><tr><th>Wave</th><th class="wide">Progress</th><th>Completed</th><th class="narrow-out">Released</th></tr></thead>
    <tbody>${run.waves.map((it) => {
      const share = (part) => (it.total ? (100 * part) / it.total : 0);
      const walked = run.settings?.rehearse;
      const words = walked ? `${it.settled} of ${it.total} walked through` : `${it.completed} of ${it.total} completed, ${it.settled - it.completed} ended otherwise`;
      return html`<tr><th scope="row">${it.wave} ${clean(it.name)}</th>
        <td class="wide">${bar([[share(it.completed), "done"], [share(it.settled - it.completed), walked ? "done" : "over"]], words)}</td>
        <td class="number-cell">${number(walked ? it.settled : it.completed)}/${number(it.total)}${it.weak ? html` <span class="muted">${it.weak} weak</span>` : nothing}</td>
        <td class="narrow-out">${it.releasedAt ? time(it.releasedAt) : notReleased(it)}${it.launchedBy ? html`<br><span class="small muted">by hand: ${clean(it.launchedBy)}</span>` : nothing}</td></tr>`;
    })}</tbody></table>${launch(run)}`;
}

export const cost = (it) => it.unpriced && it.unpriced === it.turns ? "no price known"
  : `$${it.costDollars.toFixed(4)}${it.unpriced ? ` and ${count(it.unpriced, "turn")} without a price` : ""}`;

function spend(run) {
  const row = (name, it) => html`<tr><th scope="row">${name}</th><td class="number-cell">${it.turns}</td><td class="number-cell">${it.tokensIn + it.tokensOut}</td><td class="number-cell">${cost(it)}</td></tr>`;
  return html`<table class="table table-sm mb-0"><caption class="visually-hidden">What its agents have used</caption>
    <thead><tr><th></th><th>Turns</th><th>Tokens</th><th>Cost</th></tr></thead>
    <tbody>${row("All", run.spend.total)}${Object.entries(run.spend.profiles).map(([name, it]) => row(`profile ${clean(name)}`, it))}
      ${run.waves.filter((it) => it.spend?.turns).map((it) => row(`wave ${it.wave}`, it.spend))}</tbody></table>`;
}

export function headroom() {
  const nodes = [...store.nodes.values()];
  if (!nodes.length) return empty("No node has reported.", html`<code>muster up</code> starts one`);
  return nodes.slice(0, 8).map((it) => html`<div class="node"><p><a href="#/nodes">${clean(it.name)}</a> ${badge(it.status)} ${it.open ? "takes work" : "takes no work"}${it.slots ? html` <span class="muted">${it.slotsBusy} of ${it.slots} slots busy</span>` : nothing}</p>
    ${it.limits ? html`${meter("CPU", it.cpuPercent, it.limits.cpuPercent)}${spark(it)}${meter("Memory", it.memoryPercent, it.limits.memoryPercent)}${meter("Disk", it.diskPercent, it.limits.diskPercent)}` : nothing}
    ${it.open || !it.reasons.length ? nothing : html`<p class="small mb-0">${clean(it.reasons.join("; "))}</p>`}</div>`);
}

function acts(run) {
  const ended = ENDED.includes(run.state) ? "the run has ended" : null;
  const path = (verb) => `/runs/${encodeURIComponent(run.id)}/${verb}`;
  const paused = run.state === "PAUSED";
  return html`<div class="acts">
    ${ended ? nothing : paused ? button("Resume", "operate", () => act(path("resume"), {}, "It goes on."))
      : button("Pause", "operate", () => act(path("pause"), {}, "It begins nothing more; what runs may end."))}
    ${run.workers.failed ? button("Retry what failed", "operate", () => act(path("retry"), {}, "What failed is tried again, and what was blocked by it.")) : nothing}
    ${run.results?.written ? html`<a class="btn btn-sm btn-outline-secondary" href="/api/v1/runs/${encodeURIComponent(run.id)}/archive" download>Results</a>` : nothing}
    ${run.settings?.folder ? html`<a class="btn btn-sm btn-outline-secondary" href=${href(["instructions"], { folder: run.settings.folder })}>Run again…</a>` : nothing}
    ${retag(run)}
    ${ended ? nothing : armed("cancel " + run.id, "Cancel", "operate", () => act(path("cancel"), {}, "It is being cancelled."), { kind: "outline-danger" })}
  </div>`;
}

export function overview(id) {
  const run = store.runs.get(id);
  if (!run) {
    return store.whole.has("runs") || store.absent === id
      ? empty("This run is not here.", html`<code>muster runs list</code>, or <a href="#/runs">all runs</a>`)
      : html`<p class="empty" aria-busy="true">Loading…</p>`;
  }
  const workers = [...store.workers.values()];
  const it = run.workers;
  return html`
    <div class="title"><div><h1>${clean(run.workforce)} ${badge(run.state)}${partly(run)}</h1>
      <p class="muted">${run.id}, began ${time(run.startedAt)}${run.startedBy ? `, started by ${clean(run.startedBy)}` : ""}, ${took(workSeconds(run))}${run.waitedSeconds < 1 ? "" : ` besides ${took(run.waitedSeconds)} of waiting for people`}; ${run.settings?.rehearse ? `${number(it.rehearsed)} of ${count(it.total, "worker")} walked through` : `${number(it.completed)} of ${count(it.total, "worker")} completed`}${it.weak ? `, ${it.weak} of them weak` : ""}, ${it.running} at work${run.settings?.replayed ? `; REPLAYED, no model was asked: ${clean(run.settings.replayed)}` : ""} ${tags(run)}</p></div>${acts(run)}</div>
    ${bypassed(id)}
    ${scope(run)}
    ${run.sandbox?.warning ? html`<p class="alert alert-warning">${clean(run.sandbox.warning)}</p>` : nothing}
    <div class="grid">
      <section class="panel"><h2>What needs you</h2>${needs(run)}${decided(run)}</section>
      <section class="panel"><h2>Why nothing more is released</h2>${holds(run)}</section>
      <section class="panel"><h2>Waves</h2>${outlook(run)}${waves(run)}</section>
      ${run.spend?.total.turns ? html`<section class="panel"><h2>Spend</h2>${spend(run)}<p class="small mb-0 mt-2"><a href=${href(["runs", id, "shared"])}>What its workers say to each other, and share</a></p></section>` : nothing}
      <section class="panel"><h2>Headroom</h2>${run.headroom?.closedSeconds ? html`<p class="small">For want of it, release paused ${took(run.headroom.closedSeconds)} in this run.</p>` : nothing}${headroom()}${pauses([...store.nodes.values()])}</section>
    </div>
    <section class="panel"><h2>Workers <a class="small fw-normal ms-2" href=${href(["runs", id, "workers"])}>as a table</a> <a class="small fw-normal ms-2" href=${href(["runs", id, "plan"])}>who waits for whom</a></h2>
      ${it.total > TILES_MAX ? html`<p class="mb-0">${count(it.total, "worker")} are too many for a tile each (up to ${TILES_MAX.toLocaleString("en")} have one).</p>` : workers.length ? html`${tiles(id, workers)}${legend(id, workers)}` : html`<p class="muted">Loading…</p>`}</section>`;
}
