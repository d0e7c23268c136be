// Members are notified of chats: two of them, each in a browser of their own.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { violationsOf } from "./support/axe.mjs";
import { complaints, launch } from "./support/browser.mjs";
import { Knock, until } from "./support/knock.mjs";
import { signIn } from "./support/visitor.mjs";

/** Milliseconds until all are notified, while other tests use the machine; alone it takes a tenth. */
const SOON = 3_000;
let browser, other, knock;

before(async () => {
  [browser, other, knock] = await Promise.all([launch(), launch(), Knock.start()]);
});

after(async () => {
  await Promise.all([browser?.close(), other?.close()]);
  await knock?.stop();
});

/** Records notifications and sounds of a page, as a headless browser has neither. */
function listen() {
  const alerts = (globalThis.alerts = { notifications: [], sounds: 0, tones: 0 });
  const permission = { get: () => globalThis.answer ?? "granted" };
  globalThis.Notification = class extends EventTarget {
    constructor(title, { tag, body }) {
      super();
      Object.assign(this, { title, tag, body, isOpen: true });
      alerts.notifications = alerts.notifications.filter((shown) => shown.tag !== tag);
      alerts.notifications.push(this);
    }
    close() {
      this.isOpen = false;
      alerts.notifications = alerts.notifications.filter((shown) => shown !== this);
      this.dispatchEvent(new Event("close"));
    }
    static async requestPermission() {
      globalThis.answer = "granted";
      return "granted";
    }
  };
  Object.defineProperty(globalThis.Notification, "permission", permission);
  const start = OscillatorNode.prototype.start;
  OscillatorNode.prototype.start = function (...at) {
    // The sound has two tones.
    alerts.tones += 1;
    alerts.sounds = alerts.tones / 2;
    return start.apply(this, at);
  };
}

const alertsOf = (page) =>
  page.evaluate(() => ({
    sounds: globalThis.alerts.sounds,
    shown: globalThis.alerts.notifications.map(({ title, body, tag }) => ({ title, body, tag })),
  }));
const badge = (page) => page.locator(".nav-badge:not(.nav-news)");

/** Waits for a count in the title and in the navigation. */
async function counts(page, count) {
  const title = count ? `(${count}) ` : "";
  await page.waitForFunction((start) => (start ? document.title.startsWith(start) : !document.title.startsWith("(")), title);
  if (count) await badge(page).filter({ hasText: new RegExp(`^${count} waiting$`) }).waitFor();
  else await badge(page).waitFor({ state: "hidden" });
}

async function isLive(page) {
  await page.locator(".connection-live").waitFor({ state: "attached" });
}

/** Clicks once: browsers block sounds before that. */
async function press(page) {
  await page.locator(".brand").focus();
  await page.keyboard.press("Shift");
}

/** A signed-in page that records its notifications and sounds. */
async function member(context, link) {
  await context.addInitScript(listen);
  const page = await context.newPage();
  await page.goto(link);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL((url) => !url.pathname.endsWith("/sign-in"));
  await isLive(page);
  await press(page);
  return page;
}

async function invite(admin, email) {
  const invited = await admin.evaluate(async (email) => {
    const headers = { "content-type": "application/json" };
    const body = JSON.stringify({ email, role: "rep" });
    return (await fetch("/api/v1/members", { method: "POST", headers, body })).json();
  }, email);
  return invited.invitation;
}

/** A visitor with an open chat; `say` writes, and resolves when the message is sent. */
async function visitor() {
  const page = await (await browser.newContext()).newPage();
  await page.goto(`${knock.url}/demo/`);
  await page.getByRole("button", { name: /^Open chat/ }).click();
  const field = page.getByLabel("Message", { exact: true });
  const say = async (text) => {
    await field.fill(text);
    const sent = performance.now();
    await field.press("Enter");
    return sent;
  };
  return { page, say };
}

test("two members are notified of a chat at once, each in one tab, and no more once it is answered", async (t) => {
  const contexts = [await browser.newContext(), await other.newContext()];
  const ann = await member(contexts[0], knock.command("login-link").split("\n")[0]);
  const bo = await member(contexts[1], await invite(ann, "bo@us.example"));
  const found = [...[ann, bo].map((page) => complaints(page))];
  const second = await contexts[0].newPage();
  await second.goto(`${knock.url}/app/contacts`);
  await isLive(second);
  await press(second);
  await Promise.all([ann, bo, second].map((page) => counts(page, 0)));

  const lead = await visitor();
  // The message has no intent, so the agent asks for it, and the chat is unassigned.
  const sent = await lead.say("Hello");
  const took = await Promise.all(
    [ann, bo, second].map(async (page) => {
      await counts(page, 1);
      return performance.now() - sent;
    }),
  );
  await Promise.all([ann, bo].map((page) => page.waitForFunction(() => globalThis.alerts.notifications.length === 1)));
  const all = performance.now() - sent;
  t.diagnostic(`title and badge after ${took.map(Math.round).join(", ")} ms, notifications after ${Math.round(all)} ms`);
  assert.ok(all < SOON, `${all} ms`);
  assert.equal(await ann.title(), "(1) Home · Knock");
  const { conversations } = await knock.get("/api/v1/conversations");
  const { id } = conversations[0];
  for (const page of [ann, bo]) {
    const { sounds, shown } = await alertsOf(page);
    assert.equal(sounds, 1);
    assert.deepEqual(shown.map(({ title, tag }) => [title, tag]), [["New chat", id]]);
    assert.doesNotMatch(shown[0].body, /Hello/);
  }
  assert.deepEqual(await alertsOf(second), { sounds: 0, shown: [] }, "the second tab is silent");

  // A click opens the chat in the open tab.
  await bo.evaluate(() => globalThis.alerts.notifications[0].dispatchEvent(new Event("click")));
  await bo.waitForURL(`**/app/inbox/${id}`);
  const field = bo.getByRole("main").getByRole("textbox", { name: "Message" });
  await field.fill("Yes: how can I help?");
  const answered = performance.now();
  await field.press("Enter");
  await Promise.all([ann, bo, second].map((page) => counts(page, 0)));
  await ann.waitForFunction(() => globalThis.alerts.notifications.length === 0);
  t.diagnostic(`withdrawn ${Math.round(performance.now() - answered)} ms after the answer`);

  // No notification for a chat that is looked at; the member who answered owns it now.
  await lead.say("A quote for 200 people");
  await counts(bo, 1);
  assert.deepEqual(await alertsOf(bo), { sounds: 1, shown: [] });
  assert.deepEqual(await alertsOf(ann), { sounds: 1, shown: [] });
  await counts(ann, 0);
  await bo.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Contacts" }).click();
  await bo.waitForURL("**/app/contacts");
  await lead.say("By Friday");
  await bo.waitForFunction(() => globalThis.alerts.notifications.length === 1);
  assert.deepEqual((await alertsOf(bo)).shown.map(({ title }) => title), ["New message"]);

  // Spam does not wait.
  await bo.evaluate(async (id) => {
    const headers = { "content-type": "application/json" };
    await fetch(`/api/v1/conversations/${id}/actions`, { method: "POST", headers, body: '"mark_spam"' });
  }, id);
  await counts(bo, 0);
  await bo.waitForFunction(() => globalThis.alerts.notifications.length === 0);
  assert.deepEqual(found.flat(), []);
  await Promise.all(contexts.map((context) => context.close()));
});

test("the tab that notifies is replaced when it closes, and a gap of the live feed loses nothing", async () => {
  const context = await browser.newContext();
  const first = await member(context, knock.command("login-link").split("\n")[0]);
  const second = await context.newPage();
  await second.goto(`${knock.url}/app/live`);
  await isLive(second);
  await press(second);
  await first.close();
  const lead = await visitor();
  await lead.say("Hello");
  await second.waitForFunction(() => globalThis.alerts.notifications.length === 1);
  await counts(second, 1);
  await knock.kill();
  await second.locator(".connection-live").waitFor({ state: "detached" });
  await lead.say("Still there?");
  // The page reconnects after the message: it finds it in the list.
  await context.setOffline(true);
  await knock.restart();
  const { conversations } = await knock.get("/api/v1/conversations");
  const records = () => Promise.all(conversations.map(({ id }) => knock.get(`/api/v1/conversations/${id}`)));
  const hasIt = (all) => all.flatMap(({ messages }) => messages).some(({ text }) => text === "Still there?");
  await until(records, hasIt, "the message that was kept");
  await context.setOffline(false);
  await isLive(second);
  await counts(second, 1);
  // The message during the gap assigned the chat to this member: one notification, in place of the first.
  await second.waitForFunction(() => globalThis.alerts.sounds >= 2);
  const { sounds, shown } = await alertsOf(second);
  assert.deepEqual([sounds, shown.length], [2, 1]);
  await context.close();
});

test("the browser is asked after the first chat and by a button only, and quiet hours are quiet", async () => {
  const context = await browser.newContext();
  await context.addInitScript(() => (globalThis.answer = "default"));
  const page = await member(context, knock.command("login-link").split("\n")[0]);
  const offer = page.getByRole("button", { name: "Allow notifications" });
  const before = await page.evaluate(async () => {
    const waiting = await (await fetch("/api/v1/notifications/waiting")).json();
    return waiting.conversations.length;
  });
  assert.equal(await offer.isVisible(), false);
  await (await visitor()).say("Hello");
  await counts(page, before + 1);
  await offer.click();
  await offer.waitFor({ state: "detached" });
  await (await visitor()).say("Hello");
  await page.waitForFunction(() => globalThis.alerts.notifications.length === 1);

  await page.goto(`${knock.url}/app/settings/notifications`);
  const main = page.getByRole("main");
  await main.getByRole("button", { name: "Add quiet hours" }).click();
  for (const day of ["Saturday", "Sunday"]) await main.getByRole("checkbox", { name: day }).check();
  await main.getByLabel("From").fill("00:00");
  await main.getByLabel("To", { exact: true }).fill("00:00");
  await main.getByLabel("Time zone").fill("Mars/Base");
  await main.getByRole("button", { name: "Save", exact: true }).click();
  await main.getByText("is no time zone such as Europe/Berlin").waitFor();
  await main.getByLabel("Time zone").fill("Europe/Berlin");
  await main.getByRole("button", { name: "Save", exact: true }).click();
  await main.getByText("Saved.").waitFor();
  await page.reload();
  await main.getByLabel("Time zone").waitFor();
  assert.equal(await main.getByRole("checkbox", { name: "Sunday" }).isChecked(), true);
  await isLive(page);
  await press(page);
  await (await visitor()).say("Hello");
  await counts(page, before + 3);
  assert.deepEqual(await alertsOf(page), { sounds: 0, shown: [] });
  await context.close();
});

test("the settings page is accessible on every screen", async () => {
  const context = await browser.newContext();
  const page = await member(context, knock.command("login-link").split("\n")[0]);
  await page.goto(`${knock.url}/app/settings/notifications`);
  const main = page.getByRole("main");
  await main.getByRole("button", { name: "Save", exact: true }).waitFor();
  await page.keyboard.press("Shift");
  await main.getByRole("button", { name: "Test sound" }).click();
  await main.getByText("The sound was played.").waitFor();
  await main.getByRole("button", { name: "Test notification" }).click();
  const titles = async () => (await alertsOf(page)).shown.map(({ title }) => title);
  assert.deepEqual(await until(titles, (shown) => shown.length > 0), ["Test notification"]);
  const sound = main.getByRole("checkbox", { name: "Sound: A chat is assigned to you" });
  await sound.uncheck();
  await main.getByRole("button", { name: "Save", exact: true }).press("Enter");
  await main.getByText("Saved.").waitFor();
  for (const colorScheme of ["light", "dark"]) {
    for (const width of [360, 1280]) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await page.setViewportSize({ width, height: 800 });
      assert.deepEqual(await violationsOf(page), [], `${width} ${colorScheme}`);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(overflow <= 0, `${width} scrolls sideways by ${overflow} px`);
      if (process.env.KNOCK_SHOTS) {
        await page.screenshot({ path: `${process.env.KNOCK_SHOTS}/notifications-${width}-${colorScheme}.png`, fullPage: true });
      }
    }
  }
  await context.close();
});
