// The one event stream of this tab: snapshot, deltas, resumed by the id of the last event.
import { get } from "./api.js";
import { again, anew, changed, delta, forget, snapshot, store } from "./store.js";

const DEAF_AFTER_MILLIS = 40_000; // two heartbeats, and some
const AGAIN_MILLIS = 2_000;

/** A tile for each, and all that is known of each in memory: of more there is a table, page by page. */
export const TILES_MAX = 50_000;

let source = null;
let lastId = "";
let follows; // undefined before the first
let whole = false; // with all workers of the run
let turn = 0;

function heard(event) {
  store.heardAt = Date.now();
  if (event.lastEventId) lastId = event.lastEventId;
  if (store.link !== "live") {
    store.link = "live";
    changed();
    others();
  }
}

function open() {
  source?.close();
  const mine = new EventSource(url());
  source = mine;
  mine.onopen = (event) => heard(event);
  mine.onerror = () => {
    if (mine !== source || store.link === "ended") return;
    store.link = "reconnecting";
    changed();
    if (mine.readyState === EventSource.CLOSED) setTimeout(() => mine === source && retry(), AGAIN_MILLIS);
  };
  const on = (name, take) =>
    mine.addEventListener(name, (event) => {
      if (mine !== source) return;
      heard(event);
      take(JSON.parse(event.data));
    });
  on("snapshot", snapshot);
  on("reset", anew);
  on("heartbeat", () => {});
  for (const topic of ["runs", "workers", "approvals", "nodes"]) on(topic, (data) => delta(topic, data));
}

function url() {
  const query = new URLSearchParams({ topics: whole ? "runs,workers,approvals,nodes" : "runs,approvals,nodes" });
  if (follows) query.set("run", follows);
  if (lastId) query.set("lastEventId", lastId);
  return "/api/v1/events?" + query;
}

/** A refusal ends an EventSource for good: find out why before trying again. */
async function retry() {
  try {
    await get("/me");
  } catch {
    if (store.link === "ended") return;
  }
  open();
}

/** @param all whether the page shows every worker; a stream that tells of them goes on doing so */
export async function follow(run, all) {
  if (follows === run && (whole || !all)) return;
  const other = follows !== run;
  const mine = (turn += 1);
  if (other) {
    follows = run;
    whole = false;
    source?.close();
    source = null;
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
  } catch {
    return true; // The stream says what is wrong.
  }
}

export function watch() {
  setInterval(() => {
    if (source && store.link !== "ended" && Date.now() - store.heardAt > DEAF_AFTER_MILLIS && store.link === "live") {
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
    store.waiting = page.items.length;
    store.everywhere = page.items;
    changed();
    await again("bypasses " + follows, () => bypassesOf(follows));
  } catch {
    store.everywhere ??= []; // The header says already that nobody answers; refused to those of one workforce.
  }
}
