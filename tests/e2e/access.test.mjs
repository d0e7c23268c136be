// Sign-in and roles: invitations by real mail, a team without mail that signs in by password, and what each role sees.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { violationsOf } from "./support/axe.mjs";
import { complaints, launch } from "./support/browser.mjs";
import { hasFocus } from "./support/focus.mjs";
import { Knock, until } from "./support/knock.mjs";
import { MailServer } from "./support/mail.mjs";
import { signIn } from "./support/visitor.mjs";

const PASSWORD = "heron-granite-41";
const NAVIGATION = {
  Home: "GET /api/v1/home",
  Live: "GET /api/v1/live",
  Inbox: "GET /api/v1/conversations",
  Contacts: "GET /api/v1/contacts",
  Accounts: "GET /api/v1/accounts",
  Meetings: "GET /api/v1/meetings",
  "Knock Links": "GET /api/v1/links",
  "Routing Rules": "GET /api/v1/rules",
  Workflows: "GET /api/v1/workflows",
  Agents: "GET /api/v1/knowledge",
  Reports: "GET /api/v1/reports",
  Install: "GET /api/v1/sites",
  Settings: "GET /api/v1/session",
};
const SETTINGS = {
  Mail: ["mail", "GET /api/v1/mail"],
  Webhooks: ["webhooks", "GET /api/v1/webhooks"],
  Slack: ["slack", "GET /api/v1/slack"],
  "CRM Sync": ["crm", "GET /api/v1/crm"],
  Enrichment: ["enrichment", "GET /api/v1/settings/enrichment"],
  Sites: ["sites", "GET /api/v1/sites"],
  Team: ["team", "GET /api/v1/members"],
  Keys: ["keys", "GET /api/v1/keys"],
  Meetings: ["meetings", "PUT /api/v1/settings/meetings"],
  "Custom fields": ["fields", "GET /api/v1/custom-fields"],
  "Saved replies": ["replies", "GET /api/v1/replies"],
  "Reject reasons": ["reject-reasons", "PUT /api/v1/reject-reasons"],
  "Audit log": ["audit", "GET /api/v1/audit"],
  Privacy: ["privacy", "GET /api/v1/privacy"],
  Availability: ["availability", "GET /api/v1/availability"],
  "Your account": ["account", "GET /api/v1/password"],
  Notifications: ["notifications", "GET /api/v1/notifications"],
};

let browser, mail, mailed, unmailed;

before(async () => {
  browser = await launch();
  mail = await MailServer.start();
  const env = { KNOCK_SMTP_URL: mail.url, KNOCK_SMTP_FROM: "Acme <hello@acme.example>" };
  [mailed, unmailed] = await Promise.all([Knock.start({ env }), Knock.start()]);
});

after(async () => {
  await browser?.close();
  await Promise.all([mailed?.stop(), unmailed?.stop()]);
  mail?.stop();
});

const MODES = [
  { name: "light", viewport: { width: 1280, height: 800 }, colorScheme: "light" },
  { name: "dark", viewport: { width: 1280, height: 800 }, colorScheme: "dark" },
  { name: "phone", viewport: { width: 360, height: 740 }, colorScheme: "light" },
];

/** No violation and no sideways scrolling, in every mode. */
async function isUsable(page, what) {
  for (const { name, viewport, colorScheme } of MODES) {
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    assert.deepEqual(await violationsOf(page), [], `${what}, ${name}`);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(overflow <= 0, `${what}, ${name} scrolls sideways by ${overflow} px`);
    if (process.env.KNOCK_SHOTS) await page.screenshot({ path: `${process.env.KNOCK_SHOTS}/${what}-${name}.png`, fullPage: true });
  }
  await page.setViewportSize(MODES[0].viewport);
}

/** The routes of docs/permissions.md with their permitted roles. */
async function permissions() {
  const lines = (await readFile("docs/permissions.md", "utf8")).split("## Routes of the team")[1].split("\n## ")[0].split("\n");
  const cells = (line) => line.split("|").slice(1, -1).map((cell) => cell.trim());
  const [, ...roles] = cells(lines.find((line) => line.startsWith("| Route")));
  const routes = lines.filter((line) => line.startsWith("| `")).map(cells);
  return new Map(routes.map(([route, ...may]) => [route.replaceAll("`", ""), roles.filter((_, at) => may[at] === "yes")]));
}

async function invite(admin, email, role) {
  await admin.goto(`${mailed.url}/app/settings/team`);
  await admin.getByLabel("Email").fill(email);
  await admin.getByLabel("Role", { exact: true }).selectOption(role);
  await admin.getByRole("button", { name: "Invite" }).click();
  await admin.getByText("It was mailed to them too.").waitFor();
}

/** Signs in by a link on a new page. */
async function enter(link) {
  const page = await (await browser.newContext()).newPage();
  await page.goto(link);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL((url) => !url.pathname.endsWith("/sign-in"));
  return page;
}

const link = (text) => text.match(/http:\S+token=[0-9a-f]+/)[0];

test("a rep and a manager are invited by mail, and see and may do what the table of permissions says", async () => {
  const table = await permissions();
  const admin = await signIn(await browser.newContext(), mailed);
  const pages = { admin };
  for (const role of ["rep", "manager"]) {
    await invite(admin, `${role}@us.example`, role);
    pages[role] = await enter(link(await mail.to(`${role}@us.example`, /Join your team/)));
  }
  assert.equal(await admin.getByRole("button", { name: /New sign-in link/ }).count(), 0, "members get links by mail");
  for (const [role, page] of Object.entries(pages)) {
    const may = (route) => table.get(route).includes(role);
    const found = complaints(page);
    await page.goto(`${mailed.url}/app/live`);
    const main = page.getByRole("navigation", { name: "Main" }).getByRole("link");
    await main.first().waitFor();
    const names = (await main.allInnerTexts()).map((name) => name.trim());
    assert.deepEqual(names, Object.keys(NAVIGATION).filter((name) => may(NAVIGATION[name])), `${role}: navigation`);
    for (const [name, [address, route]] of Object.entries(SETTINGS)) {
      await page.goto(`${mailed.url}/app/settings/${address}`);
      const heading = page.getByRole("heading", { level: 1 });
      await heading.filter({ hasText: may(route) ? name : "Not for your role" }).waitFor();
      const links = await page.getByRole("navigation", { name: "Settings" }).getByRole("link").allInnerTexts();
      assert.equal(links.map((text) => text.trim()).includes(name), may(route), `${role}: ${name}`);
    }
    // Calls without effect, which only test the permission.
    for (const [route, roles] of table) {
      const [method, path] = route.split(" ");
      if (method !== "GET" || route === "GET /api/v1/live") continue;
      const code = await page.evaluate(async (path) => (await fetch(path)).status, path.replace(/\{\w+\}/, "none"));
      assert.equal(code === 403, !roles.includes(role), `${role}: ${route} is answered ${code}`);
    }
    // The expected errors of those calls: refused, not found, or not set up (422).
    assert.deepEqual(found.filter((line) => !/4(0[034]|22)/.test(line)), [], role);
  }
});

test("where mail is set up, the sign-in page asks for a link by mail, and passwords do not sign in", async () => {
  const page = await (await browser.newContext()).newPage();
  const found = complaints(page);
  await page.goto(`${mailed.url}/app/sign-in`);
  const email = page.getByLabel("Email");
  await email.fill("nobody");
  await email.press("Enter");
  await page.getByText("is not an e-mail address").waitFor();
  await hasFocus(email);
  assert.equal(await page.getByLabel("Password").count(), 0);
  await email.fill("admin@localhost");
  await email.press("Enter");
  await page.getByRole("status").getByText("a link is on its way").waitFor();
  await isUsable(page, "sign-in-mail");
  await (await enter(link(await mail.to("admin@localhost", /sign-in link/)))).getByText("admin@localhost").first().waitFor();
  const refused = await fetch(`${mailed.url}/api/v1/session/password`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ email: "admin@localhost", password: PASSWORD }),
  });
  assert.deepEqual([refused.status, (await refused.json()).type], [403, "urn:knock:problem:no-password-sign-in"]);
  assert.deepEqual(found.filter((line) => !line.includes("422")), []);
});

test("the mail page shows the server, and a test mail with its outcome", async () => {
  const page = await signIn(await browser.newContext(), mailed);
  const found = complaints(page);
  await page.goto(`${mailed.url}/app/settings/mail`);
  const setup = page.getByRole("region", { name: "Mail server" });
  await setup.getByText(mail.url.replace("smtp://", "")).waitFor();
  await setup.getByText("Acme <hello@acme.example>").waitFor();
  await setup.getByRole("button", { name: "Send a test mail to me" }).press("Enter");
  await setup.getByRole("status").getByText("Delivered: the server answered 250.").waitFor();
  assert.match(await mail.to("admin@localhost", /Test mail/), /It arrived/);
  const mails = page.getByRole("list", { name: "Mails" }).getByRole("listitem");
  await mails.filter({ hasText: "Test to admin@localhost" }).waitFor();
  await isUsable(page, "mail-set-up");
  await page.getByRole("button", { name: "Failed", exact: true }).click();
  await page.waitForURL("**/mail?state=failed");
  await page.getByText("No such mail").waitFor();
  await page.reload();
  await page.getByRole("button", { name: "Failed", exact: true, pressed: true }).waitFor();
  await page.getByText("No such mail").waitFor();
  assert.deepEqual(found, []);
});

test("without mail an invited rep sets a password, signs in by it, by keyboard alone, and a wrong one is refused", async () => {
  const admin = await signIn(await browser.newContext(), unmailed);
  await admin.goto(`${unmailed.url}/app/settings/team`);
  await admin.getByLabel("Email").fill("bo@us.example");
  await admin.getByRole("button", { name: "Invite" }).click();
  const page = await (await browser.newContext()).newPage();
  const found = complaints(page);
  const { keyboard } = page;
  /** Presses Tab until the named control has the focus. */
  const reach = async (name) => {
    for (let presses = 0; presses < 60; presses += 1) {
      await keyboard.press("Tab");
      const focused = await page.evaluate(() => {
        const { id, innerText } = document.activeElement;
        return document.querySelector(`label[for="${CSS.escape(id || "-")}"]`)?.innerText ?? innerText;
      });
      if (focused?.trim() === name) return;
    }
    assert.fail(`Tab does not reach ${name}`);
  };
  await page.goto(await admin.getByRole("region", { name: "Invitation" }).innerText());
  await page.getByRole("button", { name: "Sign in" }).waitFor();
  await reach("Sign in");
  await keyboard.press("Enter");
  await page.waitForURL("**/app/home");
  await page.getByText("Your invitation signed you in once.").waitFor();
  await isUsable(page, "password-offer");
  await reach("Set a password");
  await keyboard.press("Enter");
  await page.getByRole("heading", { name: "Your account", level: 1 }).waitFor();
  await page.getByText("You have no password yet").waitFor();
  await isUsable(page, "account");
  await reach("New password");
  await keyboard.type("password1234");
  await keyboard.press("Enter");
  await page.getByText("is one of the most common passwords").waitFor();
  await page.getByLabel("New password").selectText();
  await keyboard.type(PASSWORD);
  await keyboard.press("Enter");
  await page.getByText("Your password is set.").waitFor();
  await page.getByLabel("Current password").waitFor();
  assert.equal(await page.getByText("Your invitation signed you in once.").count(), 0);
  await isUsable(page, "account-password");
  await reach("Sign out");
  await keyboard.press("Enter");
  await page.waitForURL("**/app/sign-in*");

  const email = page.getByLabel("Email");
  await email.waitFor();
  await isUsable(page, "sign-in-password");
  await reach("Email");
  await keyboard.type("bo@us.example");
  await reach("Password");
  await keyboard.type("walnut-harbour-77");
  await keyboard.press("Enter");
  await page.getByRole("alert").getByText("The e-mail address or the password is wrong").waitFor();
  await hasFocus(page.getByLabel("Password"));
  await isUsable(page, "sign-in-refused");
  await page.getByLabel("Password").selectText();
  await keyboard.type(PASSWORD);
  await keyboard.press("Enter");
  await page.waitForURL("**/app/home");
  await page.getByText("bo@us.example").first().waitFor();
  assert.deepEqual(found.filter((line) => !/40[13]|422/.test(line)), []);

  // Lost access: an admin hands over a link.
  await admin.reload();
  await admin.getByRole("button", { name: "New sign-in link for bo@us.example" }).click();
  const again = (await admin.getByRole("region", { name: "Sign-in link" }).innerText()).trim();
  await isUsable(admin, "team-link");
  await (await enter(again)).getByText("bo@us.example").first().waitFor();
});

test("the focus is not lost after a removal that a dialog confirmed", async () => {
  const admin = await signIn(await browser.newContext(), unmailed);
  const headers = { "content-type": "application/json", authorization: `Bearer ${unmailed.key}` };
  const make = async (path, body) => {
    const reply = await fetch(unmailed.url + path, { method: "POST", headers, body: JSON.stringify(body) });
    assert.equal(reply.status, 201, await reply.text());
  };
  await make("/api/v1/members", { email: "dee@us.example", role: "rep" });
  await make("/api/v1/sites", { name: "Gone", origins: ["https://gone.example"] });
  const holds = (selector) => admin.waitForFunction((selector) => document.activeElement?.matches(selector), selector);
  await admin.goto(`${unmailed.url}/app/settings/team`);
  await admin.getByRole("button", { name: "Remove dee@us.example" }).press("Enter");
  await admin.getByRole("dialog").getByRole("button", { name: "Remove" }).press("Enter");
  await admin.getByText("dee@us.example is no longer on the team.").waitFor();
  await holds('div[tabindex="-1"]:has(.people)');
  await admin.goto(`${unmailed.url}/app/settings/sites`);
  await admin.getByRole("article", { name: "Gone" }).getByRole("button", { name: /^Remove/ }).press("Enter");
  await admin.getByRole("dialog").getByLabel("Name of the site").fill("Gone");
  await admin.getByRole("dialog").getByRole("button", { name: "Remove" }).press("Enter");
  await admin.getByText("Gone was removed.").waitFor();
  await holds(".sites");
});

test("snippets wait for consent once an admin requires it, and show the call that gives it", async () => {
  const page = await signIn(await browser.newContext(), unmailed);
  const found = complaints(page);
  await page.goto(`${unmailed.url}/app/settings/privacy`);
  await page.getByLabel("The snippet waits for consent").check();
  await page.getByText("New snippets wait for consent.").waitFor();
  await isUsable(page, "privacy-consent");
  await page.goto(`${unmailed.url}/app/install`);
  const card = page.getByRole("article", { name: "Demo site" });
  await card.getByText("knock('consent', 'granted')").first().waitFor();
  for (const tab of await card.getByRole("tab").all()) {
    await tab.click();
    assert.match(await card.getByRole("group", { name: /^Snippet of/ }).innerText(), /data-consent.*required/s);
  }
  await isUsable(page, "install-consent");
  assert.deepEqual(found, []);
});

test("an anonymous visitor is erased from their record", async () => {
  const page = await signIn(await browser.newContext(), unmailed);
  const found = complaints(page);
  const visitor = await (await browser.newContext()).newPage();
  await visitor.goto(`${unmailed.url}/demo/`);
  await visitor.getByRole("button", { name: /^Open chat/ }).click();
  await visitor.getByLabel("Message", { exact: true }).fill("Do you ship to Norway?");
  await visitor.getByLabel("Message", { exact: true }).press("Enter");
  const { contacts } = await until(() => unmailed.get("/api/v1/contacts"), ({ contacts }) => contacts.length === 1, "the contact");
  await visitor.close();
  const [{ id, display_name: name }] = contacts;
  await page.goto(`${unmailed.url}/app/contacts/${id}`);
  const panel = page.getByRole("region", { name: "Export or erase" });
  await panel.getByRole("button", { name: "Export" }).click();
  await panel.getByText("The export is ready.").waitFor();
  await panel.getByRole("button", { name: /^Erase/ }).click();
  const dialog = page.getByRole("dialog");
  await isUsable(page, "erase-contact");
  await dialog.getByLabel("Type the name to confirm").fill(name);
  await dialog.getByLabel("Type the name to confirm").press("Enter");
  await panel.getByText("Erased.").waitFor();
  await isUsable(page, "erased-contact");
  assert.deepEqual((await unmailed.get("/api/v1/contacts")).contacts, []);
  assert.deepEqual(found, []);
});
