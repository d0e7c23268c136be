// API keys that write: created for an integration in Settings > Keys, used by a program, marked in the inbox.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { violationsOf } from "./support/axe.mjs";
import { complaints, launch } from "./support/browser.mjs";
import { Knock, until } from "./support/knock.mjs";
import { faultsOf } from "./support/screens.mjs";
import { signIn } from "./support/visitor.mjs";

const DESK = { width: 1280, height: 800 };
let browser, knock, visitor, admin, wrong, id;

before(async () => {
  browser = await launch();
  knock = await Knock.start();
  visitor = await (await browser.newContext({ viewport: DESK })).newPage();
  await visitor.goto(`${knock.url}/demo/`);
  await visitor.getByRole("button", { name: /^Open chat/ }).click();
  const field = visitor.getByLabel("Message", { exact: true });
  await field.fill("Where is my ticket?");
  await field.press("Enter");
  const page = await until(() => knock.get("/api/v1/conversations"), (all) => all.conversations.length === 1, "the chat");
  id = page.conversations[0].id;
  admin = await signIn(await browser.newContext({ viewport: DESK }), knock);
  wrong = complaints(admin);
});

after(async () => {
  await browser?.close();
  await knock?.stop();
});

/** Creates a key in the form; `more` chooses its author. Returns the key. */
async function create(name, more) {
  await admin.goto(`${knock.url}/app/settings/keys`);
  await admin.getByLabel("Name", { exact: true }).fill(name);
  await admin.getByLabel("Role", { exact: true }).selectOption("rep");
  await more();
  await admin.getByRole("button", { name: "Create", exact: true }).press("Enter");
  const shown = admin.getByRole("region", { name: "Key", exact: true });
  await shown.getByText("knk_").waitFor();
  return (await shown.innerText()).trim();
}

async function post(key, what, once, body) {
  const headers = { "content-type": "application/json", authorization: `Bearer ${key}`, "idempotency-key": once };
  const reply = await fetch(`${knock.url}/api/v1/conversations/${id}/${what}`, { method: "POST", headers, body: JSON.stringify(body) });
  return { status: reply.status, body: await reply.text() };
}

const line = (name) => admin.getByRole("list", { name: "Keys" }).getByRole("listitem").filter({ hasText: name });

test("a key of an integration writes once by its name, and the team sees that no person wrote", async () => {
  const author = () => admin.getByLabel("Writes as", { exact: true });
  const key = await create("Prod zap", async () => {
    await author().selectOption({ label: "An integration" });
    await admin.getByLabel("Name of the integration").fill(" ");
    await admin.getByRole("button", { name: "Create", exact: true }).press("Enter");
    await admin.locator(".field-error").getByText("must have 1 to 60 characters").waitFor();
    assert.deepEqual(await faultsOf(admin, "keys, an integration without a name"), []);
    await admin.setViewportSize(DESK);
    await admin.getByLabel("Name of the integration").fill("Zapier");
  });
  await line("Prod zap").getByText("writes as Zapier (integration)").waitFor();
  assert.deepEqual(await violationsOf(admin), []);
  const text = "Your ticket is 4711.";
  assert.equal((await post(key, "messages", "run-1", { text })).status, 201);
  assert.equal((await post(key, "messages", "run-1", { text })).status, 200, "a retry is no second message");
  assert.equal((await post(key, "notes", "run-1", { text: "Looked up by Zapier." })).status, 201);

  await visitor.getByRole("log").getByText(text).waitFor();
  assert.equal(await visitor.getByRole("log").getByText(text).count(), 1);
  assert.equal(await visitor.getByText("Zapier").count(), 0, "visitors read that the team writes");
  await admin.goto(`${knock.url}/app/inbox/${id}?view=open`);
  const log = admin.getByRole("log", { name: "Messages" });
  await log.getByText(text).waitFor();
  await log.getByText("Zapier (integration)").first().waitFor();
  assert.deepEqual(await violationsOf(admin), []);
});

test("a key of a member replies as the member", async () => {
  const key = await create("Zap of the admin", () => admin.getByLabel("Writes as", { exact: true }).selectOption({ label: "admin@localhost" }));
  await line("Zap of the admin").getByText("writes as admin@localhost").waitFor();
  const reply = await post(key, "messages", "run-2", { text: "We are on it." });
  assert.equal(reply.status, 201, reply.body);
  const { conversation } = await knock.get(`/api/v1/conversations/${id}`);
  assert.equal(conversation.state.responding_rep, "admin@localhost");
  assert.deepEqual(wrong.filter((line) => !line.includes("status of 422")), []);
});

test("a key without an author is told what it lacks", async () => {
  const reply = await post(knock.key, "messages", "run-3", { text: "Hi" });
  assert.equal(reply.status, 403);
  assert.match(reply.body, /bound to a member or to an integration/);
});
