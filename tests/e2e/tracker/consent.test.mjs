// What is sent and stored, depending on the visitor's consent.
import assert from "node:assert/strict";
import { stage } from "../support/stage.mjs";

const scenario = stage();

/** Counts writes to the browser's storages and cookies. */
const countWrites = () => {
  window.writes = [];
  const { setItem } = Storage.prototype;
  Storage.prototype.setItem = function (key, text) {
    window.writes.push(key);
    return setItem.call(this, key, text);
  };
  const cookie = Object.getOwnPropertyDescriptor(Document.prototype, "cookie");
  Object.defineProperty(Document.prototype, "cookie", {
    ...cookie,
    set(text) {
      window.writes.push(text);
      cookie.set.call(this, text);
    },
  });
  document.addEventListener("knock:ready", () => (window.isReady = true));
};
const ready = (visit) => visit.page.waitForFunction(() => window.isReady);
const writes = (visit) => visit.page.evaluate(() => window.writes);

const stub = "window.knock = window.knock || function () { var q = knock.q = knock.q || []; if (q.length < 200) q.push(arguments) };";
const denied = { "/": `<script>${stub} knock("consent", "denied"); knock("track", "early")</script><button>Go</button>` };

scenario("denied before the script: no request, nothing written; granted later sends the page once", { pages: denied, init: countWrites }, async (visit) => {
  await visit.goto("/");
  await ready(visit);
  await visit.page.click("button");
  await visit.page.evaluate(() => knock("track", "while denied"));
  assert.deepEqual(await writes(visit), []);
  await visit.page.evaluate(() => knock("consent", "granted"));
  await visit.inbox.waitForSignal("page_view");
  await visit.page.evaluate(() => knock("consent", "granted"));
  await visit.quiet();
  assert.deepEqual(visit.signals().map(({ type }) => type), ["page_view"]);
});

const asking = { attributes: ' data-consent="required"', pages: { "/": "<button>Go</button>" }, init: countWrites };

scenario("data-consent=required: nothing is sent or stored before the consent, everything once after it", asking, async (visit) => {
  await visit.goto("/");
  await ready(visit);
  await visit.page.click("button");
  await visit.page.evaluate(() => knock("track", "held"));
  assert.deepEqual(await writes(visit), []);
  assert.deepEqual(visit.inbox.batches, []);
  await visit.page.evaluate(() => knock("consent", "granted"));
  await visit.page.evaluate(() => knock("consent", "granted"));
  await visit.quiet();
  assert.deepEqual(visit.signals().map(({ type }) => type).sort(), ["click", "page_view", "track"]);
});

scenario("data-consent=required and then denied: held events are dropped", asking, async (visit) => {
  await visit.goto("/");
  await ready(visit);
  await visit.page.evaluate(() => knock("track", "held"));
  await visit.page.evaluate(() => knock("consent", "denied"));
  await visit.goto("/");
  await ready(visit);
  assert.deepEqual(await visit.traces(), []);
  await visit.page.evaluate(() => knock("consent", "granted"));
  await visit.quiet();
  assert.deepEqual(visit.signals().map(({ type }) => type), ["page_view"]);
});

/** The browser's privacy signal, on pages without `free` in their address. */
const wish = (property, value) => `Object.defineProperty(Navigator.prototype, "${property}", {
  get: () => (location.search === "?free" ? undefined : ${value}) })`;

for (const [name, init] of [["Global Privacy Control", wish("globalPrivacyControl", true)], ["Do Not Track", wish("doNotTrack", "'1'")]]) {
  scenario(`${name}: no request, no identifier`, { pages: { "/": "<button>Go</button>" }, init }, async (visit) => {
    await visit.goto("/");
    await visit.page.click("button");
    await visit.page.evaluate(() => knock("track", "x"));
    await visit.page.evaluate(() => knock("consent", "granted"));
    await visit.page.waitForLoadState("networkidle");
    assert.deepEqual(await visit.traces(), []);
    // The trackable page is the fence: earlier pages had time to send.
    await visit.goto("/?free");
    await visit.quiet();
    assert.deepEqual(visit.views(), ["/?free"]);
    assert.deepEqual(visit.signals().length, 1);
  });

  scenario(`${name} is overruled by data-ignore-dnt`, { attributes: " data-ignore-dnt", init }, async (visit) => {
    await visit.arrive();
    assert.equal(visit.inbox.batches[0].body.ignore_dnt, true);
  });
}

scenario("an automated browser is marked, not dropped", {}, async (visit) => {
  await visit.arrive();
  assert.equal(visit.inbox.batches[0].body.automation, "webdriver");
});

const undriven = () => Object.defineProperty(Navigator.prototype, "webdriver", { get: () => false });

scenario("a browser without automation has no such mark", { init: undriven }, async (visit) => {
  await visit.arrive();
  assert.ok(!("automation" in visit.inbox.batches[0].body));
  assert.ok(!("ignore_dnt" in visit.inbox.batches[0].body));
});

/** Listeners of window and document, as the browser counts them. */
async function listeners(visit) {
  const session = await visit.context.newCDPSession(visit.page);
  const counts = [];
  for (const expression of ["window", "document", "document.documentElement", "document.body"]) {
    const { result } = await session.send("Runtime.evaluate", { expression });
    const found = await session.send("DOMDebugger.getEventListeners", { objectId: result.objectId });
    counts.push(...found.listeners.map(({ type }) => `${expression} ${type}`));
  }
  await session.detach();
  // The driver listens too, from its first click on.
  return counts.filter((one) => !/^window (__|.*click|context|mouse|pointer|touch)/.test(one)).sort();
}
const historyIsNative = () => ["pushState", "replaceState"].every((name) => /\[native code\]/.test(Function.prototype.toString.call(history[name])));

scenario("denied: no listener, patched history or key remains, and nothing is sent any more", { pages: { "/": "<button>Go</button>" } }, async (visit) => {
  visit.site.pages["/bare"] = "<!doctype html><title>Bare</title><link rel='icon' href='data:,'><button>Go</button>";
  await visit.goto("/bare");
  const bare = await listeners(visit);
  await visit.arrive();
  await visit.page.click("button");
  await visit.fence();
  assert.ok((await visit.traces()).length > 0);
  await visit.page.evaluate(() => knock("consent", "denied"));
  assert.deepEqual(await listeners(visit), bare);
  assert.equal(await visit.page.evaluate(historyIsNative), true, "history is patched");
  assert.deepEqual(await visit.traces(), []);
  const before = visit.signals().length;
  await visit.page.click("button");
  await visit.page.evaluate(() => history.pushState({}, "", "/a"));
  await visit.page.evaluate(() => knock("track", "after"));
  await visit.goto("/");
  await visit.quiet();
  assert.deepEqual(visit.signals().slice(before).map(({ type }) => type).filter((type) => type !== "engagement"), ["page_view"]);
  assert.equal(visit.inbox.named("after"), undefined);
});

scenario("after reset another visitor continues", { pages: { "/": "<button>Go</button>" } }, async (visit) => {
  await visit.arrive();
  await visit.fence();
  await visit.page.evaluate(() => knock("reset"));
  await visit.page.click("button");
  await visit.quiet();
  const visitors = visit.inbox.batches.map(({ body }) => body.visitor);
  assert.equal(new Set(visitors).size, 2);
  const click = visit.inbox.batches.find(({ body }) => body.signals.some(({ type }) => type === "click"));
  assert.notEqual(click.body.visitor, visitors[0]);
});
