// Filters, orders and own views of the inbox, and who is on the site now.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { violationsOf } from "./support/axe.mjs";
import { complaints, launch } from "./support/browser.mjs";
import { Knock, until } from "./support/knock.mjs";
import { faultsOf } from "./support/screens.mjs";
import { signIn } from "./support/visitor.mjs";

/** Leads by their addresses, which are the names of their lines. */
const [ANN, BOB] = ["ann@hollis-freight.com", "bob@globex-metal.com"];
let browser, knock, context, page, wrong, ann, bob;

/** A visitor who opens the chat and writes. */
async function writes(text) {
  const visitor = await (await browser.newContext()).newPage();
  await visitor.goto(`${knock.url}/demo/`);
  await visitor.getByRole("button", { name: /^Open chat/ }).click();
  const field = visitor.getByLabel("Message", { exact: true });
  await field.fill(text);
  await field.press("Enter");
  await visitor.getByRole("log").getByText(text).waitFor();
  return visitor;
}

before(async () => {
  browser = await launch();
  knock = await Knock.start();
  ann = await writes(`We need a quote for 200 people, mail ${ANN}`);
  bob = await writes(`I'm looking for a job, are you hiring? I want to apply with my CV, mail ${BOB}`);
  context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  page = await signIn(context, knock);
  wrong = complaints(page);
  await page.goto(`${knock.url}/app/inbox?view=open`);
  for (const lead of [ANN, BOB]) await line(lead).waitFor();
});

after(async () => {
  await browser?.close();
  await knock?.stop();
});

const views = () => page.getByRole("navigation", { name: "Views" });
const view = (name) => views().getByRole("link", { name });
const saved = () => views().getByRole("list", { name: "Saved views" }).getByRole("link");
const current = () => page.locator(".view[aria-current=page]").innerText();
const line = (lead) => page.locator(".inbox-line").filter({ hasText: lead });
const order = () => page.locator(".inbox-line .line-link").allInnerTexts();
const shows = (leads, what) => until(order, (names) => names.join() === leads.join(), what);
const button = (name) => page.getByRole("button", { name, exact: true });
const chips = () => page.getByRole("list", { name: "Filter", exact: true }).getByRole("listitem");
const parameter = (name) => new URL(page.url()).searchParams.get(name);

/** Opens the menu of the filter, does something in it, and closes it by Escape. */
async function inMenu(act) {
  await page.getByRole("button", { name: /^Filter/ }).click();
  const menu = page.locator("#inbox-filter");
  await menu.getByLabel("Owner").waitFor();
  await act(menu);
  await page.keyboard.press("Escape");
  await menu.waitFor({ state: "hidden" });
}

test("a lead is on the site until they leave it", async () => {
  const mark = (lead) => line(lead).getByText("On the site", { exact: true });
  for (const lead of [ANN, BOB]) await mark(lead).waitFor();
  // A page that was seen for less than a second says nothing when it is left.
  await bob.waitForFunction(() => performance.now() > 2_000);
  await bob.goto("about:blank");
  await mark(BOB).waitFor({ state: "hidden" });
  assert.equal(await mark(ANN).isVisible(), true);

  await inMenu((menu) => menu.getByLabel("On the site now").check());
  await shows([ANN], "who is on the site");
  assert.equal(parameter("on_site"), "true");
  await ann.goto(`${knock.url}/demo/pricing`);
  await mark(ANN).waitFor();
  await button("Remove the filter On the site").click();
  await until(order, (names) => names.length === 2, "all again");
  assert.equal(parameter("on_site"), null);
});

test("a filter is in the address, and its parts can be removed", async () => {
  await inMenu(async (menu) => {
    await menu.getByLabel("Intent type").selectOption("Job seeker");
    assert.deepEqual(await violationsOf(page), []);
  });
  await shows([BOB], "job seekers");
  assert.deepEqual(await chips().locator("bdi").allInnerTexts(), ["Type: Job seeker"]);
  assert.equal(parameter("type"), "Job seeker");
  await page.reload();
  await shows([BOB], "job seekers after a reload");

  // The filter stays beside an open conversation.
  await line(BOB).getByRole("link").click();
  await page.waitForURL(/\/app\/inbox\/[0-9a-f-]+\?view=open&type=Job%20seeker$/);
  await page.getByRole("main").getByRole("log").getByText("apply with my CV").first().waitFor();
  await shows([BOB], "the list beside it");

  await inMenu((menu) => menu.getByLabel("Closed", { exact: true }).check());
  await page.getByText("Nothing fits the filter").waitFor();
  assert.equal(await chips().count(), 2);
  await button("Clear the filter").click();
  await until(order, (names) => names.length === 2, "without a filter");
  assert.equal(await chips().count(), 0);
});

test("the filter has no fault on any screen", async () => {
  await page.goto(`${knock.url}/app/inbox?view=open&score=Low&type=Buying&language=de&owner=unassigned`);
  await page.getByText("Nothing fits the filter").waitFor();
  assert.deepEqual(await faultsOf(page, "filter"), []);
  await page.setViewportSize({ width: 360, height: 740 });
  await inMenu(async () => assert.deepEqual(await faultsOf(page, "filter-menu"), []));
  await page.setViewportSize({ width: 1280, height: 900 });
  await button("Clear all").click();
  await line(ANN).waitFor();
});

test("another order is chosen, and kept in other views", async () => {
  await page.getByLabel("Order").selectOption("Last active");
  await page.waitForURL(/order=active/);
  await shows([BOB, ANN], "the last active first");
  await view(/^Waiting/).click();
  await page.waitForURL(/view=waiting&order=active$/);
  await page.getByLabel("Order").selectOption("Most urgent");
  await until(() => parameter("order"), (value) => value === null, "the usual order");
  await view(/^Follow up/).click();
  await page.getByText("Nothing to follow up").waitFor();
});

test("a view of one's own is saved, opened, renamed, deleted and brought back", async () => {
  await page.goto(`${knock.url}/app/inbox?view=open&type=Buying`);
  await shows([ANN], "buyers");
  await button("Save view").click();
  await page.getByLabel("Save this view as").fill("Buyers");
  await page.locator("#inbox-save-view").getByRole("button", { name: "Save view" }).click();
  await saved().filter({ hasText: "Buyers" }).waitFor();
  await page.keyboard.press("Escape");
  assert.match(await current(), /^Buyers/);
  const { views: ofTeam } = await knock.get("/api/v1/views");
  assert.deepEqual(ofTeam, [], "it is for the member alone");

  await view(/^All open/).click();
  await until(order, (names) => names.length === 2, "all open");
  assert.match(await current(), /^All open/);
  await saved().filter({ hasText: "Buyers" }).click();
  await page.waitForURL(/view=open&type=Buying$/);
  await shows([ANN], "buyers again");

  await button("Edit views").click();
  await page.getByLabel("Name of Buyers").fill("All buyers");
  await button("Rename Buyers").click();
  await saved().filter({ hasText: "All buyers" }).waitFor();
  assert.deepEqual(await violationsOf(page), []);
  await button("Delete the view All buyers").click();
  await until(() => saved().count(), (count) => count === 0, "none is saved");
  await button("Undo").click();
  await saved().filter({ hasText: "All buyers" }).waitFor();
  await page.keyboard.press("Escape");
});

test("the inbox opens the member's own conversations first", async () => {
  await page.goto(`${knock.url}/app/inbox`);
  await line(ANN).waitFor();
  assert.match(await current(), /^Mine/);
  assert.deepEqual(wrong, []);
});
