// A visitor sends a form: the lead is work in the inbox, is answered by a mail, and goes on in the chat by its link.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { complaints, launch } from "./support/browser.mjs";
import { Knock } from "./support/knock.mjs";
import { MailServer } from "./support/mail.mjs";
import { faultsOf } from "./support/screens.mjs";
import { signIn } from "./support/visitor.mjs";

const WIDE = { width: 1440, height: 900 };
const ANN = "ann@hollis-freight.com";
let browser, knock, mail, rep;

before(async () => {
  [browser, mail] = await Promise.all([launch(), MailServer.start()]);
  const env = { KNOCK_SMTP_URL: mail.url, KNOCK_SMTP_FROM: "Acme <hello@acme.example>", KNOCK_OUTBOUND_PRIVATE_NETWORKS: "127.0.0.0/8" };
  knock = await Knock.start({ env });
  rep = await signIn(await browser.newContext({ viewport: WIDE }), knock);
});

after(async () => {
  await browser?.close();
  await knock?.stop();
  mail?.stop();
});

const line = () => rep.locator(".inbox-line").filter({ hasText: "Ann Lee" });

test("a form is in the inbox at once, waits, and its lead is answered by a mail that opens the chat", async () => {
  const wrong = complaints(rep);
  await rep.goto(`${knock.url}/app/inbox?view=waiting`);
  await rep.getByRole("navigation", { name: "Views" }).waitFor();

  const visitor = await (await browser.newContext()).newPage();
  // A person takes longer to fill in a form than the tracker to load its part for forms.
  const forms = visitor.waitForResponse("**/forms.js");
  await visitor.goto(`${knock.url}/demo/contact`);
  await forms;
  await visitor.getByLabel("Name").fill("Ann Lee");
  await visitor.getByLabel("Work email").fill(ANN);
  await visitor.getByRole("button", { name: "Book a demo" }).click();

  await line().getByText(/Sent the form contact on \/demo\/contact/).waitFor();
  await line().getByText(/^Waiting/).waitFor();
  assert.deepEqual(await faultsOf(rep, "form-lead-list"), []);
  await rep.setViewportSize(WIDE);
  await line().getByRole("link").click();
  await rep.getByRole("heading", { level: 1, name: "Ann Lee" }).waitFor();
  const log = rep.getByRole("log", { name: "Messages" });
  await log.getByText("Sent the form contact").waitFor();
  await log.getByText(/Fields: .*email/).waitFor();
  await rep.getByText("no Chat Status until they chat").first().waitFor();
  assert.equal(await rep.getByRole("button", { name: /^Reject/ }).count(), 0, "there is no status to change");
  assert.deepEqual(await faultsOf(rep, "form-lead"), []);
  await rep.setViewportSize(WIDE);

  await rep.getByText(ANN).first().waitFor();
  const field = rep.getByLabel("Message", { exact: true });
  await field.fill("Would Thursday at ten suit you?");
  await field.press("Enter");
  await log.getByText("Would Thursday at ten suit you?").waitFor();
  await rep.getByText("Lead by form").first().waitFor();
  await knock.setClock({ advance_ms: 60_000 });
  const text = await mail.to(ANN, /about your request$/);
  assert.match(text, /wrote to you about the form you sent:/);
  const link = text.match(/https?:\/\/\S+#c=\S+/)[0];

  const other = await (await browser.newContext()).newPage();
  await other.goto(link);
  await other.getByRole("log").getByText("Would Thursday at ten suit you?").waitFor();
  const answer = other.getByLabel("Message", { exact: true });
  await answer.fill("Thursday is fine");
  await answer.press("Enter");
  await log.getByText("Thursday is fine").waitFor();
  await rep.getByText("AI Discovery").first().waitFor();
  const { conversations } = await knock.get("/api/v1/conversations?view=waiting");
  assert.deepEqual(conversations.map(({ contact }) => contact.email), [ANN]);

  const more = rep.getByRole("button", { name: "More", exact: true });
  await more.click();
  const saved = rep.waitForEvent("download");
  await rep.getByRole("link", { name: "Save transcript" }).click();
  const file = await readFile(await (await saved).path(), "utf8");
  assert.match(file, /Would Thursday at ten suit you\?[^]*Ann Lee\nThursday is fine/);
  await more.click();
  await rep.getByRole("button", { name: "Mail transcript\u{2026}" }).click();
  const dialog = rep.getByRole("dialog", { name: "Mail the transcript" });
  await dialog.getByLabel(`The lead, ${ANN}`).check();
  assert.deepEqual(await faultsOf(rep, "mail-transcript"), []);
  await dialog.getByRole("button", { name: "Mail", exact: true }).click();
  await rep.getByText(`The transcript is mailed to ${ANN}.`).waitFor();
  assert.match(await mail.to(ANN, /^Your conversation with/), /You\nThursday is fine/);
  assert.deepEqual(wrong, []);
});
