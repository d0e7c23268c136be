// Agents: a marketer adds knowledge for a site, previews the texts, and visitors get them.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { complaints, launch } from "./support/browser.mjs";
import { hasFocus } from "./support/focus.mjs";
import { Knock, until } from "./support/knock.mjs";
import { faultsOf } from "./support/screens.mjs";
import { Site, page as html, snippet } from "./support/site.mjs";
import { signIn } from "./support/visitor.mjs";

const NAME = "Fjord Kayaks";
const SHIPPING = `<main><h1>Shipping of kayaks</h1><p>We ship every kayak to Norway within nine days.
  Shipping to Iceland takes three weeks and costs forty euros. Boats are packed in cardboard by hand,
  and the lorry calls an hour before it arrives, so that somebody can help to carry the long parcel.</p></main>`;

let browser, knock, shop, admin, found;

before(async () => {
  browser = await launch();
  knock = await Knock.start({ env: { KNOCK_OUTBOUND_PRIVATE_NETWORKS: "127.0.0.0/8" } });
  shop = await Site.serve({});
  shop.pages["/shipping"] = html("", SHIPPING, "Shipping");
  admin = await signIn(await browser.newContext(), knock);
  found = complaints(admin);
});

after(async () => {
  await browser?.close();
  await knock?.stop();
  await shop?.stop();
});

/** A page of Agents, for the site of this test. */
async function agents(part) {
  const { sites } = await knock.get("/api/v1/knowledge/sites");
  const { key } = sites.find(({ name }) => name === NAME);
  await admin.goto(`${knock.url}/app/agents/${part}?site=${key}`);
  return key;
}

/** A visitor of the site, with the chat open. */
async function visit() {
  const { sites } = await knock.get("/api/v1/knowledge/sites");
  const { key } = sites.find(({ name }) => name === NAME);
  shop.pages["/"] = html(snippet(knock, key), "<main><h1>Kayaks</h1></main>", NAME);
  const visitor = await (await browser.newContext()).newPage();
  await visitor.goto(shop.url);
  await visitor.getByRole("button", { name: /^Open chat/ }).click();
  await visitor.getByRole("log").getByText("AI agent").first().waitFor();
  return visitor;
}

/** Writes in the chat, and waits for a text of the answer. */
async function ask(visitor, question, answer) {
  await visitor.getByLabel("Message", { exact: true }).fill(question);
  await visitor.getByLabel("Message", { exact: true }).press("Enter");
  await visitor.getByRole("log").getByText(answer).first().waitFor();
}

const panel = (name) => admin.getByRole("region", { name, exact: true });
const fill = (label, text) => admin.getByLabel(label, { exact: true }).fill(text);

test("a new site gets an answer and a page, and its agent answers from both within a minute", async () => {
  await admin.goto(`${knock.url}/app/settings/sites`);
  await admin.getByRole("button", { name: "Add a site" }).click();
  await admin.getByLabel("Name").fill(NAME);
  await admin.getByLabel(/^Addresses of the site/).fill(shop.url);
  await admin.getByRole("button", { name: "Save" }).click();
  await admin.getByRole("status").getByText(`${NAME} was added.`).waitFor();

  await admin.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Agents" }).click();
  await admin.waitForURL("**/app/agents/knowledge");
  await admin.locator(".state").getByText("Choose a site").waitFor();
  await admin.getByRole("combobox", { name: "Site", exact: true }).selectOption(NAME);
  await admin.waitForURL(/knowledge\?site=[0-9a-f]{32}$/);
  await admin.getByText("No knowledge for this site yet").waitFor();
  assert.deepEqual(await faultsOf(admin, "agents-new-site"), []);
  await admin.setViewportSize({ width: 1280, height: 800 });

  const began = performance.now();
  await admin.getByRole("button", { name: "Write an answer" }).click();
  await admin.keyboard.type("Can I rent a paddle?");
  await fill("Answer", "Yes, a paddle is four euros a day.");
  await admin.getByRole("button", { name: "Save" }).click();
  await panel("Questions and answers").getByText("1 of 500").waitFor();
  await fill("Address", "not an address");
  await admin.getByRole("button", { name: "Add the address" }).click();
  await admin.locator(".field-error").getByText("is not an address").waitFor();
  await fill("Address", `${shop.url}/shipping`);
  await admin.keyboard.press("Enter");
  const source = panel("Pages and sitemaps").getByRole("listitem").filter({ hasText: "/shipping" }).first();
  await source.getByText("Ready").waitFor();
  await source.locator("summary").press("Enter");
  await source.getByText("Shipping to Iceland takes three weeks").waitFor();
  await fill("Question", "how long is shipping to iceland?");
  await admin.getByRole("button", { name: "Try" }).click();
  await panel("Try a question").getByText(/^From the page/).waitFor();
  await fill("Question", "Who painted the Mona Lisa?");
  await admin.getByRole("button", { name: "Try" }).click();
  await panel("Try a question").getByText("No answer.").waitFor();

  const visitor = await visit();
  await ask(visitor, "Can I rent a paddle?", "a paddle is four euros a day");
  await ask(visitor, "How long does shipping to Iceland take?", "three weeks");
  assert.ok(performance.now() - began < 60_000, "within a minute");
  const said = await visitor.getByRole("log").innerText();
  assert.match(said, /Fjord Kayaks/);
  assert.doesNotMatch(said, /Northwind|Acme|demo/i);

  const { conversations } = await until(() => knock.get("/api/v1/conversations"), ({ conversations }) => conversations.length === 1);
  await admin.goto(`${knock.url}/app/inbox/${conversations[0].id}`);
  const log = admin.getByRole("log", { name: "Messages" });
  await log.getByText("Answer of your team to \u201cCan I rent a paddle?\u201d").waitFor();
  const link = log.getByRole("link", { name: /Shipping/ });
  assert.equal(await link.getAttribute("href"), `${shop.url}/shipping`);
  assert.deepEqual(await faultsOf(admin, "agents-inbox"), []);
  await admin.setViewportSize({ width: 1280, height: 800 });
});

test("a file is uploaded by button or dropped, and a refusal is explained", async () => {
  await agents("knowledge");
  const files = panel("Files");
  await files.locator("#file-input").setInputFiles({ name: "care.md", mimeType: "text/markdown", buffer: Buffer.from("# Care\n\nRinse the hull with fresh water after every trip to the sea.\n") });
  await admin.getByRole("status").getByText("care.md was read.").waitFor();
  await files.getByRole("listitem").getByText("care.md").first().waitFor();
  const dropped = await admin.evaluateHandle(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3])], "boat.png"));
    transfer.items.add(new File([new Uint8Array(5_242_881)], "<b>large</b>.txt"));
    return transfer;
  });
  await files.locator(".drop").dispatchEvent("drop", { dataTransfer: dropped });
  const refused = files.getByRole("alert");
  await refused.getByText("<b>large</b>.txt: It is larger than 5 MiB.").waitFor();
  await refused.getByText("boat.png: ").waitFor();
  await files.getByRole("button", { name: "Remove care.md" }).click();
  await admin.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await admin.getByRole("status").getByText("\u201ccare.md\u201d was deleted.").waitFor();
  await files.getByText("care.md").first().waitFor({ state: "detached" });
  assert.deepEqual(await faultsOf(admin, "agents-knowledge"), []);
  await admin.setViewportSize({ width: 1280, height: 800 });
});

test("an unanswered question gets an answer by one click, and is answered the next time", async () => {
  const question = "Is there a parking lot?";
  await agents("unanswered");
  const nav = admin.getByRole("navigation", { name: "Agents" });
  await admin.getByText("No unanswered questions").waitFor();
  await ask(await visit(), question, question);
  const line = admin.getByRole("list", { name: "Unanswered questions" }).getByRole("listitem").filter({ hasText: question });
  await line.getByText("Asked once").waitFor();
  await nav.getByRole("link", { name: "Unanswered questions 1" }).waitFor();
  assert.deepEqual(await faultsOf(admin, "agents-unanswered"), []);
  await admin.setViewportSize({ width: 1280, height: 800 });

  await line.getByRole("button", { name: "Add an answer" }).click();
  assert.equal(await admin.getByLabel("Question", { exact: true }).inputValue(), question);
  await admin.keyboard.type("Yes, behind the boathouse, free of charge.");
  await admin.getByRole("button", { name: "Save" }).click();
  await admin.getByText("No unanswered questions").waitFor();
  await nav.getByRole("link", { name: "Unanswered questions", exact: true }).waitFor();
  await ask(await visit(), question, "behind the boathouse");

  await ask(await visit(), "Is the moon made of cheese?", "made of cheese");
  await admin.getByRole("button", { name: /^Dismiss/ }).click();
  await admin.getByRole("status").getByText("The question was dismissed.").waitFor();
  assert.deepEqual((await knock.get(`/api/v1/knowledge/unanswered?site=${await agents("unanswered")}`)).questions, []);
});

test("a text is changed, previewed unsaved, saved, sent in a chat, and restored", async () => {
  await agents("knowledge");
  await admin.getByRole("navigation", { name: "Agents" }).getByRole("link", { name: "Playbooks" }).click();
  const preview = panel("Preview");
  const { conversations } = await knock.get("/api/v1/conversations");
  await preview.getByText(`I'm the AI agent of ${NAME}.`).waitFor();
  const greeting = admin.getByLabel("Greeting, text 1");
  const standard = await greeting.inputValue();
  await greeting.fill("Ahoy from {workspace}, {captain}!");
  await preview.getByRole("alert").getByText("Greeting: has {captain}, which is not known here").waitFor();
  await admin.getByRole("button", { name: "Save" }).click();
  await admin.locator(".field-error").getByText("has {captain}, which is not known here").waitFor();
  await hasFocus(greeting);

  await greeting.fill("Ahoy from {workspace}!");
  await preview.getByText(`Ahoy from ${NAME}!`).waitFor();
  await admin.getByText("Unsaved changes").waitFor();
  await fill("Message of the lead", "Hello there");
  await preview.getByRole("button", { name: "Send" }).click();
  await preview.getByRole("log").getByText("what is this about?").waitFor();
  const offered = preview.locator(".preview-offered button").first();
  const choice = await offered.innerText();
  await offered.click();
  await preview.getByRole("log").getByText(choice, { exact: true }).waitFor();
  await fill("Message of the lead", "Can I rent a paddle?");
  await admin.keyboard.press("Enter");
  await preview.getByText("Answer of your team to \u201cCan I rent a paddle?\u201d").waitFor();
  assert.equal((await knock.get("/api/v1/conversations")).conversations.length, conversations.length, "nothing is stored");
  assert.deepEqual(await faultsOf(admin, "agents-playbooks"), []);
  await admin.setViewportSize({ width: 1280, height: 800 });

  await admin.getByRole("navigation", { name: "Agents" }).getByRole("link", { name: "Knowledge" }).click();
  const dialog = admin.getByRole("dialog");
  await dialog.getByText("Leave without saving?").waitFor();
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await admin.goBack();
  await dialog.getByText("Leave without saving?").waitFor();
  await dialog.getByRole("button", { name: "Cancel" }).click();
  assert.match(admin.url(), /\/app\/agents\/playbooks\?site=/);
  assert.equal(await greeting.inputValue(), "Ahoy from {workspace}!");

  await admin.getByRole("button", { name: "Save" }).click();
  await admin.getByRole("status").getByText("It was saved as version 1.").waitFor();
  await (await visit()).getByRole("log").getByText(`Ahoy from ${NAME}!`).waitFor();

  const versions = admin.getByRole("list", { name: "Versions" });
  await versions.getByRole("button", { name: "Restore the standard texts" }).click();
  assert.equal(await admin.getByLabel("Greeting, text 1").inputValue(), standard);
  await admin.getByRole("button", { name: "Save" }).click();
  await admin.getByRole("status").getByText("saved as version 2.").waitFor();
  await (await visit()).getByRole("log").getByText(`I'm the AI agent of ${NAME}.`).waitFor();
});

test("a newer version by another member is offered, and the standard texts are restored", async () => {
  await agents("playbooks");
  const save = (version, steps) =>
    fetch(`${knock.url}/api/v1/playbooks/general/en`, {
      method: "PUT",
      headers: { "content-type": "application/json", authorization: `Bearer ${knock.key}` },
      body: JSON.stringify({ version, steps }),
    });
  const { versions } = await knock.get("/api/v1/playbooks/general/en");
  const steps = versions[0].steps.map(({ step, texts }) => ({ step, texts: step === "close" ? ["Farewell."] : texts }));
  await admin.getByLabel("Greeting, text 1").fill("Mine");
  assert.equal((await save(versions[0].version, steps)).status, 200);
  await admin.getByRole("button", { name: "Save" }).click();
  await admin.getByRole("button", { name: "Load the newer version" }).click();
  await until(() => admin.getByLabel("No more questions, text 1").inputValue(), (text) => text === "Farewell.");
  await admin.getByRole("button", { name: "Set back to the standard texts" }).click();
  await admin.getByRole("dialog").getByRole("button", { name: "Set back" }).click();
  await admin.getByRole("status").getByText("The standard texts are back").waitFor();
  assert.equal((await knock.get("/api/v1/playbooks/general/en")).versions[0].is_standard, true);
});

test("a site has its own texts, shows those of All sites without them, and goes back to them", async () => {
  const key = await agents("playbooks");
  const scope = admin.getByRole("combobox", { name: "Texts for", exact: true });
  await scope.selectOption(NAME);
  await admin.waitForURL((url) => url.searchParams.get("own") === key);
  await admin.getByText("This site uses the texts of All sites").waitFor();
  await panel("Preview").getByText(`I'm the AI agent of ${NAME}.`).waitFor();
  assert.equal(await admin.locator("textarea").count(), 0);
  assert.equal(await admin.getByRole("combobox", { name: "Site", exact: true }).count(), 0);
  assert.deepEqual(await faultsOf(admin, "agents-site-playbook"), []);
  await admin.setViewportSize({ width: 1280, height: 800 });

  await admin.getByRole("button", { name: "Write own texts for this site" }).press("Enter");
  const greeting = admin.getByLabel("Greeting, text 1");
  await hasFocus(greeting);
  await greeting.fill("Ahoy from {workspace}!");
  await panel("Preview").getByText(`Ahoy from ${NAME}!`).waitFor();
  await scope.selectOption("All sites");
  const dialog = admin.getByRole("dialog");
  await dialog.getByText("Leave without saving?").waitFor();
  await dialog.getByRole("button", { name: "Cancel" }).click();
  assert.equal(await scope.inputValue(), key);
  await admin.getByRole("button", { name: "Save" }).click();
  await admin.getByRole("status").getByText("It was saved as version 1.").waitFor();
  await (await visit()).getByRole("log").getByText(`Ahoy from ${NAME}!`).waitFor();
  assert.equal((await knock.get("/api/v1/playbooks/general/en")).versions[0].is_standard, true, "other sites keep theirs");

  await scope.selectOption("All sites");
  await admin.getByText(`Not used on sites with their own texts: ${NAME}.`).waitFor();
  await scope.selectOption(NAME);
  await admin.reload();
  await until(() => greeting.inputValue(), (text) => text === "Ahoy from {workspace}!");
  await admin.getByRole("button", { name: "Use the texts of All sites again" }).click();
  await dialog.getByRole("button", { name: "Use them" }).click();
  await admin.getByRole("status").getByText("The texts of All sites are back as version 2.").waitFor();
  await (await visit()).getByRole("log").getByText(`I'm the AI agent of ${NAME}.`).waitFor();

  await admin.getByRole("list", { name: "Versions" }).getByRole("button", { name: "Restore version 1" }).click();
  assert.equal(await greeting.inputValue(), "Ahoy from {workspace}!");
  await admin.getByRole("button", { name: "Discard changes" }).click();
  await hasFocus(admin.getByRole("button", { name: "Write own texts for this site" }));
  await scope.selectOption("All sites");
  await admin.getByRole("combobox", { name: "Site", exact: true }).waitFor();
});

test("switched off, the agent does not ask what a chat is about", async () => {
  await agents("playbooks");
  await ask(await visit(), "Hello there", "what is this about?");
  const asks = admin.getByRole("switch", { name: "Ask what a chat is about" });
  assert.ok(await asks.isChecked());
  await asks.uncheck();
  await until(() => knock.get("/api/v1/agent"), ({ asks_to_clarify }) => !asks_to_clarify);
  const visitor = await visit();
  await ask(visitor, "Hello there", "the answer comes right here");
  assert.doesNotMatch(await visitor.getByRole("log").innerText(), /what is this about/);
  await admin.reload();
  await admin.getByRole("switch", { name: "Ask what a chat is about" }).waitFor();
  assert.ok(!(await asks.isChecked()));
  await asks.check();
  await until(() => knock.get("/api/v1/agent"), ({ asks_to_clarify }) => asks_to_clarify);
});

test("leads who match the conditions of an agent hear its last words and are rejected", async () => {
  await agents("rejections");
  const hiring = panel("Hiring");
  const rejects = hiring.getByRole("switch", { name: "Reject leads who match" });
  const save = admin.getByRole("button", { name: "Save" });
  await hiring.getByText("No condition yet: no lead matches.").waitFor();
  assert.ok(!(await rejects.isChecked()));
  await rejects.check();
  await save.click();
  await hiring.getByRole("alert").getByText(/needs a condition/).waitFor();
  await hiring.getByRole("button", { name: "Add a condition" }).click();
  const line = hiring.getByRole("group", { name: "Condition", exact: true });
  await line.getByLabel("Field").selectOption("intent.type");
  await line.getByLabel("Comparison").selectOption("eq");
  await line.getByLabel("Value", { exact: true }).fill("Job seeker");
  await hiring.getByLabel("Reject reason").fill("Job seeker");
  assert.deepEqual(await faultsOf(admin, "agents-rejections"), []);
  await admin.setViewportSize({ width: 1280, height: 800 });
  await save.click();
  await admin.getByRole("status").getByText("Saved. It applies from the next message on.").waitFor();

  await ask(await visit(), "Are you hiring backend engineers? I'd like to send my CV", "nothing to offer you at the moment");
  const page = await until(() => knock.get("/api/v1/conversations?view=rejected"), ({ conversations }) => conversations.length === 1);
  const { rejected_by, reject_reason } = page.conversations[0].state;
  assert.deepEqual([rejected_by, reject_reason], ["AI", "Job seeker"]);

  await hiring.getByRole("link", { name: "Rejected of its playbook" }).click();
  await admin.waitForURL(/playbooks\?.*kind=hiring/);
  await admin.goBack();
  await rejects.waitFor();
  assert.ok(await rejects.isChecked());
  await rejects.uncheck();
  await save.click();
  await until(() => knock.get("/api/v1/agent/rejections"), (known) => known.agents.every(({ is_on }) => !is_on));
});

test("a rep sees everything and no control that changes it", async () => {
  await admin.goto(`${knock.url}/app/settings/team`);
  await admin.getByLabel("Email").fill("bo@us.example");
  await admin.getByRole("button", { name: "Invite" }).click();
  const link = await admin.getByRole("region", { name: "Invitation" }).innerText();
  await knock.nameMembers();
  const rep = await (await browser.newContext()).newPage();
  await rep.goto(link);
  await rep.getByRole("button", { name: "Sign in" }).click();
  await rep.waitForURL("**/app/home");
  await rep.getByRole("link", { name: "Agents" }).click();
  await rep.getByRole("combobox", { name: "Site", exact: true }).selectOption(NAME);
  await rep.getByText("Yes, a paddle is four euros a day.").waitFor();
  const buttons = async () => (await rep.locator("main").getByRole("button").allInnerTexts()).filter((name) => name !== "Not now");
  assert.deepEqual(await buttons(), ["Try"]);
  await rep.getByRole("navigation", { name: "Agents" }).getByRole("link", { name: "Playbooks" }).click();
  await rep.getByText("I'm the AI agent of {workspace}").first().waitFor();
  await rep.getByRole("region", { name: "Preview" }).getByText(`I'm the AI agent of ${NAME}.`).waitFor();
  assert.equal(await rep.locator("textarea").count() + (await rep.getByRole("switch").count()), 0);
  assert.deepEqual(await buttons(), ["Start over", "Send"]);
  await rep.getByRole("navigation", { name: "Agents" }).getByRole("link", { name: "Rejections" }).click();
  await rep.getByRole("list", { name: "Rejections" }).getByText("Hiring: off.").waitFor();
  assert.equal(await rep.getByRole("switch").count(), 0);
  assert.deepEqual(await buttons(), []);
  assert.deepEqual(found.filter((line) => !/status of (409|422)/.test(line)), []);
});
