// The life of a meeting that the team enters: the form, its mails and its room, the week around it, and its outcome.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { complaints, launch } from "./support/browser.mjs";
import { CalendarServer } from "./support/calendar.mjs";
import { Knock, until } from "./support/knock.mjs";
import { MailServer } from "./support/mail.mjs";
import { faultsOf } from "./support/screens.mjs";
import { chatAs, signIn } from "./support/visitor.mjs";

const MONDAY_NOON = "2026-06-01T12:00:00Z";
const WIDE = { width: 1440, height: 900 };
const KIM = "kim@second.example";
/** An event of the member's own calendar: Tuesday from one to two in Berlin. */
const BUSY = [
  "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//T//EN", "BEGIN:VEVENT", "UID:lunch", "DTSTAMP:20260101T000000Z",
  "DTSTART:20260602T110000Z", "DTEND:20260602T120000Z", "SUMMARY:Lunch", "END:VEVENT", "END:VCALENDAR", "",
].join("\r\n");

let browser, knock, mail, calendars, page;

before(async () => {
  [browser, mail, calendars] = await Promise.all([launch(), MailServer.start(), CalendarServer.start()]);
  const work = join(calendars.folder, "data/collection-root", CalendarServer.USER, "work");
  writeFileSync(join(work, "lunch.ics"), BUSY);
  knock = await Knock.start({
    env: {
      KNOCK_SMTP_URL: mail.url,
      KNOCK_SMTP_FROM: "Acme <hello@acme.example>",
      KNOCK_OUTBOUND_PRIVATE_NETWORKS: "127.0.0.0/8",
    },
  });
  await knock.setClock({ now: MONDAY_NOON });
  page = await signIn(await browser.newContext({ timezoneId: "Europe/Berlin", viewport: WIDE }), knock);
  const day = [["09:00", "17:00"]];
  const hours = { zone: "Europe/Berlin", mon: day, tue: day, wed: day, thu: day, fri: day };
  assert.equal(await ask("PUT", "/api/v1/availability", { hours }), 200);
  const account = { provider: "caldav", url: calendars.url, user: CalendarServer.USER, password: CalendarServer.PASSWORD };
  assert.equal(await ask("POST", "/api/v1/calendars", account), 201);
  const texts = { title: "{{name}} and {{rep}}", location: "https://meet.example/{{rep}}/{{meeting}}" };
  assert.equal(await ask("PUT", "/api/v1/settings/meetings", texts), 200);
  const invited = await page.evaluate(async () => {
    const headers = { "content-type": "application/json" };
    const body = JSON.stringify({ email: "bo@us.example", role: "rep" });
    return (await fetch("/api/v1/members", { method: "POST", headers, body })).json();
  });
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
  mail?.stop();
  calendars?.stop();
});

/** A request of the signed-in member; its status. */
const ask = (method, path, body) =>
  page.evaluate(async ([method, path, body]) => {
    const headers = { "content-type": "application/json" };
    return (await fetch(path, { method, headers, body: JSON.stringify(body) })).status;
  }, [method, path, body]);

const meetings = async () => (await knock.get("/api/v1/meetings?limit=200")).meetings;
const dialog = () => page.getByRole("dialog", { name: "Add a meeting" });
const field = (label) => dialog().getByLabel(label, { exact: true });
const add = () => dialog().getByRole("button", { name: "Add", exact: true });
const row = (time) => page.getByRole("row").filter({ hasText: "Kim Roe" }).filter({ hasText: time });
/** Whether a line is the browser's own log of an error response. */
const isOfRefusal = (line) => /status of (409|422)/.test(line);

/** The room of a meeting: its address has the id without hyphens. */
const roomOf = (rep, id) => `https://meet.example/${rep}/${id.replaceAll("-", "")}`;

async function isUsable(what) {
  assert.deepEqual(await faultsOf(page, what), []);
  await page.setViewportSize(WIDE);
}

test("a meeting is added by keyboard on the Meetings page, and the lead is invited", async () => {
  const wrong = complaints(page);
  await page.goto(`${knock.url}/app/meetings`);
  await page.getByText("No upcoming meetings").waitFor();
  await page.getByRole("button", { name: "Add a meeting" }).press("Enter");
  await dialog().waitFor();
  await isUsable("the form");
  await page.keyboard.press("Escape");
  await dialog().waitFor({ state: "detached" });
  const focused = () => page.evaluate(() => document.activeElement?.textContent.trim());
  await until(focused, (text) => text === "Add a meeting", "the focus is back");

  await page.keyboard.press("Enter");
  await field("E-mail address").fill(KIM);
  await field("Name").fill("Kim Roe");
  await field("Date and time").fill("2026-05-01T10:00");
  await add().press("Enter");
  await dialog().getByText("Choose a time to come.").waitFor();
  await field("Date and time").fill("2026-06-02T10:00");
  await until(() => field("Duration").inputValue(), (minutes) => minutes === "30", "the usual duration");
  await field("Name").press("Enter");
  await page.waitForURL(/\/app\/meetings\/[0-9a-f-]{36}$/);
  await page.getByRole("heading", { level: 1, name: "Kim Roe and Admin" }).waitFor();
  const facts = page.getByRole("region", { name: "Meeting", exact: true });
  assert.match(await facts.innerText(), /Added by\s+Admin/);
  const [{ id, email }] = await meetings();
  assert.equal(email, KIM);
  await facts.getByRole("link", { name: roomOf("Admin", id) }).waitFor();
  const text = await mail.to(KIM, /^Booked: Kim Roe and Admin/);
  assert.ok(text.includes(roomOf("Admin", id)), text);
  await until(() => calendars.events(), (events) => events.some(({ uid }) => uid === `${id}@knock`), "the event");
  assert.deepEqual(wrong.filter((line) => !isOfRefusal(line)), []);
});

test("a busy time is taken on purpose, the time of another meeting never", async () => {
  await page.goto(`${knock.url}/app/meetings`);
  await page.getByRole("button", { name: "Add a meeting" }).click();
  await field("E-mail address").fill(KIM);
  await field("Date and time").fill("2026-06-02T13:00");
  await add().click();
  await dialog().getByText("That time is taken in the calendar.").waitFor();
  const anyway = dialog().getByRole("button", { name: "Add it anyway" });
  await isUsable("a busy time");
  await anyway.press("Enter");
  await page.waitForURL(/\/app\/meetings\/[0-9a-f-]{36}$/);
  assert.equal((await meetings()).length, 2);

  await page.goto(`${knock.url}/app/meetings`);
  await page.getByRole("button", { name: "Add a meeting" }).click();
  await field("E-mail address").fill(KIM);
  await field("Date and time").fill("2026-06-02T10:00");
  await add().click();
  await anyway.click();
  await dialog().getByText("Another meeting is at that time.").waitFor();
  assert.equal(await anyway.count(), 0);
  assert.equal((await meetings()).length, 2);
  await dialog().getByRole("button", { name: "Cancel" }).click();
  await dialog().waitFor({ state: "detached" });
});

test("a form that outlives a restart of the server adds one meeting, on the record of the contact", async () => {
  const [{ lead }] = await meetings();
  await page.goto(`${knock.url}/app/contacts/${lead}`);
  await page.getByRole("button", { name: "Add a meeting" }).click();
  assert.equal(await field("E-mail address").count(), 0, "the address is known");
  await field("Date and time").fill("2026-06-03T11:00");
  await dialog().getByText("For the lead: 11:00 in Europe/Berlin").waitFor();
  await field("Title").fill("Call about {{company}}");
  await knock.kill();
  await knock.restart();
  await add().click();
  const said = page.getByRole("status").filter({ hasText: "Meeting added: " });
  await said.getByRole("link").waitFor();
  const added = (await meetings()).filter(({ title }) => title === "Call about second.example");
  assert.equal(added.length, 1);
  await isUsable("the contact");
  await page.getByText("A meeting was booked").first().waitFor({ state: "attached" });
});

test("a meeting is added in a chat", async () => {
  const visitor = await chatAs(browser, knock, "ann@first.example", "Can we talk on Thursday?");
  await visitor.context().close();
  const { conversations } = await knock.get("/api/v1/conversations");
  await page.goto(`${knock.url}/app/inbox/${conversations[0].id}`);
  await page.getByRole("log").getByText("Can we talk on Thursday?").waitFor();
  await page.locator(".conversation-actions").getByRole("button", { name: "More", exact: true }).click();
  await page.getByRole("button", { name: "Add a meeting…" }).click();
  await field("Date and time").fill("2026-06-04T15:00");
  await field("Owner").selectOption({ label: "Bo" });
  await add().click();
  const said = page.getByRole("status").filter({ hasText: "Meeting added: " });
  await said.getByRole("link").waitFor();
  const added = (await meetings()).find(({ email }) => email === "ann@first.example");
  assert.equal(added.owner_name, "Bo");
});

test("a reassigned meeting has another name and the same room, for all", async () => {
  const { id } = (await meetings()).find(({ title }) => title === "Kim Roe and Admin");
  const manage = (await mail.to(KIM, /^Booked: Kim Roe and Admin/)).match(/http:\S+\/m\/\S+/)[0];
  await page.goto(`${knock.url}/app/meetings/${id}`);
  await page.getByRole("button", { name: "Reassign" }).click();
  const question = page.getByRole("dialog", { name: "Reassign the meeting" });
  await question.getByLabel("New owner").selectOption("bo@us.example");
  await question.getByRole("button", { name: "Reassign" }).click();
  await page.getByRole("heading", { level: 1, name: "Kim Roe and Bo" }).waitFor();
  await page.getByRole("link", { name: roomOf("Bo", id) }).waitFor();
  const theirs = await (await browser.newContext()).newPage();
  await theirs.goto(manage);
  await theirs.getByText(roomOf("Bo", id)).first().waitFor();
  await theirs.context().close();
  const assigned = await mail.to("bo@us.example", /^Assigned to you: Kim Roe and Bo/);
  assert.ok(assigned.includes(`${knock.url}/app/meetings/${id}`) && assigned.includes("with Admin before"), assigned);
  assert.match(await mail.to("admin@localhost", /^Reassigned: /), /was reassigned to Bo\. You need not attend\./);
  assert.match(await mail.to(KIM, /^Changed: Kim Roe and Bo/), /Your meeting is now with Bo of /);
});

test("the week shows the reader's hours, busy times and now", async () => {
  // Tuesday, half past ten in Berlin.
  await knock.setClock({ now: "2026-06-02T08:30:00Z" });
  await page.goto(`${knock.url}/app/meetings?view=week`);
  const today = page.getByRole("region", { name: "Tue 2 June" });
  await today.getByText("Busy 13:00 to 14:00").waitFor();
  await today.locator(".calendar-working").waitFor({ state: "attached" });
  const line = today.locator(".calendar-now");
  const at = async () => Number(await line.evaluate((line) => line.style.getPropertyValue("--at")));
  await line.waitFor();
  // The column begins at eight.
  const before = await at();
  assert.ok(before >= 150 && before < 165, `${before} minutes after eight`);
  assert.equal(await page.locator(".calendar-now").count(), 1, "only today");
  await isUsable("the week");
  await page.setViewportSize({ width: 360, height: 740 });
  assert.equal(await line.isVisible(), false, "a list has no line");
  await today.getByText("Busy 13:00 to 14:00").waitFor();
  await page.setViewportSize(WIDE);

  await knock.setClock({ now: "2026-06-02T09:30:00Z" });
  await page.reload();
  await line.waitFor();
  await until(at, (now) => now >= 210 && now < 225, "the line an hour later");
});

test("the line of now moves with the clock", async () => {
  const other = await browser.newContext({ timezoneId: "Europe/Berlin", viewport: WIDE });
  const watched = await signIn(other, knock);
  await watched.clock.install();
  await watched.goto(`${knock.url}/app/meetings?view=day`);
  const line = watched.locator(".calendar-now");
  const at = async () => Number(await line.evaluate((line) => line.style.getPropertyValue("--at")));
  await line.waitFor();
  const before = await at();
  // The server says its time with some answers: it goes on as the browser does.
  await knock.setClock({ advance_ms: 20 * 60_000 });
  await watched.clock.fastForward("20:00");
  await until(at, (now) => now >= before + 19, "the line twenty minutes later");
  await other.close();
});

test("a meeting that is over is asked about, and the answer stays", async () => {
  await knock.setClock({ now: "2026-06-02T14:00:00Z" });
  await page.goto(`${knock.url}/app/meetings?view=past`);
  await row("10:00 to 10:30").getByText("Took place?", { exact: true }).waitFor();
  await isUsable("past meetings");
  await row("10:00 to 10:30").getByRole("button", { name: /^It took place/ }).press("Enter");
  await page.getByRole("status").getByText("Noted that the meeting took place.").waitFor({ state: "attached" });
  await row("10:00 to 10:30").getByText("Took place", { exact: true }).waitFor();
  await knock.kill();
  await knock.restart();
  await page.reload();
  await row("10:00 to 10:30").getByText("Took place", { exact: true }).waitFor();

  await row("13:00 to 13:30").getByRole("link", { name: /13:00/ }).click();
  const question = page.getByRole("group", { name: "Did the meeting take place?" });
  await question.getByRole("button", { name: "It took place" }).click();
  await page.getByRole("status").getByText("Noted that the meeting took place.").waitFor();
  await isUsable("a meeting that took place");
  await page.getByRole("group", { name: "Actions" }).getByRole("button", { name: "Undo", exact: true }).click();
  await page.getByRole("status").getByText("What was noted was removed.").waitFor();
  await question.waitFor();
  const held = (await meetings()).filter(({ state }) => state === "held");
  assert.equal(held.length, 1);
});
