// Proof of the Google server of tests/google: Google's own OAuth client gets, renews and revokes tokens with it.
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { ACCOUNT, CLIENT_ID, CLIENT_SECRET, Google, REDIRECT, SCOPES, refused, scope } from "./support/google.mjs";

let google;

before(async () => {
  google = await Google.start();
});

beforeEach(async () => {
  await google.control("POST", "reset");
  await google.control("PUT", "clock", { stop_at: "2026-03-02T08:00:00Z" });
});

after(() => google?.stop());

const ask = (options = {}) =>
  google.auth().generateAuthUrl({ access_type: "offline", scope: SCOPES, state: "a state", ...options });

/** A request for tokens that the client would not send. */
async function posted(fields) {
  const body = new URLSearchParams({ client_id: CLIENT_ID, client_secret: CLIENT_SECRET, ...fields });
  const reply = await fetch(`${google.url}/token`, { method: "POST", body });
  return [reply.status, await reply.json()];
}

const exchange = (code, more = {}) => posted({ grant_type: "authorization_code", code, redirect_uri: REDIRECT, ...more });

test("a grant gives tokens that live an hour and are renewed until it is revoked", async () => {
  const auth = await google.connected();
  // The clock of the server is not that by which the client knows when a token ends.
  auth.forceRefreshOnFailure = true;
  assert.match(auth.credentials.refresh_token, /^1\/\//);
  const calendar = google.calendar(auth);
  await calendar.calendarList.list();
  const info = await auth.getTokenInfo(auth.credentials.access_token);
  assert.deepEqual(info.scopes.sort(), [...SCOPES].sort());
  const before = auth.credentials.access_token;
  await google.control("PUT", "clock", { advance: 3_600_000 });
  const stale = google.auth();
  stale.setCredentials({ access_token: before });
  const { headers } = await refused(google.calendar(stale).calendarList.list(), 401, "authError");
  assert.match(headers.get("www-authenticate"), /error="invalid_token"/);
  // The client renews the token by itself after 401.
  await calendar.calendarList.list();
  assert.notEqual(auth.credentials.access_token, before);
  await google.control("POST", "grants/revoke");
  const { body } = await refused(auth.refreshAccessToken(), 400, "invalid_grant");
  assert.equal(body.error_description, "Token has been expired or revoked.");
});

test("the app revokes its grant", async () => {
  const auth = await google.connected();
  await auth.revokeToken(auth.credentials.refresh_token);
  await refused(auth.refreshAccessToken(), 400, "invalid_grant");
  await refused(auth.revokeToken("ya29.unknown"), 400, "invalid_token");
});

test("a refresh token comes with the first consent, and again when consent is asked for", async () => {
  const tokens = async (url) => {
    const query = await google.decide(url, "allow");
    assert.equal(query.get("state"), "a state");
    return (await exchange(query.get("code")))[1];
  };
  assert.ok((await tokens(ask())).refresh_token);
  assert.equal((await tokens(ask())).refresh_token, undefined);
  assert.ok((await tokens(ask({ prompt: "consent" }))).refresh_token);
  assert.equal((await tokens(ask({ prompt: "consent", access_type: "online" }))).refresh_token, undefined);
});

test("a user denies, or grants some of the scopes", async () => {
  const denied = await google.decide(ask(), "deny");
  assert.deepEqual([denied.get("error"), denied.get("code")], ["access_denied", null]);
  assert.equal((await google.decide(ask({ prompt: "none" }), "allow")).get("error"), "interaction_required");
  const some = await google.decide(ask(), "allow", { granted: scope("calendar.events") });
  assert.equal(some.get("scope"), scope("calendar.events"));
  const [, tokens] = await exchange(some.get("code"));
  assert.equal(tokens.scope, scope("calendar.events"));
  assert.equal((await google.decide(ask(), "allow", {})).get("error"), "access_denied");
  const more = await google.decide(ask({ scope: scope("calendar.freebusy"), include_granted_scopes: true }), "allow");
  assert.equal(more.get("scope"), [scope("calendar.events"), scope("calendar.freebusy")].join(" "));
});

test("the page shows an error in place of what is not valid", async () => {
  await google.control("PATCH", "settings", { redirect_uris: [REDIRECT], exact_redirects: true });
  const without = (name) => {
    const url = new URL(ask());
    url.searchParams.delete(name);
    return url.href;
  };
  for (const [url, expected] of [
    [ask({ redirect_uri: `${REDIRECT}/` }), /400 .*redirect_uri_mismatch/],
    [ask({ client_id: "other" }), /401 .*invalid_client/],
    [ask({ scope: scope("calendar.everything") }), /400 .*invalid_scope/],
    [without("response_type"), /400 .*invalid_request/],
    [without("scope"), /400 .*invalid_request/],
  ]) {
    await assert.rejects(google.decide(url, "allow"), expected);
  }
});

test("a code is used once, in time, with its verifier and its address", async () => {
  const code = async (options) => (await google.decide(ask({ prompt: "consent", ...options }), "allow")).get("code");
  const used = await code();
  assert.equal((await exchange(used))[0], 200);
  for (const [fields, status, error, description] of [
    [{ code: used }, 400, "invalid_grant", "Bad Request"],
    [{ code: "4/other" }, 400, "invalid_grant", "Malformed auth code."],
    [{ code: await code(), redirect_uri: "http://127.0.0.1/" }, 400, "redirect_uri_mismatch", "Bad Request"],
    [{ code: await code(), client_secret: "other" }, 401, "invalid_client", "Unauthorized"],
    [{ code: await code(), client_id: "other" }, 401, "invalid_client", "The OAuth client was not found."],
    [{ code: await code(), grant_type: "password" }, 400, "unsupported_grant_type", "Invalid grant_type: password"],
    [{ code: await code({ code_challenge: "x", code_challenge_method: "S256" }) }, 400, "invalid_grant", "Missing code verifier."],
    [{ code: await code({ code_challenge: "x", code_challenge_method: "S256" }), code_verifier: "y" }, 400, "invalid_grant", "Invalid code verifier."],
  ]) {
    const [found, body] = await exchange(fields.code, fields);
    assert.deepEqual([found, body.error, body.error_description], [status, error, description]);
  }
  const late = await code();
  await google.control("PUT", "clock", { advance: 600_000 });
  assert.equal((await exchange(late))[1].error, "invalid_grant");
});

test("an app in testing loses its grant after seven days", async () => {
  await google.control("PATCH", "settings", { testing: true });
  const auth = await google.connected();
  await google.control("PUT", "clock", { advance: 7 * 86_400_000 - 1 });
  await auth.refreshAccessToken();
  await google.control("PUT", "clock", { advance: 1 });
  await refused(auth.refreshAccessToken(), 400, "invalid_grant");
});

test("the account is the one that is hinted at, with its own primary calendar", async () => {
  await google.control("POST", "accounts", { email: "bea@acme.example", name: "Bea", time_zone: "America/New_York" });
  const auth = await google.connected(SCOPES, { login_hint: "bea@acme.example" });
  const { data } = await google.calendar(auth).calendarList.list();
  assert.deepEqual(data.items.map((one) => [one.id, one.timeZone]), [["bea@acme.example", "America/New_York"]]);
  await refused(google.calendar(auth).events.list({ calendarId: ACCOUNT }), 404, "notFound");
});
