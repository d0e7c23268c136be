// The chat over the pages of a site that loads them, or swaps their body by htmx, Turbo Drive or React: open, with the
// text that is not sent yet.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { complaints, launch, requests } from "./support/browser.mjs";
import { bundle } from "./support/bundle.mjs";
import { Knock, until } from "./support/knock.mjs";
import { replies } from "./support/replies.mjs";
import { Site, snippet } from "./support/site.mjs";

const QUESTION = "We need a quote for 20 people";
const UNSENT = "And one more thing, wh";
const PAGES = [1, 2, 3, 4, 5];
const PHONE = { width: 360, height: 740 };
let browser, knock, site, reply;

const htmx = await bundle(`import "htmx.org"`);
const turbo = await bundle(`import "@hotwired/turbo"`);
const react = await bundle(`
  import { createRoot } from "react-dom/client";
  import { BrowserRouter, Link, useLocation } from "react-router";
  import { useEffect } from "react";
  const App = () => {
    const page = useLocation().pathname.split("/").pop();
    useEffect(() => { document.title = "Page " + page }, [page]);
    return <>{[${PAGES}].map((at) => <Link key={at} to={"/react/" + at}>To {at}</Link>)}<h1>Page {page}</h1></>;
  };
  createRoot(document.querySelector("#app")).render(<BrowserRouter><App /></BrowserRouter>)`);

/** What each kind of site has in its head, before the snippet, and in the body of a page beside it. */
const KINDS = {
  plain: { body: (links, page) => `${links()}<h1>Page ${page}</h1>` },
  // The snippet is in the body, which is swapped with it.
  htmx: { head: '<script src="/htmx.js"></script>', body: (links, page, tag) => `${links(' hx-boost="true"')}<h1>Page ${page}</h1>${tag}` },
  turbo: { head: '<meta name="view-transition" content="same-origin"><script src="/turbo.js"></script>', body: (links, page) => `${links()}<h1>Page ${page}</h1>` },
  react: { body: () => `<div id="app"></div><script src="/react.js"></script>` },
};

function pageOf(kind, page, tag) {
  const { head = "", body } = KINDS[kind];
  const links = (more = "") => PAGES.map((at) => `<a href="/${kind}/${at}"${more}>To ${at}</a>`).join(" ");
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Page ${page}</title><link rel="icon" href="data:,">${head}${kind === "htmx" ? "" : tag}</head><body>${body(links, page, tag)}</body></html>`;
}

before(async () => {
  browser = await launch();
  knock = await Knock.start();
  reply = replies(knock);
  const tag = snippet(knock, await knock.siteKey());
  const pages = { "/htmx.js": htmx, "/turbo.js": turbo, "/react.js": react };
  for (const kind of Object.keys(KINDS)) for (const at of PAGES) pages[`/${kind}/${at}`] = pageOf(kind, at, tag);
  site = await Site.serve({ pages });
});

after(async () => {
  await browser?.close();
  await site?.stop();
  await knock?.stop();
});

const panel = (page) => page.locator("knock-widget .panel");
const field = (page) => page.getByLabel("Message", { exact: true });
const log = (page) => page.getByRole("log");
const opener = (page) => page.getByRole("button", { name: /^Open chat/ });
const newest = async () => (await knock.get("/api/v1/conversations")).conversations[0];
const focused = (page) => page.evaluate(() => document.activeElement.shadowRoot?.activeElement?.nodeName ?? document.activeElement.nodeName);

/** A new visitor on the first page who has asked, and writes on. */
async function talk(kind, options) {
  const page = await (await browser.newContext(options)).newPage();
  page.found = complaints(page);
  page.opened = requests(page, "/v1/chat");
  await page.goto(`${site.url}/${kind}/1`);
  await opener(page).click();
  await field(page).fill(QUESTION);
  await field(page).press("Enter");
  await log(page).getByText("can help with that").waitFor();
  await field(page).pressSequentially(UNSENT);
  page.chat = (await newest()).id;
  return page;
}

/** The chat is open on a page, once, with all that was said and what is not sent yet. */
async function goesOn(page, at) {
  await page.getByRole("heading", { name: `Page ${at}`, exact: true }).waitFor();
  await log(page).getByText(QUESTION).waitFor();
  assert.equal(await field(page).inputValue(), UNSENT, `page ${at}`);
  assert.equal(await page.locator("knock-widget").count(), 1, `page ${at}`);
  assert.equal(await log(page).getByText(QUESTION).count(), 1, `page ${at}`);
}

async function end(page) {
  assert.deepEqual(page.found, []);
  await page.context().close();
}

for (const kind of Object.keys(KINDS)) {
  test(`${kind}: one chat goes on over five pages, back, forward and a reload`, async () => {
    const page = await talk(kind);
    const isLoaded = kind === "plain";
    await page.evaluate(() => (window.isSame = true));
    for (const at of PAGES.slice(1)) {
      await page.getByRole("link", { name: `To ${at}`, exact: true }).click();
      await goesOn(page, at);
      if (isLoaded) assert.equal(await focused(page), "BODY", "it takes no focus");
    }
    await page.goBack();
    await goesOn(page, 4);
    await page.goForward();
    await goesOn(page, 5);
    assert.equal(await page.evaluate(() => window.isSame), isLoaded ? undefined : true);
    await page.reload();
    await goesOn(page, 5);

    assert.equal(page.opened.length, 1, "the visitor opened it once");
    await reply(page.chat, "Here is your quote.");
    await log(page).getByText("Here is your quote.").waitFor();
    await page.evaluate(() => knock("close"));
    await panel(page).waitFor({ state: "hidden" });
    await page.getByRole("link", { name: "To 2", exact: true }).click();
    await page.getByRole("heading", { name: "Page 2", exact: true }).waitFor();
    await opener(page).waitFor();
    await page.evaluate(() => knock("open", "chat"));
    await goesOn(page, 2);
    await field(page).press("Enter");
    const said = async () => (await knock.get(`/api/v1/conversations/${page.chat}`)).messages.filter(({ author }) => author === "lead").map(({ text }) => text);
    await until(said, (texts) => texts.length === 2, "the message");
    assert.deepEqual(await said(), [QUESTION, UNSENT]);
    await page.reload();
    await log(page).getByText(UNSENT).waitFor();
    assert.equal(await field(page).inputValue(), "", "it is sent");
    await end(page);
  });
}

test("a chat that is written in stays as it is when the body is swapped", async () => {
  const page = await talk("htmx");
  // Enough to scroll.
  for (let turn = 0; turn < 12; turn++) await reply(page.chat, `Line ${turn}\nand another\nand a third`);
  await log(page).getByText("Line 11").waitFor();
  await log(page).evaluate((log) => (log.scrollTop = 20));
  await field(page).evaluate((field) => field.setSelectionRange(3, 7));
  const state = () =>
    page.evaluate(() => {
      const { shadowRoot } = document.querySelector("knock-widget");
      const { activeElement: field } = shadowRoot;
      return [field.selectionStart, field.selectionEnd, shadowRoot.querySelector(".log").scrollTop];
    });
  assert.deepEqual(await state(), [3, 7, 20]);
  await page.evaluate(() => document.startViewTransition(() => document.body.replaceWith(document.createElement("body"))).finished);
  assert.deepEqual(await state(), [3, 7, 20]);
  await page.evaluate(() => document.body.replaceChildren("Another page"));
  assert.deepEqual(await state(), [3, 7, 20]);
  await page.keyboard.type("!");
  assert.equal(await field(page).inputValue(), UNSENT.slice(0, 3) + "!" + UNSENT.slice(7));
  await end(page);
});

test("the focus comes back by a reload alone; a new tab and a closed chat stay closed; the next visitor finds no text", async () => {
  const page = await talk("plain");
  await page.reload();
  await goesOn(page, 1);
  await until(() => focused(page), (name) => name === "TEXTAREA", "the focus where one wrote");
  const [tab] = await Promise.all([page.waitForEvent("popup"), page.evaluate(() => void open("/plain/2"))]);
  await opener(tab).waitFor();
  await tab.close();
  await page.keyboard.press("Escape");
  await panel(page).waitFor({ state: "hidden" });
  await page.goto(`${site.url}/plain/3`);
  await opener(page).waitFor();
  await page.evaluate(() => knock("reset"));
  await page.goto(`${site.url}/plain/4`);
  await opener(page).click();
  await log(page).getByText("AI agent").first().waitFor();
  assert.equal(await field(page).inputValue(), "");
  await end(page);
});

test("on a phone the next page is not hidden by the chat, whose text is there", async () => {
  const page = await talk("plain", { viewport: PHONE });
  await page.goto(`${site.url}/plain/2`);
  await opener(page).click();
  await goesOn(page, 2);
  await end(page);
});
