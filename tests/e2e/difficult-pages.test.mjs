// The chat on pages that make it difficult: policies against WebAssembly and frames, bars at the bottom, pages that hold
// the focus, and an update of the server under an open chat.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { violationsOf } from "./support/axe.mjs";
import { launch } from "./support/browser.mjs";
import { Knock, until } from "./support/knock.mjs";
import { Site, snippet } from "./support/site.mjs";

const WIDE = { width: 1000, height: 700 };
/** The distances of the button from the bottom, and from a bar. */
const STANDARD = 16;
const GAP = 12;
const PHONE = { width: 360, height: 640 };
let browser, knock, key, site;

/** A page whose policy has no more than the documents say, without WebAssembly, and `more` directives. */
function strict(more = "", { lang = "en", attributes = "" } = {}) {
  const policy = `default-src 'none'; script-src 'nonce-n0nce' ${knock.url}; connect-src ${knock.url}; img-src data:; report-uri /reports; ${more}`;
  return { html: plain("", { lang, attributes }), headers: { "content-security-policy": policy } };
}

const plain = (body, { lang = "en", attributes = "" } = {}) => `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><title>Page</title>
<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">${snippet(knock, key, attributes).replace("<script", '<script nonce="n0nce"')}</head>
<body><main><h1>Page</h1><label>Search <input id="search"></label></main>${body}</body></html>`;

const bar = (style, text = "We use cookies", more = "") => `<div id="bar" style="position:fixed;bottom:0;background:#fff;${style}">${text}</div>${more}`;

/** A dialog of a component library: the page takes no pointer, and focus elsewhere is brought back. */
const MODAL = `<div id="dialog" role="dialog" aria-label="Page" style="position:fixed;top:100px;left:100px;pointer-events:auto"><input id="inside" aria-label="Inside"></div>
<script>
const dialog = document.querySelector("#dialog"), inside = document.querySelector("#inside");
let last = inside;
document.body.style.pointerEvents = "none";
inside.focus();
const brought = () => last.focus({ preventScroll: true });
document.addEventListener("focusin", ({ target }) => { if (dialog.contains(target)) last = target; else brought(); });
document.addEventListener("focusout", ({ relatedTarget }) => { if (relatedTarget !== null && !dialog.contains(relatedTarget)) brought(); });
document.addEventListener("focus", ({ target }) => { if (target !== document && !dialog.contains(target)) brought(); }, true);
</script>`;

/** A dialog that takes presses elsewhere away, too. */
const TRAP = `<div id="dialog" role="dialog" aria-label="Page"><input id="inside" aria-label="Inside"></div>
<script>
const dialog = document.querySelector("#dialog"), inside = document.querySelector("#inside");
inside.focus();
const elsewhere = (event) => !dialog.contains(event.composedPath()[0]);
document.addEventListener("focusin", (event) => {
  if (!elsewhere(event)) return;
  event.stopImmediatePropagation();
  inside.focus();
}, true);
document.addEventListener("mousedown", (event) => elsewhere(event) && event.preventDefault(), true);
document.addEventListener("click", (event) => {
  if (!elsewhere(event)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
}, true);
</script>`;

before(async () => {
  browser = await launch();
  knock = await Knock.start();
  key = await knock.siteKey();
  const pages = {
    "/own": plain("", { attributes: ' data-chat="frame"' }),
    "/frame": strict(`frame-src ${knock.url}`),
    "/named": strict(`frame-src ${knock.url}`, { attributes: ' data-chat="frame" data-engine="js"' }),
    "/refused": strict(),
    "/verweigert": strict("", { lang: "de" }),
    "/modal": plain(MODAL),
    "/trap": plain(TRAP),
    "/": plain(""),
  };
  site = await Site.serve({ pages });
});

after(async () => {
  await browser?.close();
  await site?.stop();
  await knock?.stop();
});

/** A new visitor on a page. */
async function arrive(path, options = {}) {
  const context = await browser.newContext({ viewport: WIDE, reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  await page.goto(site.url + path);
  return page;
}

const button = (page) => page.locator("knock-widget .launcher");
const frame = (page) => page.locator("knock-widget iframe");
const inFrame = (page) => page.frameLocator("knock-widget iframe");
const composer = (place) => place.getByRole("textbox", { name: "Message" });
const end = (page) => page.context().close();

/** The messages of the lead who wrote a text. */
async function arrived(text) {
  const ask = async () => {
    const { conversations } = await knock.get("/api/v1/conversations");
    const records = await Promise.all(conversations.map(({ id }) => knock.get(`/api/v1/conversations/${id}`)));
    return records.find(({ messages }) => messages.some((message) => message.author === "lead" && message.text === text));
  };
  return until(ask, Boolean, `the message ${text}`);
}

async function say(page, text) {
  await composer(inFrame(page)).click();
  await page.keyboard.type(text);
  await page.keyboard.press("Enter");
  await inFrame(page).getByRole("log").getByText(text).waitFor();
  return arrived(text);
}

test("the chat in a frame is that of the page: the same visitor, reloaded, opened and closed by keys and calls", async () => {
  const page = await arrive("/own");
  await button(page).click();
  await composer(inFrame(page)).waitFor();
  await say(page, "We need a quote for 20 seats");
  const visitor = await page.evaluate(() => localStorage.knock_v);
  assert.match(visitor, /^[0-9a-f-]{36}$/);
  assert.ok(await page.evaluate((key) => localStorage[`knock_c:site:${key}:`], key), "the page stores what the chat keeps");
  assert.deepEqual(await violationsOf(page, { hasFrame: true }), []);
  assert.deepEqual(await violationsOf(page.frames()[1]), []);

  // As after an update; what was open is open again.
  await page.frames()[1].evaluate(() => location.reload());
  await inFrame(page).getByRole("log").getByText("We need a quote for 20 seats").waitFor();
  await composer(inFrame(page)).click();
  await page.keyboard.press("Escape");
  await frame(page).waitFor({ state: "hidden" });
  assert.equal(await page.evaluate(() => document.activeElement.shadowRoot?.activeElement.className), "launcher");

  await page.reload();
  await page.evaluate(() => knock("open", "chat"));
  await inFrame(page).getByRole("log").getByText("We need a quote for 20 seats").waitFor();
  await page.evaluate(() => knock("close"));
  await frame(page).waitFor({ state: "hidden" });
  await page.evaluate(() => knock("open", "meeting"));
  await inFrame(page).getByRole("textbox", { name: /e-mail/i }).waitFor();
  assert.equal(await page.evaluate(() => localStorage.knock_v), visitor);
  await end(page);
});

test("a frame fills a phone, and works where storage is refused", async () => {
  const context = await browser.newContext({ viewport: PHONE });
  await context.addInitScript(() => {
    for (const name of ["localStorage", "sessionStorage"]) {
      Object.defineProperty(window, name, { get() { throw new DOMException("refused", "SecurityError"); } });
    }
  });
  const page = await context.newPage();
  await page.goto(`${site.url}/own`);
  await button(page).click();
  await say(page, "I have no storage at all");
  const box = await frame(page).boundingBox();
  assert.deepEqual([box.x, box.y, box.width, box.height], [0, 0, PHONE.width, PHONE.height]);
  await context.close();
});

test("a page that refuses WebAssembly has the chat in a frame; one that names it has no report of a violation", async () => {
  for (const [path, violations] of [["/named", 0], ["/frame", 1]]) {
    const page = await arrive(path);
    // A click before the tracker has tried WebAssembly has the chat try it, too.
    if (violations) await until(() => page.evaluate(() => localStorage.knock_w), (engine) => engine === "js", "the verdict");
    await button(page).click();
    await composer(inFrame(page)).waitFor();
    await page.evaluate(() => knock("identify", { email: "ann@first.example" }));
    const text = `Your policy is a strict one on ${path}`;
    const { messages } = await say(page, text);
    assert.ok(messages.length > 1, "the agent answers");
    await until(() => site.reports.length, (count) => count >= violations, "the report");
    assert.ok(site.reports.length === violations && site.reports.every((report) => report.includes("script-src")), site.reports.join());
    await end(page);
  }
});

test("a page that refuses the frame, too, says so, and a click opens the chat in a new tab", async () => {
  for (const [path, sentence, way] of [
    ["/refused", "The chat cannot run on this page.", "Open it in a new tab"],
    ["/verweigert", "Auf dieser Seite kann der Chat nicht laufen.", "In einem neuen Tab öffnen"],
  ]) {
    const page = await arrive(path);
    const opened = page.context().waitForEvent("page");
    await button(page).click();
    await page.getByRole("status").getByText(sentence).waitFor();
    const tab = await opened;
    await composer(tab).or(tab.getByRole("textbox", { name: "Nachricht" })).waitFor();
    assert.equal(new URL(tab.url()).searchParams.get("site"), key);
    await page.getByRole("link", { name: way }).waitFor();
    assert.deepEqual(await violationsOf(page), []);
    await end(page);
  }
});

test("the button keeps clear of bars, whatever they are made of, and of nothing else", async () => {
  const page = await arrive("/");
  await button(page).waitFor();
  const bottom = async () => {
    const { y, height } = await button(page).boundingBox();
    return WIDE.height - y - height;
  };
  const comes = (expected, what) => until(bottom, (found) => Math.abs(found - expected) < 1, what);
  const put = (html) => page.evaluate((html) => (document.querySelector("#place").innerHTML = html), html);
  await page.evaluate(() => document.body.insertAdjacentHTML("beforeend", '<div id="place"></div>'));
  for (const [what, html, height] of [
    ["over the whole width", bar("left:0;right:0;height:90px"), 90],
    ["a card in the corner", bar("right:0;width:300px;height:160px"), 160],
    ["a card in a layer that lets presses through", `<div style="position:fixed;inset:0;pointer-events:none">${bar("right:0;width:300px;height:120px;position:absolute;pointer-events:auto")}</div>`, 120],
    ["a frame", '<iframe title="Cookies" srcdoc="We use cookies" style="position:fixed;bottom:0;left:0;width:100%;height:110px;border:0"></iframe>', 110],
    ["a bar above another", bar("left:0;right:0;height:40px") + bar("left:0;right:0;height:60px;bottom:40px"), 100],
  ]) {
    await put(html);
    await comes(height + GAP, what);
  }
  await put("");
  await comes(STANDARD, "none any more");
  await page.evaluate(() => {
    document.querySelector("#place").attachShadow({ mode: "open" }).innerHTML =
      '<p style="position:fixed;bottom:0;left:0;right:0;height:100px;margin:0">We use cookies</p>';
  });
  await comes(100 + GAP, "in a shadow tree");
  await page.evaluate(() => document.querySelector("#place").remove());
  await comes(STANDARD, "none any more");
  await page.evaluate((html) => document.body.insertAdjacentHTML("beforeend", html), bar("left:0;right:0;height:90px;pointer-events:none"));
  await comes(90 + GAP, "one that lets presses through");
  // Beside the button, and a layer over all.
  for (const style of ["left:0;width:300px;height:90px", "inset:0"]) {
    await page.evaluate((style) => (document.querySelector("#bar").style.cssText = `position:fixed;bottom:0;background:#fff;${style}`), style);
    await page.evaluate(() => document.body.classList.toggle("changed"));
    await comes(STANDARD, style);
  }
  await end(page);
});

test("a bar that comes later moves the closed button, and not the open chat", async () => {
  const context = await browser.newContext({ viewport: WIDE });
  const page = await context.newPage();
  await page.clock.install();
  await page.goto(site.url);
  await button(page).waitFor();
  const place = async () => (await button(page).boundingBox()).y;
  const first = await place();
  await page.evaluate((html) => document.body.insertAdjacentHTML("beforeend", html), bar("left:0;right:0;height:90px"));
  await until(place, (y) => y < first - 80, "the button above the bar");
  await button(page).click();
  await composer(page).waitFor();
  const open = await place();
  await page.locator("#bar").evaluate((bar) => bar.remove());
  await page.clock.runFor(20_000);
  assert.equal(await place(), open);
  await page.keyboard.press("Escape");
  await until(place, (y) => y === first, "the button back in its place");
  await end(page);
});

test("on a page that holds the focus the chat opens by a click and takes what is typed", async () => {
  for (const path of ["/modal", "/trap"]) {
    const page = await arrive(path);
    await page.locator("#inside").focus();
    await button(page).click();
    await composer(page).waitFor();
    await composer(page).click();
    await page.keyboard.type("Is anybody there");
    assert.equal(await composer(page).inputValue(), "Is anybody there", path);
    assert.equal(await page.locator("#inside").inputValue(), "", path);
    await page.getByRole("button", { name: "Send message" }).click();
    await page.getByRole("log").getByText("Is anybody there").waitFor();
    await page.locator("#inside").click();
    await page.keyboard.type("the page works");
    assert.equal(await page.locator("#inside").inputValue(), "the page works", path);
    await end(page);
  }
});

test("after an update of the server an open chat offers to reload the page", async () => {
  const page = await arrive("/");
  await button(page).click();
  await composer(page).waitFor();
  // The server has another version: files of the page's version are gone, and its loader names others.
  await page.route("**/t/*/widget.booking.wasm*", (route) => route.fulfill({ status: 404, headers: { "access-control-allow-origin": "*" } }));
  await page.route("**/t/*/booking*.js", (route) => route.fulfill({ status: 404, headers: { "access-control-allow-origin": "*" } }));
  await page.getByRole("button", { name: "Book a meeting" }).click();
  await page.getByRole("alert").getByText("The booking could not be loaded.").waitFor();
  await page.route("**/k.js", async (route) => {
    const response = await route.fetch();
    const body = (await response.text()).replaceAll(/\/t\/[^/]+\//g, "/t/newer/");
    await route.fulfill({ response, body });
  });
  await page.getByRole("button", { name: "Try again" }).click();
  await page.getByText("This page was loaded before an update of the chat.").waitFor();
  await page.unrouteAll({ behavior: "wait" });
  const loaded = page.waitForEvent("load");
  await page.getByRole("button", { name: "Reload the page" }).click();
  await loaded;
  await end(page);
});

test("after an update a chat that cannot be loaded offers to reload the page; without a network it may be tried again", async () => {
  const page = await arrive("/");
  await button(page).waitFor();
  await page.route("**/widget.*", (route) => route.abort());
  await page.route("**/k.js", (route) => route.abort());
  await button(page).click();
  await page.getByRole("status").getByText("The chat could not be loaded. Try again in a moment.").waitFor();
  await page.unroute("**/k.js");
  await page.route("**/k.js", (route) => route.fulfill({ body: `x("/t/newer/")`, headers: { "access-control-allow-origin": "*" } }));
  await button(page).click();
  await page.getByText("This page was loaded before an update of the chat.").waitFor();
  await page.unrouteAll({ behavior: "wait" });
  await button(page).click();
  await composer(page).waitFor();
  await end(page);
});
