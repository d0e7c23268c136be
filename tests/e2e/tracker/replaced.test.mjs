// Pages and blockers that replace functions of the browser.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { runInNewContext } from "node:vm";
import { stage } from "../support/stage.mjs";

const scenario = stage();
const button = { "/": "<button>Go</button>", "/b": "" };

/** The changes of Prototype 1.7 and its predecessors to a page. */
function prototype() {
  const list = (iterable) => Array.prototype.slice.call(iterable);
  Array.from = list;
  Object.assign(Array.prototype, { entries() { return list(this); }, toArray() { return list(this); }, clone() { return list(this); },
    toJSON() { return `[${this.map((one) => JSON.stringify(one)).join(", ")}]`; },
    find(test) { return this.filter(test)[0]; }, include(one) { return this.indexOf(one) >= 0; }, each(act) { this.forEach(act); return this; } });
  Object.assign(String.prototype, { startsWith(text) { return this.indexOf(text) === 0; }, toJSON() { return `"${this}"`; }, strip() { return this.trim(); } });
  const own = window.Element;
  window.Element = Object.assign(function (name) { return document.createElement(name); }, { Methods: {} });
  window.Element.prototype = own.prototype;
  Function.prototype.bind = function (self, ...first) { const act = this; return (...rest) => act.apply(self, [...first, ...rest]); };
  window.$ = (id) => document.getElementById(id);
}

const contact = `<form id="contact" action="/sent"><input name="email" type="email"><input name="what"><button>Ask</button></form>`;
for (const method of ["get", "post"]) {
  scenario(`a ${method} form submitted on a page with Prototype is submitted, not abandoned`, { init: prototype,
    pages: { "/": contact.replace("<form", `<form method="${method}"`), "/sent": "" } }, async (visit) => {
    await visit.arrive();
    await visit.page.waitForFunction(() => performance.getEntriesByType("resource").some(({ name }) => name.endsWith("/forms.js")));
    await visit.page.fill("[name=email]", "ann@shop.example");
    await visit.page.fill("[name=what]", "canary");
    await visit.page.evaluate(() => knock("track", "lists", { list: [1, [2, "three"]], when: new Date(0) }));
    await visit.page.click("button");
    await visit.page.waitForURL("**/sent**");
    await visit.quiet();
    assert.deepEqual(visit.of("form_start", "form_submit", "form_abandon").map(({ type, fields }) => [type, fields]),
      [["form_start", undefined], ["form_submit", ["email", "what"]]]);
    assert.deepEqual(visit.of("identify").map(({ props }) => props.email), ["ann@shop.example"]);
    assert.deepEqual(visit.inbox.named("lists").props, { list: [1, [2, "three"]], when: "1970-01-01T00:00:00.000Z" });
    assert.ok(visit.inbox.batches.every(({ body }) => !body.errors), "errors of ours");
  });
}

/** EasyPrivacy's `$ping`: the browser accepts the beacon, and sends nothing. */
const pingless = "window.beacons = 0; navigator.sendBeacon = () => (beacons += 1, true)";

scenario("the last signals arrive where beacons are blocked", { pages: button, init: pingless }, async (visit) => {
  await visit.arrive();
  await visit.page.evaluate(() => {
    knock("track", "last");
    location.href = "about:blank";
  });
  await visit.inbox.waitForSignal("track", "last");
});

scenario("at the end of a page fetch is used while there is room, then beacons", { pages: button, init: "window.beacons = 0; const send = navigator.sendBeacon; navigator.sendBeacon = function (...call) { beacons += 1; return send.apply(this, call); }" }, async (visit) => {
  await visit.arrive();
  const beacons = await visit.page.evaluate(() => {
    const counts = [];
    for (const count of [1, 40]) {
      for (let n = 0; n < count; n += 1) knock("track", `e${n}`, { text: "x".repeat(2_000) });
      dispatchEvent(new Event("pagehide"));
      counts.push(beacons);
    }
    return counts;
  });
  assert.equal(beacons[0], 0);
  assert.ok(beacons[1] > 0, "what has no room goes another way");
});

const throwing = "window.fetch = () => { throw new Error('not here') }";

scenario("a fetch that throws at once: signals are sent by beacons, at the start and at the end", { pages: button, init: throwing }, async (visit) => {
  await visit.arrive();
  await visit.page.click("button");
  await visit.page.evaluate(() => (location.href = "/b"));
  await visit.inbox.waitFor(() => visit.views().includes("/b"), "the next page");
  await visit.quiet();
  assert.deepEqual(visit.views(), ["/", "/b"]);
  assert.equal(visit.of("click").length, 1);
});

scenario("a requestIdleCallback that never calls back stops nothing", { pages: button, init: "window.requestIdleCallback = () => 1" }, async (visit) => {
  await visit.arrive();
});

scenario("a name too long to be read is counted as lost", {}, async (visit) => {
  await visit.arrive();
  await visit.page.evaluate(() => knock("track", "x".repeat(30_000)));
  await visit.page.evaluate(() => knock("track", " "));
  await visit.quiet();
  assert.deepEqual(visit.of("track"), []);
  assert.equal(visit.inbox.batches.at(-1).body.lost, 1);
});

scenario("a clock that throws for a while: no timer, listener or patch throws into the page", { pages: { "/": `<button>Go</button><a href="#on">On</a><form><input></form>` } }, async (visit) => {
  await visit.arrive();
  // A response meanwhile would be lost.
  await visit.page.waitForFunction(() => !Object.keys(localStorage).some((key) => key.startsWith("knock_q")));
  const thrown = await visit.page.evaluate(async () => {
    const thrown = [];
    addEventListener("error", ({ message }) => thrown.push(message));
    document.querySelector("button").click();
    knock("track", "before");
    const { now } = Date;
    Date.now = () => { throw new Error("no time"); };
    document.querySelector("button").click();
    document.querySelector("input").dispatchEvent(new Event("input", { bubbles: true }));
    document.dispatchEvent(new Event("visibilitychange"));
    for (const kind of ["online", "popstate", "pagehide"]) dispatchEvent(new Event(kind));
    dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
    history.pushState({}, "", "/a");
    history.replaceState({}, "", "/b");
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    Date.now = now;
    return thrown;
  });
  assert.deepEqual(thrown, []);
  // A failed timer is set again only when the page may be left.
  await visit.page.click("a");
  await visit.quiet();
  assert.ok(visit.inbox.batches.at(-1).body.errors > 0, "failures are counted");
});

const bare = (head) => ({ "/": `<!doctype html><title>Bare</title><link rel="icon" href="data:,">${head.replace(/ data-[\w-]+(="[^"]*")?/g, "")}` });

scenario("a tag manager that drops data attributes is named in the debug output, and nowhere else", { pages: bare }, async (visit) => {
  const lines = [];
  visit.page.on("console", (message) => lines.push(message.text()));
  await visit.goto("/");
  await visit.page.waitForLoadState("networkidle");
  assert.deepEqual(lines, []);
  await visit.goto("/?knock_debug");
  await visit.page.waitForEvent("console", { predicate: (message) => message.text().includes("Tag Manager"), timeout: 5_000 }).catch(() => {});
  assert.match(lines.join(), /data-site.*Tag Manager/s);
});

test("the line of the docs for calls before the script queues two hundred and no more", () => {
  for (const file of ["docs/tracker.md", "README.md", "www/npm/k.d.ts"]) {
    const [stub] = readFileSync(file, "utf8").match(/window\.knock = window\.knock \|\| function.*\}/) ?? [];
    const page = runInNewContext(`window = globalThis; ${stub}; for (let n = 0; n < 10_000; n += 1) knock("track", "x" + n); knock.q`);
    assert.equal(page.length, 200, file);
    assert.equal(page[199][1], "x199");
  }
});
