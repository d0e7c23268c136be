// The cost of a page view and of a click on the page, from Chromium's own trace. The processor is not throttled here:
// Chromium throttles by wall-clock time, which a busy machine distorts, so the times are multiplied instead.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { SLOWER, pause, within } from "../browser.mjs";
import { marker } from "../markers.mjs";
import { BUTTONS } from "../page.mjs";
import { visiting } from "../visit.mjs";
import { processesOf, read } from "./intervals.mjs";

const CATEGORIES = ["devtools.timeline", "v8.execute", "v8.wasm", "disabled-by-default-devtools.timeline"];

/** How long the page is watched after its first signal, and at most until then. */
const SETTLED = 2_000;
const LATEST = 12_000;
const CLICK_EVERY = 100;

/** One visit in a Chromium that is `alone`; `{scripting, sending, tasks, heap, handling, click, clicksTaken}`, the time of clicks for one. */
export function traceVisit(alone, tracker, folder) {
  const names = Array.from({ length: BUTTONS }, (_, n) => marker("c", n));
  return visiting(alone, tracker, { names }, ({ host, site }) =>
    alone.visitor(async (open) => {
      const visit = { alone, host, names, open };
      const result = await load(visit, site, keep(folder, tracker, "load"));
      const session = await alone.lookInto(visit.targetId);
      result.heap = await heap(session);
      return Object.assign(result, await click(visit, session, keep(folder, tracker, "clicks")));
    }));
}

async function load(visit, site, kept) {
  const { alone, host, open } = visit;
  const trace = await traced(alone, kept, async () => {
    visit.targetId = await open(site.landing);
    if (host.peer.reply !== undefined) await host.until(() => host.landed, LATEST);
    await pause(SETTLED);
  });
  visit.processes = processesOf(trace);
  return slowed(read(trace, visit.processes, host.landedOn));
}

/** A click on each button, one after the other. */
async function click({ alone, host, names, processes }, session, kept) {
  const places = await middles(session, names);
  const trace = await traced(alone, kept, async () => {
    for (const [x, y] of places) {
      for (const type of ["mousePressed", "mouseReleased"]) {
        await session("Input.dispatchMouseEvent", { type, x, y, button: "left", clickCount: 1 });
      }
      await pause(CLICK_EVERY);
    }
    await pause(SETTLED);
  });
  if (host.peer.reply !== undefined) await host.until(() => host.count("c") === names.length, LATEST);
  const { scripting, handling } = slowed(read(trace, processes));
  return { handling: handling / names.length, click: scripting / names.length, clicksTaken: host.count("c") };
}

/** Asked for without any script, which would listen to the clicks too. */
async function middles(session, names) {
  const { root } = await session("DOM.getDocument");
  const places = [];
  for (const name of names) {
    const { nodeId } = await session("DOM.querySelector", { nodeId: root.nodeId, selector: `#${name}` });
    const { model } = await session("DOM.getBoxModel", { nodeId });
    places.push([model.content[0] + model.width / 2, model.content[1] + model.height / 2]);
  }
  // What follows runs without these listeners.
  await session("DOM.disable");
  return places;
}

const slowed = ({ scripting, sending, handling, tasks }) => ({
  scripting: scripting * SLOWER, sending: sending && sending * SLOWER, handling: handling * SLOWER,
  tasks: tasks.map((ms) => ms * SLOWER),
});

async function traced(alone, kept, work) {
  const text = await within(120_000, alone.traced(CATEGORIES, work));
  if (!text) throw new Error("Chromium gave no trace");
  if (kept) await writeFile(kept, text);
  return JSON.parse(text);
}

const keep = (folder, { peer }, what) => folder && join(folder, `${peer.name}-${what}.json`);

/** What stays after the garbage is gone: objects, and buffers such as the memory of a module, in KiB. */
async function heap(session) {
  await session("HeapProfiler.collectGarbage");
  const { usedSize, backingStorageSize } = await session("Runtime.getHeapUsage");
  return (usedSize + backingStorageSize + (await moduleMemory(session))) / 1024;
}

/** The memory of WebAssembly modules at its whole length, which the heap does not count. */
async function moduleMemory(session) {
  const { result } = await session("Runtime.evaluate", { expression: "WebAssembly.Memory.prototype" });
  const { objects } = await session("Runtime.queryObjects", { prototypeObjectId: result.objectId });
  const sum = await session("Runtime.callFunctionOn", {
    objectId: objects.objectId, returnByValue: true,
    functionDeclaration: "function () { return this.reduce((sum, memory) => sum + memory.buffer.byteLength, 0) }",
  });
  return sum.result.value;
}
