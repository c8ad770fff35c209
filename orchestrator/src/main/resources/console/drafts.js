// What has been written and not saved: kept while one looks at other pages, and through a login.

const drafts = new Map();
const name = (folder, file) => `muster-draft ${folder} ${file}`;

function remembered(key) {
  try {
    return JSON.parse(sessionStorage.getItem(key));
  } catch {
    return null;
  }
}

/** The draft of a file, begun with what was read of it. */
export function draftOf(folder, it) {
  const key = name(folder, it.file);
  const known = drafts.get(key) ?? remembered(key);
  if (known && (known.digest === it.digest || known.text !== known.was)) {
    drafts.set(key, known);
    return known;
  }
  const text = it.text.replaceAll("\r\n", "\n");
  const crlf = it.text.includes("\r\n");
  const draft = { text, was: text, digest: it.digest, crlf };
  drafts.set(key, draft);
  return draft;
}

export function keepDraft(folder, file, draft) {
  try {
    if (draft.text === draft.was) sessionStorage.removeItem(name(folder, file));
    else sessionStorage.setItem(name(folder, file), JSON.stringify(draft));
  } catch {
    // Too large for the browser's store: it stays in this page.
  }
}

export function forgetDraft(folder, file) {
  drafts.delete(name(folder, file));
  sessionStorage.removeItem(name(folder, file));
}

export function isDirty(folder, file) {
  const draft = drafts.get(name(folder, file)) ?? remembered(name(folder, file));
  return Boolean(draft && draft.text !== draft.was);
}

addEventListener("beforeunload", (event) => {
  if ([...drafts.values()].some((it) => it.text !== it.was)) event.preventDefault();
});
