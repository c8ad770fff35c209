// A long list of the server's: read page by page as one scrolls, and never all of it.
import { get } from "./api.js";
import { changed, store } from "./store.js";

export const KEPT_MAX = 2_000;
const PAGE = 200;
const LOOK_AGAIN_MILLIS = 2_000;

/** A page looks at 1,000 rows at most; where few fit, more are asked for, but not without end. */
export const ASKED_AT_ONCE_MAX = 25;
export const LOOKED_AT = 1_000;

const withCursor = (path, cursor) => path + (path.includes("?") ? "&" : "?") + `limit=${PAGE}` + (cursor ? "&cursor=" + encodeURIComponent(cursor) : "");

/**
 * @param path with filter and order
 * @param from the cursor it begins at; "" at the beginning
 * @param beat another one whenever something may have changed
 */
export function paged(path, from, beat) {
  const name = path + " " + from;
  if (store.ui.paged?.name !== name) {
    store.ui.paged = { name, path, from, pages: [], items: [], next: from, end: false, error: null, busy: false, beat, lookedAt: Date.now() };
    store.ui.scrolled = 0;
    requestAnimationFrame(() => document.querySelector(".rows")?.scrollTo(0, 0));
    more(store.ui.paged, 1);
  }
  const list = store.ui.paged;
  if (list.beat !== beat && !list.busy && list.pages.length && Date.now() - list.lookedAt > LOOK_AGAIN_MILLIS) {
    list.beat = beat;
    again(list);
  }
  return list;
}

/** Whoever reached the last rows of what is known wants more. */
export function reached(list, last) {
  if (last >= list.items.length - PAGE / 4 && !list.end && !list.busy && !list.error && !list.sparse && list.items.length < KEPT_MAX) more(list, list.items.length + PAGE / 2);
}

/** Goes on until there are so many. */
export async function more(list, wanted) {
  list.busy = true;
  list.error = null;
  list.sparse = false;
  try {
    for (let asked = 0; list.items.length < wanted && !list.end && list.items.length < KEPT_MAX; asked += 1) {
      if (asked >= ASKED_AT_ONCE_MAX) {
        list.sparse = true;
        break;
      }
      const cursor = list.next;
      const page = await get(withCursor(list.path, cursor));
      if (store.ui.paged !== list) return;
      list.pages.push({ cursor, items: page.items });
      list.next = page.next;
      list.end = !page.next;
      flatten(list);
    }
  } catch (error) {
    list.error = error;
  }
  list.busy = false;
  changed();
}

/** The page that is looked at; those after it only while they still begin where it ends. */
async function again(list) {
  list.busy = true;
  list.lookedAt = Date.now();
  let seen = list.inSight ?? 0;
  let at = 0;
  while (at < list.pages.length - 1 && seen >= list.pages[at].items.length) seen -= list.pages[at++].items.length;
  try {
    const page = await get(withCursor(list.path, list.pages[at].cursor));
    if (store.ui.paged !== list) return;
    list.pages[at].items = page.items;
    if (at === list.pages.length - 1 || list.pages[at + 1].cursor !== page.next) {
      list.pages.length = at + 1;
      list.next = page.next;
      list.end = !page.next;
    }
    flatten(list);
  } catch {
    // What was known stays; the header says when nobody answers.
  }
  list.busy = false;
  changed();
}

function flatten(list) {
  list.items = list.pages.flatMap((page) => page.items);
}

/** What fits, from the beginning, `most` of it at most: to count, and to act on exactly these. */
export async function counted(path, most) {
  const items = [];
  let cursor = "";
  let asked = 0;
  do {
    const page = await get(withCursor(path, cursor));
    items.push(...page.items);
    cursor = page.next ?? "";
    asked += 1;
  } while (cursor && items.length < most && asked < most / PAGE + ASKED_AT_ONCE_MAX);
  return { items: items.slice(0, most), more: Boolean(cursor) || items.length > most };
}
