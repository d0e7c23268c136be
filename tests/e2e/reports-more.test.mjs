// Reports of what was done about leads: routing by day and hour, forms, workflows and CRM Sync of a lived Monday; goals, the
// mail of Mondays, and pictures of charts.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { violationsOf } from "./support/axe.mjs";
import { complaints, launch } from "./support/browser.mjs";
import { hasFocus } from "./support/focus.mjs";
import { HubSpot } from "./support/hubspot.mjs";
import { Knock, until } from "./support/knock.mjs";
import { MailServer } from "./support/mail.mjs";
import { DAYS, FORMS, Monday, NOBODY, REFUSED, RUNS, WORKFLOW } from "./support/monday.mjs";
import { reportOf, valueOf } from "./support/reports.mjs";
import { faultsOf } from "./support/screens.mjs";
import { signIn } from "./support/visitor.mjs";

const DESK = { width: 1440, height: 900 };
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** The subject of the mail of Mondays. */
const MAIL = /^Your week on Knock: 2030-01-07 to 2030-01-13$/;
let browser, hubspot, mail, knock, page, wrong, list;

before(async () => {
  [browser, hubspot, mail] = await Promise.all([launch(), HubSpot.start(), MailServer.start()]);
  const env = {
    KNOCK_HUBSPOT_API_URL: hubspot.url,
    KNOCK_SMTP_URL: mail.url,
    KNOCK_SMTP_FROM: "Acme <hello@acme.example>",
    KNOCK_OUTBOUND_PRIVATE_NETWORKS: "127.0.0.0/8",
    KNOCK_CHAT_OPENS_PER_IP: "0",
    KNOCK_INGEST_BYTES_PER_IP: "0",
    KNOCK_MEETINGS_BOOKINGS_PER_IP: "0",
  };
  knock = await Knock.start({ env });
  await Monday.live(browser, knock, hubspot);
  list = (await knock.get("/api/v1/reports")).reports;
  page = await reader(knock);
  wrong = complaints(page);
});

after(async () => {
  await browser?.close();
  await knock?.stop();
  hubspot?.stop();
  mail?.stop();
});

async function reader(of) {
  const context = await browser.newContext({ viewport: DESK, timezoneId: DAYS.tz, acceptDownloads: true });
  return signIn(context, of);
}

const info = (name) => list.find((report) => report.name === name);
const label = (report, metric) => info(report).columns.find(({ name }) => name === metric).label;
const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
const asked = (more = {}) => new URLSearchParams({ ...DAYS, ...more });

/** Opens a report of both days: what the API says of the same. */
async function open(name, more = {}) {
  await page.setViewportSize(DESK);
  await page.goto(`${knock.url}/app/reports/${name}?${asked(more)}`);
  await page.getByRole("heading", { level: 1, name: info(name).label, exact: true }).waitFor();
  await page.getByRole("list", { name: "Figures" }).getByRole("listitem").first().waitFor();
  const { metric, ...query } = more;
  return reportOf(knock, name, { ...DAYS, ...query });
}

const cells = (row) => row.getByRole("cell").evaluateAll((all) => all.map((cell) => cell.querySelector("data")?.value ?? ""));
const line = (name) => page.getByRole("row").filter({ has: page.getByRole("rowheader", { name }) });
const number = (metric, row) => page.getByRole("button", { name: new RegExp(`^${escaped(metric)}, ${escaped(row)}: `) });
const card = (report, metric) => page.getByRole("list", { name: "Figures" }).getByRole("listitem").filter({ hasText: label(report, metric) });
const rowOf = (report, key) => report.rows.find((row) => row.key === key);
/** Values of some metrics, by their names. */
const named = (report, values, names) => Object.fromEntries(names.map((name) => [name, valueOf(report, values, name)]));

/** A number opens as many leads as it counts; the list is closed again. */
async function lists(metric, row, emails) {
  await number(metric, row).press("Enter");
  const dialog = page.getByRole("dialog", { name: `${metric}, ${row}` });
  const items = dialog.getByRole("list", { name: "Leads" }).getByRole("listitem");
  await until(() => items.count(), (count) => count === emails.length, `${metric}, ${row}: ${emails}`);
  for (const email of emails) await items.filter({ hasText: email }).first().waitFor();
  assert.deepEqual(await violationsOf(page), []);
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  await hasFocus(number(metric, row));
}

/** The page has the total of the API, and figures of it are these. */
async function shows(name, report, expected) {
  assert.deepEqual(named(report, report.total, Object.keys(expected)), expected, name);
  const values = report.total.map((value) => (value === null ? "" : String(value)));
  assert.deepEqual(await cells(line("Total")), values, name);
}

test("routing counts every decision of the two days, with those for whom nobody was there", async () => {
  const { decisions } = await knock.get("/api/v1/decisions?limit=200");
  const all = decisions.map(({ decision }) => decision).filter(({ outcome }) => outcome !== "pending");
  const of = (is) => all.filter(is).length;
  const report = await open("routing", { group: "rep" });
  const expected = {
    decisions: all.length,
    assigned_by_turn: of(({ reason }) => reason === "segment_round_robin" || reason === "fallback_round_robin"),
    none_available: of(({ outcome }) => outcome === "waiting"),
  };
  assert.equal(expected.none_available, Object.keys(NOBODY).length);
  await shows("routing", report, expected);
  const cy = report.rows.find((row) => row.label === "Cy");
  const skips = all.flatMap(({ skipped }) => skipped ?? []).filter((skip) => skip.rep === "cy@us.example");
  assert.ok(skips.length > 0, "Cy is away on Monday");
  assert.equal(valueOf(report, cy.values, "passed_over"), skips.length);
  const bo = report.rows.find((row) => row.label === "Bo");
  const turns = ({ values }) => valueOf(report, values, "assigned_by_turn");
  assert.equal(turns(bo) + turns(cy), expected.assigned_by_turn);
  await lists(label("routing", "none_available"), "Total", Object.values(NOBODY));

  const bySegment = await open("routing", { group: "segment" });
  const segment = bySegment.rows.find((row) => row.label.includes("From G2"));
  assert.ok(segment && valueOf(bySegment, segment.values, "decisions") > 0, "the segment of g2");
  await line(segment.label).waitFor();
});

test("the heat map has a cell for each hour of the week, which opens its leads by keyboard", async () => {
  const metric = label("routing", "none_available");
  const report = await open("routing", { group: "week_hour", metric: "none_available" });
  assert.equal(report.rows.length, 7 * 24);
  for (const [hour, email] of Object.entries(NOBODY)) await lists(metric, rowOf(report, `1-${hour}`).label, [email]);
  assert.deepEqual(await faultsOf(page, "heat map"), []);
});

test("forms are counted with their answers and meetings", async () => {
  const report = await open("forms", { group: "source" });
  await shows("forms", report, FORMS);
  const median = valueOf(report, report.total, "form_answer_median");
  assert.ok(median >= 10 && median < 10.5, `ten minutes, and the time of the test: ${median}`);
  await lists(label("forms", "forms_sent"), "Total", ["Gus Adler", "hal@hal-labs.example"]);
  await lists(label("forms", "forms_answered"), "news", ["Gus Adler"]);
  assert.deepEqual(await faultsOf(page, "forms"), []);
});

test("a workflow has its runs that ended and that were stopped, and its steps", async () => {
  const report = await open("workflows", { group: "workflow" });
  await shows("workflows", report, RUNS);
  assert.deepEqual(report.rows.map((row) => row.label), [WORKFLOW]);
  await lists(label("workflows", "completed"), WORKFLOW, ["Gus Adler"]);
  await lists(label("workflows", "stopped"), WORKFLOW, ["hal@hal-labs.example"]);
  const bySteps = await open("workflows", { group: "step" });
  const done = bySteps.rows.filter(({ values }) => valueOf(bySteps, values, "steps_done") > 0);
  assert.equal(done.length, 1, "the task");
  assert.match(done[0].label, new RegExp(escaped(WORKFLOW)));
});

test("CRM Sync has what was written and what was given up", async () => {
  const report = await open("crm", { group: "crm" });
  await shows("crm", report, { crm_given_up: 1 });
  assert.ok(valueOf(report, report.total, "crm_writes") > 0, "kim is written");
  assert.deepEqual(report.rows.map((row) => row.label), ["HubSpot"]);
  await lists(label("crm", "crm_given_up"), "HubSpot", [REFUSED]);
});

test("the lead of the night is a first reply of a minute, counted when she was given to a rep", async () => {
  const report = await open("response", { group: "hour" });
  const nine = rowOf(report, "09");
  assert.deepEqual(named(report, nine.values, ["first_replies", "within_two_minutes"]), { first_replies: 1, within_two_minutes: 100 });
  await lists(label("response", "first_replies"), nine.label, [NOBODY[21]]);
});

test("a goal is set on a card, judged, drawn in the chart, and removed", async () => {
  await open("response", { metric: "first_reply_median" });
  const goals = async () => (await knock.get("/api/v1/report-goals")).goals;
  const median = card("response", "first_reply_median");
  const summary = median.getByText("Definition and goal", { exact: true });
  const field = median.getByRole("textbox", { name: "Goal" });
  const canvas = page.getByRole("region", { name: label("response", "first_reply_median") }).locator("canvas").first();
  const drawn = () => canvas.evaluate((element) => element.toDataURL());
  let last;
  const without = await until(drawn, (now) => now === last || void (last = now), "the chart is drawn");

  await summary.press("Enter");
  await field.fill("many");
  await field.press("Enter");
  await median.getByText(/This is no goal/).waitFor();
  assert.deepEqual(await violationsOf(page), [], "the form of a goal");
  await field.fill("60");
  await field.press("Enter");
  await median.getByText("Goal: 1 h \u2013 met", { exact: true }).waitFor();
  assert.deepEqual(await goals(), [{ metric: "first_reply_median", value: 60 }]);
  await hasFocus(summary);
  await until(drawn, (now) => now !== without, "the line of the goal is drawn");
  assert.deepEqual(await faultsOf(page, "a goal"), []);

  await page.setViewportSize(DESK);
  await page.reload();
  await median.getByText(/^Goal: /).waitFor();
  await summary.press("Enter");
  await field.fill("0.01");
  await field.press("Enter");
  await median.getByText(/^Goal: .* \u2013 not met$/).waitFor();
  await hasFocus(summary);
  await median.getByRole("button", { name: "Remove" }).press("Enter");
  await median.getByText(/^Goal: /).waitFor({ state: "detached" });
  assert.deepEqual(await goals(), []);
});

test("the chart that is shown is saved as a PNG of its size", async () => {
  await open("routing", { group: "day", metric: "decisions" });
  const button = page.getByRole("button", { name: "Save as picture" });
  const [file] = await Promise.all([page.waitForEvent("download"), button.press("Enter")]);
  assert.match(file.suggestedFilename(), /^routing.*\.png$/);
  const picture = await readFile(await file.path());
  assert.ok(picture.subarray(0, PNG.length).equals(PNG), "a PNG");
  const [width, height] = [picture.readUInt32BE(16), picture.readUInt32BE(20)];
  assert.ok(width >= 600 && height >= 200 && picture.length > 2_000, `${width} x ${height}, ${picture.length} bytes`);
  assert.deepEqual(wrong, []);
});

test("the mail of Mondays is switched on, and comes once, with the figures of the week before", async () => {
  await open("overview");
  const box = page.getByRole("switch", { name: "Mail me this every Monday" });
  await box.press("Space");
  const own = () => page.evaluate(async () => (await fetch("/api/v1/report-mail")).json());
  const { is_mail_set_up, next_at } = await until(own, ({ is_on }) => is_on, "it is on");
  // Eight in Berlin.
  assert.deepEqual([is_mail_set_up, next_at], [true, Date.parse("2030-01-14T07:00:00Z")]);
  await page.getByText(/The next one comes Mon 14 Jan/).waitFor();
  assert.deepEqual(await violationsOf(page), [], "the switch");
  const report = await reportOf(knock, "overview", { from: "2030-01-07", to: "2030-01-13", tz: DAYS.tz });
  await knock.setClock({ now: "2030-01-14T07:00:01Z" });
  const text = await mail.to("admin@localhost", MAIL);
  for (const metric of ["leads", "chats", "meetings_booked"]) {
    const figure = `${label("overview", metric)}: ${valueOf(report, report.total, metric)} (the week before: `;
    assert.ok(text.includes(figure), `${figure}\n${text}`);
  }
  assert.ok(text.includes(`${knock.url}/app/reports/overview?from=2030-01-07&to=2030-01-13`), text);

  await knock.setClock({ now: "2030-01-15T07:00:00Z" });
  await until(own, (answer) => answer.next_at === Date.parse("2030-01-21T07:00:00Z"), "the next one is of the week after");
  const sent = mail.taken.filter(({ headers }) => headers.some(([name, value]) => name.toLowerCase() === "subject" && MAIL.test(value)));
  assert.equal(sent.length, 1);
});

test("without a mail server the page says so, and phones have the switch too", async () => {
  const silent = await Knock.start();
  try {
    const other = await reader(silent);
    await other.goto(`${silent.url}/app/reports/overview`);
    await other.getByRole("switch", { name: "Mail me this every Monday" }).waitFor();
    await other.getByText("No mail server is set up, so no mail is sent.").waitFor();
    assert.deepEqual(await faultsOf(other, "reports without mail"), []);
    await other.context().close();
  } finally {
    await silent.stop();
  }
});
