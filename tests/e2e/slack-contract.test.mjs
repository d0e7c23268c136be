// The server of tests/slack behaves as Slack does: Slack's own clients work with it, and say what they say of Slack.
import assert from "node:assert/strict";
import { createServer as createHttpServer } from "node:http";
import { createServer } from "node:net";
import { afterEach, beforeEach, test } from "node:test";
import { ErrorCode, LogLevel, WebClient } from "@slack/web-api";
import bolt from "@slack/bolt";
import { Slack } from "./support/slack.mjs";

let slack, web, seed;

/** Slack's client without its own retries, as far as they are not asked for by Slack. */
const clientOptions = () => ({ slackApiUrl: slack.api, retryConfig: { retries: 0 }, logLevel: LogLevel.ERROR });

beforeEach(async () => {
  slack = await Slack.start();
  seed = slack.seed;
  web = new WebClient(seed.token, clientOptions());
});

afterEach(() => slack.stop());

/** The error that Slack's client makes of a refusal. */
async function refused(call) {
  const error = await call.then(() => undefined, (error) => error);
  assert.equal(error?.code, ErrorCode.PlatformError, String(error));
  return error.data;
}

test("the token says whose it is, and its scopes come in the headers", async () => {
  const said = await web.auth.test();
  assert.deepEqual([said.team_id, said.user_id, said.bot_id], [seed.team, seed.bot_user, seed.bot]);
  assert.ok(said.response_metadata.scopes.includes("chat:write"));
  assert.equal((await web.api.test({ foo: "bar" })).args.foo, "bar");
});

test("tokens that are none, wrong, revoked or of a removed app are refused as Slack refuses them", async () => {
  assert.equal((await refused(new WebClient(undefined, clientOptions()).auth.test())).error, "not_authed");
  assert.equal((await refused(new WebClient("xoxb-other", clientOptions()).auth.test())).error, "invalid_auth");
  assert.equal((await web.auth.revoke({ test: true })).revoked, false);
  assert.equal((await web.auth.revoke()).revoked, true);
  assert.equal((await refused(web.auth.test())).error, "token_revoked");
  await slack.post("uninstall");
  assert.equal((await refused(web.auth.test())).error, "account_inactive");
});

test("a missing scope is named, beside those that there are", async () => {
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
  const nobody = new WebClient(undefined, clientOptions());
  const installed = await nobody.oauth.v2.access(given);
  assert.deepEqual([installed.scope, installed.token_type, installed.team.id], ["chat:write,commands", "bot", seed.team]);
  assert.ok((await new WebClient(installed.access_token, clientOptions()).auth.test()).ok);
  assert.equal((await refused(nobody.oauth.v2.access(given))).error, "code_already_used");
  assert.equal((await refused(nobody.oauth.v2.access({ ...given, client_secret: "x" }))).error, "bad_client_secret");
});

test("users are all there page by page, with bots, guests and who has left", async () => {
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
  // Blocks that are not named stay, and so does metadata.
  await web.chat.update({ channel, ts: root.ts, text: "five" });
  const [changed] = (await web.conversations.history({ channel, include_all_metadata: true })).messages;
  assert.deepEqual([changed.text, changed.blocks[0].text.text, changed.metadata], ["five", "block", metadata]);
  await web.chat.update({ channel, ts: root.ts, text: "five", blocks: [] });
  assert.equal((await web.conversations.history({ channel })).messages[0].blocks, undefined);
  // What answers a deleted message stands in the channel, without a thread.
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

test("what only one person sees is not among the messages", async () => {
  assert.ok((await web.chat.postEphemeral({ channel: seed.general, user: seed.ann, text: "for you" })).message_ts);
  const nobody = await refused(web.chat.postEphemeral({ channel: seed.general, user: "U05GUS001", text: "x" }));
  assert.equal(nobody.error, "user_not_in_channel");
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

test("the client waits as long as it is asked to, and asks again by itself", async () => {
  const patient = new WebClient(seed.token, { ...clientOptions(), retryConfig: { retries: 3, minTimeout: 1, maxTimeout: 1 } });
  const waits = [];
  patient.on("rate_limited", (seconds) => waits.push(seconds));
  await slack.post("faults", { method: "chat.postMessage", do: "rate_limit", retry_after: 1, times: 2 });
  assert.ok((await patient.chat.postMessage({ channel: seed.general, text: "x" })).ok);
  assert.deepEqual(waits, [1, 1]);
  // By itself a channel takes three at once.
  for (const text of ["a", "b", "c", "d"]) await patient.chat.postMessage({ channel: seed.general, text });
  const { limited, early, messages } = await slack.get("state");
  assert.deepEqual([limited > 0, early, messages.length], [true, 0, 5]);
  const hasty = new WebClient(seed.token, { ...clientOptions(), rejectRateLimitedCalls: true });
  await slack.post("faults", { method: "auth.test", do: "rate_limit", retry_after: 7 });
  await assert.rejects(hasty.auth.test(), (error) => error.code === ErrorCode.RateLimitedError && error.retryAfter === 7);
});

test("what goes wrong on the way is what the client says of Slack", async () => {
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

/** Bolt, Slack's framework for apps, on a port of its own, with what it was told. */
async function app(signingSecret = seed.signing_secret) {
  const probe = createServer();
  const port = await new Promise((resolve) => probe.listen(0, "127.0.0.1", () => resolve(probe.address().port)));
  await new Promise((resolve) => probe.close(resolve));
  const heard = [];
  const it = new bolt.App({ token: seed.token, signingSecret, clientOptions: clientOptions(), logLevel: LogLevel.ERROR, ignoreSelf: false });
  it.use(async ({ body, context, next }) => {
    heard.push({ body, retryNum: context.retryNum, retryReason: context.retryReason });
    await next();
  });
  it.event(/.*/, async () => {});
  await it.start({ port, host: "127.0.0.1" });
  const url = `http://127.0.0.1:${port}/slack/events`;
  await slack.put("addresses", { events: url, actions: url, commands: url });
  return { bolt: it, heard, url };
}

test("bolt takes the events, and knows the messages among them", async (t) => {
  const it = await app();
  t.after(() => it.bolt.stop());
  const texts = [];
  it.bolt.message(async ({ message, event }) => texts.push([message.subtype ?? event.channel_type, message.text]));
  const { channel, ts } = await slack.post("write", { user: seed.ann, channel: "dm", text: "hi &lt;there&gt;" });
  await slack.post("write", { user: seed.ann, channel, thread: ts, text: "more", files: [{ name: "a.txt", text: "a" }] });
  await slack.post("write", { user: seed.bob, channel: seed.general, text: "in public" });
  await slack.post("write", { user: seed.bob, channel: seed.leads, text: "where the bot is not" });
  await slack.post("edit", { channel, ts, text: "changed" });
  await slack.post("delete", { channel, ts });
  await slack.post("quiet");
  assert.deepEqual(texts.slice(0, 3), [["im", "hi &lt;there&gt;"], ["file_share", "more"], ["channel", "in public"]]);
  const subtypes = it.heard.map(({ body }) => body.event.subtype ?? body.event.type);
  assert.deepEqual(subtypes, ["message", "file_share", "message", "message_changed", "message_changed", "message_changed"]);
  // What is left of the first message of a thread, whose replies are told again.
  assert.equal(it.heard[4].body.event.message.subtype, "tombstone");
  const { message, previous_message } = it.heard[5].body.event;
  assert.deepEqual([message.text, previous_message.text, message.edited], ["more", "more", undefined]);
  assert.ok(it.heard.every(({ body }) => body.team_id === seed.team && body.authorizations[0].user_id === seed.bot_user));
});

test("bolt takes what happens to the workspace", async (t) => {
  const it = await app();
  t.after(() => it.bolt.stop());
  await slack.post("channel", { channel: seed.general, do: "rename", name: "everyone" });
  await slack.post("channel", { channel: seed.general, do: "archive" });
  await slack.post("channel", { channel: seed.general, do: "unarchive" });
  await slack.post("channel", { channel: seed.private, do: "remove" });
  await slack.post("users", { name: "New Person", email: "new@acme.example" });
  await slack.post("users", { id: seed.bob, kind: "deactivated" });
  await slack.post("uninstall");
  await slack.post("quiet");
  const types = (await slack.get("state")).deliveries.sent.map(({ label, status }) => [label, status]);
  const expected = ["channel_rename", "channel_archive", "channel_unarchive", "group_left", "team_join", "user_change", "tokens_revoked", "app_uninstalled"];
  assert.deepEqual(types, expected.map((type) => [type, 200]));
  assert.equal(it.heard.find(({ body }) => body.event.type === "channel_rename").body.event.channel.name, "everyone");
  assert.equal(it.heard.find(({ body }) => body.event.type === "user_change").body.event.user.deleted, true);
});

test("bolt answers the question whether the address is its own", async (t) => {
  const it = await app();
  t.after(() => it.bolt.stop());
  const { status, body } = await slack.post("verify", { challenge: "3eZbrw1a" });
  assert.deepEqual([status, JSON.parse(body)], [200, { challenge: "3eZbrw1a" }]);
});

test("bolt takes buttons, selects, modals and commands, and answers them", async (t) => {
  const it = await app();
  t.after(() => it.bolt.stop());
  const input = { type: "input", block_id: "why", label: { type: "plain_text", text: "Why" }, element: { type: "plain_text_input", action_id: "reason" } };
  const view = { type: "modal", callback_id: "reject", title: { type: "plain_text", text: "Reject" }, submit: { type: "plain_text", text: "Send" }, blocks: [input] };
  const done = [];
  it.bolt.action("reject", async ({ ack, body, client, action }) => {
    await ack();
    done.push(action.value);
    await client.views.open({ trigger_id: body.trigger_id, view });
  });
  it.bolt.action("assign", async ({ ack, action, respond }) => {
    await ack();
    done.push(action.selected_option.value);
    await respond({ text: "assigned", response_type: "ephemeral", replace_original: false });
  });
  it.bolt.view("reject", async ({ ack, view }) => {
    done.push(view.state.values.why.reason.value);
    await ack({ response_action: "errors", errors: { why: "Too short" } });
  });
  it.bolt.command("/knock", async ({ ack, command }) => {
    done.push(command.text);
    await ack("links");
  });
  const text = (text) => ({ type: "plain_text", text });
  const elements = [
    { type: "button", action_id: "reject", text: text("Reject"), value: "lead1" },
    { type: "static_select", action_id: "assign", options: [{ text: text("Ann"), value: "rep1" }] },
  ];
  const { ts } = await web.chat.postMessage({ channel: seed.general, text: "x", blocks: [{ type: "actions", elements }] });
  const on = { user: seed.ann, channel: seed.general, ts };
  assert.equal((await slack.post("press", { ...on, action_id: "reject" })).status, 200);
  await until(async () => (await slack.get("state")).views.length === 1);
  const sent = await slack.post("submit", { user: seed.ann, values: { reason: "no" } });
  assert.deepEqual(JSON.parse(sent.body).errors, { why: "Too short" });
  await slack.post("press", { ...on, action_id: "assign", value: "rep1" });
  await until(async () => (await slack.get("state")).ephemeral.some(({ text }) => text === "assigned"));
  const commanded = await slack.post("command", { user: seed.ann, channel: seed.general, text: "links a&b" });
  assert.deepEqual([commanded.status, commanded.body], [200, "links"]);
  assert.deepEqual(done, ["lead1", "no", "rep1", "links a&b"]);
});

/** Waits for a condition. */
async function until(is, deadline = Date.now() + 10_000) {
  while (!(await is())) {
    assert.ok(Date.now() < deadline, "it did not happen");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

test("bolt refuses what is signed with another secret, or too long ago", async (t) => {
  const it = await app();
  t.after(() => it.bolt.stop());
  const write = () => slack.post("write", { user: seed.ann, channel: "dm", text: "x" });
  const statuses = async () => (await slack.get("state")).deliveries.sent.map(({ status }) => status);
  await slack.put("delivery", { secret: "another" });
  await write();
  await slack.post("quiet");
  assert.ok((await statuses()).every((status) => status === 401));
  await slack.put("delivery", { secret: null, skew: -301 });
  await write();
  await slack.post("quiet");
  assert.ok((await statuses()).every((status) => status === 401));
  assert.equal(it.heard.length, 0);
  await slack.put("delivery", { skew: 0 });
  await slack.post("retries");
  await slack.post("quiet");
  assert.deepEqual([...new Set(it.heard.map(({ retryNum, retryReason }) => `${retryNum} ${retryReason}`))], ["2 http_error"]);
});

test("an event that fails is told again: at once, after a minute, after five", async (t) => {
  const it = await app();
  t.after(() => it.bolt.stop());
  const deaf = createServer((socket) => socket.destroy());
  await new Promise((resolve) => deaf.listen(0, "127.0.0.1", resolve));
  t.after(() => deaf.close());
  await slack.put("clock", { stopped: true });
  await slack.put("addresses", { events: `http://127.0.0.1:${deaf.address().port}/` });
  await slack.post("write", { user: seed.ann, channel: "dm", text: "x" });
  const attempts = async () => {
    await slack.post("quiet");
    return (await slack.get("state")).deliveries.sent.map(({ retries, reason }) => [retries, reason]);
  };
  const lost = "connection_failed";
  assert.deepEqual(await attempts(), [[0, lost], [1, lost]]);
  await slack.put("clock", { advance: 60_000 });
  assert.deepEqual(await attempts(), [[0, lost], [1, lost], [2, lost]]);
  await slack.put("addresses", { events: it.url });
  await slack.put("clock", { advance: 300_000, stopped: false });
  // Bolt judges the signature by the machine's clock.
  await slack.put("clock", { advance: -360_000 });
  await slack.post("retries");
  assert.deepEqual((await attempts()).at(-1), [3, ""]);
  assert.deepEqual(it.heard.map(({ retryNum, retryReason }) => [retryNum, retryReason]), [[3, lost]]);
});

test("an answer after three seconds is none, and an answer may refuse to be asked again", async (t) => {
  let wait = 3500;
  const times = [];
  const slow = createHttpServer((request, answer) => {
    times.push(request.headers["x-slack-retry-reason"] ?? "first");
    request.resume();
    setTimeout(() => answer.writeHead(wait ? 200 : 500, { "x-slack-no-retry": "1" }).end(), wait);
  });
  await new Promise((resolve) => slow.listen(0, "127.0.0.1", resolve));
  t.after(() => slow.close());
  await slack.put("addresses", { events: `http://127.0.0.1:${slow.address().port}/` });
  const { channel } = await slack.post("write", { user: seed.ann, channel: "dm", text: "a" });
  // Slack asks again although it was asked not to: nobody has answered in time.
  await until(() => times.length === 2);
  wait = 0;
  await slack.post("write", { user: seed.ann, channel, text: "b" });
  await slack.post("quiet");
  await slack.post("retries");
  await slack.post("quiet");
  assert.deepEqual(times, ["first", "http_timeout", "first", "http_timeout"]);
  const { sent } = (await slack.get("state")).deliveries;
  const ends = (post) => sent.filter(({ number }) => number === post).map(({ reason }) => reason);
  assert.deepEqual([ends(1), ends(2)], [["http_timeout", "http_timeout", "http_error"], ["http_error"]]);
});

test("events come several times, under other ids, and in another order, when that is asked for", async (t) => {
  const it = await app();
  t.after(() => it.bolt.stop());
  await slack.put("delivery", { duplicates: 2 });
  await slack.post("write", { user: seed.ann, channel: "dm", text: "a" });
  await slack.put("delivery", { other_ids: true });
  await slack.post("write", { user: seed.ann, channel: "dm", text: "b" });
  await slack.post("quiet");
  const ids = it.heard.map(({ body }) => body.event_id);
  assert.deepEqual([ids.length, new Set(ids.slice(0, 3)).size, new Set(ids.slice(3)).size], [6, 1, 3]);
  await slack.put("delivery", { duplicates: 0, hold: true });
  for (const text of ["c", "d"]) await slack.post("write", { user: seed.ann, channel: "dm", text });
  await slack.post("release", { order: "backward" });
  await slack.post("quiet");
  assert.deepEqual(it.heard.slice(6).map(({ body }) => body.event.text), ["d", "c"]);
});
