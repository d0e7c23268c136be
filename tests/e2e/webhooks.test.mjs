// Settings > Webhooks: a webhook is created, tested against a receiver on this machine, fails, and is retried.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { violationsOf } from "./support/axe.mjs";
import { complaints, launch } from "./support/browser.mjs";
import { hasFocus } from "./support/focus.mjs";
import { Knock, until } from "./support/knock.mjs";
import { signIn } from "./support/visitor.mjs";

let browser, knock, receiver;

/** A receiver that responds with `code` and records requests. */
async function receive() {
  const heard = [];
  const server = createServer((request, answer) => {
    let text = "";
    request.on("data", (part) => (text += part));
    request.on("end", () => {
      heard.push({ headers: request.headers, text });
      answer.writeHead(self.code).end();
    });
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const self = { heard, code: 204, url: `http://127.0.0.1:${server.address().port}/hook`, stop: () => server.close() };
  return self;
}

before(async () => {
  browser = await launch();
  knock = await Knock.start({ env: { KNOCK_OUTBOUND_PRIVATE_NETWORKS: "127.0.0.0/8" } });
  receiver = await receive();
});

after(async () => {
  await browser?.close();
  await knock?.stop();
  receiver?.stop();
});

const MODES = [
  { name: "light", viewport: { width: 1280, height: 800 }, colorScheme: "light" },
  { name: "dark", viewport: { width: 1280, height: 800 }, colorScheme: "dark" },
  { name: "phone", viewport: { width: 360, height: 740 }, colorScheme: "light" },
];

/** No violation and no sideways scrolling, in every mode. */
async function isUsable(page, what) {
  for (const { name, viewport, colorScheme } of MODES) {
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    assert.deepEqual(await violationsOf(page), [], `${what}, ${name}`);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(overflow <= 0, `${what}, ${name} scrolls sideways by ${overflow} px`);
    if (process.env.KNOCK_SHOTS) await page.screenshot({ path: `${process.env.KNOCK_SHOTS}/${what}-${name}.png`, fullPage: true });
  }
  await page.setViewportSize(MODES[0].viewport);
}

test("a webhook is created, tested, and a failed delivery is retried", async () => {
  const page = await signIn(await browser.newContext(), knock);
  const found = complaints(page);
  await page.goto(`${knock.url}/app/settings/webhooks`);
  await page.getByText("No webhooks yet").waitFor();
  await isUsable(page, "empty");

  await page.getByRole("button", { name: "Add a webhook" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Address").fill("http://10.1.2.3/hook");
  await dialog.getByRole("button", { name: "Create" }).click();
  await dialog.getByText("private network").waitFor();
  await hasFocus(dialog.getByLabel("Address"));
  const choice = dialog.locator(".event-choice", { hasText: "meeting.booked" });
  await choice.getByText("Show sample").click();
  await choice.getByRole("region", { name: "Sample of meeting.booked" }).filter({ hasText: '"sample": true' }).waitFor();
  await isUsable(page, "form");
  await choice.getByText("Show sample").click();
  await dialog.getByLabel("Address").fill(receiver.url);
  await dialog.getByLabel("message.created", { exact: true }).check();
  await dialog.getByLabel("chat.assigned", { exact: true }).check();
  await dialog.getByLabel("Address").press("Enter");
  const card = page.getByRole("article", { name: receiver.url });
  await card.getByText("Active").waitFor();
  assert.ok((await card.innerText()).includes("chat.assigned, message.created"));

  await card.getByRole("button", { name: "Send test event" }).click();
  await page.getByRole("status").getByText("Test event delivered: answered 204").waitFor();
  await card.getByRole("listitem").getByText("Delivered").waitFor();
  await card.getByText("Signing secret").click();
  const secret = await card.getByRole("region", { name: /^Signing secret/ }).innerText();
  const [{ headers, text }] = receiver.heard;
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  const signed = createHmac("sha256", key).update(`${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${text}`);
  assert.equal(headers["webhook-signature"], `v1,${signed.digest("base64")}`);
  assert.equal(JSON.parse(text).type, "webhook.test");

  // A permanent refusal: the delivery is given up at once.
  receiver.code = 422;
  await card.getByRole("button", { name: "Send test event" }).click();
  await page.getByRole("status").getByText("Test event not delivered: answered 422").waitFor();
  await card.getByText("1 delivery given up").waitFor();
  await isUsable(page, "deliveries");
  receiver.code = 200;
  await card.getByRole("button", { name: /^Retry delivery/ }).click();
  await card.getByRole("listitem").first().getByText("Delivered").waitFor();
  await card.getByText("Nothing waiting").waitFor();
  assert.equal(receiver.heard[1].headers["webhook-id"], receiver.heard[2].headers["webhook-id"]);

  // A temporary failure: the next attempt is shown, and succeeds.
  receiver.code = 503;
  await card.getByRole("button", { name: "Send test event" }).click();
  await card.getByText("answered 503").waitFor();
  await card.getByText(/next try/).waitFor();
  receiver.code = 200;
  await knock.setClock({ advance_ms: 60_000 });
  await until(() => receiver.heard.length, (count) => count >= 5, "the second attempt");
  await card.getByRole("listitem").first().getByText("Delivered").waitFor();

  await card.getByRole("button", { name: "Pause" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Pause" }).click();
  await card.getByText("Paused").waitFor();
  await card.getByRole("button", { name: "Activate" }).click();
  await card.getByText("Active", { exact: true }).waitFor();
  receiver.code = 410;
  await card.getByRole("button", { name: "Send test event" }).click();
  await card.getByText("Stopped").waitFor();
  await isUsable(page, "stopped");
  await card.getByRole("button", { name: "Remove" }).click();
  await page.keyboard.press("Escape");
  assert.equal(await page.getByRole("dialog").count(), 0);
  await card.getByRole("button", { name: "Remove" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
  await page.getByText("No webhooks yet").waitFor();
  assert.deepEqual((await knock.get("/api/v1/webhooks")).webhooks, []);
  assert.deepEqual(found.filter((line) => !line.includes("422")), []);
});

test("a sample is sent, and a webhook is limited to a site", async () => {
  receiver.code = 204;
  receiver.heard.length = 0;
  const made = await fetch(`${knock.url}/api/v1/sites`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${knock.key}` },
    body: JSON.stringify({ name: "Shop", origins: ["https://shop.example"] }),
  });
  assert.equal(made.status, 201);
  const shop = await made.json();
  const page = await signIn(await browser.newContext(), knock);
  const found = complaints(page);
  await page.goto(`${knock.url}/app/settings/webhooks`);
  await page.getByRole("button", { name: "Add a webhook" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Address").fill(receiver.url);
  await dialog.getByLabel("meeting.booked", { exact: true }).check();
  await dialog.getByRole("group", { name: "Sites" }).getByLabel("Shop").check();
  await isUsable(page, "form-with-sites");
  await dialog.getByRole("button", { name: "Create" }).click();
  const card = page.getByRole("article", { name: receiver.url });
  await card.getByText("Active", { exact: true }).waitFor();
  assert.ok((await card.innerText()).includes("Shop"));
  assert.deepEqual((await knock.get("/api/v1/webhooks")).webhooks[0].sites, [shop.key]);

  await card.getByRole("button", { name: "Send sample" }).click();
  await page.getByRole("dialog", { name: "Send a sample" }).waitFor();
  assert.equal(await dialog.getByLabel("Event").inputValue(), "meeting.booked");
  await dialog.getByLabel("Event").selectOption("link.clicked");
  await dialog.getByText("Show sample").click();
  await dialog.getByRole("region", { name: "Sample of link.clicked" }).filter({ hasText: "link_click" }).waitFor();
  await isUsable(page, "sample");
  await dialog.getByRole("button", { name: "Send", exact: true }).click();
  await page.getByRole("status").getByText("Sample of link.clicked sent").waitFor();
  await card.getByRole("listitem").getByText("Delivered").waitFor();
  assert.ok((await card.getByRole("listitem").first().innerText()).includes("link.clicked sample"));
  const posted = JSON.parse(receiver.heard[0].text);
  assert.deepEqual([posted.type, posted.sample, posted.data.kind], ["link.clicked", true, "link_click"]);
  assert.deepEqual(found, []);
});
