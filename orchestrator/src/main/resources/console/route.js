// Where somebody is: all of it is in the address, behind the #.

export function route() {
  const [path, query = ""] = location.hash.replace(/^#/, "").split("?", 2);
  let parts;
  try {
    parts = path.split("/").filter(Boolean).map(decodeURIComponent);
  } catch {
    parts = ["nowhere"];
  }
  return { parts, query: new URLSearchParams(query) };
}

export function href(parts, query = {}) {
  const path = "#/" + parts.map(encodeURIComponent).join("/");
  const rest = new URLSearchParams(Object.entries(query).filter(([, value]) => value)).toString();
  return rest ? path + "?" + rest : path;
}

/** The same page with some of its query changed; no new entry in the history. */
export function refine(change) {
  const { parts, query } = route();
  location.replace(href(parts, { ...Object.fromEntries(query), ...change }));
}
