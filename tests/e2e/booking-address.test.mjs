// What a booking says of the address: a mistyped one is asked back, and without mail nothing is promised to it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { violationsOf } from "./support/axe.mjs";
import { Bookings, choose, heading, toSlots } from "./support/booking.mjs";
import { complaints, launch } from "./support/browser.mjs";
import { Knock } from "./support/knock.mjs";

const DAY = 86_400_000;
const MEANT = { "joe@gmial.com": "joe@gmail.com" };
let browser, knock;

before(async () => {
  browser = await launch();
  knock = await Knock.start();
});

after(async () => {
  await browser?.close();
  await knock?.stop();
});

/** Noon in UTC, some days from now. */
const noon = (days) => Math.floor(Date.now() / DAY) * DAY + days * DAY + DAY / 2;

/** A page of a new visitor on a phone, with the scripted server. */
async function visit(script) {
  const context = await browser.newContext({ locale: "en-GB", timezoneId: "Europe/London", viewport: { width: 360, height: 740 } });
  const bookings = await Bookings.serve(context, { slots: [noon(2), noon(3)], ...script });
  return { bookings, context, page: await context.newPage() };
}

async function looksAccessible(page, what) {
  assert.deepEqual(await violationsOf(page), [], what);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(wide <= 0, `${what} is ${wide} pixels too wide`);
}

test("a mistyped address is asked back, and the visitor decides", async () => {
  const { bookings, context, page } = await visit({ meant: MEANT });
  const found = complaints(page);
  const sent = () => bookings.sent("/v1/meetings/email").map(({ email, email_is_right }) => [email, email_is_right ?? false]);
  await toSlots(page, knock.url, "joe@gmial.com");
  await page.getByText("Did you mean joe@gmail.com?").waitFor();
  const field = page.getByLabel("E-mail address");
  assert.equal(await field.getAttribute("aria-invalid"), "true");
  await page.locator("#knock-email:focus").waitFor();
  await looksAccessible(page, "the question about the address");
  await page.getByRole("button", { name: "Yes, use it" }).click();
  await heading(page, "Choose a time").waitFor();
  await page.getByRole("button", { name: "Back", exact: true }).click();
  assert.equal(await field.inputValue(), "joe@gmail.com");

  await field.fill("joe@gmial.com");
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("button", { name: "No, it is right" }).click();
  await heading(page, "Choose a time").waitFor();
  assert.deepEqual(sent(), [
    ["joe@gmial.com", false],
    ["joe@gmail.com", false],
    ["joe@gmial.com", false],
    ["joe@gmial.com", true],
  ]);
  await choose(page, noon(2));
  await page.getByLabel("Your name").fill("Joe");
  await page.getByRole("button", { name: "Book this time" }).click();
  await heading(page, "Your meeting is booked").waitFor();
  const [booked] = bookings.sent("/v1/meetings");
  assert.deepEqual([booked.email, booked.email_is_right], ["joe@gmial.com", true]);
  // The browser itself reports each 422.
  assert.deepEqual(found.filter((complaint) => !/422/.test(complaint)), []);
  await context.close();
});

test("a known address that looks mistyped is shown and can be edited", async () => {
  const { bookings, context, page } = await visit({ meant: MEANT, started: { email: "joe@gmial.com" } });
  await page.goto(`${knock.url}/l/meeting`);
  await page.getByText("Did you mean joe@gmail.com?").waitFor();
  await heading(page, "Your e-mail address").waitFor();
  assert.equal(await page.getByLabel("E-mail address").inputValue(), "joe@gmial.com");
  await page.getByRole("button", { name: "Yes, use it" }).click();
  await heading(page, "Choose a time").waitFor();
  assert.deepEqual(bookings.sent("/v1/meetings/email").map(({ email }) => email), ["joe@gmial.com", "joe@gmail.com"]);
  await context.close();
});

test("without mail no invitation is promised, and the meeting has a link", async () => {
  const { context, page } = await visit({ isMailed: false });
  await page.goto(`${knock.url}/l/meeting`);
  await page.getByText("The team can reach you at this address.").waitFor();
  await toSlots(page, knock.url);
  await choose(page, noon(2));
  await page.getByLabel("Your name").fill("Grace");
  await page.getByRole("button", { name: "Book this time" }).click();
  await heading(page, "Your meeting is booked").waitFor();
  await page.getByText("No mail is sent. Keep this link").waitFor();
  assert.equal(await page.getByText("The invitation goes to").count(), 0);
  await looksAccessible(page, "the meeting without mail");
  const link = page.getByRole("link", { name: "Link to your meeting" });
  const [own] = await Promise.all([context.waitForEvent("page"), link.click()]);
  await heading(own, "Your meeting").waitFor();
  await own.getByRole("button", { name: "Reschedule" }).waitFor();
  await context.close();
});
