// The Contacts table: conditions, order, columns, views, bulk changes, export, the past.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { violationsOf } from "./support/axe.mjs";
import { complaints, launch } from "./support/browser.mjs";
import { Knock, until } from "./support/knock.mjs";
import { signIn } from "./support/visitor.mjs";

let browser, knock, begun;

const SEEN = [
  ["zoe@alpha.example", "/pricing?utm_source=G2&utm_campaign=spring"],
  ["ann@beta.example", "/blog?utm_source=news&utm_campaign=autumn"],
  ["bo@gamma.example", "/careers"],
];

before(async () => {
  browser = await launch();
  knock = await Knock.start();
  begun = Date.now();
  const site = await knock.siteKey();
  for (const [number, [email, path]] of SEEN.entries()) await send(site, number + 1, email, path);
  await until(() => knock.get("/api/v1/contacts"), ({ contacts }) => contacts.length === SEEN.length, "the contacts");
});

after(async () => {
  await browser?.close();
  await knock?.stop();
});

/** A visitor sees a page, identifies themselves, and opens a chat. */
async function send(site, visitor, email, path) {
  const at = Date.now();
  const hex = at.toString(16).padStart(12, "0");
  const id = (n) => `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-00000000${visitor}0${n}0`;
  const post = async (where, body) => {
    const headers = { "content-type": "application/json", origin: knock.url };
    const reply = await fetch(knock.url + where, { method: "POST", headers, body: JSON.stringify(body) });
    assert.ok(reply.ok, `${where}: ${reply.status} ${await reply.text()}`);
  };
  const url = knock.url + path;
  const view = { id: id(3), at: at - 1000, type: "page_view", url, title: "A page", seq: 1 };
  const identify = { id: id(4), at, type: "identify", url, seq: 2, props: { email } };
  const [one, session] = [id(1), id(2)];
  await post("/v1/signals", { v: 1, site, visitor: one, session, sent_at: at, signals: [view, identify] });
  await post("/v1/chat", { site, visitor: one, session });
}

const names = (page) => page.locator("tbody .line-link").allTextContents();
const shown = (page, expected) => until(() => names(page), (found) => found.join() === expected.join(), `${expected}`);

async function open(mode = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, acceptDownloads: true, ...mode });
  const page = await signIn(context, knock);
  await page.goto(`${knock.url}/app/contacts`);
  await page.getByRole("link", { name: "zoe@alpha.example" }).waitFor();
  return page;
}

test("a condition, an order and columns are in the address, and a view stores them for the team", async () => {
  const page = await open();
  const found = complaints(page);
  assert.ok((await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)) <= 0);
  assert.equal(await page.locator(".table-region").evaluate((region) => region.scrollWidth > region.clientWidth), false);
  await page.getByRole("button", { name: "Contact", exact: true }).click();
  await shown(page, ["ann@beta.example", "bo@gamma.example", "zoe@alpha.example"]);
  assert.equal(await page.locator("th[aria-sort=ascending]").count(), 1);
  await page.getByRole("button", { name: "Contact", exact: true }).click();
  await shown(page, ["zoe@alpha.example", "bo@gamma.example", "ann@beta.example"]);

  await page.getByRole("button", { name: "Filter", exact: true }).click();
  await page.getByRole("button", { name: "Add a condition" }).click();
  const line = page.getByRole("group", { name: "Condition 1" });
  await line.getByLabel("Field").selectOption("attribution.utm_campaign");
  await line.getByLabel("Comparison").selectOption("in");
  await line.getByLabel("Value").fill("Spring, autumn");
  await shown(page, ["zoe@alpha.example", "ann@beta.example"]);
  await page.getByRole("button", { name: "Add a condition" }).click();
  const second = page.getByRole("group", { name: "Condition 2" });
  await second.getByLabel("Field").selectOption("company.domain");
  await second.getByLabel("Comparison").selectOption("starts_with");
  await second.getByLabel("Value").fill("alpha");
  await shown(page, ["zoe@alpha.example"]);
  await page.getByLabel("How the conditions are joined").selectOption("any");
  await shown(page, ["zoe@alpha.example", "ann@beta.example"]);
  await page.getByRole("button", { name: "Remove condition 2" }).click();
  await page.keyboard.press("Escape");

  await page.getByRole("button", { name: "Columns", exact: true }).click();
  await page.getByLabel("Campaign").check();
  await page.getByLabel("Account", { exact: true }).uncheck();
  await page.getByRole("columnheader", { name: "Campaign" }).waitFor();
  assert.equal(await page.getByRole("columnheader", { name: "Account", exact: true }).count(), 0);
  await page.keyboard.press("Escape");

  await page.getByRole("button", { name: "Views", exact: true }).click();
  await page.getByLabel("Save this view as").fill("Campaigns");
  await page.getByRole("button", { name: "Save view" }).click();
  await page.getByRole("button", { name: "Campaigns", exact: true }).waitFor();
  const address = page.url();
  await page.reload();
  await shown(page, ["zoe@alpha.example", "ann@beta.example"]);
  assert.equal(page.url(), address);

  const other = await open();
  await shown(other, ["bo@gamma.example", "ann@beta.example", "zoe@alpha.example"]);
  await other.getByRole("button", { name: "Views", exact: true }).click();
  await other.getByRole("button", { name: "Campaigns", exact: true }).click();
  await shown(other, ["zoe@alpha.example", "ann@beta.example"]);
  await other.getByRole("columnheader", { name: "Campaign" }).waitFor();
  await other.getByRole("button", { name: "Delete the view Campaigns" }).click();
  await other.getByText("No view is saved yet.").waitFor();
  assert.deepEqual(found, []);
});

test("several contacts are changed and exported at once", async () => {
  const page = await open();
  await page.getByLabel("Select zoe@alpha.example").check();
  await page.getByLabel("Select bo@gamma.example").check();
  await page.getByText("2 contacts selected").waitFor();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("group", { name: "Selected contacts" }).getByRole("link", { name: "Export CSV" }).click(),
  ]);
  const file = await readFile(await download.path(), "utf8");
  assert.equal(file.trim().split("\n").length, 3, file);
  assert.match(file, /zoe@alpha\.example,.*,G2,spring,/);
  await page.getByLabel("Set the type of the selected contacts").selectOption("Partnership");
  await page.getByRole("status").getByText("2 contacts are Partnership now.").waitFor();
  await page.getByRole("combobox", { name: "Intent type" }).selectOption("Partnership");
  await shown(page, ["bo@gamma.example", "zoe@alpha.example"]);
  await page.getByLabel("Select all contacts that are loaded").check();
  await page.getByText("2 contacts selected").waitFor();
});

test("the table shows the past, and returns to the present", async () => {
  const page = await open();
  await page.getByRole("button", { name: "As of", exact: true }).click();
  const local = (at) => new Date(at - new Date(at).getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
  await page.getByLabel("Show the table as of").fill(local(begun - 120_000));
  await page.getByRole("button", { name: "Show", exact: true }).click();
  await page.getByRole("status").getByText("from the signals received by then").waitFor();
  await until(() => names(page), (found) => found.length === 0, "no contact yet");
  await page.getByRole("button", { name: "Back to now" }).click();
  await page.getByRole("link", { name: "zoe@alpha.example" }).waitFor();
});

for (const [name, mode] of [
  ["light", {}],
  ["dark", { colorScheme: "dark" }],
  ["phone", { viewport: { width: 360, height: 740 } }],
]) {
  test(`no menu has a violation or leaves the screen (${name})`, async () => {
    const page = await open({ reducedMotion: "reduce", ...mode });
    await page.getByLabel("Select zoe@alpha.example").check();
    for (const menu of ["Owner and status", "Filter", "Columns", "Views", "As of"]) {
      const button = page.getByRole("button", { name: menu, exact: true });
      await button.focus();
      await button.press("Enter");
      if (menu === "Filter") await page.getByRole("button", { name: "Add a condition" }).press("Enter");
      const panel = page.locator(".menu-panel:popover-open");
      await panel.waitFor();
      assert.deepEqual(await violationsOf(page), [], menu);
      const box = await panel.boundingBox();
      assert.ok(box.x >= 0 && box.x + box.width <= page.viewportSize().width, `${menu}: ${JSON.stringify(box)}`);
      assert.ok((await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)) <= 0, menu);
      await page.keyboard.press("Escape");
      await panel.waitFor({ state: "hidden" });
    }
  });
}
