// A reminder: set in a chat by a key, listed in the details, and shown at its instant on any page.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { complaints, launch } from "./support/browser.mjs";
import { Knock, until } from "./support/knock.mjs";
import { faultsOf } from "./support/screens.mjs";
import { signIn } from "./support/visitor.mjs";

const WIDE = { width: 1440, height: 900 };
const HOUR = 3_600_000;
let browser, knock, page, wrong, id;

before(async () => {
  browser = await launch();
  knock = await Knock.start();
  const visitor = await (await browser.newContext()).newPage();
  await visitor.goto(`${knock.url}/demo/`);
  await visitor.getByRole("button", { name: /^Open chat/ }).click();
  const field = visitor.getByLabel("Message", { exact: true });
  await field.fill("We need a quote for 200 people");
  await field.press("Enter");
  const list = await until(() => knock.get("/api/v1/conversations"), ({ conversations }) => conversations.length === 1, "the chat");
  id = list.conversations[0].id;
  page = await signIn(await browser.newContext({ viewport: WIDE, timezoneId: "Europe/Berlin" }), knock);
  wrong = complaints(page);
  await page.goto(`${knock.url}/app/inbox/${id}`);
  await page.getByRole("log").getByText("We need a quote").waitFor();
});

after(async () => {
  await browser?.close();
  await knock?.stop();
});

const dialog = () => page.getByRole("dialog", { name: "Remind me" });
const panel = () => page.getByRole("region", { name: "My reminders" });
const set = () => dialog().getByRole("button", { name: "Set reminder" });

async function isUsable(what) {
  assert.deepEqual(await faultsOf(page, what), []);
  await page.setViewportSize(WIDE);
}

test("a reminder is set by a key or in More, and leaves the chat as it is", async () => {
  const before = await knock.get(`/api/v1/conversations/${id}`);
  await page.keyboard.press("m");
  await dialog().waitFor();
  await isUsable("form");
  await dialog().getByLabel("What about (optional)").fill("Ask about the budget");
  await set().click();
  await panel().getByText("Ask about the budget").waitFor();
  await page.locator(".toast").getByText(/^Reminder set: /).waitFor();

  await page.locator(".conversation-actions").getByRole("button", { name: "More", exact: true }).click();
  await page.getByRole("button", { name: "Remind me…" }).click();
  await dialog().getByLabel("Date and time", { exact: true }).fill("2020-01-01T09:00");
  await set().click();
  await dialog().getByText("Choose a time to come, within a year.").waitFor();
  await dialog().getByRole("radio", { name: "In a week" }).check();
  await set().click();
  await until(() => panel().getByRole("listitem").count(), (count) => count === 2, "two reminders");
  await isUsable("details");
  const after = await knock.get(`/api/v1/conversations/${id}`);
  assert.deepEqual(after.conversation.folder, before.conversation.folder);
  assert.deepEqual(after.conversation.state.status, before.conversation.state.status);
});

test("a removal is asked about", async () => {
  const last = panel().getByRole("listitem").last();
  await last.getByRole("button", { name: /^Remove/ }).click();
  const question = page.getByRole("dialog", { name: "Remove this reminder?" });
  await question.waitFor();
  await isUsable("question");
  await question.getByRole("button", { name: "Cancel" }).click();
  await question.waitFor({ state: "detached" });
  assert.equal(await panel().getByRole("listitem").count(), 2);
  await last.getByRole("button", { name: /^Remove/ }).click();
  await question.getByRole("button", { name: "Remove", exact: true }).click();
  await until(() => panel().getByRole("listitem").count(), (count) => count === 1, "one reminder");
});

test("at its instant it is shown on any page, with the way to the chat", async () => {
  await page.goto(`${knock.url}/app/contacts`);
  await page.getByRole("heading", { level: 1, name: "Contacts" }).waitFor();
  await page.getByText("Live", { exact: true }).first().waitFor({ state: "attached" });
  await knock.setClock({ advance_ms: 3 * HOUR });
  const notice = page.locator(".personal-toast");
  await notice.getByText("Reminder", { exact: true }).waitFor();
  await notice.getByText(/Ask about the budget$/).waitFor();
  await isUsable("notice");
  await notice.getByRole("link", { name: "Open" }).click();
  await page.waitForURL(new RegExp(`/app/inbox/${id}`));
  await notice.waitFor({ state: "detached" });
  await page.getByRole("log").getByText("We need a quote").waitFor();
  await panel().waitFor({ state: "detached" });
  assert.deepEqual(wrong, []);
});
