// The look of a site on its pages: where the launcher is and how it looks, where it is hidden, and the teaser.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { matches } from "../../www/paths.js";
import { violationsOf } from "./support/axe.mjs";
import { complaints, launch } from "./support/browser.mjs";
import { Knock } from "./support/knock.mjs";
import { dress as dressSite } from "./support/look.mjs";
import { Site, snippet } from "./support/site.mjs";

const WIDE = { width: 1000, height: 700 };
const PHONE = { width: 360, height: 640 };
/** The accents of the standard look, and of a look on a light and on a dark ground. */
const STANDARD = "#3f4fc4";
const GREEN = "#0a7d4b";
const PALE = "#6fe0a8";
let browser, knock, key, site;

/** A page that allows no more than the documents say: no style, no inline script without the nonce. */
function page(lang = "en", more = "") {
  const policy = `default-src 'none'; script-src 'nonce-n0nce' ${knock.url} 'wasm-unsafe-eval'; style-src 'nonce-n0nce'; connect-src ${knock.url} ${knock.url.replace("http", "ws")}; img-src ${knock.url} data:`;
  const html = `<!doctype html><html lang="${lang}"${lang === "ar" ? ' dir="rtl"' : ""}><head><meta charset="utf-8"><title>Page</title>
<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">${more}${snippet(knock, key).replace("<script", '<script nonce="n0nce"')}</head>
<body><main><h1>Page</h1><label>Search <input id="search"></label><button id="own">Contact</button></main>
<dialog id="dialog" aria-label="Cookies"><button>Accept</button></dialog></body></html>`;
  return { html, headers: { "content-security-policy": policy } };
}

const CUSTOM = `<style nonce="n0nce">knock-widget { --knock-accent: #7a1f5c; --knock-accent-ink: #fff; --knock-radius: 6px; --knock-offset-x: 80px; --knock-z: 7 }</style>`;

before(async () => {
  browser = await launch();
  knock = await Knock.start();
  key = await knock.siteKey();
  const pages = { "/custom": page("en", CUSTOM), "/ar": page("ar") };
  for (const path of ["/", "/de", "/careers/berlin", "/pricing"]) pages[path] = page(path === "/de" ? "de" : "en");
  site = await Site.serve({ pages });
});

after(async () => {
  await browser?.close();
  await site?.stop();
  await knock?.stop();
});

/** Sets the look of the site. */
const dress = (look) => dressSite(knock, key, look);

/** A new visitor on a page. */
async function arrive(path = "/", options = {}) {
  const context = await browser.newContext({ viewport: WIDE, ...options });
  const page = await context.newPage();
  page.found = complaints(page);
  await page.goto(site.url + path);
  return page;
}

const button = (page) => page.locator("knock-widget .launcher");
const isShown = (page) => button(page).waitFor();
const isHidden = async (page) => {
  await button(page).waitFor({ state: "attached" });
  await button(page).waitFor({ state: "hidden" });
};
const panel = (page) => page.locator("knock-widget .panel");
const styleOf = (place, name) => place.evaluate((element, name) => getComputedStyle(element).getPropertyValue(name), name);
const accentOf = (page) => styleOf(button(page), "--k-accent");
const move = (page, path) => page.evaluate((path) => history.pushState(null, "", path), path);

async function end(page) {
  assert.deepEqual(page.found, []);
  await page.context().close();
}

test("a star in a path stands for any characters, case and the last slash do not count", () => {
  for (const [pattern, path, expected] of [
    ["/careers", "/careers/", true],
    ["/careers/", "/careers", true],
    ["/careers", "/careers/berlin", false],
    ["/careers/*", "/careers", true],
    ["/careers/*", "/careersberlin", false],
    ["/Careers/*", "/careers/Berlin", true],
    ["/*/jobs", "/en/us/jobs/", true],
    ["/*/jobs", "/jobs", false],
    ["/*a*b*c", "/aabbabc", true],
    ["/*a*b*c", "/aabbab", false],
    ["*.html", "/a/b.html", true],
    ["*", "/", true],
    ["/", "/", true],
    ["/", "/a", false],
    ["/**", "/a/b", true],
  ]) assert.equal(matches(pattern, path), expected, `${pattern} ${path}`);
});

test("the launcher has the colour, corner, distances and words of the look, on a page with a strict policy", async () => {
  await dress({ colour: GREEN, colour_dark: PALE, corner: "start", offset_x: 40, offset_y: 60, icon: "question", launcher_text: { en: "Ask us", de: "Frag uns" } });
  for (const { path = "/", viewport = WIDE, colorScheme = "light", words = "Ask us", x } of [
    { x: 40 },
    { path: "/de", words: "Frag uns", x: 40 },
    { colorScheme: "dark", x: 40 },
    // The distance is shortened, so that a bubble fits beside it.
    { viewport: PHONE, x: 20 },
    { path: "/ar", x: undefined },
  ]) {
    const visitor = await arrive(path, { viewport, colorScheme });
    await visitor.getByRole("button", { name: words }).waitFor();
    const box = await button(visitor).boundingBox();
    const side = x ?? viewport.width - 40 - box.width;
    assert.ok(Math.abs(box.x - side) < 1 && Math.abs(box.y + box.height - viewport.height + 60) < 1, `${path} ${JSON.stringify(box)}`);
    assert.equal(await accentOf(visitor), colorScheme === "light" ? GREEN : PALE);
    assert.deepEqual(await violationsOf(visitor), [], path);
    assert.ok((await visitor.evaluate(() => document.documentElement.scrollWidth)) <= viewport.width);
    await end(visitor);
  }
});

test("a forced scheme holds for the panel, and variables of the page win", async () => {
  await dress({ colour: GREEN, scheme: "dark" });
  const visitor = await arrive("/custom", { colorScheme: "light" });
  await button(visitor).click();
  await panel(visitor).getByRole("log").getByText("AI agent").first().waitFor();
  assert.equal(await styleOf(panel(visitor), "background-color"), "rgb(24, 25, 28)", "dark");
  assert.equal(await styleOf(panel(visitor), "border-radius"), "6px");
  assert.equal(await accentOf(visitor), "#7a1f5c");
  assert.equal(await styleOf(visitor.locator("knock-widget"), "z-index"), "7");
  const [outer, inner] = [await button(visitor).boundingBox(), await panel(visitor).boundingBox()];
  for (const { x, width } of [outer, inner]) assert.ok(Math.abs(x + width - WIDE.width + 80) < 1, `${x} ${width}`);
  assert.ok(inner.y + inner.height <= outer.y && inner.y >= 0);
  await end(visitor);
});

test("the launcher is hidden on paths and devices, also after moves by scripts, and a call opens the chat all the same", async () => {
  await dress({ hidden: { paths: ["/careers/*"], devices: ["phone"] } });
  const visitor = await arrive();
  await isShown(visitor);
  await move(visitor, "/careers/berlin");
  await isHidden(visitor);
  await visitor.evaluate(() => history.back());
  await isShown(visitor);
  await visitor.setViewportSize(PHONE);
  await isHidden(visitor);
  await visitor.setViewportSize(WIDE);
  await isShown(visitor);

  await visitor.goto(`${site.url}/careers/berlin`);
  await isHidden(visitor);
  await visitor.locator("#own").focus();
  await visitor.evaluate(() => knock("open", "chat"));
  await panel(visitor).getByRole("log").waitFor();
  await isShown(visitor);
  await panel(visitor).getByRole("textbox").first().focus();
  await visitor.keyboard.press("Escape");
  await isHidden(visitor);
  assert.equal(await visitor.evaluate(() => document.activeElement.id), "own");
  await end(visitor);
});

test("only identified visitors see the launcher where the look says so", async () => {
  await dress({ hidden: { signed_in_only: true } });
  const visitor = await arrive();
  await isHidden(visitor);
  await visitor.evaluate(() => knock("identify", { email: "ann@first.example" }));
  await isShown(visitor);
  await visitor.evaluate(() => knock("reset"));
  await isHidden(visitor);
  await end(visitor);
});

test("the teaser comes once, waits for a field and a dialog, takes no focus, and Escape closes it", async () => {
  const text = "Questions about our prices?";
  await dress({ title: { en: "Acme" }, teaser: { text: { en: text }, pages: ["/pricing*"], delay_s: 1 } });
  const teaser = (page) => page.locator("knock-widget").getByRole("region", { name: "Acme" });
  const visitor = await arrive("/", { viewport: PHONE, reducedMotion: "reduce" });
  await isShown(visitor);
  await visitor.waitForFunction(() => performance.getEntriesByType("resource").some(({ name }) => name.endsWith("/teaser.js")));
  await visitor.clock.install();
  await visitor.locator("#search").focus();
  await move(visitor, "/pricing");
  await visitor.clock.runFor(1_500);
  assert.equal(await teaser(visitor).count(), 0, "the visitor is about to type");
  await visitor.evaluate(() => document.querySelector("#dialog").showModal());
  await visitor.clock.runFor(100);
  assert.equal(await teaser(visitor).count(), 0, "a dialog is in front");
  await visitor.evaluate(() => document.querySelector("#dialog").close());
  await visitor.locator("#own").focus();
  await visitor.clock.resume();
  await teaser(visitor).getByText(text).waitFor();
  assert.equal(await visitor.evaluate(() => document.activeElement.id), "own");
  assert.equal(await teaser(visitor).locator("xpath=ancestor::*[@role='status']").count(), 1, "announced");
  for (const colorScheme of ["light", "dark"]) {
    await visitor.emulateMedia({ colorScheme });
    assert.deepEqual(await violationsOf(visitor), [], colorScheme);
  }
  const box = await teaser(visitor).boundingBox();
  assert.ok(box.x >= 0 && box.x + box.width <= PHONE.width, JSON.stringify(box));
  await teaser(visitor).getByRole("button", { name: "Dismiss" }).focus();
  await visitor.keyboard.press("Escape");
  await teaser(visitor).waitFor({ state: "detached" });
  assert.equal(await visitor.evaluate(() => document.activeElement.shadowRoot.activeElement.className), "launcher");
  await end(visitor);
});

test("a teaser that was seen is on no later page, and its button opens the chat", async () => {
  await dress({ title: { en: "Acme" }, teaser: { text: { en: "Hello!" }, pages: [], delay_s: 0 } });
  const visitor = await arrive();
  const teaser = visitor.locator("knock-widget").getByRole("region", { name: "Acme" });
  await teaser.getByText("Hello!").waitFor();
  await visitor.goto(`${site.url}/pricing`);
  await isShown(visitor);
  assert.equal(await visitor.evaluate(() => performance.getEntriesByType("resource").some(({ name }) => name.endsWith("/teaser.js"))), false);
  await visitor.evaluate(() => localStorage.clear());
  await visitor.reload();
  await teaser.getByRole("button", { name: "Start a chat" }).click();
  await panel(visitor).getByRole("log").getByText("AI agent").first().waitFor();
  assert.equal(await teaser.count(), 0);
  await end(visitor);
});

test("without its look the launcher is the standard one, and it comes back when the page empties its body", async () => {
  await dress({ colour: GREEN, corner: "start" });
  const context = await browser.newContext({ viewport: WIDE });
  const refused = await context.newPage();
  const headers = { "access-control-allow-origin": "*" };
  await refused.route("**/v1/look?*", (route) => route.fulfill({ status: 503, body: "{}", headers }));
  await refused.goto(site.url);
  await isShown(refused);
  assert.equal(await accentOf(refused), STANDARD);
  const visitor = await context.newPage();
  // Without an answer at first.
  let answer;
  const isAsked = new Promise((resolve) => visitor.route("**/v1/look?*", (route) => ((answer = () => route.continue()), resolve()), { times: 1 }));
  await visitor.goto(site.url);
  await Promise.all([isAsked, isShown(visitor)]);
  assert.equal(await accentOf(visitor), STANDARD);
  await answer();
  await visitor.waitForFunction(() => document.querySelector("knock-widget").shadowRoot.querySelector(".launcher").getBoundingClientRect().x < 100);
  await visitor.evaluate(() => document.body.replaceChildren("Another page"));
  await isShown(visitor);
  await visitor.evaluate(() => document.body.replaceWith(document.createElement("body")));
  await visitor.evaluate(() => document.body.replaceChildren("A third page"));
  await isShown(visitor);
  await context.close();
});

test("the chat has the words of the look, and an address waits for consent, in a booking too", async () => {
  const [consent, missing] = ["Acme may write to me.", "Please agree before"];
  await dress({
    colour: "#ffd400",
    title: { en: "Ask Acme" },
    subtitle: { en: "Roasters help roasters." },
    welcome: { en: "More at https://acme.example/about" },
    privacy_url: "https://acme.example/privacy",
    consent: { en: consent },
    words: { en: { "chat.write": "Your question" } },
  });
  for (const screen of [{ viewport: WIDE }, { viewport: PHONE, colorScheme: "dark" }]) {
    const visitor = await arrive("/", { reducedMotion: "reduce", ...screen });
    await button(visitor).click();
    const chat = panel(visitor);
    await chat.getByRole("heading", { name: "Ask Acme" }).waitFor();
    await chat.getByText("Roasters help roasters.").waitFor();
    await chat.getByRole("link", { name: "https://acme.example/about" }).waitFor();
    await chat.getByRole("link", { name: "Privacy policy" }).waitFor();
    const field = chat.getByPlaceholder("Your question");
    const box = chat.getByRole("checkbox", { name: consent });
    await field.fill("I am ann@acme.example");
    await field.press("Enter");
    await chat.getByText(missing).waitFor();
    assert.ok(await box.evaluate((box) => box.matches(":focus")));
    assert.deepEqual(await violationsOf(visitor), [], JSON.stringify(screen));
    assert.equal(await chat.locator(".entry-own").count(), 0);
    await box.press("Space");
    await field.press("Enter");
    await chat.getByText("Sent", { exact: true }).waitFor();
    await field.fill("And bob@acme.example");
    assert.equal(await box.isVisible(), false, "asked once");
    await end(visitor);
  }
  const visitor = await arrive("/", { viewport: PHONE });
  await isShown(visitor);
  await visitor.evaluate(() => knock("open", "meeting"));
  const chat = panel(visitor);
  const email = chat.getByRole("textbox", { name: "E-mail address" });
  await email.fill("ann@acme.example");
  await email.press("Enter");
  const box = chat.getByRole("checkbox", { name: consent });
  await chat.getByText(missing).waitFor();
  assert.ok(await box.evaluate((box) => box.matches(":focus")));
  assert.deepEqual(await violationsOf(visitor), []);
  await box.press("Space");
  await email.press("Enter");
  await email.waitFor({ state: "detached" });
  await end(visitor);
});
