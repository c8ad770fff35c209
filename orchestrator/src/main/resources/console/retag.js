// What a run is found by: changed while it goes on, and after.
import { html } from "./lit-html.js";
import { act } from "./shell.js";
import { whyNot } from "./store.js";

/** `-word` takes away, any other adds. */
export function signed(text) {
  const words = text.split(/[\s,]+/).filter(Boolean);
  return {
    add: words.filter((it) => !it.startsWith("-")).map((it) => it.replace(/^[+]/, "")),
    remove: words.filter((it) => it.startsWith("-")).map((it) => it.slice(1)),
  };
}

async function submit(event, run) {
  event.preventDefault();
  const form = event.target;
  const change = signed(form.elements.tags.value);
  if (!change.add.length && !change.remove.length) return;
  if (!(await act(`/runs/${encodeURIComponent(run.id)}/tags`, change, "Its tags are changed."))) return;
  form.reset();
  form.closest("details").open = false;
}

export function retag(run) {
  const why = whyNot("operate");
  return html`<details class="retag"><summary class="btn btn-sm btn-outline-secondary">Tags…</summary>
    <form class="filters" @submit=${(event) => submit(event, run)}><label>Add, or take away with a minus <input class="form-control form-control-sm" name="tags" placeholder="+keep -nightly" maxlength="1000"></label>
      ${why ? html`<span class="muted">${why}</span>` : html`<button class="btn btn-sm btn-success">Change</button>`}</form></details>`;
}
