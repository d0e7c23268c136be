// The link of a mailed reply: a mail scanner opens it and does nothing, and is no browser of the lead; a person reads at once,
// and goes on by a press.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { complaints, launch } from "./support/browser.mjs";
import { Knock, until } from "./support/knock.mjs";
import { MailServer } from "./support/mail.mjs";
import { faultsOf } from "./support/screens.mjs";
import { chatAs, signIn } from "./support/visitor.mjs";

const ANN = "ann@hollis-freight.com";
let browser, knock, mail, id, link;

before(async () => {
  [browser, mail] = await Promise.all([launch(), MailServer.start()]);
  knock = await Knock.start({ env: { KNOCK_SMTP_URL: mail.url, KNOCK_SMTP_FROM: "Acme <hello@acme.example>" } });
});

after(async () => {
  await browser?.close();
  await knock?.stop();
  mail?.stop();
});

const record = () => knock.get(`/api/v1/conversations/${id}`);

/** A member replies by the inbox; the text of the mail about it. */
async function replies(rep, text) {
  const field = rep.getByLabel("Message", { exact: true });
  await field.fill(text);
  await field.press("Enter");
  await until(record, ({ messages }) => messages.some((message) => message.text === text), text);
  await knock.setClock({ advance_ms: 31_000 });
  const isIt = ({ rcpt, parts }) => rcpt.includes(ANN) && parts["text/plain"].includes(text);
  const found = await until(() => mail.taken.find(isIt), (mailed) => mailed !== undefined, `a mail with ${text}`);
  return found.parts["text/plain"];
}

test("who opens the link and does nothing sees the chat, and the next reply is mailed all the same", async () => {
  const visitor = await chatAs(browser, knock, ANN, "What does it cost?");
  await visitor.close();
  const { conversations } = await knock.get("/api/v1/conversations");
  id = conversations.find(({ contact }) => contact.email === ANN).id;
  const rep = await signIn(await browser.newContext(), knock);
  await rep.goto(`${knock.url}/app/inbox/${id}`);
  await rep.getByText("What does it cost?").last().waitFor();
  link = (await replies(rep, "It is $490 a month.")).match(/https?:\/\/\S+#c=\S+/)[0];
  const before = (await knock.get(`/api/v1/contacts?q=${ANN}`)).contacts[0].signals;

  const scanner = await (await browser.newContext()).newPage();
  const opened = [];
  scanner.on("request", (request) => request.method() === "POST" && opened.push(request.url()));
  await scanner.goto(link);
  await scanner.getByRole("log").getByText("It is $490 a month.").waitFor();
  await replies(rep, "And $40 for support.");
  assert.deepEqual(opened, [], "nothing was opened on the server");
  assert.equal((await knock.get(`/api/v1/contacts?q=${ANN}`)).contacts[0].signals, before, "no click was counted");
  await scanner.close();
});

test("a person reads at once, also after a reload, and goes on by a press", async () => {
  const page = await (await browser.newContext()).newPage();
  const wrong = complaints(page);
  await page.goto(link);
  const log = page.getByRole("log");
  await log.getByText("It is $490 a month.").waitFor();
  assert.equal(new URL(page.url()).hash, "", "the address can be shared");
  assert.deepEqual(await faultsOf(page, "mailed-link"), []);
  await page.reload();
  await log.getByText("And $40 for support.").waitFor();

  const started = page.waitForResponse((response) => response.url().endsWith("/v1/chat") && response.status() === 201);
  await log.click();
  await started;
  await page.getByLabel("Message", { exact: true }).fill("Fine, send me an offer");
  await page.getByLabel("Message", { exact: true }).press("Enter");
  await until(record, ({ messages }) => messages.some(({ text }) => text === "Fine, send me an offer"), "the answer");

  // From now on the browser's own secret opens it.
  await page.reload();
  await log.getByText("Fine, send me an offer").waitFor();
  assert.deepEqual(wrong, []);
});
