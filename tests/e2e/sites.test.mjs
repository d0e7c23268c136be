// A site from its creation to its removal: its origins, the dashboard, and a visitor's page.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { violationsOf } from "./support/axe.mjs";
import { launch } from "./support/browser.mjs";
import { hasFocus } from "./support/focus.mjs";
import { Knock } from "./support/knock.mjs";
import { Site, snippet } from "./support/site.mjs";
import { signIn } from "./support/visitor.mjs";

let browser, knock, shop;

before(async () => {
  browser = await launch();
  knock = await Knock.start();
  shop = await Site.serve({});
});

after(async () => {
  await browser?.close();
  await knock?.stop();
  await shop?.stop();
});

/** Creates a site; returns its key. */
async function make(name, ...origins) {
  const reply = await fetch(`${knock.url}/api/v1/sites`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${knock.key}` },
    body: JSON.stringify({ name, origins }),
  });
  assert.equal(reply.status, 201, await reply.clone().text());
  return (await reply.json()).key;
}

/** A visitor's page that has the snippet of a site. */
async function visit(key) {
  shop.pages["/"] = `<!doctype html><html lang="en"><head><title>Shop</title>${snippet(knock, key)}</head><body><main><h1>Shop</h1></main></body></html>`;
  const page = await (await browser.newContext()).newPage();
  const said = [];
  page.on("console", (message) => said.push(message.text()));
  await page.goto(shop.url);
  return { page, said };
}

test("on an unlisted address the card turns red, and one click makes it green", async () => {
  const key = await make("Red and green", "https://red.example");
  const admin = await signIn(await browser.newContext(), knock);
  await admin.goto(`${knock.url}/app/install`);
  const card = admin.locator("article", { hasText: "Red and green" });
  await card.getByText("Waiting for the first signal").waitFor();
  const { page: visitor, said } = await visit(key);
  await card.getByRole("alert").getByText(shop.url).waitFor({ timeout: 5_000 });
  assert.equal(await card.getByText("Waiting for the first signal").count(), 0);
  for (const mode of [{ colorScheme: "dark" }, { colorScheme: "light" }]) {
    await admin.emulateMedia(mode);
    assert.deepEqual(await violationsOf(admin), [], JSON.stringify(mode));
  }

  // The text for the visitor, and the one for the developer.
  await visitor.getByRole("button", { name: /^Open chat/ }).click();
  await visitor.getByText("Chat is not available on this page yet.").waitFor();
  assert.doesNotMatch(await visitor.locator("knock-widget").innerText(), /header|Origin/);
  assert.deepEqual(await violationsOf(visitor), []);
  assert.match(said.join("\n"), new RegExp(`${shop.url} is not among the origins of its site. Add it in Knock`));

  await card.getByRole("button", { name: "Add this address" }).click();
  await card.getByText(`${shop.url} was added.`).waitFor();
  assert.equal(await card.getByRole("button", { name: "Add this address" }).count(), 0);
  await visitor.reload();
  await card.getByText("First signal received (page_view of /").waitFor({ timeout: 5_000 });
  assert.deepEqual(await violationsOf(admin), []);
  await visitor.getByRole("button", { name: /^Open chat/ }).click();
  await visitor.getByText("AI agent").first().waitFor();
});

test("the guides are reached by the keyboard, and a developer gets one by mail", async () => {
  await make("Guided", "https://guided.example");
  const context = await browser.newContext({ viewport: { width: 360, height: 740 } });
  const admin = await signIn(context, knock);
  await admin.goto(`${knock.url}/app/install`);
  const card = admin.locator("article", { hasText: "Guided" });
  const tab = (name) => card.getByRole("tab", { name, exact: true });
  await tab("HTML").focus();
  await admin.keyboard.press("ArrowRight");
  await card.getByRole("tabpanel", { name: "Google Tag Manager" }).getByText("document.createElement").waitFor();
  await hasFocus(tab("Google Tag Manager"));
  assert.deepEqual(await violationsOf(admin), []);
  await admin.keyboard.press("End");
  await card.getByRole("tabpanel", { name: "Vue" }).waitFor();
  await admin.keyboard.press("Home");
  await card.getByText("Send this to a developer").press("Enter");
  const link = new URL(await card.getByRole("link", { name: "Write a mail" }).getAttribute("href"));
  assert.equal(link.protocol, "mailto:");
  assert.match(link.searchParams.get("body"), /data-site="[0-9a-f]{32}"[^]*1\. Paste this line[^]*https:\/\/guided\.example/);
  const overflow = await admin.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(overflow <= 0, `it scrolls sideways by ${overflow} px`);
});

test("Tag Manager's code installs the snippet as the plain line does", async () => {
  await make("Tagged", "https://tagged.example");
  const admin = await signIn(await browser.newContext(), knock);
  await admin.goto(`${knock.url}/app/install`);
  const card = admin.locator("article", { hasText: "Tagged" });
  await card.getByRole("tab", { name: "Google Tag Manager" }).click();
  const code = await card.getByRole("tabpanel").getByRole("group", { name: "Snippet of Tagged" }).innerText();
  shop.pages["/tagged"] = `<!doctype html><html lang="en"><head><title>Tagged</title></head><body>${code}</body></html>`;
  await (await browser.newContext()).newPage().then((page) => page.goto(`${shop.url}/tagged`));
  await card.getByRole("button", { name: "Add this address" }).click();
  // A page that is refused before the address is listed sends nothing more.
  await card.getByText("was added.").waitFor();
  await (await browser.newContext()).newPage().then((page) => page.goto(`${shop.url}/tagged`));
  await card.getByText("First signal received (page_view of /tagged").waitFor();
});

test("in the settings a site is added, edited, given another secret, and removed by its name", async () => {
  const admin = await signIn(await browser.newContext(), knock);
  await admin.goto(`${knock.url}/app/settings/sites`);
  await admin.getByRole("button", { name: "Add a site" }).click();
  await admin.getByLabel("Name").fill("Settled");
  await admin.getByLabel(/^Addresses of the site/).fill("settled.example/pricing");
  assert.ok(await admin.getByLabel(/with www and without/).isChecked());
  await admin.getByRole("button", { name: "Add a category" }).click();
  await admin.getByLabel("Matches").fill("/calculator");
  await admin.getByLabel("Category", { exact: true }).selectOption("Pricing");
  await admin.getByLabel("Try a path").fill("/calculator/2");
  await admin.getByText("Pricing: a category of your own").waitFor();
  assert.deepEqual(await violationsOf(admin), []);
  await admin.getByRole("button", { name: "Save" }).click();
  await admin.getByRole("status").getByText("Settled was added.").waitFor();
  const card = admin.locator("article", { hasText: "Settled" });
  await card.getByText("https://www.settled.example").waitFor();
  await card.getByText("Path /calculator: Pricing").waitFor();

  await card.getByRole("button", { name: "Edit Settled" }).click();
  await card.getByRole("radio", { name: /^Verified/ }).check();
  await card.getByRole("button", { name: "Save" }).click();
  await card.getByText("Verified:").waitFor();

  await card.locator("summary", { hasText: "Identify secret" }).press("Enter");
  const secret = card.getByRole("group", { name: "Identify secret of Settled" });
  const before = await secret.innerText();
  await card.getByRole("button", { name: "Rotate Settled" }).click();
  await admin.getByRole("dialog").getByRole("button", { name: "Rotate" }).click();
  await admin.getByRole("status").getByText("Settled has a new identify secret.").waitFor();
  assert.notEqual(await secret.innerText(), before);

  await card.getByRole("button", { name: "Remove Settled" }).click();
  const dialog = admin.getByRole("dialog");
  const confirm = dialog.getByRole("button", { name: "Remove" });
  assert.ok(await confirm.isDisabled());
  await dialog.getByLabel("Name of the site").fill("Settle");
  assert.ok(await confirm.isDisabled());
  assert.deepEqual(await violationsOf(admin), []);
  await dialog.getByLabel("Name of the site").fill("Settled");
  await confirm.click();
  await admin.getByRole("status").getByText("Settled was removed.").waitFor();
  await card.getByText("It accepts no signals and no chats.").waitFor();
  assert.deepEqual(await violationsOf(admin), []);
});

test("on the page of a removed site the chat reports it, without technical details for visitors", async () => {
  const key = await make("Gone", shop.url);
  const removed = await fetch(`${knock.url}/api/v1/sites/${key}`, { method: "DELETE", headers: { authorization: `Bearer ${knock.key}` } });
  assert.equal(removed.status, 204);
  const { page, said } = await visit(key);
  await page.getByRole("button", { name: /^Open chat/ }).click();
  await page.getByText("This chat is not available.").waitFor();
  assert.deepEqual(said.filter((line) => line.startsWith("Knock")), []);
});
