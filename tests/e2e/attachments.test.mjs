// Files in chats: in both directions, by button, drop and paste, across a killed server, and hostile ones.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { crc32, deflateSync } from "node:zlib";
import { complaints, launch } from "./support/browser.mjs";
import { Knock, until } from "./support/knock.mjs";
import { faultsOf } from "./support/screens.mjs";
import { Site, page as html, snippet } from "./support/site.mjs";
import { signIn } from "./support/visitor.mjs";

const PDF = Buffer.from("%PDF-1.4\n<html><script>window.hacked = 1</script>\n%%EOF");
let browser, knock, site;

before(async () => {
  browser = await launch();
  knock = await Knock.start({ env: { KNOCK_FILES_PER_CHAT: "0", KNOCK_FILES_PER_IP: "0" } });
  site = await Site.serve({ pages: { "/": html(snippet(knock, await knock.siteKey()), "<main><h1>A page</h1></main>") } });
});

after(async () => {
  await browser?.close();
  await site?.stop();
  await knock?.stop();
});

/** A PNG of this size: one colour, or incompressible noise. */
function png(width, height, isNoise = false) {
  const chunk = (name, data) => {
    const body = Buffer.concat([Buffer.from(name), data]);
    const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    check.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, check]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2], 8);
  const row = () => Buffer.concat([Buffer.from([0]), isNoise ? randomBytes(3 * width) : Buffer.alloc(3 * width, 120)]);
  const rows = Buffer.concat(Array.from({ length: height }, row));
  const start = Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]);
  return Buffer.concat([start, chunk("IHDR", header), chunk("IDAT", deflateSync(rows)), chunk("IEND", Buffer.alloc(0))]);
}

const picture = (name, buffer = png(900, 600)) => ({ name, mimeType: "image/png", buffer });

/** Opens the chat of the site in a new browser, with a first message; returns its conversation. */
async function openChat() {
  const context = await browser.newContext({ acceptDownloads: true });
  const page = await context.newPage();
  await page.goto(site.url);
  await page.getByRole("button", { name: /^Open chat/ }).click();
  await page.getByRole("log").getByText("AI agent").first().waitFor();
  const known = new Set((await knock.get("/api/v1/conversations")).conversations.map(({ id }) => id));
  const said = `Number ${known.size} needs a quote`;
  await page.getByLabel("Message", { exact: true }).fill(said);
  await page.getByLabel("Message", { exact: true }).press("Enter");
  const isOurs = ({ messages }) => messages.some(({ text }) => text === said);
  let id;
  await until(
    async () => {
      for (const row of (await knock.get("/api/v1/conversations")).conversations) {
        if (isOurs(await knock.get(`/api/v1/conversations/${row.id}`))) id = row.id;
      }
      return id;
    },
    Boolean,
    "the conversation",
  );
  return { page, id };
}

const filesOf = async (id) =>
  (await knock.get(`/api/v1/conversations/${id}`)).messages.flatMap(({ files = [], author }) =>
    files.map((file) => ({ ...file, author })),
  );

const choose = (page, ...files) => page.locator("input[type=file]").setInputFiles(files);

async function shoot(page, name) {
  if (process.env.KNOCK_SHOTS) await page.screenshot({ path: `${process.env.KNOCK_SHOTS}/attachments-${name}.png` });
}

/** Name and content of the file that a link downloads. */
async function downloaded(page, link) {
  const [download] = await Promise.all([page.waitForEvent("download"), link.click()]);
  return [download.suggestedFilename(), readFileSync(await download.path())];
}

test("a visitor sends a picture and a PDF, the rep sees them and answers with a file", async () => {
  const { page, id } = await openChat();
  const found = complaints(page);
  const log = page.getByRole("log");
  await choose(page, picture("broken hose.png"), { name: "offer.pdf", mimeType: "application/pdf", buffer: PDF });
  const shown = log.locator("img.file-picture");
  await shown.waitFor();
  await log.getByText("offer.pdf").waitFor();
  await until(() => shown.evaluate((image) => image.complete && image.naturalWidth), (width) => width === 640, "the preview");
  const { width, height } = await shown.boundingBox();
  assert.ok(Math.abs(width / height - 1.5) < 0.05, `${width} x ${height}`);

  const rep = await signIn(await browser.newContext({ acceptDownloads: true }), knock);
  const repFound = complaints(rep);
  await rep.goto(`${knock.url}/app/inbox/${id}`);
  const thread = rep.getByRole("main").getByRole("log");
  await thread.getByText("broken hose.png").waitFor();
  await thread.getByRole("button", { name: "Open broken hose.png" }).click();
  const dialog = rep.getByRole("dialog");
  await dialog.getByRole("img").waitFor();
  await shoot(rep, "dialog");
  assert.deepEqual((await downloaded(rep, dialog.getByRole("link", { name: "Download" })))[0], "broken hose.png");
  await rep.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  assert.deepEqual(await downloaded(rep, thread.getByRole("link", { name: "offer.pdf" })), ["offer.pdf", PDF]);

  // A rep's file is a reply.
  await rep.locator("input[type=file]").setInputFiles({ name: "price.csv", mimeType: "text/csv", buffer: Buffer.from("a,b\n1,2\n") });
  const [name, content] = await downloaded(page, log.getByRole("link", { name: "price.csv" }));
  assert.deepEqual([name, content.toString()], ["price.csv", "a,b\n1,2\n"]);
  await thread.getByRole("link", { name: "price.csv" }).waitFor();
  const { state } = (await knock.get(`/api/v1/conversations/${id}`)).conversation;
  assert.equal(state.responding_rep, "admin@localhost");

  await shoot(page, "visitor");
  const faults = [...(await faultsOf(page, "a chat with files")), ...(await faultsOf(rep, "a conversation with files"))];
  assert.deepEqual(faults, []);
  assert.deepEqual([found, repFound], [[], []]);
});

test("files are chosen by keyboard, dropped and pasted", async () => {
  const { page, id } = await openChat();
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Attach a file" }).press("Enter");
  await (await chooser).setFiles(picture("chosen.png", png(20, 20)));
  const bring = (kind, name) =>
    page.getByLabel("Message", { exact: true }).evaluate(
      (field, [kind, name]) => {
        const data = new DataTransfer();
        data.items.add(new File(["brought"], name, { type: "text/plain" }));
        const options = { bubbles: true, composed: true, cancelable: true };
        const event = kind === "paste" ? new ClipboardEvent("paste", { ...options, clipboardData: data })
          : new DragEvent("drop", { ...options, dataTransfer: data });
        return field.dispatchEvent(event);
      },
      [kind, name],
    );
  assert.equal(await bring("paste", "pasted.txt"), false, "the page does nothing else with it");
  assert.equal(await bring("drop", "dropped.txt"), false);
  const names = async () => (await filesOf(id)).map(({ name }) => name);
  await until(names, (all) => all.length === 3, "three files");
  assert.deepEqual(await names(), ["chosen.png", "pasted.txt", "dropped.txt"]);
});

test("killed during an upload, the file is sent again, and stored once", async () => {
  const { page, id } = await openChat();
  const slow = await page.context().newCDPSession(page);
  const network = (uploadThroughput) =>
    slow.send("Network.emulateNetworkConditions", { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput });
  await slow.send("Network.enable");
  await network(200_000);
  await choose(page, picture("large.png", png(700, 700, true)));
  await page.getByRole("log").getByText(/Sending… [1-9][0-9]?\s%/).waitFor();
  await knock.kill();
  await network(-1);
  await knock.restart();
  await page.getByRole("log").getByRole("link", { name: /large\.png/ }).waitFor({ timeout: 60_000 });
  const files = await filesOf(id);
  assert.deepEqual(files.map(({ name, author }) => [name, author]), [["large.png", "lead"]]);
});

test("a refused file says why, in the visitor's language", async () => {
  const { page, id } = await openChat();
  const log = page.getByRole("log");
  await choose(page, { name: "big.txt", mimeType: "text/plain", buffer: Buffer.alloc(11 << 20, "a") });
  await log.getByText("The file is too large.").waitFor({ timeout: 30_000 });
  const svg = Buffer.from("<svg xmlns='http://www.w3.org/2000/svg' onload='window.hacked=1'/>");
  await choose(page, { name: "logo.svg", mimeType: "image/svg+xml", buffer: svg });
  await log.getByText("This type of file cannot be sent").waitFor();
  assert.deepEqual(await filesOf(id), []);
});

test("opening the address of a hostile file runs nothing", async () => {
  const { page, id } = await openChat();
  const gif = Buffer.concat([Buffer.from("47494638396101000100800000000000ffffff21f90401000000002c00000000010001000002024401003b", "hex"),
    Buffer.from("/*window.hacked=1*/=1;window.hacked=1//")]);
  await choose(page, { name: "a.gif", mimeType: "text/html", buffer: gif }, { name: "b.html", mimeType: "text/html", buffer: PDF },
    { name: "c.html", mimeType: "text/html", buffer: Buffer.from("Hi <script>window.hacked=1</script>") });
  const files = await until(() => filesOf(id), (all) => all.length === 3, "three files");
  assert.deepEqual(files.map(({ type }) => type), ["image/gif", "application/pdf", "text/plain"]);
  for (const { url, type } of files) {
    const attacker = await browser.newPage();
    const [dialogs, sent] = [[], []];
    attacker.on("dialog", (dialog) => dialogs.push(dialog.message()));
    attacker.on("request", (request) => sent.push(request.url()));
    await attacker.goto(site.url);
    sent.length = 0;
    const address = knock.url + url;
    const [download] = await Promise.all([
      attacker.waitForEvent("download"),
      attacker.evaluate((address) => void (location.href = address), address),
    ]);
    await download.path();
    assert.equal(attacker.url(), `${site.url}/`, "no page is made of it");
    // Not as a script, a style, a frame or an object of another page either.
    await attacker.evaluate(async (address) => {
      for (const [tag, name] of [["script", "src"], ["iframe", "src"], ["object", "data"], ["embed", "src"]]) {
        const element = document.createElement(tag);
        element[name] = address;
        const settled = new Promise((resolve) => (element.onload = element.onerror = resolve));
        document.body.append(element);
        await Promise.race([settled, new Promise((resolve) => setTimeout(resolve, 1_000))]);
      }
    }, address);
    assert.deepEqual([await attacker.evaluate(() => window.hacked), dialogs], [undefined, []], type);
    const strangers = sent.filter((requested) => requested !== address && !requested.startsWith(knock.url) && !requested.startsWith(site.url));
    assert.deepEqual(strangers, [], type);
    await attacker.close();
  }
  assert.equal(await page.evaluate(() => window.hacked), undefined);
});

test("the hosted page shows files under its own policy", async () => {
  const page = await (await browser.newContext({ viewport: { width: 360, height: 740 }, locale: "de-AT" })).newPage();
  const found = complaints(page);
  await page.goto(`${knock.url}/l/chat`);
  await page.getByRole("log").getByText("KI-Agent").first().waitFor();
  await choose(page, picture("Schlauch.png"));
  const shown = page.getByRole("log").locator("img.file-picture");
  await shown.waitFor();
  await until(() => shown.evaluate((image) => image.naturalWidth), (width) => width === 640, "the preview");
  assert.ok(await page.getByRole("button", { name: "Datei anhängen" }).isVisible());
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), 0);
  await shoot(page, "hosted-360");
  assert.deepEqual(found, []);
});
