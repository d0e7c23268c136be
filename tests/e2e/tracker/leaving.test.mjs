// Leaving a page: the last signals arrive, once, without a delay.
import assert from "node:assert/strict";
import { stage } from "../support/stage.mjs";
import { short } from "../support/inbox.mjs";

const scenario = stage();
const pages = { "/": `<a href="/b">Next</a><button>Go</button>`, "/b": "<button>Go</button>" };

const turn = (state) => `Object.defineProperty(document, "visibilityState", { configurable: true, get: () => "${state}" });
  document.dispatchEvent(new Event("visibilitychange", { bubbles: true }))`;

const attempts = (visit, type) => visit.of(type).map(({ id }) => visit.inbox.attempts(id).length);

scenario("visibilitychange and pagehide at the end of a page: each signal is sent once", { pages }, async (visit) => {
  await visit.arrive();
  await visit.page.evaluate(() => {
    document.querySelector("button").click();
    knock("track", "last");
  });
  await visit.page.evaluate(turn("hidden"));
  await visit.page.goto("about:blank");
  await visit.inbox.waitForSignal("track", "last");
  // Another visitor's page is the fence: the first has sent everything before.
  const other = await visit.context.browser().newContext();
  await visit.goto("/b", await other.newPage());
  await visit.inbox.waitFor(() => visit.views().includes("/b"), "the other visitor");
  await other.close();
  assert.deepEqual([...attempts(visit, "click"), ...attempts(visit, "track"), ...attempts(visit, "page_view")], [1, 1, 1, 1]);
});

scenario("hidden, visible, hidden again: signals are sent each time", { pages }, async (visit) => {
  await visit.arrive();
  for (const name of ["one", "two"]) {
    await visit.page.evaluate((name) => void knock("track", name), name);
    await visit.page.evaluate(turn("hidden"));
    await visit.inbox.waitForSignal("track", name);
    await visit.page.evaluate(turn("visible"));
  }
  await visit.quiet();
  assert.deepEqual(attempts(visit, "track").slice(0, 2), [1, 1]);
  assert.deepEqual(visit.views(), ["/"]);
});

/** Clicks these buttons in one task; returns the signals captured by its end. */
const press = (visit, ...ids) => visit.page.evaluate((ids) => {
  const seen = [];
  const listen = ({ detail }) => seen.push(detail.text);
  document.addEventListener("knock:signal", listen);
  for (const id of ids) document.getElementById(id).click();
  document.removeEventListener("knock:signal", listen);
  return seen;
}, ids);
const buttons = `<button id="menu">Menu</button><button id="demo" data-knock-cta="demo">Demo</button>`;
const counting = `const { setItem } = Storage.prototype; window.written = [];
  Storage.prototype.setItem = function (key, text) { written.push(key); setItem.call(this, key, text); }`;

/** Waits until no request is pending, as its response would be another event. */
const isAnswered = (visit) => visit.page.waitForFunction(() => !Object.keys(localStorage).some((key) => key.startsWith("knock_q")));
/** The number of writes of the session. */
const sessions = (visit) => visit.page.evaluate('written.filter((key) => key === "knock_s")');

scenario("clicks without a link wait for each other, while the page is visible", { pages: { "/": buttons }, init: counting }, async (visit) => {
  await visit.arrive();
  await isAnswered(visit);
  await visit.page.evaluate("written.length = 0");
  assert.deepEqual(await press(visit, "menu", "menu", "menu"), []);
  assert.deepEqual(await sessions(visit), []);
  await visit.page.evaluate(turn("hidden"));
  await visit.inbox.waitFor(() => visit.of("click").length === 3, "three clicks");
  assert.deepEqual(await sessions(visit), ["knock_s"]);
  const [first] = visit.of("click");
  assert.deepEqual(visit.of("click").map(({ seq }) => seq - first.seq), [0, 1, 2]);
});

scenario("a click without a link is sent by itself", { pages: { "/": buttons } }, async (visit) => {
  await visit.arrive();
  await isAnswered(visit);
  assert.deepEqual(await press(visit, "menu"), []);
  await visit.inbox.waitFor(() => visit.of("click").length === 1, "the click");
  assert.deepEqual(attempts(visit, "click"), [1]);
});

scenario("a marked call to action does not wait, and earlier clicks come first", { pages: { "/": buttons } }, async (visit) => {
  await visit.arrive();
  assert.deepEqual(await press(visit, "menu", "demo"), ["Menu", "Demo"]);
  await visit.inbox.waitFor(() => visit.of("cta").length === 1, "the call to action");
});

scenario("ten events in the task that leaves the page arrive", { pages }, async (visit) => {
  await visit.arrive();
  await visit.page.evaluate(() => {
    for (let n = 0; n < 10; n += 1) knock("track", `e${n}`, { n });
    location.href = "/b";
  });
  await visit.inbox.waitFor(() => visit.of("track").length >= 10, "ten events");
  assert.deepEqual(visit.of("track").map(({ name }) => name), [..."0123456789"].map((n) => `e${n}`));
});

const burst = (count) => `for (let n = 0; n < ${count}; n += 1) knock("track", "e" + n, { text: "x".repeat(2_000) }); location.href = "/b"`;

scenario("forty events of 2 KB in the task that leaves the page arrive, in batches that the browser accepts", { pages }, async (visit) => {
  await visit.arrive();
  await visit.page.evaluate(burst(40));
  await visit.page.waitForURL("**/b");
  await visit.inbox.waitFor(() => visit.of("track").length >= 40, "forty events");
  await visit.quiet();
  assert.equal(visit.of("track").length, 40);
  assert.ok(visit.inbox.batches.every(({ body }) => !body.lost), "lost");
});

scenario("more events than are stored, in the task that leaves the page: the lost ones are counted", { pages }, async (visit) => {
  await visit.arrive();
  await visit.page.evaluate(burst(60));
  await visit.page.waitForURL("**/b");
  const lost = () => Math.max(0, ...visit.inbox.batches.map(({ body }) => body.lost ?? 0));
  await visit.inbox.waitFor(() => visit.of("track").length + lost() >= 60, "sixty events or their count");
  await visit.quiet();
  assert.equal(visit.of("track").length + lost(), 60);
  assert.ok(visit.of("track").length >= 40, `${visit.of("track").length} arrived`);
});

const refusing = (limit) => `navigator.sendBeacon = (url, body) =>
  (body.size ?? body.length) <= ${limit} && Navigator.prototype.sendBeacon.call(navigator, url, body)`;

scenario("signals that sendBeacon refuses are stored, and sent once by the next page", { pages, init: refusing(0) }, async (visit) => {
  await visit.arrive();
  await visit.page.evaluate(() => {
    knock("track", "one");
    location.href = "/b";
  });
  await visit.page.waitForURL("**/b");
  await visit.inbox.waitForSignal("track", "one");
  await visit.quiet();
  assert.equal(visit.of("track").length, 1);
  assert.deepEqual(visit.views(), ["/", "/b"]);
});

scenario("a small limit of sendBeacon loses nothing", { pages, init: refusing(16_000) }, async (visit) => {
  await visit.arrive();
  await visit.page.evaluate(() => {
    for (let n = 0; n < 30; n += 1) knock("track", `e${n}`, { text: "x".repeat(2_000) });
    location.href = "/b";
  });
  await visit.inbox.waitFor(() => visit.of("track").length >= 30, "thirty events");
});

scenario("without sendBeacon nothing is lost", { pages, init: "delete Navigator.prototype.sendBeacon" }, async (visit) => {
  await visit.arrive();
  await visit.page.click("a");
  await visit.inbox.waitFor(() => visit.views().includes("/b"), "the next page");
  await visit.quiet();
  assert.deepEqual(visit.of("click").map(({ text }) => text), ["Next"]);
});

scenario("a link is followed at once although the collector takes six seconds, and its click is sent before", { pages }, async (visit) => {
  await visit.arrive();
  visit.inbox.always({ status: 202, delay: 6_000 });
  const start = performance.now();
  await visit.page.click("a");
  await visit.page.waitForURL("**/b");
  assert.ok(performance.now() - start < 3_000, "the navigation was held up");
  const click = await visit.inbox.waitForSignal("click", "Next");
  await visit.inbox.waitFor(() => visit.views().includes("/b"), "the next view");
  const arrival = (signal) => visit.inbox.attempts(signal.id)[0].at;
  assert.ok(arrival(click) < arrival(visit.of("page_view").at(-1)), "the click came after the next page's view");
});

scenario("a collector that never responds delays neither clicks nor pages, and loses nothing", { pages }, async (visit) => {
  visit.inbox.always("hang");
  await visit.goto("/");
  await visit.page.click("button");
  await visit.page.click("a");
  await visit.page.waitForURL("**/b");
  await visit.inbox.waitFor(() => visit.of("click").length >= 2, "both clicks");
  assert.deepEqual(visit.of("click").map(short), ["click /", "click /"]);
});

scenario("unsent signals of the last page do not delay those of later pages", { pages }, async (visit) => {
  await visit.arrive();
  await visit.page.click("a");
  await visit.page.waitForURL("**/b");
  await visit.quiet();
  assert.deepEqual(visit.of("page_view", "click").map(short), ["page_view /", "click /", "page_view /b"]);
  assert.deepEqual(new Set(visit.of("page_view").map(({ id }) => id)).size, 2);
});
