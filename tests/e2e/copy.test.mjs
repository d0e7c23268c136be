// A restored workspace says on every page that it is a copy, sends nothing, and is released by an admin.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { complaints, launch } from "./support/browser.mjs";
import { Knock, until } from "./support/knock.mjs";
import { faultsOf } from "./support/screens.mjs";
import { chatAs, signIn } from "./support/visitor.mjs";

const BINARY = process.env.KNOCK_BIN ?? "target/debug/knock";
const WIDE = { width: 1440, height: 900 };
const NOTE = /^This is a copy: nothing is sent\./;
const ENV = { KNOCK_OUTBOUND_PRIVATE_NETWORKS: "127.0.0.0/8" };
let browser, receiver, copy, folder, admin, wrong;
/** The bodies that the webhook got. */
const heard = [];

before(async () => {
  browser = await launch();
  receiver = createServer(async (request, response) => {
    let body = "";
    for await (const part of request) body += part;
    heard.push(body);
    response.writeHead(204).end();
  });
  await new Promise((resolve) => receiver.listen(0, "127.0.0.1", resolve));
  folder = mkdtempSync(join(tmpdir(), "knock-e2e-copy-"));
  const original = await Knock.start({ env: ENV });
  const url = `http://127.0.0.1:${receiver.address().port}/events`;
  await send(original, "/api/v1/webhooks", { url, events: ["message.created"] });
  const file = join(folder, "backup.db");
  original.command("backup", file);
  await original.stop();
  const data = join(folder, "restored");
  const said = execFileSync(BINARY, ["restore", file, "--data", data], { encoding: "utf8" });
  assert.match(said, /nothing is sent/);
  copy = await Knock.start({ env: ENV, data });
  await chatAs(browser, copy, "ann@hollis-freight.com", "Does anybody read this?");
  const waiting = ({ waiting }) => waiting.some(({ destination, deliveries }) => destination === "webhook" && deliveries > 0);
  await until(() => copy.get("/api/v1/outbound"), waiting, "an event waits");
  admin = await signIn(await browser.newContext({ viewport: WIDE }), copy);
  wrong = complaints(admin);
});

after(async () => {
  await browser?.close();
  await copy?.stop();
  receiver?.close();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

async function send(knock, path, body) {
  const headers = { "content-type": "application/json", authorization: `Bearer ${knock.key}` };
  const reply = await fetch(knock.url + path, { method: "POST", headers, body: JSON.stringify(body) });
  const text = await reply.text();
  assert.ok(reply.ok, `${path}: ${reply.status} ${text}`);
  return JSON.parse(text);
}

const note = (page) => page.getByRole("status").filter({ hasText: NOTE });
const button = (page) => page.getByRole("main").getByRole("button", { name: "Send from this copy" });
const dialog = () => admin.getByRole("dialog", { name: "Send from this copy?" });

test("every member reads on every page that it is a copy", async () => {
  const { invitation } = await send(copy, "/api/v1/members", { email: "bo@us.example", role: "rep" });
  await copy.nameMembers();
  const bo = await (await browser.newContext({ viewport: WIDE })).newPage();
  await bo.goto(invitation);
  await bo.getByRole("button", { name: "Sign in" }).click();
  await bo.waitForURL("**/app/home");
  for (const page of ["inbox", "contacts", "settings"]) {
    await bo.goto(`${copy.url}/app/${page}`);
    await note(bo).waitFor();
    assert.equal(await button(bo).count(), 0, "reps do not release it");
  }
  await bo.close();
  for (const page of ["live", "agents", "settings/slack"]) {
    await admin.goto(`${copy.url}/app/${page}`);
    await note(admin).waitFor();
    await button(admin).waitFor();
  }
  assert.deepEqual(await faultsOf(admin, "copy"), []);
  await admin.setViewportSize(WIDE);
});

test("an admin is asked first, and says what becomes of what waits", async () => {
  await button(admin).click();
  await dialog().getByText(/^\d+ events? for webhooks$/).waitFor();
  assert.deepEqual(await faultsOf(admin, "copy-question"), []);
  await admin.setViewportSize(WIDE);
  const confirm = dialog().getByRole("button", { name: "Send from this copy" });
  assert.ok(await confirm.isDisabled(), "nothing is chosen yet");
  await admin.keyboard.press("Escape");
  await dialog().waitFor({ state: "detached" });
  await note(admin).waitFor();
  assert.deepEqual(heard, [], "nothing was sent");

  await button(admin).click();
  await dialog().getByLabel("Discard what waits").check();
  await confirm.click();
  await admin.getByText("Released: this server sends from now on.").waitFor();
  await note(admin).waitFor({ state: "detached" });
  await admin.getByRole("button", { name: "OK", exact: true }).click();
  assert.equal((await copy.get("/api/v1/outbound")).is_held, false);

  await chatAs(browser, copy, "cy@hollis-freight.com", "And this?");
  await until(() => heard, (all) => all.some((body) => body.includes("And this?")), "the event is sent");
  assert.ok(!heard.some((body) => body.includes("Does anybody read this?")), "what was discarded is not sent");
  await admin.reload();
  await admin.getByRole("heading", { level: 1 }).waitFor();
  assert.equal(await note(admin).count(), 0);
  assert.deepEqual(wrong, []);
});
