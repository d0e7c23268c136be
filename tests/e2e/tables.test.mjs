// The tables of contacts and accounts: owner and status, the order by score, views and files; reasons of rejections.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { violationsOf } from "./support/axe.mjs";
import { complaints, launch } from "./support/browser.mjs";
import { Knock, until } from "./support/knock.mjs";
import { chatAs, signIn } from "./support/visitor.mjs";

const ANN = "ann@hollis-freight.com";
const BO = "bo@orbit-pay.com";
let browser, knock, page, wrong, ids;

before(async () => {
  browser = await launch();
  knock = await Knock.start();
  for (const email of [ANN, BO]) await (await chatAs(browser, knock, email, "We need a quote for 200 people")).close();
  const { conversations } = await until(() => knock.get("/api/v1/conversations"), (all) => all.conversations.length === 2, "the chats");
  ids = Object.fromEntries(conversations.map(({ id, contact }) => [contact.email, id]));
  await act(BO, { assign: { to: "ai_agent" } });
  page = await signIn(await browser.newContext({ viewport: { width: 1440, height: 900 }, acceptDownloads: true }), knock);
  wrong = complaints(page);
});

after(async () => {
  await browser?.close();
  await knock?.stop();
});

/** An action on the chat of a lead, by a program. */
async function act(email, action) {
  const reply = await fetch(`${knock.url}/api/v1/conversations/${ids[email]}/actions`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${knock.key}` },
    body: JSON.stringify(action),
  });
  assert.equal(reply.status, 204, await reply.text());
}

const names = () => page.locator("tbody .line-link").allTextContents();
const shown = (expected) => until(names, (found) => found.join() === expected.join(), `${expected}`);
const menu = (name) => page.getByRole("button", { name });
const panel = () => page.locator(".menu-panel:popover-open");

async function close() {
  await page.keyboard.press("Escape");
  await panel().waitFor({ state: "hidden" });
}

/** Follows a link to a file: its name and its text. */
async function downloaded() {
  const link = page.getByRole("link", { name: "Export CSV" });
  const [file] = await Promise.all([page.waitForEvent("download"), link.click()]);
  return [file.suggestedFilename(), await readFile(await file.path(), "utf8")];
}

test("a lead is rejected for a reason of the list, which a manager changes, and the record names who did it", async () => {
  await page.goto(`${knock.url}/app/settings/reject-reasons`);
  const field = page.getByLabel("Reasons, one a line");
  await until(() => field.inputValue(), (text) => text.startsWith("Not a fit\n"), "the usual reasons");
  await field.fill("No budget\nno BUDGET");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByText("Line 2 is there already").waitFor();
  // The browser notes the refused request.
  assert.equal(wrong.splice(0).length, 1);
  assert.deepEqual(await violationsOf(page), []);
  await field.fill("No budget\n\nToo small");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByRole("status").getByText("Saved.").waitFor();
  assert.equal(await field.inputValue(), "No budget\nToo small");

  await page.goto(`${knock.url}/app/inbox/${ids[ANN]}`);
  await page.getByRole("button", { name: "Reject…", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Reject this lead?" });
  await dialog.getByRole("combobox", { name: "Reason" }).waitFor();
  await dialog.getByRole("button", { name: "Reject", exact: true }).click();
  await dialog.getByText("Give a reason.").waitFor();
  await dialog.getByRole("combobox", { name: "Reason" }).selectOption({ label: "Another reason…" });
  await dialog.getByLabel("Your reason").fill("Lives on the moon");
  assert.deepEqual(await violationsOf(page), []);
  await dialog.getByRole("combobox", { name: "Reason" }).selectOption({ label: "Too small" });
  await dialog.getByLabel("Your reason").waitFor({ state: "detached" });
  await dialog.getByRole("button", { name: "Reject", exact: true }).click();
  await page.getByText("Rejected by Admin. Reason: Too small").waitFor();
});

test("contacts have owner and status, and my contacts are those of whoever looks", async () => {
  await page.goto(`${knock.url}/app/contacts`);
  await shown([BO, ANN]);
  await menu("Columns").click();
  for (const name of ["Owner", "Chat Status", "Reject reason", "Last message"]) await panel().getByLabel(name, { exact: true }).check();
  await close();
  const line = page.getByRole("row").filter({ hasText: ANN });
  for (const text of ["Admin", "Rejected", "Too small"]) await line.getByText(text, { exact: true }).waitFor();
  assert.deepEqual(await violationsOf(page), []);

  await menu("Owner and status").click();
  await panel().getByLabel("Owner", { exact: true }).selectOption("me");
  await close();
  await shown([ANN]);
  assert.match(page.url(), /[?&]owner=me(&|$)/, "the word stays, for other members");
  await menu("Owner and status (1)").click();
  await panel().getByLabel("Chat Status", { exact: true }).selectOption("Qualified");
  await panel().getByLabel("Owner", { exact: true }).selectOption("");
  await close();
  await page.getByText("Nothing found").waitFor();
  await menu("Owner and status (1)").click();
  await panel().getByRole("button", { name: "Clear" }).click();
  await panel().getByLabel("Owner", { exact: true }).selectOption("ai_agent");
  assert.deepEqual(await violationsOf(page), []);
  await close();
  await shown([BO]);
  const [name, text] = await downloaded();
  const lines = text.split("\r\n");
  assert.deepEqual([name, lines.length, lines[0].startsWith("\uFEFFid,contact,email,")], ["contacts.csv", 3, true]);
  assert.match(lines[1], /,AI Agent,,/);
});

test("accounts have columns, an order by score, views and a file", async () => {
  await page.goto(`${knock.url}/app/accounts`);
  await shown(["orbit-pay.com", "hollis-freight.com"]);
  await page.getByRole("button", { name: "Account", exact: true }).click();
  await shown(["hollis-freight.com", "orbit-pay.com"]);
  await page.getByRole("button", { name: "Intent score", exact: true }).click();
  await until(() => page.url(), (url) => url.includes("sort=-score"), "the order in the address");
  assert.equal(await page.locator("th[aria-sort=descending]").textContent().then((text) => text.includes("Intent score")), true);
  await menu("Columns").click();
  await panel().getByLabel("Signals", { exact: true }).uncheck();
  await panel().getByLabel("First seen", { exact: true }).check();
  await panel().getByLabel("Sort by").selectOption("account");
  await close();
  await page.getByRole("columnheader", { name: "First seen" }).waitFor();
  assert.equal(await page.getByRole("columnheader", { name: "Signals" }).count(), 0);
  await menu("Views").click();
  await panel().getByLabel("Save this view as").fill("By name");
  await panel().getByRole("button", { name: "Save view" }).click();
  await panel().getByRole("button", { name: "By name", exact: true }).waitFor();
  assert.deepEqual(await violationsOf(page), []);
  await close();
  const address = page.url();
  await page.reload();
  await shown(["hollis-freight.com", "orbit-pay.com"]);
  assert.equal(page.url(), address);
  const [name, text] = await downloaded();
  assert.equal(name, "accounts.csv");
  assert.deepEqual(text.split("\r\n").slice(1, 3).map((line) => line.split(",")[1]), ["hollis-freight.com", "orbit-pay.com"]);
});

for (const colorScheme of ["light", "dark"]) {
  test(`on a phone the menu stays on the screen (${colorScheme})`, async () => {
    await page.setViewportSize({ width: 360, height: 740 });
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    for (const path of ["contacts", "accounts"]) {
      await page.goto(`${knock.url}/app/${path}`);
      await page.locator("tbody .line-link").first().waitFor();
      assert.ok((await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)) <= 0, path);
      await menu(path === "contacts" ? "Owner and status" : "Columns").click();
      const box = await panel().boundingBox();
      assert.ok(box.x >= 0 && box.x + box.width <= 360, `${path}: ${JSON.stringify(box)}`);
      assert.deepEqual(await violationsOf(page), [], path);
      await close();
    }
    assert.deepEqual(wrong, []);
  });
}
