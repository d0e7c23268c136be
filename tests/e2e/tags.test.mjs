// Tags: set in a chat by a key, shown in the list and on the record, on several leads at once, and changed in Settings.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { complaints, launch } from "./support/browser.mjs";
import { hasFocus } from "./support/focus.mjs";
import { Knock, until } from "./support/knock.mjs";
import { faultsOf } from "./support/screens.mjs";
import { signIn } from "./support/visitor.mjs";

const WIDE = { width: 1440, height: 900 };
/** Leads by their addresses, which are the names of their lines. */
const LEADS = ["ann@hollis-freight.com", "bob@globex-metal.com"];
const [ANN, BOB] = LEADS;
let browser, knock, page, other, wrong;

before(async () => {
  browser = await launch();
  knock = await Knock.start();
  for (const lead of LEADS) await writes(`What does a licence cost? I am ${lead}`);
  await until(() => knock.get("/api/v1/conversations"), ({ conversations }) => conversations.length === 2, "the chats");
  const context = await browser.newContext({ viewport: WIDE, timezoneId: "Europe/Berlin" });
  page = await signIn(context, knock);
  other = await context.newPage();
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

const line = (of, lead) => of.locator(".inbox-line").filter({ hasText: lead });
const head = () => page.locator(".chat-tags");
const find = () => page.getByLabel("Find or create a tag");
const choices = () => page.getByRole("list", { name: "Tags" }).getByRole("button");
const tagsOf = async (lead) => {
  const { contacts } = await knock.get(`/api/v1/contacts?q=${lead}`);
  return (contacts[0].tags ?? []).map(({ name }) => name);
};
const has = (lead, names) => until(() => tagsOf(lead), (found) => found.join() === names.join(), `${lead} has ${names}`);

async function isUsable(what) {
  assert.deepEqual(await faultsOf(page, what), []);
  await page.setViewportSize(WIDE);
}

test("a key opens the tags of a chat, and a new name creates one", async () => {
  await other.goto(`${knock.url}/app/inbox`);
  await line(other, ANN).waitFor();
  await page.goto(`${knock.url}/app/inbox`);
  await line(page, ANN).getByRole("link").click();
  await page.getByRole("heading", { level: 1, name: ANN }).waitFor();
  await head().getByRole("button", { name: "Tags" }).waitFor();
  await page.keyboard.press("t");
  await hasFocus(find());
  for (const name of ["Key account", "Pilot", "Urgent", "West"]) {
    await find().fill(name);
    await page.getByRole("button", { name: `Create “${name}”` }).waitFor();
    await find().press("Enter");
    await choices().filter({ hasText: name }).and(page.locator("[aria-pressed=true]")).waitFor();
  }
  await isUsable("menu");
  await page.keyboard.press("Escape");
  await has(ANN, ["Key account", "Pilot", "Urgent", "West"]);
  // Three of them, in the line of another open page too.
  for (const shown of [page, other]) {
    await line(shown, ANN).getByText("Pilot", { exact: true }).waitFor();
    await line(shown, ANN).getByText("+1", { exact: true }).waitFor();
  }
  await isUsable("chat");
});

test("a click takes a tag off again", async () => {
  await head().getByRole("button", { name: "Tags" }).click();
  await choices().filter({ hasText: "West" }).click();
  await choices().filter({ hasText: "West" }).and(page.locator("[aria-pressed=false]")).waitFor();
  await page.keyboard.press("Escape");
  await has(ANN, ["Key account", "Pilot", "Urgent"]);
});

test("several leads get a tag at once", async () => {
  await page.goto(`${knock.url}/app/inbox`);
  for (const lead of LEADS) await page.getByRole("checkbox", { name: `Select ${lead}` }).check();
  await page.keyboard.press("t");
  await hasFocus(find());
  await choices().filter({ hasText: "West" }).click();
  await page.locator(".toast").getByText("2 conversations are tagged West.").waitFor();
  await has(BOB, ["West"]);
  await page.goto(`${knock.url}/app/contacts`);
  await page.getByRole("checkbox", { name: new RegExp(BOB) }).check();
  const bar = page.getByRole("group", { name: "Selected contacts" });
  await bar.getByRole("button", { name: "Add tag" }).click();
  await choices().filter({ hasText: "Pilot" }).click();
  await page.getByText("1 contact has the tag now.").waitFor();
  await has(BOB, ["Pilot", "West"]);
});

test("the record of a contact shows and changes them", async () => {
  const { contacts } = await knock.get(`/api/v1/contacts?q=${BOB}`);
  await page.goto(`${knock.url}/app/contacts/${contacts[0].id}`);
  const panel = page.getByRole("region", { name: "Tags", exact: true });
  await panel.getByText("Pilot", { exact: true }).first().waitFor();
  await panel.getByRole("button", { name: "Change tags" }).click();
  await choices().filter({ hasText: "Pilot" }).click();
  await choices().filter({ hasText: "Pilot" }).and(page.locator("[aria-pressed=false]")).waitFor();
  await page.keyboard.press("Escape");
  await has(BOB, ["West"]);
  await isUsable("contact");
});

test("Settings renames and recolours a tag everywhere, and says who loses a deleted one", async () => {
  await page.goto(`${knock.url}/app/settings/tags`);
  const row = (name) => page.locator(".tag-line").filter({ hasText: name });
  await row("West").getByText("2 leads have it.").waitFor();
  await isUsable("settings");
  await row("West").getByRole("button", { name: /^Edit/ }).click();
  const name = page.getByLabel("Name", { exact: true });
  await hasFocus(name);
  await name.fill("PILOT");
  await page.getByRole("button", { name: "Save" }).click();
  await page.locator(".field-error").getByText(/another tag/).waitFor();
  await name.fill("Coast");
  await page.getByRole("radio", { name: "Pink" }).check();
  await page.getByRole("button", { name: "Save" }).click();
  await row("Coast").locator(".tag-pink").waitFor();
  await line(other, BOB).locator(".tag").getByText("Coast", { exact: true }).waitFor();
  await row("Coast").getByRole("button", { name: /^Delete/ }).click();
  const dialog = page.getByRole("dialog", { name: "Delete this tag?" });
  await dialog.getByText("2 leads lose it.", { exact: false }).waitFor();
  await isUsable("question");
  await dialog.getByRole("button", { name: "Delete" }).click();
  await row("Coast").waitFor({ state: "detached" });
  await has(BOB, []);
  // The name of another tag is refused.
  assert.deepEqual(wrong.filter((line) => !line.includes("status of 422")), []);
});
