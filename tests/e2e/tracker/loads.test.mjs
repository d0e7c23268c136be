// Page views of loaded pages, of restored ones (back/forward cache), and of background tabs.
import { until } from "../support/knock.mjs";
import assert from "node:assert/strict";
import { stage } from "../support/stage.mjs";

// Playwright disables the cache, which these tests need.
const scenario = stage({ whole: true, without: ["--disable-back-forward-cache"] });

/** Records whether the page was restored from the back/forward cache. */
const noteRestoring = () => addEventListener("pageshow", (event) => (window.restored = event.persisted));

scenario("a normal load with its pageshow is one view", { init: noteRestoring }, async (visit) => {
  await visit.arrive();
  await visit.quiet();
  assert.equal(await visit.page.evaluate(() => window.restored), false);
  assert.deepEqual(visit.views(), ["/"]);
});

scenario("a page restored from the back/forward cache is one new view, and continues", { pages: { "/": "<button>Go</button>", "/b": "" }, init: noteRestoring }, async (visit) => {
  await visit.arrive();
  await visit.page.evaluate(() => (window.isSame = true));
  await visit.arrive("/b");
  await visit.page.goBack({ waitUntil: "commit" });
  // A restored page is not loaded: there is no `load` to wait for.
  await visit.page.waitForFunction(() => location.pathname === "/" && "restored" in window);
  assert.deepEqual(await visit.page.evaluate(() => [window.restored, window.isSame]), [true, true], "the page was not restored");
  await visit.page.click("button");
  await visit.quiet();
  assert.deepEqual(visit.views(), ["/", "/b", "/"]);
  const [first, , again] = visit.of("page_view");
  assert.notEqual(again.id, first.id);
  assert.deepEqual(visit.of("click").map(({ view }) => view), [again.id]);
});

scenario("a restored page retries signals that the server refused", { pages: { "/": "<button>Go</button>", "/b": "" }, init: noteRestoring }, async (visit) => {
  await visit.arrive();
  await visit.arrive("/b");
  await visit.page.goBack({ waitUntil: "commit" });
  await visit.page.waitForFunction(() => window.restored);
  visit.inbox.answer(503);
  await visit.page.click("button");
  await visit.inbox.waitFor((inbox) => inbox.accepted().some(({ type }) => type === "click"), "the click, at last");
  assert.equal(visit.of("click").length, 1);
});

/** A page opened in the background: emulated, since a driven browser shows every page. */
const hide = () => {
  window.isHidden = true;
  Object.defineProperty(Document.prototype, "visibilityState", { get: () => (window.isHidden ? "hidden" : "visible") });
  Object.defineProperty(Document.prototype, "hidden", { get: () => window.isHidden });
};
const show = () => {
  window.isHidden = false;
  document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
};

scenario("a page opened in the background is one view, once it is visible", { init: hide }, async (visit) => {
  await visit.goto("/");
  await visit.quiet();
  assert.deepEqual(visit.views(), []);
  await visit.page.evaluate(show);
  await visit.inbox.waitForSignal("page_view");
  await visit.page.evaluate(show);
  await visit.quiet();
  assert.deepEqual(visit.views(), ["/"]);
});

scenario("visible time is sent for each view, also with a slow collector", { pages: { "/": "", "/b": "" } }, async (visit) => {
  visit.inbox.always({ status: 202, delay: 1_000 });
  await visit.page.clock.install();
  for (const path of ["/", "/b", "/"]) {
    await visit.arrive(path);
    // Less than a second is not sent.
    await visit.page.clock.runFor(2_000);
  }
  await visit.page.goto("about:blank");
  await visit.inbox.waitFor((inbox) => inbox.signals().filter(({ type }) => type === "engagement").length >= 3, "three engagements");
  const seen = visit.of("page_view");
  assert.deepEqual(visit.views(), ["/", "/b", "/"]);
  for (const view of seen) {
    const spans = visit.of("engagement").filter((engagement) => engagement.view === view.id).map(({ props }) => props.ms);
    assert.ok(spans.length > 0, `no engagement of ${view.url}`);
    assert.ok(spans.every((ms) => Number.isInteger(ms) && ms >= 0 && ms < 60_000), `${spans}`);
  }
});

const MINUTE = 60_000;

const countAnswers = `answers = 0; document.addEventListener("knock:sent", () => { answers += 1; });`;

scenario("visible time continues after a pause, and hidden time is not counted", { init: `(${hide})(); isHidden = false; ${countAnswers}` }, async (visit) => {
  await visit.page.clock.install();
  await visit.arrive();
  await visit.page.clock.runFor(5_000);
  await visit.page.evaluate(`isHidden = true; document.dispatchEvent(new Event("visibilitychange", { bubbles: true }))`);
  await visit.inbox.waitForSignal("engagement");
  // The response must be read first: minutes without it would be a timeout.
  await until(() => visit.page.evaluate("answers"), (answers) => answers > 1, "the answer");
  await visit.page.clock.runFor(10 * MINUTE);
  await visit.page.evaluate(show);
  await visit.page.clock.runFor(3_000);
  await visit.page.evaluate(() => history.pushState({}, "", "/a"));
  await visit.inbox.waitFor((inbox) => inbox.signals().filter(({ type }) => type === "engagement").length > 1, "the second");
  const [view] = visit.of("page_view");
  const [first, second] = visit.of("engagement");
  assert.deepEqual([first.view, second.view], [view.id, view.id]);
  assert.ok(first.props.ms >= 5_000 && first.props.ms < MINUTE, `${first.props.ms} ms`);
  assert.ok(second.props.ms >= first.props.ms + 3_000 && second.props.ms < MINUTE, `${second.props.ms} ms`);
});

const queried = (head) => ({ "/": `<!doctype html><title>Queried</title>${head.replace('/k.js"', '/k.js?from=/campaigns/1"')}` });
scenario("the snippet's address may have a query, with slashes", { pages: queried }, async (visit) => {
  await visit.arrive("/");
  assert.equal(visit.of("page_view").length, 1);
});
