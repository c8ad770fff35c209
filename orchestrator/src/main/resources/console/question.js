// What an agent asks, and the field for the answer. Both are text and stay text.
import { html, nothing } from "./lit-html.js";
import { pre } from "./format.js";
import { act } from "./shell.js";
import { changed, store, whyNot } from "./store.js";

export const isQuestion = (it) => it.kind === "question";

/** The question that a worker waits for, if any. */
export const questionOf = (run, worker) => [...store.approvals.values()].find((it) => isQuestion(it) && it.state === "PENDING" && it.run === run && it.worker === worker);

/** @param done is told when somebody has answered, or when it was refused */
export function answering(it, done = () => {}) {
  const why = whyNot("decide");
  return html`<h2>It asks</h2>${pre(it.script, "Question")}
    ${it.state === "PENDING" ? html`<form class="reject" @submit=${(event) => send(event, it, done)}>
      <label for="answer-${it.id}">Your answer. The agent is told it as yours; it allows nothing.</label>
      <textarea id="answer-${it.id}" name="answer" class="form-control" rows="3" maxlength="2000" required></textarea>
      <div class="acts"><button class="btn btn-sm btn-success" ?disabled=${Boolean(why)}>Answer</button></div></form>
      ${why ? html`<p class="small muted">You cannot answer: ${why}.</p>` : nothing}` : nothing}`;
}

async function send(event, it, done) {
  event.preventDefault();
  const text = event.target.elements.answer.value.trim();
  if (!text) return;
  const path = `/runs/${encodeURIComponent(it.run)}/workers/${encodeURIComponent(it.worker)}/answer`;
  const now = await act(path, { answer: text, digest: it.digest }, `${it.worker} is told.`);
  if (now) store.approvals.set(now.id, now);
  done(now);
  changed();
}
