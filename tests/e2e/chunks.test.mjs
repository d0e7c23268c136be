// Chunks of the dashboard: a page loads those that it needs, once, and reports failures.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { complaints, launch } from "./support/browser.mjs";
import { Knock } from "./support/knock.mjs";
import { faultsOf } from "./support/screens.mjs";
import { signIn } from "./support/visitor.mjs";

let browser, knock;

before(async () => {
  browser = await launch();
  knock = await Knock.start();
});

after(async () => {
  await browser?.close();
  await knock?.stop();
});

/** The names of the modules that the pages of a context have requested. */
function modules(context) {
  const asked = [];
  context.on("request", (request) => {
    const name = new URL(request.url()).pathname.split("/").at(-1);
    if (name.endsWith(".wasm")) asked.push(name);
  });
  return asked;
}

/** Those of one page each; others have the code that several share. */
const own = (asked) => asked.filter((name) => /^dashboard\.[a-z]+\.wasm$/.test(name) && name !== "dashboard.shared.wasm").toSorted();

const go = (page, name) => page.getByRole("navigation", { name: "Main" }).getByRole("link", { name }).click();
const heading = (page, name) => page.getByRole("heading", { level: 1, name });

test("sign-in and the first page load the main module and its chunk only; each other page loads its own once", async () => {
  const context = await browser.newContext();
  const asked = modules(context);
  const page = await signIn(context, knock);
  const found = complaints(page);
  await heading(page, "Home").waitFor();
  await page.getByText("None of your chats waits, and no unassigned one.").waitFor();
  assert.equal(asked.filter((name) => name === "dashboard.wasm").length, 1);
  assert.deepEqual(own(asked), ["dashboard.home.wasm"]);
  await go(page, "Contacts");
  await heading(page, "Contacts").waitFor();
  assert.deepEqual(own(asked), ["dashboard.home.wasm", "dashboard.records.wasm"]);
  await go(page, "Install");
  await heading(page, "Install").waitFor();
  assert.deepEqual(own(asked), ["dashboard.home.wasm", "dashboard.install.wasm", "dashboard.records.wasm"]);
  assert.equal(new Set(asked).size, asked.length, `each once: ${asked}`);

  asked.length = 0;
  await page.goBack();
  await heading(page, "Contacts").waitFor();
  await page.goBack();
  await heading(page, "Home").waitFor();
  await page.goForward();
  await heading(page, "Contacts").waitFor();
  assert.deepEqual(asked, []);
  assert.deepEqual(found, []);
  await context.close();
});

test("a chunk that fails to load is reported, and a retry loads it", async () => {
  const context = await browser.newContext();
  const page = await signIn(context, knock);
  const chunk = /\/dashboard\.install\.wasm/;
  await page.route(chunk, (route) => route.abort());
  await go(page, "Install");
  const alert = page.getByRole("alert");
  await alert.getByText("This page could not be loaded").waitFor();
  assert.deepEqual(await faultsOf(page, "a missing chunk"), []);
  await go(page, "Live");
  await heading(page, "Live").waitFor();
  await go(page, "Install");
  const again = alert.getByRole("button", { name: "Try again" });
  await again.click();
  await again.waitFor();
  await page.unroute(chunk);
  await again.click();
  await heading(page, "Install").waitFor();
  await context.close();
});

/** Lets the server look like another version to an open page: its chunks are gone until it is reloaded. */
async function update(page) {
  const former = new URL(await page.locator("script[src]").first().evaluate(({ src }) => src)).pathname.split("/")[2];
  let isReloaded = false;
  await page.route(/\/app\/|dashboard\.[\w-]+\.wasm/, async (route) => {
    const request = route.request();
    if (request.isNavigationRequest()) isReloaded = true;
    if (isReloaded) return route.continue();
    if (request.url().includes(".wasm")) return route.fulfill({ status: 404 });
    const page = await route.fetch();
    return route.fulfill({ response: page, body: (await page.text()).replaceAll(former, "0123456789ab") });
  });
}

test("after an update of the server the page reloads by itself, once", async () => {
  const context = await browser.newContext();
  const page = await signIn(context, knock);
  await heading(page, "Home").waitFor();
  await update(page);
  const loaded = page.waitForEvent("load");
  await go(page, "Contacts");
  await loaded;
  await heading(page, "Contacts").waitFor();
  assert.equal(new URL(page.url()).pathname, "/app/contacts");

  // Reloading did not help just before, so the member decides.
  await page.unroute(/\/app\/|dashboard\.[\w-]+\.wasm/);
  await update(page);
  await go(page, "Install");
  await page.getByRole("alert").getByText("Knock was updated").waitFor();
  const again = page.waitForEvent("load");
  await page.getByRole("button", { name: "Reload" }).click();
  await again;
  await heading(page, "Install").waitFor();
  await context.close();
});

test("the server serves chunks of its own version only, each under its own address", async () => {
  const context = await browser.newContext();
  const page = await signIn(context, knock);
  await page.goto(`${knock.url}/app/settings/team`);
  await heading(page, "Team").waitFor();
  const asked = page.waitForResponse(/\/dashboard\.settings\.wasm/);
  await page.reload();
  const { pathname } = new URL((await asked).url());
  await heading(page, "Team").waitFor();
  const status = async (path) => (await fetch(knock.url + path)).status;
  assert.equal(await status(pathname), 200);
  assert.equal(await status(pathname.replace(/^\/a\/\w+/, "/a/0123456789ab")), 404);
  assert.equal(await status(pathname.replace("/a/", "/t/")), 404);
  await context.close();
});
