// Markdown as it reads. Only nodes of our own making: text of others never becomes HTML.
import { html, nothing } from "./lit-html.js";
import { clean, count } from "./format.js";

const LINES_MAX = 3_000;
const INLINE = /`([^`\n]+)`|\*\*([^*\n]+)\*\*/g;

function inline(text) {
  const parts = [];
  let at = 0;
  for (const found of text.matchAll(INLINE)) {
    parts.push(clean(text.slice(at, found.index)), found[1] !== undefined ? html`<code>${clean(found[1])}</code>` : html`<strong>${clean(found[2])}</strong>`);
    at = found.index + found[0].length;
  }
  return [...parts, clean(text.slice(at))];
}

function heading(level, words) {
  if (level === 1) return html`<h3>${inline(words)}</h3>`;
  return level === 2 ? html`<h4>${inline(words)}</h4>` : html`<h5>${inline(words)}</h5>`;
}

/** A checkbox is a glyph: it is not one to press. */
function item(text) {
  const box = /^\[([ xX])\]\s+(.*)$/.exec(text);
  return html`<li>${box ? html`<span aria-hidden="true">${box[1] === " " ? "☐" : "☑"}</span> ${inline(box[2])}` : inline(text)}</li>`;
}

export function markdown(text) {
  const all = text.replaceAll("\r\n", "\n").split("\n");
  const lines = all.slice(0, LINES_MAX);
  const blocks = [];
  let at = 0;
  const take = (fits) => {
    const taken = [];
    while (at < lines.length && fits(lines[at])) taken.push(lines[at++]);
    return taken;
  };
  while (at < lines.length) {
    const first = lines[at];
    const fence = /^\s*(`{3,}|~{3,})(.*)$/.exec(first);
    const title = /^(#{1,6})\s+(.*)$/.exec(first);
    if (fence) {
      at++;
      const body = take((it) => !it.trim().startsWith(fence[1]));
      at++;
      const what = clean(fence[2].trim() || "text");
      blocks.push(html`<p class="small muted mb-0">${what}</p><pre tabindex="0" role="region" aria-label=${what}>${clean(body.join("\n"))}</pre>`);
    } else if (title) {
      at++;
      blocks.push(heading(title[1].length, title[2]));
    } else if (/^\s*([-*+]|\d+[.)])\s+/.test(first)) {
      blocks.push(html`<ul>${take((it) => /^\s*([-*+]|\d+[.)])\s+/.test(it)).map((it) => item(it.replace(/^\s*([-*+]|\d+[.)])\s+/, "")))}</ul>`);
    } else if (/^\s*([-*_])(\s*\1){2,}\s*$/.test(first)) {
      at++;
      blocks.push(html`<hr>`);
    } else if (/^\s*\|/.test(first)) {
      blocks.push(html`<pre tabindex="0" role="region" aria-label="Table">${clean(take((it) => /^\s*\|/.test(it)).join("\n"))}</pre>`);
    } else if (first.trim()) {
      blocks.push(html`<p>${take((it) => it.trim() && !/^\s*([-*+]|\d+[.)])\s|^#{1,6}\s|^\s*(`{3,}|~{3,})|^\s*\|/.test(it)).map((it) => html`${inline(it)}<br>`)}</p>`);
    }
    // What fits nothing else is passed over line by line, so that this always ends.
    if (at < lines.length && lines[at] === first) at++;
  }
  return html`<div class="rendered" tabindex="0" role="region" aria-label="As it reads">${blocks}${all.length > LINES_MAX ? html`<p class="muted">${count(all.length - LINES_MAX, "more line")}.</p>` : nothing}</div>`;
}
