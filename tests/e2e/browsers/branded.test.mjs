// A site of the team's own with all of its look, as a phone shows it, from right to left and on a dark ground: in
// Chromium and in Firefox, by what both drivers have.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch } from "../support/browser.mjs";
import { firefox } from "../support/firefox.mjs";
import { Knock, until } from "../support/knock.mjs";
import { dress } from "../support/look.mjs";
import { Site, snippet } from "../support/site.mjs";

const PHONE = { width: 360, height: 640 };
const DAY = [["09:00", "17:00"]];
const LOOK = {
  colour: "#b3261e",
  colour_dark: "#ffb4a9",
  scheme: "dark",
  corner: "end",
  offset_x: 12,
  offset_y: 32,
  title: { en: "Ask the roastery" },
  teaser: { text: { en: "Which beans for your grinder?" }, pages: ["/"], delay_s: 0 },
  hidden: { paths: ["/careers/*"] },
  shows_hours: true,
  form: { when: "before", fields: [{ field: "name", is_required: true }] },
};
const inside = `document.querySelector("knock-widget")?.shadowRoot`;
const one = (selector) => `${inside}?.querySelector(${JSON.stringify(selector)})`;
let knock, key, site;

before(async () => {
  knock = await Knock.start();
  const html = (head) => `<!doctype html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>محمصة</title>
<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">${head}</head><body><h1>محمصة</h1></body></html>`;
  site = await Site.serve({ pages: {} });
  key = (await send("POST", "/api/v1/sites", { name: "Brewlab", origins: [site.url] })).key;
  site.pages["/"] = html(snippet(knock, key));
  const { members } = await knock.get("/api/v1/members");
  const hours = { zone: "Europe/Berlin", mon: DAY, tue: DAY, wed: DAY, thu: DAY, fri: DAY };
  await send("PUT", `/api/v1/members/${members[0].id}/availability`, { hours });
  await dress(knock, key, LOOK);
});

after(async () => {
  await site?.stop();
  await knock?.stop();
});

async function send(method, path, body) {
  const headers = { "content-type": "application/json", authorization: `Bearer ${knock.key}` };
  const reply = await fetch(knock.url + path, { method, headers, body: JSON.stringify(body) });
  assert.ok(reply.ok, `${path}: ${reply.status} ${await reply.clone().text()}`);
  return reply.json();
}

/** Visits the site in a browser that `start` opens: the launcher, the teaser, a hidden path, the form, a chat. */
async function visit(start, name) {
  const browser = await start();
  try {
    const context = await browser.newContext();
    context.setDefaultTimeout(20_000);
    const page = await context.newPage();
    await (page.setViewportSize?.(PHONE) ?? page.setViewport(PHONE));
    const says = (text, selector = "section") => page.waitForFunction(`${one(selector)}?.innerText.includes(${JSON.stringify(text)})`);
    await page.goto(site.url);
    await says("Which beans for your grinder?", ".invitation");
    const at = await page.evaluate(`(() => { const { x, bottom, width } = ${one(".launcher")}.getBoundingClientRect(); return [x, innerHeight - bottom, width]; })()`);
    assert.deepEqual(at.slice(0, 2), [12, 32], "mirrored");
    assert.equal(await page.evaluate(`getComputedStyle(${one(".launcher")}).backgroundColor`), "rgb(255, 180, 169)");
    const bubble = await page.evaluate(`(({ left, right }) => [left, right])(${one(".invitation")}.getBoundingClientRect())`);
    assert.ok(bubble[0] >= 0 && bubble[1] <= PHONE.width, String(bubble));
    for (const [path, isHidden] of [["/careers/roaster", true], ["/", false]]) {
      await page.evaluate(`history.pushState(null, "", "${path}")`);
      await page.waitForFunction(`${one(".launcher")}.hidden === ${isHidden}`);
    }
    await page.evaluate(`${one(".launcher")}.click()`);
    for (const text of ["Ask the roastery", "Mon–Fri ", "Before we start"]) await says(text, ".panel");
    assert.equal(await page.evaluate(`getComputedStyle(${one(".panel")}).colorScheme`), "dark");
    assert.ok(await page.evaluate("document.documentElement.scrollWidth") <= PHONE.width, "no sideways scrolling");
    await page.evaluate(`${one(".panel form input")}.focus()`);
    await page.keyboard.type(name);
    await page.keyboard.press("Enter");
    await page.waitForFunction(`${one(".panel textarea")}?.checkVisibility() && !${one(".panel textarea")}.disabled`);
    await page.evaluate(`${one(".panel textarea")}.focus()`);
    await page.keyboard.type("Which grinder fits?");
    await page.keyboard.press("Enter");
    await says("Which grinder fits?", "[role=log]");
    const isTheirs = ({ contact }) => contact?.display_name === name;
    await until(async () => (await knock.get("/api/v1/conversations")).conversations, (rows) => rows.some(isTheirs), "the chat");
  } finally {
    await browser.close();
  }
}

test("in Chromium a site has its look on a dark phone, from right to left", () => visit(launch, "Ann Chrome"));

test("in Firefox a site has its look on a dark phone, from right to left", () => visit(firefox, "Ann Fox"));
