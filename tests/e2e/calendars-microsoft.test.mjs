// A member connects a calendar of Microsoft 365 by clicks, with the app of the configuration; is booked, is busy there,
// loses the grant and signs in again.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { heading, toSlots } from "./support/booking.mjs";
import { complaints, launch } from "./support/browser.mjs";
import { Knock, until } from "./support/knock.mjs";
import { Microsoft } from "./support/microsoft.mjs";
import { signIn } from "./support/visitor.mjs";

const CONNECTED = /^Connected\. Its events block times/;

let browser, knock, microsoft, page, wrong;

before(async () => {
  [browser, microsoft] = await Promise.all([launch(), Microsoft.start()]);
  const { client_id, client_secret, tenant } = microsoft.seed;
  knock = await Knock.start({
    env: {
      KNOCK_MICROSOFT_CLIENT_ID: client_id,
      KNOCK_MICROSOFT_CLIENT_SECRET: client_secret,
      KNOCK_MICROSOFT_TENANT: tenant,
      KNOCK_MICROSOFT_API_URL: `${microsoft.url}/v1.0`,
      KNOCK_MICROSOFT_AUTHORITY_URL: microsoft.url,
      KNOCK_OUTBOUND_PRIVATE_NETWORKS: "127.0.0.0/8",
    },
  });
  await microsoft.put("settings", { redirect_uris: [`${knock.url}/hooks/microsoft/oauth`] });
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, timezoneId: "Europe/Berlin" });
  page = await signIn(context, knock);
  wrong = complaints(page);
  const day = [["09:00", "17:00"]];
  const hours = { zone: "Europe/Berlin", mon: day, tue: day, wed: day, thu: day, fri: day, sat: day, sun: day };
  const code = await page.evaluate(async (body) => {
    const headers = { "content-type": "application/json" };
    return (await fetch("/api/v1/availability", { method: "PUT", headers, body: JSON.stringify(body) })).status;
  }, { hours });
  assert.ok(code < 300, `${code}`);
  await page.goto(`${knock.url}/app/settings/calendars`);
});

after(async () => {
  await browser?.close();
  await knock?.stop();
  microsoft?.stop();
});

const button = (name) => page.getByRole("button", { name });
const panel = () => page.getByRole("article", { name: microsoft.seed.mail });

/** Presses a button of Microsoft's page, and waits for the outcome. */
async function decides(decision, words) {
  await page.waitForURL((url) => url.origin === microsoft.url);
  await button(decision).click();
  await page.getByRole("status").filter({ hasText: words }).waitFor();
}

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
  const answer = visitor.waitForResponse((reply) => new URL(reply.url()).pathname === "/v1/meetings/slots" && reply.ok());
  await toSlots(visitor, knock.url, email);
  const { slots } = await (await answer).json();
  return { visitor, starts: slots.map(({ start }) => Date.parse(start)) };
}

test("an account is connected with the app of the configuration", async () => {
  await page.getByRole("radio", { name: /^Microsoft 365/ }).check();
  await button("Connect Microsoft 365").click();
  await decides("Cancel", "The consent was cancelled at Microsoft.");
  await button("Connect Microsoft 365").click();
  await decides("Accept", "Microsoft 365 is connected.");
  await panel().getByText(CONNECTED).waitFor();
  const app = page.getByRole("region", { name: "Microsoft 365", exact: true });
  await app.getByText("1 account is connected.").waitFor();
  assert.equal(await app.getByRole("button", { name: "Save" }).count(), 0, "the configuration counts first");
  assert.deepEqual(wrong.splice(0), []);
});

test("a booked meeting is in the calendar there, and what is busy there is not offered", async () => {
  const email = "grace@navy.example";
  const { visitor, starts } = await visits(email);
  await visitor.locator(".time-button").first().click();
  await heading(visitor, "Confirm the meeting").waitFor();
  await visitor.getByLabel("Your name").fill("Grace Hopper");
  await visitor.getByLabel("Your name").press("Enter");
  await heading(visitor, "Your meeting is booked").waitFor();
  await visitor.context().close();
  const { meetings } = await knock.get("/api/v1/meetings?limit=200");
  const { start_at: start } = meetings.find((meeting) => meeting.email === email);
  const of = (events) => events.filter((event) => Date.parse(`${event.start.dateTime.slice(0, 19)}Z`) === start);
  await until(() => microsoft.get("events"), (events) => of(events).length === 1, "the event in the calendar");
  assert.deepEqual(await microsoft.get("invitations"), [], "the lead has one invitation, which is not Outlook's");

  const busy = starts.find((at) => at >= start + 2 * 60 * 60_000);
  const time = (at) => ({ dateTime: new Date(at).toISOString().slice(0, 19), timeZone: "UTC" });
  await microsoft.post("events", { event: { subject: "Elsewhere", start: time(busy), end: time(busy + 30 * 60_000) } });
  await checks("Read a moment ago.");
  const next = await visits("bo@globex.example");
  await next.visitor.context().close();
  assert.equal(next.starts.includes(busy), false);
  assert.deepEqual(wrong.splice(0), []);
});

test("a grant that has ended is named, and signing in again mends it", async () => {
  await microsoft.post("revoke", { at_once: true });
  await checks("It cannot be read.");
  await panel().locator(".note-wrong").getByText(/^It cannot be read/).waitFor();
  await panel().getByRole("button", { name: /^Sign in again/ }).click();
  await decides("Accept", "Microsoft 365 is connected.");
  await panel().getByText(CONNECTED).waitFor();
  assert.deepEqual(wrong.splice(0), []);
});
