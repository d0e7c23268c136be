// From no CRM to leads in HubSpot, by clicks alone: connect, create the properties, a dry run, the switch, what was
// written of a lead, a full resync, a write that HubSpot refuses and its retry.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { complaints, launch } from "./support/browser.mjs";
import { HubSpot } from "./support/hubspot.mjs";
import { Knock, until } from "./support/knock.mjs";
import { faultsOf } from "./support/screens.mjs";
import { chatAs, signIn } from "./support/visitor.mjs";

const EARLY = "early@globex.example";
const LATE = "late@globex.example";
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

const written = async (email) => (await hubspot.get("records/contacts")).find(({ properties }) => properties.email === email)?.properties;

test("an admin takes leads into HubSpot without a file or the API", async () => {
  const page = await signIn(await browser.newContext({ viewport: { width: 1280, height: 800 } }), knock);
  const wrong = complaints(page);
  const click = (name) => page.getByRole("button", { name, exact: true }).click();
  const early = await chatAs(browser, knock, EARLY, "We need a quote for 200 people");
  await page.goto(`${knock.url}/app/settings/crm`);
  await page.getByLabel("Access token", { exact: true }).fill(hubspot.token);
  await click("Connect");
  await page.getByText("Connected. Nothing is written before the switch is on.").waitFor();
  await click("Create the standard properties");
  await page.getByText("The properties are there, and their fields are mapped to them.").waitFor();

  await click("Start a dry run");
  const result = page.getByRole("status", { name: "Result of the dry run" });
  await result.getByText("1 lead would be written.").waitFor();
  await result.getByText("knock_chat_status").waitFor();
  await result.getByRole("link", { name: EARLY }).waitFor();
  assert.deepEqual(await faultsOf(page, "crm, a dry run"), []);
  assert.equal(await written(EARLY), undefined);

  await page.getByLabel("Write leads to HubSpot").check();
  await click("Save");
  await page.getByText("Saved. Leads are written to HubSpot as they change; a full resync writes all.").waitFor();
  await click("Start a full resync");
  await until(() => written(EARLY), (all) => all?.knock_chat_status !== undefined, "a lead of before is written");
  await until(async () => {
    await click("Refresh");
    return page.getByText("1 of 1 lead (ended)").count();
  }, (count) => count === 1, "the resync has ended");
  await page.getByRole("link", { name: "Contacts", exact: true }).click();
  await page.getByRole("main").getByRole("link", { name: EARLY }).first().click();
  const writes = page.getByRole("region", { name: "Written to HubSpot" });
  await writes.getByText("knock_chat_status").first().waitFor();
  assert.deepEqual(await faultsOf(page, "a contact, its writes"), []);

  const words = "Property values were not valid";
  await hubspot.post("faults", { on: "/batch/up", do: "partial", ids: [LATE], category: "VALIDATION_ERROR", message: words });
  const late = await chatAs(browser, knock, LATE, "We need a quote for 300 people");
  await page.goto(`${knock.url}/app/settings/crm`);
  const failures = page.getByRole("list", { name: "Failed writes" });
  await until(async () => {
    await click("Refresh");
    return failures.count();
  }, (count) => count === 1, "the refused write is listed");
  await failures.getByText(words).first().waitFor();
  assert.deepEqual(await faultsOf(page, "crm, a failed write"), []);
  await hubspot.delete("faults");
  await failures.getByRole("button", { name: /^Retry/ }).click();
  await until(() => written(LATE), Boolean, "the retry writes it");
  await until(async () => {
    await click("Refresh");
    return failures.count();
  }, (count) => count === 0, "no failed write is left");
  assert.deepEqual(wrong, []);
  await Promise.all([early, late, page].map((one) => one.context().close()));
});
