// Settings > Enrichment: a provider is set up, tested and removed; its data is shown on the records.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { complaints, launch } from "./support/browser.mjs";
import { Knock, until } from "./support/knock.mjs";
import { faultsOf } from "./support/screens.mjs";
import { browseAndAskForDemo, signIn } from "./support/visitor.mjs";

const KEY = "Bearer heron-granite-41";

let browser, knock, provider;

/** A data provider that authenticates by a key. */
async function provide() {
  const server = createServer((request, answer) => {
    const code = request.headers.authorization === KEY ? 200 : 401;
    answer.writeHead(code, { "content-type": "application/json" });
    answer.end(JSON.stringify({ company: { name: "Hollis Freight", employees: "1250", tech: ["Rust", "Go"] }, title: 7 }));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${server.address().port}/find?email={email}`, stop: () => server.close() };
}

before(async () => {
  browser = await launch();
  provider = await provide();
  knock = await Knock.start({ env: { KNOCK_OUTBOUND_PRIVATE_NETWORKS: "127.0.0.0/8" } });
});

after(async () => {
  await browser?.close();
  await knock?.stop();
  provider?.stop();
});

test("an admin sets a provider up with the keyboard alone, and records show its data", async () => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await signIn(context, knock);
  const wrong = complaints(page);
  await page.goto(`${knock.url}/app/settings/enrichment`);
  const field = (label) => page.getByLabel(label, { exact: true });
  await field("Address").fill("https://api.example.com/find");
  await field("Company name").fill("/company/name");
  await field("Company employees").fill("company");
  await page.keyboard.press("Enter");
  await page.getByText("neither {email} nor {domain}").waitFor();
  assert.equal(await field("Address").getAttribute("aria-invalid"), "true");
  await field("Address").fill(provider.url);
  await page.keyboard.press("Enter");
  await page.getByText("is no JSON pointer").waitFor();
  assert.equal(await field("Company employees").getAttribute("aria-invalid"), "true");
  assert.deepEqual(await faultsOf(page, "a provider that is refused"), []);
  await field("Company employees").fill("/company/employees");
  await field("Company technologies").fill("/company/tech");
  await field("Job title").fill("/title");
  await field("Name").fill("Acme Data");
  await field("Header of the key").fill("Authorization");
  await field("Key").fill("Bearer another");
  await page.keyboard.press("Enter");
  await page.getByText("Saved. Test it with an address below.").waitFor();
  assert.equal(await field("Key").inputValue(), "", "it is not shown again");

  await field("Email").fill("ann@gmail.com");
  await page.keyboard.press("Enter");
  await page.getByText("such addresses are never sent").waitFor();
  await field("Email").fill("ann@hollis-freight.com");
  await page.keyboard.press("Enter");
  await page.getByText("The answer cannot be used: the provider does not accept the key (status code 401).").waitFor();
  await page.getByText("Leads are routed without it.").waitFor();
  await field("Key").fill(KEY);
  await page.keyboard.press("Enter");
  await page.getByText("Saved. Test it with an address below.").waitFor();
  await field("Email").press("Enter");
  await page.getByText("The provider answered (status code 200): 3 of 4 fields have a value.").waitFor();
  await page.getByText("is a number and no text").waitFor();
  await page.getByText("Leads are routed without it.").waitFor({ state: "hidden" });
  assert.deepEqual(await faultsOf(page, "a provider that was tested"), []);

  const visitor = await (await browser.newContext()).newPage();
  await browseAndAskForDemo(visitor, knock.url, "ann@hollis-freight.com");
  const { contacts } = await until(() => knock.get("/api/v1/contacts"), ({ contacts }) => contacts.length === 1, "the contact");
  const record = `/api/v1/contacts/${contacts[0].id}`;
  await until(() => knock.get(record), ({ enrichment }) => enrichment?.length === 3, "what the provider says");
  for (const path of [`contacts/${contacts[0].id}`, `accounts/${contacts[0].account.id}`]) {
    await page.goto(`${knock.url}/app/${path}`);
    const panel = page.getByRole("region", { name: "Enrichment" });
    await panel.getByText("1,250").waitFor();
    await panel.getByText("Rust, Go").waitFor();
    assert.match(await panel.innerText(), /Acme Data, /);
    assert.deepEqual(await faultsOf(page, path.replace(/[0-9a-f-]{36}/, "ID")), []);
  }

  await page.goto(`${knock.url}/app/settings/enrichment`);
  await page.getByRole("button", { name: "Remove" }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
  await page.getByText("Removed. Its data stays on the records.").waitFor();
  assert.equal(await field("Address").inputValue(), "");
  assert.deepEqual(wrong.filter((line) => !line.includes("status of 422")), []);
  await context.close();
});
