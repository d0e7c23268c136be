// Proof of the Slack server of tests/slack: Slack's own framework accepts its requests, and refuses forged ones.
import assert from "node:assert/strict";
import { createServer as createHttpServer } from "node:http";
import { createServer } from "node:net";
import { afterEach, beforeEach, test } from "node:test";
import { LogLevel, WebClient } from "@slack/web-api";
import bolt from "@slack/bolt";
import { Slack } from "./support/slack.mjs";

let slack, web, seed;

const clientOptions = () => ({ slackApiUrl: slack.api, retryConfig: { retries: 0 }, logLevel: LogLevel.ERROR });

beforeEach(async () => {
  slack = await Slack.start();
  seed = slack.seed;
  web = new WebClient(seed.token, clientOptions());
});

afterEach(() => slack.stop());

/** Bolt, Slack's framework for apps, on a port of its own, with the events that it received. */
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

test("bolt accepts the events, and recognises messages", async (t) => {
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
  // The tombstone of the first message of a thread, whose replies are sent again.
  assert.equal(it.heard[4].body.event.message.subtype, "tombstone");
  const { message, previous_message } = it.heard[5].body.event;
  assert.deepEqual([message.text, previous_message.text, message.edited], ["more", "more", undefined]);
  assert.ok(it.heard.every(({ body }) => body.team_id === seed.team && body.authorizations[0].user_id === seed.bot_user));
});

test("bolt accepts events of the workspace", async (t) => {
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

test("bolt answers the URL verification", async (t) => {
  const it = await app();
  t.after(() => it.bolt.stop());
  const { status, body } = await slack.post("verify", { challenge: "3eZbrw1a" });
  assert.deepEqual([status, JSON.parse(body)], [200, { challenge: "3eZbrw1a" }]);
});

test("bolt accepts buttons, selects, modals and commands, and answers them", async (t) => {
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

test("bolt refuses a signature with another secret, or an old one", async (t) => {
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

test("a failed event is sent again: at once, after a minute, after five", async (t) => {
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
  // Bolt checks the signature by the machine's clock.
  await slack.put("clock", { advance: -360_000 });
  await slack.post("retries");
  assert.deepEqual((await attempts()).at(-1), [3, ""]);
  assert.deepEqual(it.heard.map(({ retryNum, retryReason }) => [retryNum, retryReason]), [[3, lost]]);
});

test("a response after three seconds is a timeout, and a response may refuse retries", async (t) => {
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
  // Slack retries in spite of the refusal, as it came too late.
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

test("events are repeated, under other ids, and reordered, as scripted", async (t) => {
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
