// A visitor whose question the agent answers: nobody of the team is needed until the answer did not help.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { complaints, launch } from "./support/browser.mjs";
import { Knock, until } from "./support/knock.mjs";
import { faultsOf } from "./support/screens.mjs";
import { signIn } from "./support/visitor.mjs";

const QUESTION = "Do you train parrots that speak with customers of a shop all day long and then rest for the whole night?";
const ANSWER = "Only the grey ones.";

let browser, knock, admin, visitor, wrong;

before(async () => {
  browser = await launch();
  knock = await Knock.start();
  const { sites } = await knock.get("/api/v1/knowledge/sites");
  await send("POST", "/api/v1/knowledge/answers", { site: sites[0].key, question: QUESTION, answer: ANSWER });
  admin = await signIn(await browser.newContext({ viewport: { width: 1440, height: 900 } }), knock);
  wrong = complaints(admin);
  visitor = await (await browser.newContext({ viewport: { width: 360, height: 740 } })).newPage();
  await visitor.goto(`${knock.url}/l/chat`);
  await visitor.getByRole("log").getByText("AI agent").first().waitFor();
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

const counts = async () => (await knock.get("/api/v1/conversations?view=open")).counts;
const owner = async () => (await knock.get("/api/v1/conversations")).conversations[0]?.state.rep_owner;
const buttons = () => visitor.getByRole("group", { name: "Answers" }).getByRole("button");

test("an answered question is nobody's task, and the visitor is asked whether it helped", async () => {
  await visitor.getByLabel("Message", { exact: true }).fill(QUESTION);
  await visitor.getByLabel("Message", { exact: true }).press("Enter");
  await visitor.getByRole("log").getByText(ANSWER).first().waitFor();
  await until(() => buttons().allInnerTexts(), (texts) => texts.join() === "Yes,No");
  assert.deepEqual(await faultsOf(visitor, "agent-alone-visitor"), []);
  await visitor.setViewportSize({ width: 360, height: 740 });
  assert.equal(await owner(), "AI Agent");
  const { open, waiting, mine } = await counts();
  assert.deepEqual([open, waiting, mine], [1, 0, 0]);
});

test("an answer that did not help gives the chat to the team, and the buttons are gone", async () => {
  await buttons().filter({ hasText: "No" }).click();
  await until(owner, (found) => found === "admin@localhost", "the admin has the chat");
  assert.equal((await counts()).waiting, 1);
  assert.equal(await buttons().count(), 0);
  assert.deepEqual(wrong, []);
});

test("a long choice wraps within a narrow panel", async () => {
  const width = await visitor.evaluate((text) => {
    const group = document.querySelector(".choices") ?? [...document.querySelectorAll("*")].map((one) => one.shadowRoot?.querySelector(".choices")).find(Boolean);
    const button = Object.assign(document.createElement("button"), { className: "choice", textContent: text });
    group.hidden = false;
    group.append(button);
    const { width, height } = button.getBoundingClientRect();
    button.remove();
    group.hidden = true;
    return { width, height };
  }, QUESTION);
  assert.ok(width.width <= 360 && width.height > 44, JSON.stringify(width));
});

test("the switch for abuse is kept", async () => {
  await admin.goto(`${knock.url}/app/agents/playbooks`);
  const abuse = admin.getByRole("switch", { name: "End a chat with abuse" });
  await abuse.uncheck();
  await until(() => knock.get("/api/v1/agent"), (now) => !now.rejects_abuse && now.asks_to_clarify);
  await admin.reload();
  await abuse.waitFor();
  assert.ok(!(await abuse.isChecked()));
  assert.deepEqual(await faultsOf(admin, "agent-alone-switch"), []);
  assert.deepEqual(wrong, []);
});
