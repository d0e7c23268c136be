// The npm package: one script, typed calls, no effect at import and on a server.
import assert from "node:assert/strict";
import { test } from "node:test";
import { stage } from "../support/stage.mjs";
import { bundle } from "../support/bundle.mjs";

const app = await bundle(`import * as snippet from "knock-snippet"; window.snippet = snippet;`);
const scenario = stage();

/** Pages with the bundled package and no script tag of ours; `tag` is added to both script elements. */
const pages = (more = "", tag = "", headers) => (head, visit) => {
  const options = { host: visit.collector.url, site: visit.inbox.key, chat: "off", ...(visit.engine === "js" && { engine: "js" }) };
  const html = `<!doctype html><title>App</title><link rel="icon" href="data:,">${more === "tag" ? head : ""}
    <script${tag}>window.options = ${JSON.stringify(options)}</script><script src="/app.js"${tag}></script><button>Go</button>`;
  return { "/": { html, headers: headers?.(visit) }, "/app.js": app };
};

const scripts = (visit) => visit.page.evaluate(() => document.querySelectorAll("script[data-site]").length);

/** Loads the snippet with further options, and waits until the page's view has arrived. */
async function load(visit, more = {}) {
  await visit.goto();
  await visit.page.evaluate((more) => void snippet.load({ ...options, ...more }), more);
  await visit.inbox.waitForSignal("page_view");
}

test("without a page nothing happens: at import, at load, at any call", async () => {
  assert.equal(typeof document, "undefined");
  const before = Object.getOwnPropertyNames(globalThis).sort();
  const { load, ...calls } = await import("knock-snippet");
  assert.equal(load({ host: "https://knock.example.com", site: "key" })("track", "x"), undefined);
  assert.deepEqual(Object.keys(calls).sort(), ["close", "consent", "identify", "on", "open", "page", "reset", "track"]);
  for (const call of Object.values(calls)) assert.equal(call("intent", () => assert.fail("called")), undefined);
  assert.deepEqual(Object.getOwnPropertyNames(globalThis).sort(), before);
});

test("an unused import adds no bytes", async () => {
  assert.equal((await bundle(`import "knock-snippet"; import { track } from "knock-snippet"`)).replace(/^"use strict";|\(\(\)=>\{\}\)\(\);|\s/g, ""), "");
});

scenario("importing alone has no effect on the page", { pages: pages() }, async (visit) => {
  await visit.goto();
  assert.deepEqual(await visit.page.evaluate(() => [typeof window.knock, document.scripts.length]), ["undefined", 2]);
});

scenario("calls before and after load arrive", { pages: pages() }, async (visit) => {
  await visit.goto();
  await visit.page.evaluate(() => {
    snippet.track("early", { at: 1 });
    snippet.load(options);
    snippet.identify({ email: "ann@acme.example", name: "Ann", proof: "p" });
  });
  await visit.inbox.waitForSignal("identify");
  await visit.page.evaluate(() => {
    snippet.track("late", { at: 2n });
    snippet.on("intent", (intent) => (window.intent = intent));
    snippet.page();
  });
  await visit.quiet();
  const { props, proof } = visit.of("identify")[0];
  assert.deepEqual([props, proof], [{ email: "ann@acme.example", name: "Ann" }, "p"]);
  assert.deepEqual(visit.of("track").map(({ name, props }) => [name, props]), [["early", { at: 1 }], ["late", { at: "2" }]]);
  assert.equal(visit.views().length, 2);
  assert.equal(await visit.page.evaluate(() => intent.type), "Unknown");
});

scenario("reset and consent work", { pages: pages() }, async (visit) => {
  await load(visit);
  await visit.page.evaluate(() => snippet.reset());
  await visit.fence();
  assert.equal(new Set(visit.inbox.batches.map(({ body }) => body.visitor)).size, 2);
  await visit.page.evaluate(() => snippet.consent("denied"));
  assert.deepEqual(await visit.traces(), []);
});

scenario("each call is the command of its name", { pages: pages() }, async (visit) => {
  await visit.goto();
  const commands = await visit.page.evaluate(() => {
    const commands = [];
    window.knock = (...command) => void commands.push(command.filter((word) => word !== undefined && typeof word !== "function"));
    const { identify, track, page, consent, reset, on, open, close } = snippet;
    [identify({ email: "a@x.de" }), track("x", { n: 1 }), page(), consent("granted"), reset(), on("intent", () => {}), open(), open("chat"), close()];
    return commands;
  });
  assert.deepEqual(commands, [["identify", { email: "a@x.de" }], ["track", "x", { n: 1 }], ["page"], ["consent", "granted"], ["reset"], ["on", "intent"],
    ["open"], ["open", "chat"], ["close"]]);
});

scenario("two loads, one script", { pages: pages() }, async (visit) => {
  await visit.goto();
  const isSame = await visit.page.evaluate(() => snippet.load(options) === snippet.load({ ...options }) && snippet.load(options) === window.knock);
  assert.ok(isSame, "not the page's knock");
  await visit.inbox.waitForSignal("page_view");
  await visit.page.evaluate(() => void snippet.load(options));
  await visit.quiet();
  assert.equal(await scripts(visit), 1);
  assert.deepEqual(visit.views(), ["/"]);
});

scenario("on a page that has the script tag already load adds none", { pages: pages("tag") }, async (visit) => {
  await load(visit);
  assert.equal(await scripts(visit), 1);
  assert.equal(await visit.page.evaluate(() => document.querySelector("script[data-site]").async), true);
});

scenario("every option is the attribute of its name", { pages: pages() }, async (visit) => {
  await load(visit, { base: "/shop", identify: "off", hash: "on", cookie: "off", query: "view", queryKeep: ["a", "b"], sites: ["x.example", "y.example"], ignoreDnt: true });
  const { engine, site, ...rest } = await visit.page.evaluate(() => ({ ...document.querySelector("script[data-site]").dataset }));
  assert.deepEqual(rest, { base: "/shop", identify: "off", hash: "on", cookie: "off", chat: "off", query: "view", queryKeep: "a b", sites: "x.example y.example", ignoreDnt: "" });
  assert.deepEqual([engine, site], [visit.engine === "js" ? "js" : undefined, visit.inbox.key]);
});

scenario("consent required holds everything until the call", { pages: pages() }, async (visit) => {
  await visit.goto();
  await visit.page.evaluate(() => {
    document.addEventListener("knock:ready", () => (window.isReady = true));
    snippet.load({ ...options, consent: "required" });
    snippet.track("held");
  });
  await visit.page.waitForFunction(() => window.isReady);
  assert.deepEqual(visit.inbox.batches, []);
  await visit.page.evaluate(() => snippet.consent("granted"));
  await visit.inbox.waitForSignal("track", "held");
});

scenario("invalid options are named, and no script is inserted", { pages: pages() }, async (visit) => {
  await visit.goto();
  const errorOf = (more) => visit.page.evaluate((more) => {
    try {
      snippet.load({ ...options, ...more });
    } catch (error) {
      return `${error.name}: ${error.message}`;
    }
  }, more);
  assert.equal(await errorOf({ site: "" }), "TypeError: knock: `site` is missing");
  assert.equal(await errorOf({ host: null }), "TypeError: knock: `host` is missing");
  for (const host of ["knock.example.com", "//knock.example.com", "https://", "javascript:alert(1)", "https://knock.example.com/?a"]) {
    assert.match(await errorOf({ host }), /`host` is not an address/, host);
  }
  assert.equal(await scripts(visit), 0);
});

scenario("the pinned version with its hash", { pages: pages() }, async (visit) => {
  const { createHash } = await import("node:crypto");
  const source = await (await fetch(`${visit.collector.url}/t/e2e/k.js`)).text();
  await load(visit, { version: "e2e", integrity: `sha384-${createHash("sha384").update(source).digest("base64")}` });
  const tag = await visit.page.evaluate(() => ((script) => [script.src, script.crossOrigin])(document.querySelector("script[data-site]")));
  assert.deepEqual(tag, [`${visit.collector.url}/t/e2e/k.js`, "anonymous"]);
});

scenario("a host with a path, as behind the site's own proxy", { pages: pages() }, async (visit) => {
  const paths = [];
  await visit.page.route(`${visit.site.url}/visits/**`, async (route) => {
    const path = new URL(route.request().url()).pathname.slice("/visits".length);
    paths.push(path.replace(/\.\w+$/, ""));
    await route.fulfill({ response: await route.fetch({ url: visit.collector.url + path }) });
  });
  await load(visit, { host: `${visit.site.url}/visits/` });
  assert.ok(["/k", "/t/e2e/tracker", "/v1/signals"].every((path) => paths.includes(path)), paths.join());
});

const count = () => {
  window.violations = [];
  addEventListener("securitypolicyviolation", (event) => violations.push(`${event.effectiveDirective} ${event.blockedURI}`));
};
const policy = (text) => (visit) => ({ "content-security-policy": text.replaceAll("HOST", visit.collector.url) });
const strict = "default-src 'none'; img-src data:; connect-src HOST; script-src 'nonce-n0nce' 'wasm-unsafe-eval'";
const types = "; require-trusted-types-for 'script'; trusted-types knock-snippet";

for (const [name, text] of [["a policy with a nonce", strict], ["a policy with a nonce and Trusted Types", strict + types]]) {
  scenario(`under ${name}: no violation`, { pages: pages("", ' nonce="n0nce"', policy(text)), init: count }, async (visit) => {
    await load(visit, { nonce: "n0nce" });
    await visit.page.click("button");
    await visit.inbox.waitForSignal("click", "Go");
    assert.deepEqual(await visit.page.evaluate(() => violations), []);
  });
}
