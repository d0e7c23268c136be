// Reports: the figures of a known day, their lists, files and filters, on every screen, and for managers alone.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { violationsOf } from "./support/axe.mjs";
import { complaints, launch } from "./support/browser.mjs";
import { hasFocus } from "./support/focus.mjs";
import { Knock, until } from "./support/knock.mjs";
import { FUNNEL, linesOf, makeLeads, reportOf, valueOf } from "./support/reports.mjs";
import { faultsOf } from "./support/screens.mjs";
import { signIn } from "./support/visitor.mjs";

const DESK = { width: 1440, height: 900 };
let browser, knock, list;

before(async () => {
  browser = await launch();
  knock = await Knock.start({ env: { KNOCK_MEETINGS_BOOKINGS_PER_IP: "0", KNOCK_INGEST_BYTES_PER_IP: "0" } });
  await makeLeads(knock);
  list = (await knock.get("/api/v1/reports")).reports;
});

after(async () => {
  await browser?.close();
  await knock?.stop();
});

const info = (name) => list.find((report) => report.name === name);
const label = (report, metric) => info(report).columns.find(({ name }) => name === metric).label;
const groupLabel = (report, group) => info(report).groups.find(({ name }) => name === group).label;

async function open(path = "/app/reports", mode = {}) {
  const permissions = ["clipboard-read", "clipboard-write"];
  const context = await browser.newContext({ viewport: DESK, timezoneId: "Europe/Berlin", acceptDownloads: true, permissions, ...mode });
  const page = await signIn(context, knock);
  await page.goto(knock.url + path);
  return page;
}

const table = (page, report, group) =>
  page.getByRole("table", { name: `${info(report).label} by ${groupLabel(report, group)}`, exact: true });
const line = (page, report, group, name) =>
  table(page, report, group).getByRole("row").filter({ has: page.getByRole("rowheader", { name }) });
/** The button of a number, whatever it shows. */
const number = (page, metric, row) =>
  page.getByRole("table").getByRole("button", { name: new RegExp(`^${escaped(metric)}, ${escaped(row)}: `) });
const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
/** The figures of a line, as the API has them; none where there is no data. */
const figures = (row) => row.getByRole("cell").evaluateAll((cells) => cells.map((cell) => cell.querySelector("data")?.value ?? ""));
/** A figure as a file and the page have it. */
const written = (value) => (value === null ? "" : String(value));

test("the funnel counts each person once, and a group is in the address", async () => {
  const page = await open();
  const wrong = complaints(page);
  await page.waitForURL("**/app/reports/overview*");
  const main = page.getByRole("navigation", { name: "Main" });
  await main.getByRole("link", { name: "Reports" }).and(page.locator("[aria-current=page]")).waitFor();
  const reports = page.getByRole("navigation", { name: "Reports" });
  await reports.getByRole("link").first().waitFor();
  assert.deepEqual((await reports.getByRole("link").allInnerTexts()).map((text) => text.trim()), list.map((report) => report.label));
  await reports.getByRole("link", { name: info("funnel").label, exact: true }).press("Enter");
  await page.waitForURL("**/app/reports/funnel*");
  await page.getByRole("heading", { level: 1, name: info("funnel").label, exact: true }).waitFor();
  await until(() => page.title(), (title) => title.endsWith(`${info("funnel").label} \u00b7 Reports \u00b7 Knock`), "the title");

  const total = line(page, "funnel", "source", "Total");
  await total.waitFor();
  assert.deepEqual(await figures(total), Object.values(FUNNEL).map(String));
  await page.getByLabel("Group by", { exact: true }).selectOption("campaign");
  await page.waitForURL(/[?&]group=campaign(&|$)/);
  const spring = line(page, "funnel", "campaign", "spring");
  await spring.waitFor();
  // Cy is spam, and still a browser that came.
  assert.deepEqual(await figures(spring), ["2", "1", "1", "1", "1", "1", "1", "1"]);
  assert.deepEqual(await figures(line(page, "funnel", "campaign", "autumn")), ["3", "2", "1", "1", "0", "0", "0", "0"]);

  await page.reload();
  await spring.waitFor();
  assert.equal(await page.getByLabel("Group by", { exact: true }).inputValue(), "campaign");
  await page.getByLabel("Period", { exact: true }).selectOption("7");
  await page.waitForURL(/[?&]period=7(&|$)/);
  await until(() => figures(line(page, "funnel", "campaign", "Total")), (found) => found.join() === Object.values(FUNNEL).join(), "the same within 7 days");
  await page.getByRole("button", { name: "Copy link" }).click();
  await page.getByText("Copied").waitFor();
  const copied = new URL(await page.evaluate(() => navigator.clipboard.readText()));
  // For another reader, on another day, in another zone, too.
  const of = (name) => copied.searchParams.get(name);
  assert.deepEqual([copied.pathname, of("group"), of("tz"), of("period")], ["/app/reports/funnel", "campaign", "Europe/Berlin", null]);
  assert.match(`${of("from")} ${of("to")}`, /^\d{4}-\d\d-\d\d \d{4}-\d\d-\d\d$/);
  await page.goto(copied.href);
  await until(() => figures(spring), (found) => found.join() === "2,1,1,1,1,1,1,1", "the same report");
  assert.deepEqual(wrong, []);
  await page.context().close();
});

test("a number opens the list of exactly what it counts, by keyboard, and leads to records", async () => {
  const page = await open("/app/reports/funnel");
  const wrong = complaints(page);
  const wrote = label("funnel", "wrote");
  const button = number(page, wrote, "Total");
  await button.press("Enter");
  const dialog = page.getByRole("dialog", { name: `${wrote}, Total` });
  const leads = dialog.getByRole("list", { name: "Leads" }).getByRole("listitem");
  await until(() => leads.count(), (count) => count === FUNNEL.wrote, "two leads");
  await dialog.getByText("ann@hollis-freight.com").or(dialog.getByText("Ann Lee")).first().waitFor();
  assert.equal(await dialog.getByText("cy@spam-mail.com").count(), 0, "spam");
  assert.deepEqual(await faultsOf(page, "the list"), []);
  await page.setViewportSize(DESK);
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  await hasFocus(button);
  assert.equal(await number(page, label("funnel", "visitors"), "Total").count(), 0, "visitors have no list");

  await number(page, label("funnel", "deals"), "g2").click();
  await page.getByRole("dialog").getByRole("list", { name: "Leads" }).getByRole("link").first().click();
  await page.waitForURL(/\/app\/contacts\/[0-9a-f-]{36}$/);
  await page.getByText("ann@hollis-freight.com").first().waitFor();
  await page.goBack();
  await page.waitForURL("**/app/reports/funnel*");
  assert.deepEqual(wrong, []);
  await page.context().close();
});

test("every report shows what the API says, its file has the same, and n opens n", async () => {
  const page = await open("/app/reports/overview");
  const wrong = complaints(page);
  for (const { name, groups, columns } of list) {
    await page.goto(`${knock.url}/app/reports/${name}`);
    const total = line(page, name, groups[0].name, "Total");
    await total.waitFor();
    const link = page.getByRole("link", { name: "Export CSV" });
    const query = new URL(await link.getAttribute("href"), knock.url).searchParams;
    const report = await reportOf(knock, name, query);
    assert.deepEqual(await figures(total), report.total.map(written), name);
    const [file] = await Promise.all([page.waitForEvent("download"), link.click()]);
    assert.match(file.suggestedFilename(), new RegExp(`^${name}.*\\.csv$`));
    const [, ...lines] = linesOf(await readFile(await file.path(), "utf8"));
    const values = lines.map((cells) => cells.slice(-columns.length).map((cell) => (cell === "" ? null : Number(cell))));
    assert.deepEqual(values, [...report.rows.map((row) => row.values), report.total], name);
    for (const [index, { name: metric, label, unit, opens }] of columns.entries()) {
      const isOpen = unit === "count" && opens && report.total[index] > 0;
      if (!isOpen) continue;
      await number(page, label, "Total").click();
      const dialog = page.getByRole("dialog", { name: `${label}, Total` });
      const items = dialog.getByRole("list", { name: "Leads" }).getByRole("listitem");
      await until(() => items.count(), (count) => count === report.total[index], `${name} ${metric}: ${report.total[index]}`);
      await dialog.getByRole("button", { name: "Close" }).click();
      await dialog.waitFor({ state: "detached" });
    }
    assert.deepEqual(await violationsOf(page), [], name);
  }
  assert.deepEqual(wrong, []);
  await page.context().close();
});

test("the response of a rep has its median, its share within two minutes, and no data is no zero", async () => {
  const page = await open("/app/reports/response");
  const report = await reportOf(knock, "response", { tz: "Europe/Berlin" });
  assert.deepEqual([valueOf(report, report.total, "first_replies"), valueOf(report, report.total, "within_two_minutes")], [2, 50]);
  const median = valueOf(report, report.total, "first_reply_median");
  assert.ok(median >= 2 && median < 2.5, `one minute and three, and the time of the test: ${median}`);
  const card = page.getByRole("list", { name: "Figures" }).getByRole("listitem").filter({ hasText: label("response", "first_reply_median") });
  await card.getByText(/^2 min( \d+ s)?$/).waitFor();
  await card.getByText("Definition").press("Enter");
  const { definition } = info("response").columns.find(({ name }) => name === "first_reply_median");
  await card.getByText(definition.slice(0, 40)).waitFor();

  await page.getByLabel("Times in", { exact: true }).selectOption("rep");
  await page.waitForURL(/[?&]calendar=rep(&|$)/);
  await page.getByLabel("Counts at", { exact: true }).selectOption("answered");
  await page.waitForURL(/[?&]anchor=answered(&|$)/);
  await card.getByText(/^2 min( \d+ s)?$/).waitFor();

  await page.getByLabel("Period", { exact: true }).selectOption("own");
  const [from, to] = [60, 50].map((days) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10));
  await page.getByLabel("From", { exact: true }).fill(from);
  await page.getByLabel("To", { exact: true }).fill(to);
  await page.waitForURL((url) => url.searchParams.get("from") === from && url.searchParams.get("to") === to);
  const total = line(page, "response", "rep", "Total");
  const of = async () => (await figures(total)).slice(0, 3).join();
  await until(of, (found) => found === "0,0,", "a count of none is 0, a median of none is no data");
  await total.getByText("no data").first().waitFor({ state: "attached" });
  await page.context().close();
});

test("one source alone goes along to other reports, until its chip is removed", async () => {
  const page = await open("/app/reports/sources");
  await page.getByRole("button", { name: "Only g2" }).click();
  await page.waitForURL(/[?&]source=g2(&|$)/);
  const chip = page.getByRole("button", { name: `Remove: ${groupLabel("sources", "source")} g2` });
  await chip.waitFor();
  await until(() => figures(line(page, "sources", "source", "Total")), ([visitors, leads]) => visitors === "2" && leads === "1", "g2 alone");
  await page.getByRole("navigation", { name: "Reports" }).getByRole("link", { name: info("meetings").label, exact: true }).click();
  await page.waitForURL(/meetings.*[?&]source=g2(&|$)/);
  await chip.press("Enter");
  await chip.waitFor({ state: "detached" });
  assert.doesNotMatch(page.url(), /source=/);
  await page.context().close();
});

test("reports are usable on a phone and in the dark, and are printed with their zone", async () => {
  const page = await open("/app/reports/funnel");
  await line(page, "funnel", "source", "Total").waitFor();
  assert.deepEqual(await faultsOf(page, "/app/reports/funnel"), []);
  await page.goto(`${knock.url}/app/reports/response`);
  await line(page, "response", "rep", "Total").waitFor();
  assert.deepEqual(await faultsOf(page, "/app/reports/response"), []);
  await page.setViewportSize(DESK);
  await page.emulateMedia({ media: "print" });
  await page.getByText(/^\d{4}-\d\d-\d\d to \d{4}-\d\d-\d\d in Europe\/Berlin, compared with /).waitFor();
  assert.equal(await page.getByRole("navigation", { name: "Main" }).isVisible(), false);
  await page.context().close();
});

test("reps have no reports, neither on screen nor by the API", async () => {
  const reply = await fetch(`${knock.url}/api/v1/members`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${knock.key}` },
    body: JSON.stringify({ email: "tom@us.example", role: "rep" }),
  });
  const page = await (await browser.newContext()).newPage();
  await page.goto((await reply.json()).invitation);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL("**/app/home");
  assert.equal(await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Reports" }).count(), 0);
  await page.goto(`${knock.url}/app/reports/team`);
  await page.getByText("Your role, rep, may not").waitFor();
  assert.equal(await page.evaluate(async () => (await fetch("/api/v1/reports/team")).status), 403);
  await page.context().close();
});
