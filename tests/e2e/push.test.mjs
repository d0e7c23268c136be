// Push notifications: encrypted so that another implementation reads them, shown by the service worker.
import assert from "node:assert/strict";
import { createECDH, createPublicKey, randomBytes, verify } from "node:crypto";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import ece from "http_ece";
import { complaints, launch } from "./support/browser.mjs";
import { Knock, until } from "./support/knock.mjs";
import { signIn } from "./support/visitor.mjs";

let browser, knock, service;
const pushed = [];

before(async () => {
  service = createServer((request, response) => {
    const chunks = [];
    request.on("data", (chunk) => chunks.push(chunk));
    request.on("end", () => {
      pushed.push({ headers: request.headers, body: Buffer.concat(chunks) });
      response.writeHead(201).end();
    });
  });
  await new Promise((resolve) => service.listen(0, "127.0.0.1", resolve));
  const env = { KNOCK_OUTBOUND_PRIVATE_NETWORKS: "127.0.0.0/8", KNOCK_SMTP_FROM: "Acme <hello@acme.example>" };
  [browser, knock] = await Promise.all([launch(), Knock.start({ env })]);
});

after(async () => {
  await browser?.close();
  await knock?.stop();
  service.close();
});

/** A request of the dashboard's page. */
const ask = (page, method, path, body) =>
  page.evaluate(
    async ([method, path, body]) => {
      const headers = { "content-type": "application/json" };
      const reply = await fetch(path, { method, headers, body: body && JSON.stringify(body) });
      return [reply.status, await reply.json().catch(() => null)];
    },
    [method, path, body],
  );

async function visitorWrites(text) {
  const page = await (await browser.newContext()).newPage();
  await page.goto(`${knock.url}/demo/`);
  await page.getByRole("button", { name: /^Open chat/ }).click();
  const field = page.getByLabel("Message", { exact: true });
  await field.fill(text);
  await field.press("Enter");
  await page.getByRole("log").getByText(text).waitFor();
}

test("a push is read by another implementation, names its server, and holds no message unless enabled", async () => {
  const context = await browser.newContext();
  const page = await signIn(context, knock);
  const keys = createECDH("prime256v1");
  keys.generateKeys();
  const auth = randomBytes(16);
  const endpoint = `http://127.0.0.1:${service.address().port}/send/abc`;
  const subscription = { endpoint, p256dh: keys.getPublicKey("base64url"), auth: auth.toString("base64url") };
  assert.deepEqual(await ask(page, "POST", "/api/v1/notifications/devices", subscription), [204, null]);
  const [, { key }] = await ask(page, "GET", "/api/v1/notifications/devices");
  // The dashboard is closed.
  await page.goto("about:blank");
  const away = async (page) => ask(page, "PUT", "/api/v1/notifications/presence", { is_looking: false });
  await page.goto(`${knock.url}/healthz`);
  await away(page);
  await visitorWrites("Hello there");
  await until(() => pushed.length, (count) => count === 1, "the push");
  const read = ({ body }) => JSON.parse(ece.decrypt(body, { version: "aes128gcm", privateKey: keys, authSecret: auth }));
  const { conversations } = await knock.get("/api/v1/conversations");
  const { id } = conversations[0];
  const { body, ...rest } = read(pushed[0]);
  assert.deepEqual(rest, { tag: id, title: "New chat", path: `/app/inbox/${id}` });
  assert.doesNotMatch(body, /Hello/);

  const { headers } = pushed[0];
  assert.equal(headers["content-encoding"], "aes128gcm");
  assert.ok(headers.topic.length <= 32 && Number(headers.ttl) > 0);
  const [, token, k] = headers.authorization.match(/^vapid t=([\w-]+\.[\w-]+\.[\w-]+), k=([\w-]+)$/);
  assert.equal(k, key);
  const [head, claims, signature] = token.split(".");
  const point = Buffer.from(k, "base64url");
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((half) => half.toString("base64url"));
  const publicKey = createPublicKey({ key: { kty: "EC", crv: "P-256", x, y }, format: "jwk" });
  const signed = { key: publicKey, dsaEncoding: "ieee-p1363" };
  assert.ok(verify("sha256", `${head}.${claims}`, signed, Buffer.from(signature, "base64url")));
  const { aud, sub } = JSON.parse(Buffer.from(claims, "base64url"));
  assert.deepEqual([aud, sub], [new URL(endpoint).origin, "mailto:hello@acme.example"]);

  // The key survives a restart: subscriptions are bound to it.
  await knock.kill();
  await knock.restart();
  const [, again] = await ask(page, "GET", "/api/v1/notifications/devices");
  assert.equal(again.key, key);
  const [, settings] = await ask(page, "GET", "/api/v1/notifications");
  await ask(page, "PUT", "/api/v1/notifications", { ...settings, shows_text: true });
  await visitorWrites("Good morning");
  await until(() => pushed.length, (count) => count === 2, "the second push");
  assert.match(read(pushed[1]).body, /: Good morning$/);
  await context.close();
});

test("the service worker shows pushes, and a click opens the chat in the open tab", async (test) => {
  // Headless Chromium shows no notifications.
  const whole = await launch({ whole: true });
  test.after(() => whole.close());
  const context = await whole.newContext();
  await context.grantPermissions(["notifications"], { origin: knock.url });
  const page = await signIn(context, knock);
  const found = complaints(page);
  const devtools = await context.newCDPSession(page);
  const registered = new Promise((resolve) => {
    devtools.on("ServiceWorker.workerRegistrationUpdated", ({ registrations }) => {
      const ours = registrations.find(({ scopeURL }) => scopeURL === `${knock.url}/app/`);
      if (ours) resolve(ours.registrationId);
    });
  });
  await devtools.send("ServiceWorker.enable");
  await page.evaluate(async () => {
    await navigator.serviceWorker.register("/app/push.js", { scope: "/app/" });
    await navigator.serviceWorker.ready;
  });
  const registrationId = await registered;
  const shown = () =>
    page.evaluate(async () => {
      const worker = await navigator.serviceWorker.ready;
      return (await worker.getNotifications()).map(({ title, body, tag }) => ({ title, body, tag }));
    });
  const [worker] = context.serviceWorkers();
  await worker.evaluate(() => {
    self.heard = self.done = 0;
    addEventListener("push", () => (self.heard += 1));
    const show = registration.showNotification.bind(registration);
    registration.showNotification = async (...all) => {
      await show(...all);
      self.done += 1;
    };
  });
  const heard = () => worker.evaluate(() => self.heard);
  const done = () => worker.evaluate(() => self.done);
  // DevTools may lose a message: one that the worker has not heard is sent again, one that it has heard is shown.
  const push = async (data, isShown, what) => {
    const before = await heard();
    const isHeard = async () => {
      await devtools.send("ServiceWorker.deliverPushMessage", { origin: knock.url, registrationId, data });
      return until(heard, (count) => count > before, what, 5_000).then(() => true, () => false);
    };
    await until(isHeard, Boolean, what);
    // Not before: Chromium forgets a notification when it is asked for the shown ones while it shows that one.
    await until(done, (count) => count > before, what);
    await until(shown, isShown, what);
    assert.equal(await heard(), before + 1, "it was sent once");
  };
  const alert = { tag: "chat", title: "New chat", body: "Ann Lee", path: "/app/contacts" };
  const { path, ...seen } = alert;
  await push(JSON.stringify(alert), (all) => all.length === 1, "the first one");
  assert.deepEqual(await shown(), [seen]);
  const isReplaced = (all) => all.length === 1 && all[0].title === "New message";
  await push(JSON.stringify({ ...alert, title: "New message" }), isReplaced, "the one in its place");
  await push("no JSON", (all) => all.length === 2, "one for every push");

  await worker.evaluate(async () => {
    const [notification] = await registration.getNotifications({ tag: "chat" });
    dispatchEvent(new NotificationEvent("notificationclick", { notification }));
  });
  await page.waitForURL(`**${path}`);
  await until(shown, (all) => all.every(({ tag }) => tag !== "chat"), "it is closed");
  const script = await fetch(`${knock.url}/app/push.js`);
  assert.deepEqual([script.headers.get("cache-control"), script.status], ["no-cache", 200]);
  assert.deepEqual(found, []);
});
