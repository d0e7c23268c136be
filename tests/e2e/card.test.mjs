// A meeting is offered inside a chat: by the agent to a buyer with a high score, and by a rep; it is booked there.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { violationsOf } from "./support/axe.mjs";
import { heading } from "./support/booking.mjs";
import { complaints, launch } from "./support/browser.mjs";
import { Knock, until } from "./support/knock.mjs";
import { faultsOf } from "./support/screens.mjs";
import { browseAndAskForDemo, signIn } from "./support/visitor.mjs";

const SIZES = { desktop: { width: 1280, height: 800 }, phone: { width: 360, height: 740 } };
let browser, knock;

before(async () => {
  browser = await launch();
  knock = await Knock.start();
});

after(async () => {
  await browser?.close();
  await knock?.stop();
});

async function looksAccessible(page, what) {
  if (process.env.KNOCK_SHOTS) await page.screenshot({ path: `${process.env.KNOCK_SHOTS}/card-${what.replace(/[^a-z0-9]+/gi, "-")}.png` });
  assert.deepEqual(await violationsOf(page), [], what);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(wide <= 0, `${what} is ${wide} pixels too wide`);
}

async function write(page, text) {
  const field = page.getByLabel("Message", { exact: true });
  await field.fill(text);
  await field.press("Enter");
}

const card = (page) => page.getByRole("log").getByRole("group", { name: "Book a meeting" });
const choose = (page) => card(page).getByRole("button", { name: "Choose a time" });

/** The conversation of a contact, as the team reads it. */
async function conversationOf(email) {
  const { conversations } = await knock.get("/api/v1/conversations");
  return conversations.find(({ contact }) => contact?.email === email);
}

async function meetingStatus(email) {
  const { contacts } = await knock.get(`/api/v1/contacts?q=${email}`);
  return (await knock.get(`/api/v1/contacts/${contacts[0].id}`)).meetings?.status;
}

/** The class of the focused element in the panel. */
const focused = (page) => page.evaluate(() => document.querySelector("knock-widget").shadowRoot.activeElement?.className);

/** Presses a key until an element has the focus. */
async function press(page, key, wanted, what) {
  for (let presses = 0; presses < 40; presses++) {
    if ((await focused(page))?.split(" ").includes(wanted)) return;
    await page.keyboard.press(key);
  }
  assert.fail(`${key} did not lead to ${what}`);
}

for (const [size, viewport, colorScheme] of [["desktop", SIZES.desktop, "light"], ["phone", SIZES.phone, "dark"]]) {
  test(`a buyer with a high score gets a card, and books by it: ${size}, ${colorScheme}`, async () => {
    const email = `${size}@hollis-freight.com`;
    const context = await browser.newContext({ locale: "en-GB", timezoneId: "Europe/London", viewport, colorScheme });
    const page = await context.newPage();
    const found = complaints(page);
    // The navigation of the demo is behind a button on a phone.
    await page.setViewportSize(SIZES.desktop);
    await browseAndAskForDemo(page, knock.url, email);
    await page.setViewportSize(viewport);
    await page.getByRole("button", { name: /^Open chat/ }).click();
    await write(page, "We need a quote for 200 people");
    await choose(page).waitFor();
    await looksAccessible(page, `the card ${size} ${colorScheme}`);
    assert.equal(await meetingStatus(email), undefined, "nothing is clicked yet");
    await write(page, "We use spreadsheets today");
    await page.getByRole("log").getByText("We use spreadsheets today").waitFor();
    const { id } = await until(() => conversationOf(email), (row) => row?.lead_messages === 2, "both messages");

    if (size === "phone") {
      await page.getByLabel("Message", { exact: true }).focus();
      await press(page, "Shift+Tab", "card-button", "the card");
      await page.keyboard.press("Enter");
    } else {
      await choose(page).click();
    }
    await heading(page, "Choose a time").waitFor();
    assert.equal(await page.getByLabel("E-mail address").count(), 0, "the address is known");
    await until(() => meetingStatus(email), (status) => status === "New", "the click");
    await looksAccessible(page, `the times ${size} ${colorScheme}`);
    const time = page.locator(".time-button").first();
    await time.waitFor();
    if (size === "phone") {
      await press(page, "Tab", "time-button", "a time");
      await page.keyboard.press("Enter");
    } else {
      await time.click();
    }
    await heading(page, "Confirm the meeting").waitFor();
    await page.getByText(`E-mail address: ${email}`).waitFor();
    await looksAccessible(page, `the confirmation ${size} ${colorScheme}`);
    await page.getByLabel("Your name").fill("Ann Lee");
    await page.getByLabel("Your name").press("Enter");
    await heading(page, "Your meeting is booked").waitFor();
    if (size === "phone") {
      await page.keyboard.press("Escape");
    } else {
      await page.getByRole("button", { name: "Back to the chat" }).click();
    }
    const { meetings } = await knock.get("/api/v1/meetings");
    const booked = meetings.find((meeting) => meeting.email === email);
    const clock = new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/London", hour: "numeric", minute: "2-digit" });
    const said = card(page).getByText(/^Booked: /);
    await said.waitFor();
    assert.ok((await said.innerText()).endsWith(clock.format(booked.start_at)), await said.innerText());
    assert.equal(await choose(page).count(), 0, "it offers no other");
    await looksAccessible(page, `the booked card ${size} ${colorScheme}`);
    await page.reload();
    if (size === "phone") await page.getByRole("button", { name: /^Open chat/ }).click();
    await card(page).getByText(/^Booked: /).waitFor();
    assert.equal(await meetingStatus(email), "Meeting Booked");
    const record = await knock.get(`/api/v1/conversations/${id}`);
    assert.equal(record.conversation.state.responding_rep, null, "no human has answered");
    assert.equal(record.messages.filter((message) => message.card).length, 1, "once");
    assert.deepEqual(found, []);
    await context.close();
  });
}

test("a rep sends a card from the inbox, and sees its booking", async () => {
  const email = "rep@hollis-freight.com";
  const context = await browser.newContext({ locale: "de-DE", timezoneId: "Europe/Berlin" });
  const visitor = await context.newPage();
  await visitor.goto(`${knock.url}/l/chat?lang=de`);
  const field = visitor.getByLabel("Nachricht", { exact: true });
  await field.fill(`Guten Tag, haben Sie auch blaue? ${email}`);
  await field.press("Enter");
  const { id } = await until(() => conversationOf(email), (row) => row !== undefined, "the conversation");

  const team = await signIn(await browser.newContext({ locale: "en-GB", timezoneId: "Europe/Berlin" }), knock);
  const found = complaints(team);
  await team.goto(`${knock.url}/app/inbox/${id}`);
  const log = team.getByRole("log", { name: "Messages" });
  await team.getByLabel("Message", { exact: true }).fill("Begun and not sent");
  const send = team.getByRole("button", { name: "Send booking card" });
  await send.focus();
  await team.keyboard.press("Enter");
  await team.getByRole("button", { name: "My calendar", exact: true }).click();
  await log.getByText("Booking card, own calendar").waitFor();
  await log.getByText("Nothing is booked yet").waitFor();
  assert.equal(await team.getByLabel("Message", { exact: true }).inputValue(), "Begun and not sent");
  assert.deepEqual(await faultsOf(team, "a conversation with a card"), []);

  await visitor.getByText("Termin buchen: Wählen Sie eine Zeit, die Ihnen passt.").waitFor();
  const own = visitor.getByRole("log").getByRole("group", { name: "Termin buchen" });
  await own.getByRole("button", { name: "Zeit wählen" }).click();
  await heading(visitor, "Wählen Sie einen Termin").waitFor();
  await looksAccessible(visitor, "the times on a page");
  await visitor.getByRole("button", { name: "Zurück zum Chat" }).click();
  await own.getByRole("button", { name: "Zeit wählen" }).click();
  await visitor.locator(".time-button").first().click();
  await visitor.getByLabel("Ihr Name").fill("Ann Lee");
  await visitor.getByLabel("Ihr Name").press("Enter");
  await heading(visitor, "Ihr Termin ist gebucht").waitFor();
  // Live, while the team looks at it.
  const link = log.getByRole("link", { name: /^Booked: \w{3} \d+ \w+, \d\d:\d\d$/ });
  await link.waitFor();
  assert.deepEqual(await faultsOf(team, "a conversation with a booked card"), []);
  await visitor.keyboard.press("Escape");
  await own.getByText(/^Gebucht: /).waitFor();
  await looksAccessible(visitor, "the booked card on a page");
  await link.click();
  await team.getByRole("heading", { name: /Ann Lee/ }).first().waitFor();
  assert.deepEqual(found, []);
  await context.close();
});

test("without a bookable member a card is not sent, and says why", async () => {
  const email = "late@hollis-freight.com";
  const context = await browser.newContext({ locale: "en-GB" });
  const visitor = await context.newPage();
  await visitor.goto(`${knock.url}/l/chat`);
  await write(visitor, `Do you have blue ones? ${email}`);
  const { id } = await until(() => conversationOf(email), (row) => row !== undefined, "the conversation");
  const { members } = await knock.get("/api/v1/members");
  const reply = await fetch(`${knock.url}/api/v1/members/${members[0].id}/availability`, {
    method: "PUT",
    headers: { authorization: `Bearer ${knock.key}`, "content-type": "application/json" },
    body: "{}",
  });
  assert.equal(reply.status, 200);
  const team = await signIn(await browser.newContext(), knock);
  await team.goto(`${knock.url}/app/inbox/${id}`);
  await team.getByRole("button", { name: "Send booking card" }).click();
  await team.getByRole("button", { name: "My calendar", exact: true }).click();
  await team.getByText("Not sent: the card has no free slot in your own calendar").waitFor();
  await team.getByRole("button", { name: "Discard" }).click();
  await team.getByText("Not sent").waitFor({ state: "detached" });
  await context.close();
});
