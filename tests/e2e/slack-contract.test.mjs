// Proof of the Slack server of tests/slack: Slack's own client works with it as with Slack. Its requests to apps are
// tested in slack-contract-bolt.test.mjs.
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { ErrorCode, LogLevel, WebClient } from "@slack/web-api";
import { Slack } from "./support/slack.mjs";

let slack, web, seed;

/** Slack's client with only the retries that Slack asks for. */
const clientOptions = () => ({ slackApiUrl: slack.api, retryConfig: { retries: 0 }, logLevel: LogLevel.ERROR });

beforeEach(async () => {
  slack = await Slack.start();
  seed = slack.seed;
  web = new WebClient(seed.token, clientOptions());
});

afterEach(() => slack.stop());

/** The error of Slack's client for a refused call. */
async function refused(call) {
  const error = await call.then(() => undefined, (error) => error);
  assert.equal(error?.code, ErrorCode.PlatformError, String(error));
  return error.data;
}

test("the token identifies its bot, and its scopes are in the headers", async () => {
  const said = await web.auth.test();
  assert.deepEqual([said.team_id, said.user_id, said.bot_id], [seed.team, seed.bot_user, seed.bot]);
  assert.ok(said.response_metadata.scopes.includes("chat:write"));
  assert.equal((await web.api.test({ foo: "bar" })).args.foo, "bar");
});

test("missing, wrong and revoked tokens, and those of a removed app, are refused as by Slack", async () => {
  assert.equal((await refused(new WebClient(undefined, clientOptions()).auth.test())).error, "not_authed");
  assert.equal((await refused(new WebClient("xoxb-other", clientOptions()).auth.test())).error, "invalid_auth");
  assert.equal((await web.auth.revoke({ test: true })).revoked, false);
  assert.equal((await web.auth.revoke()).revoked, true);
  assert.equal((await refused(web.auth.test())).error, "token_revoked");
  await slack.post("uninstall");
  assert.equal((await refused(web.auth.test())).error, "account_inactive");
});

test("a missing scope is named, beside the granted ones", async () => {
  await slack.post("token", { without: "users:read" });
  const { error, needed, provided } = await refused(web.users.list());
  assert.deepEqual([error, needed, provided.includes("chat:write")], ["missing_scope", "users:read", true]);
});

test("a code is exchanged for a token of a bot, once", async () => {
  const redirect_uri = "https://knock.example.com/hooks/slack/oauth";
  const query = new URLSearchParams({ client_id: seed.client_id, scope: "chat:write,commands", state: "s", redirect_uri });
  const page = await fetch(`${slack.url}/oauth/v2/authorize?${query}`);
  assert.match(await page.text(), /<button name="decision" value="allow">/);
  query.set("decision", "allow");
  const back = await fetch(`${slack.url}/oauth/v2/authorize`, { method: "POST", body: query, redirect: "manual" });
  const { searchParams } = new URL(back.headers.get("location"));
  assert.equal(searchParams.get("state"), "s");
  const given = { client_id: seed.client_id, client_secret: seed.client_secret, code: searchParams.get("code"), redirect_uri };
  const anonymous = new WebClient(undefined, clientOptions());
  const installed = await anonymous.oauth.v2.access(given);
  assert.deepEqual([installed.scope, installed.token_type, installed.team.id], ["chat:write,commands", "bot", seed.team]);
  assert.ok((await new WebClient(installed.access_token, clientOptions()).auth.test()).ok);
  assert.equal((await refused(anonymous.oauth.v2.access(given))).error, "code_already_used");
  assert.equal((await refused(anonymous.oauth.v2.access({ ...given, client_secret: "x" }))).error, "bad_client_secret");
});

test("users are listed page by page, with bots, guests and deactivated ones", async () => {
  await slack.post("users", { count: 300 });
  const users = [];
  let pages = 0;
  for await (const { members } of web.paginate("users.list", { limit: 100 })) {
    users.push(...members);
    pages += 1;
  }
  assert.deepEqual([users.length, new Set(users.map(({ id }) => id)).size, pages], [310, 310, 4]);
  const named = (name) => users.find((user) => user.name === name);
  assert.equal(named("ann").profile.email, "ann@acme.example");
  assert.ok(named("gus").is_restricted && !named("gus").is_ultra_restricted && named("uli").is_ultra_restricted);
  assert.ok(named("dan").deleted && named("knock").is_bot && !named("slackbot").is_bot);
  assert.equal((await web.users.info({ user: seed.ann })).user.real_name, "Ann Lee");
  assert.equal((await web.users.lookupByEmail({ email: "Bob@acme.example" })).user.id, seed.bob);
  assert.equal((await refused(web.users.lookupByEmail({ email: "no@acme.example" }))).error, "users_not_found");
  assert.equal((await refused(web.users.info({ user: "U0" }))).error, "user_not_found");
  assert.equal((await refused(web.users.list({ cursor: "nonsense" }))).error, "invalid_cursor");
});

test("channels are listed, made, joined and opened", async () => {
  const names = [];
  for await (const page of web.paginate("conversations.list", { types: "public_channel,private_channel", limit: 2 })) {
    names.push(...page.channels.map(({ name }) => name));
  }
  assert.deepEqual(names, ["general", "leads", "old", "sales-private"]);
  const { channels } = await web.conversations.list({ exclude_archived: true });
  assert.deepEqual(channels.map(({ name }) => name), ["general", "leads"]);
  const { channel } = await web.conversations.create({ name: "knock-leads" });
  assert.ok(channel.is_member && (await web.conversations.members({ channel: channel.id })).members.includes(seed.bot_user));
  assert.equal((await refused(web.conversations.create({ name: "knock-leads" }))).error, "name_taken");
  assert.equal((await refused(web.conversations.create({ name: "Knock Leads" }))).error, "invalid_name_specials");
  assert.ok((await web.conversations.join({ channel: seed.leads })).channel.is_member);
  assert.equal((await web.conversations.join({ channel: seed.leads })).warning, "already_in_channel");
  assert.equal((await refused(web.conversations.join({ channel: seed.archived }))).error, "is_archived");
  const invited = await refused(web.conversations.join({ channel: seed.private }));
  assert.equal(invited.error, "method_not_supported_for_channel_type");
  assert.equal((await refused(web.conversations.info({ channel: seed.secret }))).error, "channel_not_found");
  const opened = await web.conversations.open({ users: seed.ann });
  assert.equal((await web.conversations.open({ users: seed.ann })).channel.id, opened.channel.id);
  assert.equal((await refused(web.conversations.open({ users: "U07DAN001" }))).error, "user_disabled");
});

test("messages are posted, threaded, changed and deleted, and read back with their metadata", async () => {
  await slack.put("limits", { on: false });
  const channel = seed.general;
  const metadata = { event_type: "knock_post", event_payload: { id: "1" } };
  const root = await web.chat.postMessage({ channel, text: "one &amp; two", metadata });
  assert.equal(root.message.app_id, seed.app);
  for (const text of ["a", "b", "c"]) await web.chat.postMessage({ channel, text, thread_ts: root.ts });
  const replies = [];
  for await (const page of web.paginate("conversations.replies", { channel, ts: root.ts, limit: 2, include_all_metadata: true })) {
    replies.push(...page.messages);
  }
  assert.deepEqual(replies.map(({ text }) => text), ["one &amp; two", "a", "b", "c"]);
  assert.deepEqual([replies[0].metadata, replies[0].reply_count, replies[1].thread_ts], [metadata, 3, root.ts]);
  // A reply is in the channel only when it is broadcast.
  await web.conversations.join({ channel: seed.leads });
  const other = await web.chat.postMessage({ channel: seed.leads, text: "root" });
  await web.chat.postMessage({ channel: seed.leads, text: "quiet", thread_ts: other.ts });
  await web.chat.postMessage({ channel: seed.leads, text: "loud", thread_ts: other.ts, reply_broadcast: true });
  const { messages } = await web.conversations.history({ channel: seed.leads });
  assert.deepEqual(messages.map(({ text, subtype }) => [text, subtype]), [["loud", "thread_broadcast"], ["root", undefined]]);
  assert.equal(messages[1].metadata, undefined);
  const later = await web.conversations.history({ channel: seed.leads, oldest: other.ts });
  assert.equal(later.messages.length, 1);
  await web.chat.update({ channel, ts: root.ts, text: "three" });
  assert.equal((await web.conversations.history({ channel })).messages[0].text, "three");
  const shown = { type: "section", text: { type: "plain_text", text: "block" } };
  await web.chat.update({ channel, ts: root.ts, text: "four", blocks: [shown] });
  // Blocks and metadata that are not named stay.
  await web.chat.update({ channel, ts: root.ts, text: "five" });
  const [changed] = (await web.conversations.history({ channel, include_all_metadata: true })).messages;
  assert.deepEqual([changed.text, changed.blocks[0].text.text, changed.metadata], ["five", "block", metadata]);
  await web.chat.update({ channel, ts: root.ts, text: "five", blocks: [] });
  assert.equal((await web.conversations.history({ channel })).messages[0].blocks, undefined);
  // A reply to a deleted message is in the channel, without a thread.
  const deleted = await web.chat.postMessage({ channel, text: "gone soon" });
  await web.chat.delete({ channel, ts: deleted.ts });
  const orphan = await web.chat.postMessage({ channel, text: "orphan", thread_ts: deleted.ts });
  assert.equal(orphan.message.thread_ts, undefined);
  assert.equal((await refused(web.conversations.replies({ channel, ts: deleted.ts }))).error, "thread_not_found");
  const link = await web.chat.getPermalink({ channel, message_ts: root.ts });
  assert.match(link.permalink, /\/archives\/C01GENERAL\/p\d{16}$/);
  await web.chat.delete({ channel, ts: replies[3].ts });
  assert.equal((await refused(web.chat.delete({ channel, ts: replies[3].ts }))).error, "message_not_found");
  const { ts } = await slack.post("write", { user: seed.ann, channel, text: "mine" });
  assert.equal((await refused(web.chat.update({ channel, ts, text: "x" }))).error, "cant_update_message");
  assert.equal((await refused(web.chat.delete({ channel, ts }))).error, "cant_delete_message");
});

test("a message that cannot be posted says why", async () => {
  await slack.put("limits", { on: false });
  const why = async (given) => (await refused(web.chat.postMessage({ channel: seed.general, text: "x", ...given }))).error;
  assert.equal(await why({ channel: seed.leads }), "not_in_channel");
  assert.equal(await why({ channel: seed.archived }), "is_archived");
  assert.equal(await why({ channel: seed.secret }), "channel_not_found");
  assert.equal(await why({ text: "" }), "no_text");
  assert.equal(await why({ text: "x".repeat(40_001) }), "msg_too_long");
  const section = (length) => ({ type: "section", text: { type: "plain_text", text: "x".repeat(length) } });
  assert.equal(await why({ blocks: [section(3001)] }), "invalid_blocks");
  assert.equal(await why({ blocks: Array(51).fill({ type: "divider" }) }), "invalid_blocks");
  assert.equal(await why({ blocks: Array(5).fill(section(3000)) }), "msg_blocks_too_long");
  assert.equal(await why({ metadata: { event_type: "knock_post" } }), "invalid_metadata_schema");
  assert.ok((await web.chat.postMessage({ channel: seed.general, text: "x", blocks: [section(3000)] })).ok);
  const { response_metadata } = await refused(web.chat.postMessage({ channel: seed.general, blocks: [section(0)], text: "x" }));
  assert.match(response_metadata.messages[0], /must be more than 0 characters \[json-pointer:\/blocks\/0\/text\/text\]/);
});

test("a body of another media type is refused, and each answer names the page of Slack's documentation", async () => {
  const post = (body, type) =>
    fetch(`${slack.api}chat.postMessage`, {
      method: "POST",
      headers: { authorization: `Bearer ${seed.token}`, ...(type && { "content-type": type }) },
      body: new TextEncoder().encode(body),
    });
  const why = async (body, type) => (await (await post(body, type)).json()).error;
  const form = `channel=${seed.general}&text=hi`;
  assert.equal(await why("<xml/>", "application/xml"), "invalid_post_type");
  assert.equal(await why(form, ""), "missing_post_type");
  assert.equal(await why("text=hi", "application/x-www-form-urlencoded"), "invalid_arguments");
  for (const [body, type] of [[form, "application/x-www-form-urlencoded"], [JSON.stringify({ channel: seed.general, text: "hi" }), "application/json"]]) {
    const reply = await post(body, type);
    assert.equal(reply.headers.get("x-docs"), "https://docs.slack.dev/reference/methods/chat.postMessage");
    assert.equal((await reply.json()).ok, true, type);
  }
  const { calls } = await slack.get("calls?method=chat.postMessage");
  assert.ok(calls.every(({ docs }) => docs.endsWith("/chat.postMessage")), JSON.stringify(calls));
});

test("an ephemeral message is not among the messages", async () => {
  assert.ok((await web.chat.postEphemeral({ channel: seed.general, user: seed.ann, text: "for you" })).message_ts);
  const denied = await refused(web.chat.postEphemeral({ channel: seed.general, user: "U05GUS001", text: "x" }));
  assert.equal(denied.error, "user_not_in_channel");
  const { messages, ephemeral } = await slack.get("state");
  assert.deepEqual([messages.length, ephemeral.length, ephemeral[0].user], [0, 1, seed.ann]);
});

test("a file is uploaded in three steps and fetched with the token", async () => {
  const file = Buffer.from([0, 1, 2, 255]);
  const { ts } = await web.chat.postMessage({ channel: seed.general, text: "root" });
  await web.files.uploadV2({ channel_id: seed.general, thread_ts: ts, file, filename: "a b.bin", initial_comment: "here" });
  const { messages } = await web.conversations.replies({ channel: seed.general, ts });
  const [shared] = messages[1].files;
  assert.deepEqual([messages[1].text, shared.size, shared.mode], ["here", 4, "hosted"]);
  const headers = { authorization: `Bearer ${seed.token}` };
  const fetched = await fetch(shared.url_private_download, { headers });
  assert.deepEqual(Buffer.from(await fetched.arrayBuffer()), file);
  assert.equal((await fetch(shared.url_private_download, { redirect: "manual" })).status, 302);
});

test("the client waits for Retry-After, and retries by itself", async () => {
  const patient = new WebClient(seed.token, { ...clientOptions(), retryConfig: { retries: 3, minTimeout: 1, maxTimeout: 1 } });
  const waits = [];
  patient.on("rate_limited", (seconds) => waits.push(seconds));
  await slack.post("faults", { method: "chat.postMessage", do: "rate_limit", retry_after: 1, times: 2 });
  assert.ok((await patient.chat.postMessage({ channel: seed.general, text: "x" })).ok);
  assert.deepEqual(waits, [1, 1]);
  // By default a channel accepts three at once.
  for (const text of ["a", "b", "c", "d"]) await patient.chat.postMessage({ channel: seed.general, text });
  const { limited, early, messages } = await slack.get("state");
  assert.deepEqual([limited > 0, early, messages.length], [true, 0, 5]);
  const hasty = new WebClient(seed.token, { ...clientOptions(), rejectRateLimitedCalls: true });
  await slack.post("faults", { method: "auth.test", do: "rate_limit", retry_after: 7 });
  await assert.rejects(hasty.auth.test(), (error) => error.code === ErrorCode.RateLimitedError && error.retryAfter === 7);
});

test("network failures are reported by the client as those of Slack", async () => {
  for (const [fault, code] of [
    [{ do: "status", status: 503 }, ErrorCode.HTTPError],
    [{ do: "drop" }, ErrorCode.RequestError],
    [{ do: "error", error: "fatal_error" }, ErrorCode.PlatformError],
  ]) {
    await slack.post("faults", { method: "chat.postMessage", ...fault });
    await assert.rejects(web.chat.postMessage({ channel: seed.general, text: "x" }), (error) => error.code === code, fault.do);
  }
  const hurried = new WebClient(seed.token, { ...clientOptions(), timeout: 300 });
  await slack.post("faults", { do: "timeout" });
  await assert.rejects(hurried.auth.test(), (error) => error.code === ErrorCode.RequestError);
  assert.equal((await slack.messages()).length, 0);
  await slack.post("faults", { method: "chat.postMessage", do: "lose_answer" });
  await assert.rejects(web.chat.postMessage({ channel: seed.general, text: "x" }));
  assert.equal((await slack.messages()).length, 1);
  await slack.put("outage", { on: true });
  await assert.rejects(web.auth.test(), (error) => error.code === ErrorCode.HTTPError && error.statusCode === 503);
});
