// Proof of the Microsoft server of tests/microsoft: consent and tokens, and subscriptions by Microsoft's own client.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { createServer } from "node:http";
import { after, before, beforeEach, test } from "node:test";
import { launch } from "./support/browser.mjs";
import { Microsoft } from "./support/microsoft.mjs";

const SCOPE = "offline_access openid User.Read https://graph.microsoft.com/Calendars.ReadWrite";
const BACK = "http://127.0.0.1/back";

let microsoft;
let client;
let app;

before(async () => {
  microsoft = await Microsoft.start();
  app = await App.start();
});

beforeEach(async () => {
  await microsoft.post("reset");
  microsoft.seed = await microsoft.get("seed");
  client = microsoft.client((await microsoft.post("grant")).access_token);
  Object.assign(app, { posts: [], answer: (token) => token });
});

after(() => {
  microsoft?.stop();
  app?.server.close();
});

/** The app that notifications are posted to. */
class App {
  static async start() {
    const app = new App();
    app.server = createServer((request, response) => app.#take(request, response));
    await new Promise((resolve) => app.server.listen(0, "127.0.0.1", resolve));
    app.url = `http://127.0.0.1:${app.server.address().port}/push`;
    return app;
  }

  async #take(request, response) {
    if (request.method === "GET") return response.writeHead(200, { "content-type": "text/plain" }).end("Back at the app");
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const token = new URL(request.url, this.url).searchParams.get("validationToken");
    if (token !== null) return response.writeHead(200, { "content-type": "text/plain" }).end(this.answer(token));
    this.posts.push(...JSON.parse(Buffer.concat(chunks)).value);
    response.writeHead(202).end();
  }
}

const authorize = (fields, tenant = "common") => {
  const usual = { client_id: microsoft.seed.client_id, redirect_uri: BACK, response_type: "code", scope: SCOPE, state: "s-1" };
  return `${microsoft.url}/${tenant}/oauth2/v2.0/authorize?${new URLSearchParams({ ...usual, ...fields })}`;
};

/** What the page leads back with after a decision. */
async function decided(fields, decision = "accept") {
  const reply = await fetch(authorize(fields), { method: "POST", body: new URLSearchParams({ decision }), redirect: "manual" });
  assert.equal(reply.status, 302);
  return new URL(reply.headers.get("location")).searchParams;
}

/** The refusal of a request of the token endpoint. */
async function refusedToken(fields, status, error, number) {
  const { status: code, body } = await microsoft.token(fields);
  assert.deepEqual([code, body.error, body.error_codes], [status, error, [number]], body.error_description);
  assert.ok(body.error_description.startsWith(`AADSTS${number}: `) && body.trace_id && body.correlation_id && body.timestamp);
  return body;
}

test("a user consents, and a code becomes tokens once, with its proof", async () => {
  const page = await (await fetch(authorize({ prompt: "consent" }))).text();
  assert.match(page, /Permissions requested[^]*Calendars\.ReadWrite[^]*Cancel[^]*Accept/);
  const verifier = "v".repeat(43);
  const challenge = createHash("sha256").update(verifier).digest("base64url");
  const back = await decided({ code_challenge: challenge, code_challenge_method: "S256" });
  assert.equal(back.get("state"), "s-1");
  const redeem = { grant_type: "authorization_code", code: back.get("code"), redirect_uri: BACK };
  await refusedToken(redeem, 400, "invalid_grant", 50148);
  await refusedToken({ ...redeem, code_verifier: "w".repeat(43) }, 400, "invalid_grant", 501481);
  await refusedToken({ ...redeem, client_secret: "wrong", code_verifier: verifier }, 401, "invalid_client", 7000215);
  const { status, body } = await microsoft.token({ ...redeem, code_verifier: verifier });
  assert.deepEqual([status, body.token_type, body.scope], [200, "Bearer", "Calendars.ReadWrite User.Read"]);
  assert.ok(body.expires_in >= 3600 && body.expires_in < 5400);
  const claims = JSON.parse(Buffer.from(body.id_token.split(".")[1], "base64url"));
  assert.deepEqual([claims.preferred_username, claims.tid], [microsoft.seed.mail, microsoft.seed.tenant]);
  assert.equal((await microsoft.client(body.access_token).api("/me").get()).mail, microsoft.seed.mail);
  await refusedToken({ ...redeem, code_verifier: verifier }, 400, "invalid_grant", 54005);
});

test("a refusal leads back with its reason, and some never lead back", async () => {
  const declined = await decided({}, "cancel");
  assert.deepEqual([declined.get("error"), declined.get("state")], ["access_denied", "s-1"]);
  assert.match(declined.get("error_description"), /^AADSTS65004/);
  await microsoft.put("settings", { needs_admin: true });
  assert.match(await (await fetch(authorize({ prompt: "consent" }))).text(), /Need admin approval/);
  assert.equal((await decided({})).get("error"), "access_denied");
  const silently = async () => {
    const reply = await fetch(authorize({ prompt: "none", login_hint: microsoft.seed.mail }), { redirect: "manual" });
    return new URL(reply.headers.get("location")).searchParams;
  };
  assert.ok((await silently()).get("code"));
  await microsoft.post("revoke");
  assert.equal((await silently()).get("error"), "consent_required");
  for (const [fields, number] of [[{ client_id: "other" }, 700016], [{ redirect_uri: "https://else.example/" }, 50011]]) {
    const reply = await fetch(authorize(fields));
    assert.deepEqual([reply.status, (await reply.text()).includes(`AADSTS${number}`)], [400, true]);
  }
  assert.equal((await fetch(authorize({}, "consumers"))).status, 400);
});

test("the page of consent is clicked in a browser", async () => {
  const browser = await launch();
  try {
    const page = await browser.newPage();
    const back = new URL("/back", app.url).href;
    for (const [button, name, pattern] of [["Cancel", "error", /^access_denied$/], ["Accept", "code", /./]]) {
      await page.goto(authorize({ prompt: "consent", redirect_uri: back }));
      await page.getByRole("button", { name: button }).click();
      await page.waitForURL(`${back}?*`);
      assert.match(new URL(page.url()).searchParams.get(name), pattern);
    }
  } finally {
    await browser.close();
  }
});

test("a refresh token gives new tokens until its grant ends", async () => {
  const { refresh_token } = await microsoft.post("grant", { scopes: ["offline_access", "Calendars.Read"] });
  const refresh = { grant_type: "refresh_token", refresh_token };
  const first = (await microsoft.token(refresh)).body;
  assert.notEqual(first.refresh_token, refresh_token);
  assert.equal((await microsoft.token(refresh)).status, 200);
  assert.ok(!(await microsoft.post("grant", { scopes: ["Calendars.Read"] })).refresh_token);
  for (const [error, suberror] of [[50173, "bad_token"], [70000, "bad_token"], [700082, undefined], [65001, "consent_required"]]) {
    await microsoft.post("revoke", { error });
    assert.equal((await refusedToken(refresh, 400, "invalid_grant", error)).suberror, suberror);
  }
  await microsoft.put("settings", { is_secret_expired: true });
  await refusedToken(refresh, 401, "invalid_client", 7000222);
});

const soon = (minutes) => new Date(Date.now() + minutes * 60_000).toISOString();
const asked = (more = {}) => ({
  changeType: "created,updated,deleted", notificationUrl: app.url, lifecycleNotificationUrl: app.url, clientState: "secret",
  resource: `me/calendars/${microsoft.seed.calendar}/events`, expirationDateTime: soon(10_000), ...more,
});
const subscribe = (more) => client.api("/subscriptions").post(asked(more));
const event = (day) => ({ start: { dateTime: `2026-01-${day}T09:00:00`, timeZone: "UTC" }, end: { dateTime: `2026-01-${day}T10:00:00`, timeZone: "UTC" } });

async function refused(call, status) {
  const error = await call.then(() => assert.fail("it was not refused"), (error) => error);
  assert.equal(error.statusCode, status, error.message);
  return error;
}

test("a subscription notifies of changes until it is deleted", async () => {
  const subscription = await subscribe();
  const { id } = await microsoft.post("events", { event: event("05") });
  await microsoft.post(`events/${id}`, { event: { subject: "Moved" } });
  await microsoft.delete(`events/${id}`);
  await microsoft.post("quiet");
  assert.deepEqual(app.posts.map((post) => [post.changeType, post.clientState, post.resourceData.id]), [
    ["created", "secret", id], ["updated", "secret", id], ["deleted", "secret", id],
  ]);
  assert.equal(app.posts[0].subscriptionId, subscription.id);
  const renewed = await client.api(`/subscriptions/${subscription.id}`).patch({ expirationDateTime: soon(60) });
  assert.ok(renewed.expirationDateTime < subscription.expirationDateTime);
  await client.api(`/subscriptions/${subscription.id}`).delete();
  await refused(client.api(`/subscriptions/${subscription.id}`).patch({ expirationDateTime: soon(60) }), 404);
  await microsoft.post("events", { event: event("06") });
  await microsoft.post("quiet");
  assert.equal(app.posts.length, 3);
});

test("a subscription needs an address that answers, and limits of its values", async () => {
  app.answer = (token) => encodeURIComponent(token);
  assert.equal((await refused(subscribe(), 400)).code, "ValidationError");
  app.answer = (token) => token;
  for (const wrong of [
    { notificationUrl: "http://else.example/push" },
    { clientState: "s".repeat(129) },
    { changeType: "moved" },
    { resource: "me/messages" },
    { expirationDateTime: soon(10_081) },
    { expirationDateTime: soon(-1) },
  ]) {
    await refused(subscribe(wrong), 400);
  }
  assert.deepEqual((await client.api("/subscriptions").get()).value, []);
});

test("notifications are lost, repeated and followed by lifecycle events", async () => {
  const { id } = await subscribe();
  await microsoft.put("delivery", { lose: 1, repeat: 1 });
  for (const day of ["05", "06"]) await microsoft.post("events", { event: event(day) });
  await microsoft.post("quiet");
  assert.deepEqual(app.posts.map((post) => post.changeType), ["created", "created"]);
  await microsoft.put("delivery", { repeat: 0 });
  await microsoft.post("lifecycle", { event: "reauthorizationRequired", pause: true });
  await microsoft.post("events", { event: event("07") });
  await client.api(`/subscriptions/${id}/reauthorize`).post({});
  await microsoft.post("lifecycle", { event: "missed" });
  await microsoft.post("lifecycle", { event: "subscriptionRemoved" });
  await microsoft.post("quiet");
  assert.deepEqual(app.posts.slice(2).map((post) => post.lifecycleEvent), ["reauthorizationRequired", "missed", "subscriptionRemoved"]);
  await refused(client.api(`/subscriptions/${id}`).get(), 404);
});
