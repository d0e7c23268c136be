// Page views: once per address, whatever the router does, each with an id that its clicks have.
import assert from "node:assert/strict";
import { stage } from "../support/stage.mjs";
import { views } from "../support/inbox.mjs";

const scenario = stage();

scenario("pushState and a replaceState to the same address are one page view", {}, async (visit) => {
  await visit.arrive();
  await visit.page.evaluate(() => {
    history.pushState({}, "", "/a");
    history.replaceState({ scroll: 1 }, "", "/a");
  });
  await visit.quiet();
  assert.deepEqual(visit.views(), ["/", "/a"]);
});

scenario("a replaceState of the old address before pushState adds nothing", {}, async (visit) => {
  await visit.arrive();
  await visit.page.evaluate(() => {
    history.replaceState({ scroll: 1 }, "", "/");
    history.pushState({}, "", "/a");
  });
  await visit.quiet();
  assert.deepEqual(visit.views(), ["/", "/a"]);
});

scenario("pushState then replaceState with the router's state, on load and on each move, are one view a page", {}, async (visit) => {
  await visit.arrive();
  await visit.page.evaluate(() => {
    const state = { __NA: true, __PRIVATE_NEXTJS_INTERNALS_TREE: ["", { children: ["a", {}] }] };
    history.replaceState(state, "", location.href);
    for (const path of ["/a", "/b"]) {
      history.pushState(state, "", path);
      history.replaceState(state, "", path);
    }
  });
  await visit.quiet();
  assert.deepEqual(visit.views(), ["/", "/a", "/b"]);
});

scenario("a fragment is no page view", {}, async (visit) => {
  await visit.arrive();
  await visit.page.evaluate(() => (location.hash = "a"));
  await visit.page.evaluate(() => history.pushState({}, "", "#b"));
  await visit.quiet();
  assert.deepEqual(visit.views(), ["/"]);
});

scenario("with data-hash each fragment is one page view", { attributes: ' data-hash="on"' }, async (visit) => {
  await visit.arrive("/#start");
  for (const hash of ["#/a", "#/b?tab=2"]) {
    await visit.page.evaluate((hash) => (location.hash = hash), hash);
    await visit.inbox.waitFor((inbox) => views(inbox.signals()).includes(`/${hash.replace("=2", "=***")}`), hash);
  }
  await visit.page.evaluate(() => history.back());
  await visit.inbox.waitFor((inbox) => views(inbox.signals()).length > 3, "the view after going back");
  await visit.quiet();
  assert.deepEqual(visit.views(), ["/#start", "/#/a", "/#/b?tab=***", "/#/a"]);
});

scenario("back and forward are a page view each", {}, async (visit) => {
  await visit.arrive();
  const moves = ["history.pushState({}, '', '/a')", "history.pushState({}, '', '/b?q=1')", "history.back()",
    "history.back()", "history.forward()"];
  for (const [at, move] of moves.entries()) {
    await visit.page.evaluate(move);
    await visit.inbox.waitFor((inbox) => views(inbox.signals()).length >= at + 2, move);
  }
  await visit.quiet();
  assert.deepEqual(visit.views(), ["/", "/a", "/b?q=***", "/a", "/", "/a"]);
});

scenario("a trailing slash is the same page", {}, async (visit) => {
  await visit.arrive();
  for (const path of ["/docs", "/docs/", "/docs"]) {
    await visit.page.evaluate((path) => history.pushState({}, "", path), path);
    await visit.fence();
  }
  assert.deepEqual(visit.views(), ["/", "/docs"]);
});

scenario("knock('page') counts the page again", {}, async (visit) => {
  await visit.arrive();
  await visit.page.evaluate(() => knock("page"));
  await visit.quiet();
  assert.deepEqual(visit.views(), ["/", "/"]);
});

const twice = (head) => ({ "/": `<!doctype html><title>Twice</title><link rel="icon" href="data:,">${head}${head}<button>Go</button>` });

scenario("two snippets, and a third added later, count once", { pages: twice }, async (visit) => {
  await visit.arrive();
  await visit.page.evaluate(
    (source) =>
      new Promise((resolve) => {
        const script = document.createElement("script");
        Object.assign(script.dataset, source.dataset);
        Object.assign(script, { src: source.src, onload: resolve });
        document.body.append(script);
      }),
    await visit.page.evaluate(() => {
      const { src, dataset } = document.querySelector("script[data-site]");
      return { src, dataset: { ...dataset } };
    }),
  );
  await visit.page.evaluate(() => history.pushState({}, "", "/a"));
  await visit.page.click("button");
  await visit.quiet();
  assert.deepEqual(visit.views(), ["/", "/a"]);
  assert.equal(visit.of("click").length, 1);
});

scenario("each page view has its own id, and its clicks have it", { pages: { "/": "<button>Go</button>" } }, async (visit) => {
  await visit.arrive();
  await visit.page.click("button");
  await visit.page.evaluate(() => history.pushState({}, "", "/a"));
  await visit.fence();
  await visit.page.click("button");
  await visit.page.click("button");
  await visit.quiet();
  const [first, second] = visit.of("page_view");
  assert.notEqual(first.id, second.id);
  assert.deepEqual([first.view, second.view], [first.id, second.id]);
  assert.deepEqual(visit.of("click").map(({ view }) => view), [first.id, second.id, second.id]);
});

scenario("a page view has title, referrer and category", {}, async (visit) => {
  visit.site.pages["/pricing"] = visit.site.pages["/"].replace("Title of /", "Prices");
  await visit.arrive();
  await visit.page.evaluate(() => (location.href = "/pricing"));
  const view = await visit.inbox.waitFor((inbox) => inbox.signals().find(({ url }) => url.endsWith("/pricing")), "the view");
  assert.deepEqual([view.title, view.referrer, view.category], ["Prices", `${visit.site.url}/`, "Pricing"]);
});

scenario("signals of a session are numbered without gaps", { pages: { "/": "<button>Go</button>", "/b": "<button>Go</button>" } }, async (visit) => {
  await visit.arrive();
  await visit.page.click("button");
  await visit.goto("/b");
  await visit.page.click("button");
  await visit.quiet();
  const sessions = new Set(visit.inbox.batches.map(({ body }) => body.session));
  const numbers = visit.inbox.signals().map(({ seq }) => seq).sort((a, b) => a - b);
  assert.equal(sessions.size, 1);
  assert.deepEqual(numbers, numbers.map((_, at) => at + 1));
});

const navigating = `<a id="link" href="/c">c</a><script>
  window.navigation?.addEventListener("navigate", (event) => {
    if (event.canIntercept) event.intercept({ handler: async () => (document.title = "At " + event.destination.url) });
  });
</script>`;

scenario("navigations by the Navigation API are one page view each", { pages: { "/": navigating } }, async (visit) => {
  await visit.arrive();
  const moves = ["navigation.navigate('/b')", "document.querySelector('#link').click()", "navigation.back()",
    "navigation.navigate('/d', { history: 'replace' })", "history.pushState({}, '', '/e')"];
  for (const [at, move] of moves.entries()) {
    // What a method of the API returns cannot leave the page.
    await visit.page.evaluate(`void ${move}`);
    await visit.inbox.waitFor((inbox) => views(inbox.signals()).length >= at + 2, move);
  }
  await visit.quiet();
  assert.deepEqual(visit.views(), ["/", "/b", "/c", "/b", "/d", "/e"]);
});

scenario("a page that has something else of that name is counted as before", { pages: { "/": "<script>window.navigation = { entries: [] }</script>" } }, async (visit) => {
  await visit.arrive();
  await visit.page.evaluate(() => history.pushState({}, "", "/a"));
  await visit.quiet();
  assert.deepEqual(visit.views(), ["/", "/a"]);
});
