// The first hour of a newcomer: from a fresh data directory to an own name, an own colour and an answered chat on an own
// site. Each step is a sentence and is counted; the next one begins at a link or a button that is in sight.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { complaints, launch } from "./support/browser.mjs";
import { Knock } from "./support/knock.mjs";
import { Site } from "./support/site.mjs";
import { writes } from "./support/visitor.mjs";

const MOST = 12;
const NAME = "Lena Ito";
const BRAND = "Brewlab";
const COLOUR = "#8a3b12";
const README = readFileSync("README.md", "utf8");
let browser, knock, site, page, wrong;
const steps = [];

before(async () => {
  browser = await launch();
  knock = await Knock.start({ named: false });
  site = await Site.serve({});
});

after(async () => {
  await browser?.close();
  await site?.stop();
  await knock?.stop();
});

/** A command that README has as a line of its own. */
function types(command) {
  assert.ok(README.split("\n").some((line) => line.trim() === command || line.startsWith(`${command} `)), `README has no line "${command}"`);
  steps.push(`Type "${command}"`);
}

async function step(sentence, act) {
  steps.push(sentence);
  await act();
}

/** Presses a link or a button that can be seen without another address being typed. */
async function press(role, name, within = page) {
  const found = within.getByRole(role, { name, exact: true }).first();
  await found.waitFor();
  assert.ok(await found.isVisible(), `${role} "${name}" is in sight`);
  await found.click();
}

const heading = (name) => page.getByRole("heading", { name, level: 1, exact: true }).waitFor();
const field = (label) => page.getByLabel(label, { exact: true });

test("a newcomer has a branded chat on an own site within twelve steps", async () => {
  for (const command of ["git clone", "cd knock", "cargo xtask start"]) types(command);

  await step("Open the printed sign-in link and press Sign in", async () => {
    page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
    wrong = complaints(page);
    await page.goto(knock.signIn);
    await press("button", "Sign in");
    await heading("Home");
  });

  await step("Follow Add your name and picture, and save a name", async () => {
    await press("link", "Add your name and picture");
    await field("Name").fill(NAME);
    await press("button", "Save", page.getByRole("region", { name: "Name and picture" }));
    await page.getByText("Saved.", { exact: true }).first().waitFor();
  });

  await step("Go Home, follow Connect your site, and add its address", async () => {
    await press("link", "Home");
    await heading("Home");
    await press("link", "Connect your site");
    await heading("Install");
    await press("button", "Add a site");
    const form = page.getByRole("region", { name: "Add a site" });
    await form.getByLabel("Name", { exact: true }).fill(BRAND);
    await form.getByLabel("Addresses of the site, one per line").fill(site.url);
    await press("button", "Save", form);
  });

  const card = page.getByRole("article", { name: BRAND, exact: true });
  await step("Copy the snippet into the own page and open it", async () => {
    const snippet = await card.getByRole("group", { name: `Snippet of ${BRAND}` }).first().innerText();
    site.pages["/"] = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${BRAND}</title>
<link rel="icon" href="data:,">${snippet}</head><body><main><h1>${BRAND}</h1></main></body></html>`;
    await (await browser.newContext()).newPage().then((own) => own.goto(site.url));
    await card.getByText("First signal received").waitFor();
  });

  await step("Open Settings > Look, choose a colour of the own site, and save", async () => {
    await press("link", "Settings");
    await press("link", "Look");
    await heading("Look");
    await press("link", BRAND, page.getByRole("navigation", { name: "Sites" }));
    await page.locator("[aria-current=page]").getByText(BRAND).waitFor();
    await field("Colour").fill(COLOUR);
    await press("button", "Save");
    await page.getByRole("status").getByText("Saved.", { exact: true }).waitFor();
  });

  // Then a visitor of the site comes.
  const visitor = await (await browser.newContext()).newPage();
  const seen = complaints(visitor);
  await visitor.goto(site.url);
  const button = visitor.getByRole("button", { name: /^Open chat/ });
  await button.waitFor();
  assert.equal(await button.evaluate((element) => getComputedStyle(element).backgroundColor), "rgb(138, 59, 18)");
  await button.click();
  await visitor.getByRole("dialog", { name: BRAND }).waitFor();
  await writes(visitor, "Can a person tell me about your grinders?");

  await step("Open the chat in the Inbox, and answer", async () => {
    await press("link", /^Inbox/);
    await press("link", /^Visitor /, page.getByRole("list", { name: "Mine" }));
    await field("Message").fill("Gladly. Which coffee do you make?");
    await field("Message").press("Enter");
  });
  const log = visitor.getByRole("log");
  await log.getByText("Gladly. Which coffee do you make?").waitFor();
  await log.getByText(NAME, { exact: true }).waitFor();
  assert.doesNotMatch(await visitor.locator("body").innerText(), /Admin|localhost|Tareline/);

  assert.ok(steps.length <= MOST, `${steps.length} steps: ${steps.join("; ")}`);
  assert.ok(steps.length === 9 && README.includes("Nine steps"), "README has their number");
  assert.deepEqual([wrong, seen], [[], []]);
});
