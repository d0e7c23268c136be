// Settings > CRM Sync: connecting an account, creating fields, a dry run, the switch, failures and their repair; an
// installation by OAuth, properties that take no field, owner properties, and companies beside contacts.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { complaints, launch } from "./support/browser.mjs";
import { HubSpot } from "./support/hubspot.mjs";
import { Knock, until } from "./support/knock.mjs";
import { faultsOf } from "./support/screens.mjs";
import { chatAs, signIn } from "./support/visitor.mjs";

let browser, knock, hubspot;

before(async () => {
  [browser, hubspot] = await Promise.all([launch(), HubSpot.start()]);
  knock = await Knock.start({
    env: {
      KNOCK_HUBSPOT_API_URL: hubspot.url,
      KNOCK_HUBSPOT_AUTHORIZE_URL: `${hubspot.url}/oauth/authorize`,
      KNOCK_OUTBOUND_PRIVATE_NETWORKS: "127.0.0.0/8",
    },
  });
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

  await page.getByRole("button", { name: "Create the standard properties", exact: true }).press("Enter");
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

/** A request of HubSpot's own interface. */
async function ofHubSpot(method, path, body) {
  const headers = { "content-type": "application/json", authorization: `Bearer ${hubspot.token}` };
  const reply = await fetch(hubspot.url + path, { method, headers, body: body && JSON.stringify(body) });
  assert.ok(reply.ok, `${method} ${path}: ${reply.status}`);
}

test("installed by OAuth, it says which scopes are unchecked, offers no trap, and writes owners", async () => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await signIn(context, knock);
  const wrong = complaints(page);
  const settings = () => knock.get("/api/v1/crm/hubspot");
  const field = (label) => page.getByLabel(label, { exact: true });
  const unchecked = page.getByText("These scopes could not be checked.");
  await page.goto(`${knock.url}/app/settings/crm`);
  await hubspot.post("faults", { on: "token/introspect", do: "status", status: 401 });
  await field("Client ID").fill("client");
  await field("Client secret").fill("secret");
  await page.getByRole("button", { name: "Install to HubSpot" }).click();
  await page.getByRole("link", { name: "Connect app" }).click();
  await page.getByText("HubSpot is connected.").waitFor();
  await unchecked.waitFor();
  assert.deepEqual(await faultsOf(page, "crm, scopes unchecked"), []);
  await page.getByRole("button", { name: "Install again" }).click();
  await page.getByRole("link", { name: "Connect app" }).click();
  await page.getByText("HubSpot is connected.").waitFor();
  await page.getByText("contract.example").first().waitFor();
  assert.equal(await unchecked.count(), 0);

  // The lists offer what takes the field, and the API refuses the rest at its field.
  await ofHubSpot("POST", "/crm/v3/properties/contacts", {
    name: "own_status", label: "Own status", type: "string", fieldType: "text", groupName: "contacts_information",
  });
  await page.reload();
  await page.waitForFunction(() => document.querySelector("#crm-field-knock_chat_status option[value=own_status]"));
  const offered = (id) => page.locator(`#${id} option`).evaluateAll((all) => all.map((one) => one.value));
  const statuses = await offered("crm-field-knock_chat_status");
  for (const trap of ["email", "hs_object_id", "hubspot_owner_id"]) assert.ok(!statuses.includes(trap), trap);
  const owners = await offered("crm-field-knock_rep_owner");
  assert.deepEqual(["hubspot_owner_id", "email"].map((name) => owners.includes(name)), [true, false]);
  const stored = await settings();
  const refused = await fetch(`${knock.url}/api/v1/crm/hubspot`, {
    method: "PUT",
    headers: { "content-type": "application/json", authorization: `Bearer ${knock.key}` },
    body: JSON.stringify({
      enabled: false,
      create_contact: stored.create_contact,
      mapping: { contact: { ...stored.mapping.contact, "Chat Status": "email" } },
    }),
  });
  const [error] = (await refused.json()).errors;
  assert.deepEqual([refused.status, error.pointer], [422, "/mapping/contact/Chat Status"]);
  assert.match(error.reason, /identifies a record/);

  await field("Knock: Rep Owner").selectOption("hubspot_owner_id");
  await field("Chat Status").selectOption("own_status");
  await page.getByLabel("Create contacts again that were deleted in HubSpot").press("Space");
  await page.getByRole("button", { name: "Save" }).press("Enter");
  await page.getByText(/^Saved\./).waitFor();
  const saved = await settings();
  assert.deepEqual([saved.mapping.contact["Knock: Rep Owner"], saved.recreate_deleted], ["hubspot_owner_id", true]);

  // A property that has got another type since is shown as a problem.
  await ofHubSpot("DELETE", "/crm/v3/properties/contacts/own_status");
  await ofHubSpot("POST", "/crm/v3/properties/contacts", {
    name: "own_status", label: "Own status", type: "number", fieldType: "number", groupName: "contacts_information",
  });
  await page.reload();
  await page.getByText("HubSpot does not take this field there, so that it is not written").waitFor();
  assert.deepEqual(await faultsOf(page, "crm, a trap"), []);
  assert.deepEqual(wrong, []);
  await context.close();
});

/** A property of companies of one's own. */
const ofCompanies = (name, type) =>
  ofHubSpot("POST", "/crm/v3/properties/companies", {
    name, label: name, type, fieldType: type === "number" ? "number" : "text", groupName: "companies_information",
  });

test("fields of companies are mapped apart from those of contacts, and the company of a lead is written", async () => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await signIn(context, knock);
  const wrong = complaints(page);
  const settings = () => knock.get("/api/v1/crm/hubspot");
  const field = (label) => page.getByLabel(label, { exact: true });
  await ofCompanies("people", "number");
  await ofCompanies("own_type", "string");
  await page.goto(`${knock.url}/app/settings/crm`);
  await page.getByRole("heading", { name: "Companies", exact: true }).waitFor();
  await page.waitForFunction(() => document.querySelector("#crm-company-field-knock_leads option[value=people]"));
  const offered = await page.locator("#crm-company-field-knock_intent_type option").evaluateAll((all) => all.map((one) => one.value));
  assert.deepEqual(["own_type", "hs_object_id", "email", "own_status"].map((name) => offered.includes(name)), [true, false, false, false]);
  assert.deepEqual(await faultsOf(page, "crm, companies"), []);

  // A property that gets another type while the page is open is refused at its line, and not at that of contacts.
  await field("Chat Status").selectOption("knock_chat_status");
  await field("Clean CRM").uncheck();
  await page.getByLabel("Write leads to HubSpot").check();
  await field("Knock: Leads of companies").selectOption("people");
  await field("Knock: Intent Type of companies").selectOption("own_type");
  await ofHubSpot("DELETE", "/crm/v3/properties/companies/own_type");
  await ofCompanies("own_type", "number");
  await page.getByRole("button", { name: "Save", exact: true }).press("Enter");
  await page.locator("#crm-company-field-knock_intent_type[aria-invalid=true]").waitFor();
  assert.equal(await field("Knock: Intent Type").getAttribute("aria-invalid"), "false");
  assert.deepEqual((await settings()).mapping.company, {});
  assert.deepEqual(await faultsOf(page, "crm, a refused property of companies"), []);
  await field("Knock: Intent Type of companies").selectOption("");
  await page.getByRole("button", { name: "Save", exact: true }).press("Enter");
  await page.getByText("Saved. Leads are written to HubSpot as they change; a full resync writes all.").waitFor();
  assert.deepEqual((await settings()).mapping.company, { "Knock: Leads": "people" });

  const email = "lee@initech.example";
  const { id: company } = await hubspot.post("records", { object: "companies", properties: { name: "Initech", domain: "initech.example" } });
  await hubspot.post("records", { object: "contacts", properties: { email, associatedcompanyid: company }, with: [["companies", company]] });
  const visitor = await chatAs(browser, knock, email, "We need a quote for 200 people");
  const people = async () => (await hubspot.get("records/companies")).find(({ id }) => id === company).properties.people;
  await until(people, (number) => Number(number) === 1, "HubSpot has the number of the company's leads");
  const [{ id: lead }] = (await knock.get(`/api/v1/contacts?q=${email}`)).contacts;
  const isLogged = ({ writes }) => writes.some((one) => one.company === company) && writes.some((one) => !one.company);
  await until(() => knock.get(`/api/v1/contacts/${lead}/crm`), isLogged, "both writes are logged");
  await page.goto(`${knock.url}/app/contacts/${lead}`);
  const lines = page.getByRole("region", { name: "Written to HubSpot" }).getByRole("listitem");
  const said = `To the company ${company}`;
  await lines.filter({ hasText: said }).getByText("people", { exact: true }).first().waitFor();
  await lines.filter({ hasNotText: "To the company" }).getByText("knock_chat_status", { exact: true }).first().waitFor();
  assert.deepEqual(await faultsOf(page, "a contact, a write to its company"), []);

  await page.goto(`${knock.url}/app/settings/crm`);
  await page.getByRole("button", { name: "Start a dry run" }).press("Enter");
  await page.getByRole("status", { name: "Result of the dry run" }).getByText(/compan(y|ies) would be written\./).waitFor();

  // The button of companies creates theirs alone, and keeps what is mapped.
  await page.getByRole("button", { name: "Create the standard properties of companies" }).press("Enter");
  await page.getByText("The properties are there, and their fields are mapped to them.").waitFor();
  const { mapping } = await settings();
  assert.deepEqual([mapping.company["Knock: Leads"], mapping.company["Knock: Deals"]], ["people", "knock_deals"]);
  await page.waitForFunction(() => document.getElementById("crm-company-field-knock_deals")?.value === "knock_deals");
  assert.equal(mapping.contact["Meeting Time"], undefined, "what is not mapped of contacts stays so");
  assert.deepEqual(wrong.filter((line) => !line.includes("status of 422")), []);
  await Promise.all([visitor.context().close(), context.close()]);
});
