// Without a mail server: the browser of a visitor keeps the link to their meeting, and the rep gets a notice of each change.
// Then the mail server is set up in the dashboard, and the next booking is mailed.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { violationsOf } from "./support/axe.mjs";
import { heading } from "./support/booking.mjs";
import { complaints, launch } from "./support/browser.mjs";
import { Knock, until } from "./support/knock.mjs";
import { MailServer } from "./support/mail.mjs";
import { faultsOf } from "./support/screens.mjs";
import { Site, page as html, snippet } from "./support/site.mjs";
import { signIn } from "./support/visitor.mjs";

const PHONE = { width: 360, height: 740 };
const ANN = "ann@hollis-freight.com";
const DAY = 86_400_000;
let browser, knock, site, mail;

before(async () => {
  [browser, mail] = await Promise.all([launch(), MailServer.start()]);
  knock = await Knock.start({ env: { KNOCK_OUTBOUND_PRIVATE_NETWORKS: "127.0.0.0/8" } });
  const pages = { "/": html(snippet(knock, await knock.siteKey()), "<main><h1>A page</h1></main>"), "/other": html(snippet(knock, await knock.siteKey()), "<main><h1>Another</h1></main>") };
  site = await Site.serve({ pages });
  const { members } = await knock.get("/api/v1/members");
  // Three days from now, so that the first day with a time is a whole one, at any time of today.
  const day = new Date(Date.now() + 3 * DAY).toLocaleDateString("en-GB", { timeZone: "UTC", weekday: "short" }).toLowerCase();
  await send("PUT", `/api/v1/members/${members[0].id}/availability`, { hours: { zone: "UTC", [day]: [["09:00", "17:00"]] } });
});

after(async () => {
  await browser?.close();
  await site?.stop();
  await knock?.stop();
  mail?.stop();
});

async function send(method, path, body) {
  const headers = { "content-type": "application/json", authorization: `Bearer ${knock.key}` };
  const reply = await fetch(knock.url + path, { method, headers, body: JSON.stringify(body) });
  assert.ok(reply.ok, `${method} ${path}: ${reply.status} ${await reply.text()}`);
}

const meetings = async () => (await knock.get("/api/v1/meetings")).meetings;

/** Books the nth time of the shown day. */
async function books(page, nth) {
  await page.getByLabel("E-mail address").fill(ANN);
  await page.getByRole("button", { name: "Continue" }).click();
  await page.locator(".time-button").nth(nth).click();
  await page.getByLabel("Your name").fill("Ann Lee");
  await page.getByRole("button", { name: "Book this time" }).click();
  await heading(page, "Your meeting is booked").waitFor();
}

async function looksAccessible(page, what) {
  assert.deepEqual(await violationsOf(page), [], what);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(wide <= 0, `${what} is ${wide} pixels too wide`);
}

/** The note of a change in the dashboard, and the count at Meetings. */
async function noticed(rep, title) {
  const note = rep.locator(".personal-toast").filter({ hasText: title });
  await note.filter({ hasText: "Ann Lee" }).waitFor();
  await rep.getByRole("link", { name: /^Meetings\s*1 new or changed$/ }).waitFor();
}

test("a visitor comes back to a meeting that no mail was sent about, and the rep gets a notice each time", async () => {
  const rep = await signIn(await browser.newContext({ viewport: { width: 1280, height: 800 } }), knock);
  const context = await browser.newContext({ locale: "en-GB", timezoneId: "Europe/London", viewport: PHONE, permissions: ["clipboard-read", "clipboard-write"] });
  let page = await context.newPage();
  const found = complaints(page);
  await page.goto(`${knock.url}/l/meeting`);
  await page.getByText("The team can reach you at this address.").waitFor();
  await books(page, 2);
  await page.getByText("No mail is sent. Keep this link").waitFor();
  await looksAccessible(page, "the booked meeting");
  await noticed(rep, "Meeting booked");
  assert.equal(await page.getByText("invitation").count(), 0, "nothing is promised");

  const manage = await page.getByRole("link", { name: "Link to your meeting" }).getAttribute("href");
  await page.getByRole("button", { name: "Copy the link" }).click();
  await page.getByText("Copied", { exact: true }).waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), manage);
  const google = new URL(await page.getByRole("link", { name: "Google Calendar" }).getAttribute("href"));
  assert.equal(google.searchParams.get("details"), `Reschedule or cancel: ${manage}`);
  const outlook = new URL(await page.getByRole("link", { name: "Outlook" }).getAttribute("href"));
  assert.equal(outlook.searchParams.get("body"), `Reschedule or cancel: ${manage}`);
  const file = await (await fetch(await page.getByRole("link", { name: "Calendar file (.ics)" }).getAttribute("href"))).text();
  assert.ok(file.replaceAll("\r\n ", "").includes(`URL:${manage}`) && !file.includes("ORGANIZER"), file);

  await rep.locator(".personal-toast").getByRole("link", { name: "Open the meeting" }).click();
  await heading(rep, "Ann Lee and Admin").waitFor();
  await rep.locator(".nav-news").waitFor({ state: "hidden" });
  await rep.getByRole("link", { name: /^Inbox/ }).click();

  // The tab is closed; the next one shows the meeting in place of another booking.
  await page.close();
  page = await context.newPage();
  await page.goto(`${knock.url}/l/meeting`);
  await heading(page, "Your meeting").waitFor();
  await page.getByRole("button", { name: "Book another meeting" }).waitFor();
  await looksAccessible(page, "the meeting that is kept");
  await page.getByRole("button", { name: "Reschedule" }).click();
  await page.locator(".time-button").nth(6).click();
  await page.getByRole("button", { name: "Reschedule" }).click();
  await heading(page, "Your meeting was rescheduled").waitFor();
  await noticed(rep, "Meeting moved");
  await rep.getByRole("link", { name: /^Meetings/ }).click();
  await rep.locator(".badge", { hasText: /^New$/ }).waitFor();
  await rep.locator(".nav-news").waitFor({ state: "hidden" });
  await rep.getByRole("link", { name: /^Inbox/ }).click();

  await page.reload();
  await heading(page, "Your meeting").waitFor();
  await page.getByRole("button", { name: "Cancel the meeting" }).click();
  await page.getByRole("button", { name: "Yes, cancel the meeting" }).click();
  await heading(page, "This meeting was cancelled").waitFor();
  await page.getByRole("button", { name: "Book another meeting" }).waitFor();
  await noticed(rep, "Meeting cancelled");
  assert.deepEqual((await meetings()).map(({ state }) => state), ["cancelled"]);
  await page.reload();
  await page.getByLabel("E-mail address").waitFor();
  assert.deepEqual(found, []);
  await Promise.all([context.close(), rep.context().close()]);
});

test("the chat on another page of the site leads to the meeting, until the team cancels it", async () => {
  const context = await browser.newContext({ locale: "en-GB", timezoneId: "Europe/London" });
  const page = await context.newPage();
  const open = () => page.getByRole("button", { name: /^Open chat/ }).click();
  await page.goto(site.url);
  await open();
  await page.getByRole("button", { name: "Book a meeting" }).click();
  await books(page, 4);
  // The panel is open there, too: with the chat.
  await page.goto(`${site.url}/other`);
  const bar = page.locator(".meeting-bar");
  await bar.waitFor();
  await looksAccessible(page, "the way to the meeting");
  await bar.click();
  await heading(page, "Your meeting").waitFor();
  const [{ id }] = (await meetings()).filter(({ state }) => state === "booked");
  await send("PATCH", `/api/v1/meetings/${id}`, { cancel: "Ill" });
  await page.getByRole("button", { name: "Back to the chat" }).click();
  await bar.click();
  await heading(page, "This meeting was cancelled").waitFor();
  await page.getByRole("button", { name: "Back to the chat" }).click();
  await bar.waitFor({ state: "hidden" });
  await page.getByRole("button", { name: "Book a meeting" }).waitFor();
  await context.close();
});

test("times are right in a browser with an unusual zone, and cities and abbreviations are found", async () => {
  for (const [named, zone, offset] of [["", "UTC", "UTC+00:00"], ["GMT+0300", "Etc/GMT-3", "UTC+03:00"], ["+03:00", "Etc/GMT-3", "UTC+03:00"]]) {
    const context = await browser.newContext({ locale: "en-GB" });
    await context.addInitScript((timeZone) => {
      const own = Intl.DateTimeFormat.prototype.resolvedOptions;
      Intl.DateTimeFormat.prototype.resolvedOptions = function () {
        return { ...own.call(this), timeZone };
      };
    }, named);
    const page = await context.newPage();
    await page.goto(`${knock.url}/l/meeting`);
    await page.getByLabel("E-mail address").fill("bo@hollis-freight.com");
    await page.getByRole("button", { name: "Continue" }).click();
    await page.locator(".time-button").first().waitFor();
    const field = page.getByLabel(/^Time zone/);
    assert.deepEqual([await field.inputValue(), await page.locator(".zone-offset").innerText()], [zone, offset], named);
    await page.getByText("This browser does not say in which time zone you are.").waitFor();
    for (const [typed, expected] of [["Munich", "Europe/Berlin"], ["EST", "America/New_York"], ["new york", "America/New_York"]]) {
      await field.fill(typed);
      await field.press("Tab");
      await until(() => field.inputValue(), (value) => value === expected, expected);
    }
    // The times come after the error: it stays in view.
    let answer;
    const answered = new Promise((resolve) => (answer = resolve));
    await page.route("**/v1/meetings/slots?*", async (route) => {
      await answered;
      await route.continue();
    });
    await field.fill("Berlin");
    await field.press("Tab");
    await field.fill("Atlantis");
    await field.press("Tab");
    const wrong = page.getByText("There is no time zone or city of this name. The times are still those of Europe/Berlin.");
    await wrong.waitFor();
    answer();
    await page.locator(".time-button").first().waitFor();
    await until(() => wrong.evaluate((line) => line.getBoundingClientRect().bottom <= innerHeight), Boolean, "the error in view");
    await context.close();
  }
});

test("once the mail server is set up and tested in the dashboard, the next booking is mailed, without a restart and after one", async () => {
  const rep = await signIn(await browser.newContext({ viewport: { width: 1280, height: 800 } }), knock);
  await rep.goto(`${knock.url}/app/settings/mail`);
  await rep.getByText("Mail is not set up: nothing is sent.").waitFor();
  const form = rep.getByRole("form", { name: "Mail server" });
  await form.getByLabel("Sender", { exact: true }).fill("ann@gmail.com");
  await form.getByRole("button", { name: "Fill it in" }).click();
  assert.equal(await form.getByLabel("Server", { exact: true }).inputValue(), "smtp.gmail.com");
  await form.getByText("app password", { exact: false }).first().waitFor();
  await form.getByLabel("Sender", { exact: true }).fill("hello@acme.example");
  await form.getByLabel("Server", { exact: true }).fill("127.0.0.1");
  await form.getByLabel("Port", { exact: true }).fill(new URL(mail.url).port);
  await form.getByLabel("User", { exact: true }).fill("");
  await form.getByLabel("Send a test to").fill("ann@us.example");
  await form.getByRole("button", { name: "Send a test" }).click();
  await form.getByText("The server does not speak TLS on port").waitFor();
  assert.deepEqual(await faultsOf(rep, "mail-server"), []);
  await rep.setViewportSize({ width: 1280, height: 800 });
  await form.getByLabel("Encryption").selectOption("none");
  await form.getByRole("button", { name: "Send a test" }).click();
  await form.getByText("accepted the test mail for ann@us.example").waitFor();
  await mail.to("ann@us.example", /Test mail/);
  await form.getByRole("button", { name: "Save" }).click();
  await form.getByText("Saved. Mail is sent by this server from now on.").waitFor();
  await rep.getByText("Mail is not set up: nothing is sent.").waitFor({ state: "hidden" });

  const booked = async (address, nth) => {
    const context = await browser.newContext({ locale: "en-GB", timezoneId: "Europe/London" });
    const page = await context.newPage();
    await page.goto(`${knock.url}/l/meeting`);
    await page.getByLabel("E-mail address").fill(address);
    await page.getByRole("button", { name: "Continue" }).click();
    await page.locator(".time-button").nth(nth).click();
    await page.getByLabel("Your name").fill("Cy Hill");
    await page.getByRole("button", { name: "Book this time" }).click();
    await heading(page, "Your meeting is booked").waitFor();
    assert.equal(await page.getByText("No mail is sent.").count(), 0);
    await context.close();
    await mail.to(address);
  };
  await booked("cy@hollis-freight.com", 8);
  const isDelivered = ({ state }) => state === "delivered";
  await until(async () => (await knock.get("/api/v1/mail")).mails, (mails) => mails.every(isDelivered), "all mails delivered");
  await knock.kill();
  await knock.restart();
  await booked("dee@hollis-freight.com", 10);
  await rep.reload();
  await until(() => form.getByLabel("Server", { exact: true }).inputValue(), (host) => host === "127.0.0.1", "the saved server");
  await form.getByRole("button", { name: "Remove" }).click();
  await rep.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
  await rep.getByText("Mail is not set up: nothing is sent.").waitFor();
  await rep.context().close();
});
