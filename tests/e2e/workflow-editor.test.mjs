// Workflows made by clicks and keys alone: from a template, tried dry, switched on, changed with leads inside, rolled back.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { complaints, launch } from "./support/browser.mjs";
import { hasFocus } from "./support/focus.mjs";
import { Knock, until } from "./support/knock.mjs";
import { faultsOf } from "./support/screens.mjs";
import { browseAndAskForDemo, signIn } from "./support/visitor.mjs";

const DESK = { width: 1280, height: 800 };
let browser, knock, page;

before(async () => {
  browser = await launch();
  knock = await Knock.start();
  await browseAndAskForDemo(await (await browser.newContext()).newPage(), knock.url, "ann@hollis-freight.com");
  await until(() => knock.get("/api/v1/contacts"), ({ contacts }) => contacts.length === 1, "the contact");
  page = await signIn(await browser.newContext({ viewport: DESK }), knock);
});

after(async () => {
  await browser?.close();
  await knock?.stop();
});

const workflows = async () => (await knock.get("/api/v1/workflows")).workflows;
const named = async (name) => (await workflows()).find((workflow) => workflow.name === name);
const status = (text) => page.getByRole("status").getByText(text).first().waitFor();
const save = () => page.getByRole("button", { name: "Save", exact: true });

/** A new visitor looks at Pricing. */
async function looksAtPricing() {
  const visitor = await (await browser.newContext()).newPage();
  await visitor.goto(`${knock.url}/demo/pricing`);
}

/** Adds a step to the end by the keyboard; its title gets the focus. */
async function addStep(label) {
  await page.getByLabel("Step to add at the end").selectOption({ label });
  await page.getByRole("button", { name: "Add step at the end" }).press("Enter");
  await page.locator(".flow-step-title:focus").waitFor();
}

/** Runs the saved workflow dry, and switches it on. */
async function runDryAndSwitchOn() {
  const on = page.getByRole("button", { name: "Switch on" });
  assert.ok(await on.isDisabled());
  await page.getByText("Run it dry first").waitFor();
  await page.getByRole("button", { name: "Run it dry" }).press("Enter");
  await page.getByText(/would have enrolled/).first().waitFor();
  await on.press("Enter");
  await status(/ is on now\.$/);
}

test("a template becomes a workflow, which is tried dry, switched on and off", async () => {
  const wrong = complaints(page);
  await page.getByRole("link", { name: "Workflows" }).click();
  await page.getByRole("heading", { name: "Workflows", level: 1 }).waitFor();
  const templates = page.getByRole("list", { name: "Templates" });
  await templates.getByRole("link", { name: /Pricing/ }).first().waitFor();
  assert.deepEqual(await faultsOf(page, "workflows, none yet"), []);
  await page.setViewportSize(DESK);
  const first = templates.getByRole("link").first();
  assert.match(await first.innerText(), /Pricing/);
  await first.press("Enter");
  await page.getByRole("heading", { name: "New workflow", level: 1 }).waitFor();
  await page.getByRole("list", { name: "Steps" }).getByText("Show a bubble").first().waitFor();
  await page.getByRole("list", { name: "Steps" }).getByRole("button", { name: /Show a bubble/, expanded: false }).first().press("Enter");
  await page.getByRole("group", { name: "Preview" }).first().waitFor();
  assert.deepEqual(await faultsOf(page, "workflow from a template"), []);
  await page.setViewportSize(DESK);
  await page.getByLabel("Name", { exact: true }).fill("Prices <b>for</b> all");
  await save().press("Enter");
  await page.waitForURL(/workflows\/[0-9a-f-]{36}$/);
  await page.getByRole("heading", { name: "Prices <b>for</b> all", level: 1 }).waitFor();
  await runDryAndSwitchOn();
  await page.getByRole("link", { name: "Workflows" }).last().click();
  const line = page.getByRole("article", { name: "Prices <b>for</b> all" });
  await line.getByRole("switch").click();
  await status("Prices <b>for</b> all is off now.");
  assert.equal((await named("Prices <b>for</b> all")).state, "off");
  assert.deepEqual(wrong, []);
});

test("a workflow of one's own is changed with a lead inside, and rolled back", async () => {
  const wrong = complaints(page);
  await page.goto(`${knock.url}/app/workflows`);
  await page.getByRole("button", { name: "New workflow" }).press("Enter");
  await hasFocus(page.getByRole("heading", { name: "Begin with" }));
  await page.getByRole("link", { name: "Empty workflow" }).press("Enter");
  await page.getByLabel("Name", { exact: true }).fill("Follow up");
  await page.getByLabel("Category of the page").selectOption("Pricing");
  await addStep("Wait until a time of day");
  await page.getByLabel("Time", { exact: true }).fill("09:00");
  await page.getByLabel("Time zone").fill("Europe/Berlin");
  await page.getByText(/waits until (today|\w{3} \d+ \w{3}).*, 09:00 in Berlin\./).waitFor();
  await addStep("Create a task");
  await save().press("Enter");
  await page.getByRole("alert").getByText("Fill in what is to be done.").waitFor();
  await page.getByLabel("What is to be done").fill("Call them");
  await save().press("Enter");
  await page.waitForURL(/workflows\/[0-9a-f-]{36}$/);
  const { id } = await named("Follow up");
  await runDryAndSwitchOn();
  await looksAtPricing();
  await until(() => knock.get(`/api/v1/workflows/${id}`), ({ counts }) => counts.active === 1, "a lead inside");

  await page.goto(`${knock.url}/app/workflows/${id}`);
  await page.getByText("1 lead here now").waitFor();
  await addStep("Stop here");
  await save().press("Enter");
  const dialog = page.getByRole("dialog", { name: "Leads are inside" });
  await dialog.getByText("1 lead is inside this workflow now.").waitFor();
  assert.deepEqual(await faultsOf(page, "leads are inside"), []);
  await page.setViewportSize(DESK);
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  await save().press("Enter");
  await dialog.getByLabel(/They go on in the new version/).check();
  await dialog.getByRole("button", { name: "Save" }).press("Enter");
  await status("Saved as version 2.");
  const versions = page.getByRole("list", { name: "Versions" });
  await versions.getByText("Version 2", { exact: true }).waitFor();
  await until(
    () => knock.get(`/api/v1/workflows/${id}/versions`),
    ({ versions }) => versions[0].version === 2 && versions[0].active === 1,
    "the lead in the new version",
  );
  await versions.getByRole("button", { name: "Roll back to version 1" }).press("Enter");
  await status("The form has version 1. Save to use it again.");
  await save().press("Enter");
  await dialog.getByLabel(/They leave the workflow/).check();
  await dialog.getByRole("button", { name: "Save" }).press("Enter");
  await status("Saved as version 3.");
  await until(() => knock.get(`/api/v1/workflows/${id}`), ({ counts }) => counts.stopped === 1, "the lead has left");
  assert.deepEqual(await faultsOf(page, "workflow with versions"), []);
  await page.setViewportSize(DESK);

  await page.reload();
  const lead = page.getByRole("list", { name: "Leads of this workflow" }).getByRole("link").first();
  await lead.click();
  const panel = page.getByRole("region", { name: "Workflows" });
  await panel.getByText("Follow up").waitFor();
  await panel.getByText("Stopped", { exact: true }).waitFor();
  assert.deepEqual(await faultsOf(page, "record with workflows"), []);
  await page.setViewportSize(DESK);
  // The browser reports the answers that ask what becomes of the leads.
  assert.deepEqual(wrong.filter((line) => !/409/.test(line)), []);
});

test("limits of the workspace are saved, and a workflow is archived", async () => {
  await page.goto(`${knock.url}/app/workflows`);
  await page.getByText("Limits of the workspace").press("Enter");
  await page.getByLabel("Quiet hours", { exact: true }).check();
  await page.getByLabel("A most for one lead").check();
  await page.getByLabel("At most", { exact: true }).fill("2");
  await page.getByRole("button", { name: "Save limits" }).press("Enter");
  await status("Saved.");
  const { settings } = await knock.get("/api/v1/workflows");
  assert.equal(settings.cap.actions, 2);
  assert.deepEqual(settings.quiet.days, ["sat", "sun"]);
  await page.getByRole("button", { name: "Archive Follow up" }).press("Enter");
  await page.getByRole("dialog").getByRole("button", { name: "Archive" }).press("Enter");
  await status("Workflow archived: Follow up");
  assert.equal((await named("Follow up")).state, "archived");
});
