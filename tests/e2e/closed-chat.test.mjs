// What a visitor notices of a reply while the chat is closed or the page is in the background.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { violationsOf } from "./support/axe.mjs";
import { complaints, launch } from "./support/browser.mjs";
import { Knock, until } from "./support/knock.mjs";
import { dress } from "./support/look.mjs";
import { replies } from "./support/replies.mjs";
import { Site, page as html, snippet } from "./support/site.mjs";

const LONG = "Of course. ".repeat(30).trim();
const WIDE = { width: 1000, height: 700 };
/** The time after which no message is taken for an earlier one. */
const FRESH = 3_100;
let browser, knock, key, site, reply;

before(async () => {
  browser = await launch();
  knock = await Knock.start();
  key = await knock.siteKey();
  reply = replies(knock);
  const body = "<main><h1>A page</h1><button>Own</button></main>";
  const pages = Object.fromEntries(["/", "/other"].map((path) => [path, html(snippet(knock, key), body, "Our prices")]));
  site = await Site.serve({ pages });
});

after(async () => {
  await browser?.close();
  await site?.stop();
  await knock?.stop();
});

/** Counts the tones of the page in place of playing them. */
const silence = () => {
  window.tones = 0;
  const volume = { setValueAtTime() {}, exponentialRampToValueAtTime() {} };
  window.AudioContext = class {
    state = "running";
    currentTime = 0;
    resume = async () => {};
    close = async () => {};
    createGain = () => ({ gain: volume, connect() {} });
    createOscillator = () => ({ frequency: {}, connect() {}, start: () => window.tones++, stop() {} });
  };
};

/** Puts a page into the background, or in front. */
const turn = (page, isHidden) =>
  page.evaluate((isHidden) => {
    Object.defineProperty(document, "hidden", { configurable: true, get: () => isHidden });
    Object.defineProperty(document, "visibilityState", { configurable: true, get: () => (isHidden ? "hidden" : "visible") });
    document.dispatchEvent(new Event("visibilitychange"));
  }, isHidden);

const log = (page) => page.getByRole("log");
const opener = (page) => page.getByRole("button", { name: /^Open chat/ });
const bubble = (page) => page.locator("knock-widget").getByRole("region", { name: "Admin" });
const badge = (page) => page.locator("knock-widget .launcher-badge");
const newest = async () => (await knock.get("/api/v1/conversations")).conversations[0];
const tones = (page) => page.evaluate(() => window.tones);
const rings = (page, count) => until(() => tones(page), (now) => now === 2 * count, `${count} sounds of two tones`);
/** The title of the page, whose number begins with a mark that cannot be seen. */
const titled = (page, title) => until(() => page.title(), (now) => now === title.replace(/^\(/, "\u200b("), title);

/** A new visitor who has asked, after which earlier messages cannot be meant. */
async function ask(options) {
  const context = await browser.newContext({ viewport: WIDE, ...options });
  await context.addInitScript(silence);
  const page = await context.newPage();
  page.found = complaints(page);
  await page.goto(site.url);
  await opener(page).click();
  await page.getByLabel("Message", { exact: true }).fill("We need a quote for 20 people");
  await page.keyboard.press("Enter");
  await log(page).getByText("can help with that").waitFor();
  page.chat = (await newest()).id;
  const at = await page.evaluate(() => performance.now());
  await page.waitForFunction((end) => performance.now() > end, at + FRESH);
  return page;
}

async function close(page) {
  await page.keyboard.press("Escape");
  await log(page).waitFor({ state: "hidden" });
}

async function end(page) {
  assert.deepEqual(page.found, []);
  await page.context().close();
}

test("a reply to a closed chat has a bubble, a sound and a number in the title, until it is read", async () => {
  const page = await ask();
  await close(page);
  assert.equal(await page.title(), "Our prices");
  assert.equal(await tones(page), 0, "nothing before a reply");
  await page.getByRole("button", { name: "Own" }).focus();
  await reply(page.chat, LONG);
  await bubble(page).waitFor();
  assert.equal(await bubble(page).locator(".invitation-text").innerText(), `${LONG.slice(0, 200).trimEnd()}…`);
  assert.equal(await page.evaluate(() => document.activeElement.innerText), "Own", "it takes no focus");
  await rings(page, 1);
  await titled(page, "(1) Our prices");
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    assert.deepEqual(await violationsOf(page), [], colorScheme);
  }
  await reply(page.chat, "It is 490 euros.");
  await bubble(page).getByText("490 euros").waitFor();
  assert.equal(await tones(page), 2, "a burst rings once");
  await titled(page, "(2) Our prices");
  await page.evaluate(() => (document.title = "Another page"));
  await titled(page, "(2) Another page");

  await bubble(page).getByRole("button", { name: "Mute" }).click();
  await bubble(page).getByRole("button", { name: "Unmute" }).waitFor();
  await bubble(page).getByRole("button", { name: "Dismiss" }).click();
  await bubble(page).waitFor({ state: "detached" });
  await page.goto(`${site.url}/other`);
  await badge(page).filter({ hasText: /^2$/ }).waitFor();
  await titled(page, "(2) Our prices");
  assert.equal(await bubble(page).count(), 0, "it was dismissed");
  await page.evaluate(() => knock("open", "chat"));
  await log(page).getByText("490 euros").waitFor();
  await titled(page, "Our prices");
  assert.equal(await tones(page), 0, "old messages make no sound");
  await end(page);
});

test("of two tabs the one in front rings, and what one reads is read in the other", async () => {
  const page = await ask();
  await close(page);
  const other = await page.context().newPage();
  await other.goto(`${site.url}/other`);
  await other.getByRole("button", { name: "Own" }).click();
  const loaded = () => performance.getEntriesByType("resource").some(({ name }) => name.endsWith("/widget.wasm"));
  await other.waitForFunction(loaded);
  const at = await other.evaluate(() => performance.now());
  await other.waitForFunction((end) => performance.now() > end, at + FRESH);
  await turn(other, true);
  await reply(page.chat, "It is 490 euros.");
  await rings(page, 1);
  await Promise.all([titled(page, "(1) Our prices"), titled(other, "(1) Our prices")]);
  assert.equal(await tones(other), 0);
  await turn(other, false);
  await bubble(page).waitFor();
  await other.evaluate(() => knock("open", "chat"));
  await log(other).getByText("490 euros").waitFor();
  await bubble(page).waitFor({ state: "detached" });
  await badge(page).waitFor({ state: "hidden" });
  await titled(page, "Our prices");
  await end(page);
});

test("a chat that is open in the background rings too, and is read once it is seen", async () => {
  const page = await ask();
  await turn(page, true);
  await reply(page.chat, "It is 490 euros.");
  await rings(page, 1);
  await titled(page, "(1) Our prices");
  await turn(page, false);
  await titled(page, "Our prices");
  await reply(page.chat, "Shall I send it?");
  await log(page).getByText("Shall I send it?").waitFor();
  assert.equal(await page.title(), "Our prices");
  assert.equal(await tones(page), 2, "not in front of the visitor");
  await end(page);
});

test("a site can do without sound and title, and a visitor can mute it in the chat", async () => {
  await dress(knock, key, { history: true });
  const page = await ask();
  const menu = () => page.getByRole("button", { name: "More", exact: true }).click();
  await menu();
  await page.getByRole("menuitem", { name: "Turn sound off" }).click();
  await menu();
  await page.getByRole("menuitem", { name: "Turn sound on" }).waitFor();
  await page.keyboard.press("Escape");
  await close(page);
  await reply(page.chat, "It is 490 euros.");
  await bubble(page).getByRole("button", { name: "Unmute" }).waitFor();
  await titled(page, "(1) Our prices");
  assert.equal(await tones(page), 0);
  await end(page);

  await dress(knock, key, { reply_sound: false, reply_title: false });
  const quiet = await ask();
  await close(quiet);
  await reply(quiet.chat, "It is 490 euros.");
  await bubble(quiet).waitFor();
  await badge(quiet).filter({ hasText: /^1$/ }).waitFor();
  await quiet.waitForFunction(() => performance.getEntriesByType("resource").some(({ name }) => name.endsWith("/reply.js")));
  assert.equal(await quiet.title(), "Our prices");
  assert.equal(await tones(quiet), 0);
  assert.equal(await bubble(quiet).getByRole("button", { name: /mute/i }).count(), 0);
  await end(quiet);
});
