// Two reps and a lead in one chat: ownership, notes between the reps, and presence.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { violationsOf } from "./support/axe.mjs";
import { complaints, launch } from "./support/browser.mjs";
import { hasFocus } from "./support/focus.mjs";
import { Knock, until } from "./support/knock.mjs";
import { signIn } from "./support/visitor.mjs";

const NOTE = "Between us: they may have the quince discount";
const WIDE = { width: 1440, height: 900 };
let browser, knock, ann, bo, visitor, id;

before(async () => {
  browser = await launch();
  knock = await Knock.start();
  visitor = await (await browser.newContext()).newPage();
  await visitor.goto(`${knock.url}/demo/`);
  await visitor.getByRole("button", { name: /^Open chat/ }).click();
  await say("We need a quote for 200 people");
  const { conversations } = await until(
    () => knock.get("/api/v1/conversations"),
    ({ conversations }) => conversations.length === 1,
    "the conversation",
  );
  id = conversations[0].id;
  ann = await signIn(await browser.newContext({ viewport: WIDE }), knock);
  bo = await invited("bo@us.example");
  for (const rep of [ann, bo]) await open(rep);
});

after(async () => {
  await browser?.close();
  await knock?.stop();
});

/** A page of a new rep, signed in. */
async function invited(email) {
  const headers = { "content-type": "application/json", authorization: `Bearer ${knock.key}` };
  const body = JSON.stringify({ email, role: "rep" });
  const reply = await fetch(`${knock.url}/api/v1/members`, { method: "POST", headers, body });
  const { invitation } = await reply.json();
  await knock.nameMembers();
  const page = await (await browser.newContext({ viewport: WIDE })).newPage();
  await page.goto(invitation);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL((url) => !url.pathname.endsWith("/sign-in"));
  return page;
}

async function open(rep) {
  await rep.goto(`${knock.url}/app/inbox/${id}`);
  await rep.getByRole("log").getByText("We need a quote for 200 people").waitFor();
  await rep.getByText("Live", { exact: true }).first().waitFor({ state: "attached" });
}

async function say(text) {
  const field = visitor.getByLabel("Message", { exact: true });
  await field.fill(text);
  await field.press("Enter");
  await visitor.getByRole("log").getByText(text).waitFor();
}

const field = (rep) => rep.getByRole("main").locator("textarea");
const head = (rep) => rep.getByRole("group", { name: "Assignment" });
const owned = (rep, words) => rep.locator(".chat-owner-name").getByText(words, { exact: true }).waitFor();
const more = async (rep, name, options) => {
  await rep.getByRole("button", { name: "More", exact: true }).click();
  await rep.getByRole("list", { name: "More actions" }).getByRole("button", { name }).click(options);
};
const record = () => knock.get(`/api/v1/conversations/${id}`);
const owner = async () => (await record()).conversation.state.rep_owner;

/** Leaves the composer, so that keys are shortcuts of the page. */
const leave = (rep) => rep.evaluate(() => document.activeElement?.blur());

async function reply(rep, text) {
  await rep.getByRole("button", { name: "Reply", exact: true }).click();
  await field(rep).fill(text);
  await field(rep).press("Enter");
  await rep.getByRole("log").getByText(text).waitFor();
}

async function isUsable(page, what) {
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    assert.deepEqual(await violationsOf(page), [], `${what}, ${colorScheme}`);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(overflow <= 0, `${what}, ${colorScheme} scrolls sideways by ${overflow} px`);
    if (process.env.KNOCK_SHOTS) await page.screenshot({ path: `${process.env.KNOCK_SHOTS}/teamwork-${what}-${colorScheme}.png` });
  }
}

test("one rep takes the chat and assigns it, and the other sees it at once", async () => {
  const found = complaints(bo);
  await owned(ann, "Assigned to you");
  await head(bo).getByRole("button", { name: "Take over" }).click();
  await owned(bo, "Assigned to you");
  await owned(ann, "Assigned to Bo");
  await ann.getByRole("status").getByText("Bo has taken over this chat.").waitFor();
  assert.equal(await owner(), "bo@us.example");
  assert.deepEqual(found, []);

  await head(bo).getByRole("button", { name: "Assign", exact: true }).click();
  await bo.getByLabel("Reason (optional)").fill("Speaks French");
  await bo.getByRole("button", { name: "admin@localhost" }).click();
  await owned(bo, "Assigned to Admin");
  await owned(ann, "Assigned to you");
  await ann.getByRole("region", { name: "Assigned by hand" }).getByText("Speaks French").waitFor();
});

test("a rep with an outdated page confirms before taking the chat from another", async () => {
  await open(bo);
  const old = { rep_owner: null };
  const page = await bo.context().newPage();
  // A page from before the assignment, without the live feed.
  await page.route(`**/api/v1/conversations/${id}`, async (route) => {
    const reply = await route.fetch();
    const body = await reply.json();
    Object.assign(body.conversation.state, old);
    await route.fulfill({ response: reply, json: body });
  });
  await page.goto(`${knock.url}/app/inbox/${id}`);
  await owned(page, "Not assigned");
  await head(page).getByRole("button", { name: "Take over" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText("Admin took this chat in the meantime.").waitFor();
  assert.equal(await owner(), "admin@localhost");
  await dialog.getByRole("button", { name: "Assign anyway" }).click();
  await until(owner, (rep) => rep === "bo@us.example", "the chat is Bo's");
  await page.close();
});

test("a note is for the other rep and never for the lead", async () => {
  await ann.getByRole("button", { name: "Note", exact: true }).click();
  await field(ann).fill(NOTE);
  await isUsable(ann, "note");
  await field(ann).press("Enter");
  await bo.locator(".message-note").getByText(NOTE).waitFor();
  await bo.locator(".message-note").getByText("Internal note").waitFor();
  await reply(ann, "A discount is possible.");
  await visitor.getByRole("log").getByText("A discount is possible.").waitFor();
  assert.equal(await visitor.getByText("quince").count(), 0);
  await visitor.reload();
  await visitor.getByRole("log").getByText("A discount is possible.").waitFor();
  assert.equal(await visitor.getByText("quince").count(), 0);

  // A draft of a note stays a note, also after showing another conversation.
  await field(ann).fill("half a reply");
  await ann.getByRole("button", { name: "Note", exact: true }).click();
  assert.equal(await field(ann).inputValue(), "");
  await field(ann).fill("half a note");
  await ann.getByRole("button", { name: "Reply", exact: true }).click();
  assert.equal(await field(ann).inputValue(), "half a reply");
  await field(ann).fill("");
  await ann.getByRole("button", { name: "Note", exact: true }).click();
  assert.equal(await field(ann).inputValue(), "half a note");
  await field(ann).fill("");
  await ann.getByRole("button", { name: "Reply", exact: true }).click();
});

test("a chat that is handed back is answered by the agent again", async () => {
  const agents = async () => (await record()).messages.filter(({ author }) => author === "ai_agent").length;
  const before = await agents();
  await say("Do you ship to Spain?");
  assert.equal(await agents(), before, "a rep answers");
  await more(bo, "Hand back to the AI agent");
  await owned(ann, "Assigned to the AI agent");
  await say("And to Portugal?");
  await until(agents, (count) => count > before, "the agent's answer");
  await head(ann).getByRole("button", { name: "Take over" }).click();
  await owned(bo, "Assigned to Admin");
});

test("a saved reply is created in settings, found by its first letters and inserted", async () => {
  const found = complaints(ann);
  await ann.goto(`${knock.url}/app/settings/replies`);
  await ann.getByText("No saved replies yet").waitFor();
  await ann.getByLabel("Name").fill("Prices");
  await ann.getByLabel("Text").fill("Hi {{name|there}}, {{rep}} here. For {{company}} a seat is $49.");
  await ann.getByLabel("Who sees it").selectOption("team");
  await ann.getByRole("button", { name: "Save" }).click();
  await ann.getByRole("list", { name: "Saved replies" }).getByText("Prices").first().waitFor();
  await isUsable(ann, "replies");
  assert.deepEqual(found, []);
  await bo.goto(`${knock.url}/app/settings/replies`);
  await bo.getByRole("list", { name: "Saved replies" }).getByText("Prices").first().waitFor();
  assert.equal(await bo.getByRole("button", { name: /^Edit/ }).count(), 0, "a rep reads the team's");

  await open(bo);
  await field(bo).pressSequentially("/pri");
  await bo.getByRole("option", { name: /Prices/ }).waitFor();
  await isUsable(bo, "picker");
  await field(bo).press("Enter");
  assert.equal(await field(bo).inputValue(), "Hi there, Bo here. For {{company}} a seat is $49.");
  await field(bo).press("Enter");
  await bo.getByText("{{company}} has no value").waitFor();
  await field(bo).fill("Hi there, Bo here. For you a seat is $49.");
  await field(bo).press("Enter");
  await visitor.getByRole("log").getByText("For you a seat is $49.").waitFor();
});

test("lead and reps see who is typing, and reps see who else is present", async () => {
  await open(ann);
  await ann.getByText("Bo is here too").waitFor();
  await bo.getByText("Admin is here too").waitFor();
  await field(bo).pressSequentially("One mom");
  await visitor.getByText("Bo is typing…").waitFor();
  await ann.getByText("Bo is writing a reply").waitFor();
  await visitor.getByLabel("Message", { exact: true }).pressSequentially("Than");
  await bo.getByText("The lead is typing…").waitFor();
  await field(bo).fill("One moment please");
  await field(bo).press("Enter");
  await visitor.getByRole("log").getByText("One moment please").waitFor();
  assert.equal(await visitor.getByText("Bo is typing…").count(), 0, "it ends with the message");
  await say("Thanks, I wait");
  await bo.getByRole("log").getByText("Thanks, I wait").waitFor();
  await bo.getByText("The lead is typing…").waitFor({ state: "detached" });

  // Notes are for the team only.
  await bo.getByRole("button", { name: "Note", exact: true }).click();
  await field(bo).pressSequentially("hm");
  await ann.getByText("Bo is writing a reply").waitFor({ state: "detached" });
  assert.equal(await visitor.getByText("Bo is typing…").count(), 0);
  await field(bo).fill("");
  await bo.getByRole("button", { name: "Reply", exact: true }).click();
  await bo.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Live" }).click();
  await ann.getByText("Bo is here too").waitFor({ state: "detached" });
  await open(bo);
});

test("a reply after another rep's asks first", async () => {
  // Ann's page does not receive Bo's answer.
  const page = await ann.context().newPage();
  await page.routeWebSocket(/\/api\/v1\/live/, () => {});
  await page.goto(`${knock.url}/app/inbox/${id}`);
  await page.getByRole("log").getByText("Thanks, I wait").waitFor();
  await reply(bo, "Bo was faster");
  await field(page).fill("Ann was slower");
  await field(page).press("Enter");
  await page.getByText("Another rep has answered in the meantime").waitFor();
  assert.equal((await record()).messages.filter(({ text }) => text === "Ann was slower").length, 0);
  await page.getByRole("button", { name: "Send anyway" }).click();
  await visitor.getByRole("log").getByText("Ann was slower").waitFor();
  await page.close();
});

test("a reply that was begun before a colleague's answer is sent by the second Enter", async () => {
  const stored = async () => (await record()).messages.filter(({ text }) => text === "Hi, I am").length;
  await field(ann).fill("Hi, I am");
  await reply(bo, "Bo is here for you");
  await ann.getByRole("log").getByText("Bo is here for you").waitFor();
  await field(ann).press("Enter");
  const question = ann.getByRole("alert").getByText("Bo has answered meanwhile. Send anyway?");
  await question.waitFor();
  await hasFocus(field(ann));
  await isUsable(ann, "answered");
  assert.equal(await stored(), 0);
  await field(ann).press("Escape");
  await question.waitFor({ state: "detached" });
  assert.equal(await field(ann).inputValue(), "Hi, I am");
  await field(ann).press("Enter");
  await visitor.getByRole("log").getByText("Hi, I am").waitFor();
  assert.equal(await stored(), 1);
});

test("shortcuts work without a mouse and can be turned off", async () => {
  await open(bo);
  await leave(bo);
  await bo.keyboard.press("n");
  await bo.getByRole("textbox", { name: "Internal note" }).waitFor();
  await hasFocus(field(bo));
  await bo.keyboard.press("a");
  assert.equal(await field(bo).inputValue(), "a", "in a field it is a letter");
  await field(bo).fill("");
  await leave(bo);
  await bo.keyboard.press("r");
  await bo.getByRole("textbox", { name: "Message" }).waitFor();
  await leave(bo);
  await bo.keyboard.press("a");
  await owned(bo, "Assigned to you");
  // The news of it can come before the response: until then the button is off, and so is its key.
  await more(bo, "Hand back to the AI agent", { trial: true });
  await bo.keyboard.press("Escape");
  await bo.keyboard.press("h");
  await owned(bo, "Assigned to the AI agent");
  await bo.keyboard.press("?");
  const help = bo.getByRole("dialog", { name: "Keyboard shortcuts" });
  await help.getByText("Next chat").waitFor();
  await isUsable(bo, "keys");
  await help.getByLabel("Use them in this browser").uncheck();
  await bo.keyboard.press("Escape");
  await help.waitFor({ state: "detached" });
  await bo.keyboard.press("n");
  assert.equal(await bo.getByRole("textbox", { name: "Internal note" }).count(), 0);
  await bo.getByRole("button", { name: "Keyboard shortcuts" }).click();
  await help.getByLabel("Use them in this browser").check();
  await bo.keyboard.press("Escape");
});

test("after a crash the messages of rep and lead are stored once", async () => {
  await open(ann);
  await knock.kill();
  const said = visitor.getByLabel("Message", { exact: true });
  await said.fill("Written while it was down");
  await said.press("Enter");
  await field(ann).fill("Answered while it was down");
  await field(ann).press("Enter");
  await ann.getByRole("button", { name: "Note", exact: true }).click();
  await field(ann).fill("Noted while it was down");
  await field(ann).press("Enter");
  await ann.getByText("Not sent yet").first().waitFor();
  await knock.restart();
  const { messages, notes } = await until(
    record,
    ({ messages, notes }) =>
      [...messages, ...notes].filter(({ text }) => text.endsWith("while it was down")).length >= 3,
    "what was written",
    60_000,
  );
  const texts = [...messages, ...notes].map(({ text }) => text).filter((text) => text.endsWith("while it was down"));
  assert.deepEqual(texts.sort(), ["Answered while it was down", "Noted while it was down", "Written while it was down"]);
  assert.ok(notes.some(({ text }) => text === "Noted while it was down"), "the note is no message");
  await visitor.getByRole("log").getByText("Answered while it was down").waitFor({ timeout: 40_000 });
  await ann.getByRole("log").getByText("Written while it was down").waitFor({ timeout: 40_000 });
  assert.equal(await visitor.getByText("Noted while").count(), 0);
});

test("on a phone a note can be written, and the owner is in the head", async () => {
  const page = await ann.context().newPage();
  await page.setViewportSize({ width: 360, height: 640 });
  await page.goto(`${knock.url}/app/inbox/${id}`);
  await page.getByRole("log").getByText("We need a quote for 200 people").waitFor();
  await page.getByRole("button", { name: "Note", exact: true }).click();
  await isUsable(page, "phone-note");
  await page.getByRole("button", { name: "Details" }).click();
  await owned(page, "Assigned to you");
  await more(page, "Hand back to the AI agent", { trial: true });
  await isUsable(page, "phone-more");
  await page.keyboard.press("Escape");
  await isUsable(page, "phone-details");
  await page.close();
});
