// The visitor's language: the widget, its hosted page, and the mail that continues a chat on another device.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { violationsOf } from "./support/axe.mjs";
import { complaints, launch } from "./support/browser.mjs";
import { Knock, until } from "./support/knock.mjs";
import { MailServer } from "./support/mail.mjs";
import { Site, snippet } from "./support/site.mjs";
import { signIn } from "./support/visitor.mjs";

const PHONE = { width: 360, height: 740 };
const ANN = "ann@first.example";
const QUESTION = `Guten Tag, was kostet das für 20 Personen? Ich bin ${ANN}`;
let browser, knock, mail, site;

const page = (lang, head) => `<!doctype html><html${lang}><head><meta charset="utf-8"><title>Page</title>
<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">${head}</head><body><main><h1>Page</h1></main></body></html>`;

before(async () => {
  browser = await launch();
  mail = await MailServer.start();
  knock = await Knock.start({ env: { KNOCK_SMTP_URL: mail.url, KNOCK_SMTP_FROM: "Acme <hello@acme.example>" } });
  const key = await knock.siteKey();
  const pages = {
    "/": page("", snippet(knock, key)),
    "/de": page(' lang="de"', snippet(knock, key)),
    "/fr": page(' lang="fr-CH"', snippet(knock, key)),
    "/es": page(' lang="fr"', snippet(knock, key, ' data-lang="es-MX"')),
    "/ja": page(' lang="ja"', snippet(knock, key)),
  };
  site = await Site.serve({ pages });
});

after(async () => {
  await browser?.close();
  await site?.stop();
  await knock?.stop();
  mail?.stop();
});

/** The name of the focused element, in the page or in the chat's shadow root. */
const focused = (page) =>
  page.evaluate(() => {
    const inner = document.activeElement?.shadowRoot?.activeElement ?? document.activeElement;
    return inner.getAttribute("aria-label") ?? inner.textContent;
  });

/** No violation, in light and dark, and no sideways scrolling. */
async function isUsable(page, what) {
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    assert.deepEqual(await violationsOf(page), [], `${what}, ${colorScheme}`);
    assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= PHONE.width, `${what}, ${colorScheme}`);
  }
}

test("the launcher speaks the language of the snippet, else of the page, else of the browser, else English", async () => {
  const context = await browser.newContext({ locale: "de-AT" });
  for (const [path, lang, label] of [
    ["/", "de", "Chat öffnen"],
    ["/fr", "fr", "Ouvrir le chat"],
    ["/es", "es", "Abrir el chat"],
    ["/ja", "en", "Open chat"],
  ]) {
    const page = await context.newPage();
    await page.goto(site.url + path);
    await page.getByRole("button", { name: label }).waitFor();
    assert.equal(await page.locator("knock-widget section").first().getAttribute("lang"), lang, path);
    await page.close();
  }
  await context.close();
});

test("a question is answered by keyboard alone, in German, on a narrow screen", async () => {
  const context = await browser.newContext({ locale: "de-DE", viewport: PHONE });
  const visitor = await context.newPage();
  const found = complaints(visitor);
  await visitor.goto(`${site.url}/de`);
  await visitor.getByRole("button", { name: "Chat öffnen" }).waitFor();
  await visitor.keyboard.press("Tab");
  assert.equal(await focused(visitor), "Chat öffnen");
  await visitor.keyboard.press("Enter");
  await visitor.getByRole("log", { name: "Nachrichten" }).getByText("Ich bin der KI-Agent").waitFor();
  await until(() => focused(visitor), (name) => name === "Nachricht", "the focus where one writes");
  await visitor.keyboard.type("Hallo!");
  await visitor.keyboard.press("Enter");
  const answers = visitor.getByRole("group", { name: "Antworten" });
  await answers.getByRole("button").first().waitFor();
  const offered = await answers.getByRole("button").allTextContents();
  assert.ok(offered.length > 1 && offered[0] === "Kaufen", `${offered}`);

  // Announced once: with the question in the log, and nowhere else.
  const heard = visitor.getByText(`Sie können eine Antwort wählen: ${offered.join(", ")}`);
  assert.equal(await heard.count(), 1);
  assert.equal(await heard.locator("xpath=ancestor::*[@role='log']").count(), 1);
  assert.equal(await answers.locator("xpath=ancestor-or-self::*[@aria-live or @role='status' or @role='log']").count(), 0);
  await isUsable(visitor, "a question with its answers");

  assert.equal(await focused(visitor), "Nachricht");
  for (const name of ["Datei anhängen", ...offered.toReversed()]) {
    await visitor.keyboard.press("Shift+Tab");
    assert.equal(await focused(visitor), name);
  }
  await visitor.keyboard.press("Enter");
  await until(() => focused(visitor), (name) => name === "Nachricht", "the focus back where one writes");
  await visitor.getByRole("log").getByText("Kaufen", { exact: true }).waitFor();
  assert.equal(await visitor.getByRole("button", { name: "Kaufen" }).count(), 0);
  assert.equal(await heard.count(), 0);
  await isUsable(visitor, "the answer");
  assert.deepEqual(found, []);
  await context.close();
});

test("the hosted page speaks the language of its address, else of the browser", async () => {
  const context = await browser.newContext({ locale: "es-ES", viewport: PHONE });
  for (const [path, lang, label] of [["/l/chat", "es", "Enviar el mensaje"], ["/l/chat?lang=fr", "fr", "Envoyer le message"]]) {
    const page = await context.newPage();
    await page.goto(knock.url + path);
    await page.getByRole("button", { name: label }).waitFor();
    assert.equal(await page.locator("html").getAttribute("lang"), lang);
    assert.equal(await page.getByRole("log").locator("xpath=ancestor::section").getAttribute("lang"), lang);
    await page.close();
  }
  await context.close();
});

test("a mailed reply is in the lead's language and continues the chat on another device", async () => {
  const desk = await browser.newContext({ locale: "de-DE" });
  const first = await desk.newPage();
  await first.goto(site.url);
  await first.getByRole("button", { name: "Chat öffnen" }).click();
  await first.getByLabel("Nachricht", { exact: true }).fill(QUESTION);
  await first.keyboard.press("Enter");
  await first.getByRole("log").getByText("Gesendet", { exact: true }).waitFor();
  await first.close();

  const { conversations } = await knock.get("/api/v1/conversations");
  const { id } = conversations.find(({ contact }) => contact.email === ANN);
  const rep = await signIn(await browser.newContext(), knock);
  await rep.goto(`${knock.url}/app/inbox/${id}`);
  await rep.getByText(QUESTION).last().waitFor();
  await rep.getByRole("textbox").last().fill("Das kostet 490 € im Monat.");
  await rep.getByRole("textbox").last().press("Enter");
  const record = () => knock.get(`/api/v1/conversations/${id}`);
  await until(record, ({ messages }) => messages.some(({ author }) => author === "rep"), "the reply");
  await knock.setClock({ advance_ms: 31_000 });
  const text = await mail.to(ANN, /hat Ihnen geantwortet/);
  const [link] = text.match(/http\S+#c=\S+/);

  const phone = await browser.newContext({ locale: "en-GB", viewport: PHONE });
  const second = await phone.newPage();
  const found = complaints(second);
  await second.goto(link);
  const log = second.getByRole("log", { name: "Nachrichten" });
  await log.getByText(QUESTION).waitFor();
  await log.getByText("Das kostet 490 € im Monat.").waitFor();
  assert.equal(new URL(second.url()).hash, "", "the address can be shown");
  await second.getByLabel("Nachricht", { exact: true }).fill("Danke, wann können wir anfangen?");
  await second.keyboard.press("Enter");
  await until(record, ({ messages }) => messages.some(({ text }) => text.startsWith("Danke, wann")), "the answer");
  await isUsable(second, "the continued chat");

  // Its own secret opens it again, and the first browser still has it too.
  await second.reload();
  await log.getByText("Danke, wann können wir anfangen?").waitFor();
  const again = await desk.newPage();
  await again.goto(site.url);
  await again.getByRole("button", { name: /^Chat (öffnen|schließen)/ }).first().click();
  await again.getByRole("log").getByText("Danke, wann können wir anfangen?").waitFor();
  const after = (await knock.get("/api/v1/conversations")).conversations;
  assert.equal(after.filter(({ contact }) => contact.email === ANN).length, 1);
  assert.deepEqual(found, []);
  await Promise.all([desk.close(), phone.close()]);
});
