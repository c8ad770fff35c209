// Draws the page that the address names.
import { render } from "./lit-html.js";
import { get } from "./api.js";
import { approvals, approvalKeys } from "./approvals.js";
import { compare } from "./compare.js";
import { empty } from "./format.js";
import { instructions } from "./instructions.js";
import { audit, nodes } from "./lists.js";
import { notice } from "./notify.js";
import { overview, start } from "./overview.js";
import { plan } from "./plan.js";
import { route } from "./route.js";
import { runs } from "./runs.js";
import { shared } from "./shared.js";
import { shell, waitingFor } from "./shell.js";
import { ageAll, changed, onChange, store } from "./store.js";
import { follow, others, watch } from "./stream.js";
import { system } from "./system.js";
import { worker } from "./worker.js";
import { workers } from "./workers.js";

function page({ parts, query }) {
  const [first, second, third, fourth] = parts;
  if (!first) return start();
  if (first === "runs" && !second) return runs(query);
  if (first === "runs" && !third) return overview(second);
  if (first === "runs" && third === "workers" && !fourth) return workers(second, query);
  if (first === "runs" && third === "plan") return plan(second);
  if (first === "runs" && third === "shared") return shared(second, query);
  if (first === "runs" && third === "workers") return worker(second, fourth, query);
  if (first === "approvals") return approvals(query);
  if (first === "instructions") return instructions(query);
  if (first === "compare") return compare(query);
  if (first === "nodes") return nodes();
  if (first === "audit") return audit(query);
  if (first === "system") return system();
  return empty("There is no such page.", "The pages are named at the top.");
}

let was = "";

function draw() {
  if (!store.me) return;
  render(shell(page(route())), document.getElementById("app"));
  notice();
  const waiting = waitingFor();
  document.title = (waiting ? `(${waiting}) ` : "") + "Muster";
}

function moved() {
  const { parts } = route();
  const path = parts.join("/");
  if (path !== was) {
    store.ui = {};
    ageAll();
    scrollTo(0, 0);
  }
  was = path;
  const run = parts[0] === "runs" && parts[1] ? parts[1] : null;
  follow(run, Boolean(run) && (parts.length === 2 || parts[2] === "plan"));
  others();
  changed();
  requestAnimationFrame(() => requestAnimationFrame(() => document.querySelector("header a[aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" })));
}

async function begin() {
  try {
    store.me = await get("/me");
  } catch (error) {
    if (error.status === 401) return;
    document.getElementById("app").textContent = "The console cannot begin: " + error.message;
    setTimeout(begin, 2_000);
    return;
  }
  document.getElementById("app").replaceChildren(); // What said that it is loading.
  watch();
  moved();
}

onChange(draw);
addEventListener("hashchange", moved);
addEventListener("keydown", (event) => {
  const busy = event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, textarea, select");
  if (!busy && route().parts[0] === "approvals") approvalKeys(event);
});
begin();
