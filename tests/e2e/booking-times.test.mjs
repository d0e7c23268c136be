// Times of bookings: from the real server, and in zones with daylight saving time.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Bookings, heading, localTime, showMonth, toSlots } from "./support/booking.mjs";
import { complaints, launch } from "./support/browser.mjs";
import { Knock } from "./support/knock.mjs";

const DAY = 86_400_000;
let browser, knock;

before(async () => {
  browser = await launch();
  knock = await Knock.start();
});

after(async () => {
  await browser?.close();
  await knock?.stop();
});

/** The time of day of an instant in Vancouver, which has no daylight saving time since 2026. */
const clockOf = (at) => new Intl.DateTimeFormat("en-GB", { timeZone: "Etc/GMT+7", hour: "numeric", minute: "2-digit" }).format(at);

test("a visitor books, moves and cancels on the real server, and the team sees it", async () => {
  const { members } = await knock.get("/api/v1/members");
  // Three days from now, so that the first day with a time is a whole one, at any time of today.
  const weekday = new Date(Date.now() + 3 * DAY).toLocaleDateString("en-GB", { timeZone: "Europe/Berlin", weekday: "short" });
  const hours = { zone: "Europe/Berlin", [weekday.toLowerCase()]: [["09:00", "17:00"]] };
  const reply = await fetch(`${knock.url}/api/v1/members/${members[0].id}/availability`, {
    method: "PUT",
    headers: { authorization: `Bearer ${knock.key}`, "content-type": "application/json" },
    body: JSON.stringify({ hours }),
  });
  assert.equal(reply.status, 200);
  const context = await browser.newContext({ locale: "en-GB", timezoneId: "America/Vancouver", viewport: { width: 360, height: 740 } });
  const page = await context.newPage();
  const found = complaints(page);
  await toSlots(page, knock.url);
  await page.locator(".time-button").nth(1).click();
  await page.getByLabel("Your name").fill("Grace Hopper");
  await page.getByRole("button", { name: "Book this time" }).click();
  await heading(page, "Your meeting is booked").waitFor();
  const meeting = async () => (await knock.get("/api/v1/meetings")).meetings[0];
  const booked = await meeting();
  assert.ok((await page.locator(".booking-details").innerText()).includes(clockOf(booked.start_at)));
  const invitation = await page.getByRole("link", { name: "Calendar file (.ics)" }).getAttribute("href");
  assert.match(await (await fetch(invitation)).text(), /BEGIN:VCALENDAR/);

  await page.goto(`${knock.url}/m/${invitation.split("/").at(-2)}`);
  await page.getByRole("button", { name: "Reschedule" }).click();
  await page.locator(".time-button").nth(3).click();
  await page.getByRole("button", { name: "Reschedule" }).click();
  await heading(page, "Your meeting was rescheduled").waitFor();
  const moved = await meeting();
  assert.notEqual(moved.start_at, booked.start_at);
  assert.ok((await page.locator(".booking-details").innerText()).includes(clockOf(moved.start_at)));
  await page.getByRole("button", { name: "Cancel the meeting" }).click();
  await page.getByRole("button", { name: "Yes, cancel the meeting" }).click();
  await heading(page, "This meeting was cancelled").waitFor();
  assert.equal((await meeting()).state, "cancelled");
  assert.deepEqual(found, []);
  await context.close();
});

// Zones with and without daylight saving time.
for (const [zone, instants] of [
  ["America/New_York", ["2026-11-01T05:00:00Z", "2026-11-01T06:00:00Z", "2027-03-14T07:00:00Z"]],
  ["America/Vancouver", ["2026-10-30T17:00:00Z", "2027-03-14T10:00:00Z"]],
  ["Europe/London", ["2027-03-28T01:00:00Z", "2026-10-25T00:00:00Z", "2026-10-25T01:00:00Z"]],
  ["Asia/Kolkata", ["2026-12-01T18:30:00Z"]],
  ["Australia/Lord_Howe", ["2027-04-03T14:30:00Z", "2027-04-03T15:00:00Z", "2026-10-03T15:30:00Z"]],
  ["America/Sao_Paulo", ["2026-11-01T03:00:00Z"]],
]) {
  test(`the shown time is the booked one in ${zone}`, async () => {
    for (const instant of instants) {
      const at = Date.parse(instant);
      const slots = instants.map((one) => Date.parse(one));
      const context = await browser.newContext({ timezoneId: zone, locale: "en-US" });
      const bookings = await Bookings.serve(context, { slots });
      const page = await context.newPage();
      await page.clock.setFixedTime("2026-09-20T12:00:00Z");
      await toSlots(page, knock.url);
      await heading(page, "Choose a time").waitFor();
      await showMonth(page, at, zone);
      const local = localTime(at, zone);
      const offset = `UTC${local.slice(19).replace("-", "\u2212")}`;
      const clock = new Intl.DateTimeFormat("en-US", { hour: "numeric", minute: "2-digit", timeZone: "UTC" }).format(Date.parse(`${local.slice(0, 19)}Z`));
      const day = new Intl.DateTimeFormat("en-US", { weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: "UTC" }).format(Date.parse(`${local.slice(0, 10)}T00:00:00Z`));
      await page.getByRole("gridcell").getByRole("button", { name: day, exact: true }).click();
      const twice = slots.some((other) => other !== at && localTime(other, zone).slice(0, 19) === local.slice(0, 19));
      const label = twice ? `${clock} ${offset}` : clock;
      await page.getByRole("listitem").getByRole("button", { name: label, exact: true }).click();
      const when = await page.locator(".booking-when").innerText();
      assert.equal(when, `${day}, ${clock} (${offset})`);
      await page.getByLabel("Your name").fill("Grace");
      await page.getByRole("button", { name: "Book this time" }).click();
      await heading(page, "Your meeting is booked").waitFor();
      assert.equal(bookings.meeting.at, at);
      assert.ok((await page.locator(".booking-details").innerText()).includes(when));
      await context.close();
    }
  });
}
