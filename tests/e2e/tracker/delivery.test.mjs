// Responses of the server: what is retried, when, and what is not.
import assert from "node:assert/strict";
import { stage } from "../support/stage.mjs";

const scenario = stage();
const pages = { "/": "<button>Go</button>" };
const track = (visit, name) => visit.page.evaluate((name) => void knock("track", name), name);
const times = (visit, name) => visit.inbox.attempts(visit.inbox.named(name).id).map(({ at }) => at);
const lost = (visit) => Math.max(0, ...visit.inbox.batches.map(({ body }) => body.lost ?? 0));

scenario("503 twice, then success: accepted once, the same id each time", {}, async (visit) => {
  await visit.arrive();
  visit.inbox.answer(503, 503);
  await track(visit, "x");
  await visit.inbox.waitFor((inbox) => inbox.accepted().some(({ name }) => name === "x"), "x");
  await visit.quiet();
  assert.deepEqual(visit.inbox.attempts(visit.inbox.named("x").id).map(({ status }) => status), [503, 503, 202]);
  assert.equal(visit.of("track").length, 1);
  assert.equal(lost(visit), 0);
});

for (const status of [408, 425, 429, 500, 502, 504]) {
  scenario(`after ${status} it is sent again with the same ids`, {}, async (visit) => {
    await visit.arrive();
    visit.inbox.answer(status);
    await track(visit, "x");
    await visit.inbox.waitFor((inbox) => inbox.accepted().some(({ name }) => name === "x"), "x");
    assert.equal(times(visit, "x").length, 2);
  });
}

scenario("a reply that names rate-limited signals counts as 429", {}, async (visit) => {
  await visit.arrive();
  visit.inbox.answer({ status: 202, body: '{"accepted":0,"duplicate":0,"filtered":0,"rate_limited":1,"rejected":[]}' });
  await track(visit, "x");
  await visit.inbox.waitFor((inbox) => inbox.named("x") && inbox.attempts(inbox.named("x").id).length > 1, "x once more");
});

scenario("Retry-After is respected, and `online` does not shorten it", { pages }, async (visit) => {
  await visit.arrive();
  visit.inbox.answer({ status: 429, headers: { "retry-after": "2" } });
  await track(visit, "x");
  await visit.inbox.waitForSignal("track", "x");
  await visit.page.evaluate(() => dispatchEvent(new Event("online")));
  await visit.page.click("button");
  await visit.inbox.waitFor((inbox) => inbox.accepted().some(({ type }) => type === "click"), "the click");
  const [first, second] = times(visit, "x");
  assert.ok(second - first >= 2_000, `again after ${second - first} ms`);
  const between = visit.inbox.batches.filter(({ at }) => at > first && at < second);
  assert.equal(between.length, 0, "sent during Retry-After");
});

for (const status of [400, 422]) {
  scenario(`after ${status} this batch is dropped and the next is sent`, {}, async (visit) => {
    await visit.arrive();
    visit.inbox.answer(status);
    await track(visit, "x");
    await visit.inbox.waitForSignal("track", "x");
    await visit.quiet();
    assert.equal(times(visit, "x").length, 1);
    assert.equal(lost(visit), 1);
  });
}

for (const status of [401, 403, 404, 405, 410, 415]) {
  scenario(`after ${status} this page sends nothing more, and stores nothing`, { pages }, async (visit) => {
    await visit.arrive();
    visit.inbox.answer(status);
    await track(visit, "x");
    await visit.inbox.waitForSignal("track", "x");
    await visit.page.waitForFunction(() => !Object.keys(localStorage).some((key) => key.startsWith("knock_q")));
    await track(visit, "y");
    await visit.page.click("button");
    const { length } = visit.inbox.batches;
    // The next page load is the fence.
    await visit.goto("/");
    await visit.quiet();
    const later = visit.inbox.batches.slice(length).flatMap(({ body }) => body.signals);
    assert.equal(later[0].type, "page_view");
    assert.deepEqual([visit.inbox.named("y"), times(visit, "x").length, visit.of("click").length], [undefined, 1, 0]);
  });
}

scenario("413 halves the batch; only a signal that is too large by itself is dropped", {}, async (visit) => {
  await visit.arrive();
  visit.inbox.always(({ signals }) => (signals.some(({ name }) => name === "poison") ? 413 : 202));
  await visit.page.evaluate(() => ["a", "b", "poison", "c", "d"].forEach((name) => knock("track", name)));
  await visit.inbox.waitFor((inbox) => "abcd".split("").every((name) => inbox.accepted().some((s) => s.name === name)), "a, b, c, d");
  await visit.quiet();
  assert.deepEqual(visit.inbox.accepted().filter(({ name }) => name === "poison"), []);
  const tries = visit.inbox.attempts(visit.inbox.named("poison").id);
  assert.equal(tries.at(-1).body.signals.length, 1);
  assert.ok(tries.length <= 4, `${tries.length} attempts`);
  for (const name of "abcd") assert.equal(visit.inbox.attempts(visit.inbox.named(name).id).filter((b) => b.status === 202).length, 1, name);
  assert.equal(lost(visit), 1);
});

scenario("a dropped connection is retried, and the page notices nothing", {}, async (visit) => {
  await visit.arrive();
  visit.inbox.answer("drop", "drop");
  await track(visit, "x");
  await visit.inbox.waitFor((inbox) => inbox.accepted().some(({ name }) => name === "x"), "x");
  await visit.quiet();
  assert.equal(visit.of("track").length, 1);
});

scenario("back online: sent at once, without the rest of the backoff", { pages }, async (visit) => {
  await visit.page.clock.install();
  await visit.arrive();
  await visit.context.setOffline(true);
  await visit.page.click("button");
  await visit.page.clock.runFor(60_000);
  await visit.page.clock.pauseAt(Date.now() + 3_600_000);
  assert.equal(visit.of("click").length, 0);
  await visit.context.setOffline(false);
  await visit.inbox.waitForSignal("click");
});

scenario("during a long outage attempts become rare, and the stored signals stay bounded", { pages }, async (visit) => {
  await visit.page.clock.install();
  await visit.arrive();
  visit.inbox.always(503);
  const before = visit.inbox.batches.length;
  await visit.page.evaluate(() => {
    for (let n = 0; n < 700; n += 1) document.querySelector("button").click();
  });
  // Responses follow the real clock: each step lets some arrive.
  for (let step = 0; step < 60; step += 1) await visit.page.clock.runFor(10_000);
  const attempts = visit.inbox.batches.length - before;
  // Full jitter between 0 and a minute: some 6 while it grows, and one every half minute after that.
  assert.ok(attempts >= 3 && attempts < 80, `${attempts} attempts in ten minutes`);
  const kept = await visit.page.evaluate(() => JSON.stringify({ ...localStorage }).length);
  assert.ok(kept < 300_000, `${kept} characters stored`);
  visit.inbox.always(202);
  await visit.page.evaluate(() => dispatchEvent(new Event("online")));
  const isTaken = () => visit.inbox.accepted().some(({ type }) => type === "click");
  // The current request is refused as before, and then waits for the clock.
  for (let second = 0; second < 120 && !isTaken(); second += 1) await visit.page.clock.runFor(1_000);
  await visit.inbox.waitFor(isTaken, "the clicks");
  // A retry of the page waits for the page's clock.
  let hasEnded = false;
  const fence = visit.fence().finally(() => (hasEnded = true));
  for (let second = 0; second < 120 && !hasEnded; second += 1) await visit.page.clock.runFor(1_000);
  await fence;
  const clicks = visit.inbox.accepted().filter(({ type }) => type === "click");
  assert.ok(clicks.length >= 400 && clicks.length <= 500, `${clicks.length} clicks`);
  assert.ok(lost(visit) >= 700 - clicks.length, `${lost(visit)} lost`);
});

scenario("the page's listeners get captured and sent signals", { pages, init: () => {
  window.heard = [];
  for (const kind of ["ready", "signal", "sent", "intent"]) document.addEventListener(`knock:${kind}`, ({ detail }) => heard.push([kind, detail]));
} }, async (visit) => {
  await visit.arrive();
  visit.inbox.answer(503);
  await track(visit, "x");
  await visit.inbox.waitFor((inbox) => inbox.accepted().some(({ name }) => name === "x"), "x");
  const heard = (kind) => visit.page.evaluate((kind) => heard.filter(([name]) => name === kind).map(([, detail]) => detail), kind);
  await visit.page.waitForFunction(() => heard.filter(([kind]) => kind === "sent").length > 2);
  assert.equal((await heard("ready")).length, 1);
  assert.deepEqual((await heard("signal")).map(({ type, name }) => name ?? type), ["page_view", "x"]);
  assert.deepEqual((await heard("sent")).slice(0, 3).map(({ count, status }) => [count, status]), [[1, 202], [1, 503], [1, 202]]);
  assert.equal((await heard("intent"))[0].category, "Home/Other");
});

scenario("a listener that throws does not affect the tracker", { init: () => {
  for (const kind of ["ready", "signal", "sent", "intent"]) document.addEventListener(`knock:${kind}`, (event) => event.detail.nothing.there);
} }, async (visit) => {
  await visit.goto("/");
  await visit.quiet();
  assert.deepEqual(visit.views(), ["/"]);
  // The page's own error, reported as such.
  visit.found.length = 0;
});
