// Single-page applications with common routers: one page view per page, client routing untouched.
import assert from "node:assert/strict";
import { stage } from "../support/stage.mjs";
import { bundle } from "../support/bundle.mjs";
import { until } from "../support/knock.mjs";

const react = await bundle(`
  import { createRoot } from "react-dom/client";
  import { BrowserRouter, Link, Navigate, Route, Routes, useNavigate, useSearchParams } from "react-router";
  import { useEffect } from "react";
  const Titled = ({ title }) => (useEffect(() => { document.title = title }, [title]), <h1>{title}</h1>);
  const Search = () => {
    const [query, setQuery] = useSearchParams();
    return <><Titled title={"Search " + (query.get("q") ?? "")} /><button onClick={() => setQuery({ q: "two" })}>Again</button></>;
  };
  const Back = () => { const go = useNavigate(); return <button onClick={() => go(-1)}>Back</button> };
  createRoot(document.querySelector("#app")).render(<BrowserRouter>
    <nav><Link to="/">Home</Link><Link to="/pricing">Pricing</Link><Link to="/old">Old</Link><Link to="/search?q=one">Search</Link><Back /></nav>
    <Routes>
      <Route path="/" element={<Titled title="Home" />} />
      <Route path="/pricing" element={<Titled title="Pricing" />} />
      <Route path="/old" element={<Navigate to="/new" replace />} />
      <Route path="/new" element={<Titled title="New" />} />
      <Route path="/search" element={<Search />} />
    </Routes></BrowserRouter>)`);

const vue = await bundle(`
  import { createApp, h } from "vue/dist/vue.esm-bundler.js";
  import { createRouter, createWebHashHistory, createWebHistory, RouterLink, RouterView } from "vue-router";
  const page = (title) => ({ render: () => h("h1", title), mounted() { document.title = title } });
  const router = createRouter({
    history: document.querySelector("#app").dataset.hash ? createWebHashHistory() : createWebHistory(),
    routes: [
      { path: "/", component: page("Home") }, { path: "/pricing", component: page("Pricing") },
      { path: "/old", redirect: "/new" }, { path: "/new", component: page("New") },
      { path: "/guarded", component: page("Guarded"), beforeEnter: () => new Promise((go) => requestAnimationFrame(() => go("/new"))) },
    ],
  });
  const link = (to, text) => h(RouterLink, { to }, () => text);
  createApp({ render: () => [link("/", "Home"), link("/pricing", "Pricing"), link("/old", "Old"), link("/guarded", "Guarded"), h(RouterView)] })
    .use(router).mount("#app")`);

const turbo = await bundle(`import "@hotwired/turbo"`);
const scenario = stage();

const shell = (script, attributes = "") => (head) => {
  const html = `<!doctype html><title>Loading</title><link rel="icon" href="data:,">${head}<div id="app"${attributes}></div><script src="/app.js"></script>`;
  const paths = ["/", "/pricing", "/old", "/new", "/search"];
  return { ...Object.fromEntries(paths.map((path) => [path, html])), "/app.js": script };
};

/** Clicks a link, and waits for its page and that page's view. */
async function follow(visit, text, title) {
  const before = visit.views().length;
  await visit.page.getByText(text, { exact: true }).click();
  await visit.page.getByRole("heading", { name: title, exact: true }).waitFor();
  await visit.inbox.waitFor(() => visit.views().length > before, `the view of ${title}`);
}
const titled = (visit) => visit.of("page_view").map(({ title }) => title);
const stays = (visit) => visit.page.evaluate(() => (window.isSame = true));
const stayed = async (visit) => assert.equal(await visit.page.evaluate(() => window.isSame), true, "a full page load");

/** Shows the app's first page before the loader runs: the first view is sent at once, with the current title. */
const appFirst = (visit) =>
  visit.page.route("**/k.js", async (route) => {
    await until(() => visit.page.title(), (title) => title === "Home", "the app's first page");
    await route.continue();
  });

/** Delays the app until the first view has arrived. */
const trackerFirst = (visit) =>
  visit.page.route("**/app.js", async (route) => {
    await visit.inbox.waitForSignal("page_view");
    await route.continue();
  });

scenario("react-router: links, a redirect, a changed query and back", { pages: shell(react), attributes: ' data-query="view" data-query-keep="q"' }, async (visit) => {
  await appFirst(visit);
  await visit.arrive();
  await stays(visit);
  await follow(visit, "Pricing", "Pricing");
  await follow(visit, "Old", "New");
  await follow(visit, "Search", "Search one");
  await follow(visit, "Again", "Search two");
  await follow(visit, "Back", "Search one");
  await visit.quiet();
  assert.deepEqual(visit.views(), ["/", "/pricing", "/new", "/search?q=one", "/search?q=two", "/search?q=one"]);
  assert.deepEqual(titled(visit), ["Home", "Pricing", "New", "Search one", "Search two", "Search one"]);
  assert.equal(visit.of("click", "cta").length, 5);
  await stayed(visit);
});

scenario("vue-router: links, a redirect, a guard and back", { pages: shell(vue) }, async (visit) => {
  await appFirst(visit);
  await visit.arrive();
  await stays(visit);
  await follow(visit, "Pricing", "Pricing");
  await follow(visit, "Old", "New");
  await follow(visit, "Home", "Home");
  await follow(visit, "Guarded", "New");
  await visit.page.evaluate(() => history.back());
  await visit.inbox.waitFor(() => visit.views().length > 5, "the view after going back");
  await visit.quiet();
  assert.deepEqual(visit.views(), ["/", "/pricing", "/new", "/", "/new", "/"]);
  assert.deepEqual(titled(visit), ["Home", "Pricing", "New", "Home", "New", "Home"]);
  await stayed(visit);
});

const fragments = { pages: shell(vue, ' data-hash="on"'), attributes: ' data-hash="on"' };
const walk = async (visit) => {
  await visit.arrive();
  await follow(visit, "Pricing", "Pricing");
  await follow(visit, "Home", "Home");
  await visit.quiet();
};

scenario("vue-router with fragments and data-hash", fragments, async (visit) => {
  await appFirst(visit);
  await walk(visit);
  assert.deepEqual(visit.views(), ["/#/", "/#/pricing", "/#/"]);
});

scenario("vue-router that writes its first fragment after the first view: one page", fragments, async (visit) => {
  await trackerFirst(visit);
  await walk(visit);
  assert.deepEqual(visit.views(), ["/", "/#/pricing", "/#/"]);
});

const turboPages = (head) => {
  const html = (title, more = "") => `<!doctype html><html><head><title>${title}</title><link rel="icon" href="data:,">${head}<script src="/app.js"></script></head>
    <body><a href="/">Home</a> <a href="/pricing">Pricing</a><h1>${title}</h1>${more}</body></html>`;
  return { "/": html("Home"), "/pricing": html("Pricing", head), "/app.js": turbo };
};

scenario("Turbo Drive: visits, a cached page and back, also where the snippet stands in the body", { pages: turboPages }, async (visit) => {
  await visit.arrive();
  await stays(visit);
  await follow(visit, "Pricing", "Pricing");
  await follow(visit, "Home", "Home");
  await visit.page.evaluate(() => history.back());
  await visit.inbox.waitFor(() => visit.views().length > 3, "the view after going back");
  await visit.quiet();
  assert.deepEqual(visit.views(), ["/", "/pricing", "/", "/pricing"]);
  assert.equal(visit.of("click").length, 2);
  await stayed(visit);
});
