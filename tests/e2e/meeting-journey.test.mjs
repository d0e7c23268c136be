// A meeting from its link to its cancellation, by visitor and by member, with nothing scripted: a real CalDAV server, a
// real SMTP server, invitations and events read by vobject.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { heading, toSlots } from "./support/booking.mjs";
import { complaints, launch } from "./support/browser.mjs";
import { CalendarServer } from "./support/calendar.mjs";
import { Knock, until } from "./support/knock.mjs";
import { MailServer } from "./support/mail.mjs";
import { faultsOf } from "./support/screens.mjs";
import { signIn } from "./support/visitor.mjs";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** A Monday before working hours, for the server and for every browser. */
const NOW = "2026-12-07T05:00:00Z";
const SIZES = { desktop: { width: 1280, height: 800 }, phone: { width: 360, height: 740 } };
let browser, knock, mail, calendars, admin;

before(async () => {
  browser = await launch();
  [mail, calendars] = await Promise.all([MailServer.start(), CalendarServer.start()]);
  const env = { KNOCK_SMTP_URL: mail.url, KNOCK_SMTP_FROM: "Acme <hello@acme.example>", KNOCK_OUTBOUND_PRIVATE_NETWORKS: "127.0.0.0/8" };
  knock = await Knock.start({ env });
  await knock.setClock({ now: NOW });
  admin = await signIn(await context({ viewport: { width: 1280, height: 900 }, timezoneId: "Europe/Berlin" }), knock);
  const day = [["09:00", "17:00"]];
  const hours = { zone: "Europe/Berlin", mon: day, tue: day, wed: day, thu: day, fri: day, sat: day, sun: day };
  await put("/api/v1/availability", { hours });
  const account = { provider: "caldav", url: calendars.url, user: CalendarServer.USER, password: CalendarServer.PASSWORD };
  await send("POST", "/api/v1/calendars", account);
  const { rules } = await knock.get("/api/v1/rules");
  const { id, ...rule } = rules.find(({ funnel }) => funnel === "meeting");
  const rivals = { id: "rivals", name: "Competitors", when: { field: "company.domain", op: "eq", value: "rival.example" }, disqualify: true };
  await put(`/api/v1/rules/${id}`, { ...rule, reject_private_email: true, segments: [rivals] });
});

after(async () => {
  await browser?.close();
  await knock?.stop();
  calendars?.stop();
  mail?.stop();
});

/** A browser whose clock runs from the same instant. */
async function context(options) {
  const context = await browser.newContext(options);
  await context.clock.install({ time: NOW });
  return context;
}

/** A change by the admin. */
function put(path, body) {
  return send("PUT", path, body);
}

async function send(method, path, body) {
  const said = await admin.evaluate(async ([method, path, body]) => {
    const reply = await fetch(path, { method, headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
    return { code: reply.status, text: await reply.text() };
  }, [method, path, body]);
  assert.ok(said.code < 300, `${path}: ${said.code} ${said.text}`);
}

async function visit(options = {}) {
  const own = await context({ locale: "en-GB", timezoneId: "Asia/Kolkata", viewport: SIZES.desktop, ...options });
  return { context: own, page: await own.newPage() };
}

const meeting = async (email) => (await knock.get("/api/v1/meetings?limit=200")).meetings.find((row) => row.email === email);
const contact = async (email) => {
  const { contacts } = await knock.get("/api/v1/contacts?limit=100");
  const found = contacts.find((contact) => contact.email === email);
  return found && knock.get(`/api/v1/contacts/${found.id}`);
};
const statusOf = async (email) => (await contact(email))?.meetings?.status;
/** The file of the newest mail to an address with this word in its subject. */
async function invitation(email, subject) {
  await mail.to(email, subject);
  const is = ({ rcpt, headers }) => rcpt.includes(email) && headers.some(([name, value]) => name === "Subject" && subject.test(value));
  return mail.taken.findLast(is).calendars[0];
}
/** The only event in the member's calendar with a UID, once it has this start. */
const eventAt = (uid, start) =>
  until(() => calendars.events(), (events) => events.some((event) => event.uid === uid && Date.parse(event.start) === start), "the event in the calendar")
    .then((events) => assert.equal(events.filter((event) => event.uid === uid).length, 1, "one event"));

/** Moves the focus to a control with the tab key alone. */
async function tabTo(page, control) {
  await control.waitFor();
  for (let steps = 0; steps < 80; steps++) {
    if (await control.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error("the keyboard does not lead there");
}

const press = async (page, name) => {
  await tabTo(page, page.getByRole("button", { name, exact: true }));
  await page.keyboard.press("Enter");
};

for (const [size, viewport] of Object.entries(SIZES)) {
  test(`by the keyboard from the link to the cancellation: ${size}`, async () => {
    const email = `grace@${size}.example`;
    const { context, page } = await visit({ viewport });
    const wrong = complaints(page);
    for (const [refused, title] of [
      ["test@test.com", "This address cannot be used"],
      ["grace@gmail.com", "Please use your work e-mail"],
      ["grace@rival.example", "No meeting can be booked for this request"],
    ]) {
      await toSlots(page, knock.url, refused);
      await heading(page, title).waitFor();
    }
    await page.goto(`${knock.url}/l/meeting`);
    await tabTo(page, page.getByLabel("E-mail address"));
    await page.keyboard.type(email);
    await page.keyboard.press("Enter");
    await heading(page, "Choose a time").waitFor();
    const slot = page.getByRole("listitem").getByRole("button").nth(1);
    await tabTo(page, slot);
    await page.keyboard.press("Enter");
    await heading(page, "Confirm the meeting").waitFor();
    const when = await page.locator(".booking-when").innerText();
    await tabTo(page, page.getByLabel("Your name"));
    await page.keyboard.type("Grace Hopper");
    await page.keyboard.press("Enter");
    await heading(page, "Your meeting is booked").waitFor();
    await page.getByText(`The invitation goes to ${email}.`).waitFor();
    assert.equal(await page.getByRole("heading", { level: 1 }).count(), 1, "the name of the page");
    assert.deepEqual(await faultsOf(page, `booked ${size}`), []);
    await page.setViewportSize(viewport);

    const booked = await meeting(email);
    const local = new Intl.DateTimeFormat("en-GB", { timeZone: "Asia/Kolkata", hour: "numeric", minute: "2-digit" }).format(booked.start_at);
    assert.ok(when.includes(local), `${when}: ${local}`);
    const first = await invitation(email, /^Booked/);
    assert.deepEqual([first.method, first.sequence, Date.parse(first.start)], ["REQUEST", 0, booked.start_at]);
    await eventAt(first.uid, booked.start_at);
    assert.equal(await statusOf(email), "Meeting Booked");

    const text = await mail.to(email, /^Booked/);
    const [address] = text.match(/http\S+\/m\/\S+/);
    await page.goto(address);
    await heading(page, "Your meeting").waitFor();
    await press(page, "Reschedule");
    await heading(page, "Choose a new time").waitFor();
    await tabTo(page, page.getByRole("listitem").getByRole("button").nth(3));
    await page.keyboard.press("Enter");
    await heading(page, "Reschedule to this time?").waitFor();
    await press(page, "Reschedule");
    await heading(page, "Your meeting was rescheduled").waitFor();
    const moved = await meeting(email);
    assert.notEqual(moved.start_at, booked.start_at);
    const second = await invitation(email, /^Changed/);
    assert.deepEqual([second.method, second.uid, second.sequence, Date.parse(second.start)], ["REQUEST", first.uid, 1, moved.start_at]);
    await eventAt(first.uid, moved.start_at);

    await press(page, "Cancel the meeting");
    await tabTo(page, page.getByLabel("Why? (optional)"));
    await page.keyboard.type("Ill");
    await press(page, "Yes, cancel the meeting");
    await heading(page, "This meeting was cancelled").waitFor();
    const last = await invitation(email, /^Cancelled/);
    assert.deepEqual([last.method, last.uid, last.sequence, last.status], ["CANCEL", first.uid, 2, "CANCELLED"]);
    await until(() => calendars.events(), (events) => events.every((event) => event.uid !== first.uid), "no event in the calendar");
    assert.equal(await statusOf(email), "Meeting Cancelled");
    assert.deepEqual(wrong, []);
    await context.close();
  });
}

test("a member reschedules and cancels, and mail and calendar follow", async () => {
  const email = "mary@acme-buyer.example";
  const { context, page } = await visit();
  await toSlots(page, knock.url, email);
  await page.getByRole("listitem").getByRole("button").first().click();
  await page.getByLabel("Your name").fill("Mary");
  await page.getByRole("button", { name: "Book this time" }).click();
  await heading(page, "Your meeting is booked").waitFor();
  await context.close();
  const booked = await meeting(email);
  const { uid } = await invitation(email, /^Booked/);

  await admin.goto(`${knock.url}/app/meetings/${booked.id}`);
  const dialog = admin.getByRole("dialog");
  await admin.getByRole("button", { name: "Reschedule" }).click();
  await dialog.getByRole("radio").nth(5).click();
  await dialog.getByRole("button", { name: "Reschedule" }).click();
  await admin.getByText("The meeting was rescheduled.").waitFor();
  const moved = await meeting(email);
  assert.equal(Date.parse((await invitation(email, /^Changed/)).start), moved.start_at);
  await eventAt(uid, moved.start_at);

  await admin.getByRole("button", { name: "Cancel the meeting" }).click();
  await dialog.getByRole("button", { name: "Cancel the meeting" }).click();
  await admin.getByText("The meeting was cancelled.").waitFor();
  assert.equal((await invitation(email, /^Cancelled/)).method, "CANCEL");
  await until(() => calendars.events(), (events) => events.every((event) => event.uid !== uid), "no event in the calendar");
});

test("a first booking is confirmed by the link in its mail, where the settings say so", async () => {
  const email = "lin@first.example";
  const confirmsFirst = async (is) => {
    await admin.goto(`${knock.url}/app/settings/meetings`);
    await admin.getByLabel("Confirm first bookings by mail").setChecked(is);
    await admin.getByRole("button", { name: "Save" }).click();
    await admin.getByText("Saved.", { exact: true }).waitFor();
  };
  await confirmsFirst(true);
  const { context, page } = await visit();
  const wrong = complaints(page);
  await toSlots(page, knock.url, email);
  await page.getByRole("listitem").getByRole("button").nth(2).click();
  await page.getByLabel("Your name").fill("Lin");
  await page.getByRole("button", { name: "Book this time" }).click();
  await heading(page, "Check your mail").waitFor();
  const [address] = (await mail.to(email, /^Please confirm/)).match(/http\S+\/m\/confirm\/\S+/);
  assert.equal(await meeting(email), undefined, "nothing is booked");
  assert.equal((await contact(email)).trust, "claimed");

  await page.goto(address);
  await heading(page, "Confirm your meeting").waitFor();
  assert.deepEqual(await faultsOf(page, "the question"), []);
  await page.getByRole("button", { name: "Confirm the meeting" }).click();
  await heading(page, "Your meeting").waitFor();
  assert.equal((await meeting(email)).state, "booked");
  assert.equal((await contact(email)).trust, "verified");
  assert.equal((await invitation(email, /^Booked/)).method, "REQUEST");
  assert.deepEqual(wrong, []);
  await page.goto(address.replace(/confirm\/[^?]+/, "confirm/cut"));
  await heading(page, "The meeting is not booked").waitFor();
  await page.getByRole("link", { name: "Choose another time" }).click();
  await page.getByLabel("E-mail address").waitFor();
  await context.close();
  await confirmsFirst(false);
});

test("a booking that is left, or times out, is Qualified but Not Booked", async () => {
  const left = await visit();
  await toSlots(left.page, knock.url, "ida@left.example");
  await heading(left.page, "Choose a time").waitFor();
  assert.equal(await statusOf("ida@left.example"), "New");
  await left.page.goto("about:blank");
  await until(() => statusOf("ida@left.example"), (status) => status === "Qualified but Not Booked", "the beacon");

  const silent = await visit();
  await toSlots(silent.page, knock.url, "joan@silent.example");
  await heading(silent.page, "Choose a time").waitFor();
  await knock.setClock({ advance_ms: 29 * MINUTE });
  assert.equal(await statusOf("joan@silent.example"), "New");
  await knock.setClock({ advance_ms: 2 * MINUTE });
  assert.equal(await statusOf("joan@silent.example"), "Qualified but Not Booked");
  await silent.page.getByRole("listitem").getByRole("button").last().click();
  await silent.page.getByLabel("Your name").fill("Joan");
  await silent.page.getByRole("button", { name: "Book this time" }).click();
  await heading(silent.page, "Your meeting is booked").waitFor();
  assert.equal(await statusOf("joan@silent.example"), "Meeting Booked");
  await left.context.close();
  await silent.context.close();
});

test("a workflow mails who did not book after a day, until one click ends that, and not who booked", async () => {
  const [kay, lou] = ["kay@kept.example", "lou@late.example"];
  const { templates } = await knock.get("/api/v1/workflows/templates");
  const { draft } = templates.find(({ key }) => key === "qualified-not-booked");
  draft.definition.steps.push({ id: "again", do: "mail" });
  draft.contents.again = draft.contents.s2;
  await send("POST", "/api/v1/workflows", draft);
  const [{ id }] = (await knock.get("/api/v1/workflows")).workflows;
  await put(`/api/v1/workflows/${id}/state`, { enabled: true });
  const runOf = async (email) => {
    const { contact: { id: lead } } = await contact(email);
    return (await knock.get(`/api/v1/contacts/${lead}/workflows`)).workflows[0].runs[0];
  };
  const isMailOf = (email) => ({ rcpt, headers }) =>
    rcpt.includes(email) && headers.some(([name, value]) => name === "Subject" && value === "Your meeting with us");

  const left = await visit();
  const wrong = complaints(left.page);
  const booked = await visit();
  for (const [{ page }, email] of [[left, kay], [booked, lou]]) {
    await toSlots(page, knock.url, email);
    await heading(page, "Choose a time").waitFor();
  }
  await knock.setClock({ advance_ms: 31 * MINUTE });
  for (const email of [kay, lou]) assert.equal((await runOf(email)).state, "active");
  await booked.page.getByRole("listitem").getByRole("button").last().click();
  await booked.page.getByLabel("Your name").fill("Lou");
  await booked.page.getByRole("button", { name: "Book this time" }).click();
  await heading(booked.page, "Your meeting is booked").waitFor();
  assert.equal((await runOf(lou)).state, "stopped");

  await knock.setClock({ advance_ms: DAY });
  const text = await mail.to(kay, /^Your meeting with us$/);
  const [stop] = text.match(/http\S+\/mail\/workflows\?\S+/);
  await left.page.goto(stop);
  await heading(left.page, "E-mails from us").waitFor();
  assert.deepEqual(await faultsOf(left.page, "mails of workflows"), []);
  await left.page.getByRole("button", { name: "No more e-mails" }).click();
  await left.page.getByText("Done: you will get no more e-mails like the last one.").waitFor();
  await knock.setClock({ advance_ms: 7 * DAY });
  const { state, log } = await runOf(kay);
  const { step, outcome, reason } = log.at(-1);
  assert.deepEqual([state, step, outcome, reason], ["finished", "again", "skipped", "unsubscribed"]);
  assert.deepEqual([kay, lou].map((email) => mail.taken.filter(isMailOf(email)).length), [1, 0]);
  assert.deepEqual(wrong, []);
  await left.context.close();
  await booked.context.close();
});
