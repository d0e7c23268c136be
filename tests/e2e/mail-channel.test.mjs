// Answers by mail: set up in Settings > Mail, taken into the conversation, shown with what was cut; automatic replies and
// returned mails beside the messages.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { complaints, launch } from "./support/browser.mjs";
import { Knock, until } from "./support/knock.mjs";
import { MailServer } from "./support/mail.mjs";
import { faultsOf } from "./support/screens.mjs";
import { chatAs, signIn } from "./support/visitor.mjs";

const WIDE = { width: 1440, height: 900 };
const ANN = "ann@hollis-freight.com";
const MAILBOX = "replies@acme.example";
let browser, knock, mail, rep, wrong, hook, to;

before(async () => {
  [browser, mail] = await Promise.all([launch(), MailServer.start()]);
  knock = await Knock.start({ env: { KNOCK_SMTP_URL: mail.url, KNOCK_SMTP_FROM: "Acme <hello@acme.example>" } });
  rep = await signIn(await browser.newContext({ viewport: WIDE }), knock);
  wrong = complaints(rep);
});

after(async () => {
  await browser?.close();
  await knock?.stop();
  mail?.stop();
});

const log = () => rep.getByRole("log", { name: "Messages" });
const section = () => rep.getByRole("region", { name: "Answers by mail" });
const header = ({ headers }, wanted) => headers.find(([name]) => name.toLowerCase() === wanted)?.[1] ?? "";

/** Posts a mail as a provider does; what became of it. */
async function arrives(headers, text) {
  const head = ["Date: Mon, 1 Jun 2026 10:00:00 +0000", "MIME-Version: 1.0", ...headers];
  if (!headers.some((line) => line.startsWith("Content-Type"))) head.push("Content-Type: text/plain; charset=utf-8");
  const body = `${head.join("\r\n")}\r\n\r\n${text}\r\n`;
  const reply = await fetch(hook, { method: "POST", headers: { "content-type": "message/rfc822" }, body });
  assert.equal(reply.status, 200, await reply.clone().text());
  return (await reply.json()).outcome;
}

async function writes(text) {
  const field = rep.getByRole("textbox", { name: "Message" });
  await field.fill(text);
  await field.press("Enter");
  await log().getByText(text).waitFor();
}

test("answers by mail are set up for a provider, whose address is shown once", async () => {
  await rep.goto(`${knock.url}/app/settings/mail`);
  await section().getByText("An answer to a mail goes to the rep who wrote it").waitFor();
  assert.deepEqual(await faultsOf(rep, "inbound-off"), []);
  await rep.setViewportSize(WIDE);
  await section().getByRole("button", { name: "Read a mailbox by IMAP…" }).click();
  await section().getByLabel("Password").waitFor();
  assert.deepEqual(await faultsOf(rep, "inbound-imap"), []);
  await rep.setViewportSize(WIDE);
  await section().getByRole("button", { name: "Cancel" }).click();
  await section().getByRole("button", { name: "Receive from a mail provider…" }).click();
  const address = section().getByLabel("Address for answers");
  await address.fill("acme");
  await section().getByRole("button", { name: "Save" }).click();
  await until(() => address.getAttribute("aria-invalid"), (is) => is === "true", "the error");
  // The browser reports the refusal.
  assert.equal(wrong.splice(0).length, 1);
  await address.fill(MAILBOX);
  await section().getByLabel("The mailbox also takes addresses such as").check();
  await section().getByRole("button", { name: "Save" }).click();
  const url = section().getByRole("region", { name: "URL for the mail provider" });
  hook = (await url.textContent()).trim();
  assert.ok(hook.startsWith(`${knock.url}/hooks/mail/`), hook);
  assert.deepEqual(await faultsOf(rep, "inbound-hook"), []);
  await rep.setViewportSize(WIDE);
  await rep.reload();
  await section().getByText(MAILBOX).first().waitFor();
  assert.equal(await section().getByText("/hooks/mail/").count(), 0, "it is shown once");
});

test("what a lead answers to a mail is in the conversation, without what it quotes", async () => {
  const visitor = await chatAs(browser, knock, ANN, `What does a licence cost? I am ${ANN}`);
  await visitor.context().close();
  const { conversations } = await until(() => knock.get("/api/v1/conversations"), (all) => all.conversations.length === 1, "the chat");
  await rep.goto(`${knock.url}/app/inbox/${conversations[0].id}?view=open`);
  await log().getByText("What does a licence cost?").waitFor();
  await writes("A licence costs 20 a seat.");
  await knock.setClock({ advance_ms: 60_000 });
  const text = await mail.to(ANN, /replied to you$/);
  assert.match(text, /You wrote:\n> What does a licence cost\?/);
  assert.match(text, /Answer this e-mail: your answer reaches the conversation\./);
  to = header(mail.taken.find(({ rcpt }) => rcpt.includes(ANN)), "reply-to").match(/replies\+[a-z2-7]{42}@acme\.example/)[0];

  const quote = "On Mon, 1 Jun 2026 at 09:00, Acme <hello@acme.example> wrote:\r\n> A licence costs 20 a seat.";
  const headers = [`From: Ann Lee <${ANN}>`, `To: ${to}`, "Subject: Re: Your reply", "Message-ID: <1@hollis-freight.com>"];
  assert.equal(await arrives(headers, `Then 40 seats, please.\r\n\r\n${quote}`), "message");
  assert.equal(await arrives(headers, `Then 40 seats, please.\r\n\r\n${quote}`), "known");
  const message = log().getByRole("listitem").filter({ hasText: "Then 40 seats, please." });
  await message.getByText("By mail").waitFor();
  assert.equal(await message.getByText("> A licence costs 20 a seat.").isVisible(), false);
  await message.getByText("Quoted text").click();
  await message.getByText("> A licence costs 20 a seat.").waitFor();

  const other = [`From: Cy <cy@elsewhere.example>`, `To: ${to}`, "Message-ID: <2@elsewhere.example>"];
  assert.equal(await arrives(other, "I answer for Ann."), "message");
  await log().getByText("From Cy <cy@elsewhere.example>, which is not the lead’s address.").waitFor();
  assert.deepEqual(await faultsOf(rep, "mail-message"), []);
  await rep.setViewportSize(WIDE);
});

test("an automatic reply is a card, and a returned mail stops replies until a member says so", async () => {
  const away = [`From: ${ANN}`, `To: ${to}`, "Subject: Out of office", "Message-ID: <3@hollis-freight.com>", "Auto-Submitted: auto-replied"];
  assert.equal(await arrives(away, "I am back on Monday."), "noted");
  const card = log().getByRole("listitem").filter({ hasText: "Automatic reply" });
  await card.getByText("I am back on Monday.").waitFor();

  const report = ["From: MAILER-DAEMON@mx.example", `To: ${to}`, "Subject: Undelivered", "Message-ID: <4@mx.example>",
    "Auto-Submitted: auto-replied", "Content-Type: multipart/report; report-type=delivery-status; boundary=line"];
  const status = `Reporting-MTA: dns; mx.example\r\n\r\nFinal-Recipient: rfc822; ${ANN}\r\nAction: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1 user unknown\r\n`;
  const parts = `--line\r\nContent-Type: text/plain\r\n\r\nNot delivered.\r\n--line\r\nContent-Type: message/delivery-status\r\n\r\n${status}\r\n--line--`;
  assert.equal(await arrives(report, parts), "noted");
  await log().getByText("Mail returned").waitFor();
  const note = rep.locator(".returned-mail");
  await note.getByText(`Mail to ${ANN} was returned`).waitFor();
  await rep.locator("#composer-notes").getByText("Replies are not mailed.").waitFor();
  assert.deepEqual(await faultsOf(rep, "mail-returned"), []);
  await rep.setViewportSize(WIDE);
  await note.getByRole("button", { name: "Mail anyway" }).click();
  await rep.getByText(`Replies are mailed to ${ANN} again.`).waitFor();
  await note.waitFor({ state: "detached" });
  await rep.locator("#composer-notes").getByText(`it is mailed to ${ANN}`).waitFor();
  assert.deepEqual(wrong, []);
});
