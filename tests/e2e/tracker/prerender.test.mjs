// Prerendered pages. A driven Chromium does not prerender, so the pages themselves report everything.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { Collector, engines } from "../support/collector.mjs";
import { views } from "../support/inbox.mjs";
import { Site, page, snippet } from "../support/site.mjs";
import { unwatched } from "../support/unwatched.mjs";

/** Calls `then` as soon as `isSo` holds or, for a path, as soon as the site has that page. */
const WHEN = `
  function when(isSo, then) {
    const look = setInterval(async () => {
      if (!(typeof isSo === "string" ? (await fetch(isSo)).ok : isSo())) return;
      clearInterval(look);
      then();
    }, 50);
  }`;
const AHEAD = JSON.stringify({ prerender: [{ urls: ["/seen", "/unseen"], eagerness: "immediate" }] });
const FIRST = `<script type="speculationrules">${AHEAD}</script>
  <script>${WHEN} when("/leave", () => location.assign("/seen"));</script>`;
const NEXT = `<script>${WHEN}
  when(() => typeof knock === "function", () => knock("track", "prerendering: " + document.prerendering, { page: location.pathname }));
  document.addEventListener("prerenderingchange", () => knock("track", "activated"));
  when("/end", () => knock("track", "end"));
</script>`;

describe("prerendering", { concurrency: 1 }, () => {
  let collector;
  before(async () => (collector = await Collector.start()));
  after(() => collector.stop());

  for (const engine of engines()) {
    test(`a prerendered page is a view when it is activated, and none otherwise (${engine})`, { timeout: 60_000 }, async () => {
      const inbox = collector.open();
      const head = snippet(collector, inbox.key, ` data-chat="off" data-engine="${engine}"`);
      const pages = { "/": page(head, FIRST), "/seen": page(head, NEXT), "/unseen": page(head, NEXT) };
      const site = await Site.serve({ pages });
      const browser = await unwatched(site.url);
      const signals = (name) => inbox.signals().filter((signal) => signal.name === name);
      try {
        await inbox.waitForSignal("page_view");
        await inbox.waitFor(() => signals("prerendering: true").length === 2, "the words of two pages that are prerendered");
        assert.deepEqual(views(inbox.signals()), ["/"]);
        site.pages["/leave"] = "";
        await inbox.waitForSignal("track", "activated");
        await inbox.waitFor((inbox) => views(inbox.signals()).length > 1, "the view of the page that was activated");
        site.pages["/end"] = "";
        await inbox.waitForSignal("track", "end");
        assert.deepEqual(views(inbox.signals()), ["/", "/seen"]);
        assert.deepEqual(inbox.faults, []);
      } finally {
        await browser.end();
        await site.stop();
      }
    });
  }
});
