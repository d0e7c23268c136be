// A chat that reconnects after an outage, by a launcher with a look of its own, using only what all drivers have.
import assert from "node:assert/strict";
import { Knock, until } from "./knock.mjs";
import { dress } from "./look.mjs";
import { Site, page as html, snippet } from "./site.mjs";

const inside = `document.querySelector("knock-widget").shadowRoot`;
const log = `(${inside}.querySelector("[role=log]")?.textContent ?? "")`;
const says = (page, text) => page.waitForFunction(`${log}.includes(${JSON.stringify(text)})`);

async function say(page, text) {
  await page.waitForFunction(`${inside}.querySelector("textarea") && !${inside}.querySelector("textarea").disabled`);
  await page.evaluate(`${inside}.querySelector("textarea").focus()`);
  await page.keyboard.type(text);
  await page.keyboard.press("Enter");
}

const LOOK = { colour: "#0a7d4b", corner: "start", offset_x: 40, scheme: "light", hidden: { paths: ["/careers/*"] } };

/** The launcher has its look, and is hidden where a script has moved to a hidden path. */
async function isDressed(page) {
  const button = `${inside}.querySelector("button")`;
  assert.deepEqual(await page.evaluate(`[${button}.getBoundingClientRect().x, getComputedStyle(${button}).backgroundColor]`), [40, "rgb(10, 125, 75)"]);
  for (const [path, isHidden] of [["/careers/berlin", true], ["/", false]]) {
    await page.evaluate(`history.pushState(null, "", "${path}")`);
    await page.waitForFunction(`${button}.hidden === ${isHidden}`);
  }
}

/** Runs it in a browser that `launch` opens. */
export async function chat(launch) {
  let browser, site;
  const knock = await Knock.start();
  try {
    browser = await launch();
    const key = await knock.siteKey();
    await dress(knock, key, LOOK);
    site = await Site.serve({ pages: { "/": html(snippet(knock, key), "<h1>A page</h1>") } });
    const context = await browser.newContext();
    context.setDefaultTimeout(20_000);
    const page = await context.newPage();
    await page.goto(site.url);
    await page.waitForFunction(`document.querySelector("knock-widget")?.shadowRoot.querySelector("button")`);
    await isDressed(page);
    await page.evaluate(`${inside}.querySelector("button").click()`);
    await says(page, "AI agent");
    await say(page, "We need a quote for 20 seats, first");
    await says(page, "can help with that");
    const { id } = (await knock.get("/api/v1/conversations")).conversations[0];
    await knock.kill();
    await say(page, "typed while you were away");
    await knock.restart();
    const ask = () => knock.get(`/api/v1/conversations/${id}`).catch(() => undefined);
    const hasArrived = (record) => record?.messages.some(({ text }) => text === "typed while you were away");
    const { messages } = await until(ask, hasArrived, "the message typed meanwhile", 40_000);
    assert.deepEqual(messages.filter(({ author }) => author === "lead").map(({ text }) => text),
      ["We need a quote for 20 seats, first", "typed while you were away"]);
    await says(page, "typed while you were away");
    assert.equal(await page.evaluate(`${log}.split("typed while you were away").length - 1`), 1);
  } finally {
    await browser?.close();
    await site?.stop();
    await knock.stop();
  }
}
