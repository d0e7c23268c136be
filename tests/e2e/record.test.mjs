// The record of a contact: its whole timeline, notes, past views, and merging it with another contact.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { violationsOf } from "./support/axe.mjs";
import { complaints, launch } from "./support/browser.mjs";
import { Knock, until } from "./support/knock.mjs";
import { chatAs, signIn } from "./support/visitor.mjs";

const PETRA = "petra@holm-freight.example";
const PRIVATE = "petra.holm@gmail.com";
const SCREENS = [[1280, 800], [360, 740]].map(([width, height]) => ({ width, height }));
let browser, knock, page, wrong, id;

before(async () => {
  browser = await launch();
  knock = await Knock.start();
  await chatAs(browser, knock, PETRA, "What does a licence cost?");
  id = (await knock.get(`/api/v1/contacts?q=${PETRA}`)).contacts[0].id;
  await chatAs(browser, knock, PRIVATE, "Me again, from home");
  page = await signIn(await browser.newContext({ viewport: SCREENS[0], timezoneId: "Europe/Berlin" }), knock);
  wrong = complaints(page);
  await page.goto(`${knock.url}/app/contacts/${id}`);
  await page.getByRole("heading", { level: 1, name: PETRA }).waitFor();
});

after(async () => {
  await browser?.close();
  await knock?.stop();
});

const part = (name) => page.getByRole("group", { name: "Part of the timeline" }).getByRole("button", { name, exact: true });
const timeline = () => page.getByRole("region", { name: "Timeline", exact: true });
const lines = () => timeline().getByRole("listitem");
const merges = () => page.getByRole("region", { name: "Merged contacts" });
const dialog = () => page.getByRole("dialog", { name: "Merge two contacts" });

/** The faults of the page: violations, and what lies beside the screen. */
async function isUsable(what) {
  for (const viewport of SCREENS) {
    await page.setViewportSize(viewport);
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      const name = `${what}-${viewport.width}-${colorScheme}`;
      if (process.env.KNOCK_SHOTS) await page.screenshot({ path: `${process.env.KNOCK_SHOTS}/record-${name}.png` });
      assert.deepEqual(await violationsOf(page), [], name);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(overflow <= 0, `${name}: scrolls sideways by ${overflow} px`);
    }
  }
  await page.setViewportSize(SCREENS[0]);
}

test("the head has the statuses, the owner and the way to the chat", async () => {
  const head = page.locator(".record-status");
  await head.getByText("Chat Status", { exact: true }).waitFor();
  await head.getByText("AI Discovery", { exact: true }).waitFor();
  const chat = await head.getByRole("link", { name: "Open chat" }).getAttribute("href");
  assert.match(chat, /^\/app\/inbox\/[0-9a-f-]{36}$/);
});

test("the record and its account say the funnel stage", async () => {
  const stage = (region) => page.getByRole("region", { name: region }).locator(".fact").filter({ hasText: "Funnel stage" });
  await stage("Owner, status and source").getByText(/^(First Seen|Existing)$/).waitFor();
  const { account } = (await knock.get(`/api/v1/contacts?q=${PETRA}`)).contacts[0];
  await page.goto(`${knock.url}/app/accounts/${account.id}`);
  await stage("Stage").getByText(/^(First Seen|Existing)$/).waitFor();
  await isUsable("account");
  await page.goto(`${knock.url}/app/contacts/${id}`);
  await page.getByRole("heading", { level: 1, name: PETRA }).waitFor();
});

test("a note on the record is a line of the timeline, and the parts show what is theirs", async () => {
  await page.getByLabel("Note to the team").fill("Call her about the pallets");
  await page.getByRole("button", { name: "Add note" }).click();
  await page.getByText("Note added.", { exact: true }).waitFor();
  await lines().filter({ hasText: "Call her about the pallets" }).waitFor();
  await lines().filter({ hasText: "AI agent wrote" }).first().waitFor();
  await isUsable("timeline");

  await part("Team").click();
  await until(() => part("Team").getAttribute("aria-pressed"), (pressed) => pressed === "true", "the part is pressed");
  await until(() => lines().filter({ hasText: "AI agent wrote" }).count(), (count) => count === 0, "the team alone");
  await lines().filter({ hasText: "Call her about the pallets" }).waitFor();

  await part("Website").click();
  await lines().filter({ hasText: "Viewed" }).first().waitFor();
  await until(() => lines().filter({ hasText: "pallets" }).count(), (count) => count === 0, "the website alone");

  await part("Conversation").click();
  await lines().filter({ hasText: "What does a licence cost?" }).first().waitFor();
  await part("All").click();
  await lines().filter({ hasText: "Viewed" }).first().waitFor();
});

test("before its first signal the record says when it was first seen", async () => {
  const before = Date.now() - 24 * 3_600_000;
  await page.goto(`${knock.url}/app/contacts/${id}?at=${before}`);
  await page.getByText(/^Not known yet on \w+ \d+ \w+ \d{4}, \d\d:\d\d\.$/).waitFor();
  await page.getByText(/^First seen on /).waitFor();
  assert.equal(await page.getByText("It may have been erased").count(), 0);
  await isUsable("not-yet");
  await page.getByRole("link", { name: "Back to now" }).last().click();
  await page.getByRole("heading", { level: 1, name: PETRA }).waitFor();
});

test("two contacts are merged after a preview, found by both addresses, and undone", async () => {
  await merges().getByRole("button", { name: "Merge with…" }).click();
  await dialog().getByLabel("The other contact").fill("petra.holm");
  await dialog().getByRole("button", { name: PRIVATE }).click();
  const row = (name) => dialog().getByRole("row").filter({ has: page.getByRole("rowheader", { name, exact: true }) });
  await row("Addresses").getByText(`${PETRA}, ${PRIVATE}`, { exact: true }).waitFor();
  assert.deepEqual((await row("Conversations").getByRole("cell").allTextContents()).map(Number), [1, 1, 2]);
  await isUsable("preview");
  await dialog().getByRole("button", { name: "Merge", exact: true }).click();
  await merges().getByText(`Merged with ${PRIVATE}`).first().waitFor();
  for (const email of [PETRA, PRIVATE]) {
    const { contacts } = await knock.get(`/api/v1/contacts?q=${email}`);
    assert.deepEqual(contacts.map((contact) => contact.id), [id], email);
  }
  await lines().filter({ hasText: "Me again, from home" }).first().waitFor();
  await isUsable("merged");

  await merges().getByRole("button", { name: `Undo the merge with ${PRIVATE}` }).click();
  await merges().getByText(`${PRIVATE} is a contact of their own again.`).waitFor();
  const { contacts } = await knock.get(`/api/v1/contacts?q=${PRIVATE}`);
  assert.equal(contacts.length, 1);
  assert.notEqual(contacts[0].id, id);
  await until(() => lines().filter({ hasText: "Me again, from home" }).count(), (count) => count === 0, "her own lines");
});

test("Escape closes the dialog and returns the focus", async () => {
  const open = merges().getByRole("button", { name: "Merge with…" });
  await open.click();
  await dialog().waitFor();
  await page.keyboard.press("Escape");
  await dialog().waitFor({ state: "detached" });
  await until(() => open.evaluate((button) => button === document.activeElement), Boolean, "the focus");
});

test("nothing was wrong in the console", () => {
  // A record before its first signal is answered 404.
  assert.deepEqual(wrong.filter((text) => !text.includes("404")), []);
});
