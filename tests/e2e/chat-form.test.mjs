// What a site adds to the chat: the form before and in it, its end with a rating, earlier chats.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { violationsOf } from "./support/axe.mjs";
import { complaints, launch } from "./support/browser.mjs";
import { Knock, until } from "./support/knock.mjs";
import { dress } from "./support/look.mjs";
import { Site, page as html, snippet } from "./support/site.mjs";
import { signIn } from "./support/visitor.mjs";

const PHONE = { width: 360, height: 640 };
const FORM = [{ field: "name" }, { field: "email", is_required: true }];
let browser, knock, key, site;

before(async () => {
  browser = await launch();
  knock = await Knock.start();
  key = await knock.siteKey();
  site = await Site.serve({ pages: { "/": html(snippet(knock, key), "<main><h1>A page</h1></main>") } });
});

after(async () => {
  await browser?.close();
  await site?.stop();
  await knock?.stop();
});

const panel = (page) => page.locator("knock-widget .panel");
const message = (page) => page.getByLabel("Message", { exact: true });
const heading = (page, name) => panel(page).getByRole("heading", { name });
const button = (page, name) => panel(page).getByRole("button", { name, exact: true });
const newest = async () => (await knock.get("/api/v1/conversations")).conversations[0];

/** A new visitor who opens the chat. */
async function arrive(options = {}) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  page.found = complaints(page);
  await page.goto(site.url);
  await page.getByRole("button", { name: /^Open chat/ }).click();
  return page;
}

async function say(page, text) {
  await message(page).fill(text);
  await message(page).press("Enter");
  await page.getByRole("log").getByText(text).waitFor();
}

async function choose(page, name) {
  await button(page, "More").click();
  await panel(page).getByRole("menuitem", { name }).click();
}

async function isSound(page) {
  assert.deepEqual(await violationsOf(page), []);
  const { width } = page.viewportSize();
  assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= width);
}

async function end(page) {
  assert.deepEqual(page.found.filter((line) => !line.includes("422")), []);
  await page.context().close();
}

test("the form stands before the chat, and its answers are the lead's", async () => {
  await dress(knock, key, { form: { when: "before", fields: FORM }, consent: { en: "I agree to be contacted" } });
  const visitor = await arrive({ viewport: PHONE });
  await heading(visitor, "Before we start").waitFor();
  await message(visitor).waitFor({ state: "hidden" });
  await isSound(visitor);
  await button(visitor, "Start chat").click();
  await panel(visitor).getByText("Fill in this field.").waitFor();
  await panel(visitor).getByLabel(/^E-mail/).fill("ann@gmial.com");
  await button(visitor, "Start chat").click();
  await panel(visitor).getByText("Agree to this first.").waitFor();
  await panel(visitor).getByRole("checkbox", { name: "I agree to be contacted" }).check();
  await button(visitor, "Start chat").click();
  await panel(visitor).getByText("Did you mean ann@gmail.com?").waitFor();
  await isSound(visitor);
  await button(visitor, "Yes, use it").click();
  await message(visitor).waitFor();
  await say(visitor, "We need a quote");
  const { contact } = await until(newest, (row) => row?.contact?.email, "the contact");
  assert.equal(contact.email, "ann@gmail.com");
  const rep = await signIn(await browser.newContext(), knock);
  await rep.goto(`${knock.url}/app/inbox/${(await newest()).id}`);
  await rep.getByText("Answered the form of the chat").waitFor();
  await rep.getByText("Agreed to: I agree to be contacted").waitFor();
  await rep.context().close();
  // Not asked again, in this chat and in a new one.
  await visitor.reload();
  await visitor.getByRole("button", { name: /^Open chat/ }).click();
  await message(visitor).waitFor();
  await end(visitor);
});

test("a form after the first message can be skipped, and a chat is ended, rated and begun anew", async () => {
  const more = { rating: true, can_end: true, history: true };
  await dress(knock, key, { form: { when: "after", fields: [{ field: "name" }, { field: "email" }] }, ...more });
  const visitor = await arrive();
  await message(visitor).waitFor();
  await say(visitor, "Do you ship to Norway?");
  await heading(visitor, "How can we reach you?").waitFor();
  await isSound(visitor);
  await button(visitor, "Not now").click();
  await heading(visitor, "How can we reach you?").waitFor({ state: "hidden" });
  await choose(visitor, "End chat");
  await heading(visitor, "End this chat?").waitFor();
  await isSound(visitor);
  await button(visitor, "End chat").click();
  await heading(visitor, "You ended this chat.").waitFor();
  await visitor.setViewportSize(PHONE);
  await isSound(visitor);
  await button(visitor, "Send rating").click();
  await panel(visitor).getByText("Choose a rating.").waitFor();
  await panel(visitor).getByLabel("Good", { exact: true }).check();
  await panel(visitor).getByLabel(/^Anything you would like to add/).fill("<b>Quick</b> answers");
  await button(visitor, "Send rating").click();
  await panel(visitor).getByText("Thank you for your rating. Good.").waitFor();
  const { id, folder } = await newest();
  assert.equal(folder, "done");
  const rep = await signIn(await browser.newContext(), knock);
  await rep.goto(`${knock.url}/app/inbox/${id}`);
  for (const text of ["The visitor ended the chat", "Rated the chat: good (4 of 5)", "<b>Quick</b> answers"]) {
    await rep.getByText(text).first().waitFor();
  }
  await rep.context().close();

  await button(visitor, "Start a new chat").click();
  await visitor.getByRole("log").getByText("Do you ship to Norway?").waitFor({ state: "detached" });
  await visitor.getByRole("log").getByText("AI agent").first().waitFor();
  await say(visitor, "And to Iceland?");
  await choose(visitor, "Your chats");
  await heading(visitor, "Your chats").waitFor();
  await panel(visitor).getByRole("button", { name: /^And to Iceland/ }).waitFor();
  await isSound(visitor);
  await panel(visitor).getByRole("button", { name: /^Do you ship to Norway/ }).click();
  await visitor.getByRole("log").getByText("Do you ship to Norway?").waitFor();
  await heading(visitor, "You ended this chat.").waitFor();
  await end(visitor);
});
