// The judge of all views: a fault on one screen alone is found there, and nowhere else.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { violationsOf } from "./support/axe.mjs";
import { launch } from "./support/browser.mjs";
import { faultsOf } from "./support/screens.mjs";

let browser, page;

before(async () => {
  browser = await launch();
  page = await browser.newPage();
});

after(() => browser?.close());

/** A sound page with a style and content. */
const show = (style, content) =>
  page.setContent(`<!doctype html><html lang="en"><head><title>A page</title><meta name="viewport" content="width=device-width">
    <style>:root { color-scheme: light dark } ${style}</style></head><body><main><h1>A page</h1>${content}</main></body></html>`);

const rules = (faults) => faults.map((fault) => fault.replace(/: <.*/, ""));

test("a sound page has no faults", async () => {
  await show("", "<p>Text</p><button>Save</button>");
  assert.deepEqual(await faultsOf(page, "it"), []);
});

test("low contrast in dark alone is found on every dark screen", async () => {
  await show("@media (prefers-color-scheme: dark) { p { color: #333; background: #111; transition: color 300ms } }", "<p>Text</p>");
  const found = [360, 768, 1280, 3840].map((width) => `it (${width} px, dark): color-contrast`);
  assert.deepEqual(rules(await faultsOf(page, "it")), found);
});

test("a button without a name is found on the one width that shows it", async () => {
  await show("button { display: none } @media (width <= 400px) { button { display: block } }", "<button></button>");
  assert.deepEqual(rules(await faultsOf(page, "it")), ["it (360 px, light): button-name", "it (360 px, dark): button-name"]);
});

test("what scrolls sideways is found", async () => {
  await show("p { width: 700px; margin: 0 }", "<p>Text</p>");
  const found = await faultsOf(page, "it");
  assert.deepEqual(found.map((fault) => fault.replace(/\d+ px$/, "")), ["light", "dark"].map((scheme) => `it (360 px, ${scheme}): scrolls sideways by `));
});

test("what comes after the load is judged, and so is an element that a script adds for a width", async () => {
  await show("", "<div class=skeleton>Loading</div>");
  await page.evaluate(() => {
    setTimeout(() => (document.querySelector(".skeleton").outerHTML = "<img src='data:,'>"), 300);
    const observer = new ResizeObserver(() => innerWidth === 768 && document.querySelector("h1").after(document.createElement("button")));
    observer.observe(document.body);
  });
  const found = rules(await faultsOf(page, "it"));
  assert.deepEqual(found.slice(0, 2), ["it (360 px, light): image-alt", "it (360 px, dark): image-alt"]);
  assert.ok(found.includes("it (768 px, light): button-name"), found.join("\n"));
});

test("a rule is left out by its name only, and a page with a frame is refused", async () => {
  await show("", "<button></button><img src='data:,'>");
  assert.deepEqual(rules(await violationsOf(page, { except: ["button-name"] })), ["image-alt"]);
  await show("", "<iframe title=Frame srcdoc=Text></iframe>");
  await assert.rejects(violationsOf(page), /frames/);
});
