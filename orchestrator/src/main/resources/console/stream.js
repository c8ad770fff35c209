// What this tab follows, over one line: snapshot, deltas, resumed by the id of the last event.
import { get } from "./api.js";
import { again, anew, changed, delta, forget, snapshot, store } from "./store.js";
import { events, socket } from "./wire.js";

const DEAF_AFTER_MILLIS = 40_000; // two heartbeats, and some
const AGAIN_MILLIS = 2_000;

/** A tile for each, and all that is known of each in memory: of more there is a table, page by page. */
export const TILES_MAX = 50_000;

/** So often a socket that never opened, though the server answers, is a gateway that lets none through. */
const REFUSED_MAX = 2;

let hangUp = null;
let refused = 0;
let lastId = "";
let follows; // undefined before the first
let whole = false; // with all workers of the run
let turn = 0;

const TAKES = { snapshot, reset: anew };
for (const topic of ["runs", "workers", "approvals", "nodes"]) TAKES[topic] = (data) => delta(topic, data);

function heard(id) {
  store.heardAt = Date.now();
  if (id) lastId = id;
  if (store.link !== "live") {
    store.link = "live";
    changed();
    others();
  }
}

function close() {
  hangUp?.();
  hangUp = null;
}

function open() {
  close();
  const by = refused < REFUSED_MAX ? socket : events;
  const run = store.absent === follows ? undefined : (follows ?? undefined);
  const wish = { topics: [...(whole && run ? ["runs", "workers"] : ["runs"]), "approvals", "nodes"], run, after: lastId || undefined };
  const mine = by(wish, {
    event(name, id, data) {
      if (name === "subscribed") refused = 0;
      heard(id);
      TAKES[name]?.(data);
    },
    lost(opened) {
      if (store.link === "ended") return;
      store.link = "reconnecting";
      changed();
      setTimeout(() => hangUp === mine && retry(opened), AGAIN_MILLIS);
    },
  });
  hangUp = mine;
}

/** Whether the server is there, and knows us: only then it was the line. */
async function retry(opened) {
  const mine = hangUp;
  try {
    await get("/me");
    if (!opened) refused += 1;
    if (follows && follows !== store.absent) await get("/runs/" + encodeURIComponent(follows)).catch((error) => missing(error, follows));
  } catch {
    if (store.link === "ended") return;
  }
  if (hangUp === mine) open();
}

/** @param all whether the page shows every worker; a stream that tells of them goes on doing so */
export async function follow(run, all) {
  if (follows === run && (whole || !all)) return;
  const other = follows !== run;
  const mine = (turn += 1);
  if (other) {
    follows = run;
    store.absent = null;
    whole = false;
    close();
    forget(run);
  }
  const tiles = all && (await fits(run));
  if (mine !== turn || (!other && !tiles)) return;
  whole = tiles;
  lastId = "";
  anew();
  open();
}

/** The run is shown as soon as it is known; its stream begins with it anyway. */
async function fits(run) {
  try {
    const known = store.runs.get(run) ?? (await get("/runs/" + encodeURIComponent(run)));
    if (follows === run) store.runs.set(run, known);
    changed();
    return known.workers.total <= TILES_MAX;
  } catch (error) {
    missing(error, run);
    return true; // The stream says what else is wrong.
  }
}

/** A stream of a run that is not there, or has been deleted, would be refused for ever. */
function missing(error, run) {
  if (error.status === 404 && follows === run) store.absent = run;
}

export function watch() {
  setInterval(() => {
    if (hangUp && store.link !== "ended" && Date.now() - store.heardAt > DEAF_AFTER_MILLIS && store.link === "live") {
      store.link = "reconnecting";
      open();
    }
    changed();
  }, 1_000);
  setInterval(others, 10_000);
}

/** What is let pass in the run that is followed: seldom, and by few, so that it is asked for. */
export const bypassesOf = (run) => get(`/runs/${encodeURIComponent(run)}/bypasses`);

/** While one run is followed, the others may need somebody, too. */
export async function others() {
  if (!follows || store.link !== "live") return;
  try {
    const page = await get("/approvals?limit=200&filter=" + encodeURIComponent("state:PENDING"));
    store.waiting = page.next ? `${page.items.length}+` : page.items.length;
    store.everywhere = page.items;
    changed();
    await again("bypasses " + follows, () => bypassesOf(follows));
  } catch {
    store.everywhere ??= []; // The header says already that nobody answers; refused to those of one workforce.
  }
}
