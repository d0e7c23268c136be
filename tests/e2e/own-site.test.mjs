// With a site of the team's own: the demo offers to leave, and public pages have the look of that site.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { complaints, launch } from "./support/browser.mjs";
import { Knock, until } from "./support/knock.mjs";
import { faultsOf } from "./support/screens.mjs";
import { signIn } from "./support/visitor.mjs";

const ORIGIN = "http://127.0.0.1:4900";
const LOOK = { colour: "#b3261e", scheme: "dark", privacy_url: "https://brew.example/privacy", title: { en: "Ask the roastery" } };
let browser, knock, site;

before(async () => {
  browser = await launch();
  knock = await Knock.start();
  site = (await send("POST", "/api/v1/sites", { name: "Brewlab", origins: [ORIGIN] })).key;
});

after(async () => {
  await browser?.close();
  await knock?.stop();
});

async function send(method, path, body) {
  const headers = { "content-type": "application/json", authorization: `Bearer ${knock.key}` };
  const reply = await fetch(knock.url + path, { method, headers, body: JSON.stringify(body) });
  assert.ok(reply.ok, `${path}: ${reply.status}`);
  return reply.status === 204 ? undefined : reply.json();
}

/** A page view on the site. */
async function view() {
  const at = Date.now();
  const hex = at.toString(16).padStart(12, "0");
  const id = (n) => `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-0000000000a${n}`;
  const signals = [{ id: id(3), at, type: "page_view", url: `${ORIGIN}/` }];
  const body = JSON.stringify({ v: 1, site, visitor: id(1), session: id(2), sent_at: at, signals });
  const reply = await fetch(`${knock.url}/v1/signals`, { method: "POST", headers: { "content-type": "text/plain", origin: ORIGIN }, body });
  assert.equal(reply.status, 202);
}

test("the demo offers to leave once another site sends, and no page invites to it afterwards", async () => {
  const page = await signIn(await browser.newContext(), knock);
  const open = async (path, heading) => {
    await page.goto(knock.url + path);
    await page.getByRole("heading", { name: heading, level: 1 }).waitFor();
  };
  await open("/app/install", "Install");
  await page.getByRole("heading", { name: "Brewlab", exact: true }).waitFor();
  assert.equal(await page.getByRole("button", { name: "Remove the demo" }).count(), 0);
  await view();
  await until(() => knock.get("/api/v1/sites"), ({ sites }) => sites.some(({ key, last_signal_at }) => key === site && last_signal_at), "its signal");
  await open("/app/settings/sites", "Sites");
  await page.getByText("127.0.0.1:4900 sends signals. The demo site is no longer needed.").waitFor();
  assert.deepEqual(await faultsOf(page, "/app/settings/sites, the demo"), []);
  await open("/app/install", "Install");
  await page.getByRole("button", { name: "Remove the demo" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove the demo" }).click();
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await until(() => page.locator('a[href^="/demo/"]').count(), (count) => count === 0, "the removal");
  for (const [path, heading] of [["/app/live", "Live"], ["/app/inbox", "Inbox"], ["/app/contacts", "Contacts"]]) {
    await open(path, heading);
    await page.waitForLoadState("networkidle");
    assert.equal(await page.locator('a[href^="/demo/"]').count(), 0, path);
  }
});

test("public pages have the look of the site, whatever the visitor's system has", async () => {
  await send("PUT", `/api/v1/sites/${site}/look`, LOOK);
  const page = await (await browser.newContext({ locale: "en-GB", colorScheme: "light" })).newPage();
  const found = complaints(page);
  const style = (selector, property) =>
    page.locator(selector).first().evaluate((element, name) => getComputedStyle(element).getPropertyValue(name), property);
  assert.equal((await page.goto(`${knock.url}/l/none`)).status(), 404);
  await page.getByRole("link", { name: "Go to the website" }).waitFor();
  assert.equal(await page.getByRole("link", { name: "Go to the website" }).getAttribute("href"), `${ORIGIN}/`);
  assert.equal(await page.getByRole("link", { name: "Privacy policy" }).getAttribute("href"), LOOK.privacy_url);
  assert.equal(await style("html", "background-color"), "rgb(17, 18, 20)");
  assert.notEqual(await style("html", "--k-accent"), "#a0adff");
  assert.deepEqual(await faultsOf(page, "/l/none, a look"), []);

  await page.goto(`${knock.url}/l/chat`);
  assert.equal(await page.title(), "Brewlab");
  await page.getByRole("heading", { name: "Ask the roastery" }).waitFor();
  assert.equal(await style("body", "background-color"), "rgb(17, 18, 20)");
  const policies = page.getByRole("link", { name: "Privacy policy" });
  assert.equal(await policies.count(), 1);
  assert.deepEqual(await faultsOf(page, "/l/chat, a look"), []);

  await page.goto(`${knock.url}/l/meeting`);
  await page.getByLabel("E-mail address").waitFor();
  assert.equal(await policies.count(), 1, "in the foot alone");
  assert.deepEqual(found.filter((line) => !/404/.test(line)), []);
});

test("hours on a hosted page are by the visitor's clock", async () => {
  const { members } = await knock.get("/api/v1/members");
  const day = [["09:00", "17:00"]];
  const hours = { zone: "Asia/Tokyo", mon: day, tue: day, wed: day, thu: day, fri: day };
  await send("PUT", `/api/v1/members/${members[0].id}/availability`, { hours });
  await send("PUT", `/api/v1/sites/${site}/look`, { ...LOOK, shows_hours: true });
  const page = await (await browser.newContext({ locale: "en-GB", timezoneId: "Asia/Kolkata" })).newPage();
  const found = complaints(page);
  await page.goto(`${knock.url}/l/chat`);
  await page.locator("#knock-hours").getByText(/^Mon–Fri 05:30–13:30/).waitFor();
  assert.deepEqual(found, []);
});
