// Nothing is lost around signing in: drafts, the page where one was, and the chat of a mail's link.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { violationsOf } from "./support/axe.mjs";
import { launch } from "./support/browser.mjs";
import { Knock, until } from "./support/knock.mjs";
import { chatAs, signIn } from "./support/visitor.mjs";

const LEAD = "ann@hollis-freight.com";
const FIRST = "We need a quote for 200 people";
const HALF = "It costs 100 dol";
const PHONE = { width: 360, height: 640 };
const DESK = { width: 1280, height: 900 };
let browser, knock, context, chat;

before(async () => {
  browser = await launch();
  knock = await Knock.start();
  await chatAs(browser, knock, LEAD, FIRST);
  const { conversations } = await until(
    () => knock.get("/api/v1/conversations"),
    ({ conversations }) => conversations.length === 1,
    "the conversation",
  );
  chat = `/app/inbox/${conversations[0].id}`;
  context = await browser.newContext({ viewport: DESK });
  await (await signIn(context, knock)).close();
});

after(async () => {
  await browser?.close();
  await knock?.stop();
});

const field = (page) => page.getByRole("main").locator("textarea");
const said = (page) => page.getByRole("log").getByText(FIRST);
const row = (page) => page.getByRole("region", { name: "Conversations" }).getByRole("listitem").filter({ hasText: LEAD });
const isAt = (page, path) => page.waitForURL((url) => url.pathname + url.search === path);

/** A page of the member with the chat open. */
async function open() {
  const page = await context.newPage();
  await page.goto(knock.url + chat);
  await said(page).waitFor();
  return page;
}

/** Opens a new sign-in link of the admin in another tab of the same browser, and signs in by it. */
async function enter(of, parameters = "") {
  const page = await of.newPage();
  await page.goto(knock.command("login-link").split("\n")[0] + parameters);
  await page.getByRole("button", { name: "Sign in" }).click();
  return page;
}

test("a draft outlives a reload, and its line says so until it is sent", async () => {
  const page = await open();
  assert.equal(await row(page).getByText("Draft").count(), 0);
  await field(page).fill(HALF);
  await row(page).getByText("Draft").waitFor();
  await page.reload();
  await said(page).waitFor();
  assert.equal(await field(page).inputValue(), HALF);
  await row(page).getByText("Draft").waitFor();
  assert.deepEqual(await violationsOf(page), []);
  await field(page).press("Enter");
  await row(page).getByText("Draft").waitFor({ state: "detached" });
  await page.reload();
  await said(page).waitFor();
  assert.equal(await field(page).inputValue(), "");
  await page.close();
});

test("a session that ends while a reply is typed says so, and the link of another tab leads back to the draft", async () => {
  const page = await open();
  await field(page).fill(HALF);
  await context.clearCookies();
  await field(page).pressSequentially("lars");
  // The page looks again at what has changed, as when one comes back to it.
  await page.evaluate(() => dispatchEvent(new Event("focus")));
  await page.getByText("Your session has ended. Sign in again; your draft is kept.").waitFor();
  const { pathname, searchParams } = new URL(page.url());
  assert.deepEqual([pathname, searchParams.get("next")], ["/app/sign-in", chat]);
  for (const viewport of [PHONE, DESK]) {
    await page.setViewportSize(viewport);
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      assert.deepEqual(await violationsOf(page), [], `${viewport.width}, ${colorScheme}`);
      if (process.env.KNOCK_SHOTS) await page.screenshot({ path: `${process.env.KNOCK_SHOTS}/session-ended-${viewport.width}-${colorScheme}.png` });
    }
  }
  const other = await enter(context);
  await isAt(other, chat);
  await said(other).waitFor();
  assert.ok((await field(other).inputValue()).startsWith(HALF));
  await field(other).fill("");
  await Promise.all([page.close(), other.close()]);
});

test("signed out, the link of a mail leads to the chat, and no link leads out of the app", async () => {
  const stranger = await browser.newContext();
  const page = await stranger.newPage();
  await page.goto(`${knock.url}${chat}?view=waiting`);
  await page.getByText("Sign in to go on to the page that you opened.").waitFor();
  const link = await enter(stranger);
  await isAt(link, `${chat}?view=waiting`);
  await said(link).waitFor();

  const elsewhere = await enter(await browser.newContext(), "&next=https%3A%2F%2Fevil.test%2Fapp%2F");
  await isAt(elsewhere, "/app/home");
  await stranger.close();
  await elsewhere.context().close();
});

test("a draft is gone after its member has signed out", async () => {
  const page = await open();
  await field(page).fill(HALF);
  await page.getByRole("button", { name: "Sign out" }).click();
  await isAt(page, "/app/sign-in");
  assert.equal(await page.getByText("Your session has ended").count(), 0);
  await page.close();
  const again = await enter(context);
  await isAt(again, "/app/home");
  await again.close();
  const back = await open();
  assert.equal(await field(back).inputValue(), "");
  await back.close();
});

test("every member lands on Home", async () => {
  const headers = { "content-type": "application/json", authorization: `Bearer ${knock.key}` };
  const body = JSON.stringify({ email: "bo@us.example", role: "rep" });
  const { invitation } = await (await fetch(`${knock.url}/api/v1/members`, { method: "POST", headers, body })).json();
  const rep = await (await browser.newContext({ viewport: DESK })).newPage();
  await rep.goto(invitation);
  await rep.getByRole("button", { name: "Sign in" }).click();
  await isAt(rep, "/app/home");
  await rep.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Live" }).click();
  await isAt(rep, "/app/live");
  await rep.getByRole("link", { name: "Knock", exact: true }).click();
  await isAt(rep, "/app/home");
  await rep.goto(knock.url);
  await isAt(rep, "/app/home");
  const admin = await context.newPage();
  await admin.goto(knock.url);
  await isAt(admin, "/app/home");
  await rep.context().close();
});
