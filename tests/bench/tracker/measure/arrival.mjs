// Bytes downloaded by a page view, counted from the page's actual requests, and the time until its signal arrives.
import { SLOWER, pause } from "../browser.mjs";
import { visiting } from "../visit.mjs";

const LATEST = 15_000;
/** For files that are fetched after the first signal. */
const LATE_FILES = 2_000;

/** One visit in a Chromium that is `alone`; `{firstSignal, files, raw, br, gzip}`, of the files those that came until then unless `isWhole`. */
export function arrive(alone, tracker, isWhole) {
  return visiting(alone, tracker, { isFar: true }, ({ host, site }) =>
    alone.visitor(async (open) => {
      const session = await alone.lookInto(await open("about:blank"));
      await session("Emulation.setCPUThrottlingRate", { rate: SLOWER });
      const started = Date.now();
      await session("Page.navigate", { url: site.landing });
      await host.until(() => host.landed, tracker.peer.reply === undefined ? 0 : LATEST);
      if (isWhole) await pause(LATE_FILES);
      const sum = (encoding) => [...host.served].reduce((total, path) => total + tracker.files.get(path)[encoding].length, 0);
      const bytes = { raw: sum("raw"), br: sum("br"), gzip: sum("gzip") };
      return { ...bytes, files: [...host.served], firstSignal: host.landed && host.landed - started };
    }));
}
