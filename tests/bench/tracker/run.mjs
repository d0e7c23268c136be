// The tracker beside others: bytes, main thread, memory, delivery. `cargo xtask bench tracker` runs it.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { launch } from "./browser.mjs";
import { bundle } from "./bundle.mjs";
import { document } from "./document.mjs";
import { compressed, knockFiles } from "./host.mjs";
import { arrive } from "./measure/arrival.mjs";
import { SCENARIOS, deliver } from "./measure/delivery.mjs";
import { traceVisit } from "./measure/trace.mjs";
import { chosen } from "./peers.mjs";
import { table } from "./table.mjs";

const USAGE = `cargo xtask bench tracker -- [options]
  --peers a,b     only these, beside the page without a tracker
  --runs N        visits of each that are measured, and as many that are traced (5)
  --measures a,b  only these of arrival, trace, delivery
  --traces DIR    keep the traces, to be opened in the developer tools of Chromium
  --write         write docs/benchmarks.md`;

const HERE = fileURLToPath(new URL(".", import.meta.url));
const ROOT = join(HERE, "../../..");
const MEASURES = ["arrival", "trace", "delivery"];

function options() {
  const { values } = parseArgs({
    options: {
      peers: { type: "string", default: "" }, runs: { type: "string", default: "5" }, traces: { type: "string" },
      measures: { type: "string", default: MEASURES.join() }, write: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  const list = (text) => text.split(",").map((name) => name.trim()).filter(Boolean);
  const runs = Number(values.runs);
  if (!Number.isInteger(runs) || runs < 1) throw new Error(`--runs: ${values.runs} is no number from 1 on`);
  const measures = new Set(list(values.measures));
  for (const name of measures) {
    if (!MEASURES.includes(name)) throw new Error(`--measures: there is no ${name}; there are ${MEASURES.join(", ")}`);
  }
  const peers = list(values.peers);
  if (values.write && (peers.length > 0 || measures.size < MEASURES.length)) {
    throw new Error("--write: only the whole table is written, without --peers and --measures");
  }
  return { ...values, runs, measures, peers };
}

/** A result of something that may fail for one tracker without ending the run for all; without a browser it ends. */
async function attempt(browser, result, what, work) {
  try {
    return await work();
  } catch (error) {
    if (!browser.isConnected()) throw new Error(`Chromium ended while ${result.peer.name} was measured: ${what}`);
    console.error(`${result.peer.name}, ${what}: ${error.message.split("\n")[0]}`);
    return undefined;
  }
}

async function measure(browser, results, { measures, runs, traces }) {
  for (let run = 0; measures.has("arrival") && run < runs; run += 1) {
    for (const result of results) {
      const seen = await attempt(browser, result, "arrival", () => arrive(browser, result));
      if (seen) result.arrivals.push(seen);
      console.error(`arrival ${run + 1}: ${result.peer.name} ${seen?.firstSignal} ms, ${seen?.files.join(" ")}`);
    }
  }
  for (let run = 0; measures.has("trace") && run < runs; run += 1) {
    for (const result of results) {
      const seen = await attempt(browser, result, "trace", () => traceVisit(browser, result, traces));
      if (seen) result.visits.push(seen);
      console.error(`trace ${run + 1}: ${result.peer.name} ${seen && brief(seen)}`);
    }
  }
  for (const scenario of measures.has("delivery") ? SCENARIOS : []) {
    const senders = results.filter((result) => result.peer.reply !== undefined);
    await Promise.all(senders.map(async (result) => {
      const seen = await attempt(browser, result, scenario.name, () => deliver(browser, result, scenario));
      result.deliveries[scenario.name] = seen;
      console.error(`${scenario.name}: ${result.peer.name} ${JSON.stringify(seen)}`);
    }));
  }
}

const brief = ({ scripting, sending, tasks, heap, handling, click, clicksTaken }) =>
  `until sent ${sending?.toFixed(1)}, scripting ${scripting.toFixed(1)}, longest ${tasks[0]?.toFixed(0)}, heap ${heap.toFixed(0)}, click ${handling.toFixed(2)}, ${click.toFixed(2)} with all (${clicksTaken} arrived)`;

/** Every tracker with its files, and places for what is found out about it. */
async function trackers(names, www) {
  const lock = JSON.parse(readFileSync(join(HERE, "package-lock.json")));
  const versions = Object.fromEntries(
    Object.entries(lock.packages).map(([path, { version }]) => [path.replace("node_modules/", ""), version]),
  );
  const none = [];
  return Promise.all(chosen(names, www).map(async (peer) => {
    const bundled = peer.start && new Map([[`/${peer.name}.js`, compressed(await bundle(peer))]]);
    const files = bundled ?? (peer.engine ? knockFiles(www) : new Map());
    return { peer, files, versions, none, arrivals: [], visits: peer.name === "none" ? none : [], deliveries: {} };
  }));
}

/** Replaces the part about trackers; what follows it is about the server. */
function write(file, text) {
  const [, ...others] = readFileSync(file, "utf8").split("\n## The server");
  writeFileSync(file, [text, ...others].join("\n## The server"));
}

async function main() {
  const wanted = options();
  if (wanted.help) return console.log(USAGE);
  if (wanted.traces) mkdirSync(wanted.traces, { recursive: true });
  const results = await trackers(wanted.peers, process.env.KNOCK_WWW ?? join(ROOT, "target/www"));
  const browser = await launch();
  try {
    await measure(browser, results, wanted);
    const shown = table(results);
    console.log(`\n${shown}`);
    const text = () => document({ table: shown, results, browser: browser.version(), runs: wanted.runs });
    if (wanted.write) write(join(ROOT, "docs/benchmarks.md"), text());
  } finally {
    await browser.close();
  }
}

main().catch((error) => {
  console.error(`error: ${error.message}`);
  process.exitCode = 1;
});
