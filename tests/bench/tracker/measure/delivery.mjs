// How many events arrive under failures. Each scenario has its own host, site and visitors; all trackers run one
// scenario concurrently, in real time: most of it is waiting.
import { pause, within } from "../browser.mjs";
import { marker } from "../markers.mjs";
import { visiting } from "../visit.mjs";

const FEW = 5;
const MANY = 200;
const A_MINUTE = 60_000;
/** For what is on its way when nothing remains to send it. */
const UNDER_WAY = 8_000;

export const SCENARIOS = [
  { name: "close", events: FEW, run: closeAfterClick },
  { name: "refused", events: FEW, refusals: 2, run: refused },
  { name: "offline", events: FEW, run: offline },
  { name: "unload", events: MANY, tries: 3, run: leave },
  { name: "pagehide", events: FEW, tries: 3, run: pagehide },
  { name: "tabs", events: 2 * FEW, tries: 3, run: twoTabs },
];

/** The try in the middle: what is under way when a page goes is a matter of luck too. */
export async function deliver(browser, tracker, scenario) {
  const { tries = 1 } = scenario;
  const seen = [];
  while (seen.length < tries) seen.push(await once(browser, tracker, scenario));
  return seen.sort((a, b) => a.sent - b.sent || a.later - b.later)[tries >> 1];
}

/** `{sent, later}`: what arrived, and what had arrived after the visitor's next page view. */
function once(browser, tracker, scenario) {
  return visiting(browser, tracker, scenario, async ({ host, site, enter, contexts }) => {
    const all = () => host.count("e") >= scenario.events;
    await scenario.run({ enter, host, site, all });
    const sent = host.count("e");
    if (!all()) await comeBack(contexts, host, site, all);
    return { sent, later: host.count("e") };
  });
}

/** A page whose page view has arrived. */
async function open(context, host, site) {
  const page = await context.newPage();
  host.landed = undefined;
  await page.goto(site.landing, { timeout: 30_000 });
  await host.until(() => host.landed, 15_000);
  if (host.peer.mark) await page.evaluate(host.peer.mark);
  return page;
}

const events = (from, count) => Array.from({ length: count }, (_, n) => marker("e", from + n));

const record = (page, from, count) =>
  page.evaluate((names) => names.forEach((name) => window.mark?.(name)), events(from, count));

const close = (page) => within(10_000, page.close());

async function closeAfterClick({ enter, host, site, all }) {
  for (let n = 0; n < FEW; n += 1) {
    const page = await open(await enter(), host, site);
    await page.evaluate((name) => (document.querySelector("#own").dataset.name = name), marker("e", n));
    await page.click("#own");
    await close(page);
  }
  await host.until(all, UNDER_WAY);
}

async function refused({ enter, host, site, all }) {
  const page = await open(await enter(), host, site);
  await record(page, 0, FEW);
  await host.until(all, A_MINUTE);
  await close(page);
}

async function offline({ enter, host, site, all }) {
  const context = await enter();
  const page = await open(context, host, site);
  await context.setOffline(true);
  await record(page, 0, FEW);
  await pause(A_MINUTE);
  await context.setOffline(false);
  await host.until(all, A_MINUTE);
  await close(page);
}

async function leave({ enter, host, site, all }) {
  const page = await open(await enter(), host, site);
  // A tracker that delays the navigation for so long is counted by what has arrived by then.
  const left = page.waitForURL("**/elsewhere", { timeout: 20_000 }).catch(() => {});
  await page.evaluate((names) => {
    for (const name of names) window.mark?.(name);
    location.href = "/elsewhere";
  }, events(0, MANY));
  await left;
  await host.until(all, UNDER_WAY);
}

async function pagehide({ enter, host, site, all }) {
  const page = await open(await enter(), host, site);
  await page.evaluate((names) => {
    addEventListener("pagehide", () => names.forEach((name) => window.mark?.(name)));
  }, events(0, FEW));
  await close(page);
  await host.until(all, UNDER_WAY);
}

async function twoTabs({ enter, host, site, all }) {
  const context = await enter();
  const tabs = [await open(context, host, site), await open(context, host, site)];
  for (let n = 0; n < FEW; n += 1) {
    await record(tabs[0], 2 * n, 1);
    await record(tabs[1], 2 * n + 1, 1);
  }
  await Promise.all(tabs.map(close));
  await host.until(all, UNDER_WAY);
}

/** Every visitor looks at one more page of the site. */
async function comeBack(contexts, host, site, all) {
  const pages = await Promise.all(contexts.map((context) => context.newPage()));
  await Promise.all(pages.map((page) => page.goto(site.landing, { timeout: 30_000 })));
  await host.until(all, 15_000);
}
