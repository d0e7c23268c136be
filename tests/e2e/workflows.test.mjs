// Workflows as visitors meet them: the nudge on their pages with the chat that it opens, and the agent for job seekers.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { complaints, launch } from "./support/browser.mjs";
import { Knock, until } from "./support/knock.mjs";
import { faultsOf } from "./support/screens.mjs";
import { Slack } from "./support/slack.mjs";
import { writes } from "./support/visitor.mjs";

const WIDE = { width: 1440, height: 900 };
const STREAM = "/v1/visits/events";
const TEXT = "Questions about our prices?";
const DUE_MS = 30_000;
const WORKFLOW = {
  name: "Pricing viewers who did not start a chat",
  definition: {
    id: "pricing",
    trigger: { on: "signal", category: "Pricing", count: 2, within_ms: 604_800_000 },
    stop_when: [{ on: "message", by: "lead" }],
    steps: [{ id: "wait", wait: { for_ms: DUE_MS } }, { id: "nudge", do: "nudge" }],
  },
  contents: {
    nudge: {
      do: "nudge",
      text: { en: TEXT, de: "Fragen zu unseren Preisen?" },
      buttons: [
        { label: { en: "Ask us" }, opens: "chat" },
        { label: { en: "Book a meeting" }, opens: "booking" },
      ],
      agent: "Buying",
    },
  },
};
let browser, knock, slack, workflow;

before(async () => {
  [browser, slack] = await Promise.all([launch(), Slack.start()]);
  const { token, signing_secret: secret } = slack.seed;
  const env = { KNOCK_SLACK_API_URL: slack.api, KNOCK_SLACK_BOT_TOKEN: token, KNOCK_SLACK_SIGNING_SECRET: secret };
  knock = await Knock.start({ env });
  workflow = `/api/v1/workflows/${(await ask("POST", "/api/v1/workflows", WORKFLOW)).id}`;
  await ask("PUT", `${workflow}/state`, { enabled: true });
});

after(async () => {
  await browser?.close();
  await knock?.stop();
  slack?.stop();
});

async function ask(method, path, body) {
  const headers = { "content-type": "application/json", authorization: `Bearer ${knock.key}` };
  const reply = await fetch(knock.url + path, { method, headers, body: JSON.stringify(body) });
  assert.ok(reply.ok, `${path}: ${reply.status}`);
  return reply.status === 204 ? undefined : reply.json();
}

const bubbleOn = (page) => page.locator("knock-widget").getByText(TEXT);
const launcherOn = (page) => page.getByRole("button", { name: /^Open chat/ });
const streamOf = (page) => page.waitForResponse((response) => new URL(response.url()).pathname === STREAM && response.status() === 200);
const due = () => knock.setClock({ advance_ms: DUE_MS });
const runOf = (contact) => async () => (await knock.get(`/api/v1/contacts/${contact}/workflows`)).workflows[0]?.runs[0];

/** Opens a page that follows what is said to its visitor. */
async function follow(page, url) {
  const stream = streamOf(page);
  await page.goto(url);
  await stream;
  await launcherOn(page).waitFor();
}

/** A new visitor who has viewed Pricing twice and is in the workflow: their page, what it complains of, their contact. */
async function viewer() {
  const page = await (await browser.newContext({ viewport: WIDE })).newPage();
  const found = complaints(page);
  let visitor;
  for (let views = 1; views <= 2; views++) {
    await follow(page, `${knock.url}/demo/pricing`);
    visitor = await page.evaluate(() => localStorage.getItem("knock_v"));
    const viewed = async () => (await knock.signals()).filter((one) => one.visitor === visitor && one.type === "page_view");
    await until(viewed, ({ length }) => length === views, "the view is stored");
  }
  const row = async () => (await knock.get("/api/v1/visits")).visits.find((visit) => visit.visitor === visitor);
  const { contact } = await until(row, (found) => found?.contact, "they are in the workflow");
  return { page, found, contact: contact.id };
}

test("who views Pricing twice without a chat is nudged once, and the chat has the agent of the nudge", async () => {
  const { page, found, contact } = await viewer();
  assert.equal(await bubbleOn(page).count(), 0, "it is not due yet");
  const before = performance.now();
  await due();
  await bubbleOn(page).waitFor();
  const took = performance.now() - before;
  assert.ok(took < 1_000, `it takes ${Math.round(took)} ms`);
  assert.equal(await page.evaluate(() => document.activeElement?.nodeName), "BODY", "it takes no focus");
  assert.deepEqual(await faultsOf(page, "nudge"), []);
  await page.setViewportSize(WIDE);
  const second = await page.context().newPage();
  await follow(second, `${knock.url}/demo/product`);
  await bubbleOn(second).waitFor();

  await page.bringToFront();
  await page.getByRole("button", { name: "Ask us" }).click();
  await page.getByRole("log").getByText("AI agent").first().waitFor();
  await bubbleOn(second).waitFor({ state: "detached" });
  await writes(page, "Hello");
  const record = async () => {
    const { conversations } = await knock.get("/api/v1/conversations");
    const own = conversations.find(({ lead }) => lead === contact);
    return own && knock.get(`/api/v1/conversations/${own.id}`);
  };
  const { decisions } = await until(record, (chat) => chat?.decisions.length, "the chat is given to somebody");
  assert.equal(decisions.at(-1).assignee, "AI Agent (buying)");

  await page.keyboard.press("Escape");
  await page.getByRole("log").waitFor({ state: "hidden" });
  assert.equal(await bubbleOn(page).count(), 0, "there is no second one on this page");
  await follow(page, `${knock.url}/demo/pricing`);
  assert.equal(await bubbleOn(page).count(), 0, "nor on the next");
  const { events } = await knock.get(`/api/v1/timeline?contact=${contact}&limit=200`);
  const story = events.map(({ kind }) => kind).filter((kind) => kind.startsWith("nudge_"));
  assert.deepEqual(story, ["nudge_clicked", "nudge_shown"]);
  assert.deepEqual(found, []);
  await page.context().close();
});

test("who writes before it is due never sees it", async () => {
  const { page, found, contact } = await viewer();
  await launcherOn(page).click();
  await page.getByRole("log").getByText("AI agent").first().waitFor();
  await writes(page, "What does it cost?");
  await until(runOf(contact), (run) => run?.state === "stopped", "the run is stopped");
  await due();
  await page.keyboard.press("Escape");
  await page.getByRole("log").waitFor({ state: "hidden" });
  await follow(page, `${knock.url}/demo/product`);
  assert.equal(await bubbleOn(page).count(), 0);
  const { steps } = await knock.get(workflow);
  assert.equal(steps.nudge?.nudges?.shown ?? 0, 1, "that of the first visitor");
  assert.deepEqual(found, []);
  await page.context().close();
});

test("it waits for a form that has the focus, and Escape closes it for all pages", async () => {
  const { page, found, contact } = await viewer();
  await follow(page, `${knock.url}/demo/contact`);
  const field = page.locator("#contact [name=company]");
  await field.focus();
  const script = page.waitForResponse((response) => response.url().endsWith("/nudge.js"));
  await due();
  await (await script).finished();
  await page.keyboard.type("Hollis Freight");
  assert.equal(await bubbleOn(page).count(), 0, "it does not cover the form");
  assert.equal(await field.inputValue(), "Hollis Freight");
  await field.blur();
  await bubbleOn(page).waitFor();
  await field.focus();
  await bubbleOn(page).waitFor({ state: "detached" });
  await field.blur();
  await bubbleOn(page).waitFor();

  await page.keyboard.press("Escape");
  await bubbleOn(page).waitFor({ state: "detached" });
  const closed = async () => (await knock.get(`/api/v1/timeline?contact=${contact}&limit=200`)).events.map(({ kind }) => kind);
  await until(closed, (kinds) => kinds.includes("nudge_closed"), "the team knows");
  await follow(page, `${knock.url}/demo/pricing`);
  assert.equal(await bubbleOn(page).count(), 0);
  assert.deepEqual(found, []);
  await page.context().close();
});

test("at 360 px it fits beside the button, and by keyboard alone it is reached and closed", async () => {
  const { page, found } = await viewer();
  await page.setViewportSize({ width: 360, height: 640 });
  await due();
  await bubbleOn(page).waitFor();
  const box = await page.locator("knock-widget .invitation").boundingBox();
  const button = await launcherOn(page).boundingBox();
  assert.ok(box.x >= 0 && box.x + box.width <= 360, "it is on the screen");
  assert.ok(box.y >= 0 && box.y + box.height <= button.y, "it does not cover the button");
  await launcherOn(page).focus();
  await page.keyboard.press("Shift+Tab");
  const focused = () => page.locator("knock-widget").evaluate((element) => element.shadowRoot.activeElement?.textContent);
  assert.equal(await focused(), "Dismiss");
  await page.keyboard.press("Escape");
  await bubbleOn(page).waitFor({ state: "detached" });
  assert.deepEqual(found, []);
  await page.context().close();
});

test("a job seeker is posted in the hiring channel, and the agent for job seekers guides them", async () => {
  const { id: channel } = await slack.post("channels", { name: "hiring" });
  const { templates } = await knock.get("/api/v1/workflows/templates");
  const { draft } = templates.find(({ key }) => key === "job-seekers");
  Object.assign(draft.contents.s1, { channel, channel_name: "hiring" });
  const { id } = await ask("POST", "/api/v1/workflows", draft);
  await ask("PUT", `/api/v1/workflows/${id}/state`, { enabled: true });
  const page = await (await browser.newContext({ viewport: WIDE })).newPage();
  const found = complaints(page);
  await page.goto(`${knock.url}/demo/`);
  await launcherOn(page).click();
  await page.getByRole("log").getByText("AI agent").first().waitFor();
  await writes(page, "Are you hiring backend engineers? I'd like to send my CV");
  const isPost = ({ metadata }) => metadata?.event_payload?.id?.startsWith("workflow:");
  const [post] = await until(async () => (await slack.messages()).filter(isPost), ({ length }) => length > 0, "the post");
  assert.deepEqual([post.channel, /is looking for a job/.test(post.text)], [channel, true], post.text);
  await writes(page, "As an engineer, from May on");
  await page.getByRole("log").getByText("tell me the role you are interested in").waitFor();
  const { conversations } = await knock.get("/api/v1/conversations?view=open&type=Job%20seeker");
  assert.equal(conversations[0].state.rep_owner, "AI Agent");
  const { decisions } = await knock.get(`/api/v1/conversations/${conversations[0].id}`);
  assert.equal(decisions.at(-1).assignee, "AI Agent (hiring)");
  assert.equal((await slack.messages()).filter(isPost).length, 1, "it is posted once");
  assert.deepEqual(found, []);
  await page.context().close();
});
