// A visitor books a meeting, moves it and cancels it: on the page of a link, in the launcher, at the page of the meeting.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { violationsOf } from "./support/axe.mjs";
import { Bookings, choose, heading, toSlots } from "./support/booking.mjs";
import { complaints, launch } from "./support/browser.mjs";
import { Knock, until } from "./support/knock.mjs";
import { Site, page as html, snippet } from "./support/site.mjs";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const SIZES = { desktop: { width: 1280, height: 800 }, phone: { width: 360, height: 740 } };
let browser, knock, site;

before(async () => {
  browser = await launch();
  knock = await Knock.start();
  site = await Site.serve({ pages: { "/": html(snippet(knock, await knock.siteKey()), "<h1>A page</h1>") } });
});

after(async () => {
  await browser?.close();
  await site?.stop();
  await knock?.stop();
});

/** Noon in UTC, some days from now. */
const noon = (days) => Math.floor(Date.now() / DAY) * DAY + days * DAY + DAY / 2;

/** A page of a new visitor, with the scripted server. */
async function visit({ script, ...options } = {}) {
  const context = await browser.newContext({ locale: "en-GB", timezoneId: "Europe/London", viewport: SIZES.desktop, ...options });
  const bookings = await Bookings.serve(context, { slots: [noon(2), noon(2) + HOUR, noon(3)], ...script });
  return { bookings, context, page: await context.newPage() };
}

async function looksAccessible(page, what) {
  assert.deepEqual(await violationsOf(page), [], what);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(wide <= 0, `${what} is ${wide} pixels too wide`);
}

for (const [size, viewport] of Object.entries(SIZES)) {
  for (const colorScheme of ["light", "dark"]) {
    test(`a link leads to a meeting that is moved and cancelled: ${size}, ${colorScheme}`, async () => {
      const { bookings, context, page } = await visit({ viewport, colorScheme });
      const found = complaints(page);
      await toSlots(page, knock.url);
      await heading(page, "Choose a time").waitFor();
      await looksAccessible(page, "the times");

      const at = noon(2) + HOUR;
      await choose(page, at);
      await heading(page, "Confirm the meeting").waitFor();
      await page.getByRole("timer").getByText(/Held for you for (5:00|4:5)/).waitFor();
      await looksAccessible(page, "the confirmation");
      await page.getByRole("button", { name: "Book this time" }).click();
      assert.equal(await page.getByLabel("Your name").getAttribute("aria-invalid"), "true");
      await page.getByText("Enter your name.").waitFor();
      await page.getByLabel("Your name").fill("Grace Hopper");
      await page.getByRole("button", { name: "Book this time" }).click();

      await heading(page, "Your meeting is booked").waitFor();
      await page.getByText("The invitation goes to grace@navy.example.").waitFor();
      assert.equal(bookings.meeting.at, at);
      const google = await page.getByRole("link", { name: "Google Calendar" }).getAttribute("href");
      assert.match(new URL(google).searchParams.get("dates"), /^\d{8}T\d{6}Z\/\d{8}T\d{6}Z$/);
      await looksAccessible(page, "the meeting");

      const own = await context.newPage();
      await own.goto(`${knock.url}/m/TOKEN`);
      await heading(own, "Your meeting").waitFor();
      await own.getByRole("button", { name: "Reschedule" }).click();
      await heading(own, "Choose a new time").waitFor();
      await choose(own, noon(3));
      await heading(own, "Reschedule to this time?").waitFor();
      await own.getByRole("button", { name: "Reschedule" }).click();
      await heading(own, "Your meeting was rescheduled").waitFor();
      assert.equal(bookings.meeting.at, noon(3));

      await own.getByRole("button", { name: "Cancel the meeting" }).click();
      await heading(own, "Cancel this meeting?").waitFor();
      await own.getByLabel("Why? (optional)").fill("Ill");
      await looksAccessible(own, "the question");
      await own.getByRole("button", { name: "Yes, cancel the meeting" }).click();
      await heading(own, "This meeting was cancelled").waitFor();
      assert.deepEqual(bookings.sent("/v1/bookings/TOKEN/cancel"), [{ reason: "Ill" }]);
      assert.equal(await own.getByRole("button").count(), 0, "a cancelled meeting is only shown");
      assert.deepEqual(found, []);
      await context.close();
    });
  }
}

test("a booking that waits for the link in a mail says so, and another time can be chosen", async () => {
  const { bookings, context, page } = await visit({ script: { confirms: true } });
  await toSlots(page, knock.url);
  await choose(page, noon(2));
  await page.getByLabel("Your name").fill("Grace Hopper");
  await page.getByRole("button", { name: "Book this time" }).click();
  await heading(page, "Check your mail").waitFor();
  await page.getByText("Open the link that we send to grace@navy.example to confirm your meeting on").waitFor();
  await page.getByRole("timer").getByText(/Held for you for (30:00|29:5)/).waitFor();
  await looksAccessible(page, "the wait for the mail");
  await page.getByRole("button", { name: "Choose another time" }).click();
  await heading(page, "Choose a time").waitFor();
  await choose(page, noon(3));
  await page.getByRole("button", { name: "Book this time" }).click();
  await heading(page, "Check your mail").waitFor();
  const keys = new Set(bookings.asked.filter((one) => one.path === "/v1/meetings").map((one) => one.key));
  assert.equal(keys.size, 2, "each attempt has a key of its own");
  await context.close();
});

test("each verdict has its own page, and an unqualified lead may chat", async () => {
  const { context, page } = await visit({
    script: {
      slots: [],
      verdicts: {
        "x@spam.example": { verdict: "spam", reason: "Spam" },
        "x@mail.example": { verdict: "unqualified", reason: "private email" },
        "x@far.example": { verdict: "unqualified", reason: "routing" },
        "x@busy.example": { verdict: "unbookable", reason: "no_calendar" },
      },
    },
  });
  for (const [email, title, chat] of [
    ["x@spam.example", "This address cannot be used", 0],
    ["x@mail.example", "Please use your work e-mail", 1],
    ["x@busy.example", "No times can be booked at the moment", 1],
    ["x@far.example", "No meeting can be booked for this request", 1],
  ]) {
    await toSlots(page, knock.url, email);
    await heading(page, title).waitFor();
    assert.equal(await page.getByRole("button", { name: "Open the chat" }).count(), chat, email);
    await looksAccessible(page, title);
  }
  await page.getByRole("button", { name: "Open the chat" }).click();
  await page.getByRole("log").getByText("AI agent").first().waitFor();
  await context.close();
});

test("questions of the link come before the times, and errors are shown at their field", async () => {
  const questions = [
    { id: "size", label: "How many are you?", kind: "number", required: true },
    { id: "plan", label: "Which plan?", kind: "choice", options: ["Small", "Large"], required: true },
    { id: "why", label: "Anything else?", kind: "text" },
  ];
  const { bookings, context, page } = await visit({ script: { started: { questions } } });
  await toSlots(page, knock.url, "grace@navy");
  const size = page.getByLabel("How many are you?");
  for (const field of [page.getByLabel("E-mail address"), size, page.getByLabel("Which plan?")]) {
    assert.equal(await field.getAttribute("aria-invalid"), "true");
    const [wrong] = (await field.getAttribute("aria-describedby")).split(" ");
    assert.notEqual(await page.locator(`[id="${wrong}"]`).innerText(), "");
  }
  await page.getByLabel("E-mail address").fill("grace@navy.example");
  await size.fill("200");
  await page.getByLabel("Which plan?").selectOption("Large");
  await looksAccessible(page, "the questions");
  await page.getByRole("button", { name: "Continue" }).click();
  await heading(page, "Choose a time").waitFor();
  assert.deepEqual(bookings.sent("/v1/meetings/email")[0].answers, { plan: "Large", size: "200" });
  await context.close();
});

test("a known address is not asked for, and the first month with a time is shown", async () => {
  const at = noon(70);
  const { bookings, context, page } = await visit({ script: { slots: [at], started: { email: "grace@navy.example", name: "Grace" } } });
  await page.goto(`${knock.url}/l/meeting`);
  await heading(page, "Choose a time").waitFor();
  await choose(page, at);
  assert.equal(await page.getByLabel("Your name").inputValue(), "Grace");
  await page.getByRole("button", { name: "Book this time" }).click();
  await heading(page, "Your meeting is booked").waitFor();
  assert.equal(bookings.meeting.at, at);
  await context.close();
});

test("a taken time is explained, with free ones", async () => {
  const { bookings, context, page } = await visit();
  await toSlots(page, knock.url);
  await heading(page, "Choose a time").waitFor();
  await choose(page, noon(2));
  await page.getByLabel("Your name").fill("Grace");
  bookings.take(noon(2));
  await page.getByRole("button", { name: "Book this time" }).click();
  await page.getByText("This time was just taken by someone else.").waitFor();
  await choose(page, noon(2) + HOUR);
  assert.equal(await page.getByLabel("Your name").inputValue(), "Grace");
  await page.getByRole("button", { name: "Book this time" }).click();
  await heading(page, "Your meeting is booked").waitFor();
  const keys = bookings.asked.filter(({ path }) => path === "/v1/meetings").map(({ key }) => key);
  assert.equal(new Set(keys).size, 2, "another time is another attempt");
  await context.close();
});

test("an outage keeps the entered texts, and retries the same attempt", async () => {
  const { bookings, context, page } = await visit();
  await toSlots(page, knock.url);
  await heading(page, "Choose a time").waitFor();
  await choose(page, noon(2));
  await page.getByLabel("Your name").fill("Grace");
  bookings.isDown = true;
  await page.getByRole("button", { name: "Book this time" }).click();
  await page.getByRole("alert").getByText("What you entered is still here").waitFor();
  assert.equal(await page.getByLabel("Your name").inputValue(), "Grace");
  bookings.isDown = false;
  await page.getByRole("button", { name: "Try again" }).click();
  await heading(page, "Your meeting is booked").waitFor();
  const keys = bookings.asked.filter(({ path }) => path === "/v1/meetings").map(({ key }) => key);
  assert.equal(keys.length, 2);
  assert.equal(keys[0], keys[1]);
  assert.match(keys[0], /^[0-9a-f]{8}-[0-9a-f]{4}-7/);
  await context.close();
});

test("after the cutoff a meeting is read-only, and an unknown one is reported as unknown", async () => {
  const { bookings, context, page } = await visit();
  assert.equal((await page.goto(`${knock.url}/m/NOTHING`)).status(), 404);
  await page.getByRole("heading", { name: "There is no meeting at this address", level: 1 }).waitFor();
  await looksAccessible(page, "no meeting");
  bookings.meeting = { id: crypto.randomUUID(), at: noon(1), tz: "Europe/London", email: "g@navy.example", name: "Grace", state: "booked", can_change: true };
  await page.goto(`${knock.url}/m/TOKEN`);
  await page.getByRole("button", { name: "Cancel the meeting" }).click();
  bookings.meeting.can_change = false;
  await page.getByRole("button", { name: "Yes, cancel the meeting" }).click();
  await page.getByText("It can no longer be changed here.").waitFor();
  assert.equal(await page.getByRole("button").count(), 0);
  await context.close();
});

test("another zone shows the same instants in its local time", async () => {
  const { bookings, context, page } = await visit({ timezoneId: "Europe/London", script: { slots: [noon(2)] } });
  await toSlots(page, knock.url);
  const zone = page.getByLabel(/^Time zone/);
  assert.equal(await zone.inputValue(), "Europe/London");
  await zone.fill("nowhere/at all");
  await zone.press("Tab");
  await page.getByText("There is no time zone or city of this name. The times are still those of Europe/London.").waitFor();
  await zone.fill("asia/kolkata");
  await zone.press("Tab");
  await page.getByText("UTC+05:30").waitFor();
  assert.equal(await zone.inputValue(), "Asia/Kolkata");
  await page.getByRole("listitem").getByRole("button", { name: "17:30" }).click();
  await page.getByLabel("Your name").fill("Grace");
  await page.getByRole("button", { name: "Book this time" }).click();
  await heading(page, "Your meeting is booked").waitFor();
  assert.deepEqual([bookings.meeting.at, bookings.meeting.tz], [noon(2), "Asia/Kolkata"]);
  await context.close();
});

test("the keyboard alone books a meeting", async () => {
  const { bookings, context, page } = await visit();
  await page.goto(`${knock.url}/l/meeting`);
  await heading(page, "Your e-mail address").waitFor();
  const focus = () => page.evaluate(() => document.activeElement.className || document.activeElement.id);
  await until(focus, (name) => name === "booking-title", "the focus at the title");
  await page.keyboard.press("Tab");
  await page.keyboard.type("grace@navy.example");
  await page.keyboard.press("Enter");
  await heading(page, "Choose a time").waitFor();
  await until(focus, (name) => name === "booking-title", "the focus at the title");
  const day = () => page.locator(".cal-day[tabindex='0']");
  await until(() => day().count(), (count) => count === 1, "one day in the order of Tab");
  await day().focus();
  const label = () => page.evaluate(() => document.activeElement.getAttribute("aria-label"));
  const named = (at) => new Intl.DateTimeFormat("en-GB", { weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: "UTC" }).format(at);
  for (const [key, at] of [["ArrowRight", noon(3)], ["ArrowDown", noon(10)], ["ArrowUp", noon(3)], ["ArrowLeft", noon(2)]]) {
    await page.keyboard.press(key);
    await until(label, (text) => text?.startsWith(named(at)), `${key} to ${named(at)}`);
  }
  // Its times may have to come first, where the days before are of another month.
  await until(label, (text) => text === named(noon(2)), "the times of the day");
  await page.keyboard.press("Enter");
  await until(focus, (name) => name === "times-title", "the focus at the times");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await heading(page, "Confirm the meeting").waitFor();
  await until(focus, (name) => name === "booking-title", "the focus at the title");
  for (let tabs = 0; (await focus()) !== "field-input" && tabs < 5; tabs++) await page.keyboard.press("Tab");
  await page.keyboard.type("Grace");
  await page.keyboard.press("Enter");
  await heading(page, "Your meeting is booked").waitFor();
  assert.equal(bookings.meeting.at, noon(2));
  await context.close();
});

test("the browser's back button returns to the previous step", async () => {
  const { context, page } = await visit();
  await toSlots(page, knock.url);
  await heading(page, "Choose a time").waitFor();
  await choose(page, noon(2));
  await heading(page, "Confirm the meeting").waitFor();
  await page.goBack();
  await heading(page, "Choose a time").waitFor();
  await page.goBack();
  await heading(page, "Your e-mail address").waitFor();
  assert.equal(await page.getByLabel("E-mail address").inputValue(), "grace@navy.example");
  await context.close();
});

test("the launcher books in its panel, and Escape returns to the chat", async () => {
  const { bookings, context, page } = await visit({ viewport: SIZES.phone });
  const found = complaints(page);
  await page.goto(site.url);
  await page.evaluate(() => window.knock("open", "meeting"));
  await heading(page, "Your e-mail address").waitFor();
  assert.equal(bookings.sent("/v1/meetings/open")[0].site, await knock.siteKey());
  await page.keyboard.press("Escape");
  await page.getByRole("log").getByText("AI agent").first().waitFor();
  await page.getByRole("button", { name: "Book a meeting" }).click();
  await heading(page, "Your e-mail address").waitFor();
  await until(() => bookings.sent("/v1/meetings/open"), (sent) => sent.length === 2, "another opening");
  const [, second] = bookings.asked.filter(({ path }) => path === "/v1/meetings/open");
  assert.ok(second.body.conversation && second.token?.startsWith("Bearer "), "it is opened in the chat");
  await page.getByRole("button", { name: "Back to the chat" }).click();
  await page.getByLabel("Message", { exact: true }).waitFor();
  assert.deepEqual(found, []);
  await context.close();
});

test("leaving after an accepted address is reported once, and hiding the page is not leaving", async () => {
  const { context, page } = await visit();
  // Playwright does not see beacons of a page that ends: these are stored for the next page.
  await context.addInitScript(() => {
    navigator.sendBeacon = (url, text) => (localStorage.beacons = (localStorage.beacons ?? "") + url + text);
  });
  await toSlots(page, knock.url);
  await heading(page, "Choose a time").waitFor();
  await page.evaluate(() => {
    Object.defineProperty(document, "visibilityState", { value: "hidden", configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  });
  const reports = () => page.evaluate(() => (localStorage.beacons ?? "").match(/"what":"\w+"/g));
  assert.equal(await reports(), null);
  await page.goto(`${knock.url}/l/meeting`);
  await heading(page, "Your e-mail address").waitFor();
  assert.deepEqual(await reports(), ['"what":"abandoned"']);
  // Before an address is sent there is nothing to abandon.
  await page.reload();
  assert.deepEqual(await reports(), ['"what":"abandoned"']);
  await context.close();
});

for (const [locale, title, first] of [["de-DE", "Wählen Sie einen Termin", "Mo"], ["fr-FR", "Choisissez un horaire", "lun."], ["es-ES", "Elija una hora", "lun"], ["en-US", "Choose a time", "Sun"]]) {
  test(`the booking speaks ${locale} and starts its weeks as usual there`, async () => {
    const { context, page } = await visit({ locale, script: { started: { email: "grace@navy.example" } } });
    await page.goto(`${knock.url}/l/meeting`);
    await heading(page, title).waitFor();
    assert.equal(await page.locator(".cal th").first().innerText(), first);
    await context.close();
  });
}
