// A member changes meetings in their own Google calendar: page, mail and status follow, or the owner is asked first. A
// meeting is never moved onto a time that is taken.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { heading, toSlots } from "./support/booking.mjs";
import { complaints, launch } from "./support/browser.mjs";
import { ACCOUNT, CLIENT_ID, CLIENT_SECRET } from "./support/google.mjs";
import { GoogleAccount } from "./support/google-account.mjs";
import { Knock, until } from "./support/knock.mjs";
import { MailServer } from "./support/mail.mjs";
import { faultsOf } from "./support/screens.mjs";
import { signIn } from "./support/visitor.mjs";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const WIDE = { width: 1280, height: 900 };
const APPLY = "Move or cancel the meeting at once, with a mail to the lead";
const ASK = "Ask the owner of the meeting first";

let browser, knock, google, mail, admin, wrong;

before(async () => {
  [browser, google, mail] = await Promise.all([launch(), GoogleAccount.start(), MailServer.start()]);
  knock = await Knock.start({
    env: {
      ...google.env,
      KNOCK_GOOGLE_CLIENT_ID: CLIENT_ID,
      KNOCK_GOOGLE_CLIENT_SECRET: CLIENT_SECRET,
      KNOCK_SMTP_URL: mail.url,
      KNOCK_SMTP_FROM: "Acme <hello@acme.example>",
      // All bookings come from one address.
      KNOCK_MEETINGS_BOOKINGS_PER_IP: "0",
      KNOCK_INGEST_BYTES_PER_IP: "0",
    },
  });
  const context = await browser.newContext({ viewport: WIDE, timezoneId: "Europe/Berlin" });
  admin = await signIn(context, knock);
  wrong = complaints(admin);
  const day = [["09:00", "17:00"]];
  const hours = { zone: "Europe/Berlin", mon: day, tue: day, wed: day, thu: day, fri: day, sat: day, sun: day };
  const code = await admin.evaluate(async (body) => {
    const headers = { "content-type": "application/json" };
    return (await fetch("/api/v1/availability", { method: "PUT", headers, body: JSON.stringify(body) })).status;
  }, { hours });
  assert.ok(code < 300, `${code}`);
});

after(async () => {
  await browser?.close();
  await knock?.stop();
  google?.stop();
  mail?.stop();
});

const button = (name) => admin.getByRole("button", { name, exact: true });
/** The facts of the open meeting. */
const facts = () => admin.getByRole("region", { name: "Meeting", exact: true });
/** The note about a change in a calendar. */
const note = () => admin.getByRole("region", { name: "Changed in a calendar" });
/** The start of the open meeting, once it is this one. */
const startsAt = (at) => facts().locator(`time[datetime="${new Date(at).toISOString()}"]`).first().waitFor();

const meeting = async (email) => (await knock.get("/api/v1/meetings?limit=200")).meetings.find((row) => row.email === email);

async function statusOf(email) {
  const { contacts } = await knock.get("/api/v1/contacts?limit=100");
  const { id } = contacts.find((contact) => contact.email === email);
  return (await knock.get(`/api/v1/contacts/${id}`)).meetings.status;
}

/** The mails to an address with this word in their subject. */
const mailsOf = (email, subject) =>
  mail.taken.filter(({ rcpt, headers }) =>
    rcpt.includes(email) && headers.some(([name, value]) => name.toLowerCase() === "subject" && subject.test(value)));

/** The files of so many mails to an address. */
async function invitations(email, subject, count) {
  const mails = await until(() => mailsOf(email, subject), (mails) => mails.length >= count, `${count} mails to ${email}`);
  assert.equal(mails.length, count, `mails to ${email}`);
  return mails.map(({ calendars }) => calendars[0]);
}

/** The connected account, as its member sees it. */
const account = () => admin.evaluate(async () => (await (await fetch("/api/v1/calendars")).json()).accounts[0]);

/** The event of a meeting, once it is in the calendar at this time and nothing waits to be written. */
async function written(uid, start) {
  const ofMeeting = ({ extendedProperties }) => extendedProperties?.private?.knock_uid === uid;
  const isThere = (events) => events.some((event) => ofMeeting(event) && Date.parse(event.start.dateTime) === start);
  const events = await until(() => google.events(), isThere, "the event in the calendar");
  await until(account, ({ health }) => health.waiting === 0, "the end of the writing");
  assert.equal(events.filter(ofMeeting).length, 1, "one event");
  return events.find(ofMeeting).id;
}

/** Moves an event in Google's calendar. */
function move(id, start, end = start + 30 * MINUTE) {
  const at = (instant) => ({ dateTime: new Date(instant).toISOString() });
  return google.control("PATCH", "events", { id, event: { start: at(start), end: at(end) } });
}

/** Deletes an event in Google's calendar. */
const remove = (id) => google.control("DELETE", "events", { id });

/** Free starts for a meeting, a day after it or later. */
async function freeFor(email) {
  const { id, start_at: start } = await meeting(email);
  const { starts } = await knock.get(`/api/v1/meetings/${id}/slots`);
  return starts.filter((at) => at >= start + DAY);
}

/** A visitor books the first time that is offered, and the team opens the meeting: its UID, and the visitor's page. */
async function booked(email) {
  const context = await browser.newContext({ locale: "en-GB", timezoneId: "Europe/Berlin" });
  const visitor = await context.newPage();
  await toSlots(visitor, knock.url, email);
  await visitor.getByRole("listitem").getByRole("button").first().click();
  await visitor.getByLabel("Your name").fill("Grace Hopper");
  await visitor.getByRole("button", { name: "Book this time" }).click();
  await heading(visitor, "Your meeting is booked").waitFor();
  const [{ uid }] = await invitations(email, /^Booked/, 1);
  const [address] = (await mail.to(email, /^Booked/)).match(/http\S+\/m\/\S+/);
  await visitor.goto(address);
  await heading(visitor, "Your meeting").waitFor();
  const { id } = await meeting(email);
  await admin.goto(`${knock.url}/app/meetings/${id}`);
  await facts().waitFor();
  return { uid, visitor };
}

/** The time on the visitor's page, by its link to a calendar. */
async function timeShown(visitor) {
  await visitor.reload();
  await heading(visitor, "Your meeting").waitFor();
  const href = await visitor.getByRole("link", { name: "Google Calendar" }).getAttribute("href");
  const plain = /(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z/;
  return new URL(href).searchParams.get("dates").split("/").map((text) => Date.parse(text.replace(plain, "$1-$2-$3T$4:$5:$6Z")));
}

/** Chooses what becomes of meetings that are changed in calendars. */
async function changesAre(label) {
  await admin.goto(`${knock.url}/app/settings/meetings`);
  const choice = admin.getByLabel("When a member moves or deletes a meeting in their own calendar");
  await choice.selectOption({ label });
  await button("Save").click();
  await admin.getByText("Saved.", { exact: true }).waitFor();
}

/** Faults of the page on all screens, which is as wide as before after that. */
async function faults(what) {
  const found = await faultsOf(admin, what);
  await admin.setViewportSize(WIDE);
  return found;
}

test("a connected calendar says how new it is, and until when its changes come at once", async () => {
  await admin.goto(`${knock.url}/app/settings/calendars`);
  await admin.getByRole("radio", { name: /^Google Calendar/ }).check();
  await admin.getByRole("button", { name: "Connect Google Calendar" }).click();
  await admin.getByLabel("Select all", { exact: true }).check();
  await button("Allow").click();
  const outcome = admin.getByRole("status").filter({ hasText: "Google Calendar is connected." });
  await outcome.waitFor();
  assert.match(await outcome.getAttribute("class"), /\bnote-good\b/);
  await until(() => google.control("GET", "channels"), (all) => all.some(({ is_open }) => is_open), "a channel");
  await until(account, ({ health }) => health.pushed_until > Date.now() && health.read_at > 0, "the state of the channel");
  await admin.reload();
  const words = /^Read .+\. Changes come at once; renewed before .+\.$/;
  await admin.getByRole("article", { name: ACCOUNT }).getByText(words).waitFor();
  await admin.getByRole("list", { name: "Calendars of the team" }).getByText(words).waitFor();
  assert.deepEqual(await faults("a calendar with a channel"), []);
  assert.deepEqual(wrong.splice(0), []);
});

test("an event that is moved in the calendar moves its meeting, and a deleted one cancels it", async () => {
  const email = "grace@navy.example";
  const { uid, visitor } = await booked(email);
  const { start_at: before } = await meeting(email);
  const event = await written(uid, before);
  const starts = await freeFor(email);
  const start = starts.find((at) => starts.includes(at + 30 * MINUTE));
  const end = start + 45 * MINUTE;
  await move(event, start, end);
  await startsAt(start);
  const { start_at, end_at, state } = await meeting(email);
  assert.deepEqual([start_at, end_at, state], [start, end, "booked"]);
  assert.deepEqual(await timeShown(visitor), [start, end]);
  const [changed] = await invitations(email, /^Changed/, 1);
  assert.deepEqual([changed.uid, Date.parse(changed.start)], [uid, start]);
  assert.equal(await statusOf(email), "Meeting Booked");
  assert.equal(await note().count(), 0, "nothing waits");

  await remove(await written(uid, start));
  await facts().getByText("Cancelled", { exact: true }).waitFor();
  await facts().getByText("Cancelled by", { exact: true }).waitFor();
  await visitor.reload();
  await heading(visitor, "This meeting was cancelled").waitFor();
  const [cancelled] = await invitations(email, /^Cancelled/, 1);
  assert.deepEqual([cancelled.uid, cancelled.method], [uid, "CANCEL"]);
  assert.equal(await statusOf(email), "Meeting Cancelled");
  await invitations(email, /^Changed/, 1);
  await visitor.context().close();
  assert.deepEqual(wrong.splice(0), []);
});

test("the owner is asked first where the settings say so, and puts an event back or moves the meeting", async () => {
  await changesAre(ASK);
  const email = "ada@engine.example";
  const { uid, visitor } = await booked(email);
  const { id, start_at: before } = await meeting(email);
  const event = await written(uid, before);
  const [first, second] = await freeFor(email);
  await move(event, first);
  await note().getByText(/moved the event in their calendar to .*The meeting is as it was until you decide\./).waitFor();
  assert.deepEqual(await note().getByRole("button").allInnerTexts(), ["Move the meeting", "Put the event back"]);
  assert.deepEqual(await faults("a meeting whose event was moved"), []);
  await admin.goto(`${knock.url}/app/meetings`);
  await admin.getByRole("row").filter({ hasText: "Grace Hopper" }).getByText("Moved in a calendar").waitFor();
  assert.deepEqual(await faults("a list with a change in a calendar"), []);
  assert.equal((await meeting(email)).start_at, before);

  await admin.goto(`${knock.url}/app/meetings/${id}`);
  await note().getByRole("button", { name: "Put the event back" }).click();
  await admin.getByText("The event is put back into the calendar.").waitFor();
  await note().waitFor({ state: "detached" });
  assert.equal(await written(uid, before), event, "the same event");
  assert.equal((await meeting(email)).start_at, before);

  await move(event, second);
  await note().getByRole("button", { name: "Move the meeting" }).click();
  await admin.getByText("The meeting was moved.").waitFor();
  await startsAt(second);
  await note().waitFor({ state: "detached" });
  assert.equal((await meeting(email)).start_at, second);
  assert.deepEqual(await timeShown(visitor), [second, second + 30 * MINUTE]);
  // The lead has heard of the move alone.
  const [changed] = await invitations(email, /^Changed/, 1);
  assert.equal(Date.parse(changed.start), second);
  await visitor.context().close();
  assert.deepEqual(wrong.splice(0), []);
});

test("an event that was deleted comes back, or its meeting is cancelled", async () => {
  const email = "mary@tabs.example";
  const { uid, visitor } = await booked(email);
  const { start_at: start } = await meeting(email);
  const event = await written(uid, start);
  await remove(event);
  await note().getByText("deleted the event in their calendar. The meeting is as it was until you decide.").waitFor();
  assert.deepEqual(await note().getByRole("button").allInnerTexts(), ["Cancel the meeting", "Put the event back"]);
  await note().getByRole("button", { name: "Put the event back" }).click();
  await note().waitFor({ state: "detached" });
  assert.equal(await written(uid, start), event, "the same event");

  await remove(event);
  await note().getByRole("button", { name: "Cancel the meeting" }).click();
  const dialog = admin.getByRole("dialog", { name: "Cancel the meeting?" });
  await dialog.getByRole("button", { name: "Keep the meeting" }).click();
  await dialog.waitFor({ state: "detached" });
  assert.equal((await meeting(email)).state, "booked");
  await note().getByRole("button", { name: "Cancel the meeting" }).click();
  await dialog.getByRole("button", { name: "Cancel the meeting" }).click();
  await admin.getByText("The meeting was cancelled.").waitFor();
  await facts().getByText("Cancelled", { exact: true }).waitFor();
  await note().waitFor({ state: "detached" });
  await invitations(email, /^Cancelled/, 1);
  assert.equal(await statusOf(email), "Meeting Cancelled");
  await visitor.reload();
  await heading(visitor, "This meeting was cancelled").waitFor();
  await visitor.context().close();
  assert.deepEqual(wrong.splice(0), []);
});

test("an event on a time that is taken moves no meeting, and goes back", async () => {
  await changesAre(APPLY);
  const [taken, email] = ["joan@first.example", "lin@second.example"];
  const other = await booked(taken);
  const { start_at: theirs } = await meeting(taken);
  await written(other.uid, theirs);
  const { uid, visitor } = await booked(email);
  const { start_at: start } = await meeting(email);
  assert.notEqual(start, theirs, "a time is offered once");
  const event = await written(uid, start);
  await move(event, theirs);
  await note().getByText("That time is not free, so the meeting was not moved.").waitFor();
  assert.deepEqual(await note().getByRole("button").allInnerTexts(), ["Put the event back"]);
  assert.deepEqual(await faults("a meeting whose event is on a taken time"), []);
  assert.deepEqual([(await meeting(email)).start_at, (await meeting(taken)).start_at], [start, theirs]);
  await note().getByRole("button", { name: "Put the event back" }).click();
  await note().waitFor({ state: "detached" });
  assert.equal(await written(uid, start), event, "the same event");
  assert.deepEqual(await timeShown(visitor), [start, start + 30 * MINUTE]);
  assert.equal(mailsOf(email, /^Changed/).length, 0, "there is nothing to say to the lead");
  await visitor.context().close();
  await other.visitor.context().close();
  assert.deepEqual(wrong.splice(0), []);
});

test("a meeting is marked whose lead declines as a guest of its event", async () => {
  const email = "ida@guests.example";
  const { uid, visitor } = await booked(email);
  await visitor.context().close();
  const { id, start_at: start } = await meeting(email);
  const event = await written(uid, start);
  const guests = [{ email, responseStatus: "needsAction" }];
  await google.control("PATCH", "events", { id: event, event: { attendees: guests } });
  await google.control("POST", "answers", { id: event, attendee: email, response: "declined" });
  // Answers do not show in busy times: they are asked for once an hour.
  await knock.setClock({ advance_ms: 61 * MINUTE });
  await until(() => meeting(email), ({ is_declined }) => is_declined === true, "the answer of the lead");
  await admin.goto(`${knock.url}/app/meetings/${id}`);
  await facts().getByText("Declined", { exact: true }).waitFor();
  await facts().getByText("The lead declined it in a calendar of the team").waitFor();
  assert.equal((await meeting(email)).state, "booked", "the meeting stays");
  assert.deepEqual(await faults("a meeting that its lead declined"), []);
  assert.deepEqual(wrong.splice(0), []);
});

test("a meeting without a location gets a link of Google Meet, which its first mail has", async () => {
  await admin.goto(`${knock.url}/app/settings/calendars`);
  const box = admin.getByLabel("Meetings without a location get a link of Google Meet");
  await box.check();
  await until(account, ({ has_conferences }) => has_conferences, "the choice");
  const email = "meg@meet.example";
  const { visitor } = await booked(email);
  const { location } = await meeting(email);
  assert.match(location, /^https:\/\/meet\.google\.com\//);
  assert.ok((await mail.to(email, /^Booked/)).includes(location), "the link in the mail");
  const link = `a[href="${location}"]`;
  await visitor.locator(link).first().waitFor();
  await facts().locator(link).first().waitFor();
  assert.deepEqual(await faults("a meeting with a link"), []);
  await visitor.context().close();
  assert.deepEqual(wrong.splice(0), []);
});
