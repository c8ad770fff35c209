// What the workers of a run share: what they say in the rooms of their waves, and values.
import { html, nothing } from "./lit-html.js";
import { get } from "./api.js";
import { clean, empty, line, pre, shown, time } from "./format.js";
import { cursor } from "./lists.js";
import { href, refine } from "./route.js";
import { again, answer } from "./store.js";

const TABS = [["room", "Room"], ["state", "State"]];

export function shared(run, query) {
  const tab = query.get("tab") === "state" ? "state" : "room";
  const path = `/runs/${encodeURIComponent(run)}/${tab}?limit=100${cursor(query)}`;
  return html`<div class="title"><div><h1>What its workers share</h1><p class="muted">${run}; <a href=${href(["runs", run])}>back to the run</a>. All of it is their own words.</p></div>
      <div class="acts"><button type="button" class="btn btn-sm btn-outline-secondary" @click=${() => again(path, () => get(path))}>Look again</button></div></div>
    <nav aria-label="What is shared"><ul class="tabs">${TABS.map(([name, label]) => html`<li><a href=${href(["runs", run, "shared"], { tab: name })} aria-current=${name === tab ? "page" : nothing}>${label}</a></li>`)}</ul></nav>
    ${shown(answer(path, () => get(path)), (page) => html`<section class="panel" aria-label=${tab}>${tab === "room" ? room(run, page.items) : state(run, page.items)}${further(page, query)}</section>`)}`;
}

const further = (page, query) => html`<p class="acts mb-0">${query.get("cursor") ? html`<button type="button" class="btn btn-sm btn-outline-secondary" @click=${() => refine({ cursor: "" })}>To the first</button>` : nothing}
  ${page.next ? html`<button type="button" class="btn btn-sm btn-outline-secondary" @click=${() => refine({ cursor: page.next })}>More</button>` : nothing}</p>`;

const link = (run, id) => html`<a href=${href(["runs", run, "workers", id])}>${id}</a>`;

function room(run, messages) {
  if (!messages.length) return empty("Nobody has said anything in a room of this run.", html`agents say things with the tools <code>room_post</code> and <code>room_ask</code>`);
  return messages.map((it, index) => html`${messages[index - 1]?.wave === it.wave ? nothing : html`<h2>Wave ${it.wave}</h2>`}
    ${it.worker ? html`<p class="mb-1">#${it.number} <span class="muted">${time(it.at)}</span> ${link(run, it.worker)}${heading(run, it)}</p>` : nothing}${pre(it.text, it.worker ? `What ${it.worker} says` : `How the room of wave ${it.wave} began`)}`);
}

function heading(run, it) {
  const to = it.to ? link(run, it.to) : nothing;
  const floor = it.floor ? html` <span class="muted">(${clean(it.floor)})</span>` : nothing;
  if (it.waitsUntil) return html` asks ${to}, and waits until ${time(it.waitsUntil)}${floor}`;
  if (it.answers) return html` answers #${it.answers}${floor}`;
  return html`${it.to ? html` to ${to}` : nothing}${floor}`;
}

function state(run, values) {
  if (!values.length) return empty("Its workers share no value.", html`agents set them with the tool <code>state_put</code>`);
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Values"><table class="table table-sm"><thead><tr><th>Key</th><th>Value</th><th class="number-cell">Version</th><th>By</th><th class="narrow-out">At</th></tr></thead><tbody>
    ${values.map((it) => html`<tr><th scope="row">${line(it.key, 100)}</th><td>${line(it.value, 300)}</td><td class="number-cell">${it.version}</td><td>${link(run, it.worker)}</td><td class="narrow-out">${time(it.at)}</td></tr>`)}</tbody></table></div>`;
}
