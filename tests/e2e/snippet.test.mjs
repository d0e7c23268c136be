// What the snippet sends and what it must not send, on small pages of their own origin.
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { complaints, launch, requests } from "./support/browser.mjs";
import { Knock, until } from "./support/knock.mjs";
import { Site, page, snippet } from "./support/site.mjs";

let browser, knock, site, key, context;

before(async () => {
  browser = await launch();
  knock = await Knock.start();
  key = await knock.siteKey();
  const head = snippet(knock, key);
  site = await Site.serve({
    pages: {
      "/": page(head, `<a href="/pricing">Pricing</a> <button>Plain</button> <a id="cta" href="/pricing" data-knock-cta="hero">Go</a>`),
      "/pricing": page(head, `<form id="quote"><input name="who" type="email"><button>Send</button></form>`),
      "/twice": page(head + head),
      "/product": page(head),
      "/masked": page(head, `<p data-knock-ignore><button>Secret</button></p><button data-knock-mask>Hidden words</button><button>card 4111 1111 1111 1111</button>`),
      "/early": page(head + `<script>window.knock = window.knock || function () { var q = knock.q = knock.q || []; if (q.length < 200) q.push(arguments) };
        knock("identify", { email: "early@company.example" }); knock("track", "seen", { deep: { a: 1 } });</script>`),
    },
  });
});

after(async () => {
  await browser?.close();
  await site?.stop();
  await knock?.stop();
});

beforeEach(async () => {
  await context?.close();
  context = await browser.newContext();
});

/** Signals of this test's visitor, once the expected number has arrived. */
async function seen(page, count) {
  const visitor = await until(() => page.evaluate(() => localStorage.getItem("knock_v")), Boolean, "the visitor's id");
  // Whether a page was visible for a second depends on the load of the machine.
  const isMine = (signal) => signal.visitor === visitor && signal.type !== "engagement";
  const mine = async () => (await knock.signals()).filter(isMine);
  return until(mine, (signals) => signals.length >= count, `${count} signals`);
}

const summaries = (signals) => signals.map((signal) => `${signal.type} ${new URL(signal.url).pathname}`);

test("a visit is captured with its clicks, and a click that leaves the page is not lost", async () => {
  const page = await context.newPage();
  const found = complaints(page);
  await page.goto(site.url);
  // Clicks are captured once the tracker has started.
  await seen(page, 1);
  await page.click("text=Plain");
  await page.click("#cta");
  await page.waitForURL("**/pricing");
  const signals = await seen(page, 4);
  assert.deepEqual(summaries(signals), ["page_view /", "click /", "cta /", "page_view /pricing"]);
  assert.deepEqual(signals.map((signal) => signal.category), ["Home/Other", "Home/Other", "Pricing", "Pricing"]);
  assert.equal(new Set(signals.map((signal) => signal.session)).size, 1);
  assert.deepEqual(found, []);
});

test("history navigation counts once a new address", async () => {
  const page = await context.newPage();
  await page.goto(site.url);
  await seen(page, 1);
  await page.evaluate(() => {
    history.pushState({}, "", "/docs");
    history.replaceState({}, "", "/docs");
    history.replaceState({ a: 1 }, "", "/docs#part");
  });
  await seen(page, 2);
  await page.evaluate(() => history.pushState({}, "", "/blog"));
  await seen(page, 3);
  await page.goBack();
  const signals = await seen(page, 4);
  assert.deepEqual(summaries(signals), ["page_view /", "page_view /docs", "page_view /blog", "page_view /docs"]);
});

test("the snippet pasted twice counts once", async () => {
  const page = await context.newPage();
  await page.goto(`${site.url}/twice`);
  await seen(page, 1);
  await page.goto(`${site.url}/product`);
  assert.deepEqual(summaries(await seen(page, 2)), ["page_view /twice", "page_view /product"]);
});

test("calls before the start of the tracker are queued", async () => {
  const page = await context.newPage();
  await page.goto(`${site.url}/early`);
  const signals = await seen(page, 3);
  assert.deepEqual(signals.map((signal) => signal.type).sort(), ["identify", "page_view", "track"]);
  const { contacts } = await knock.get("/api/v1/contacts?q=early@company.example");
  assert.equal(contacts.length, 1);
});

test("ignored and masked texts do not leave the page", async () => {
  const page = await context.newPage();
  const sent = requests(page, "/v1/signals");
  await page.goto(`${site.url}/masked`);
  await seen(page, 1);
  for (const button of await page.$$("button")) await button.click();
  await seen(page, 3);
  // The browser may report a request after the server has received it.
  const heard = async () => sent.map((request) => request.postData() ?? "").join("\n");
  const bodies = await until(heard, (text) => text.split('"type":"click"').length > 2, "both clicks' bodies");
  for (const secret of ["Secret", "Hidden", "4111"]) assert.ok(!bodies.includes(secret), secret);
});

test("Global Privacy Control is respected: no request, nothing stored", async () => {
  await context.addInitScript(() => Object.defineProperty(Navigator.prototype, "globalPrivacyControl", { get: () => true }));
  const page = await context.newPage();
  const sent = requests(page, "/v1/signals");
  await page.goto(site.url, { waitUntil: "networkidle" });
  await page.click("text=Plain");
  await page.evaluate(() => knock("track", "x"));
  await page.goto(`${site.url}/product`, { waitUntil: "networkidle" });
  assert.equal(sent.length, 0);
  assert.equal(await page.evaluate(() => localStorage.length), 0);
});

test("a page without storage is captured all the same", async () => {
  await context.addInitScript(() => {
    Object.defineProperty(window, "localStorage", { get() { throw new DOMException("blocked", "SecurityError"); } });
    Object.defineProperty(window, "sessionStorage", { get() { throw new DOMException("blocked", "SecurityError"); } });
  });
  const page = await context.newPage();
  const found = complaints(page);
  const sent = requests(page, "/v1/signals");
  await page.goto(`${site.url}/product`);
  await until(async () => sent.length, (count) => count > 0, "a request");
  assert.equal((await sent[0].response()).status(), 202);
  assert.deepEqual(found, []);
});

test("signals of an outage are sent once afterwards", async () => {
  const page = await context.newPage();
  await page.goto(site.url);
  await seen(page, 1);
  await knock.kill();
  await page.click("text=Plain");
  await page.evaluate(() => knock("track", "while down"));
  await until(() => page.evaluate(() => JSON.stringify({ ...localStorage })), (kept) => kept.includes("while down"), "the kept queue");
  await knock.restart();
  await page.reload();
  const signals = await seen(page, 4);
  assert.deepEqual(signals.map((signal) => signal.type).sort(), ["click", "page_view", "page_view", "track"]);
});
