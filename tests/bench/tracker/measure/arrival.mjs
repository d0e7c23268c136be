// What a page view downloads, the files that the page really asked for, and how soon its signal is there.
import { pause, slow } from "../browser.mjs";
import { visiting } from "../visit.mjs";

const LATEST = 15_000;
/** For files that are fetched after the first signal. */
const LATE_FILES = 2_000;

/** One visit; `{firstSignal, files, raw, br, gzip}`, of the files those that came until then unless `isWhole`. */
export function arrive(browser, tracker, isWhole) {
  return visiting(browser, tracker, {}, async ({ host, site, enter }) => {
    const context = await enter();
    const page = await context.newPage();
    await slow(await context.newCDPSession(page), 4);
    const started = Date.now();
    await page.goto(site.landing, { timeout: 30_000 });
    await host.until(() => host.landed, tracker.peer.reply === undefined ? 0 : LATEST);
    if (isWhole) await pause(LATE_FILES);
    const sum = (encoding) => [...host.served].reduce((total, path) => total + tracker.files.get(path)[encoding].length, 0);
    const bytes = { raw: sum("raw"), br: sum("br"), gzip: sum("gzip") };
    return { ...bytes, files: [...host.served], firstSignal: host.landed && host.landed - started };
  });
}
