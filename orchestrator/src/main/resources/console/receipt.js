// What the runtime found when it ran the tests itself, with the texts that it ran.
import { html, nothing } from "./lit-html.js";
import { text } from "./api.js";
import { clean, empty, pre, took } from "./format.js";
import { answer } from "./store.js";

const FENCE = /^( {0,3})(`{3,}|~{3,})[^\n]*\n([\s\S]*?)^ {0,3}\2[^\S\n]*$/gm;

async function sha256(words) {
  const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(words));
  return [...new Uint8Array(bytes)].map((it) => it.toString(16).padStart(2, "0")).join("");
}

/** Scripts of an instruction by their digests: what is shown as what ran is that, to the last letter. */
async function scripts(path) {
  const found = new Map();
  if (!crypto.subtle) return found; // Only over https, and on this machine.
  const words = (await text(path + "/instruction")).replaceAll("\r\n", "\n");
  for (const [, , , script] of words.matchAll(FENCE)) {
    for (const each of [script, script.replace(/\n$/, "")]) found.set(await sha256(each), each);
  }
  return found;
}

export function receipt(path, it) {
  if (!it) return empty("No receipt yet.", "One is written when its tests have been run by the runtime.");
  const known = answer("scripts " + path, () => scripts(path)).value;
  return html`<p>${it.passed ? "✓ passed" : "✗ did not pass"}${it.weak ? html`, but weak: ${clean(it.weakBecause ?? "a test that took part cannot fail")}` : nothing}${it.failure ? html`: ${clean(it.failure)}` : nothing}</p>
    <p class="muted">${clean(it.signature.words)}</p>
    <h2>Tests</h2>${it.tests.map((test) => html`<p class="mb-1">${test.passed ? "✓" : "✗"} exit ${test.exitCode}, ${took(test.durationSeconds)}${test.note ? "; " + clean(test.note) : ""} <span class="muted">${clean(test.command)}</span></p>${pre(known?.get(test.scriptSha256) ?? test.command, "Test")}`)}`;
}
