// Meetings of the team: lists, day, week, the week of all members, the record of a meeting, and leads with a refused address.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { complaints, launch } from "./support/browser.mjs";
import { hasFocus } from "./support/focus.mjs";
import { Knock, until } from "./support/knock.mjs";
import { faultsOf } from "./support/screens.mjs";
import { signIn } from "./support/visitor.mjs";

const MONDAY_NOON = "2026-06-01T12:00:00Z";
/** The next day, at ten and at eleven in Berlin. */
const [TEN, ELEVEN] = ["2026-06-02T08:00:00Z", "2026-06-02T09:00:00Z"];

let browser, knock, admin;

before(async () => {
  browser = await launch();
  // All bookings come from one address.
  knock = await Knock.start({ env: { KNOCK_MEETINGS_BOOKINGS_PER_IP: "0", KNOCK_INGEST_BYTES_PER_IP: "0" } });
  await knock.setClock({ now: MONDAY_NOON });
  admin = await open();
  const day = [["09:00", "17:00"]];
  const hours = { zone: "Europe/Berlin", mon: day, tue: day, wed: day, thu: day, fri: day };
  assert.equal(await ask(admin, "PUT", "/api/v1/availability", { hours }), 200);
  const invited = await post("/api/v1/members", { email: "bo@us.example", role: "rep" });
  await knock.nameMembers();
  const bo = await (await browser.newContext()).newPage();
  await bo.goto(invited.invitation);
  await bo.getByRole("button", { name: "Sign in" }).click();
  await bo.waitForURL("**/app/home");
  await bo.context().close();
});

after(async () => {
  await browser?.close();
  await knock?.stop();
});

/** A signed-in page on a clock of Berlin. */
async function open() {
  const context = await browser.newContext({ timezoneId: "Europe/Berlin", viewport: { width: 1280, height: 900 } });
  return signIn(context, knock);
}

const ask = (page, method, path, body) =>
  page.evaluate(async ([method, path, body]) => {
    const headers = { "content-type": "application/json" };
    return (await fetch(path, { method, headers, body: JSON.stringify(body) })).status;
  }, [method, path, body]);

async function post(path, body) {
  const headers = { "content-type": "application/json", origin: knock.url, authorization: `Bearer ${knock.key}` };
  const reply = await fetch(knock.url + path, { method: "POST", headers, body: JSON.stringify(body) });
  assert.ok(reply.ok, `${path}: ${reply.status} ${await reply.clone().text()}`);
  return reply.json();
}

const id = (visitor) => `019e8200-0000-7000-8000-${String(visitor).padStart(12, "0")}`;
const flow = (visitor, email) => ({ link: "meeting", visitor: id(visitor), session: id(visitor), email });
const book = (visitor, email, name, start) =>
  post("/v1/meetings", { ...flow(visitor, email), name, start, tz: "America/Vancouver" });
const meeting = async (email) => (await knock.get("/api/v1/meetings?limit=200")).meetings.find((row) => row.email === email);

const view = (page, name) => page.getByRole("navigation", { name: "Views of meetings" }).getByRole("link", { name, exact: true });
const row = (page, name) => page.getByRole("row").filter({ hasText: name });
const day = (page, name) => page.getByRole("region", { name });
/** Whether a line is the browser's own log of an error response. */
const isOfRefusal = (line) => /status of (409|422)/.test(line);

test("a booked meeting appears live in the list, the day and the week", async () => {
  const page = await open();
  const wrong = complaints(page);
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Meetings" }).click();
  await page.getByText("No upcoming meetings").waitFor();
  await book(1, "ann@first.example", "Ann Lee", TEN);
  const line = row(page, "Ann Lee");
  await line.waitFor();
  assert.match(await line.innerText(), /Tomorrow, 10:00 to 10:30[^]*01:00 in America\/Vancouver[^]*Booked/);

  await page.getByLabel("Owner").selectOption({ label: "bo@us.example" });
  await page.getByText("No upcoming meetings").waitFor();
  await page.getByLabel("Owner").selectOption("me");
  await line.waitFor();

  await view(page, "Week").press("Enter");
  const block = day(page, "Tue 2 June").getByRole("link", { name: /10:00 to 10:30 Ann Lee/ });
  await block.waitFor();
  assert.equal(await page.getByLabel("Owner").inputValue(), "me", "the filter stays");
  const next = page.getByRole("link", { name: "Next week" });
  await next.press("Enter");
  await day(page, "Tue 9 June").waitFor();
  assert.equal(await page.getByText("Ann Lee").count(), 0);
  await hasFocus(next);
  await page.getByRole("link", { name: "Today", exact: true }).click();
  await block.waitFor();

  await view(page, "Day").click();
  await day(page, "Mon 1 June").waitFor();
  assert.equal(await page.getByText("Ann Lee").count(), 0);
  await page.getByRole("link", { name: "Next day" }).click();
  await day(page, "Tue 2 June").getByRole("link", { name: /Ann Lee/ }).press("Enter");
  await page.waitForURL(/\/app\/meetings\/[0-9a-f-]{36}$/);
  await page.getByRole("region", { name: "Lead" }).getByRole("link", { name: "Ann Lee" }).click();
  const status = page.getByRole("region", { name: "Meeting Status" });
  await status.getByText("Meeting Booked", { exact: true }).first().waitFor();
  assert.match(await status.innerText(), /Tue 2 June 2026, 10:00:00[^]*Meeting Owner[^]*admin@localhost/);
  await status.getByText("Meeting Status history").click();
  await status.getByText("A meeting was booked").waitFor();
  await page.getByRole("region", { name: "Meetings", exact: true }).getByRole("link", { name: "Tomorrow, 10:00 to 10:30" }).waitFor();
  assert.deepEqual(await faultsOf(page, "meeting contact"), []);
  assert.deepEqual(wrong, []);
  await page.context().close();
});

test("a meeting is rescheduled, reassigned and cancelled, and a refusal is explained", async () => {
  await book(2, "cat@second.example", "Cat Doe", ELEVEN);
  const { id } = await meeting("ann@first.example");
  const page = await open();
  const wrong = complaints(page);
  await page.goto(`${knock.url}/app/meetings/${id}`);
  await page.getByText("The visitor is notified of each change").waitFor();
  const dialog = page.getByRole("dialog");
  await page.getByRole("button", { name: "Reschedule" }).press("Enter");
  await dialog.getByRole("radio").first().waitFor();
  assert.deepEqual(await faultsOf(page, "meeting move"), []);
  await page.setViewportSize({ width: 1280, height: 900 });
  // The free times are read again after a refusal: the response arrives when the next day is already chosen.
  let letGo;
  const chosen = new Promise((done) => (letGo = done));
  await page.route(`**/meetings/${id}/slots*`, async (route) => {
    await chosen;
    await route.continue();
  });
  await dialog.getByLabel("Another time").fill("2026-06-02T11:00");
  await dialog.getByRole("button", { name: "Reschedule" }).click();
  await dialog.getByText("The meeting was not rescheduled").waitFor();
  await dialog.getByLabel("Another time").fill("");
  await dialog.getByLabel("Day").selectOption({ label: "Wed 3 June" });
  const again = page.waitForResponse(/\/slots/);
  letGo();
  await (await again).finished();
  await dialog.getByText("14:30", { exact: true }).click();
  await dialog.getByRole("button", { name: "Reschedule" }).click();
  await page.getByRole("status").getByText("The meeting was rescheduled.").waitFor();
  assert.equal((await meeting("ann@first.example")).start_at, Date.parse("2026-06-03T12:30:00Z"));
  await page.getByText("Wed 3 June, 14:30 to 15:00").waitFor();

  await page.getByRole("button", { name: "Reassign" }).click();
  await dialog.getByLabel("New owner").selectOption("bo@us.example");
  await dialog.getByRole("button", { name: "Reassign" }).click();
  await page.getByRole("status").getByText("The meeting was reassigned.").waitFor();
  await until(() => meeting("ann@first.example"), ({ owner_name }) => owner_name === "Bo", "the new owner");
  assert.deepEqual(await faultsOf(page, "meeting"), []);

  await page.setViewportSize({ width: 1280, height: 900 });
  await page.getByRole("button", { name: "Cancel the meeting" }).click();
  await dialog.getByRole("button", { name: "Keep the meeting" }).click();
  assert.equal((await meeting("ann@first.example")).state, "booked");
  await page.getByRole("button", { name: "Cancel the meeting" }).click();
  await dialog.getByLabel("Reason").fill("Bo is ill");
  await dialog.getByRole("button", { name: "Cancel the meeting" }).click();
  await page.getByRole("status").getByText("The meeting was cancelled.").waitFor();
  await page.getByText("Bo is ill").waitFor();
  assert.equal(await page.getByRole("group", { name: "Actions" }).getByRole("button").count(), 0);

  await page.goto(`${knock.url}/app/meetings?view=cancelled`);
  await row(page, "Ann Lee").waitFor();
  await view(page, "Upcoming").click();
  await row(page, "Cat Doe").waitFor();
  assert.equal(await row(page, "Ann Lee").count(), 0);
  assert.deepEqual(wrong.filter((line) => !isOfRefusal(line)), []);
  await page.context().close();
});

test("a meeting that is over is asked about, marked as no-show, and the mark is removed", async () => {
  await knock.setClock({ now: "2026-06-02T10:00:00Z" });
  const page = await open();
  const wrong = complaints(page);
  await page.goto(`${knock.url}/app/meetings?view=past`);
  await row(page, "Cat Doe").getByText("Took place?").waitFor();
  await row(page, "Cat Doe").getByRole("link", { name: /11:00/ }).click();
  const question = page.getByRole("group", { name: "Did the meeting take place?" });
  await question.getByRole("button", { name: "No-show" }).click();
  await page.getByRole("status").getByText("Marked as no-show.").waitFor();
  await page.goto(`${knock.url}/app/meetings?view=no_show`);
  await row(page, "Cat Doe").getByRole("link", { name: /11:00/ }).click();
  await page.getByRole("button", { name: "Undo no-show" }).press("Enter");
  await page.getByRole("status").getByText("The no-show mark was removed.").waitFor();
  assert.equal((await meeting("cat@second.example")).state, "booked");
  assert.deepEqual(wrong, []);
  await page.context().close();
});

test("a refused address is marked as not spam, and no view has an accessibility fault", async () => {
  const said = await post("/v1/meetings/email", flow(3, "test@test.com"));
  assert.equal(said.verdict, "spam");
  await book(4, "dee@fourth.example", "Dee Poe", "2026-06-02T14:30:00Z");
  await book(5, "eve@fifth.example", "Eve Roe", "2026-06-04T12:00:00Z");
  const page = await open();
  const wrong = complaints(page);
  const shows = { upcoming: "Dee Poe", past: "Cat Doe", cancelled: "Ann Lee", no_show: "No no-shows", day: "Dee Poe", week: "Eve Roe", team: "Eve Roe", spam: "test@test.com" };
  const faults = [];
  for (const [view, text] of Object.entries(shows)) {
    await page.goto(`${knock.url}/app/meetings?view=${view}`);
    await page.locator("main").getByText(text).first().waitFor();
    faults.push(...(await faultsOf(page, `meetings ${view}`)));
  }
  assert.deepEqual(faults, []);

  await page.setViewportSize({ width: 1280, height: 900 });
  await page.goto(`${knock.url}/app/meetings?view=spam`);
  await row(page, "test@test.com").getByRole("link").press("Enter");
  await page.waitForURL("**/app/contacts/*");
  await page.locator("main").getByText("Spam", { exact: true }).first().waitFor();
  await page.goBack();
  await page.getByRole("button", { name: "Not spam test@test.com" }).press("Enter");
  await page.getByRole("dialog").getByRole("button", { name: "Not spam" }).press("Enter");
  await page.getByText("No spam", { exact: true }).waitFor();
  await page.getByRole("status").getByText("test@test.com can book a meeting now.").waitFor();
  const { leads } = await knock.get("/api/v1/meeting-leads?status=New");
  assert.equal(leads.length, 1);
  assert.deepEqual(wrong, []);
  await page.context().close();
});

test("the week of the team shows what members have, and on a narrow screen the chosen day", async () => {
  const page = await open();
  const wrong = complaints(page);
  await page.goto(`${knock.url}/app/meetings?view=day`);
  await view(page, "Team").press("Enter");
  const link = page.getByRole("link", { name: /^14:00 to 14:30 Eve Roe/ });
  await link.waitFor();
  const line = page.getByRole("row").filter({ has: link });
  assert.match(await line.getByRole("rowheader").innerText(), /No calendar connected/);
  assert.equal(await line.getByRole("cell").count(), 7);
  assert.equal(await page.getByRole("columnheader", { name: "Thu 4 June" }).count(), 1);
  await page.getByRole("rowheader", { name: /^Bo/ }).waitFor();
  assert.equal(await page.getByLabel("Owner").isVisible(), false, "all members are shown");
  await page.getByRole("link", { name: "Next week" }).press("Enter");
  await page.getByRole("columnheader", { name: "Thu 11 June" }).waitFor();
  assert.equal(await link.count(), 0);
  await page.getByRole("link", { name: "Today", exact: true }).click();
  await link.waitFor();

  await page.setViewportSize({ width: 360, height: 740 });
  await link.waitFor({ state: "hidden" });
  const days = page.getByRole("navigation", { name: "Days of the week" });
  await days.getByRole("link", { name: "Thu 4 June" }).press("Enter");
  await link.waitFor();
  assert.match(await line.innerText(), /Works 09:00 to 17:00\s+14:00 to 14:30/);
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false, "it does not scroll sideways");
  await link.press("Enter");
  await page.waitForURL(/\/app\/meetings\/[0-9a-f-]{36}$/);
  assert.deepEqual(wrong, []);
  await page.context().close();
});

test("the timeline names the link of a booking once", async () => {
  const { lead } = await meeting("dee@fourth.example");
  const page = await open();
  await page.goto(`${knock.url}/app/contacts/${lead}`);
  await page.getByText(/^Booked a meeting by the Knock Link\s+meeting$/).first().waitFor();
  await page.context().close();
});

test("a list of more than 200 meetings stays complete when it is read again", async () => {
  const { slots } = await knock.get("/v1/meetings/slots?link=meeting&email=many@other.example");
  const shown = 215;
  for (const [place, { start }] of slots.slice(0, shown).entries()) {
    await book(100 + place, `lead${place}@firm${place}.example`, `Lead ${place}`, start);
  }
  const { meetings } = await knock.get("/api/v1/meetings?state=booked&from=1780394400000&limit=200");
  assert.equal(meetings.length, 200, "what the server gives at once");
  const page = await open();
  await page.goto(`${knock.url}/app/meetings?view=upcoming`);
  const more = page.getByRole("button", { name: "Load more" });
  const lines = page.getByRole("region", { name: "Meetings" }).locator("tbody tr");
  await lines.first().waitFor();
  while ((await lines.count()) < shown) {
    const before = await lines.count();
    await more.click();
    await until(() => lines.count(), (count) => count > before, "more lines");
  }
  const before = await lines.count();
  await book(400, "last@firm.example", "Last Lead", slots[shown].start);
  await row(page, "Last Lead").waitFor();
  assert.ok((await lines.count()) > before, `${await lines.count()} of ${before}`);
  await page.context().close();
});

test("the message about five upcoming meetings is in the lead's language", async () => {
  const { slots } = await knock.get("/v1/meetings/slots?link=meeting&email=five@five.example");
  for (const place of [0, 1, 2, 3, 4]) await book(500 + place, "five@five.example", "Fay Five", slots[place].start);
  const context = await browser.newContext({ locale: "de-DE", timezoneId: "Europe/Berlin" });
  await context.clock.install({ time: slots[0].start });
  const page = await context.newPage();
  await page.goto(`${knock.url}/l/meeting`);
  await page.getByLabel("E-Mail-Adresse").fill("five@five.example");
  await page.getByLabel("E-Mail-Adresse").press("Enter");
  await page.getByRole("listitem").getByRole("button").first().click();
  await page.getByText("Es stehen bereits 5 Termine bevor").waitFor();
  await page.context().close();
});
