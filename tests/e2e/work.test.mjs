// Working through the inbox: done, snoozed, reopened, one chat or several, by keys, and taken back.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { violationsOf } from "./support/axe.mjs";
import { complaints, launch } from "./support/browser.mjs";
import { hasFocus } from "./support/focus.mjs";
import { Knock, until } from "./support/knock.mjs";
import { signIn } from "./support/visitor.mjs";

const WIDE = { width: 1440, height: 900 };
const SCREENS = [WIDE, { width: 360, height: 740 }];
/** Leads by their addresses, which are the names of their lines, in the order of their wait. */
const LEADS = ["ann@hollis-freight.com", "bob@globex-metal.com", "carla@initech-spain.com"];
const [ANN, BOB, CARLA] = LEADS;
let browser, knock, page, wrong;

before(async () => {
  browser = await launch();
  knock = await Knock.start();
  for (const lead of LEADS) await writes(`What does a licence cost? I am ${lead}`);
  page = await signIn(await browser.newContext({ viewport: WIDE, timezoneId: "Europe/Berlin" }), knock);
  wrong = complaints(page);
});

after(async () => {
  await browser?.close();
  await knock?.stop();
});

/** A visitor who opens the chat and writes. */
async function writes(text) {
  const visitor = await (await browser.newContext()).newPage();
  await visitor.goto(`${knock.url}/demo/`);
  await visitor.getByRole("button", { name: /^Open chat/ }).click();
  const field = visitor.getByLabel("Message", { exact: true });
  await field.fill(text);
  await field.press("Enter");
  await visitor.getByRole("log").getByText(text).waitFor();
}

const line = (lead) => page.locator(".inbox-line").filter({ hasText: lead });
const order = () => page.locator(".inbox-line .line-link").allInnerTexts();
const box = (lead) => page.getByRole("checkbox", { name: `Select ${lead}` });
const toast = () => page.locator(".toast");
const bar = () => page.getByRole("group", { name: "Selected conversations" });
const work = () => page.getByRole("group", { name: "Work", exact: true });
const view = (name) => page.getByRole("navigation", { name: "Views" }).getByRole("link", { name });
const counted = (name, number) =>
  until(() => view(name).locator(".view-count").innerText(), (text) => text === String(number), `${number} in ${name}`);
const isOpen = (lead) => page.getByRole("heading", { level: 1, name: lead }).waitFor();

async function openWaiting() {
  await page.goto(`${knock.url}/app/inbox?view=waiting`);
  await until(order, (found) => found.join() === LEADS.join(), "all leads wait");
  await page.mouse.move(5, 5);
}

async function isUsable(what) {
  for (const viewport of SCREENS) {
    for (const colorScheme of ["light", "dark"]) {
      const name = `${what}, ${viewport.width} px, ${colorScheme}`;
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      assert.deepEqual(await violationsOf(page), [], name);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(overflow <= 0, `${name}: scrolls sideways by ${overflow} px`);
      if (process.env.KNOCK_SHOTS) {
        await page.screenshot({ path: `${process.env.KNOCK_SHOTS}/work-${name.replace(/[^a-z0-9]+/gi, "-")}.png` });
      }
    }
  }
  await page.setViewportSize(WIDE);
}

test("a key marks a waiting chat as done, the next one opens, and another key takes it back", async () => {
  await openWaiting();
  await counted(/^Done/, 0);
  await page.keyboard.press("j");
  await isOpen(ANN);
  await work().getByRole("button", { name: "Done" }).waitFor();
  await page.keyboard.press("e");
  await toast().getByText("Marked as done.").waitFor();
  await isOpen(BOB);
  await line(ANN).waitFor({ state: "hidden" });
  await counted(/^Waiting/, 2);
  await counted(/^Done/, 1);

  await page.keyboard.press("z");
  await isOpen(ANN);
  await line(ANN).getByText(/^Waiting/).waitFor();
  await toast().waitFor({ state: "detached" });
  await counted(/^Waiting/, 3);
  await counted(/^Done/, 0);
});

test("a snoozed chat is in its view with its time until it is reopened", async () => {
  await work().getByRole("button", { name: "Snooze", exact: true }).waitFor();
  await page.keyboard.press("s");
  await hasFocus(page.getByRole("button", { name: "In 3 hours" }));
  await page.getByRole("button", { name: "Tomorrow, 9:00" }).click();
  await toast().getByText(/^Snoozed until \w{3} \d+ \w{3}( \d{4})?, 09:00\.$/).waitFor();
  await isOpen(BOB);
  await counted(/^Waiting/, 2);

  await view(/^Snoozed/).click();
  await page.waitForURL(/view=snoozed$/);
  await line(ANN).getByText(/^Snoozed until \w{3} \d+ \w{3}( \d{4})?, 09:00$/).waitFor();
  await line(ANN).getByRole("link").click();
  await isOpen(ANN);
  await page.locator(".work-state").getByText(/^Snoozed until .*, 09:00$/).waitFor();
  const { conversations } = await knock.get("/api/v1/conversations?view=snoozed");
  assert.ok(conversations[0].snoozed_until > Date.now(), "in the future");

  await work().getByRole("button", { name: "Reopen" }).click();
  await work().getByRole("button", { name: "Done" }).waitFor();
  await counted(/^Snoozed/, 0);
  await counted(/^Waiting/, 3);
  const history = page.getByRole("region", { name: "Work", exact: true });
  await history.getByText(/^Reopened by /).waitFor();
  await history.getByText(/^Snoozed until .*, 09:00 by /).waitFor();
});

test("several chats are done at once, and are taken back at once", async () => {
  await openWaiting();
  await box(ANN).check();
  await box(BOB).check();
  await bar().getByText("2 selected").waitFor();
  await isUsable("selection");
  await bar().getByRole("button", { name: "Done" }).click();
  await toast().getByText("2 conversations are done.").waitFor();
  // A toast with the focus stays.
  await toast().getByRole("button", { name: "Undo" }).focus();
  await until(order, (found) => found.join() === CARLA, "only Carla waits");
  await bar().waitFor({ state: "detached" });
  await counted(/^Done/, 2);
  await isUsable("toast");
  await toast().getByRole("button", { name: "Undo" }).click();
  await counted(/^Done/, 0);
  await until(order, (found) => found.join() === LEADS.join(), "all leads wait again");
});

test("keys select lines, and what they do is for all selected ones", async () => {
  await openWaiting();
  await page.keyboard.press("j");
  await isOpen(ANN);
  await page.keyboard.press("x");
  await page.keyboard.press("j");
  await isOpen(BOB);
  await page.keyboard.press("x");
  await bar().getByText("2 selected").waitFor();
  await page.keyboard.press("e");
  await toast().getByText("2 conversations are done.").waitFor();
  await counted(/^Done/, 2);
  await page.keyboard.press("z");
  await counted(/^Done/, 0);
  // The selection ends with the view.
  await page.getByRole("checkbox", { name: "Select all shown" }).check();
  await bar().getByText("3 selected").waitFor();
  await view(/^Done/).click();
  await page.getByText("Nothing done").waitFor();
  assert.equal(await bar().count(), 0);
  await page.keyboard.press("?");
  await page.getByRole("dialog", { name: "Keyboard shortcuts" }).getByText("Mark as done").waitFor();
  await page.keyboard.press("Escape");
  assert.deepEqual(wrong, []);
});
