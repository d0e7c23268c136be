// The list of contacts, filtered by a property of the CRM: offered by its label, with its options.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { complaints, launch } from "./support/browser.mjs";
import { HubSpot } from "./support/hubspot.mjs";
import { Knock, until } from "./support/knock.mjs";
import { faultsOf } from "./support/screens.mjs";
import { chatAs, signIn } from "./support/visitor.mjs";

const CRM = "/api/v1/crm/hubspot";
const GOLD = "gold@first.example";
const OTHER = "other@second.example";
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
  await hubspot.post("records", { object: "contacts", properties: { email: GOLD, tier: "g1" } });
  await send("POST", `${CRM}/connect`, { token: hubspot.token });
  await send("POST", `${CRM}/fields`);
  const { other_sources, accept, create_contact, mapping } = await knock.get(CRM);
  await send("PUT", CRM, { enabled: true, other_sources, accept, create_contact, mapping, read_fields: ["tier"] });
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

const names = () => page.locator("tbody .line-link").allTextContents();
const shown = (expected) => until(names, (found) => found.join() === expected.join(), `${expected}`);

test("contacts are filtered by a property that is chosen by its label, and its value from its options", async () => {
  for (const email of [GOLD, OTHER]) {
    const visitor = await chatAs(browser, knock, email, "We need a quote");
    await visitor.context().close();
  }
  const where = encodeURIComponent(JSON.stringify({ field: "crm.hubspot.fields.tier", op: "eq", value: "g1" }));
  await until(() => knock.get(`/api/v1/contacts?where=${where}`), ({ contacts }) => contacts.length === 1, "HubSpot has said it");

  await page.goto(`${knock.url}/app/contacts`);
  await shown([OTHER, GOLD]);
  await page.getByRole("button", { name: "Filter", exact: true }).click();
  await page.getByRole("button", { name: "Add a condition" }).click();
  const line = page.getByRole("group", { name: "Condition 1" });
  await line.getByLabel("Field").selectOption({ label: "HubSpot: Customer tier" });
  await line.getByLabel("Value").selectOption({ label: "Gold" });
  await shown([GOLD]);
  assert.deepEqual(await faultsOf(page, "a condition about a property of the CRM"), []);
  await page.setViewportSize(DESK);
  await line.getByLabel("Value").selectOption({ label: "Silver" });
  await shown([]);
  await line.getByLabel("Value").selectOption({ label: "Gold" });
  await shown([GOLD]);

  await page.reload();
  await shown([GOLD]);
  await page.getByRole("button", { name: "Filter (1)" }).click();
  const chosen = line.getByLabel("Value").locator("option:checked");
  await until(() => chosen.allTextContents(), (found) => found.join() === "Gold", "the option is named again");
  await line.getByLabel("Field").selectOption("signals.funnel_stage");
  await line.getByLabel("Value").fill("Existing");
  await shown([GOLD]);
  assert.deepEqual(wrong, []);
});
