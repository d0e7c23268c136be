// Leads by form in HubSpot: an admin chooses that they become contacts, and the form of a visitor makes one.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { complaints, launch } from "./support/browser.mjs";
import { HubSpot } from "./support/hubspot.mjs";
import { Knock, until } from "./support/knock.mjs";
import { faultsOf } from "./support/screens.mjs";
import { signIn } from "./support/visitor.mjs";

const ANN = "ann@hollis-freight.com";
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

test("a contact is created from the form of a lead, with its owner", async () => {
  const admin = await signIn(await browser.newContext({ viewport: { width: 1280, height: 800 } }), knock);
  const wrong = complaints(admin);
  await admin.goto(`${knock.url}/app/settings/crm`);
  await admin.getByLabel("Access token", { exact: true }).fill(hubspot.token);
  await admin.keyboard.press("Enter");
  await admin.getByText("Connected. Nothing is written before the switch is on.").waitFor();
  await admin.getByRole("button", { name: "Create the standard properties", exact: true }).press("Enter");
  await admin.getByText("The properties are there, and their fields are mapped to them.").waitFor();
  await admin.getByLabel("Write leads to HubSpot").press("Space");
  await admin.getByLabel("Leads of other sources too").press("Space");
  await admin.getByLabel("A contact is created", { exact: true }).selectOption("From the first form, message or booking");
  await admin.getByRole("button", { name: "Save" }).press("Enter");
  await admin.getByText("Saved. Leads are written to HubSpot as they change; a full resync writes all.").waitFor();
  const { enabled, other_sources, create_contact } = await knock.get("/api/v1/crm/hubspot");
  assert.deepEqual([enabled, other_sources, create_contact], [true, true, "form"]);
  assert.deepEqual(await faultsOf(admin, "crm, contacts from forms"), []);

  const visitor = await (await browser.newContext()).newPage();
  // A person takes longer to fill in a form than the tracker to load its part for forms.
  const forms = visitor.waitForResponse("**/forms.js");
  await visitor.goto(`${knock.url}/demo/contact`);
  await forms;
  await visitor.getByLabel("Name").fill("Ann Lee");
  await visitor.getByLabel("Work email").fill(ANN);
  await visitor.getByRole("button", { name: "Book a demo" }).click();
  const written = async () => (await hubspot.get("records/contacts")).find(({ properties }) => properties.email === ANN)?.properties;
  const contact = await until(written, (all) => all?.knock_rep_owner, "HubSpot has the lead with an owner");
  assert.equal(contact.knock_rep_owner, "admin@localhost");
  assert.equal(contact.knock_chat_status || null, null, "there is no chat");
  assert.deepEqual(wrong, []);
});
