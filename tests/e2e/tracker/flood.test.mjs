// Floods: the page stays responsive, the storage stays small, lost signals are counted.
import assert from "node:assert/strict";
import { stage } from "../support/stage.mjs";

const scenario = stage();
const lost = (visit) => Math.max(0, ...visit.inbox.batches.map(({ body }) => body.lost ?? 0));
const stored = (visit) => visit.page.evaluate(() => Object.entries({ ...localStorage }).reduce((sum, [key, text]) => sum + key.length + text.length, 0));

/** Records the longest task of the page. */
const measure = () => {
  window.longest = 0;
  new PerformanceObserver((list) => list.getEntries().forEach(({ duration }) => (longest = Math.max(longest, duration)))).observe({ type: "longtask", buffered: true });
};

scenario("10,000 track calls in a loop: the page stays responsive, three hundred are sent, the others counted", { init: measure }, async (visit) => {
  await visit.arrive();
  const spent = await visit.page.evaluate(() => {
    const start = performance.now();
    for (let n = 0; n < 10_000; n += 1) knock("track", "flood", { n });
    return performance.now() - start;
  });
  assert.ok(spent < 5_000, `the calls took ${spent} ms`);
  const kept = await stored(visit);
  assert.ok(kept < 300_000, `${kept} characters stored`);
  await visit.inbox.waitFor(() => visit.of("track").length >= 300, "three hundred");
  // No call can be the fence now; a page view can.
  await visit.page.evaluate(() => history.pushState({}, "", "/end"));
  await visit.inbox.waitFor(() => visit.views().includes("/end"), "the view of /end");
  const { length } = visit.of("track");
  assert.ok(length >= 300 && length <= 330, `${length} sent`);
  assert.equal(lost(visit), 10_000 - length);
  assert.ok((await visit.page.evaluate(() => longest)) < 5_000, "a long task");
});

scenario("10,000 calls before the script has loaded: bounded too, and the page view is not lost", { pages: (head) => ({
  "/": `<!doctype html><title>Early</title><link rel="icon" href="data:,"><script>
    window.knock = window.knock || function () { var q = knock.q = knock.q || []; if (q.length < 200) q.push(arguments) };
    for (let n = 0; n < 10_000; n += 1) knock("track", "flood", { n });</script>${head}` }) }, async (visit) => {
  await visit.arrive();
  await visit.inbox.waitFor(() => visit.of("track").length >= 90, "the first calls");
  assert.ok(visit.of("track").length <= 330, `${visit.of("track").length} sent`);
  assert.ok((await stored(visit)) < 300_000);
});

scenario("150 moves of the history and 500 clicks in a loop leave the page usable", { pages: { "/": "<button>Go</button>" }, init: measure }, async (visit) => {
  await visit.arrive();
  await visit.page.evaluate(() => {
    const button = document.querySelector("button");
    for (let n = 0; n < 150; n += 1) history.replaceState({}, "", `/p${n}`);
    for (let n = 0; n < 500; n += 1) button.click();
  });
  await visit.page.click("button");
  assert.ok((await visit.page.evaluate(() => longest)) < 2_000, "a long task");
  assert.ok((await stored(visit)) < 300_000);
  await visit.page.evaluate(() => knock("track", "end"));
  await visit.inbox.waitForSignal("track", "end");
});

scenario("an event of 80 KB affects no other, and no batch is too large", {}, async (visit) => {
  await visit.arrive();
  await visit.page.evaluate(() => {
    knock("track", "before");
    knock("track", "huge", { text: "x".repeat(80_000), small: 1 });
    knock("track", "wide", Object.fromEntries(Array.from({ length: 5_000 }, (_, n) => [`key${n}`, n])));
    knock("track", "y".repeat(80_000));
    knock("identify", { email: "ann@shop.example", text: "x".repeat(80_000) });
    knock("track", "after");
  });
  await visit.inbox.waitForSignal("track", "after");
  await visit.quiet();
  assert.ok(visit.inbox.named("before"));
  assert.ok(visit.inbox.named("huge") ?? lost(visit) > 0, "neither sent nor counted");
  assert.equal(visit.of("identify")[0]?.props.email, "ann@shop.example");
});

scenario("with a collector that always responds 413 requests end, and nothing piles up", { pages: { "/": "<button>Go</button>" } }, async (visit) => {
  visit.inbox.always(413);
  await visit.goto("/");
  await visit.page.evaluate(() => ["a", "b", "c", "d", "e", "f", "g"].forEach((name) => knock("track", name)));
  const isAlone = (name) => visit.inbox.batches.some(({ body }) => body.signals.length === 1 && body.signals[0].name === name);
  await visit.inbox.waitFor(() => [..."abcdefg"].every(isAlone), "each signal alone");
  await visit.page.waitForFunction(() => !Object.keys(localStorage).some((key) => key.startsWith("knock_q")));
  assert.ok(visit.inbox.batches.length <= 20, `${visit.inbox.batches.length} requests`);
  const before = visit.inbox.batches.length;
  visit.inbox.always(202);
  await visit.quiet();
  assert.equal(lost(visit), 8);
  assert.deepEqual(visit.inbox.batches.slice(before).flatMap(({ body }) => body.signals).filter(({ name }) => /^[a-g]$/.test(name)), []);
});

scenario("a full queue keeps working", { pages: { "/": "<button>Go</button>" } }, async (visit) => {
  await visit.arrive();
  visit.inbox.always({ status: 503, headers: { "retry-after": "2" } });
  await visit.page.evaluate(() => {
    for (let n = 0; n < 500; n += 1) document.querySelector("button").click();
  });
  await visit.inbox.waitForSignal("click");
  visit.inbox.always(202);
  await visit.fence();
  const clicks = visit.inbox.accepted().filter(({ type }) => type === "click").length;
  assert.ok(clicks <= 500, `${clicks} clicks`);
  await visit.quiet();
  assert.equal(clicks + lost(visit), 500);
});

scenario("a slow collector gets one request at a time, with all queued signals", {}, async (visit) => {
  await visit.arrive();
  visit.inbox.always({ status: 202, delay: 600 });
  const before = visit.inbox.batches.length;
  for (let n = 0; n < 5; n += 1) await visit.page.evaluate((n) => void knock("track", `e${n}`), n);
  await visit.inbox.waitFor(() => visit.of("track").length >= 5, "five events");
  const times = visit.inbox.batches.slice(before).map(({ at }) => at);
  assert.ok(times.length <= 3, `${times.length} requests`);
});
