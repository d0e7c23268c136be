// A rep goes away for long and hands over their chats; a manager hands over those of an absent one; the team sets its
// minutes.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { complaints, launch } from "./support/browser.mjs";
import { Knock, until } from "./support/knock.mjs";
import { faultsOf } from "./support/screens.mjs";
import { chatAs, signIn } from "./support/visitor.mjs";

const WIDE = { width: 1440, height: 900 };
const DAY = 24 * 3_600_000;
let browser, knock, admin, bo;

before(async () => {
  browser = await launch();
  knock = await Knock.start();
  admin = await signIn(await browser.newContext({ viewport: WIDE }), knock);
  bo = await invited("bo@us.example");
  await invited("cy@us.example");
  const { reps } = await knock.get("/api/v1/reps");
  const { id } = reps.find(({ email }) => email === "bo@us.example");
  const rule = { name: "Bo", funnel: "chat", segments: [], fallback: { assign: { rep: id } } };
  await send("PUT", "/api/v1/rules/default_chat", rule);
  await chatAs(browser, knock, "ann@hollis-freight.com", "We need a quote for 200 people");
  await until(owner, (found) => found === "bo@us.example", "the chat is Bo's");
});

after(async () => {
  await browser?.close();
  await knock?.stop();
});

async function send(method, path, body) {
  const headers = { "content-type": "application/json", authorization: `Bearer ${knock.key}` };
  const reply = await fetch(knock.url + path, { method, headers, body: JSON.stringify(body) });
  assert.ok(reply.ok, `${method} ${path}: ${reply.status}`);
  return reply.json();
}

/** A page of a new rep, signed in. */
async function invited(email) {
  const { invitation } = await send("POST", "/api/v1/members", { email, role: "rep" });
  await knock.nameMembers();
  const page = await (await browser.newContext({ viewport: WIDE })).newPage();
  await page.goto(invitation);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL("**/app/home");
  return page;
}

const owner = async () => (await knock.get("/api/v1/conversations")).conversations[0]?.state.rep_owner;

test("who goes away without an end is asked for their chats, and hands them over", async () => {
  const wrong = complaints(bo);
  await bo.getByRole("button", { name: "Active" }).click();
  const dialog = bo.getByRole("dialog", { name: "Hand over your open chats?" });
  await dialog.getByText("You have 1 open chat, waiting.").waitFor();
  assert.deepEqual(await faultsOf(bo, "hand-over"), []);
  await bo.setViewportSize(WIDE);
  await dialog.getByLabel("The chats go to").selectOption({ label: "cy@us.example" });
  await dialog.getByRole("button", { name: "Hand over" }).click();
  await bo.getByText("1 chat was handed over.").waitFor();
  await until(owner, (found) => found === "cy@us.example", "the chat is Cy's");
  assert.deepEqual(wrong, []);
});

test("a manager sees who has been away for long, and hands over their chats", async () => {
  const { reps } = await knock.get("/api/v1/reps");
  const { id } = reps.find(({ email }) => email === "cy@us.example");
  await send("PUT", `/api/v1/members/${id}/availability`, { state: "away" });
  await knock.setClock({ advance_ms: 4 * DAY });
  admin = await signIn(await browser.newContext({ viewport: WIDE }), knock);
  await admin.goto(`${knock.url}/app/settings/team`);
  const line = admin.getByRole("list", { name: "Members" }).getByRole("listitem").filter({ hasText: "cy@us.example" });
  await line.getByText(/^Away since .*, 1 open chat, waiting$/).waitFor();
  assert.deepEqual(await faultsOf(admin, "long-absence"), []);
  await admin.setViewportSize(WIDE);
  await line.getByRole("button", { name: /^Hand over/ }).click();
  const dialog = admin.getByRole("dialog", { name: "Hand over the open chats of cy@us.example?" });
  await dialog.getByLabel("The chats go to").selectOption({ label: "admin@localhost" });
  await dialog.getByRole("button", { name: "Hand over" }).click();
  await until(owner, (found) => found === "admin@localhost", "the chat is the admin's");
  await line.getByRole("button", { name: /^Hand over/ }).waitFor({ state: "detached" });
});

test("the team sets after how many minutes others are notified, and reps read it", async () => {
  await admin.goto(`${knock.url}/app/settings/notifications`);
  const form = admin.getByRole("region", { name: "Escalation" });
  await form.getByLabel("Other members of the pool, after (minutes)").fill("5000");
  await form.getByRole("button", { name: "Save for the team" }).click();
  await form.getByText(/1,?440/).waitFor();
  await form.getByLabel("Other members of the pool, after (minutes)").fill("5");
  await form.getByRole("button", { name: "Save for the team" }).click();
  await until(() => knock.get("/api/v1/notifications/team"), ({ pool_minutes }) => pool_minutes === 5, "it is saved");
  assert.deepEqual(await faultsOf(admin, "escalation"), []);
  const rep = await invited("dee@us.example");
  await rep.goto(`${knock.url}/app/settings/notifications`);
  await rep.getByText(/Other members of the pool are notified after 5 minutes/).waitFor();
});

