// Settings > CRM Sync: connecting an account, creating fields, a dry run, the switch, failures and their repair.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { complaints, launch } from "./support/browser.mjs";
import { HubSpot } from "./support/hubspot.mjs";
import { Knock, until } from "./support/knock.mjs";
import { faultsOf } from "./support/screens.mjs";
import { signIn } from "./support/visitor.mjs";

let browser, knock, hubspot;

before(async () => {
  [browser, hubspot] = await Promise.all([launch(), HubSpot.start()]);
  knock = await Knock.start({ env: { KNOCK_HUBSPOT_API_URL: hubspot.url, KNOCK_OUTBOUND_PRIVATE_NETWORKS: "127.0.0.0/8" } });
});

after(async () => {
  await browser?.close();
  await knock?.stop();
  hubspot?.stop();
});

test("an admin connects HubSpot, maps fields, does a dry run, switches it on and disconnects it", async () => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await signIn(context, knock);
  const wrong = complaints(page);
  const settings = () => knock.get("/api/v1/crm/hubspot");
  const field = (label) => page.getByLabel(label, { exact: true });
  await page.goto(`${knock.url}/app/settings/crm`);
  await field("Access token").fill("pat-eu1-other");
  assert.deepEqual(await faultsOf(page, "crm, not connected"), []);
  await page.keyboard.press("Enter");
  await page.getByText("HubSpot says:").waitFor();
  assert.equal(await field("Access token").getAttribute("aria-invalid"), "true");
  await field("Access token").fill(hubspot.token);
  await page.keyboard.press("Enter");
  await page.getByText("Connected. Nothing is written before the switch is on.").waitFor();
  await page.getByText("Nothing was written yet").waitFor();

  await page.getByRole("button", { name: "Create the standard properties" }).press("Enter");
  await page.getByText("The properties are there, and their fields are mapped to them.").waitFor();
  const { mapping } = await settings();
  assert.equal(mapping.contact["Chat Status"], "knock_chat_status");
  await page.waitForFunction(() => document.getElementById("crm-field-knock_chat_status")?.value === "knock_chat_status");
  await field("Meeting Time").selectOption("");
  await page.getByLabel("Write leads to HubSpot").press("Space");
  await field("Clean CRM").press("Space");
  await page.getByRole("button", { name: "Save" }).press("Enter");
  await page.getByText("Saved. Leads are written to HubSpot as they change; a full resync writes all.").waitFor();
  await page.getByText("both are mapped").first().waitFor();
  const saved = await settings();
  assert.deepEqual([saved.enabled, saved.accept, saved.mapping.contact["Meeting Time"]], [true, ["clean_crm"], undefined]);
  assert.deepEqual(await faultsOf(page, "crm, connected"), []);

  await page.getByRole("button", { name: "Start a dry run" }).press("Enter");
  await page.getByText("0 leads would be written.").waitFor();
  await page.getByRole("button", { name: "Pause" }).press("Enter");
  await page.getByText("Paused: leads wait to be written.").first().waitFor();
  await page.getByRole("button", { name: "Go on" }).press("Enter");
  await page.getByText("The writes go on.").waitFor();
  await until(settings, ({ is_paused }) => !is_paused, "they go on");

  await page.getByRole("button", { name: "Disconnect" }).press("Enter");
  const dialog = page.getByRole("dialog", { name: "Disconnect HubSpot?" });
  await dialog.getByRole("button", { name: "Disconnect" }).press("Enter");
  await page.getByText("Disconnected. What HubSpot has stays there.").waitFor();
  assert.equal((await settings()).is_connected, false);
  assert.deepEqual(wrong.filter((line) => !line.includes("status of 422")), []);
  await context.close();
});
