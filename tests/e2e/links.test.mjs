// Knock Links: created and copied in the dashboard, opened in another browser, counted, sent to contacts, archived.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import jsQR from "jsqr";
import { PNG } from "pngjs";
import { complaints, launch } from "./support/browser.mjs";
import { Knock, until } from "./support/knock.mjs";
import { faultsOf } from "./support/screens.mjs";
import { signIn } from "./support/visitor.mjs";

const DESK = { width: 1280, height: 800 };
const GREETING = "Willkommen! Sie kommen von G2?";
let browser, knock;

before(async () => {
  browser = await launch();
  knock = await Knock.start();
});

after(async () => {
  await browser?.close();
  await knock?.stop();
});

const links = async (query = "") => (await knock.get(`/api/v1/links${query}`)).links;
const figuresOf = async (slug) => {
  const { clicks, conversions } = (await links()).find((link) => link.slug === slug);
  return { clicks, conversions };
};
/** The card of a link. */
const card = (page, name) => page.getByRole("article", { name, exact: true });
/** Shows the links in a page of the dashboard. */
async function open(page) {
  await page.goto(`${knock.url}/app/links`);
  await page.getByRole("heading", { name: "Knock Links", level: 1 }).waitFor();
  await card(page, "Website").waitFor();
}

test("a link is created and copied, greets in its language, and is counted", async () => {
  const context = await browser.newContext({ viewport: DESK, permissions: ["clipboard-read", "clipboard-write"] });
  const page = await signIn(context, knock);
  const wrong = complaints(page);
  await page.getByRole("link", { name: "Knock Links" }).click();
  await page.getByRole("button", { name: "Create a Knock Link" }).press("Enter");
  const dialog = page.getByRole("dialog", { name: "Create a Knock Link" });
  await dialog.getByRole("button", { name: "Create" }).click();
  await dialog.getByText("must have 1 to 80 characters").waitFor();
  await dialog.getByLabel("Name", { exact: true }).fill("G2 <b>profile</b>");
  await dialog.getByLabel("End of its address").fill("Chat!");
  await dialog.getByRole("button", { name: "Create" }).click();
  await dialog.getByText("must have 1 to 64 of a to z").waitFor();
  await dialog.getByLabel("End of its address").fill("");
  await dialog.getByLabel("Channel").fill("G2");
  await dialog.getByLabel("Language").selectOption("German");
  await dialog.getByLabel("Greeting").fill(GREETING);
  await dialog.getByText("Campaign (UTM)").click();
  await dialog.getByLabel("Source").fill("g2");
  await dialog.getByLabel("Source").press("Enter");
  await dialog.waitFor({ state: "detached" });
  const made = card(page, "G2 <b>profile</b>");
  await made.getByRole("button", { name: "Copy" }).click();
  await made.getByText("Copied").waitFor();
  const url = await page.evaluate(() => navigator.clipboard.readText());
  assert.equal(url, `${knock.url}/l/g2-b-profile-b`);

  const visitor = await (await browser.newContext({ locale: "fr-FR" })).newPage();
  const complained = complaints(visitor);
  await visitor.goto(url);
  await visitor.getByRole("log").getByText(GREETING).waitFor();
  assert.equal(await visitor.locator("html").getAttribute("lang"), "de");
  assert.doesNotMatch(await visitor.content(), /profile<\/b>/, "what the team calls it is not shown");
  assert.deepEqual(await figuresOf("g2-b-profile-b"), { clicks: 1, conversions: 0 });
  await visitor.getByLabel("Nachricht", { exact: true }).fill("Was kostet das?");
  await visitor.getByLabel("Nachricht", { exact: true }).press("Enter");
  await until(() => figuresOf("g2-b-profile-b"), ({ clicks, conversions }) => clicks === 1 && conversions === 1, "the lead");
  const { contacts } = await knock.get("/api/v1/contacts");
  assert.equal(contacts[0].attribution.source, "g2");

  await open(page);
  const facts = made.locator("dl");
  assert.match((await facts.innerText()).replace(/\s+/g, " "), /Channel G2 Rule Default rule Clicks 1 Conversions 1/);
  assert.deepEqual(await faultsOf(page, "/app/links"), []);
  assert.deepEqual(wrong.filter((line) => !/422/.test(line)), []);
  assert.deepEqual(complained, []);
  await context.close();
});

test("a link is edited, with questions before its meeting, and invalid ones are named", async () => {
  const context = await browser.newContext({ viewport: DESK });
  const page = await signIn(context, knock);
  await open(page);
  await page.getByRole("button", { name: "Create a Knock Link" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name", { exact: true }).fill("Demo");
  assert.equal(await dialog.getByLabel("Minutes").count(), 0);
  await dialog.getByLabel("Opens").selectOption("Meeting");
  await dialog.getByLabel("Minutes").fill("30");
  await dialog.getByRole("button", { name: "Add a question" }).click();
  const question = dialog.getByRole("group", { name: "Question 1" });
  await question.getByLabel("Question", { exact: true }).fill("Team size");
  await question.getByLabel("Answer", { exact: true }).selectOption("One of several answers");
  await question.getByLabel("Answers").fill("1-9");
  await question.getByLabel("Name for routing rules").fill("team_size");
  await dialog.getByRole("button", { name: "Create" }).click();
  await question.getByText("are not 2 to 20").waitFor();
  await question.getByLabel("Answers").fill("1-9\n10+\n");
  await question.getByLabel("Required").check();
  assert.deepEqual(await faultsOf(page, "/app/links, a form"), []);
  await dialog.getByRole("button", { name: "Create" }).click();
  await dialog.waitFor({ state: "detached" });
  const { questions, duration_min } = (await links()).find(({ slug }) => slug === "demo");
  const expected = { id: "q1", label: "Team size", kind: "choice", options: ["1-9", "10+"], required: true, field: "team_size" };
  assert.deepEqual([questions, duration_min], [[expected], 30]);

  await card(page, "Demo").getByRole("button", { name: "Edit" }).click();
  assert.equal(await dialog.getByLabel("Answers").inputValue(), "1-9\n10+");
  await dialog.getByRole("button", { name: "Remove question 1" }).click();
  await dialog.getByLabel("Name", { exact: true }).fill("Book a demo");
  await dialog.getByRole("button", { name: "Save" }).click();
  await page.getByText("Knock Link saved: Book a demo").waitFor();
  assert.deepEqual((await links()).find(({ slug }) => slug === "demo").questions, []);
  await context.close();
});

test("an independent reader reads the QR code", async () => {
  const context = await browser.newContext({ viewport: DESK, acceptDownloads: true });
  const page = await signIn(context, knock);
  await open(page);
  const chat = card(page, "Chat with us");
  await chat.getByText("QR code").click();
  const shown = chat.getByRole("img", { name: `QR code of ${knock.url}/l/chat` });
  await until(() => shown.evaluate((image) => image.naturalWidth), (width) => width > 0, "the picture");
  const read = (png) => jsQR(Uint8ClampedArray.from(png.data), png.width, png.height)?.data;
  const [file] = await Promise.all([page.waitForEvent("download"), chat.getByRole("link", { name: "Download PNG" }).click()]);
  assert.equal(file.suggestedFilename(), "chat.png");
  const png = PNG.sync.read(await readFile(await file.path()));
  assert.deepEqual([png.width, png.height, read(png)], [1024, 1024, `${knock.url}/l/chat`]);
  assert.equal(read(PNG.sync.read(await shown.screenshot())), `${knock.url}/l/chat`, "the SVG, as it is shown");
  const [svg] = await Promise.all([page.waitForEvent("download"), chat.getByRole("link", { name: "Download SVG" }).click()]);
  assert.equal(svg.suggestedFilename(), "chat.svg");
  assert.deepEqual(await faultsOf(page, "/app/links, a QR code"), []);
  await context.close();
});

test("an address of a mail merge identifies its visitor", async () => {
  const context = await browser.newContext({ viewport: DESK, acceptDownloads: true });
  const page = await signIn(context, knock);
  await open(page);
  const chat = card(page, "Chat with us");
  await chat.getByText("Mail merge").click();
  await chat.getByLabel("E-mail addresses").fill("cy@clipper.example\nnobody");
  await chat.getByRole("button", { name: "Make addresses" }).click();
  await chat.getByText(/^Line 2 /).waitFor();
  await chat.getByLabel("E-mail addresses").fill("cy@clipper.example, di@clipper.example");
  await chat.getByRole("button", { name: "Make addresses" }).click();
  await chat.getByText("Created for 2 contacts").waitFor();
  const [file] = await Promise.all([page.waitForEvent("download"), chat.getByRole("link", { name: "Download CSV" }).click()]);
  assert.equal(file.suggestedFilename(), "chat.csv");
  const [head, first, second] = (await readFile(await file.path(), "utf8")).split("\r\n");
  assert.deepEqual([head, second.split(",")[0]], ["\uFEFFemail,url", '"di@clipper.example"']);
  const url = first.match(/"(http[^"]+)"$/)[1];
  assert.doesNotMatch(url, /clipper/);

  const visitor = await (await browser.newContext()).newPage();
  const opened = visitor.waitForResponse((response) => response.url().endsWith("/v1/chat"));
  await visitor.goto(`${url}&utm_source=spring`);
  assert.equal((await opened).status(), 201);
  assert.equal(visitor.url(), `${knock.url}/l/chat`, "neither token nor campaign stay in the address");
  const isKnown = ({ contacts }) => contacts.find(({ email }) => email === "cy@clipper.example")?.attribution.source === "spring";
  await until(() => knock.get("/api/v1/contacts"), isKnown, "the contact");

  // As mail programs and hands spell it.
  const spelled = await (await browser.newContext()).newPage();
  const sent = spelled.waitForRequest((request) => request.url().endsWith("/v1/chat"));
  await spelled.goto(`${knock.url}/l/chat?tab=1&amp;UTM_Source=mail#utm_campaign=q4`);
  assert.match((await sent).postData(), /UTM_Source=mail&utm_campaign=q4/);
  assert.equal(spelled.url(), `${knock.url}/l/chat?tab=1`, "what is no campaign stays");
  await context.close();
});

test("an archived link says that it is no longer in use, until it is restored", async () => {
  const context = await browser.newContext({ viewport: DESK });
  const page = await signIn(context, knock);
  await open(page);
  assert.equal(await card(page, "Website").getByRole("button", { name: "Archive" }).count(), 0);
  // The launcher has no address to share.
  await card(page, "Website").getByText("It has no address to share.").waitFor();
  assert.equal(await card(page, "Website").getByRole("button", { name: /^Copy/ }).count(), 0);
  assert.equal(await card(page, "Website").getByText("QR code").count(), 0);
  assert.ok(await page.getByRole("button", { name: /^Copy/ }).count() > 0, "other links have one");
  await card(page, "Chat with us").getByRole("button", { name: "Archive" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Archive" }).click();
  await card(page, "Chat with us").waitFor({ state: "detached" });
  const visitor = await (await browser.newContext({ locale: "es-ES" })).newPage();
  const reply = await visitor.goto(`${knock.url}/l/chat`);
  assert.equal(reply.status(), 404);
  await visitor.getByRole("heading", { name: "Este enlace ya no se usa", level: 1 }).waitFor();
  await visitor.getByText("Tareline").waitFor();
  assert.deepEqual(await faultsOf(visitor, "/l/chat, archived"), []);

  await page.getByLabel("Links", { exact: true }).selectOption("Archived");
  await card(page, "Chat with us").getByRole("button", { name: "Restore" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Restore" }).click();
  await page.getByText("No archived links").waitFor();
  await page.getByLabel("Links", { exact: true }).selectOption("In use");
  await card(page, "Chat with us").waitFor();
  assert.equal((await visitor.goto(`${knock.url}/l/chat`)).status(), 200);
  await context.close();
});
