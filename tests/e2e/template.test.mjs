// The snippet on a third-party site template, otherwise unchanged.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { complaints, launch } from "./support/browser.mjs";
import { Knock, until } from "./support/knock.mjs";
import { Site, snippet } from "./support/site.mjs";

const FOLDER = "node_modules/startbootstrap-agency/dist";
const ORIGINAL = readFileSync(`${FOLDER}/index.html`, "utf8");
let browser, knock, site;

before(async () => {
  browser = await launch();
  knock = await Knock.start();
  const pasted = ORIGINAL.replace("</head>", `${snippet(knock, await knock.siteKey())}\n</head>`);
  site = await Site.serve({ folder: FOLDER, pages: { "/plain": ORIGINAL, "/pasted": pasted } });
});

after(async () => {
  await browser?.close();
  await site?.stop();
  await knock?.stop();
});

/** Waits for the chunk for forms: people type slower than it loads, tests do not. */
const readsForms = () => performance.getEntriesByType("resource").some(({ name, responseEnd }) => name.endsWith("/forms.js") && responseEnd > 0);

/** Visits the page as a person does and returns its behaviour. */
async function visit(path, { isCaptured = false } = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await page.route((url) => url.hostname !== "127.0.0.1", (route) =>
    route.request().url().includes("/bootstrap.bundle.min.js")
      ? route.fulfill({ path: "node_modules/bootstrap/dist/js/bootstrap.bundle.min.js" })
      : route.abort(),
  );
  const found = complaints(page);
  // The template moves its navigation bar, more or less by chance: only other movements count.
  await page.addInitScript(() => {
    window.moved = new Set();
    const name = ({ node }) => (node instanceof Element ? node.id || node.className || node.nodeName : "removed");
    const isOwn = ({ node }) => node?.parentElement?.closest("#mainNav") || node?.id === "mainNav";
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) for (const source of entry.sources) if (!isOwn(source)) window.moved.add(name(source));
    }).observe({ type: "layout-shift", buffered: true });
  });
  await page.goto(site.url + path, { waitUntil: "load" });
  const layout = await page.evaluate(() =>
    [...document.querySelectorAll("body *:not(knock-widget)")].map((element) => {
      const { x, y, width, height } = element.getBoundingClientRect();
      return [element.nodeName, x, y, width, height].join(" ");
    }),
  );
  await page.click("text=Tell Me More");
  await page.click("#navbarResponsive >> text=Portfolio");
  if (isCaptured) await page.waitForFunction(readsForms);
  await page.fill("#name", "Ann Lee");
  await page.fill("#email", "ann@agency-client.example");
  await page.fill("#phone", "12345");
  const moved = await page.evaluate(() => [...window.moved]);
  const hash = new URL(page.url()).hash;
  const submitted = page.waitForURL((url) => url.href.includes("?"));
  await page.press("#phone", "Enter");
  await submitted;
  const globals = await page.evaluate(() => Object.keys(window).filter((name) => /knock/i.test(name)));
  await page.goto("about:blank");
  await context.close();
  return { layout, moved, hash, complaints: found.map((text) => text.replaceAll(/:\d+\//g, "/")), globals };
}

test("the page behaves the same with the snippet and everything on it is captured", async () => {
  const plain = await visit("/plain");
  const pasted = await visit("/pasted", { isCaptured: true });
  assert.deepEqual(pasted.complaints, plain.complaints, "no console error beyond the page's own");
  assert.deepEqual(pasted.layout, plain.layout, "every element is where it was");
  assert.deepEqual([plain.moved, pasted.moved], [[], []], "nothing else is moved about");
  assert.equal(pasted.hash, plain.hash, "navigation clicks do what they did");
  assert.deepEqual(plain.globals, []);
  assert.deepEqual(pasted.globals, ["knock"], "one global");

  const signals = await until(
    () => knock.signals(),
    // The order of arrival may differ.
    (signals) => ["page_view", "identify"].every((wanted) => signals.some(({ type }) => type === wanted)),
    "the page view and the identify signal",
  );
  const seen = signals.map((signal) => [signal.type, signal.text || signal.form]);
  const has = (type, what) => assert.ok(seen.some(([t, w]) => t === type && (!what || w === what)), `${type} ${what}: ${JSON.stringify(seen)}`);
  has("page_view");
  has("click", "Tell Me More");
  has("click", "Portfolio");
  has("form_start", "contactForm");
  has("form_submit", "contactForm");
  const submit = signals.find((signal) => signal.type === "form_submit");
  assert.equal(submit.category, "Demo/Contact sales");
  assert.ok(submit.fields.includes("email") && submit.fields.includes("phone"), JSON.stringify(submit.fields));
  assert.ok(!JSON.stringify(signals).includes("12345"), "no form value is captured");
  const { contacts } = await knock.get("/api/v1/contacts");
  assert.deepEqual(contacts.map((contact) => contact.email), ["ann@agency-client.example"]);
});

test("the page behaves the same while the server is down", async () => {
  const plain = await visit("/plain");
  await knock.kill();
  const pasted = await visit("/pasted");
  await knock.restart();
  // The browser logs that it could not load the loader; nothing else may be logged.
  const own = pasted.complaints.filter((text) => !text.includes("net::ERR_CONNECTION_REFUSED"));
  const others = plain.complaints.filter((text) => !text.includes("net::ERR_CONNECTION_REFUSED"));
  assert.deepEqual(own, others);
  assert.deepEqual(pasted.layout, plain.layout, "every element is where it was");
  assert.deepEqual([plain.moved, pasted.moved], [[], []], "nothing else is moved about");
  assert.equal(pasted.hash, plain.hash);
});
