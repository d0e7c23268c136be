// Installing the apps of Slack and HubSpot by OAuth: from Settings to the vendor's page and back, by clicks alone.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { complaints, launch } from "./support/browser.mjs";
import { HubSpot } from "./support/hubspot.mjs";
import { Knock } from "./support/knock.mjs";
import { faultsOf } from "./support/screens.mjs";
import { Slack } from "./support/slack.mjs";
import { signIn } from "./support/visitor.mjs";

let browser, knock, slack, hubspot, page;

before(async () => {
  [browser, slack, hubspot] = await Promise.all([launch(), Slack.start(), HubSpot.start()]);
  knock = await Knock.start({
    env: {
      KNOCK_SLACK_API_URL: slack.api,
      KNOCK_HUBSPOT_API_URL: hubspot.url,
      KNOCK_HUBSPOT_AUTHORIZE_URL: `${hubspot.url}/oauth/authorize`,
      KNOCK_OUTBOUND_PRIVATE_NETWORKS: "127.0.0.0/8",
    },
  });
  page = await signIn(await browser.newContext({ viewport: { width: 1280, height: 800 } }), knock);
});

after(async () => {
  await browser?.close();
  await knock?.stop();
  slack?.stop();
  hubspot?.stop();
});

const field = (label) => page.getByLabel(label, { exact: true });

/** Fills in the app and leaves for the page of the vendor. */
async function leaves(vendor, app) {
  for (const [label, value] of Object.entries(app)) await field(label).fill(value);
  await page.getByRole("button", { name: `Install to ${vendor}` }).click();
}

test("the app of Slack is installed on Slack's page, after it was cancelled there once", async () => {
  const wrong = complaints(page);
  const app = {
    "Client ID": slack.seed.client_id,
    "Client secret": slack.seed.client_secret,
    "Signing secret of the app": slack.seed.signing_secret,
  };
  await page.goto(`${knock.url}/app/settings/slack`);
  await leaves("Slack", app);
  await page.getByRole("button", { name: "Cancel" }).click();
  await page.getByText("The installation was cancelled in Slack. Nothing was changed.").waitFor();
  assert.deepEqual(await faultsOf(page, "slack, cancelled"), []);
  assert.equal((await knock.get("/api/v1/slack")).is_connected, false);
  await leaves("Slack", app);
  await page.getByRole("button", { name: "Allow" }).click();
  await page.getByText("Slack is connected.").waitFor();
  await page.getByText("Acme", { exact: true }).waitFor();
  assert.deepEqual(await faultsOf(page, "slack, installed"), []);
  assert.deepEqual(wrong, []);
});

test("the app of HubSpot is installed on HubSpot's page, after it was cancelled there once", async () => {
  const wrong = complaints(page);
  const app = { "Client ID": "client", "Client secret": "secret" };
  await page.goto(`${knock.url}/app/settings/crm`);
  await leaves("HubSpot", app);
  await page.getByRole("link", { name: "Cancel" }).click();
  await page.getByText("The installation was cancelled in HubSpot. Nothing was changed.").waitFor();
  await leaves("HubSpot", app);
  await page.getByRole("link", { name: "Connect app" }).click();
  await page.getByText("HubSpot is connected.").waitFor();
  assert.deepEqual(await faultsOf(page, "crm, installed"), []);
  assert.equal((await knock.get("/api/v1/crm/hubspot")).is_connected, true);
  assert.deepEqual(wrong, []);
});
