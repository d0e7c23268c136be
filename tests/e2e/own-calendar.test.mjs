// A rep gives their own calendar away: by a booking card in a chat, and by a booking link of their own.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { heading } from "./support/booking.mjs";
import { complaints, launch } from "./support/browser.mjs";
import { hasFocus } from "./support/focus.mjs";
import { Knock, until } from "./support/knock.mjs";
import { faultsOf } from "./support/screens.mjs";

const WIDE = { width: 1440, height: 900 };
const EVERY_DAY = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].map((day) => [day, [["09:00", "17:00"]]]);
let browser, knock, lena;

before(async () => {
  browser = await launch();
  knock = await Knock.start();
  await invited("tom@us.example");
  lena = await invited("lena@us.example");
  // The rule names Tom alone, and no one with a private address.
  const fallback = { assign: { calendar: "single", reps: [await member("tom@us.example")] } };
  await send("PUT", "/api/v1/rules/default_meeting", { name: "Meetings", funnel: "meeting", reject_private_email: true, segments: [], fallback });
});

after(async () => {
  await browser?.close();
  await knock?.stop();
});

async function send(method, path, body) {
  const headers = { "content-type": "application/json", authorization: `Bearer ${knock.key}` };
  const reply = await fetch(knock.url + path, { method, headers, body: JSON.stringify(body) });
  const text = await reply.text();
  assert.ok(reply.ok, `${method} ${path}: ${reply.status} ${text}`);
  return text ? JSON.parse(text) : undefined;
}

async function member(address) {
  const { members } = await knock.get("/api/v1/members");
  return members.find(({ email }) => email === address).id;
}

/** A page of a new rep with working hours, signed in. */
async function invited(email) {
  const { invitation } = await send("POST", "/api/v1/members", { email, role: "rep" });
  await knock.nameMembers();
  const hours = { zone: "Europe/Berlin", ...Object.fromEntries(EVERY_DAY) };
  await send("PUT", `/api/v1/members/${await member(email)}/availability`, { hours });
  const context = await browser.newContext({ viewport: WIDE, timezoneId: "Europe/Berlin", permissions: ["clipboard-read", "clipboard-write"] });
  const page = await context.newPage();
  await page.goto(invitation);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL("**/app/home");
  return page;
}

const stranger = async () => (await browser.newContext({ locale: "en-GB", timezoneId: "Europe/Berlin" })).newPage();

/** A visitor who has given an address in a chat, and the id of the chat. */
async function chatting(email) {
  const page = await stranger();
  await page.goto(`${knock.url}/l/chat`);
  const field = page.getByLabel("Message", { exact: true });
  await field.fill(`Do you have blue ones? ${email}`);
  await field.press("Enter");
  const found = async () => (await knock.get("/api/v1/conversations")).conversations.find(({ contact }) => contact?.email === email);
  const { id } = await until(found, (row) => row !== undefined, "the conversation");
  return { page, id };
}

const owner = async (address) =>
  (await knock.get("/api/v1/meetings?limit=200")).meetings.find(({ email }) => email === address)?.owner_name;

const offer = () => lena.getByRole("button", { name: "Send booking card" });
const choice = (name) => lena.getByRole("button", { name, exact: true });
const log = () => lena.getByRole("log", { name: "Messages" });
const draft = () => lena.getByLabel("Message", { exact: true });
const chooses = (page) => page.getByRole("log").getByRole("group", { name: "Book a meeting" }).getByRole("button", { name: "Choose a time" }).click();

/** Books the first time that is shown. */
async function books(page) {
  await page.locator(".time-button").first().click();
  await heading(page, "Confirm the meeting").waitFor();
  await page.getByLabel("Your name").fill("Grace Hopper");
  await page.getByLabel("Your name").press("Enter");
  await heading(page, "Your meeting is booked").waitFor();
}

test("a rep sends a card of their own calendar by the keyboard, and is booked by it", async () => {
  const email = "grace@gmail.com";
  const { page: visitor, id } = await chatting(email);
  const wrong = complaints(lena);
  await lena.goto(`${knock.url}/app/inbox/${id}?view=open`);
  await draft().fill("Begun and not sent");
  await offer().focus();
  await lena.keyboard.press("Enter");
  await choice("My calendar").waitFor();
  await lena.getByText("The lead books you.").waitFor();
  assert.deepEqual(await faultsOf(lena, "whose calendar"), []);
  await lena.setViewportSize(WIDE);
  await choice("My calendar").waitFor();
  await lena.keyboard.press("Escape");
  await choice("My calendar").waitFor({ state: "hidden" });
  assert.equal(await log().getByText("Booking card").count(), 0, "nothing is sent");
  await offer().focus();
  await lena.keyboard.press("Enter");
  await choice("My calendar").waitFor();
  await lena.keyboard.press("Tab");
  await hasFocus(choice("My calendar"));
  await lena.keyboard.press("Enter");
  await log().getByText("Booking card, own calendar").waitFor();
  await hasFocus(draft());
  assert.equal(await draft().inputValue(), "Begun and not sent");
  assert.deepEqual(wrong, []);

  await chooses(visitor);
  await heading(visitor, "Choose a time").waitFor();
  await visitor.getByText("With Lena").waitFor();
  await visitor.locator(".time-button").first().waitFor();
  await knock.kill();
  await knock.restart();
  await books(visitor);
  assert.equal(await owner(email), "Lena");
  await visitor.context().close();
});

test("a card of the team's calendars is booked as the rules say", async () => {
  const email = "ann@hollis-freight.com";
  const { page: visitor, id } = await chatting(email);
  await lena.goto(`${knock.url}/app/inbox/${id}?view=open`);
  await offer().click();
  await choice("The team's calendars").click();
  await log().getByText("Booking card", { exact: true }).waitFor();
  await chooses(visitor);
  await visitor.getByText("With Tom").waitFor();
  await books(visitor);
  assert.equal(await owner(email), "Tom");
  await visitor.context().close();
});

test("a rep turns their booking link on, is booked by it, and turns it off", async () => {
  const email = "bo@globex.example";
  await lena.goto(`${knock.url}/app/settings/account`);
  const panel = lena.getByRole("region", { name: "Booking link" });
  const control = panel.getByLabel("People can book a meeting with me by my own link");
  assert.equal(await panel.getByLabel("Address", { exact: true }).inputValue(), "lena");
  assert.deepEqual(await faultsOf(lena, "a booking link to be made"), []);
  await lena.setViewportSize(WIDE);
  await control.focus();
  await lena.keyboard.press("Space");
  await panel.getByText("Your booking link is on.").waitFor();
  assert.equal(await panel.getByLabel("Address", { exact: true }).count(), 0, "it stays");
  await panel.getByRole("button", { name: "Copy" }).click();
  await panel.getByText("Copied").waitFor();
  const url = await lena.evaluate(() => navigator.clipboard.readText());
  assert.equal(url, `${knock.url}/l/lena`);
  await panel.getByText("QR code", { exact: true }).click();
  const picture = panel.getByRole("img", { name: `QR code of ${url}` });
  await picture.waitFor();
  await until(() => picture.evaluate((image) => image.naturalWidth), (width) => width > 0, "the picture");
  assert.deepEqual(await faultsOf(lena, "a booking link"), []);
  await lena.setViewportSize(WIDE);

  const visitor = await stranger();
  const wrong = complaints(visitor);
  await visitor.goto(url);
  await visitor.getByLabel("E-mail address").fill(email);
  await visitor.getByRole("button", { name: "Continue" }).click();
  await visitor.getByText("With Lena").waitFor();
  await books(visitor);
  assert.equal(await owner(email), "Lena");
  assert.deepEqual(wrong, []);
  await lena.reload();
  await panel.getByText("1 click, 1 meeting").waitFor();

  await control.click();
  await panel.getByText("Your booking link is off.").waitFor();
  assert.equal((await visitor.goto(url)).status(), 404);
  await visitor.context().close();
});
