// The browser's storage: blocked, full, shared by tabs, left by ended or crashed pages.
import assert from "node:assert/strict";
import { stage } from "../support/stage.mjs";
import { short } from "../support/inbox.mjs";

const scenario = stage();
const button = { "/": "<button>Go</button>", "/b": "<button>Go</button>" };

const blocked = () => {
  for (const name of ["localStorage", "sessionStorage"]) {
    Object.defineProperty(window, name, { get() { throw new DOMException("blocked", "SecurityError"); } });
  }
};
const absent = () => {
  for (const name of ["localStorage", "sessionStorage"]) Object.defineProperty(window, name, { get: () => null });
};
const full = () => {
  Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); };
};
const withoutCookies = () => {
  Object.defineProperty(Document.prototype, "cookie", { get: () => "", set() {} });
  Object.defineProperty(Navigator.prototype, "cookieEnabled", { get: () => false });
};
const forbiddenCookies = () => {
  Object.defineProperty(Document.prototype, "cookie", {
    get() { throw new DOMException("forbidden", "SecurityError"); },
    set() { throw new DOMException("forbidden", "SecurityError"); },
  });
};
const withoutLocks = () => Object.defineProperty(Navigator.prototype, "locks", { get: () => undefined });

const restrictions = { "blocked storage": blocked, "no storage": absent, "full storage": full, "no cookies": withoutCookies,
  "forbidden cookies": forbiddenCookies, "no Web Locks": withoutLocks };
for (const [name, init] of Object.entries(restrictions)) {
  scenario(`with ${name} a visit is captured and the page notices nothing`, { pages: button, init }, async (visit) => {
    await visit.arrive();
    await visit.page.click("button");
    await visit.fence();
    await visit.arrive("/b");
    await visit.quiet();
    assert.deepEqual(visit.views(), ["/", "/b"]);
    assert.equal(visit.of("click").length, 1);
  });
}

scenario("with full storage failed signals are sent again from memory", { pages: button, init: full }, async (visit) => {
  await visit.arrive();
  visit.inbox.answer(503);
  await visit.page.click("button");
  await visit.inbox.waitFor((inbox) => inbox.accepted().some(({ type }) => type === "click"), "the click");
});

const frame = (head) => ({
  "/": `<!doctype html><title>Outer</title><link rel="icon" href="data:,"><iframe sandbox="allow-scripts" src="/inner"></iframe>`,
  "/inner": `<!doctype html><title>Inner</title>${head}<button>Go</button>`,
});
scenario("in a sandboxed frame, without an origin, a visit is captured", { pages: frame }, async (visit) => {
  await visit.goto();
  await visit.inbox.waitForSignal("page_view");
  await visit.page.frameLocator("iframe").getByRole("button").click();
  await visit.inbox.waitForSignal("click");
  assert.deepEqual(visit.views(), ["/inner"]);
});

const failing = (visit) => visit.inbox.always({ status: 503, headers: { "retry-after": "3600" } });
const accepted = (visit) => visit.inbox.accepted().map(short).filter((text) => /track (one|two|three)/.test(text)).sort();
const track = (tab, name) => tab.evaluate((name) => void knock("track", name), name);

scenario("failed signals are sent after a reload, under the same id", { pages: button }, async (visit) => {
  await visit.arrive();
  failing(visit);
  await track(visit.page, "one");
  const { id } = await visit.inbox.waitForSignal("track", "one");
  visit.inbox.always(202);
  await visit.page.reload();
  await visit.inbox.waitFor(() => accepted(visit).length > 0, "the event");
  await visit.quiet();
  assert.deepEqual(accepted(visit), ["track one"]);
  assert.equal(visit.inbox.accepted().find(({ name }) => name === "one").id, id);
  await visit.page.waitForFunction(() => !Object.keys(localStorage).some((key) => key.startsWith("knock_q")));
});

/** Crashes a tab: none of its code runs any more. */
async function crash(tab) {
  const ended = tab.waitForEvent("crash");
  tab.goto("chrome://crash").catch(() => {});
  await ended;
  await tab.close();
}

/** Two tabs whose events the server refuses: `one` of the visit's page, `two` of the returned tab. */
async function twoTabsThatFail(visit) {
  await visit.arrive();
  const tab = await visit.open();
  await visit.goto("/b", tab);
  await visit.fence(tab);
  failing(visit);
  await track(visit.page, "one");
  await track(tab, "two");
  await visit.inbox.waitForSignal("track", "one");
  await visit.inbox.waitForSignal("track", "two");
  return tab;
}

scenario("signals of crashed tabs are sent by one of the next tabs, once", { pages: button }, async (visit) => {
  const tab = await twoTabsThatFail(visit);
  await crash(visit.page);
  await crash(tab);
  visit.inbox.always({ status: 202, delay: 300 });
  const tabs = [await visit.open(), await visit.open(), await visit.open()];
  // After a while the copy is stale.
  for (const tab of tabs) await tab.clock.install({ time: Date.now() + 300_000 });
  await Promise.all(tabs.map((tab) => visit.goto("/", tab)));
  await visit.inbox.waitFor(() => accepted(visit).length >= 2, "what the tabs left");
  for (const tab of tabs) await visit.fence(tab);
  assert.deepEqual(accepted(visit), ["track one", "track two"]);
  for (const name of ["one", "two"]) {
    const sent = visit.inbox.attempts(visit.inbox.named(name).id).filter(({ status }) => status === 202);
    assert.equal(sent.length, 1, `${name} was sent by ${sent.length} tabs`);
  }
});

scenario("tabs that close one after the other do not overwrite each other's signals", { pages: button }, async (visit) => {
  const tab = await twoTabsThatFail(visit);
  await visit.page.goto("about:blank");
  await tab.goto("about:blank");
  visit.inbox.always(202);
  await visit.goto("/");
  await visit.inbox.waitFor(() => accepted(visit).length >= 2, "what the tabs left");
  await visit.quiet();
  assert.deepEqual(accepted(visit), ["track one", "track two"]);
});

scenario("an open tab keeps its own signals", { pages: button }, async (visit) => {
  await visit.arrive();
  failing(visit);
  await track(visit.page, "one");
  const { id } = await visit.inbox.waitForSignal("track", "one");
  visit.inbox.always(202);
  const tab = await visit.open();
  await visit.goto("/b", tab);
  await visit.quiet(tab);
  assert.equal(visit.inbox.attempts(id).length, 1);
});

scenario("queued signals of one site key are never sent to another", { pages: button }, async (visit) => {
  const other = visit.collector.open();
  visit.site.pages["/other"] = visit.site.pages["/"].replace(visit.inbox.key + '"', other.key + '"');
  await visit.arrive();
  failing(visit);
  await track(visit.page, "one");
  await visit.inbox.waitForSignal("track", "one");
  await visit.goto("/other");
  await visit.page.evaluate(() => knock("track", "fence"));
  await other.waitForSignal("track", "fence");
  assert.deepEqual(other.signals().map(short), ["page_view /other", "track fence"]);
  visit.inbox.always(202);
  await visit.goto("/");
  await visit.inbox.waitFor(() => accepted(visit).length > 0, "the event of the first key");
  assert.deepEqual(other.faults, []);
});

scenario("invalid data in the storage is ignored", { pages: button }, async (visit) => {
  await visit.goto("/");
  await visit.inbox.waitForSignal("page_view");
  await visit.page.evaluate((site) => {
    for (const key of ["knock_v", "knock_s", "knock_e", "knock_w", `knock_q:${site}:1`, `knock_q:${site}:2`]) localStorage.setItem(key, "{]\n0 \u0000 <x>");
    localStorage.setItem(`knock_q:${site}:3`, "x".repeat(300_000));
  }, visit.inbox.key);
  await visit.arrive("/b");
  await visit.page.click("button");
  await visit.quiet();
  assert.deepEqual(visit.views(), ["/", "/b"]);
});
