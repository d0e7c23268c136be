// One visitor on several hosts of a company, where the company enables it.
import assert from "node:assert/strict";
import { stage } from "../support/stage.mjs";

const HOSTS = ["*.shop.example", "shop.example", "other.example", "third.example"];
const scenario = stage({ args: [`--host-resolver-rules=${HOSTS.map((host) => `MAP ${host} 127.0.0.1`).join(",")}`] });

/** Opens the site under a host name; returns the visitor that was sent, once its cookie has the same. */
async function visitorAt(visit, host, path = "/") {
  const from = visit.inbox.batches.length;
  await visit.page.goto(visit.site.at(host) + path);
  const visitor = await visitorFrom(visit, host, from);
  // It is written after the first signal was sent.
  await visit.page.waitForFunction((text) => document.cookie.includes(text) || document.querySelector("[data-cookie=off]"), visitor);
  return visitor;
}

async function visitorFrom(visit, host, from) {
  const isThere = ({ url }) => new URL(url).hostname === host;
  const batch = await visit.inbox.waitFor(({ batches }) => batches.slice(from).find(({ body }) => body.signals.some(isThere)), host);
  return batch.body.visitor;
}

scenario("subdomains share the visitor", {}, async (visit) => {
  const first = await visitorAt(visit, "a.shop.example");
  assert.equal(await visitorAt(visit, "b.shop.example"), first);
  assert.equal(await visitorAt(visit, "shop.example"), first);
});

scenario("another domain does not", {}, async (visit) => {
  const first = await visitorAt(visit, "a.shop.example");
  assert.notEqual(await visitorAt(visit, "other.example"), first);
});

scenario("with data-cookie=off there is no cookie, and subdomains have different visitors", { attributes: ' data-cookie="off"' }, async (visit) => {
  const first = await visitorAt(visit, "a.shop.example");
  assert.notEqual(await visitorAt(visit, "b.shop.example"), first);
  assert.deepEqual(await visit.context.cookies(), []);
  assert.equal(await visitorAt(visit, "a.shop.example"), first);
});

scenario("a page with data-cookie=off does not adopt the visitor of a cookie", {}, async (visit) => {
  visit.site.pages["/off"] = visit.site.pages["/"].replace("data-chat", 'data-cookie="off" data-chat');
  const first = await visitorAt(visit, "a.shop.example");
  assert.notEqual(await visitorAt(visit, "b.shop.example", "/off"), first);
});

scenario("an invalid cookie is replaced", {}, async (visit) => {
  await visitorAt(visit, "a.shop.example");
  const cookies = await visit.context.cookies();
  assert.ok(cookies.length > 0, "no cookie");
  await visit.context.addCookies(cookies.map((cookie) => ({ ...cookie, value: "%00nonsense" })));
  const second = await visitorAt(visit, "b.shop.example");
  assert.equal(await visitorAt(visit, "b.shop.example"), second);
  assert.equal(await visitorAt(visit, "a.shop.example"), second);
});

const links = (head, visit) => {
  const link = (host) => `<a href="${visit.site.at(host)}/there?x=1#part">${host}</a> `;
  const page = `<!doctype html><title>Linked</title><link rel="icon" href="data:,">${head}${link("other.example")}${link("third.example")}${link("b.shop.example")}`;
  return { "/": page, "/there": page };
};
const linked = { pages: links, attributes: ' data-sites="shop.example other.example"' };

scenario("a link to another site of the company hands the visitor over", linked, async (visit) => {
  const first = await visitorAt(visit, "a.shop.example");
  const from = visit.inbox.batches.length;
  await visit.page.click("text=other.example");
  assert.equal(await visitorFrom(visit, "other.example", from), first);
  const view = visit.of("page_view").at(-1);
  assert.equal(new URL(view.url).search, "?x=***", "what hands over stands in the page view");
  assert.equal(await visit.page.evaluate(() => location.search), "?x=1", "what hands over stays in the address");
});

scenario("after a reset a link does not hand over the former visitor", linked, async (visit) => {
  const isToken = visit.page.waitForResponse((response) => response.url().endsWith("/v1/handoffs"));
  const first = await visitorAt(visit, "a.shop.example");
  await isToken;
  await visit.page.evaluate(() => knock("reset"));
  await visit.fence();
  const from = visit.inbox.batches.length;
  await visit.page.evaluate(() => document.querySelector("a[href*=other]").click());
  assert.notEqual(await visitorFrom(visit, "other.example", from), first);
});

scenario("other links stay unchanged", linked, async (visit) => {
  const first = await visitorAt(visit, "a.shop.example");
  const from = visit.inbox.batches.length;
  await visit.page.click("text=third.example");
  await visit.page.waitForURL("**/there**");
  assert.equal(await visit.page.evaluate(() => location.search + location.hash), "?x=1#part");
  assert.notEqual(await visitorFrom(visit, "third.example", from), first);
});

scenario("a handoff address that is opened late, or by another person, hands over no visitor", linked, async (visit) => {
  const first = await visitorAt(visit, "a.shop.example");
  const [request] = await Promise.all([
    visit.page.waitForRequest((request) => request.isNavigationRequest() && request.url().includes("other.example")),
    visit.page.click("text=other.example"),
  ]);
  const other = await visit.context.browser().newContext();
  const page = await other.newPage();
  // The visitor who clicked has arrived.
  await visitorFrom(visit, "other.example", 0);
  visit.collector.handoffs.later += 3_600_000;
  const from = visit.inbox.batches.length;
  await page.goto(request.url());
  const isLate = ({ body }) => body.signals.some(({ type }) => type === "page_view");
  const batch = await visit.inbox.waitFor(({ batches }) => batches.slice(from).find(isLate), "the late visitor");
  await other.close();
  assert.notEqual(batch.body.visitor, first);
});
