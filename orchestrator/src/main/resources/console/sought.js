// Which approvals somebody looks for: said by the address, found by the API, by every field it knows.
import { html, nothing } from "./lit-html.js";
import { get } from "./api.js";
import { line, words } from "./format.js";
import { refine } from "./route.js";
import { pending } from "./shell.js";
import { again, answer, store } from "./store.js";

const FIELDS = ["kind", "risk", "run"];
const RISKS = ["READ_ONLY", "WRITE", "ADMIN"];
const OUTSIDE = "null"; // a program's approval has no run
const LOOKS_MAX = 20;
const LOOK_AGAIN_MILLIS = 2_000;

/** Programs outside name their kinds as they like: a comma or a blank in a filter would find others, too. */
const PLAIN = /^[\w.:/-]+$/;

const valueOf = (query, name) => {
  const value = (query.get(name) ?? "").trim();
  return PLAIN.test(value) || !FIELDS.includes(name) ? value : "";
};

/** What of the address is the search: kept from tab to tab. */
export const searched = (query) => Object.fromEntries([...FIELDS, "text"].map((name) => [name, valueOf(query, name)]));

/** As the API takes it; empty for all. */
export const terms = (query) => [...FIELDS.filter((name) => valueOf(query, name)).map((name) => `${name}:${valueOf(query, name)}`), valueOf(query, "text")].filter(Boolean).join(" ");

/** Of very many the server looks through so many at once, and says where to go on. */
export async function withSome(path) {
  let page = await get(path);
  for (let i = 0; i < LOOKS_MAX && !page.items.length && page.next; i++) {
    page = await get(path.replace(/&cursor=.*$/, "") + "&cursor=" + encodeURIComponent(page.next));
  }
  return page;
}

/** Those that wait and fit: asked for again when others wait than before. */
export function waiting(filter) {
  const path = "/approvals?limit=200&filter=" + encodeURIComponent("state:PENDING " + filter);
  const name = "sought " + path;
  const entry = answer(name, () => withSome(path));
  const those = pending().map((it) => it.id).join();
  const seen = store.ui.sought?.name === name ? store.ui.sought : { name, those, at: Date.now() };
  store.ui.sought = seen;
  if (seen.those !== those && entry.state !== "loading" && Date.now() - seen.at > LOOK_AGAIN_MILLIS) {
    Object.assign(seen, { those, at: Date.now() });
    again(name, () => withSome(path));
  }
  return entry;
}

function find(event) {
  event.preventDefault();
  const { elements } = event.target;
  refine({ ...Object.fromEntries([...FIELDS, "text"].map((name) => [name, elements[name].value.trim()])), id: "", cursor: "" });
}

const option = (value, chosen, label = value) => html`<option value=${value} ?selected=${value === chosen}>${line(label, 60)}</option>`;
const choices = (values, chosen, all) => [option("", chosen, all), ...[...new Set([...values, ...(chosen ? [chosen] : [])])].sort().map((it) => option(it, chosen, it === OUTSIDE ? "programs outside" : it))];

/** @param items whose kinds and runs are offered */
export function form(query, items) {
  const of = (name) => valueOf(query, name);
  const known = [...items, ...pending()];
  const field = (name, label, values, all) => html`<label>${label} <select class="form-select form-select-sm" name=${name} @change=${(event) => event.target.form.requestSubmit()}>${choices(values, of(name), all)}</select></label>`;
  return html`<form class="filters" role="search" @submit=${find}>
    ${field("kind", "Kind", known.map((it) => it.kind).filter((it) => PLAIN.test(it)), "every kind")}
    <label>Risk <select class="form-select form-select-sm" name="risk" @change=${(event) => event.target.form.requestSubmit()}>${option("", of("risk"), "every risk")}${RISKS.map((it) => option(it, of("risk"), words(it)))}</select></label>
    ${field("run", "Run", known.map((it) => it.run ?? OUTSIDE), "every run")}
    <label class="long">Words <input class="form-control form-control-sm" type="search" name="text" .value=${of("text")} placeholder="or wave:2, node:NAME, worker:WORKER_007" maxlength="500"></label>
    <button class="btn btn-sm btn-outline-secondary">Find</button></form>`;
}
