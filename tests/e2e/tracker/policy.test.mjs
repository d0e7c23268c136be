// Strict content security policies: the visit is captured, and the site gets no violation reports.
import assert from "node:assert/strict";
import { stage } from "../support/stage.mjs";

const scenario = stage();

const count = () => {
  window.violations = [];
  addEventListener("securitypolicyviolation", (event) => violations.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`));
};

/** Pages with a policy for the collector's address; `name` may be the report-only header. */
function under(policy, { name = "content-security-policy", ...more } = {}) {
  const pages = (head, visit) => {
    const text = policy.replaceAll("HOST", visit.collector.url);
    const content = `<!doctype html><title>Strict</title><link rel="icon" href="data:,">${head.replace("<script", '<script nonce="n0nce"')}<button>Go</button>`;
    const headers = { [name]: `${text}; report-uri /reports` };
    return { "/": { html: content, headers }, "/b": { html: content, headers } };
  };
  return { pages, init: count, ...more };
}

const nonce = (more = "") => `default-src 'none'; img-src data:; connect-src HOST; script-src 'nonce-n0nce'${more}`;
const loaded = (visit) => visit.page.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => name.split("/").pop()));

async function captures(visit, path = "/") {
  await visit.arrive(path);
  await visit.page.click("button");
  await visit.inbox.waitForSignal("click", "Go");
  return visit.page.evaluate(() => violations);
}

async function withoutViolation(visit) {
  assert.deepEqual(await captures(visit), []);
  assert.deepEqual(await captures(visit, "/b"), []);
  assert.deepEqual(visit.site.reports, []);
}

scenario("a nonce, and WebAssembly allowed: no violation", under(nonce(" 'wasm-unsafe-eval'")), withoutViolation);

scenario("strict-dynamic and WebAssembly allowed: no violation", under("object-src 'none'; base-uri 'none'; script-src 'nonce-n0nce' 'strict-dynamic' 'wasm-unsafe-eval'"), withoutViolation);

scenario("without wasm-unsafe-eval, engine js named: no violation", under(nonce(" HOST"), { attributes: ' data-engine="js"' }), async (visit) => {
  await withoutViolation(visit);
  const files = await loaded(visit);
  assert.ok(files.includes("engine.js") && !files.includes("tracker.wasm"), files.join());
});

scenario("without wasm-unsafe-eval: captured by the script engine, and the verdict is remembered", under(nonce()), async (visit) => {
  const first = await captures(visit);
  assert.ok(first.length <= 1, first.join("\n"));
  const second = await captures(visit, "/b");
  assert.deepEqual(second, []);
  const files = await loaded(visit);
  assert.ok(files.includes("engine.js"), files.join());
  assert.ok(!files.includes("tracker.wasm"), "the module was asked for again");
  assert.equal(await visit.page.evaluate(() => violations.length), 0);
  // The browser's own log of refusals.
  visit.found.length = 0;
});

scenario("a report-only policy does not change the engine", under(nonce(" HOST"), { name: "content-security-policy-report-only" }), async (visit) => {
  await captures(visit);
  if (visit.engine === "wasm") {
    const files = await loaded(visit);
    assert.ok(files.includes("tracker.wasm") && !files.includes("engine.js"), files.join());
  }
  visit.found.length = 0;
});

scenario("Trusted Types required: no violation", under("require-trusted-types-for 'script'; trusted-types 'none'"), withoutViolation);

scenario("a policy that forbids the collector breaks nothing", under("default-src 'self' 'unsafe-inline'; script-src 'unsafe-inline' HOST 'wasm-unsafe-eval'; connect-src 'self'; img-src data:"), async (visit) => {
  await visit.goto("/");
  await visit.page.click("button");
  await visit.page.evaluate(() => {
    for (let n = 0; n < 50; n += 1) knock("track", "x", { n });
  });
  await visit.page.waitForLoadState("networkidle");
  const violations = await visit.page.evaluate(() => window.violations);
  assert.ok(violations.length > 0 && violations.every((text) => text.startsWith("connect-src")), violations.join("\n"));
  // One for the module, the others by retries, which become rare.
  assert.ok(violations.length <= 6, `${violations.length} reports`);
  // The browser's own log of refusals.
  visit.found = visit.found.filter((text) => text.startsWith("exception"));
});

const withoutWasm = { init: `delete window.WebAssembly; (${count})()`, pages: { "/": "<button>Go</button>", "/b": "<button>Go</button>" } };
scenario("a browser without WebAssembly is captured by the script engine", withoutWasm, async (visit) => {
  await captures(visit);
  const files = await loaded(visit);
  assert.ok(files.includes("engine.js") && !files.includes("tracker.wasm"), files.join());
});

const failing = { pages: { "/": "<button>Go</button>", "/b": "<button>Go</button>" } };
scenario("a module that fails to load is replaced by the script engine, and requested again", failing, async (visit) => {
  const isWanted = visit.engine === "wasm";
  let asked = 0;
  await visit.page.route("**/tracker.wasm", async (route) => {
    asked += 1;
    await route.fulfill({ status: 503, contentType: "text/html", body: "busy", headers: { "access-control-allow-origin": "*" } });
  });
  for (const [path, times] of [["/", 1], ["/b", 2]]) {
    await visit.arrive(path);
    const files = await loaded(visit);
    assert.ok(files.includes("engine.js"), files.join());
    assert.equal(asked, isWanted ? times : 0);
  }
});

scenario("each engine loads its own files and no others", { pages: { "/": "<button>Go</button>" } }, async (visit) => {
  await visit.arrive();
  const files = await loaded(visit);
  const own = visit.engine === "js" ? ["engine.js"] : ["tracker.wasm"];
  const others = visit.engine === "js" ? ["tracker.wasm"] : ["engine.js"];
  assert.ok(own.every((name) => files.includes(name)), files.join());
  assert.ok(!others.some((name) => files.includes(name)) && !files.includes("debug.js"), files.join());
});

scenario("debug.js is loaded with ?knock_debug only", {}, async (visit) => {
  await visit.arrive("/?knock_debug");
  assert.ok((await loaded(visit)).includes("debug.js"));
});

scenario("a chunk is loaded over the connection of the loader", {}, async (visit) => {
  const sockets = new Map();
  visit.collector.server.on("request", ({ url, socket, headers }) => {
    if (headers.origin === visit.site.url) sockets.set(url, socket);
  });
  await visit.arrive();
  const parts = [...sockets.keys()].filter((url) => url.startsWith("/t/"));
  assert.ok(parts.some((url) => sockets.get(url) === sockets.get("/k.js")), [...sockets.keys()].join());
});

scenario("the versioned address with an integrity hash works", { pages: (head) => ({ "/": "", "/plain": head }) }, async (visit) => {
  const { createHash } = await import("node:crypto");
  const source = await (await fetch(`${visit.collector.url}/t/e2e/k.js`)).text();
  const hash = createHash("sha384").update(source).digest("base64");
  visit.site.pages["/"] = `<!doctype html><title>Pinned</title><link rel="icon" href="data:,">` +
    visit.snippet().replace("/k.js", "/t/e2e/k.js").replace("<script", `<script integrity="sha384-${hash}"`);
  await visit.arrive("/");
});
