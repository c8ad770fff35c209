// Calls of the API, with the session of this browser.

/** What a problem (RFC 9457) said. */
export class Refusal extends Error {
  constructor(status, problem) {
    super(problem.detail ?? `the server answered ${status}`);
    this.status = status;
    this.code = problem.code ?? "";
  }
}

export function login() {
  const next = "/" + location.hash;
  location.assign("/login?next=" + encodeURIComponent(next));
}

async function refusal(answer) {
  let problem = {};
  try {
    problem = await answer.json();
  } catch {
    // Not from our server: the status has to do.
  }
  const stranger = answer.status === 401 || problem.code === "token-wrong";
  if (stranger) login();
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

/** A page of a worker's log, and where to go on. */
export async function log(path) {
  const answer = await fetched("/api/v1" + path, { headers: { Accept: "text/plain" } });
  const number = (name) => Number(answer.headers.get(name));
  return { text: await answer.text(), next: number("Muster-Log-Next"), size: number("Muster-Log-Size"), from: number("Muster-Log-From") };
}

export async function text(path) {
  return (await fetched("/api/v1" + path, { headers: { Accept: "text/markdown" } })).text();
}

export async function send(method, path, body) {
  const headers = { "X-Muster-Csrf": localStorage.getItem("muster-csrf") ?? "" };
  const options = { method, headers };
  if (method === "POST") {
    headers["Content-Type"] = "application/json";
    options.body = JSON.stringify(body ?? {});
  }
  return (await fetched("/api/v1" + path, options)).json();
}
