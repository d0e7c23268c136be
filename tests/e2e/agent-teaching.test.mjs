// Teaching the agent: other wordings of an answer, an unanswered question that is the same as a known one, a page, and why.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { complaints, launch } from "./support/browser.mjs";
import { hasFocus } from "./support/focus.mjs";
import { Knock } from "./support/knock.mjs";
import { faultsOf } from "./support/screens.mjs";
import { Site, page as html, snippet } from "./support/site.mjs";
import { signIn } from "./support/visitor.mjs";

const NAME = "Fjord Kayaks";
const WIDE = { width: 1280, height: 800 };
const SHIPPING = `<nav><a href="/">Home</a></nav><main><h1>Shipping of kayaks</h1><p>We ship every kayak to Norway within
  nine days. Shipping to Iceland takes three weeks and costs forty euros. Boats are packed in cardboard by hand.</p></main>`;

let browser, knock, shop, site, admin, found;

before(async () => {
  browser = await launch();
  knock = await Knock.start({ env: { KNOCK_OUTBOUND_PRIVATE_NETWORKS: "127.0.0.0/8" } });
  shop = await Site.serve({});
  shop.pages["/shipping"] = html("", SHIPPING, "Shipping");
  site = (await post("/api/v1/sites", { name: NAME, origins: [shop.url] })).key;
  await post("/api/v1/knowledge/answers", {
    site,
    question: "Is there a parking lot?",
    answer: "Yes, behind the boathouse, free of charge.",
  });
  shop.pages["/"] = html(snippet(knock, site), "<main><h1>Kayaks</h1></main>", NAME);
  admin = await signIn(await browser.newContext({ viewport: WIDE }), knock);
  found = complaints(admin);
});

after(async () => {
  await browser?.close();
  await knock?.stop();
  await shop?.stop();
});

async function post(path, body) {
  const reply = await fetch(`${knock.url}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${knock.key}` },
    body: JSON.stringify(body),
  });
  assert.equal(reply.status, 201, path);
  return reply.json();
}

/** A page of Agents, for the site of this test. */
const agents = (part) => admin.goto(`${knock.url}/app/agents/${part}?site=${site}`);

const panel = (name) => admin.getByRole("region", { name, exact: true });

/** A new visitor asks in the chat, and waits for a text. */
async function ask(question, answer) {
  const visitor = await (await browser.newContext()).newPage();
  await visitor.goto(shop.url);
  await visitor.getByRole("button", { name: /^Open chat/ }).click();
  const field = visitor.getByLabel("Message", { exact: true });
  await field.fill(question);
  await field.press("Enter");
  await visitor.getByRole("log").getByText(answer).first().waitFor();
  return visitor;
}

test("an answer gets two wordings by the keyboard, and a visitor who uses one gets it", async () => {
  await agents("knowledge");
  const answers = panel("Questions and answers");
  await answers.getByRole("button", { name: "Add a question" }).click();
  await hasFocus(answers.getByLabel("Question", { exact: true }));
  await admin.keyboard.type("Can I rent a paddle?");
  await answers.getByRole("button", { name: "Add a wording" }).press("Enter");
  const line = (number) => answers.getByLabel(`Other way to ask it ${number}`, { exact: true });
  await hasFocus(line(1));
  await admin.keyboard.type("Can I borrow an oar?");
  await admin.keyboard.press("Enter");
  await hasFocus(line(2));
  await admin.keyboard.type("can i rent a paddle?");
  await admin.keyboard.press("Enter");
  await hasFocus(line(3));
  await answers.getByRole("button", { name: "Remove Other way to ask it 3" }).press("Enter");
  await hasFocus(line(2));
  assert.deepEqual(await faultsOf(admin, "agents-wordings"), []);
  await admin.setViewportSize(WIDE);

  await answers.getByLabel("Answer", { exact: true }).fill("Yes, a paddle is four euros a day.");
  await answers.getByRole("button", { name: "Save" }).click();
  await answers.locator(".field-error").getByText("is the question").waitFor();
  await hasFocus(line(2));
  await line(2).fill("Paddle for hire?");
  await answers.getByRole("button", { name: "Save" }).click();
  await answers.getByText("2 of 500").waitFor();
  const taught = performance.now();
  await answers.getByText("+ 2 wordings").click();
  await answers.getByText("Can I borrow an oar?").waitFor();
  assert.deepEqual(await faultsOf(admin, "agents-known-wordings"), []);
  await admin.setViewportSize(WIDE);
  await ask("Can I borrow an oar?", "a paddle is four euros a day");
  assert.ok(performance.now() - taught < 60_000, "within a minute");
});

test("an unanswered question is the same as a known one by one click, and is answered the next time", async () => {
  const question = "Where do we leave the car trailer?";
  await agents("unanswered");
  await admin.getByText("No unanswered questions").waitFor();
  await ask(question, question);
  const line = admin.getByRole("list", { name: "Unanswered questions" }).getByRole("listitem").filter({ hasText: question });
  const same = line.getByRole("button", { name: /^It is the same as/ });
  await same.click();
  const search = line.getByLabel("Known question", { exact: true });
  await hasFocus(search);
  await admin.keyboard.press("Escape");
  await hasFocus(same);
  await admin.keyboard.press("Enter");
  await search.fill("lot parking");
  await line.getByRole("status").getByText("1 of 1 shown").waitFor();
  assert.deepEqual(await faultsOf(admin, "agents-same-as"), []);
  await admin.setViewportSize(WIDE);
  await line.getByRole("list", { name: "Known questions" }).getByRole("button", { name: "Is there a parking lot?" }).click();
  await admin.getByRole("status").getByText("It is a wording of \u201cIs there a parking lot?\u201d from now on.").waitFor();
  await admin.getByText("No unanswered questions").waitFor();
  await ask(question, "behind the boathouse");
});

test("a trial shows the answer, why it is given, and what came closest", async () => {
  await agents("knowledge");
  const trial = panel("Try a question");
  const tries = async (question) => {
    await trial.getByLabel("Question", { exact: true }).fill(question);
    await trial.getByRole("button", { name: "Try" }).click();
  };
  await tries("Can I borrow an oar?");
  await trial.getByText("Yes, a paddle is four euros a day.").waitFor();
  await trial.getByText("Answer of your team to \u201cCan I rent a paddle?\u201d").waitFor();
  await trial.getByText(/^Why: Answered: /).waitFor();
  const scores = trial.getByRole("table", { name: "What came closest" });
  await scores.getByRole("rowheader").filter({ hasText: "Can I rent a paddle?" }).waitFor();
  assert.deepEqual(await faultsOf(admin, "agents-tried"), []);
  await admin.setViewportSize(WIDE);
  await tries("Who painted the Mona Lisa?");
  await trial.getByText("No answer.").waitFor();
  await trial.getByText(/^Why: Nothing /).waitFor();
  await tries("Can I talk to a human?");
  await trial.getByText("Act: asks human").waitFor();
});

test("a page is read, the trial says why it answers, and a visitor gets it within a minute, with a link", async () => {
  const question = "How long does shipping to Iceland take?";
  await agents("knowledge");
  const began = performance.now();
  await admin.getByLabel("Address", { exact: true }).fill(`${shop.url}/shipping`);
  await admin.keyboard.press("Enter");
  const source = panel("Pages and sitemaps").getByRole("listitem").filter({ hasText: "/shipping" }).first();
  await source.getByText("Ready").waitFor();
  const trial = panel("Try a question");
  await trial.getByLabel("Question", { exact: true }).fill(question);
  await trial.getByRole("button", { name: "Try" }).click();
  await trial.getByText(/^From the page/).waitFor();
  await trial.getByText(/^Why: /).waitFor();
  assert.deepEqual(await faultsOf(admin, "agents-tried-page"), []);
  await admin.setViewportSize(WIDE);
  const visitor = await ask(question, "takes three weeks");
  assert.ok(performance.now() - began < 60_000, "within a minute");
  const link = visitor.getByRole("log").getByRole("link", { name: `${shop.url}/shipping`, exact: true });
  await link.waitFor();
});

test("test sentences show what the agent does now, and what differs from the accepted results", async () => {
  await admin.getByRole("navigation", { name: "Agents" }).getByRole("link", { name: "Test sentences" }).click();
  await admin.getByText("No test sentences yet").waitFor();
  await admin.getByLabel("New sentences", { exact: true }).fill("Can I borrow an oar?\nWho painted the Mona Lisa?");
  await admin.getByRole("button", { name: "Add", exact: true }).click();
  await admin.getByRole("status").getByText("2 sentences: 0 changed, 2 new").waitFor();
  const lines = admin.getByRole("list", { name: "Test sentences" }).getByRole("listitem");
  await lines.first().getByText("Now: Answer: \u201cCan I rent a paddle?\u201d").waitFor();
  await admin.getByRole("button", { name: "Accept these results" }).click();
  await admin.getByRole("status").getByText("2 sentences: 0 changed, 0 new").waitFor();
  await post("/api/v1/knowledge/answers", {
    site,
    question: "Who painted the Mona Lisa?",
    answer: "Leonardo da Vinci. We paint kayaks.",
  });
  await admin.getByRole("status").getByText("2 sentences: 1 changed, 0 new").waitFor();
  await lines.last().getByText("Was: No answer; now: Answer: \u201cWho painted the Mona Lisa?\u201d").waitFor();
  assert.deepEqual(await faultsOf(admin, "agents-tests"), []);
  await admin.setViewportSize(WIDE);
  await lines.first().getByRole("button", { name: /^Remove/ }).click();
  await admin.getByRole("status").getByText("was removed.").waitFor();
  await admin.getByRole("button", { name: "Undo" }).click();
  await admin.getByRole("status").getByText("It was undone.").waitFor();
  assert.deepEqual(found.filter((line) => !/status of 422/.test(line)), []);
});
