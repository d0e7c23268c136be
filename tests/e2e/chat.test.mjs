// The main job, second half: from a chat to a routed lead with a status that updates itself.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { violationsOf } from "./support/axe.mjs";
import { complaints, launch, requests } from "./support/browser.mjs";
import { Knock, until } from "./support/knock.mjs";
import { Site, page as html, snippet } from "./support/site.mjs";
import { signIn } from "./support/visitor.mjs";

const SOON = 3_000;
const HOUR = 3_600_000;
const HOSTILE = [
  "<script>window.hacked = 1</script>",
  "<img src=x onerror='window.hacked=1'>",
  "javascript:window.hacked=1",
  "</textarea><svg onload=window.hacked=1>",
  "{{constructor.constructor('window.hacked=1')()}}",
  "\u202Eevil\u202C <b>bold</b> &amp; &lt;i&gt;",
];
let browser, knock, site;

before(async () => {
  browser = await launch();
  knock = await Knock.start();
  site = await Site.serve({ pages: { "/": html(snippet(knock, await knock.siteKey()), "<h1>A page</h1><a href='#x'>Link</a>") } });
});

after(async () => {
  await browser?.close();
  await site?.stop();
  await knock?.stop();
});

const newest = async () => (await knock.get("/api/v1/conversations")).conversations[0];
const record = (id) => knock.get(`/api/v1/conversations/${id}`);
const statusOf = async (id) => (await record(id)).conversation.state.status;

/** Opens the chat of a page with the launcher and waits for the greeting. */
async function openChat(page, url) {
  await page.goto(url);
  await page.getByRole("button", { name: /^Open chat/ }).click();
  await page.getByRole("log").getByText("AI agent").first().waitFor();
}

async function say(page, text) {
  await page.getByLabel("Message", { exact: true }).fill(text);
  await page.getByLabel("Message", { exact: true }).press("Enter");
}

test("a chat on the demo site becomes a routed lead whose status follows events and timers", async () => {
  const visitor = await (await browser.newContext()).newPage();
  const found = complaints(visitor);
  await openChat(visitor, `${knock.url}/demo/`);
  const { id } = await until(newest, Boolean, "the conversation");
  assert.equal(await statusOf(id), "New");

  const asked = Date.now();
  await say(visitor, "We are 200 people and need a quote");
  await visitor.getByRole("log").getByText("can help with that").waitFor();
  assert.ok(Date.now() - asked < SOON, `the agent answered after ${Date.now() - asked} ms`);
  const { conversation, decisions } = await record(id);
  assert.deepEqual([conversation.state.status, conversation.intent.type], ["AI Discovery", "Buying"]);
  assert.deepEqual([decisions[0].segment, decisions[0].assignee, decisions[0].reason], ["Fallback Segment", "admin@localhost", "fallback"]);

  const due = conversation.state.next_change_at;
  await knock.setClock({ now: new Date(due + 60_000).toISOString() });
  assert.equal(await statusOf(id), "Rep Reply Needed");

  // The rep answers in the inbox; the visitor reads it at once.
  const rep = await signIn(await browser.newContext(), knock);
  const repComplaints = complaints(rep);
  await rep.goto(`${knock.url}/app/inbox/${id}`);
  await rep.getByText("Rep Reply Needed").first().waitFor();
  await rep.getByText("We are 200 people and need a quote").last().waitFor();
  const wrote = Date.now();
  await rep.getByRole("textbox").last().fill("Hello, Admin here. When may I call?");
  await rep.getByRole("textbox").last().press("Enter");
  await visitor.getByRole("log").getByText("When may I call?").waitFor();
  assert.ok(Date.now() - wrote < SOON, `the visitor read it after ${Date.now() - wrote} ms`);
  const { state } = (await record(id)).conversation;
  assert.deepEqual([state.status, state.responding_rep], ["Rep Discovery", "admin@localhost"]);
  assert.ok(state.response_minutes >= 3, `${state.response_minutes}`);
  await rep.getByText("Rep Discovery").first().waitFor();

  await knock.setClock({ advance_ms: 12 * HOUR });
  assert.equal(await statusOf(id), "Follow Up Needed");
  await knock.setClock({ advance_ms: 12 * 24 * HOUR });
  assert.equal(await statusOf(id), "Closed");
  await rep.getByRole("button", { name: "More", exact: true }).click();
  await rep.getByRole("button", { name: "Deal opened" }).click();
  const confirm = rep.getByRole("dialog").getByRole("button", { name: /deal/i });
  if (await confirm.count()) await confirm.click();
  await until(() => statusOf(id), (status) => status === "Qualified", "Qualified");

  const { history } = await record(id);
  assert.deepEqual(
    history.map(({ status, cause }) => [status, cause]),
    [
      ["New", "link_clicked"],
      ["AI Discovery", "lead_message"],
      ["Rep Reply Needed", "timer:rep_reply_needed"],
      ["Rep Discovery", "rep_message"],
      ["Follow Up Needed", "timer:follow_up_needed"],
      ["Closed", "timer:closed"],
      ["Qualified", "deal_opened"],
    ],
  );
  assert.equal(history[2].at, due);
  const wroteAt = history[3].at;
  assert.equal(history[4].at, wroteAt + 12 * HOUR);
  assert.equal(history[5].at, history[1].at + 12 * 24 * HOUR + 1);
  assert.deepEqual(found, []);
  assert.deepEqual(repComplaints, []);
});

test("tabs that a new visitor opens at once have one chat", async () => {
  const context = await browser.newContext();
  const pages = await Promise.all([1, 2, 3].map(() => context.newPage()));
  await Promise.all(pages.map((page) => openChat(page, site.url)));
  await Promise.all(pages.map((page, place) => say(page, `Written in tab ${place}`)));
  for (const page of pages) {
    for (const place of pages.keys()) await page.getByRole("log").getByText(`Written in tab ${place}`).waitFor();
  }
  await context.close();
});

test("after a kill during a chat nothing is lost or duplicated, and the widget reconnects by itself", async () => {
  const page = await (await browser.newContext()).newPage();
  await openChat(page, site.url);
  await say(page, "We need a quote for 20 seats, first");
  await page.getByRole("log").getByText("can help with that").waitFor();
  const { id } = await newest();
  await knock.kill();
  await say(page, "typed while you were away");
  await knock.restart();
  const sent = await until(
    () => record(id).catch(() => undefined),
    (record) => record?.messages.some(({ text }) => text === "typed while you were away"),
    "the message typed meanwhile",
    40_000,
  );
  const texts = sent.messages.filter(({ author }) => author === "lead").map(({ text }) => text);
  assert.deepEqual(texts, ["We need a quote for 20 seats, first", "typed while you were away"]);
  assert.deepEqual(sent.messages.map(({ seq }) => seq), sent.messages.map((_, index) => index + 1));
  await page.reload();
  await page.getByRole("log").getByText("typed while you were away").waitFor();
  assert.equal(await page.getByRole("log").getByText("typed while you were away").count(), 1);
});

test("the hosted page chats without a site, on a phone; previews and programs record no click", async () => {
  const { conversations: before } = await knock.get("/api/v1/conversations");
  assert.equal((await fetch(`${knock.url}/l/chat`, { headers: { "user-agent": "curl/8" } })).status, 200);
  const context = await browser.newContext({ viewport: { width: 360, height: 740 } });
  const page = await context.newPage();
  const found = complaints(page);
  await page.goto(`${knock.url}/l/chat`);
  await page.getByRole("log").getByText("AI agent").first().waitFor();
  await say(page, "do you have an API?");
  await page.getByRole("log").getByText("REST API").waitFor();
  assert.deepEqual(await violationsOf(page), []);
  assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 360);
  const { conversations } = await knock.get("/api/v1/conversations");
  assert.equal(conversations.length, before.length + 1);
  assert.equal(conversations[0].link, "chat");
  assert.deepEqual(found, []);
});

test("hostile texts are texts, in the widget and in the inbox", async () => {
  const page = await (await browser.newContext()).newPage();
  await openChat(page, site.url);
  for (const text of HOSTILE) await say(page, text);
  const { id } = await newest();
  await until(() => record(id), ({ messages }) => messages.filter(({ author }) => author === "lead").length === HOSTILE.length, "all of them");
  for (const text of HOSTILE.slice(0, 3)) await page.getByRole("log").getByText(text, { exact: false }).first().waitFor();
  const rep = await signIn(await browser.newContext(), knock);
  await rep.goto(`${knock.url}/app/inbox/${id}`);
  for (const text of HOSTILE.slice(0, 3)) await rep.getByText(text, { exact: false }).first().waitFor();
  for (const where of [page, rep]) {
    assert.equal(await where.evaluate(() => window.hacked), undefined);
    assert.equal(await where.locator('a[href^="javascript:"]').count(), 0);
  }
});

test("the page opens the chat on the event that the tracker is ready", async () => {
  const page = await (await browser.newContext()).newPage();
  await page.addInitScript(() => document.addEventListener("knock:ready", () => knock("open", "chat")));
  await page.goto(site.url);
  await page.getByRole("log").waitFor();
});

test("a message carries the address by which the page identifies the visitor, until the page signs them out", async () => {
  const visitor = await (await browser.newContext()).newPage();
  // Before the widget is there, as on most pages.
  await visitor.addInitScript(() => {
    window.knock = (...call) => (window.knock.q = window.knock.q || []).push(call);
    window.knock("identify", { email: "ann@first.example" });
  });
  await openChat(visitor, site.url);
  const sent = async (text) => {
    const [request] = await Promise.all([
      visitor.waitForRequest((request) => request.method() === "POST" && /\/v1\/chat\/[^/]+\/messages$/.test(request.url())),
      say(visitor, text),
    ]);
    await visitor.getByRole("log").getByText(text).waitFor();
    return request.postDataJSON().email;
  };
  assert.equal(await sent("What does it cost for 40 people?"), "ann@first.example");
  const { id } = await until(newest, Boolean, "the conversation");
  await until(async () => (await record(id)).conversation.contact?.email, (email) => email === "ann@first.example", "the contact");
  await visitor.evaluate(() => knock("identify", { email: "bob@second.example" }));
  assert.equal(await sent("And for 400 of them?"), "bob@second.example");
  await visitor.evaluate(() => knock("reset"));
  assert.equal(await sent("Do you have an office in Berlin?"), undefined);
  await visitor.context().close();
});

test("the page is unharmed by a chat opened and closed twenty times", async () => {
  const page = await (await browser.newContext()).newPage();
  const found = complaints(page);
  const sent = requests(page, "/v1/chat");
  await page.addInitScript(() => {
    window.moved = 0;
    new PerformanceObserver((list) => (window.moved += list.getEntries().length)).observe({ type: "layout-shift", buffered: true });
  });
  await page.goto(site.url);
  const before = await page.evaluate(() => document.body.childElementCount);
  for (let turn = 0; turn < 20; turn++) {
    await page.evaluate(() => knock("open", "chat"));
    await page.getByRole("log").waitFor();
    await page.evaluate(() => knock("close"));
    await page.getByRole("log").waitFor({ state: "hidden" });
  }
  assert.deepEqual(await violationsOf(page, { except: ["landmark-one-main", "region"] }), []);
  assert.equal(await page.locator("knock-widget").count(), 1);
  assert.ok((await page.evaluate(() => document.body.childElementCount)) <= before + 1);
  assert.equal(await page.evaluate(() => window.moved), 0, "nothing on the page moved");
  assert.ok(sent.length <= 20, `${sent.length} clicks for twenty openings`);
  assert.deepEqual(found, []);
});

test("a chat unmounted twenty times leaves nothing on the page", async () => {
  const page = await (await browser.newContext()).newPage();
  const found = complaints(page);
  await page.addInitScript(() => {
    // Listeners on objects that outlive the chat, and open sockets.
    for (const target of [window, document]) {
      const { addEventListener, removeEventListener } = target;
      const known = new Set();
      target.addEventListener = function (type, listener, options) {
        known.add(listener);
        options?.signal?.addEventListener("abort", () => known.delete(listener));
        return addEventListener.call(this, type, listener, options);
      };
      target.removeEventListener = function (type, listener, options) {
        known.delete(listener);
        return removeEventListener.call(this, type, listener, options);
      };
      (window.known ??= []).push(known);
    }
    window.sockets = [];
    window.WebSocket = class extends WebSocket {
      constructor(...args) {
        super(...args);
        window.sockets.push(this);
      }
    };
  });
  const key = await knock.siteKey();
  site.pages["/quiet"] = html(snippet(knock, key, ' data-chat="off"'));
  await page.goto(`${site.url}/quiet`, { waitUntil: "networkidle" });
  const src = await page.evaluate(async (host) => (await (await fetch(`${host}/k.js`)).text()).match(/\/t\/[0-9a-f]+\//)[0], knock.url);
  const count = () => page.evaluate(() => window.known.reduce((sum, known) => sum + known.size, 0));
  const turn = () =>
    page.evaluate(
      async ({ host, src, site }) => {
        const { launch } = await import(`${host}${src}launcher.js`);
        const bus = [["open", "chat"]];
        const { unmount } = launch({ host, site, bus });
        const root = document.querySelector("knock-widget").shadowRoot;
        while (!root.querySelector("[role=log]")?.innerText.includes("AI agent")) await new Promise(requestAnimationFrame);
        unmount();
      },
      { host: knock.url, src, site: key },
    );
  await turn();
  const before = await count();
  for (let again = 0; again < 20; again++) await turn();
  assert.equal(await page.locator("knock-widget").count(), 0);
  assert.equal(await count(), before, "no listener is left");
  await until(() => page.evaluate(() => window.sockets.filter(({ readyState }) => readyState < 2).length), (open) => open === 0, "every socket closed");
  assert.deepEqual(found, []);
});
