// A table of which only the rows in sight are drawn.
import { html, nothing } from "./lit-html.js";
import { changed, store } from "./store.js";

const HEIGHT = 37;
const AROUND = 10;
const ROWS_MAX = 200;

const blank = (rows, columns) => html`<tr aria-hidden="true" class="blank"><td colspan=${columns} .style=${`height:${rows * HEIGHT}px`}></td></tr>`;

/**
 * @param heads cells of the head: words, or {cell, sorted, narrow} where it is more
 * @param draw a `<tr>` of one line for each item
 * @param sight hears which rows are in sight
 */
export function rows(caption, heads, items, draw, sight = () => {}) {
  const top = store.ui.scrolled ?? 0;
  const first = Math.max(0, Math.min(items.length, Math.floor(top / HEIGHT) - AROUND));
  const last = Math.min(items.length, first + Math.min(ROWS_MAX, Math.ceil(innerHeight / HEIGHT) + 2 * AROUND));
  sight(first, last);
  const scrolled = (event) => {
    store.ui.scrolled = event.target.scrollTop;
    changed();
  };
  return html`<div class="rows" tabindex="0" role="region" aria-label=${caption} @scroll=${scrolled}>
    <table class="table table-sm table-hover mb-0" aria-rowcount=${items.length}><thead><tr>${heads.map((head) => html`<th scope="col" class=${head.narrow ?? nothing} aria-sort=${head.sorted ?? nothing}>${head.cell ?? head}</th>`)}</tr></thead>
      <tbody>${blank(first, heads.length)}${items.slice(first, last).map(draw)}${blank(items.length - last, heads.length)}</tbody></table></div>`;
}
