// The rule editor with properties of a CRM: offered with labels and options, refused where the CRM lacks them.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { complaints, launch } from "./support/browser.mjs";
import { HubSpot } from "./support/hubspot.mjs";
import { Knock } from "./support/knock.mjs";
import { faultsOf } from "./support/screens.mjs";
import { signIn } from "./support/visitor.mjs";

const DESK = { width: 1280, height: 800 };
let browser, knock, hubspot, page, wrong;

before(async () => {
  [browser, hubspot] = await Promise.all([launch(), HubSpot.start()]);
  knock = await Knock.start({ env: { KNOCK_HUBSPOT_API_URL: hubspot.url, KNOCK_OUTBOUND_PRIVATE_NETWORKS: "127.0.0.0/8" } });
  const options = [{ label: "Gold", value: "g1", displayOrder: 0, hidden: false }, { label: "Silver", value: "s1", displayOrder: 1, hidden: false }];
  const tier = { name: "tier", label: "Customer tier", type: "enumeration", fieldType: "select", groupName: "contacts_information", options };
  const headers = { "content-type": "application/json", authorization: `Bearer ${hubspot.token}` };
  const made = await fetch(`${hubspot.url}/crm/v3/properties/contacts`, { method: "POST", headers, body: JSON.stringify(tier) });
  assert.ok(made.ok, await made.text());
  await send("POST", "/api/v1/crm/hubspot/connect", { token: hubspot.token });
  page = await signIn(await browser.newContext({ viewport: DESK }), knock);
  wrong = complaints(page);
});

after(async () => {
  await browser?.close();
  await knock?.stop();
  hubspot?.stop();
});

async function send(method, path, body) {
  const headers = { "content-type": "application/json", authorization: `Bearer ${knock.key}` };
  const reply = await fetch(knock.url + path, { method, headers, body: JSON.stringify(body) });
  assert.ok(reply.ok, `${path}: ${reply.status} ${await reply.text()}`);
}

test("a property is chosen by its label, and its value from its options", async () => {
  await page.goto(`${knock.url}/app/settings/crm`);
  const names = page.getByLabel("Properties that routing rules can use");
  await names.fill("tier, teir");
  await page.getByRole("button", { name: "Save" }).press("Enter");
  await page.getByText("`teir` is no property of contacts in HubSpot").waitFor();
  await names.fill("tier");
  await page.getByRole("button", { name: "Save" }).press("Enter");
  await page.getByText("Saved.", { exact: true }).waitFor();

  await page.goto(`${knock.url}/app/routing-rules`);
  await page.getByRole("button", { name: "Create New Routing" }).click();
  const dialog = page.getByRole("dialog", { name: "Create New Routing" });
  await dialog.getByLabel("Name").fill("Tiers");
  await dialog.getByRole("button", { name: "Create" }).click();
  await page.getByRole("heading", { name: "Tiers", level: 1 }).waitFor();
  await page.getByRole("button", { name: "Add a segment" }).click();
  await page.locator(".segment-name:focus").fill("Gold customers");
  const group = page.getByRole("group", { name: "Segment Gold customers", exact: true });
  await group.getByRole("button", { name: "Add a condition" }).click();
  const line = group.getByRole("group", { name: "Condition", exact: true }).last();
  // Without the switch of the sync the field has no source yet, which its label says.
  const label = await line.getByLabel("Field").locator("option", { hasText: "HubSpot: Customer tier" }).innerText();
  await line.getByLabel("Field").selectOption({ label });
  await line.getByLabel("Value", { exact: true }).selectOption({ label: "Gold" });
  assert.equal(await line.getByLabel("Value", { exact: true }).inputValue(), "g1");
  assert.deepEqual(await faultsOf(page, "a rule with a property of the CRM"), []);
  await page.setViewportSize(DESK);
  await line.getByLabel("Comparison").selectOption("contains");
  await line.locator("input").and(line.getByLabel("Value", { exact: true })).waitFor();
  assert.deepEqual(wrong.filter((line) => !line.includes("status of 422")), []);
});
