// Home: what to do first, with each step done by its fact, and what is up today.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { complaints, launch } from "./support/browser.mjs";
import { hasFocus } from "./support/focus.mjs";
import { Knock, until } from "./support/knock.mjs";
import { faultsOf } from "./support/screens.mjs";
import { chatAs, signIn } from "./support/visitor.mjs";

const ORIGIN = "http://127.0.0.1:4901";
const ANN = "ann@hollis-freight.com";
const WIDE = { width: 1280, height: 900 };
let browser, knock, page, found;

before(async () => {
  browser = await launch();
  knock = await Knock.start({ named: false, env: { KNOCK_OUTBOUND_PRIVATE_NETWORKS: "127.0.0.0/8" } });
  page = await signIn(await browser.newContext({ viewport: WIDE }), knock);
  found = complaints(page);
});

after(async () => {
  await browser?.close();
  await knock?.stop();
});

const steps = () => page.getByRole("list", { name: "First steps" });
const step = (name) => steps().getByRole("listitem").filter({ has: page.getByRole("link", { name, exact: true }) });
const part = (name) => page.getByRole("region", { name, exact: true });

async function send(method, path, body) {
  const headers = { "content-type": "application/json", authorization: `Bearer ${knock.key}` };
  const reply = await fetch(knock.url + path, { method, headers, body: JSON.stringify(body) });
  assert.ok(reply.ok, `${path}: ${reply.status}`);
  return reply.status === 204 ? undefined : reply.json();
}

/** A page view on the site of the team. */
async function view(site) {
  const at = Date.now();
  const hex = at.toString(16).padStart(12, "0");
  const id = (n) => `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-0000000000a${n}`;
  const signals = [{ id: id(3), at, type: "page_view", url: `${ORIGIN}/` }];
  const body = JSON.stringify({ v: 1, site, visitor: id(1), session: id(2), sent_at: at, signals });
  const reply = await fetch(`${knock.url}/v1/signals`, { method: "POST", headers: { "content-type": "text/plain", origin: ORIGIN }, body });
  assert.equal(reply.status, 202);
}

test("the first sign-in leads to Home, and a step to the page on which it is taken", async () => {
  await page.getByRole("heading", { name: "Home", level: 1 }).waitFor();
  await page.getByText("0 of 11 done").waitFor();
  await part("Waiting for an answer").getByText("None of your chats waits, and no unassigned one.").waitFor();
  await page.getByText("Nothing is broken.").waitFor();
  assert.deepEqual(await faultsOf(page, "home-first"), []);
  await page.setViewportSize(WIDE);
  await steps().getByRole("link", { name: "Add your name and picture" }).click();
  await hasFocus(page.getByRole("heading", { name: "Your account", level: 1 }));
  const own = page.getByRole("region", { name: "Name and picture" });
  await own.getByLabel("Name", { exact: true }).fill("Lena Ito");
  await own.getByRole("button", { name: "Save" }).click();
  await page.getByText("Saved.").waitFor();
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Home" }).click();
  await step("Add your name and picture").getByText("Lena Ito").waitFor();
});

test("the step of the site is done by itself with the first signal", async () => {
  const { key } = await send("POST", "/api/v1/sites", { name: "Brewlab", origins: [ORIGIN] });
  await page.reload();
  await step("Connect your site").getByText("Waiting for the first signal of 127.0.0.1:4901").waitFor();
  await page.locator(".connection-live").waitFor({ state: "attached" });
  await view(key);
  await step("Connect your site").getByText("127.0.0.1:4901: signal received today").waitFor();
  await page.getByText("1 of 11 done").waitFor();
});

test("steps are put aside and taken up by the keyboard, and the list folds once nothing is left", async () => {
  const slack = step("Connect Slack");
  await slack.getByRole("button", { name: "Not for us" }).press("Enter");
  await hasFocus(page.getByRole("link", { name: "Connect Slack" }));
  await page.getByText("2 of 11 done").waitFor();
  await slack.getByRole("button", { name: "Take it up again" }).press("Enter");
  await page.getByText("1 of 11 done").waitFor();
  for (const name of ["profile", "hours", "place", "mail", "answers", "slack", "crm", "colleagues", "calendar"]) {
    const path = `/api/v1/home/steps/${name}`;
    const put = (path) => fetch(path, { method: "PUT", headers: { "content-type": "application/json" }, body: '{"is_put_aside":true}' }).then(({ status }) => status);
    assert.equal(await page.evaluate(put, path), 204, name);
  }
  const { sites } = await knock.get("/api/v1/sites");
  await send("POST", `/api/v1/sites/${sites.find(({ demo }) => demo).key}/keep`, null);
  await page.reload();
  await page.getByText("All done").waitFor();
  assert.ok(!(await steps().isVisible()));
  await page.getByText("Show the steps").press("Enter");
  await step("Remove the demo").getByText("You keep it").waitFor();
});

test("today leads to who waits, and says what is broken", async () => {
  // Nothing listens there.
  const { id } = await send("POST", "/api/v1/webhooks", { url: "http://127.0.0.1:9/", events: ["contact.created"] });
  const visitor = await chatAs(browser, knock, ANN, "We need a quote for 200 people");
  await part("Waiting for an answer").getByRole("link", { name: ANN }).waitFor();
  const titles = await page.getByRole("main").getByRole("heading", { level: 2 }).allInnerTexts();
  assert.equal(titles[0], "Waiting for an answer");
  await part("On your site").getByRole("link", { name: "Show the visitors" }).waitFor();
  await until(() => knock.get(`/api/v1/webhooks/${id}/deliveries`), ({ deliveries }) => deliveries[0]?.answer, "a failed attempt");
  await page.reload();
  await part("Broken").getByText("The webhook to 127.0.0.1 does not work").waitFor();
  assert.deepEqual(await faultsOf(page, "home-today"), []);
  await page.setViewportSize(WIDE);
  await part("Waiting for an answer").getByRole("link").first().click();
  await page.getByRole("log", { name: "Messages" }).getByText("We need a quote for 200 people").waitFor();
  assert.deepEqual(found, []);
  await visitor.context().close();
});
