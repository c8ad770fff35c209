// What waits for a decision: the consequence, exactly what would happen, and two presses to say yes.
import { html, nothing } from "./lit-html.js";
import { get } from "./api.js";
import { badge, bytes, clean, count, empty, left, line, pre, shown, time, took, voices } from "./format.js";
import { href, refine } from "./route.js";
import { act, armed, button, pending, say } from "./shell.js";
import { bypassed, many, passForm } from "./latitude.js";
import { cursor, next } from "./lists.js";
import { notifyButton } from "./notify.js";
import { preview } from "./preview.js";
import { answering, isQuestion } from "./question.js";
import { form, searched, terms, waiting, withSome } from "./sought.js";
import { again, answer, changed, drop, dropAll, store, whyNot } from "./store.js";

const VIEWS = [["waiting", "Waiting"], ["decided", "Decided"], ["expired", "Expired"]];
const STATES = { decided: "APPROVED,AUTO_APPROVED,REJECTED,CLOSED", expired: "EXPIRED" };
const PAGE = 100;
const FEW = 3; // are seen at a glance
const SHOWN_MAX = 200;
const KNOWN = "approvals ";

const oldest = (a, b) => a.requestedAt.localeCompare(b.requestedAt);

/** A page, the newest first. What is expired has pages of its own, however much was decided since. */
function past(view, query) {
  const path = `/approvals?limit=${PAGE}&sort=-requestedAt&filter=${encodeURIComponent(`state:${STATES[view]} ${terms(query)}`.trim())}${cursor(query)}`;
  return answer(KNOWN + path, () => withSome(path));
}

function listed(view, query) {
  if (view !== "waiting") {
    const entry = past(view, query);
    return entry.state === "there" ? entry.value.items : entry;
  }
  const filter = terms(query);
  const entry = filter ? waiting(filter) : null;
  if (entry && entry.state !== "there") return entry;
  // What was decided while it was looked at stays, so that it can be said by whom.
  const kept = store.ui.kept?.filter === filter ? store.ui.kept : { filter, of: new Map() };
  store.ui.kept = kept;
  keep(kept.of, entry ? entry.value.items : pending());
  return [...kept.of.values()].sort(oldest);
}

/** No decision is ever taken back, and a snapshot holds only what waits: what of that is in neither has been decided unseen. */
function keep(known, waits) {
  for (const it of waits) if ((known.get(it.id)?.state ?? "PENDING") === "PENDING") known.set(it.id, it);
  const here = new Set(waits.map((it) => it.id));
  for (const [id, it] of known) {
    const now = store.approvals.get(id) ?? it;
    known.set(id, now);
    if (now.state !== "PENDING" || here.has(id) || store.approvals.has(id) || !store.whole.has("approvals")) continue;
    known.delete(id);
    drop("approval " + id); // asked for anew where the address names it
  }
}

const viewOf = (query) => (Object.hasOwn(STATES, query.get("view")) ? query.get("view") : "waiting");

export function approvals(query) {
  const view = viewOf(query);
  const items = listed(view, query);
  const tabs = html`<nav aria-label="Which approvals"><ul class="tabs">${VIEWS.map(([name, label]) => html`<li><a href=${href(["approvals"], { ...searched(query), view: name === "waiting" ? "" : name })} aria-current=${name === view ? "page" : nothing}>${label}${name === "waiting" && pending().length ? ` (${pending().length})` : ""}</a></li>`)}</ul></nav>`;
  const head = html`<div class="title"><h1>Approvals</h1><p class="muted narrow-out"><kbd>J</kbd> <kbd>K</kbd> next, previous · <kbd>A</kbd> approve · <kbd>R</kbd> reject ${notifyButton()}</p></div>${tabs}`;
  const filter = terms(query);
  const there = Array.isArray(items);
  const search = !there || items.length > FEW || filter ? form(query, there ? items : []) : nothing;
  // One template: the form stays where it is, with what is being typed, while the list is asked for.
  return html`${head}${search}${there ? found(view, query, items) : shown(items, () => nothing)}`;
}

function found(view, query, items) {
  const filter = terms(query);
  const id = query.get("id");
  const chosen = items.find((it) => it.id === id) ?? (id ? elsewhere(id) : items[0]);
  if (!chosen && id) return named(id).state === "loading" ? html`<p class="empty" aria-busy="true">Loading…</p>` : empty("This approval is not here.", html`<a href=${href(["approvals"])}>Show all</a>`);
  if (!chosen && filter) return html`${empty("No approval fits.", html`<a href=${href(["approvals"], { view: view === "waiting" ? "" : view })}>Show all</a>`)}${view === "waiting" ? nothing : next(past(view, query).value, query)}`;
  if (!chosen) return view !== "waiting" ? html`${empty("Nothing here yet.", view === "expired" ? "What nobody answered in time is shown here, and can be asked again." : "What was decided is shown here, with who and why.")}${next(past(view, query).value, query)}` : store.whole.has("approvals") ? empty("Nothing waits for you.", "Requests arrive here by themselves; the title of this tab counts them.") : html`<p class="empty" aria-busy="true">Loading…</p>`;
  return html`${view === "waiting" ? many(filter) : nothing}${chosen.run ? bypassed(chosen.run) : nothing}<div class="split">
    <div><ul class="choices" aria-label="Approvals">${items.slice(0, SHOWN_MAX).map((it) => html`<li><a href=${href(["approvals"], { ...Object.fromEntries(query), id: it.id })} aria-current=${it.id === chosen.id ? "true" : nothing}>
      <strong>${clean(it.worker)}</strong> ${it.state === "PENDING" ? html`<span class="muted">${took(left(it.deadline))} left${it.votes.length ? `; ${voices(it)} approved` : ""}</span>` : badge(it.state)}<br>${line(it.consequence, 90)}</a></li>`)}</ul>${items.length > SHOWN_MAX ? html`<p class="small muted">${SHOWN_MAX} of ${items.length.toLocaleString("en")} shown.</p>` : nothing}${view === "waiting" ? nothing : next(past(view, query).value, query)}</div>
    ${detail(chosen)}</div>`;
}

/** One that is named by the address, but not in the list. */
function elsewhere(id) {
  return store.approvals.get(id) ?? named(id).value;
}

const named = (id) => answer("approval " + id, () => get("/approvals/" + encodeURIComponent(id)));

const LEVELS = { READ_ONLY: "only reads", WRITE: "writes", ADMIN: "may do anything the sandbox lets it" };

function detail(it) {
  const waits = it.state === "PENDING";
  if (isQuestion(it)) return asked(it);
  return html`<article class="panel" aria-label="Approval ${it.id}">
    <p class="ask">${clean(it.consequence)}</p>
    ${verdict(it)}
    ${it.mayHaveRun ? html`<p class="alert alert-warning">A crash left open whether this has run already.</p>` : nothing}
    ${it.bound?.changes.length ? html`<p class="alert alert-warning">Different from what was asked before: ${clean(it.bound.changes.join("; "))}</p>` : nothing}
    <dl>
      <dt>Who asks</dt><dd>${clean(it.worker)}${it.run ? html` of <a href=${href(["runs", it.run])}>${it.run}</a>` : " (another program; the words are its own)"}</dd>
      ${it.why ? html`<dt>Why</dt><dd><q class="own">${line(it.why, 500)}</q> <span class="muted">its own words; nobody has checked them</span></dd>` : nothing}
      <dt>Kind</dt><dd>${clean(it.kind)}, ${LEVELS[it.risk]}${it.network ? ", with network" : ", no network"}</dd>
      <dt>May write</dt><dd>${it.writes.length ? it.writes.slice(0, 50).map((path) => html`<code>${line(path)}</code> `) : "nothing outside its workspace"}</dd>
      ${it.workingFolder ? html`<dt>Works in</dt><dd><code>${clean(it.workingFolder)}</code></dd>` : nothing}
      ${it.check ? html`<dt>Checked by</dt><dd><code>${clean(it.check)}</code></dd>` : nothing}
      ${!it.check && it.bound?.afterCrash ? html`<dt>Checked by</dt><dd>${clean(it.bound.afterCrash)}, after a crash</dd>` : nothing}
      <dt>Digest</dt><dd><code class="digest">${it.digest}</code></dd>
    </dl>
    ${preview(it)}
    <h2>Exactly this would run</h2>${pre(it.script || "(no script)", "Script")}
    ${it.bound?.files.length ? html`<details><summary>${count(it.bound.files.length, "file")} that the digest covers</summary>${it.bound.files.map((file) => html`<p class="mb-1"><code>${line(file.path)}</code> <span class="muted">${clean(file.place)}, ${bytes(file.bytes)}</span></p>${file.text ? pre(file.text, file.path) : nothing}`)}</details>` : nothing}
    ${waits ? deciding(it) : nothing}
    ${it.state === "EXPIRED" && it.run ? html`<div class="acts">${button("Ask again", "operate", () => reopen(it))}</div><p class="small muted">Nobody answered in time, so that nothing was done. ${clean(it.worker)} tries again, and asks anew.</p>` : nothing}</article>`;
}

/** Nothing would run, so that there is nothing to approve. */
function asked(it) {
  return html`<article class="panel" aria-label="Approval ${it.id}">
    <p class="ask">${clean(it.worker)} of <a href=${href(["runs", it.run, "workers", it.worker])}>${it.run}</a> waits for an answer</p>
    ${verdict(it)}${answering(it, (now) => answered(it, now))}
    ${it.state === "PENDING" ? html`<div class="acts">${button("No answer…", "decide", () => beginReject(it), { kind: "outline-danger" })}${button("1 h more", "decide", () => extend(it))}</div>${rejecting(it)}` : nothing}</article>`;
}

function answered(it, now) {
  dropAll(KNOWN);
  return now ? stop() : faster(it);
}

function verdict(it) {
  const votes = it.state === "PENDING" ? takes(it) : nothing;
  if (it.state === "PENDING") return html`<p class="muted">${left(it.deadline) > 0 ? `${took(left(it.deadline))} left, until ${time(it.deadline)}` : "its time is over"}</p>${votes}`;
  const by = it.decidedBy ? ` by ${clean(it.decidedBy)}` : "";
  return html`<p>${badge(it.state)}${by}${it.decidedAt ? ` at ${time(it.decidedAt)}` : ""}${it.reason ? html`: ${clean(it.reason)}` : nothing}</p>`;
}

/** Asked anew with each voice, since it may be escalated meanwhile. */
const policyOf = (it) => answer(`policy ${it.id} ${it.escalatedAt ?? ""}`, () => get(`/approvals/${encodeURIComponent(it.id)}/policy`)).value;

/** `role:admin` is whoever has that role. */
const people = (names) => clean(names.map((it) => it.replace(/^role:/, "any ")).join(" or "));

const OVER = { EXPIRE: "it expires, and nothing is done", HOLD: "it goes on waiting" };

/** Whom it takes, who has approved so far, and what becomes of it when nobody answers. */
function takes(it) {
  const policy = policyOf(it);
  const whom = policy?.words ? `Takes ${clean(policy.words)}. ` : "";
  const far = policy?.people > 1 || it.votes.length ? `${it.votes.length ? `${voices(it)} ${it.votes.length > 1 ? "have" : "has"} approved` : "Nobody has approved yet"} (${it.votes.length} of ${Math.max(policy?.people ?? 1, ...it.votes.map((vote) => vote.people))}). ` : "";
  const others = policy ? people(policy.escalateTo) : "";
  const then = !policy ? "" : it.escalatedAt ? `Nobody answered in time: since ${time(it.escalatedAt)} ${others} may approve it besides.` : policy.then === "ESCALATE" ? `If nobody answers, ${others} may besides.` : `If nobody answers, ${OVER[policy.then]}.`;
  return html`<p>${whom}${far}<span class="muted">${then}</span></p>`;
}

function deciding(it) {
  const policy = policyOf(it);
  const notMine = policy && !policy.mayApprove ? `takes ${policy.words}${it.escalatedAt ? " or " + people(policy.escalateTo) : ""}` : it.votes.some((vote) => vote.by === store.me?.name) ? "you have approved it; it takes somebody else, too" : null;
  return html`<div class="acts">
      ${armed("approve " + it.id, "Approve", "decide", () => approve(it), { kind: "success", refused: notMine })}
      ${button("Reject…", "decide", () => beginReject(it), { kind: "outline-danger" })}
      ${it.run ? button("1 h more", "decide", () => extend(it)) : nothing}
      ${it.run && it.kind !== "agent_budget" ? button("Let this kind pass…", "decide", () => { store.ui.passing = it.id; changed(); }) : nothing}</div>
    ${whyNot("decide") ? html`<p class="small muted">You cannot decide: ${whyNot("decide")}.</p>` : nothing}
    ${rejecting(it)}
    ${store.ui.passing === it.id ? passForm(it.run, it.kind) : nothing}`;
}

function rejecting(it) {
  if (store.ui.rejecting !== it.id) return nothing;
  return html`<form class="reject" @submit=${(event) => reject(event, it)}>
      <label for="reason">Why not? This reaches the worker.</label>
      <textarea id="reason" class="form-control" rows="2" maxlength="2000" required @keydown=${leave}></textarea>
      <div class="acts"><button class="btn btn-sm btn-danger">Reject with this reason</button><button type="button" class="btn btn-sm btn-outline-secondary" @click=${stop}>Leave it</button></div></form>`;
}

async function extend(it) {
  const later = await act(`/approvals/${encodeURIComponent(it.id)}/extend`, { minutes: 60 }, (now) => `There is time until ${time(now.deadline)}.`);
  if (!later) return;
  store.approvals.set(later.id, later);
  changed();
}

async function reopen(it) {
  if (await act(`/approvals/${encodeURIComponent(it.id)}/reopen`, {}, `${it.worker} tries again; what it asks comes to Waiting.`)) dropAll(KNOWN);
}

function leave(event) {
  if (event.key === "Escape") stop();
}

function stop() {
  store.ui.rejecting = null;
  changed();
}

function beginReject(it) {
  store.ui.rejecting = it.id;
  changed();
  requestAnimationFrame(() => requestAnimationFrame(() => document.getElementById("reason")?.focus()));
}

/** Always with the digest of what was shown. */
async function decide(it, verb, body, words) {
  const now = await act(`/approvals/${encodeURIComponent(it.id)}/${verb}`, { digest: it.digest, ...body }, words);
  dropAll(KNOWN);
  if (now) {
    store.approvals.set(now.id, now);
    stop();
    return;
  }
  await faster(it);
}

/** Somebody may have been. */
async function faster(it) {
  await again("approval " + it.id, () => get("/approvals/" + encodeURIComponent(it.id)));
  const seen = answer("approval " + it.id, () => {}).value;
  if (!seen) return;
  store.approvals.set(seen.id, seen);
  if (seen.state !== "PENDING") say(`already ${seen.state.toLowerCase().replace("_", " ")}${seen.decidedBy ? " by " + seen.decidedBy : ""}`, true);
}

/** Two may press at once: the second is told whose word it was. */
const approve = (it) => decide(it, "approve", {}, (now) => now.state === "APPROVED" && !now.decidedBy?.split(/,\s*/).includes(store.me.name) ? `Already approved by ${now.decidedBy}.` : `${it.worker} may go on.`);

function reject(event, it) {
  event.preventDefault();
  const reason = document.getElementById("reason").value.trim();
  if (reason) decide(it, "reject", { reason }, `Rejected; ${it.worker} is told why.`);
}

export function approvalKeys(event) {
  const query = new URLSearchParams(location.hash.split("?")[1] ?? "");
  const items = listed(viewOf(query), query);
  if (!Array.isArray(items) || !items.length) return;
  const named = items.findIndex((it) => it.id === query.get("id"));
  const at = Math.max(0, named);
  const key = event.key.toLowerCase();
  if (key === "j" || key === "k") {
    const to = Math.min(items.length - 1, Math.max(0, at + (key === "j" ? 1 : -1)));
    store.ui.armed = null;
    refine({ id: items[to].id });
  } else if (query.get("id") && named < 0) {
    return; // What is looked at is not in the list; another is not decided in its place.
  } else if (key === "a" && isQuestion(items[at])) {
    event.preventDefault();
    document.getElementById("answer-" + items[at].id)?.focus();
  } else if ((key === "a" || key === "r") && items[at].state === "PENDING") {
    const why = whyNot("decide");
    if (why) return say(why, true);
    event.preventDefault();
    if (key === "r") return beginReject(items[at]);
    if (store.ui.armed === "approve " + items[at].id) {
      store.ui.armed = null;
      approve(items[at]);
    } else {
      store.ui.armed = "approve " + items[at].id;
      say("Press A again to approve.");
    }
  }
}
