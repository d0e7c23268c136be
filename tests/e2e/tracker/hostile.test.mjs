// Hostile pages: before, during and after the start of the tracker.
import assert from "node:assert/strict";
import { stage } from "../support/stage.mjs";

const scenario = stage();
const button = { "/": "<button>Go</button>" };

async function isCaptured(visit) {
  await visit.arrive();
  await visit.page.click("button");
  await visit.page.evaluate(() => history.pushState({}, "", "/a"));
  await visit.quiet();
  assert.deepEqual(visit.views(), ["/", "/a"]);
  assert.equal(visit.of("click", "cta").length, 1);
}

const patches = {
  "fetch that adds a header and logs": () => {
    const { fetch } = window;
    window.fetch = (url, options) => fetch(url, options).then((response) => response);
  },
  "Array.prototype": () => {
    for (const name of ["first", "remove"]) Array.prototype[name] = function () { throw new Error(name); };
    Array.prototype.toJSON = undefined;
    Array.from = (list) => [].slice.call(list);
  },
  "Object.prototype": () => {
    Object.prototype.extra = "everywhere";
    Object.prototype.inherited = () => {};
  },
  "toJSON of arrays and texts": () => {
    Array.prototype.toJSON = function () { return `[${this}]`; };
    String.prototype.toJSON = function () { return `'${this}'`; };
  },
  history: () => {
    for (const name of ["pushState", "replaceState"]) {
      const original = history[name];
      history[name] = function () {
        const result = original.apply(this, arguments);
        dispatchEvent(new Event("locationchange"));
        return result;
      };
    }
  },
  addEventListener: () => {
    const original = EventTarget.prototype.addEventListener;
    EventTarget.prototype.addEventListener = function (kind, listener, options) {
      return original.call(this, kind, typeof listener === "function" ? (event) => listener.call(this, event) : listener, options);
    };
  },
  "timers and Promise": () => {
    const { setTimeout } = window;
    window.setTimeout = (run, wait) => setTimeout(() => run(), wait);
    window.Promise = class extends Promise {};
    delete window.requestIdleCallback;
  },
  "querySelector and matches": () => {
    Document.prototype.querySelector = () => null;
    window.$ = window.jQuery = () => {};
    window.define = Object.assign(() => {}, { amd: {} });
    window.module = { exports: {} };
    window.exports = {};
  },
};
for (const [name, init] of Object.entries(patches)) {
  scenario(`a page that patched ${name} before us`, { pages: button, init }, isCaptured);
}

scenario("a page that patched history after us, without calling the previous method", { pages: button }, async (visit) => {
  await visit.arrive();
  await visit.page.evaluate(() => {
    const ours = history.pushState;
    history.pushState = function (...call) { return ours.apply(this, call); };
    history.pushState({}, "", "/a");
  });
  await visit.quiet();
  await visit.page.evaluate(() => knock("consent", "denied"));
  await visit.page.evaluate(() => history.pushState({}, "", "/b"));
  assert.equal(await visit.page.evaluate(() => location.pathname), "/b");
  assert.deepEqual(visit.views(), ["/", "/a"]);
});

scenario("the page gets exceptions of history calls", { pages: button }, async (visit) => {
  await visit.arrive();
  const thrown = await visit.page.evaluate(() => {
    try {
      history.pushState({}, "", "https://elsewhere.example/");
    } catch (error) {
      return error.name;
    }
  });
  assert.equal(thrown, "SecurityError");
  await visit.quiet();
  assert.deepEqual(visit.views(), ["/"]);
});

scenario("document.write after the load replaces the page, and nothing breaks", { pages: button }, async (visit) => {
  await visit.arrive();
  await visit.page.evaluate(() => {
    document.open();
    document.write("<!doctype html><title>New</title><button>New</button>");
    document.close();
    history.pushState({}, "", "/a");
  });
  await visit.page.click("button");
  await visit.quiet();
  assert.deepEqual(visit.views(), ["/", "/a"]);
});

scenario("10,000 elements: neither a click nor a mutation takes noticeable time", { pages: { "/": `<main id="rows"></main><button>Go</button>` } }, async (visit) => {
  await visit.arrive();
  const spent = await visit.page.evaluate(() => {
    const rows = document.querySelector("#rows");
    rows.innerHTML = Array.from({ length: 10_000 }, (_, n) => `<div><p>${n}<a href="/r${n}">row ${n}</a></div>`).join("");
    const start = performance.now();
    for (let n = 0; n < 50; n += 1) rows.children[n * 100].firstChild.click();
    document.querySelector("button").click();
    return performance.now() - start;
  });
  assert.ok(spent < 250, `51 clicks took ${spent} ms`);
  await visit.inbox.waitForSignal("click", "Go");
});

scenario("a button that holds a whole page has its first words as label", { pages: { "/": `<button><p>First words</p><p hidden>${"x ".repeat(200_000)}</p></button>` } }, async (visit) => {
  await visit.arrive();
  await visit.page.click("button", { position: { x: 5, y: 5 } });
  const { text } = await visit.inbox.waitForSignal("click");
  assert.ok(text.startsWith("First words") && text.length <= 200, text);
});

const clobbering = `<form id="quote" onsubmit="return false">${["elements", "action", "submit", "matches", "closest", "getAttribute", "id", "name", "length", "nodeType", "parentNode"]
  .map((name) => `<input name="${name}">`).join("")}<button>Send</button></form>`;
scenario("a form whose fields are named like properties of forms", { pages: { "/": clobbering } }, async (visit) => {
  await visit.arrive();
  // By keyboard: such a form breaks the driver's clicks.
  await visit.page.evaluate(() => document.querySelector("[name=elements]").focus());
  await visit.page.keyboard.type("x");
  await visit.page.keyboard.press("Enter");
  const submit = await visit.inbox.waitForSignal("form_submit");
  await visit.quiet();
  assert.equal(submit.form, "quote");
  assert.ok(["elements", "action", "submit"].every((name) => submit.fields.includes(name)), `${submit.fields}`);
  assert.equal(visit.of("form_start").length, 1);
});

const clobbered = (names) => (head) => ({
  "/": `<!doctype html><title>Clobbered</title><link rel="icon" href="data:,">
    <p>${names.map((name) => `<img id="${name}" name="${name}" alt="">`).join("")}</p>${head}<button>Go</button>`,
});

for (const names of [["knock"], ["location", "history", "navigator", "title", "body", "head"]]) {
  scenario(`elements with the id and name ${names.join(", ")}`, { pages: clobbered(names) }, async (visit) => {
    await visit.goto();
    await visit.page.locator("button").click();
    await visit.inbox.waitForSignal("click", "Go");
    await visit.fence();
    assert.deepEqual(visit.views(), ["/"]);
  });
}

scenario("elements that hide what the loader needs: nothing is captured, and the page notices nothing",
  { pages: clobbered(["currentScript", "querySelector", "addEventListener"]) }, async (visit) => {
    await visit.goto();
    await visit.page.locator("button").click();
    await visit.page.evaluate(() => knock("track", "x"));
    await visit.page.waitForLoadState("networkidle");
  });

scenario("a page with invalid calls during the load and after it", { pages: (head) => ({
  "/": `<!doctype html><title>Early</title><link rel="icon" href="data:,"><script>window.knock = { q: 7 }</script>${head}<button>Go</button>` }) }, async (visit) => {
  await visit.goto();
  await visit.page.click("button");
  await visit.inbox.waitForSignal("click", "Go");
});

scenario("a page that freezes built-in objects", { pages: button, init: () => {
  Object.freeze(Array.prototype);
  Object.freeze(Object.prototype);
  Object.freeze(Function.prototype);
} }, isCaptured);

scenario("a page whose clock jumps", { pages: button }, async (visit) => {
  await visit.page.clock.install();
  await visit.arrive();
  await visit.page.clock.setSystemTime(Date.now() - 86_400_000);
  await visit.page.click("button");
  await visit.inbox.waitForSignal("click", "Go");
  await visit.page.clock.setSystemTime(Date.now() + 86_400_000);
  await visit.page.click("button");
  await visit.inbox.waitFor(() => visit.of("click").length > 1, "the second click");
});
