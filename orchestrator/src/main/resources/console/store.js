// What is known, and one render per animation frame when it has changed.

export const store = {
  me: null,
  link: "connecting", // or live, reconnecting, ended
  heardAt: 0,
  run: null, // whose workers are followed
  absent: null, // the run that the address names, where there is none
  runs: new Map(),
  workers: new Map(),
  approvals: new Map(),
  nodes: new Map(),
  whole: new Set(), // topics whose snapshot is complete
  waiting: null, // how many approvals of all runs are pending, or 200+, while one run is followed
  everywhere: null, // and which
  ui: {}, // what a page remembers until it is left
  said: null, // the last answer to an act: {text, bad}
};

const HIDDEN_MILLIS = 1_000;

let render = () => {};
let asked = false;

export function onChange(draw) {
  render = draw;
}

/** A tab that nobody looks at has no frames, and still tells the desktop and its title what waits. */
export function changed() {
  if (asked) return;
  asked = true;
  const draw = () => {
    asked = false;
    render();
  };
  if (document.hidden) setTimeout(draw, HIDDEN_MILLIS);
  else requestAnimationFrame(draw);
}

/** A frame that was asked for may never come once the tab is hidden. */
document.addEventListener("visibilitychange", () => {
  asked = false;
  changed();
});

const key = (topic, item) => (topic === "nodes" ? item.name : item.id);
/** What has come of a snapshot that is not complete: by topic, the entries. */
const gathered = new Map();

/**
 * A snapshot comes in pieces. The first ever is shown as it comes; another one is gathered aside, so
 * that nothing disappears that is still there, and takes the place of what was known when complete.
 */
export function snapshot({ topic, items, more }) {
  const map = store[topic];
  if (!map) return;
  if (!gathered.has(topic)) {
    const aside = store.whole.has(topic);
    if (!aside) map.clear();
    gathered.set(topic, aside ? new Map() : map);
  }
  const to = gathered.get(topic);
  for (const item of items) to.set(key(topic, item), item);
  if (!more) {
    if (to !== map) {
      map.clear();
      for (const [id, item] of to) map.set(id, item);
    }
    gathered.delete(topic);
    store.whole.add(topic);
  }
  changed();
}

export function delta(topic, { items, run }) {
  if (topic === "workers" && run !== store.run) return;
  const maps = new Set([store[topic], gathered.get(topic) ?? store[topic]]);
  for (const map of maps) {
    if (topic === "nodes") map.clear();
    for (const item of items) map.set(key(topic, item), item);
  }
  changed();
}

/** A snapshot comes from its first piece on, whatever has come of the one before. */
export function anew() {
  gathered.clear();
}

/** Another run, or none: nothing of the one before is shown. */
export function forget(run) {
  store.run = run;
  gathered.clear();
  store.whole.clear();
  for (const topic of ["runs", "workers", "approvals"]) store[topic].clear();
}

/** What the API says under a name, asked once until `drop`. */
const answers = new Map();
const ANSWERS_MAX = 200;

export function answer(name, ask) {
  const known = answers.get(name);
  if (known?.old) {
    known.old = false;
    again(name, ask);
  }
  if (known) return known;
  const entry = { state: "loading", value: null, error: null };
  answers.set(name, entry);
  ask().then(
    (value) => Object.assign(entry, { state: "there", value }),
    (error) => Object.assign(entry, { state: "refused", error }),
  ).finally(changed);
  return entry;
}

/** Asks anew, and shows what was known until the answer is here. */
export async function again(name, ask) {
  try {
    answers.set(name, { state: "there", value: await ask(), error: null });
  } catch (error) {
    if (answers.get(name)?.state !== "there") answers.set(name, { state: "refused", value: null, error });
  }
  changed();
}

/** What is known is shown, and asked for anew when it is shown again. */
export function age(name) {
  const known = answers.get(name);
  if (known?.state === "there") known.old = true;
}

export function drop(name) {
  answers.delete(name);
}

/** Whatever begins so is asked for anew. */
export function dropAll(prefix) {
  for (const name of answers.keys()) if (name.startsWith(prefix)) answers.delete(name);
}

/** Another page asks anew, but shows what is known until the answer is here. */
export function ageAll() {
  for (const [name, entry] of answers) {
    if (entry.state === "there" && answers.size <= ANSWERS_MAX) entry.old = true;
    else if (entry.state !== "loading") answers.delete(name);
  }
}

const GIVES = {
  read: ["viewer", "operator", "approver", "admin"],
  operate: ["operator", "admin"],
  decide: ["approver", "admin"],
  administer: ["admin"],
};

/** Null where it may, else why a button is disabled. */
export function whyNot(permission) {
  if (store.link === "ended") return "your session has ended";
  if (store.link !== "live") return "not connected: what is shown may be old";
  const roles = store.me?.roles ?? [];
  if (GIVES[permission].some((role) => roles.includes(role))) return null;
  return `takes the role ${GIVES[permission].join(" or ")}; you have ${roles.join(", ") || "none"}`;
}
