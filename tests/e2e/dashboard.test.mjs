// Every view of the dashboard: accessible, on every screen.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { violationsOf } from "./support/axe.mjs";
import { complaints, launch } from "./support/browser.mjs";
import { Knock, until } from "./support/knock.mjs";
import { faultsOf } from "./support/screens.mjs";
import { browseAndAskForDemo, signIn } from "./support/visitor.mjs";

let browser, knock, views;

before(async () => {
  browser = await launch();
  knock = await Knock.start();
  const visitor = await (await browser.newContext()).newPage();
  await browseAndAskForDemo(visitor, knock.url, "ann@hollis-freight.com");
  await visitor.getByRole("button", { name: /^Open chat/ }).click();
  await visitor.getByLabel("Message", { exact: true }).fill("We need a quote for 200 people");
  await visitor.getByLabel("Message", { exact: true }).press("Enter");
  await visitor.getByRole("log").getByText("can help with that").waitFor();
  await sendRefused(knock);
  const asked = await fetch(`${knock.url}/api/v1/session/link`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ email: "admin@localhost" }),
  });
  assert.equal(asked.status, 202);
  await until(() => knock.get("/api/v1/mail"), ({ mails }) => mails[0]?.state === "parked", "the mail");
  const { conversations } = await knock.get("/api/v1/conversations");
  const { contacts } = await until(() => knock.get("/api/v1/contacts"), ({ contacts }) => contacts.length === 1, "the contact");
  views = {
    "/app/home": "First steps",
    "/app/live": "/demo/thanks",
    "/app/live?show=signals": "Call to action",
    "/app/inbox": "Ann Lee",
    [`/app/inbox/${conversations[0].id}`]: "Chat Status",
    "/app/contacts": "ann@hollis-freight.com",
    "/app/accounts": "hollis-freight.com",
    "/app/meetings": "No upcoming meetings",
    "/app/agents/knowledge": "Try a question",
    "/app/agents/unanswered": "Unanswered questions",
    "/app/agents/tests": "No test sentences yet",
    "/app/agents/playbooks": "Ask what a chat is about",
    "/app/reports/overview": "Export CSV",
    "/app/reports/statuses": "Export CSV",
    "/app/workflows": "Begin with",
    "/app/workflows/new": "No step yet.",
    "/app/install": "Demo site",
    "/app/links": "Chat with us",
    "/app/routing-rules": "Default rule",
    "/app/routing-rules/default_chat": "Fallback Segment",
    "/app/settings/mail": "Not sent",
    "/app/settings/webhooks": "No webhooks yet",
    "/app/settings/enrichment": "Fields in the answer",
    "/app/settings/slack": "Create the app in Slack",
    "/app/settings/crm": "Access token",
    "/app/settings/fields": "No custom fields yet",
    "/app/settings/reject-reasons": "Reasons, one a line",
    "/app/settings/sites": "Identification",
    "/app/settings/team": "Invite a member",
    "/app/settings/keys": "Create a key",
    "/app/settings/backtest": "Too few for a rate",
    "/app/settings/audit": "Export CSV",
    "/app/settings/privacy": "Erase a person",
    "/app/settings/sessions": "This browser",
    "/app/settings/availability": "Working hours",
    "/app/settings/meetings": "Slot interval (minutes)",
    "/app/settings/notifications": "Add quiet hours",
    "/app/settings/calendars": "No calendar is connected.",
    [`/app/contacts/${contacts[0].id}`]: "Why this score",
    [`/app/accounts/${contacts[0].account.id}`]: "Why this score",
    "/app/nowhere": "There is no page at this address",
  };
});

/** Signals to a site, by default the demo site: three invalid ones, one of another origin, one of a crawler. */
async function sendRefused(knock, key) {
  const site = key ?? (await knock.siteKey());
  const at = Date.now();
  const hex = at.toString(16).padStart(12, "0");
  const id = (n) => `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-0000000000a${n}`;
  const send = async (code, headers, ...signals) => {
    const reply = await fetch(`${knock.url}/v1/signals`, {
      method: "POST",
      headers: { "content-type": "text/plain", origin: knock.url, ...headers },
      body: JSON.stringify({ v: 1, site, visitor: id(1), session: id(2), sent_at: at, signals }),
    });
    assert.equal(reply.status, code, await reply.text());
  };
  const url = `${knock.url}/demo/pricing/${"4111".repeat(4)}?email=ann@secret.example`;
  const view = (n, more) => ({ id: id(n), at, type: "page_view", url, ...more });
  await send(202, {}, view(3, { title: 7 }), view(4, { title: ["secret"] }));
  await send(202, {}, view(5, { type: "identify", props: { email: "nobody" } }));
  await send(403, { origin: "https://copied.example" }, view(6, {}));
  await send(202, { "user-agent": "Googlebot/2.1" }, view(7, {}));
}

after(async () => {
  await browser?.close();
  await knock?.stop();
});

test("no view has a violation, an error or sideways scrolling, on any screen", async () => {
  const context = await browser.newContext();
  const page = await signIn(context, knock);
  const found = complaints(page);
  const faults = [];
  for (const [path, text] of Object.entries(views)) {
    await page.goto(knock.url + path);
    await page.locator("main").getByText(text).first().waitFor();
    faults.push(...(await faultsOf(page, path.replace(/[0-9a-f-]{36}/, "ID"))));
  }
  assert.deepEqual(faults, []);
  assert.deepEqual(found, []);
  await context.close();
});

test("neither has the sign-in page", async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${knock.url}/app/sign-in`);
  await page.getByText("No password yet?").click();
  await page.getByText("knock login-link").waitFor();
  assert.deepEqual(await faultsOf(page, "/app/sign-in"), []);
  await context.close();
});

test("signed out, every view leads to sign-in, and a used link is reported", async () => {
  const page = await (await browser.newContext()).newPage();
  await page.goto(`${knock.url}/app/contacts`);
  await page.waitForURL("**/app/sign-in*");
  await page.getByText("No password yet?").waitFor();
  await page.goto(`${knock.url}/app/sign-in?token=${"0".repeat(64)}`);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("alert").waitFor();
  assert.deepEqual(await violationsOf(page), []);
});

test("failed mails are shown in the settings, and going back leaves them", async () => {
  const page = await signIn(await browser.newContext(), knock);
  await page.getByRole("link", { name: "Settings" }).click();
  await page.getByRole("heading", { name: "Your account", level: 1 }).waitFor();
  const list = page.getByRole("navigation", { name: "Settings" });
  await list.getByRole("link", { name: "Mail" }).click();
  await page.waitForURL("**/app/settings/mail");
  await page.getByRole("heading", { name: "Mail", level: 1 }).waitFor();
  assert.match(await page.title(), /^(\(\d+\) )?Mail \u00b7 Settings \u00b7 Knock$/);
  assert.equal(await list.getByRole("link", { name: "Mail" }).getAttribute("aria-current"), "page");
  assert.equal(await page.getByRole("link", { name: "Settings" }).getAttribute("aria-current"), "page");
  await page.getByText("Mail is not set up: nothing is sent.").waitFor();
  const mail = page.getByRole("list", { name: "Mails" }).getByRole("listitem").first();
  assert.ok(await mail.getByRole("button", { name: "Send again to admin@localhost" }).isDisabled());
  await mail.locator("summary").press("Enter");
  const text = await mail.locator("details p").innerText();
  assert.match(text, /sign-in\?token=/);
  assert.doesNotMatch(text, /token=[0-9a-f]{16}/);
  await page.goBack();
  await page.waitForURL("**/app/settings/account");
  await page.goBack();
  await page.waitForURL("**/app/home");
});

test("settings are searched and opened by the keyboard, beside the page and on a phone", async () => {
  const page = await signIn(await browser.newContext(), knock);
  for (const width of [1440, 360]) {
    await page.setViewportSize({ width, height: 740 });
    await page.goto(`${knock.url}/app/settings`);
    await page.getByRole("heading", { name: width > 1024 ? "Your account" : "Settings", level: 1 }).waitFor();
    const list = page.getByRole("navigation", { name: "Settings" });
    await list.getByRole("searchbox", { name: "Search settings" }).focus();
    await page.keyboard.type("api key");
    await list.getByRole("status").getByText("1 page").waitFor();
    assert.deepEqual(await violationsOf(page), []);
    await page.keyboard.press("ArrowDown");
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute("href")), "/app/settings/keys");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Keys", level: 1 }).waitFor();
    assert.equal(await list.isVisible(), width > 1024);
  }
  await page.getByRole("link", { name: "Settings" }).last().click();
  await page.getByRole("heading", { name: "Settings", level: 1 }).waitFor();
  await page.keyboard.press("Tab");
  await page.keyboard.type("smtp");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/app/settings/mail");
});

test("an invited rep signs in by the link, sees the inbox and no rules, and is signed out once removed", async () => {
  const admin = await signIn(await browser.newContext(), knock);
  await admin.goto(`${knock.url}/app/settings/team`);
  const members = admin.getByRole("list", { name: "Members" });
  await admin.getByLabel("Email").fill("bo@us.example");
  await admin.getByRole("button", { name: "Invite" }).click();
  const link = await admin.getByRole("region", { name: "Invitation" }).innerText();
  await members.getByText("Invited").waitFor();
  assert.deepEqual(await violationsOf(admin), []);

  const rep = await (await browser.newContext()).newPage();
  await rep.goto(link);
  await rep.getByRole("button", { name: "Sign in" }).click();
  await rep.waitForURL("**/app/home");
  const links = await rep.getByRole("navigation", { name: "Main" }).getByRole("link").allInnerTexts();
  assert.deepEqual(links.map((name) => name.trim()), ["Home", "Live", "Inbox", "Contacts", "Accounts", "Meetings", "Agents", "Settings"]);
  await rep.getByRole("link", { name: "Inbox" }).click();
  await rep.getByText("Ann Lee").first().waitFor();
  await rep.goto(`${knock.url}/app/install`);
  await rep.getByText("Your role, rep, may not see and change sites.").waitFor();
  assert.equal(await rep.evaluate(async () => (await fetch("/api/v1/rules")).status), 403);
  await rep.getByRole("link", { name: "Settings" }).click();
  await rep.waitForURL("**/app/settings/account");
  await rep.getByRole("link", { name: "Your account" }).click();
  await rep.getByText("This browser").waitFor();

  // A change of the role updates the open page.
  await admin.reload();
  await members.getByLabel("Role of bo@us.example").selectOption("manager");
  await admin.getByRole("dialog", { name: "Make bo@us.example a manager?" }).getByRole("button", { name: "Change the role" }).click();
  await admin.getByRole("status").getByText("bo@us.example is a manager now.").waitFor();
  await rep.getByRole("navigation", { name: "Settings" }).getByRole("link", { name: "Team" }).waitFor();
  assert.equal(await rep.evaluate(async () => (await fetch("/api/v1/rules")).status), 200);

  await admin.getByRole("button", { name: "Remove bo@us.example" }).click();
  await admin.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
  await admin.getByRole("status").getByText("bo@us.example is no longer on the team.").waitFor();
  await members.getByText("bo@us.example").first().waitFor({ state: "detached" });
  await rep.waitForURL("**/app/sign-in*");
});

test("an admin creates a key, sees its use, and revokes it", async () => {
  const admin = await signIn(await browser.newContext(), knock);
  await admin.goto(`${knock.url}/app/settings/keys`);
  await admin.getByRole("button", { name: "Create" }).click();
  await admin.locator(".field-error").getByText("must have 1 to 100 characters").waitFor();
  await admin.getByLabel("Name").fill("Nightly export");
  await admin.getByLabel("Role").selectOption("manager");
  await admin.getByLabel("Ends").selectOption("90");
  await admin.getByRole("button", { name: "Create" }).click();
  const shown = admin.getByRole("region", { name: "Key", exact: true });
  await shown.getByText("knk_").waitFor();
  const key = (await shown.innerText()).trim();
  const ask = async () => (await fetch(`${knock.url}/api/v1/contacts`, { headers: { authorization: `Bearer ${key}` } })).status;
  assert.equal(await ask(), 200);
  const line = admin.getByRole("list", { name: "Keys" }).getByRole("listitem").filter({ hasText: "Nightly export" });
  assert.match(await line.innerText(), /Manager, by admin@localhost, used never, ends \w/);
  const row = async () => (await knock.get("/api/v1/keys")).keys.find(({ name }) => name === "Nightly export");
  await until(row, ({ used_at }) => used_at !== undefined, "its use");
  assert.deepEqual(await violationsOf(admin), []);

  await admin.reload();
  assert.doesNotMatch(await line.innerText(), /used never/);
  assert.equal(await admin.getByText("knk_").count(), 0, "it is shown once");
  await line.getByRole("button", { name: "Revoke Nightly export" }).click();
  await admin.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
  await line.waitFor({ state: "detached" });
  assert.equal(await ask(), 401);
});

test("refused signals are listed with reason, number, page and advice", async () => {
  const page = await signIn(await browser.newContext(), knock);
  const problem = { type: "urn:knock:problem:unavailable", title: "The server cannot do this now", status: 503, detail: "The store is busy" };
  await page.route("**/refused", (route) => route.fulfill({ status: 503, contentType: "application/problem+json", json: problem }));
  await page.goto(`${knock.url}/app/install`);
  const refused = page.locator("article", { hasText: "Demo site" }).getByRole("group", { name: "Refused signals" });
  await refused.getByRole("alert").getByText("The store is busy").waitFor();
  await page.unroute("**/refused");
  await refused.getByRole("button", { name: "Try again" }).click();
  const kinds = refused.getByRole("listitem");
  await kinds.first().waitFor();
  const found = await kinds.allInnerTexts();
  const kind = (title) => found.find((text) => text.startsWith(title)) ?? assert.fail(`${title} is not in ${found.join("\n\n")}`);
  assert.match(kind("An invalid field"), /2 signals[^]*title is not a string[^]*\/demo\/pricing\/\*[^]*very old copy/);
  assert.match(kind("Invalid properties"), /1 signal[^]*props\.email[^]*knock\('identify'\)/);
  assert.match(kind("Sent from an unlisted address"), /https:\/\/copied\.example[^]*add it to the addresses/);
  assert.match(kind("Search engines"), /1 signal[^]*Nothing to do/);
  assert.doesNotMatch(found.join(), /secret|4111/);
  const made = await fetch(`${knock.url}/api/v1/sites`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${knock.key}` },
    body: JSON.stringify({ name: "Quiet", origins: ["https://quiet.example"] }),
  });
  const { key } = await made.json();
  await page.reload();
  const quiet = page.locator("article", { hasText: "Quiet" }).getByRole("group", { name: "Refused signals" });
  await quiet.getByText("None since the server started.").waitFor();
  await sendRefused(knock, key);
  await quiet.getByRole("button", { name: "Look again" }).click();
  await quiet.getByText("https://copied.example").waitFor();
});

test("a site is added, its snippet is shown, and its first signal turns the check green", async () => {
  const page = await signIn(await browser.newContext(), knock);
  await page.goto(`${knock.url}/app/install`);
  await page.getByRole("button", { name: "Add a site" }).click();
  await page.getByLabel("Name").fill("Shop");
  await page.getByLabel(/addresses of the site/i).first().fill("shop");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("\u201cshop\u201d is not an address").waitFor();
  await page.getByLabel(/addresses of the site/i).first().fill("shop.example/pricing");
  await page.getByRole("button", { name: "Save" }).click();
  const card = page.getByRole("article", { name: "Shop", exact: true });
  await card.getByText("Waiting for the first signal").waitFor();
  const { sites } = await knock.get("/api/v1/sites");
  const key = sites.find((site) => site.name === "Shop").key;
  assert.ok((await card.innerText()).includes(`data-site="${key}"`));
  const at = Date.now();
  const hex = at.toString(16).padStart(12, "0");
  const id = (n) => `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-00000000000${n}`;
  const reply = await fetch(`${knock.url}/v1/signals`, {
    method: "POST",
    headers: { "content-type": "text/plain", origin: "https://shop.example" },
    body: JSON.stringify({ v: 1, site: key, visitor: id(1), session: id(2), sent_at: at, signals: [{ id: id(3), at, type: "page_view", url: "https://shop.example/pricing" }] }),
  });
  assert.equal(reply.status, 202, await reply.clone().text());
  await card.getByText("First signal received").waitFor();
});
