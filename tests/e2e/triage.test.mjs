// The list of the inbox: views and counts, order, unread, search, and many lines.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { complaints, launch } from "./support/browser.mjs";
import { Knock, until } from "./support/knock.mjs";
import { faultsOf } from "./support/screens.mjs";
import { signIn } from "./support/visitor.mjs";

let browser, knock;
/** Leads by their addresses, which are the names of their lines. */
const [ANN, BOB, CARLA] = ["ann@hollis-freight.com", "bob@globex-metal.com", "carla@initech-spain.com"];

/** A visitor who opens the chat and writes. */
async function writes(text) {
  const page = await (await browser.newContext()).newPage();
  await page.goto(`${knock.url}/demo/`);
  await page.getByRole("button", { name: /^Open chat/ }).click();
  await say(page, text);
  return page;
}

async function say(page, text) {
  const field = page.getByLabel("Message", { exact: true });
  await field.fill(text);
  await field.press("Enter");
  await page.getByRole("log").getByText(text).waitFor();
}

const line = (page, text) => page.locator(".inbox-line").filter({ hasText: text });
const order = (page) => page.locator(".inbox-line .line-link").allInnerTexts();
const count = (page, name) => page.getByRole("navigation", { name: "Views" }).getByRole("link", { name }).locator(".view-count");
const counted = (page, name, number) =>
  until(() => count(page, name).innerText(), (text) => text === String(number), `${number} in ${name}`);

before(async () => {
  browser = await launch();
  knock = await Knock.start();
});

after(async () => {
  await browser?.close();
  await knock?.stop();
});

test("views, counts and order update live, but not under the pointer", async () => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await signIn(context, knock);
  const found = complaints(page);
  await page.goto(`${knock.url}/app/inbox`);
  await page.getByText("No open conversations").waitFor();
  await page.mouse.move(5, 5);

  const first = await writes(`We need a quote for 200 people, mail ${ANN}`);
  await line(page, ANN).getByText("Waiting").waitFor();
  await counted(page, /^Waiting/, 1);
  await counted(page, /^Mine/, 1);
  await writes(`What does a licence cost? I am ${BOB}`);
  await line(page, BOB).waitFor();
  await counted(page, /^Waiting/, 2);
  // The longest wait is first.
  assert.deepEqual(await order(page), [ANN, BOB]);

  // The view is in the address, and survives a reload.
  await page.getByRole("link", { name: /^Waiting/ }).click();
  await page.waitForURL(/view=waiting$/);
  await line(page, BOB).waitFor();
  await page.reload();
  await line(page, ANN).waitFor();
  assert.equal(await page.locator(".view[aria-current=page]").innerText().then((text) => text.startsWith("Waiting")), true);

  // A second message updates its line: two unread.
  await line(page, ANN).getByText("1 new message").waitFor();
  await say(first, "Are you there?");
  await line(page, ANN).getByText("2 new messages").waitFor();

  // Read and answered, it leaves the view, which stays in the address.
  await line(page, ANN).getByRole("link").click();
  await page.waitForURL(/inbox\/[0-9a-f-]+\?view=waiting$/);
  await line(page, ANN).getByText("new message").waitFor({ state: "hidden" });
  const field = page.getByRole("main").getByRole("textbox", { name: "Message" });
  await field.fill("Here is your quote");
  await field.press("Enter");
  await line(page, ANN).waitFor({ state: "hidden" });
  await counted(page, /^Waiting/, 1);

  // Nothing moves under the pointer; afterwards the order is updated.
  await page.goto(`${knock.url}/app/inbox`);
  await line(page, ANN).waitFor();
  await line(page, BOB).hover();
  assert.deepEqual(await order(page), [BOB, ANN]);
  await say(first, "One more question");
  await line(page, ANN).getByText("Waiting").waitFor();
  assert.deepEqual(await order(page), [BOB, ANN]);
  await page.mouse.move(5, 5);
  await counted(page, /^Waiting/, 2);

  // Marking as unread returns to the list, which shows it.
  await line(page, BOB).getByRole("link").click();
  await page.getByRole("button", { name: "More", exact: true }).click();
  await page.getByRole("button", { name: "Mark as unread" }).click();
  await page.waitForURL(/\/app\/inbox\?view=mine$/);
  await line(page, BOB).getByText("1 new message").waitFor();

  // Spam is in its own view only.
  await line(page, BOB).getByRole("link").click();
  await page.getByRole("button", { name: "More", exact: true }).click();
  await page.getByRole("button", { name: "Mark as spam" }).click();
  await page.getByRole("dialog").getByRole("button", { name: /spam/i }).click();
  await counted(page, /^Spam/, 1);
  await counted(page, /^All open/, 1);
  await page.getByRole("link", { name: /^Spam/ }).click();
  await line(page, BOB).waitFor();
  assert.deepEqual(found, []);
  await context.close();
});

test("a search finds words of messages and notes anywhere, and marks them", async () => {
  const context = await browser.newContext();
  const page = await signIn(context, knock);
  await page.goto(`${knock.url}/app/inbox`);
  await line(page, ANN).waitFor();
  const search = page.getByRole("searchbox", { name: "Search conversations" });
  await search.fill("PEÓPLE 200");
  await line(page, ANN).locator("mark", { hasText: "200" }).waitFor();
  await page.getByRole("link", { name: /^Spam/ }).click();
  await line(page, ANN).waitFor();
  await page.getByRole("group", { name: "Search in" }).getByRole("button", { name: "Spam", exact: true }).click();
  await page.getByText("Nothing found").waitFor();
  await page.getByRole("button", { name: "All but spam" }).click();
  await line(page, ANN).waitFor();
  await page.getByRole("link", { name: /^All open/ }).click();
  await search.fill("nothing like this");
  await page.getByText("Nothing found").waitFor();
  await search.fill("");
  await line(page, ANN).waitFor();
  await context.close();
});

test("the keyboard alone opens a view and a conversation", async () => {
  const context = await browser.newContext();
  const page = await signIn(context, knock);
  await page.goto(`${knock.url}/app/inbox`);
  await line(page, ANN).waitFor();
  await page.getByRole("link", { name: /^Waiting/ }).focus();
  await page.keyboard.press("Enter");
  await page.waitForURL(/view=waiting$/);
  await line(page, ANN).waitFor();
  const link = line(page, ANN).getByRole("link");
  for (let step = 0; step < 20 && !(await link.evaluate((link) => link === document.activeElement)); step += 1) {
    await page.keyboard.press("Tab");
  }
  await page.keyboard.press("Enter");
  await page.getByRole("main").getByRole("log").getByText("One more question").waitFor();
  await context.close();
});

test("a new line waits while the pointer is on the list, and the button for it covers no name", async () => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await signIn(context, knock);
  // No offer of notifications or sound moves the list from under the pointer.
  await context.grantPermissions(["notifications"], { origin: knock.url });
  await page.goto(`${knock.url}/app/inbox?view=open`);
  await line(page, ANN).waitFor();
  await page.getByRole("heading", { name: "Inbox" }).click();
  await line(page, ANN).hover();
  await writes(`Do you ship to Spain? I am ${CARLA}`);
  const button = page.getByRole("button", { name: "Show what changed" });
  await button.waitFor();
  assert.equal(await line(page, CARLA).count(), 0);
  const [above, below] = [await button.boundingBox(), await page.locator(".inbox-line .line-link").first().boundingBox()];
  assert.ok(above.y + above.height <= below.y, `${JSON.stringify(above)} over ${JSON.stringify(below)}`);
  await page.mouse.move(5, 5);
  await line(page, CARLA).waitFor();
  await button.waitFor({ state: "hidden" });
  await context.close();
});

test("the inbox has no fault on any screen", async () => {
  const context = await browser.newContext();
  const page = await signIn(context, knock);
  await page.goto(`${knock.url}/app/inbox?view=waiting`);
  await line(page, ANN).waitFor();
  assert.deepEqual(await faultsOf(page, "triage"), []);
  await context.close();
});

test("of a thousand lines only the visible ones are drawn", async (t) => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await signIn(context, knock);
  // A thousand lines in pages, from a scripted server.
  const { conversations, counts } = await page.evaluate(async () => (await fetch("/api/v1/conversations?view=open")).json());
  const hex = (number) => number.toString(16).padStart(4, "0");
  const row = (number) => {
    const id = `0000${hex(number)}-0000-4000-8000-00000000${hex(number)}`;
    return { ...conversations[0], id, lead: id, waiting_since: null, active_at: conversations[0].active_at - number };
  };
  await page.route(/\/api\/v1\/conversations\?/, (route) => {
    const from = Number(new URL(route.request().url()).searchParams.get("after") ?? 0);
    const rows = Array.from({ length: 200 }, (_, at) => row(from + at));
    route.fulfill({ json: { conversations: rows, counts, next: from < 800 ? String(from + 200) : null } });
  });
  await page.goto(`${knock.url}/app/inbox`);
  for (let lines = 200; lines < 1000; lines += 200) {
    await until(() => page.locator(".inbox-line").count(), (count) => count === lines, `${lines} lines`);
    await page.getByRole("button", { name: "Load more" }).click();
  }
  await until(() => page.locator(".inbox-line").count(), (count) => count === 1000, "a thousand lines");
  await page.getByText("Live", { exact: true }).first().waitFor({ state: "attached" });
  await page.waitForLoadState("networkidle");
  const session = await context.newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  const { scrolled, drawn, longest } = await page.evaluate(async () => {
    const scrolls = (part) => part.scrollHeight > part.clientHeight + 50 && getComputedStyle(part).overflowY !== "visible";
    const region = [...document.querySelectorAll(".inbox-list, .inbox-lines")].find(scrolls) ?? document.scrollingElement;
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    let longest = 0;
    const observer = new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) longest = Math.max(longest, duration);
    });
    observer.observe({ type: "longtask" });
    for (let step = 0; step < 120; step += 1) {
      region.scrollTop += 600;
      await frame();
    }
    observer.disconnect();
    const isDrawn = (line) => line.firstElementChild.checkVisibility({ contentVisibilityAuto: true });
    const drawn = [...document.querySelectorAll(".inbox-line")].filter(isDrawn).length;
    return { scrolled: region.scrollTop, drawn, longest };
  });
  t.diagnostic(`scrolled ${scrolled} px; the longest task took ${longest} ms`);
  assert.ok(scrolled > 10_000, `scrolled by ${scrolled}`);
  // The time of a task depends on the load of the machine; the number of drawn lines does not.
  assert.ok(drawn < 100, `${drawn} lines are drawn`);
  await context.close();
});
