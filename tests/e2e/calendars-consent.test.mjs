// An admin enters the app of Google; a member connects an account there by clicks, chooses what blocks, is booked, loses
// the grant, signs in again and disconnects.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { heading, toSlots } from "./support/booking.mjs";
import { complaints, launch } from "./support/browser.mjs";
import { hasFocus } from "./support/focus.mjs";
import { ACCOUNT, CLIENT_ID, CLIENT_SECRET } from "./support/google.mjs";
import { GoogleAccount } from "./support/google-account.mjs";
import { Knock, until } from "./support/knock.mjs";
import { faultsOf } from "./support/screens.mjs";
import { signIn } from "./support/visitor.mjs";

const WIDE = { width: 1280, height: 900 };
const EVENTS = "https://www.googleapis.com/auth/calendar.events";
const CONNECTED = /^Connected\. Its events block times/;

let browser, knock, google, page, wrong;

before(async () => {
  [browser, google] = await Promise.all([launch(), GoogleAccount.start()]);
  knock = await Knock.start({ env: google.env });
  // Google's page leads back to registered addresses alone.
  await google.control("PATCH", "settings", { exact_redirects: true, redirect_uris: [`${knock.url}/hooks/google/oauth`] });
  await google.control("POST", "calendars", { id: "team@group.calendar.google.com", summary: "Team", role: "reader" });
  const context = await browser.newContext({ viewport: WIDE, timezoneId: "Europe/Berlin" });
  page = await signIn(context, knock);
  wrong = complaints(page);
  const day = [["09:00", "17:00"]];
  const hours = { zone: "Europe/Berlin", mon: day, tue: day, wed: day, thu: day, fri: day, sat: day, sun: day };
  await put("/api/v1/availability", { hours });
  await page.goto(`${knock.url}/app/settings/calendars`);
});

after(async () => {
  await browser?.close();
  await knock?.stop();
  google?.stop();
});

/** A change by the admin. */
async function put(path, body) {
  const said = await page.evaluate(async ([path, body]) => {
    const reply = await fetch(path, { method: "PUT", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
    return { code: reply.status, text: await reply.text() };
  }, [path, body]);
  assert.ok(said.code < 300, `${path}: ${said.code} ${said.text}`);
}

const button = (name) => page.getByRole("button", { name });
const app = () => page.getByRole("region", { name: "Google Calendar", exact: true });
const panel = () => page.getByRole("article", { name: ACCOUNT });
const outcome = (words) => page.getByRole("status").filter({ hasText: words });
const into = () => page.getByLabel("Write meetings into", { exact: true });
const chosen = () => into().evaluate((list) => list.selectedOptions[0].textContent);

/** Faults of the page on all screens, which is as wide as before after that. */
async function faults(what) {
  const found = await faultsOf(page, what);
  await page.setViewportSize(WIDE);
  return found;
}

/** Presses a button of Google's page, and waits for the outcome, which has the focus. */
async function decides(decision, words) {
  await page.getByRole("button", { name: decision, exact: true }).click();
  await outcome(words).waitFor();
  await hasFocus(outcome(words));
  assert.equal(new URL(page.url()).search, "", "a reload shows no outcome");
}

/** Reads the calendar anew. */
async function checks(words) {
  const answered = page.waitForResponse((reply) => reply.url().endsWith("/test"));
  await panel().getByRole("button", { name: "Check now" }).click();
  await answered;
  await panel().getByText(words, { exact: true }).waitFor();
}

/** The page of a visitor with the times that are offered now. */
async function visits(email) {
  const context = await browser.newContext({ locale: "en-GB", timezoneId: "Europe/Berlin" });
  const visitor = await context.newPage();
  const isList = (reply) => new URL(reply.url()).pathname === "/v1/meetings/slots" && reply.ok();
  const answer = visitor.waitForResponse(isList);
  await toSlots(visitor, knock.url, email);
  const { slots } = await (await answer).json();
  return { visitor, slots: slots.map(({ start, end }) => ({ start: Date.parse(start), end: Date.parse(end) })) };
}

async function isOffered({ start }) {
  const { visitor, slots } = await visits("bo@globex.example");
  await visitor.context().close();
  return slots.some((slot) => slot.start === start);
}

test("an admin enters the app of Google, and what is wrong stands at its field", async () => {
  await page.getByRole("radio", { name: /^Google Calendar/ }).check();
  await page.getByText("Google Calendar can be connected once its app is entered.").waitFor();
  await button("Enter the app").click();
  await hasFocus(page.getByRole("heading", { name: "Google Calendar", exact: true }));
  const address = app().getByRole("region", { name: "Redirect URI of Google Calendar" });
  assert.equal((await address.innerText()).trim(), `${knock.url}/hooks/google/oauth`);
  await app().getByText("It is not entered").waitFor();
  const [id, secret] = ["Client ID", "Client secret"].map((label) => app().getByLabel(label, { exact: true }));
  await id.fill("not an id");
  await secret.fill(CLIENT_SECRET);
  await secret.press("Enter");
  await page.waitForFunction(() => document.getElementById("calendar-app-google-client_id").ariaInvalid === "true");
  assert.deepEqual(await faults("an app that is refused"), []);
  await id.fill(CLIENT_ID);
  await id.press("Enter");
  await app().getByText("Saved.", { exact: true }).waitFor();
  await app().getByText("members can connect their calendars").waitFor();
  assert.equal(await secret.inputValue(), "", "it is never shown again");
  await page.reload();
  await app().waitFor();
  assert.equal(await id.inputValue(), CLIENT_ID);
  assert.deepEqual(wrong.splice(0).filter((line) => !line.includes("status of 422")), []);
});

test("a consent that is cancelled or partial connects nothing and says why", async () => {
  await button("Connect Google Calendar").click();
  await decides("Deny", "The consent was cancelled at Google.");
  await page.getByText("No calendar is connected.").first().waitFor();
  await button("Connect Google Calendar").click();
  await page.getByLabel(EVENTS, { exact: true }).check();
  await decides("Allow", "Tick all boxes on Google\u2019s page");
  await page.getByText("No calendar is connected.").first().waitFor();
  assert.deepEqual(await faults("a partial consent"), []);
  assert.deepEqual(wrong.splice(0), []);
});

test("an account is connected by clicks, and its calendars are chosen", async () => {
  await button("Connect Google Calendar").click();
  await page.getByLabel("Select all", { exact: true }).check();
  await decides("Allow", "Google Calendar is connected.");
  await panel().getByText(CONNECTED).waitFor();
  assert.equal(await button("Change sign-in").count(), 0, "there is no password");
  // Calendars of others block nothing before they are chosen, and take no meetings without the right to write.
  const team = panel().getByLabel("Team", { exact: true });
  assert.equal(await panel().getByLabel(ACCOUNT, { exact: true }).isChecked(), true);
  assert.equal(await team.isChecked(), false);
  assert.equal(await chosen(), ACCOUNT);
  assert.deepEqual(await into().locator("option").allTextContents(), ["No calendar", ACCOUNT]);
  await team.check();
  await panel().getByText("Saved.", { exact: true }).waitFor();
  await page.reload();
  await team.waitFor();
  assert.equal(await team.isChecked(), true, "it is kept");
  await app().getByText("1 account is connected.").waitFor();
  await page.getByRole("list", { name: "Calendars of the team" }).getByText(CONNECTED).waitFor();
  assert.deepEqual(await faults("a connected account of Google"), []);
  assert.deepEqual(wrong.splice(0), []);
});

test("a booked meeting is in the calendar there, and what is busy there is not offered", async () => {
  const email = "grace@navy.example";
  const { visitor, slots } = await visits(email);
  await visitor.locator(".time-button").first().click();
  await heading(visitor, "Confirm the meeting").waitFor();
  await visitor.getByLabel("Your name").fill("Grace Hopper");
  await visitor.getByLabel("Your name").press("Enter");
  await heading(visitor, "Your meeting is booked").waitFor();
  await visitor.context().close();
  const { meetings } = await knock.get("/api/v1/meetings?limit=200");
  const { start_at: start } = meetings.find((meeting) => meeting.email === email);
  const isThere = (events) => events.filter((event) => Date.parse(event.start.dateTime) === start).length === 1;
  await until(() => google.events(), isThere, "the event in the calendar");

  // Two times that the meeting does not touch.
  const [busy, tentative] = slots.filter((slot) => slot.start >= start + 2 * 60 * 60_000);
  await google.add(busy.start, busy.end);
  await google.add(tentative.start, tentative.end, { status: "tentative" });
  await checks("Read a moment ago.");
  assert.deepEqual([await isOffered(busy), await isOffered(tentative)], [false, false]);
  await panel().getByLabel("Tentative events", { exact: true }).uncheck();
  await panel().getByText("Saved.", { exact: true }).waitFor();
  await checks("Read a moment ago.");
  assert.deepEqual([await isOffered(busy), await isOffered(tentative)], [false, true]);
  assert.deepEqual(wrong.splice(0), []);
});

test("a grant that was taken back is named, and signing in again mends it", async () => {
  await google.revoke();
  await checks("It cannot be read.");
  await panel().locator(".note-wrong").getByText(/^It cannot be read/).waitFor();
  await page.getByRole("list", { name: "Calendars of the team" }).getByText(/It cannot be read/).waitFor();
  assert.deepEqual(await faults("a grant that was taken back"), []);
  const again = panel().getByRole("button", { name: /^Sign in again/ });
  await again.click();
  await decides("Deny", "The consent was cancelled at Google.");
  await again.click();
  await page.waitForURL((url) => url.origin === google.url);
  // It is the account that is to sign in again.
  await page.getByText(ACCOUNT, { exact: true }).waitFor();
  await page.getByLabel("Select all", { exact: true }).check();
  await decides("Allow", "Google Calendar is connected.");
  await panel().getByText(CONNECTED).waitFor();
  assert.equal(await panel().getByLabel("Team", { exact: true }).isChecked(), true, "its use is kept");
  assert.equal(await panel().getByLabel("Tentative events", { exact: true }).isChecked(), false, "its policy too");
  assert.equal(await chosen(), ACCOUNT);
  assert.deepEqual(wrong.splice(0), []);
});

test("a disconnected account has no grant left, and a removed app connects nothing", async () => {
  await panel().getByRole("button", { name: /^Disconnect/ }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Disconnect" }).click();
  await page.getByText("Disconnected. Meetings that were written into it stay there.").waitFor();
  await panel().waitFor({ state: "detached" });
  await until(() => google.granted(), (granted) => granted === undefined, "the end of the grant");
  // The question says what is so when it is asked.
  await app().getByText("No account is connected.").waitFor();
  await app().getByRole("button", { name: /^Remove/ }).click();
  const dialog = page.getByRole("dialog", { name: "Remove the app of Google Calendar?" });
  await dialog.getByText("Google Calendar cannot be connected until an app is entered again.").waitFor();
  await dialog.getByRole("button", { name: "Remove" }).click();
  await app().getByText("It is not entered").waitFor();
  await hasFocus(page.getByRole("heading", { name: "Google Calendar", exact: true }));
  await page.getByRole("radio", { name: /^Google Calendar/ }).check();
  await page.getByText("Google Calendar can be connected once its app is entered.").waitFor();
  assert.deepEqual(wrong.splice(0), []);
});
