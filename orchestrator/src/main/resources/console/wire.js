// How this tab hears the server: a WebSocket, or an event stream where nothing lets a socket through.
// Over HTTP/1.1 a browser has six connections to a host for all of its tabs, and each event stream
// holds one of them: the seventh tab would get nothing at all. Sockets are not counted among those.

const NAMES = ["snapshot", "reset", "heartbeat", "runs", "workers", "approvals", "nodes"];

/**
 * @param wish topics, and the run and the event to go on after where there are
 * @param on `event(name, id, data)`, and `lost(opened)` once, whether or not it ever was open
 * @returns what ends it; nothing is told after that
 */
export function socket({ topics, run, after }, on) {
  const line = new WebSocket(location.origin.replace(/^http/, "ws") + "/api/v1/ws");
  let opened = false;
  line.onopen = () => {
    opened = true;
    line.send(JSON.stringify({ subscribe: "console", topics, run, after }));
  };
  line.onmessage = (message) => {
    for (const one of message.data.split("\n")) {
      const it = JSON.parse(one);
      if (it.event === "problem") return line.close();
      on.event(it.event, it.id ?? "", it.data);
      if (!line.onmessage) return;
    }
  };
  line.onclose = () => on.lost(opened);
  return () => {
    line.onmessage = line.onclose = null;
    line.close();
  };
}

/** The same by `/api/v1/events`. */
export function events({ topics, run, after }, on) {
  const query = new URLSearchParams({ topics: topics.join() });
  if (run) query.set("run", run);
  if (after) query.set("lastEventId", after);
  const source = new EventSource("/api/v1/events?" + query);
  source.onopen = () => on.event("opened", "", {});
  for (const name of NAMES) source.addEventListener(name, (event) => on.event(name, event.lastEventId, JSON.parse(event.data)));
  source.onerror = () => {
    source.close();
    on.lost(true);
  };
  return () => source.close();
}
