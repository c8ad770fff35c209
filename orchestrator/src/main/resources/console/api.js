// Calls of the API, with the session of this browser.

import { changed, store } from "./store.js";

/** What a problem (RFC 9457) said. */
export class Refusal extends Error {
  constructor(status, problem) {
    // Where a program finds the names is no help to who looks at pages.
    super(problem.detail?.replace(/; GET \/api\/v1\/\S+( lists them)?$/, "") ?? `the server answered ${status}`);
    this.status = status;
    this.code = problem.code ?? "";
  }
}

/** Where to log in, and be back where one was. */
export const loginPath = (ended = false) => "/login?" + (ended ? "ended&" : "") + "next=" + encodeURIComponent("/" + location.hash);

export function login() {
  location.assign(loginPath());
}

/** Whoever was somebody here keeps what is on the screen, and is told. */
export function stranger() {
  if (!store.me) return login();
  store.link = "ended";
  changed();
}

async function refusal(answer) {
  let problem = {};
  try {
    problem = await answer.json();
  } catch {
    // Not from our server: the status has to do.
  }
  if (answer.status === 401 || problem.code === "token-wrong") {
    stranger();
    problem = { ...problem, detail: "your session has ended" };
  }
  return new Refusal(answer.status, problem);
}

async function fetched(path, options) {
  let answer;
  try {
    answer = await fetch(path, { cache: "no-store", signal: AbortSignal.timeout(30_000), ...options });
  } catch {
    throw new Refusal(0, { detail: "the server does not answer; `muster status` on its machine tells more" });
  }
  if (!answer.ok) throw await refusal(answer);
  return answer;
}

export async function get(path) {
  return (await fetched("/api/v1" + path, { headers: { Accept: "application/json" } })).json();
}

/** A page of a worker's log, where to go on, and the number of its first line where it was asked for. */
export async function log(path) {
  const answer = await fetched("/api/v1" + path, { headers: { Accept: "text/plain" } });
  const number = (name) => Number(answer.headers.get(name));
  return { bytes: await answer.arrayBuffer(), next: number("Muster-Log-Next"), size: number("Muster-Log-Size"), line: number("Muster-Log-Line") };
}

export async function text(path) {
  return (await fetched("/api/v1" + path, { headers: { Accept: "text/markdown" } })).text();
}

/** All that a list has, up to `most`; `more` when there is more. */
export async function all(path, most) {
  const items = [];
  let cursor = "";
  do {
    const page = await get(`${path}${path.includes("?") ? "&" : "?"}limit=200${cursor ? "&cursor=" + encodeURIComponent(cursor) : ""}`);
    items.push(...page.items);
    cursor = page.next ?? "";
  } while (cursor && items.length < most);
  return { items, more: Boolean(cursor) };
}

/** Of what was sent and never answered: sent again, it is done once. */
const unanswered = new Map();

function keyOf(what) {
  if (!unanswered.has(what)) unanswered.set(what, [...crypto.getRandomValues(new Uint8Array(16))].map((it) => it.toString(16).padStart(2, "0")).join(""));
  return unanswered.get(what);
}

/** `signal` gives it up: whoever asked has something newer to say. */
export async function send(method, path, body, signal) {
  const headers = { "X-Muster-Csrf": localStorage.getItem("muster-csrf") ?? "" };
  const options = { method, headers };
  if (method === "POST") {
    headers["Content-Type"] = "application/json";
    options.body = JSON.stringify(body ?? {});
  }
  if (signal) {
    options.signal = AbortSignal.any([signal, AbortSignal.timeout(30_000)]);
    return (await fetched("/api/v1" + path, options)).json();
  }
  const what = `${path} ${options.body}`;
  if (method === "POST") headers["Idempotency-Key"] = keyOf(what);
  try {
    const answer = await fetched("/api/v1" + path, options);
    unanswered.delete(what);
    return answer.json();
  } catch (error) {
    if (error.status) unanswered.delete(what);
    throw error;
  }
}
