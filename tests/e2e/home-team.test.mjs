// Home of a manager: figures of today that lead to their report, waits by age, members on now. Reps see none of it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { complaints, launch } from "./support/browser.mjs";
import { Knock, until } from "./support/knock.mjs";
import { faultsOf } from "./support/screens.mjs";
import { chatAs } from "./support/visitor.mjs";

const WIDE = { width: 1440, height: 900 };
const ANN = "ann@hollis-freight.com";
const MINUTE = 60_000;
/** A zone in which it is about noon: no midnight comes meanwhile. */
const AHEAD = 12 - new Date().getUTCHours();
const ZONE = AHEAD === 0 ? "UTC" : `Etc/GMT${AHEAD > 0 ? "-" : "+"}${Math.abs(AHEAD)}`;
let browser, knock, page, wrong, visitor;

before(async () => {
  browser = await launch();
  knock = await Knock.start();
  page = await invited("max@us.example", "manager");
  wrong = complaints(page);
});

after(async () => {
  await browser?.close();
  await knock?.stop();
});

/** A page of a new member, signed in, on Home. */
async function invited(email, role) {
  const headers = { "content-type": "application/json", authorization: `Bearer ${knock.key}` };
  const reply = await fetch(`${knock.url}/api/v1/members`, { method: "POST", headers, body: JSON.stringify({ email, role }) });
  assert.ok(reply.ok, `${email}: ${reply.status}`);
  const { invitation } = await reply.json();
  await knock.nameMembers();
  const context = await browser.newContext({ viewport: WIDE, timezoneId: ZONE });
  const own = await context.newPage();
  await own.goto(invitation);
  await own.getByRole("button", { name: "Sign in" }).click();
  await own.waitForURL("**/app/home");
  return own;
}

const part = (name, on = page) => on.getByRole("region", { name, exact: true });
const figure = (name) => part("Today").getByRole("listitem").filter({ has: page.getByText(name, { exact: true }) });
const age = (name) => part("Waiting by age").getByRole("listitem").filter({ hasText: name });
/** What Home says of the team, to the manager in the zone of the page. */
const said = () =>
  page.evaluate(async (zone) => (await (await fetch(`/api/v1/home?zone=${encodeURIComponent(zone)}`)).json()).team, ZONE);

test("a manager reads what is not there yet, and their own state", async () => {
  await part("Waiting by age").getByText("No chat of the team waits.").waitFor();
  await part("Team now").getByRole("listitem").filter({ hasText: "Max" }).getByText(/^(Online|Available, not here)/).waitFor();
  assert.equal(await part("Team now").getByRole("listitem").count(), (await said()).members.length);
  assert.deepEqual(await faultsOf(page, "home-team-empty"), []);
  await page.setViewportSize(WIDE);
});

test("a wait appears by itself with its lead, and grows older", async () => {
  await page.locator(".connection-live").waitFor({ state: "attached" });
  visitor = await chatAs(browser, knock, ANN, "We need a quote for 200 people");
  await age("Under 2 minutes").getByRole("link", { name: ANN }).waitFor();
  await age("Under 2 minutes").getByText("1 chat", { exact: true }).waitFor();
  await knock.setClock({ advance_ms: 20 * MINUTE });
  await page.reload();
  await age("10 to 60 minutes").getByRole("link", { name: ANN }).waitFor();
  await age("Under 2 minutes").getByText("0 chats", { exact: true }).waitFor();
  await part("Waiting by age").getByText("In all: 1 chat.").waitFor();
  assert.deepEqual(await faultsOf(page, "home-team-wait"), []);
  await page.setViewportSize(WIDE);
});

test("figures of today stand beside the usual, and lead to the report that has the same", async () => {
  await until(said, ({ figures }) => figures.find(({ metric }) => metric === "chats").today === 1, "the chat is counted");
  await page.reload();
  await figure("Chats").getByText("1", { exact: true }).waitFor();
  await figure("Chats").getByText(/usual/).waitFor();
  await figure("First reply, median").getByText("No data", { exact: true }).waitFor();
  await figure("Chats").getByRole("link").press("Enter");
  await page.waitForURL(/\/app\/reports\/overview\?.*metric=chats/);
  const card = page.getByRole("list", { name: "Figures", exact: true }).getByRole("button", { name: /^Chats/ });
  await card.and(page.locator("[aria-pressed=true]")).waitFor();
  assert.equal(await card.locator("data").getAttribute("value"), "1");
  await page.goBack();
  await part("Today").waitFor();
});

test("the longest wait leads to its chat, where its answer ends it", async () => {
  await age("10 to 60 minutes").getByRole("link", { name: ANN }).click();
  await page.getByRole("log", { name: "Messages" }).getByText("We need a quote for 200 people").waitFor();
  const field = page.getByRole("main").getByRole("textbox", { name: "Message" });
  await field.fill("Hello, happy to help!");
  await field.press("Enter");
  const waiting = async () => (await said()).waiting.reduce((all, { count }) => all + count, 0);
  await until(waiting, (count) => count === 0, "the wait is over");
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Home" }).click();
  await part("Waiting by age").getByText("No chat of the team waits.").waitFor();
  assert.deepEqual(wrong, []);
  await visitor.context().close();
});

test("a rep has Home without the team", async () => {
  const rep = await invited("tom@us.example", "rep");
  await part("Meetings today and tomorrow", rep).waitFor();
  for (const name of ["Today", "Waiting by age", "Team now"]) assert.equal(await part(name, rep).count(), 0, name);
  const team = await rep.evaluate(async () => (await (await fetch("/api/v1/home")).json()).team);
  assert.equal(team, undefined);
});
