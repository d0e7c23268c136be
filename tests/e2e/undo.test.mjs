// What can be taken back: a message within its hold, and contacts that were marked as spam.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { violationsOf } from "./support/axe.mjs";
import { complaints, launch } from "./support/browser.mjs";
import { hasFocus } from "./support/focus.mjs";
import { Knock, until } from "./support/knock.mjs";
import { chatAs, signIn } from "./support/visitor.mjs";

const PHONE = { width: 360, height: 640 };
const FIRST = "We need a quote for 200 people";
const LEADS = ["ann@hollis-freight.com", "bob@globex-metal.com"];
let browser, knock, lead, context, id;

before(async () => {
  browser = await launch();
  knock = await Knock.start();
  lead = await chatAs(browser, knock, LEADS[0], FIRST);
  await chatAs(browser, knock, LEADS[1], "What does a licence cost?");
  const { conversations } = await until(
    () => knock.get("/api/v1/conversations"),
    ({ conversations }) => conversations.length === 2,
    "the conversations",
  );
  id = conversations.find(({ contact }) => contact?.display_name === LEADS[0]).id;
  context = await browser.newContext({ viewport: { width: 1280, height: 900 }, holds: true });
  await (await signIn(context, knock)).close();
});

after(async () => {
  await browser?.close();
  await knock?.stop();
});

/** A page of the rep with the conversation open. */
async function open() {
  const page = await context.newPage();
  await page.goto(`${knock.url}/app/inbox/${id}`);
  await page.getByRole("log").getByText(FIRST).waitFor();
  return page;
}

const field = (page) => page.getByRole("main").locator("textarea");
const held = (page) => page.getByText(/^Sending in \d s$/);
const heard = (text) => lead.getByRole("log").getByText(text);
const texts = async () => (await knock.get(`/api/v1/conversations/${id}`)).messages.map(({ text }) => text);

/** Writes a message that is held then. */
async function write(page, text) {
  await field(page).fill(text);
  await field(page).press("Enter");
  await page.getByRole("log").getByText(text).waitFor();
  await held(page).waitFor();
}

test("a reply that was taken back never reaches the lead", async () => {
  const page = await open();
  const found = complaints(page);
  await write(page, "It costs 10 dollars");
  await field(page).fill("And a discount");
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await hasFocus(field(page));
  assert.equal(await field(page).inputValue(), "It costs 10 dollars\n\nAnd a discount");
  assert.equal(await held(page).count(), 0);

  await write(page, "It costs 100 dollars");
  await page.getByRole("button", { name: "Send now" }).click();
  await hasFocus(field(page));
  await heard("It costs 100 dollars").waitFor();
  assert.equal(await heard(/^It costs 10 dollars/).count(), 0);
  assert.ok(!(await texts()).some((text) => text.startsWith("It costs 10 dollars")));
  assert.deepEqual(found, []);
  await page.close();
});

test("keys take a message back and send it, and the next message keeps the order", async () => {
  const page = await open();
  await write(page, "By mistake");
  await field(page).press("Control+z");
  assert.equal(await field(page).inputValue(), "By mistake");
  await write(page, "The first point");
  await write(page, "The second point");
  await heard("The first point").waitFor();
  await field(page).press("Enter");
  await heard("The second point").waitFor();
  const said = await texts();
  assert.deepEqual(said.slice(-2), ["The first point", "The second point"]);
  assert.ok(!said.includes("By mistake"));

  // Escape leaves the field: keys are shortcuts then.
  await field(page).press("Escape");
  await page.keyboard.press("n");
  await page.getByRole("textbox", { name: "Internal note" }).waitFor();
  assert.equal(await field(page).inputValue(), "");
  await page.close();
});

test("a hold ends by itself, also after leaving the conversation", async () => {
  const page = await open();
  await write(page, "Looked at while it is held");
  assert.deepEqual(await violationsOf(page), []);
  await field(page).press("Enter");
  await heard("Looked at while it is held").waitFor();
  await write(page, "Let this one go");
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Live" }).click();
  await heard("Let this one go").waitFor();
  assert.equal((await texts()).filter((text) => text === "Let this one go").length, 1);
  await page.close();
});

test("a tab that closes during the hold sends the message", async () => {
  const page = await open();
  await write(page, "Written last");
  const closed = page.waitForEvent("close");
  await page.close({ runBeforeUnload: true });
  await closed;
  await heard("Written last").waitFor();
  // The next page has no second one.
  const next = await open();
  await next.getByRole("log").getByText("Written last").waitFor();
  assert.equal((await texts()).filter((text) => text === "Written last").length, 1);
  await next.close();
});

test("a switch turns the hold off in this browser", async () => {
  const page = await open();
  await page.getByRole("button", { name: "Keyboard shortcuts" }).click();
  const help = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  const hold = help.getByLabel("Hold messages for 5 seconds");
  assert.ok(await hold.isChecked());
  await hold.uncheck();
  await page.keyboard.press("Escape");
  await help.waitFor({ state: "detached" });
  await field(page).fill("Not a second later");
  await field(page).press("Enter");
  await heard("Not a second later").waitFor();
  assert.equal(await held(page).count(), 0);
  await page.evaluate(() => localStorage.removeItem("knock_hold_off"));
  await page.close();
});

test("the list of saved replies leaves the field its width", async () => {
  const page = await open();
  for (const viewport of [PHONE, { width: 1280, height: 900 }]) {
    await page.setViewportSize(viewport);
    const before = await field(page).boundingBox();
    await field(page).fill("/none");
    await page.getByText(/no saved replies yet|No saved reply matches/).waitFor();
    const after = await field(page).boundingBox();
    assert.deepEqual([after.width, after.y], [before.width, before.y], JSON.stringify(viewport));
    await field(page).press("Escape");
    await hasFocus(field(page));
    await field(page).fill("");
  }
  await page.close();
});

test("contacts are marked as spam after a question, and it can be undone", async () => {
  const page = await context.newPage();
  await page.goto(`${knock.url}/app/contacts`);
  const link = (name) => page.getByRole("link", { name });
  for (const name of LEADS) {
    await link(name).waitFor();
    await page.getByLabel(`Select ${name}`).check();
  }
  const mark = page.getByRole("group", { name: "Selected contacts" }).getByRole("button", { name: /^Mark as spam/ });
  const question = page.getByRole("dialog", { name: "Mark 2 contacts as spam?" });
  await mark.click();
  await question.getByRole("button", { name: "Cancel" }).click();
  await question.waitFor({ state: "detached" });
  await page.getByText("2 contacts selected").waitFor();

  await mark.click();
  await question.getByRole("button", { name: "Mark as spam" }).click();
  await page.getByRole("status").getByText("2 contacts are in the Inbox under Spam now.").waitFor();
  await link(LEADS[0]).waitFor({ state: "detached" });
  const spam = page.getByRole("link", { name: "Show the Spam view" });
  assert.equal(await spam.getAttribute("href"), "/app/inbox?view=spam");
  const undo = page.getByRole("button", { name: "Undo", exact: true });
  await hasFocus(undo);
  assert.deepEqual(await violationsOf(page), []);
  await undo.click();
  await page.getByRole("status").getByText("2 contacts are not spam any more.").waitFor();
  for (const name of LEADS) await link(name).waitFor();
  await undo.waitFor({ state: "detached" });
  await page.close();
});
