// The tracker beside others: bytes, main thread, memory, delivery. `cargo xtask bench tracker` runs it.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { Alone } from "./alone.mjs";
import { launch, version } from "./browser.mjs";
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
  --runs N        visits of each that are traced; eight times as many are timed by the clock on the wall (5)
  --measures a,b  only these of arrival, trace, delivery
  --traces DIR    keep the traces, to be opened in the developer tools of Chromium
  --write         write docs/benchmarks.md`;

const HERE = fileURLToPath(new URL(".", import.meta.url));
const ROOT = join(HERE, "../../..");

function options() {
  const { values } = parseArgs({
    options: {
      peers: { type: "string", default: "" }, runs: { type: "string", default: "5" }, traces: { type: "string" },
      measures: { type: "string", default: Object.keys(MEASURES).join() }, write: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  const list = (text) => text.split(",").map((name) => name.trim()).filter(Boolean);
  const runs = Number(values.runs);
  if (!Number.isInteger(runs) || runs < 1) throw new Error(`--runs: ${values.runs} is no number from 1 on`);
  const measures = new Set(list(values.measures));
  for (const name of measures) {
    if (!Object.hasOwn(MEASURES, name)) throw new Error(`--measures: there is no ${name}; there are ${Object.keys(MEASURES).join(", ")}`);
  }
  const peers = list(values.peers);
  if (values.write && (peers.length > 0 || measures.size < Object.keys(MEASURES).length)) {
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

/**
 * Each round measures every tracker once, every other round in reverse order, so that none always runs after the
 * heaviest one. `work` returns the measurement.
 */
async function rounds(browser, results, runs, what, work) {
  for (let run = 1; run <= runs; run += 1) {
    for (const result of run % 2 ? results : results.toReversed()) {
      const seen = await attempt(browser, result, what, () => work(result));
      console.error(`${what} ${run}: ${result.peer.name} ${seen && brief(seen)}`);
    }
  }
}

/** The clock on the wall hears all that the machine does, so it is asked this many times as often as the processor's. */
const ARRIVALS = 8;

/** Each in a browser of its own, the only one there is: one that rests takes its share of the processor too. */
const MEASURES = {
  arrival: (results, { runs }) =>
    during(Alone.launch(), (browser) =>
      rounds(browser, results, ARRIVALS * runs, "arrival", async (result) => {
        result.arrivals.push(await arrive(browser, result, result.arrivals.length === 0));
        return result.arrivals.at(-1);
      })),
  trace: (results, { runs, traces }) =>
    during(Alone.launch(), (browser) =>
      rounds(browser, results, runs, "trace", async (result) => {
        const seen = await traceVisit(browser, result, traces);
        result.visits.push(seen);
        return seen;
      })),
  delivery: (results) => during(launch(), (browser) => deliverAll(browser, results)),
};

async function deliverAll(browser, results) {
  for (const scenario of SCENARIOS) {
    const senders = results.filter((result) => result.peer.reply !== undefined);
    await Promise.all(senders.map(async (result) => {
      const seen = await attempt(browser, result, scenario.name, () => deliver(browser, result, scenario));
      result.deliveries[scenario.name] = seen;
      console.error(`${scenario.name}: ${result.peer.name} ${JSON.stringify(seen)}`);
    }));
  }
}

/** `work` with a browser, which ends whatever happens. */
async function during(launching, work) {
  const browser = await launching;
  try {
    await work(browser);
  } finally {
    await browser.close();
  }
}

const brief = (seen) =>
  "firstSignal" in seen ? `${seen.firstSignal} ms, ${seen.files.join(" ")}` : `${briefTrace(seen)} (${seen.clicksTaken} arrived)`;

const briefTrace = ({ scripting, sending, tasks, heap, handling, click }) =>
  `until sent ${sending?.toFixed(1)}, scripting ${scripting.toFixed(1)}, longest ${tasks[0]?.toFixed(0)}, heap ${heap.toFixed(0)}, click ${handling.toFixed(2)}, ${click.toFixed(2)} with all`;

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
  for (const name of Object.keys(MEASURES).filter((name) => wanted.measures.has(name))) await MEASURES[name](results, wanted);
  const shown = table(results);
  console.log(`\n${shown}`);
  if (!wanted.write) return;
  const { runs } = wanted;
  write(join(ROOT, "docs/benchmarks.md"), document({ table: shown, results, browser: version, runs, arrivals: ARRIVALS * runs }));
}

main().catch((error) => {
  console.error(`error: ${error.message}`);
  process.exitCode = 1;
});
