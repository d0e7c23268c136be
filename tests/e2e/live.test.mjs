// A rep sees who is on the site and writes first: the bubble on the visitor's page, and what becomes of it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { complaints, launch, requests } from "./support/browser.mjs";
import { Knock, until } from "./support/knock.mjs";
import { faultsOf } from "./support/screens.mjs";
import { Site, page as html, snippet } from "./support/site.mjs";
import { signIn, writes } from "./support/visitor.mjs";

const WIDE = { width: 1440, height: 900 };
const STREAM = "/v1/visits/events";
let browser, knock, site, admin, bo, wrong;

before(async () => {
  browser = await launch();
  knock = await Knock.start();
  const key = await knock.siteKey();
  const covered = "<h1>A page</h1><dialog id='own' aria-label='Cookies'><button>Accept</button></dialog>";
  site = await Site.serve({
    pages: { "/consent": html(snippet(knock, key, ' data-consent="required"'), "<h1>A page</h1>"), "/covered": html(snippet(knock, key), covered) },
  });
  admin = await signIn(await browser.newContext({ viewport: WIDE }), knock);
  bo = await invited("bo@us.example");
  wrong = complaints(bo);
  await bo.goto(`${knock.url}/app/inbox`);
});

after(async () => {
  await browser?.close();
  await site?.stop();
  await knock?.stop();
});

/** A page of a new rep, signed in. */
async function invited(email) {
  const headers = { "content-type": "application/json", authorization: `Bearer ${knock.key}` };
  const reply = await fetch(`${knock.url}/api/v1/members`, { method: "POST", headers, body: JSON.stringify({ email, role: "rep" }) });
  const { invitation } = await reply.json();
  await knock.nameMembers();
  const page = await (await browser.newContext({ viewport: WIDE })).newPage();
  await page.goto(invitation);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL("**/app/home");
  return page;
}

/** A new visitor on a page: their page, what it complains of, and what the team calls them. */
async function arrive(url) {
  const page = await (await browser.newContext({ viewport: WIDE })).newPage();
  const found = complaints(page);
  const streams = page.waitForResponse((response) => new URL(response.url()).pathname === STREAM && response.status() === 200);
  await page.goto(url);
  await streams;
  const visitor = await page.evaluate(() => localStorage.getItem("knock_v"));
  const isThere = ({ visits }) => visits.some((visit) => visit.visitor === visitor);
  await until(() => knock.get("/api/v1/visits"), isThere, "they are on the site");
  return { page, found, visitor, label: `Visitor ${visitor.slice(-4)}` };
}

const lines = (page) => page.getByRole("list", { name: "On the site" }).getByRole("listitem");
const lineOf = (page, { label }) => lines(page).filter({ hasText: label });
const writeTo = (line) => line.getByRole("button", { name: /^Write to them/ });
const bubbleOn = (page) => page.locator("knock-widget").getByRole("region", { name: "Bo" });
const badgeOn = (page) => page.locator("knock-widget .launcher-badge");
const record = (id) => knock.get(`/api/v1/conversations/${id}`);

/** Bo opens Live and the dialog for a visitor. */
async function begin(who) {
  await bo.goto(`${knock.url}/app/live`);
  await writeTo(lineOf(bo, who)).click();
  return bo.getByRole("dialog", { name: `Write to ${who.label}` });
}

/** Sends what is written in the dialog; the conversation. */
async function send(dialog, text) {
  await dialog.getByLabel("Message").fill(text);
  const stored = bo.waitForResponse("**/api/v1/visits/messages");
  await dialog.getByRole("button", { name: "Send", exact: true }).click();
  const reply = await stored;
  assert.ok(reply.ok(), `${reply.status()}`);
  await bo.getByRole("status").getByText("was sent").waitFor();
  return (await reply.json()).conversation;
}

test("a rep writes first by keyboard alone, the visitor answers after a restart, and the chat is the rep's", async () => {
  const text = "Hello! May I help you with our prices?";
  const ann = await arrive(`${knock.url}/demo/pricing`);
  await bo.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Live" }).focus();
  await bo.keyboard.press("Enter");
  await bo.getByRole("heading", { level: 1, name: "Live" }).waitFor();
  await bo.getByRole("link", { name: "On the site 1", exact: true }).waitFor();
  const line = lineOf(bo, ann);
  await line.getByText("/demo/pricing", { exact: true }).waitFor();
  await line.getByText(/^1 page, /).waitFor();
  assert.deepEqual(await faultsOf(bo, "on-the-site"), []);
  await bo.setViewportSize(WIDE);

  await writeTo(line).focus();
  await bo.keyboard.press("Enter");
  const dialog = bo.getByRole("dialog", { name: `Write to ${ann.label}` });
  await dialog.getByText("Their answer makes the chat yours.").waitFor();
  assert.deepEqual(await faultsOf(bo, "write-first"), []);
  await bo.setViewportSize(WIDE);
  await dialog.getByLabel("Message").focus();
  await bo.keyboard.type(text);
  await dialog.getByText(`${text.length} of 1,000 characters`).waitFor();
  await bo.keyboard.press("Control+Enter");
  await dialog.waitFor({ state: "detached" });

  await bubbleOn(ann.page).getByText(text).waitFor();
  assert.equal(await ann.page.evaluate(() => document.activeElement?.nodeName), "BODY", "it takes no focus");
  await ann.page.getByRole("button", { name: "Open chat, 1 new message" }).waitFor();
  assert.deepEqual(await faultsOf(ann.page, "bubble"), []);
  await ann.page.setViewportSize(WIDE);
  await line.getByText(/^You wrote: shown at \d\d:\d\d\.$/).waitFor();

  await knock.kill();
  await knock.restart();
  await bubbleOn(ann.page).getByRole("button", { name: "Reply" }).click();
  await ann.page.getByRole("log").getByText(text).waitFor();
  await bubbleOn(ann.page).waitFor({ state: "detached" });
  await writes(ann.page, "Yes, what does it cost for 200 people?");
  const owner = async () => (await knock.get("/api/v1/conversations")).conversations[0];
  const { id } = await until(owner, (found) => found?.state.rep_owner === "bo@us.example", "the chat is Bo's");
  const { decisions, messages } = await record(id);
  assert.equal(decisions.at(-1).reason, "wrote_first");
  assert.deepEqual(messages.map(({ author }) => author), ["rep", "lead"], "the AI agent says nothing");

  await bo.goto(`${knock.url}/app/inbox/${id}?view=mine`);
  await bo.getByRole("main").getByRole("log").getByText(/^Shown on \/demo\/pricing at \d\d:\d\d\.$/).waitFor();
  await bo.getByRole("list", { name: "Mine" }).getByRole("listitem").getByText("what does it cost").waitFor();
  // The browsers log the requests that met no server.
  for (const found of [wrong, ann.found]) assert.deepEqual(found.filter((text) => !text.includes("net::ERR_")), []);
  wrong.length = 0;
  await ann.page.context().close();
});

test("one who closes the bubble sees it on no other page, and the team reads that", async () => {
  const text = "Do you look for something?";
  const bob = await arrive(`${knock.url}/demo/pricing`);
  const id = await send(await begin(bob), text);
  await bubbleOn(bob.page).getByText(text).waitFor();

  // A colleague sees who wrote, and cannot write as well.
  await admin.goto(`${knock.url}/app/live`);
  await lineOf(admin, bob).getByText(/^Bo wrote: shown at/).waitFor();
  assert.equal(await writeTo(lineOf(admin, bob)).count(), 0);

  await bubbleOn(bob.page).getByRole("button", { name: "Dismiss" }).focus();
  await bob.page.keyboard.press("Escape");
  await bubbleOn(bob.page).waitFor({ state: "detached" });
  await bob.page.getByRole("button", { name: "Open chat", exact: true }).waitFor();
  await lineOf(bo, bob).getByText(/^You wrote: they closed it at/).waitFor();
  await lineOf(bo, bob).getByRole("link", { name: /^Open chat/ }).click();
  await bo.waitForURL(`**/app/inbox/${id}*`);
  await bo.getByRole("main").getByRole("log").getByText(/They closed it at \d\d:\d\d\.$/).waitFor();

  const again = bob.page.waitForResponse((response) => new URL(response.url()).pathname === STREAM);
  await bob.page.goto(`${knock.url}/demo/product`);
  await again;
  await bob.page.getByRole("button", { name: "Open chat", exact: true }).waitFor();
  assert.equal(await bubbleOn(bob.page).count(), 0);
  assert.deepEqual(bob.found, []);
  await bob.page.context().close();
});

test("one who leaves before it is shown sees it on their next page, also where it is never idle", async () => {
  const text = "Shall I show you how it works?";
  const cid = await arrive(`${knock.url}/demo/pricing`);
  const dialog = await begin(cid);
  await cid.page.goto("about:blank");
  const id = await send(dialog, text);
  await bo.goto(`${knock.url}/app/inbox/${id}`);
  const log = bo.getByRole("main").getByRole("log");
  await log.getByText(/^Not shown yet: it waits for their next page until /).waitFor();
  // A browser that has nothing to draw may not call a page idle.
  await cid.page.addInitScript("window.requestIdleCallback = () => 1");
  await cid.page.goto(`${knock.url}/demo/product`);
  await bubbleOn(cid.page).getByText(text).waitFor();
  await log.getByText(/^Shown on \/demo\/product at/).waitFor();
  assert.deepEqual(cid.found, []);
  await cid.page.context().close();
});

test("over an open chat there is no bubble: the words are in the chat", async () => {
  const text = "I am Bo, a person. May I help?";
  const dee = await arrive(`${knock.url}/demo/pricing`);
  const dialog = await begin(dee);
  await dee.page.getByRole("button", { name: /^Open chat/ }).click();
  await dee.page.getByRole("log").getByText("AI agent").first().waitFor();
  await send(dialog, text);
  await dee.page.getByRole("log").getByText(text).waitFor();
  assert.equal(await bubbleOn(dee.page).count(), 0);
  await lineOf(bo, dee).getByText(/^You wrote: shown at/).waitFor();
  await dee.page.keyboard.press("Escape");
  await dee.page.getByRole("log").waitFor({ state: "hidden" });
  assert.equal(await bubbleOn(dee.page).count(), 0, "they have read it");
  assert.deepEqual(dee.found, []);
  await dee.page.context().close();
});

test("a dialog of the page stays in front, and the button opens the chat as Reply does", async () => {
  const text = "Welcome!";
  const eve = await arrive(`${site.url}/covered`);
  await eve.page.evaluate(() => document.querySelector("#own").showModal());
  await send(await begin(eve), text);
  await badgeOn(eve.page).filter({ hasText: /^1$/ }).waitFor();
  assert.equal(await bubbleOn(eve.page).count(), 0);
  await eve.page.evaluate(() => document.querySelector("#own").close());
  await bubbleOn(eve.page).getByText(text).waitFor();
  await eve.page.getByRole("button", { name: /^Open chat/ }).click();
  await eve.page.getByRole("log").getByText(text).waitFor();
  await bubbleOn(eve.page).waitFor({ state: "detached" });
  assert.deepEqual(eve.found, []);
  await eve.page.context().close();
});

test("no page follows the team before consent, nor with Global Privacy Control", async () => {
  const page = await (await browser.newContext()).newPage();
  const asked = requests(page, STREAM);
  await page.goto(`${site.url}/consent`);
  await page.getByRole("button", { name: "Open chat" }).waitFor();
  await page.reload();
  await page.getByRole("button", { name: "Open chat" }).waitFor();
  assert.equal(asked.length, 0);
  await page.evaluate(() => knock("consent", "granted"));
  await until(async () => asked.length, (count) => count === 1, "the stream");

  const context = await browser.newContext();
  await context.addInitScript(() => Object.defineProperty(Navigator.prototype, "globalPrivacyControl", { get: () => true }));
  const silent = await context.newPage();
  const none = requests(silent, STREAM);
  for (const path of ["pricing", "product"]) {
    await silent.goto(`${knock.url}/demo/${path}`);
    await silent.getByRole("button", { name: "Open chat" }).waitFor();
  }
  assert.equal(none.length, 0);
  assert.deepEqual(wrong, []);
  await Promise.all([page.context().close(), context.close()]);
});

test("a page whose stream is refused for a while asks again", async () => {
  for (const status of [503, 429]) {
    const page = await (await browser.newContext()).newPage();
    let refusals = 2;
    // The stream, and the question about its status.
    await page.route(`**${STREAM}**`, (route) => (refusals-- > 0 ? route.fulfill({ status }) : route.continue()));
    const opened = page.waitForResponse((response) => new URL(response.url()).pathname === STREAM && response.status() === 200);
    await page.goto(`${knock.url}/demo/pricing`);
    await opened;
    assert.ok(refusals <= 0, `${status}: the stream was refused before`);
    await page.context().close();
  }
});
