// The agent talks: it answers and asks whether that helped, says what it is, and asks a mistyped address back.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { violationsOf } from "./support/axe.mjs";
import { complaints, launch } from "./support/browser.mjs";
import { Knock, until } from "./support/knock.mjs";
import { Site, page as html, snippet } from "./support/site.mjs";

const PHONE = { width: 360, height: 740 };
const QUESTION = "Can I rent a paddle?";
const ANSWER = "Yes, a paddle is four euros a day.";
let browser, knock, shop;

before(async () => {
  browser = await launch();
  knock = await Knock.start();
  const site = await knock.siteKey();
  shop = await Site.serve({ pages: { "/": html(snippet(knock, site), "<main><h1>Kayaks</h1></main>", "Kayaks") } });
  const added = await fetch(`${knock.url}/api/v1/knowledge/answers`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${knock.key}` },
    body: JSON.stringify({ site, question: QUESTION, answer: ANSWER }),
  });
  assert.equal(added.status, 201);
});

after(async () => {
  await browser?.close();
  await shop?.stop();
  await knock?.stop();
});

/** A new visitor with the chat open, on a phone. */
async function visit() {
  const visitor = await (await browser.newContext({ viewport: PHONE })).newPage();
  const found = complaints(visitor);
  await visitor.goto(shop.url);
  await visitor.getByRole("button", { name: /^Open chat/ }).click();
  await visitor.getByRole("log").getByText("AI agent").first().waitFor();
  return { visitor, found };
}

/** Writes in the chat, and waits for a text of the answer. */
async function ask(visitor, question, answer) {
  await visitor.getByLabel("Message", { exact: true }).fill(question);
  await visitor.getByLabel("Message", { exact: true }).press("Enter");
  await visitor.getByRole("log").getByText(answer).first().waitFor();
}

const choice = (visitor, name) => visitor.getByRole("button", { name, exact: true });
const newest = async () => (await knock.get("/api/v1/conversations")).conversations[0];

/** No violation, in light and dark, and no sideways scrolling. */
async function isUsable(page, what) {
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    assert.deepEqual(await violationsOf(page), [], `${what}, ${colorScheme}`);
    assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= PHONE.width, `${what}, ${colorScheme}`);
  }
}

test("an answer that helped ends it, and the agent keeps the chat", async () => {
  const { visitor, found } = await visit();
  await ask(visitor, QUESTION, ANSWER);
  await visitor.getByRole("log").getByText("Did that help?").waitFor();
  await choice(visitor, "No").waitFor();
  await isUsable(visitor, "did-that-help");
  await choice(visitor, "Yes").click();
  await visitor.getByRole("log").getByText("Glad it helped. Is there anything else?").waitFor();
  await choice(visitor, "No").waitFor({ state: "detached" });
  await ask(visitor, "are you a bot?", /I'm an AI agent, a program of/);
  await ask(visitor, "thanks", "You're welcome.");
  assert.equal((await newest()).state.rep_owner, "AI Agent");
  assert.deepEqual(found, []);
});

test("an answer that did not help brings the team", async () => {
  const { visitor, found } = await visit();
  await ask(visitor, QUESTION, ANSWER);
  await choice(visitor, "No").click();
  await visitor.getByRole("log").getByText(/Sorry that this was not it\. .* will answer right here\./).waitFor();
  await until(newest, ({ state }) => state.rep_owner !== "AI Agent", "an owner in the team");
  await ask(visitor, "hello?", /was asked (.* ago|just now)/);
  assert.deepEqual(found, []);
});

test("a mistyped address is asked back, and without mail none is promised", async () => {
  const { visitor, found } = await visit();
  await ask(visitor, "my address is jo.lind@gmial.com", "Did you mean jo.lind@gmail.com?");
  await choice(visitor, "Yes").click();
  await visitor.getByRole("log").getByText(/sees your address jo\.lind@gmail\.com\. Come back to this page/).waitFor();
  const { id } = await newest();
  const record = await until(() => knock.get(`/api/v1/conversations/${id}`), ({ conversation }) => conversation.contact?.email);
  assert.equal(record.conversation.contact.email, "jo.lind@gmail.com");
  assert.deepEqual(found, []);
});
