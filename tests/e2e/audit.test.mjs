// The audit log and privacy settings: a change is found with its fields, a person is exported and erased.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { violationsOf } from "./support/axe.mjs";
import { complaints, launch } from "./support/browser.mjs";
import { Knock, until } from "./support/knock.mjs";
import { browseAndAskForDemo, signIn } from "./support/visitor.mjs";

const EMAIL = "ann@hollis-freight.com";
let browser, knock;

before(async () => {
  browser = await launch();
  knock = await Knock.start();
  const visitor = await (await browser.newContext()).newPage();
  await browseAndAskForDemo(visitor, knock.url, EMAIL);
  await until(() => knock.get("/api/v1/contacts"), ({ contacts }) => contacts.length === 1, "the contact");
});

after(async () => {
  await browser?.close();
  await knock?.stop();
});

/** Fails on a violation, or on sideways scrolling. */
async function isUsable(page, where) {
  assert.deepEqual(await violationsOf(page), [], where);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(overflow <= 0, `${where} scrolls sideways by ${overflow} px`);
}

async function shown(page, name) {
  if (process.env.KNOCK_SHOTS) {
    await page.screenshot({ path: `${process.env.KNOCK_SHOTS}/${name}.png`, fullPage: true });
  }
}

const text = async (download) => readFile(await download.path(), "utf8");

test("a member's change is found, opened by keyboard, and exported", async () => {
  const context = await browser.newContext({ acceptDownloads: true });
  const page = await signIn(context, knock);
  const found = complaints(page);
  await page.goto(`${knock.url}/app/settings/team`);
  await page.getByLabel("Email").fill("bo@us.example");
  await page.getByLabel("Email").press("Enter");
  await page.getByLabel("Role of bo@us.example").selectOption("manager");
  await page.getByRole("dialog").getByRole("button", { name: "Change the role" }).click();
  await page.getByText("bo@us.example is a manager now.").waitFor();
  await page.getByRole("link", { name: "Audit log" }).click();
  await page.getByRole("heading", { name: "Audit log", level: 1 }).waitFor();
  const entry = page.getByRole("row", { name: /Role changed/ });
  await entry.getByText("bo@us.example").waitFor();
  await entry.locator("summary").press("Enter");
  await entry.getByText("manager").waitFor();
  await isUsable(page, "an open entry");
  await shown(page, "audit");
  await page.getByLabel("Action").selectOption("member.invited");
  await page.getByRole("row", { name: /Role changed/ }).waitFor({ state: "detached" });
  await page.getByRole("row", { name: /Member invited/ }).waitFor();
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Export CSV" }).click()]);
  const lines = (await text(download)).trim().split("\n");
  assert.equal(lines.length, 2, lines.join("\n"));
  assert.match(lines[1], /,member,admin@localhost,member\.invited,member,.*,bo@us\.example,/);
  await page.getByLabel("Search the audit log").fill("nothing like this");
  await page.getByText("No change matches").waitFor();
  assert.deepEqual(found, []);
  await context.close();
});

test("a person is exported and erased from their record, with a receipt that the audit log finds", async () => {
  const context = await browser.newContext({ acceptDownloads: true, viewport: { width: 360, height: 740 }, colorScheme: "dark" });
  const page = await signIn(context, knock);
  const found = complaints(page);
  const { contacts } = await knock.get("/api/v1/contacts");
  await page.goto(`${knock.url}/app/contacts/${contacts[0].id}`);
  await page.getByRole("link", { name: "Export or erase this person" }).click();
  await page.getByRole("heading", { name: "Privacy", level: 1 }).waitFor();
  const exporting = page.getByRole("region", { name: "Export a person" });
  assert.equal(await exporting.getByLabel("Email").inputValue(), EMAIL);
  await exporting.getByRole("button", { name: "Export" }).click();
  await exporting.getByText("The export is ready.").waitFor();
  const [file] = await Promise.all([page.waitForEvent("download"), exporting.getByRole("link", { name: /Download/ }).click()]);
  assert.equal(JSON.parse(await text(file)).person.contact.email, EMAIL);
  const erasing = page.getByRole("region", { name: "Erase a person" });
  await erasing.getByRole("button", { name: /^Erase/ }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Type the address to confirm").fill("ann@hollis");
  await dialog.getByRole("button", { name: "Erase" }).click();
  await dialog.getByText("is not the address to erase").waitFor();
  await isUsable(page, "the confirmation");
  await shown(page, "privacy-confirm");
  await dialog.getByLabel("Type the address to confirm").fill(EMAIL);
  await dialog.getByRole("button", { name: "Erase" }).click();
  await dialog.waitFor({ state: "detached" });
  const [kept] = await Promise.all([page.waitForEvent("download"), erasing.getByRole("link", { name: "Download receipt" }).click()]);
  const receipt = JSON.parse(await text(kept));
  assert.equal(receipt.by, "admin@localhost");
  assert.ok(receipt.signals > 0);
  await isUsable(page, "the receipt");
  await shown(page, "privacy-receipt");
  assert.deepEqual((await knock.get("/api/v1/contacts")).contacts, []);
  await page.goto(`${knock.url}/app/settings/audit`);
  await page.getByLabel("Search the audit log").fill(receipt.id);
  const entries = page.locator("tbody");
  await entries.getByText("Person exported").waitFor();
  await entries.getByText("Person erased").waitFor();
  assert.doesNotMatch(await page.locator("main").innerText(), /ann@hollis/);
  await isUsable(page, "the log");
  await shown(page, "audit-phone");
  assert.deepEqual(found, []);
  await context.close();
});
