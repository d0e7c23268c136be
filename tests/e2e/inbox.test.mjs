// The inbox: on a phone, in plain words, and during an outage.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { violationsOf } from "./support/axe.mjs";
import { complaints, launch } from "./support/browser.mjs";
import { Knock, until } from "./support/knock.mjs";
import { signIn } from "./support/visitor.mjs";

const PHONE = { width: 360, height: 640 };
/** The part that a keyboard leaves visible. */
const WITH_KEYBOARD = { width: 360, height: 320 };
const LAST = "Our plant in Hamburg needs it first";
let browser, knock, id;

before(async () => {
  browser = await launch();
  knock = await Knock.start();
  const visitor = await (await browser.newContext()).newPage();
  await visitor.goto(`${knock.url}/demo/`);
  await visitor.getByRole("button", { name: /^Open chat/ }).click();
  const field = visitor.getByLabel("Message", { exact: true });
  for (const text of ["We need a quote for 200 people", "When can we start?", "W".repeat(300), LAST]) {
    await field.fill(text);
    await field.press("Enter");
    await visitor.getByRole("log").getByText(text).waitFor();
  }
  const rows = await until(
    () => knock.get("/api/v1/conversations"),
    ({ conversations }) => conversations.length === 1,
    "the conversation",
  );
  id = rows.conversations[0].id;
  await until(
    () => knock.get(`/api/v1/conversations/${id}`),
    ({ messages }) => messages.some(({ text }) => text === LAST),
    "the last message",
  );
});

after(async () => {
  await browser?.close();
  await knock?.stop();
});

/** The parts of an element's box outside of the window. */
async function outside(locator, viewport) {
  const box = await locator.boundingBox();
  if (!box) return "not shown";
  const isInside = box.x >= 0 && box.y >= 0 && box.x + box.width <= viewport.width && box.y + box.height <= viewport.height;
  return isInside ? "" : JSON.stringify(box);
}

async function shoot(page, name) {
  if (process.env.KNOCK_SHOTS) await page.screenshot({ path: `${process.env.KNOCK_SHOTS}/inbox-${name}.png` });
}

/** The faults of the page on a screen: violations and sideways scrolling. */
async function faultsOf(page, name) {
  await shoot(page, name.replaceAll(" ", "-"));
  const faults = (await violationsOf(page)).map((violation) => `${name}: ${violation}`);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  return overflow > 0 ? [...faults, `${name}: scrolls sideways by ${overflow} px`] : faults;
}

for (const colorScheme of ["light", "dark"]) {
  test(`on a phone an open conversation fills the screen, ${colorScheme}`, async () => {
    const context = await browser.newContext({ viewport: PHONE, colorScheme });
    const page = await signIn(context, knock);
    const found = complaints(page);
    const faults = [];
    await page.goto(`${knock.url}/app/inbox/${id}`);
    const main = page.getByRole("main");
    const field = main.getByRole("textbox", { name: "Message" });
    const log = main.getByRole("log");
    await log.getByText(LAST).waitFor();
    await page.getByText("Live", { exact: true }).first().waitFor({ state: "attached" });
    for (const [name, viewport] of [["phone", PHONE], ["keyboard", WITH_KEYBOARD]]) {
      await page.setViewportSize(viewport);
      await field.focus();
      const window = { ...viewport };
      assert.equal(await outside(field, window), "", `${name}: the field`);
      assert.equal(await outside(main.getByRole("button", { name: "Send", exact: true }), window), "", `${name}: the button`);
      assert.equal(await outside(main.getByRole("link", { name: "Inbox" }), window), "", `${name}: the way back`);
      assert.equal(await outside(log, window), "", `${name}: the messages`);
      const last = await log.getByRole("listitem").last().locator(".message-text").boundingBox();
      const region = await log.boundingBox();
      assert.ok(last.y >= region.y && last.y + last.height <= region.y + region.height, `${name}: the last message`);
      assert.equal(await page.evaluate(() => document.documentElement.scrollHeight <= innerHeight), true, `${name}: page`);
      faults.push(...(await faultsOf(page, `${name} ${colorScheme}`)));
    }
    await page.setViewportSize(PHONE);
    await field.fill("Half a");
    await main.getByRole("button", { name: "Details" }).click();
    await main.getByText("Status history").waitFor();
    await main.getByRole("button", { name: "Reject" }).waitFor();
    assert.equal(await field.isVisible(), false);
    faults.push(...(await faultsOf(page, `details ${colorScheme}`)));
    await main.getByRole("button", { name: "Messages" }).click();
    assert.equal(await field.inputValue(), "Half a");
    await main.getByRole("link", { name: "Inbox" }).click();
    await main.getByRole("list").getByText(LAST).or(main.locator(".inbox-line")).first().waitFor();
    assert.equal(await page.getByRole("navigation", { name: "Main" }).isVisible(), true);
    assert.deepEqual(faults, []);
    assert.deepEqual(found, []);
    await context.close();
  });
}

test("where the keyboard covers the page, the composer stays above it", async () => {
  const context = await browser.newContext({ viewport: PHONE });
  const page = await signIn(context, knock);
  await page.goto(`${knock.url}/app/inbox/${id}`);
  const field = page.getByRole("main").getByRole("textbox", { name: "Message" });
  await field.waitFor();
  // Such a browser shrinks the visual viewport and leaves the window as it is.
  await page.evaluate((height) => {
    Object.defineProperty(visualViewport, "height", { value: height });
    visualViewport.dispatchEvent(new Event("resize"));
  }, WITH_KEYBOARD.height);
  assert.equal(await outside(field, WITH_KEYBOARD), "");
  await context.close();
});

test("the texts are plain, and rule codes are behind why", async () => {
  const context = await browser.newContext();
  const page = await signIn(context, knock);
  await page.goto(`${knock.url}/app/inbox/${id}`);
  const details = page.getByRole("complementary", { name: "Details" });
  await details.getByText("Opened the chat", { exact: true }).waitFor();
  await details.getByText(/(Rep reply due|Closes) (in \d+ \w+|now)/).waitFor();
  const text = await details.innerText();
  assert.doesNotMatch(text, /CS-\d\d|Knock: /);
  await details.getByText("Why", { exact: true }).first().click();
  await details.getByText(/Rule CS-\d\d\./).first().waitFor();
  assert.deepEqual(await violationsOf(page), []);
  await context.close();
});

test("a reply that meets an outage says so, is sent when the server is back, and arrives once", async () => {
  const context = await browser.newContext();
  const page = await signIn(context, knock);
  await page.goto(`${knock.url}/app/inbox/${id}`);
  const log = page.getByRole("main").getByRole("log");
  const field = page.getByRole("main").getByRole("textbox", { name: "Message" });
  const line = (text) => log.getByRole("listitem").filter({ hasText: text });
  const say = async (text) => {
    await field.fill(text);
    await field.press("Enter");
  };
  const count = async (text) => {
    const { messages } = await knock.get(`/api/v1/conversations/${id}`);
    return messages.filter((message) => message.text === text).length;
  };
  await log.getByText(LAST).waitFor();

  await knock.kill();
  await say("During the outage");
  await line("During the outage").getByText("Not sent yet: The server cannot be reached.").waitFor();
  await say("Behind it");
  await line("Behind it").getByText("Not sent yet").waitFor();
  await shoot(page, "outage");
  await knock.restart();
  // The next attempt is up to 30 s away after a long outage.
  await line("Behind it").getByText("Sent", { exact: true }).waitFor({ timeout: 60_000 });
  await line("During the outage").getByText("Sent", { exact: true }).waitFor();
  const { messages } = await knock.get(`/api/v1/conversations/${id}`);
  assert.deepEqual(messages.filter(({ author }) => author === "rep").map(({ text }) => text), ["During the outage", "Behind it"]);

  // Stored, but the answer is lost: the live feed brings the same message.
  const posts = `**/api/v1/conversations/${id}/messages*`;
  const kept = () => page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("knock_unsent")));
  await page.route(posts, async (route) => {
    await route.fetch();
    await route.abort();
  });
  await say("Answer lost");
  await line("Answer lost").waitFor();
  await until(() => count("Answer lost"), (number) => number === 1, "the message");
  await until(kept, (keys) => keys.length === 0, "nothing left to send");
  await page.unrouteAll({ behavior: "wait" });
  await page.reload();
  await line("Answer lost").waitFor();
  assert.deepEqual([await line("Answer lost").count(), await count("Answer lost")], [1, 1]);

  // Not stored at all: the draft survives the reload.
  await page.route(posts, (route) => route.abort());
  await say("Kept over a reload");
  await line("Kept over a reload").getByText("Not sent yet").waitFor();
  await page.reload();
  await line("Kept over a reload").getByText("Not sent yet").waitFor();
  assert.equal(await count("Kept over a reload"), 0);
  await page.unrouteAll({ behavior: "wait" });
  await line("Kept over a reload").getByText("Sent", { exact: true }).waitFor({ timeout: 40_000 });
  assert.equal(await count("Kept over a reload"), 1);
  await context.close();
});
