// What a page view and a click cost the page, by Chromium's own trace. The processor is not slowed down here:
// Chromium does that by the clock on the wall, which a busy machine distorts, so the times are multiplied instead.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pause, slow, within } from "../browser.mjs";
import { marker } from "../markers.mjs";
import { BUTTONS } from "../page.mjs";
import { visiting } from "../visit.mjs";
import { read } from "./intervals.mjs";

const CATEGORIES = ["devtools.timeline", "v8.execute", "v8", "v8.wasm", "disabled-by-default-devtools.timeline", "disabled-by-default-v8.compile"];

/** How much slower a middling phone is. */
const SLOWER = 4;

/** How long the page is watched after its first signal, and at most until then. */
const SETTLED = 2_000;
const LATEST = 12_000;
const CLICK_EVERY = 100;

/** One visit; `{scripting, sending, tasks, heap, handling, click, clicksTaken}`, the time of clicks for one. */
export function traceVisit(browser, tracker, folder) {
  const names = Array.from({ length: BUTTONS }, (_, n) => marker("c", n));
  return visiting(browser, tracker, { names }, async ({ host, site, enter }) => {
    const context = await enter();
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await slow(session, 1);
    const result = await load(browser, page, host, site, keep(folder, tracker, "load"));
    result.heap = await heap(session);
    Object.assign(result, await click(browser, page, session, host, names, keep(folder, tracker, "clicks")));
    return result;
  });
}

async function load(browser, page, host, site, kept) {
  const trace = await traced(browser, page, kept, async () => {
    await page.goto(site.landing, { timeout: 30_000 });
    if (host.peer.reply !== undefined) await host.until(() => host.landed, LATEST);
    await pause(SETTLED);
  });
  return slowed(read(trace, host.landedOn));
}

/** A click on each button, one after the other. */
async function click(browser, page, session, host, names, kept) {
  const places = await middles(session, names);
  const trace = await traced(browser, page, kept, async () => {
    for (const [x, y] of places) {
      for (const type of ["mousePressed", "mouseReleased"]) {
        await session.send("Input.dispatchMouseEvent", { type, x, y, button: "left", clickCount: 1 });
      }
      await pause(CLICK_EVERY);
    }
    await pause(SETTLED);
  });
  if (host.peer.reply !== undefined) await host.until(() => host.count("c") === names.length, LATEST);
  const { scripting, handling } = slowed(read(trace));
  return { handling: handling / names.length, click: scripting / names.length, clicksTaken: host.count("c") };
}

/** Asked for without any script, which would listen to the clicks too. */
async function middles(session, names) {
  const { root } = await session.send("DOM.getDocument");
  const places = [];
  for (const name of names) {
    const { nodeId } = await session.send("DOM.querySelector", { nodeId: root.nodeId, selector: `#${name}` });
    const { model } = await session.send("DOM.getBoxModel", { nodeId });
    places.push([model.content[0] + model.width / 2, model.content[1] + model.height / 2]);
  }
  return places;
}

const slowed = ({ scripting, sending, handling, tasks }) => ({
  scripting: scripting * SLOWER, sending: sending && sending * SLOWER, handling: handling * SLOWER,
  tasks: tasks.map((ms) => ms * SLOWER),
});

async function traced(browser, page, kept, work) {
  await browser.startTracing(page, { categories: CATEGORIES });
  let bytes;
  try {
    await work();
  } finally {
    bytes = await within(60_000, browser.stopTracing());
  }
  if (!bytes) throw new Error("Chromium gave no trace");
  if (kept) await writeFile(kept, bytes);
  return JSON.parse(bytes);
}

const keep = (folder, { peer }, what) => folder && join(folder, `${peer.name}-${what}.json`);

/** What stays after the garbage is gone: objects, and buffers such as the memory of a module, in KiB. */
async function heap(session) {
  await session.send("HeapProfiler.collectGarbage");
  const { usedSize, backingStorageSize } = await session.send("Runtime.getHeapUsage");
  return (usedSize + backingStorageSize + (await moduleMemory(session))) / 1024;
}

/** The memory of WebAssembly modules at its whole length, which the heap does not count. */
async function moduleMemory(session) {
  const { result } = await session.send("Runtime.evaluate", { expression: "WebAssembly.Memory.prototype" });
  const { objects } = await session.send("Runtime.queryObjects", { prototypeObjectId: result.objectId });
  const sum = await session.send("Runtime.callFunctionOn", {
    objectId: objects.objectId, returnByValue: true,
    functionDeclaration: "function () { return this.reduce((sum, memory) => sum + memory.buffer.byteLength, 0) }",
  });
  return sum.result.value;
}
