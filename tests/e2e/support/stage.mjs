// Scenarios of the tracker: each has its own site, site key and browser context, and runs with the engines whose turn it is.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { complaints, launch } from "./browser.mjs";
import { Collector, engines } from "./collector.mjs";
import { views } from "./inbox.mjs";
import { Site, page, snippet } from "./site.mjs";

/** Scenarios of a file that run at a time: mostly they wait. */
const AT_ONCE = 3;

/**
 * Prepares the browser of a test file, by default Chromium; `launching` may have another `browser` and how many scenarios
 * it runs `atOnce`. Returns the function that registers scenarios, which must not depend on their order. A file with a
 * top-level `await` calls this after it: the scenarios run as soon as the file has been evaluated.
 */
export function stage(launching) {
  const scenarios = [];
  // Once the file has registered them all.
  queueMicrotask(() => describe("tracker", { concurrency: launching?.atOnce ?? AT_ONCE }, () => perform(launching, scenarios)));
  /**
   * `setting`: `pages` (path to body, or a function that gets the snippet and returns path to HTML), `attributes` of
   * the snippet, `init` (the first script of each page), `context` (options), `headers` of the pages.
   */
  return (name, setting, play) => void scenarios.push({ name, setting, play });
}

function perform(launching, scenarios) {
  if (!scenarios.length) throw new Error("no scenario was named in time");
  let browser, collector;
  before(async () => {
    [browser, collector] = await Promise.all([(launching?.browser ?? launch)(launching), Collector.start()]);
  });
  after(async () => {
    await browser?.close();
    await collector?.stop();
  });
  for (const [number, { name, setting, play }] of scenarios.entries()) {
    for (const engine of engines(number)) {
      test(`${name} (${engine})`, { timeout: 60_000 }, async () => {
        const visit = await Visit.begin(browser, collector, engine, setting);
        try {
          await play(visit);
          visit.check();
        } finally {
          await visit.end();
        }
      });
    }
  }
}

/** A visitor with a blank page. */
class Visit {
  #fences = 0;

  static async begin(browser, collector, engine, { pages = { "/": "" }, attributes = "", init, context, headers }) {
    const visit = new Visit();
    visit.engine = engine;
    visit.collector = collector;
    visit.inbox = collector.open();
    visit.attributes = attributes;
    visit.site = await Site.serve({ headers });
    const head = visit.snippet();
    const bodies = typeof pages === "function" ? pages(head, visit) : pages;
    const isWhole = typeof pages === "function";
    for (const [path, body] of Object.entries(bodies)) {
      visit.site.pages[path] = isWhole ? body : page(head, body, `Title of ${path}`);
    }
    visit.context = await browser.newContext(context);
    visit.context.setDefaultTimeout(10_000);
    if (init) await visit.context.addInitScript(init);
    visit.found = [];
    visit.page = await visit.open();
    return visit;
  }

  /** The snippet for this visit's engine, with the attributes of the setting and more. */
  snippet(more = "", key = this.inbox.key) {
    const engine = this.engine === "js" ? ' data-engine="js"' : "";
    return snippet(this.collector, key, ` data-chat="off"${engine}${this.attributes}${more}`);
  }

  /** Another tab. */
  async open() {
    const tab = await this.context.newPage();
    complaints(tab, this.found);
    return tab;
  }

  goto(path = "/", tab = this.page) {
    return tab.goto(this.site.url + path);
  }

  /** Opens a page and waits until its view has arrived. */
  async arrive(path = "/") {
    const before = views(this.inbox.signals()).length;
    await this.goto(path);
    await this.inbox.waitFor((inbox) => views(inbox.signals()).length > before, `the view of ${path}`);
  }

  /** Sends a marked event and waits for it: all signals from before have arrived then. */
  async fence(tab = this.page) {
    const name = `fence ${++this.#fences}`;
    await tab.waitForFunction(() => typeof knock === "function");
    await tab.evaluate((name) => void knock("track", name), name);
    await this.inbox.waitForSignal("track", name);
    return this.signals();
  }

  /** Like `fence`, after running pending timers. */
  async quiet(tab = this.page) {
    await this.fence(tab);
    return this.fence(tab);
  }

  signals() {
    return this.inbox.signals().filter(({ name }) => !name?.startsWith("fence "));
  }

  views() {
    return views(this.signals());
  }

  of(...types) {
    return this.signals().filter(({ type }) => types.includes(type));
  }

  /** Knock's keys in the browser's storages, and its cookies. */
  async traces(tab = this.page) {
    const stored = await tab.evaluate(() => [...Object.keys(localStorage), ...Object.keys(sessionStorage)]);
    const cookies = (await this.context.cookies()).map(({ name }) => name);
    return [...stored, ...cookies].filter((name) => name.startsWith("knock"));
  }

  /** Checks that the page had no errors, and that requests follow the contract. */
  check() {
    assert.deepEqual(this.found.filter((text) => !isOfNetwork(text)), [], "what the page complained of");
    assert.deepEqual(this.inbox.faults, [], "faults of what was sent");
    assert.equal(this.collector.preflights, 0, "preflights");
  }

  async end() {
    // Chromium may not respond while a page is being left; open pages end with the browser.
    await Promise.race([this.context.close().catch(() => {}), sleep(2_000, undefined, { ref: false })]);
    await this.site.stop();
  }
}

/** The browser's own log of a failed request, which scripts cannot avoid. */
const isOfNetwork = (text) => /Failed to load resource|net::ERR_/.test(text);
