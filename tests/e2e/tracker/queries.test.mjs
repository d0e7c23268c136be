// The query of an address: no page view of its own, and unlisted values are masked.
import assert from "node:assert/strict";
import { stage } from "../support/stage.mjs";

const scenario = stage();

const search = `<input id="search"><button>Go</button><a href="/found?q=canary-link&amp;utm_source=own">Found</a><script>
  document.querySelector("input").oninput = ({ target }) => history.replaceState({}, "", "?q=" + encodeURIComponent(target.value) + "#w=" + target.value);
  addEventListener("click", (event) => event.preventDefault());
</script>`;
const leaks = (visit, ...secrets) => secrets.filter((secret) => visit.inbox.batches.some(({ text }) => text.includes(secret)));

scenario("a search box that writes into the address is no page view, and typed text is not sent", { pages: { "/": search } }, async (visit) => {
  await visit.arrive();
  for (const letter of "canary-words") await visit.page.locator("input").press(letter);
  await visit.fence();
  await visit.page.click("button");
  await visit.page.click("text=Found");
  await visit.quiet();
  assert.deepEqual(visit.views(), ["/"]);
  assert.deepEqual(leaks(visit, "canary"), []);
  const [go, found] = visit.of("click");
  assert.deepEqual([go.url, found.href].map((url) => url.replace(visit.site.url, "")), ["/?q=***#w=***", "/found?q=***&utm_source=own"]);
});

scenario("with data-query=view a change of the query is a page view, and listed parameters are sent", {
  attributes: ' data-query="view" data-query-keep="tab, page"' }, async (visit) => {
  await visit.arrive("/?tab=1");
  for (const query of ["?tab=2&page=3", "?tab=2&page=3&q=canary", "?tab=2&page=3&q=canary#x"]) {
    await visit.page.evaluate((query) => history.pushState({}, "", query), query);
    await visit.fence();
  }
  await visit.quiet();
  assert.deepEqual(visit.views(), ["/?tab=1", "/?tab=2&page=3", "/?tab=2&page=3&q=***"]);
});

const CAMPAIGN = "?utm_source=g2&utm_campaign=q3&gclid=a-1&fbclid=b_2&msclkid=c3&gbraid=d4";

scenario("attribution parameters are sent", { pages: { "/kept": "" } }, async (visit) => {
  await visit.arrive("/kept" + CAMPAIGN + "&session=canary");
  assert.deepEqual(visit.views(), ["/kept" + CAMPAIGN + "&session=***"]);
});

const cleaning = (head) => ({ "/": `<!doctype html><title>Clean</title><link rel="icon" href="data:,">${head}<script>
  const look = setInterval(() => {
    if (typeof knock !== "function") return;
    clearInterval(look);
    history.replaceState({}, "", "/");
  });</script>` });
for (const attributes of ["", ' data-consent="required"']) {
  scenario(`a campaign that the page removes from its address while the tracker loads is sent${attributes}`, { pages: cleaning, attributes }, async (visit) => {
    await visit.goto("/" + CAMPAIGN);
    await visit.page.waitForFunction(() => !location.search);
    await visit.page.evaluate(() => knock("consent", "granted"));
    await visit.inbox.waitForSignal("page_view");
    await visit.quiet();
    assert.deepEqual(visit.views(), ["/" + CAMPAIGN]);
  });
}

scenario("with data-hash a query within the fragment is no page view either", { attributes: ' data-hash="on"' }, async (visit) => {
  await visit.arrive("/#/find");
  for (const hash of ["#/find?q=canary", "#/find?q=canaries", "#/other?q=canary"]) {
    await visit.page.evaluate((hash) => (location.hash = hash), hash);
    await visit.fence();
  }
  await visit.quiet();
  assert.deepEqual(visit.views(), ["/#/find", "/#/other?q=***"]);
});
