// The inbox as a place of work: list, messages and details beside each other, with buttons that stay where they are.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { violationsOf } from "./support/axe.mjs";
import { complaints, launch } from "./support/browser.mjs";
import { Knock, until } from "./support/knock.mjs";
import { signIn } from "./support/visitor.mjs";

const PHONE = { width: 360, height: 740 };
const WIDE = { width: 1440, height: 900 };
const SCREENS = [[1024, 768], [1280, 800], [1440, 900], [1920, 1080]].map(([width, height]) => ({ width, height }));
/** Actions of the head in the order of their row. */
const ROW = ["Take over", "Assign", "Done", "Snooze", "Reject…", "More"];
/** Of all that can be seen beside a chat, the smallest finger needs this much. */
const FINGER = 40;
let browser, knock, visitor, rep, wrong, id;

before(async () => {
  browser = await launch();
  knock = await Knock.start();
  const zone = { timezoneId: "Europe/Lisbon", viewport: WIDE };
  visitor = await (await browser.newContext(zone)).newPage();
  for (const path of ["", "product", "pricing"]) {
    await visitor.goto(`${knock.url}/demo/${path}`);
    await until(() => knock.signals(), (all) => all.some(({ url, type }) => type === "page_view" && url.endsWith(`/demo/${path}`)), path);
  }
  await visitor.getByRole("button", { name: /^Open chat/ }).click();
  const field = visitor.getByLabel("Message", { exact: true });
  await field.fill("What does a licence cost? I am ann@hollis-freight.com");
  await field.press("Enter");
  const page = await until(() => knock.get("/api/v1/conversations"), (all) => all.conversations.length === 1, "the chat");
  id = page.conversations[0].id;
  await post("/api/v1/replies", { name: "Pricing", text: "A licence costs 20 a seat.", language: null, is_personal: false });
  rep = await signIn(await browser.newContext({ viewport: WIDE, timezoneId: "Europe/Berlin" }), knock);
  wrong = complaints(rep);
  await rep.goto(`${knock.url}/app/inbox/${id}?view=open`);
  await log().getByText("What does a licence cost?").waitFor();
});

after(async () => {
  await browser?.close();
  await knock?.stop();
});

async function post(path, body) {
  const headers = { "content-type": "application/json", authorization: `Bearer ${knock.key}` };
  const reply = await fetch(knock.url + path, { method: "POST", headers, body: JSON.stringify(body) });
  const text = await reply.text();
  assert.ok(reply.ok, `${path}: ${reply.status} ${text}`);
  return JSON.parse(text);
}

const log = () => rep.getByRole("log", { name: "Messages" });
const details = () => rep.getByRole("complementary", { name: "Details" });
const panel = (name) => details().getByRole("region", { name, exact: true });
const composer = () => rep.getByRole("textbox", { name: "Message" });
const send = () => rep.getByRole("button", { name: "Send", exact: true });
const button = (name) => rep.locator(".conversation-actions").getByRole("button", { name, exact: true });
const tab = (name) => rep.locator(".conversation .tabs").getByRole("button", { name, exact: true });
const places = (locators) => Promise.all(locators.map((locator) => locator.boundingBox()));
/** The same below the heading: a note above it moves the whole page. */
const belowHeading = async (locators) => {
  const [heading, ...boxes] = await places([rep.getByRole("heading", { level: 1 }), ...locators]);
  return boxes.map((box) => ({ ...box, y: box.y - heading.y }));
};

/** The faults of the page: violations, and what lies beside the screen. */
async function isUsable(what) {
  for (const colorScheme of ["light", "dark"]) {
    await rep.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    const name = `${what}-${rep.viewportSize().width}-${colorScheme}`;
    if (process.env.KNOCK_SHOTS) await rep.screenshot({ path: `${process.env.KNOCK_SHOTS}/place-${name}.png` });
    assert.deepEqual(await violationsOf(rep), [], name);
    const overflow = await rep.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(overflow <= 0, `${name}: scrolls sideways by ${overflow} px`);
  }
}

test("who the lead is, where they are and what they saw stands beside the chat", async () => {
  await panel("Lead").getByText("ann@hollis-freight.com").waitFor();
  await panel("Lead").getByRole("link", { name: "hollis-freight.com", exact: true }).waitFor();
  await panel("Lead").getByText(/^\d\d:\d\d in Europe\/Lisbon$|, \d\d:\d\d in Europe\/Lisbon$/).waitFor();
  await panel("Lead").getByText(/Chrom.* on .*desktop/).waitFor();
  await panel("Pages").getByRole("listitem").nth(2).waitFor();
  const links = await panel("Pages").getByRole("link").evaluateAll((all) => all.map((link) => new URL(link.href).pathname));
  assert.deepEqual(links, ["/demo/pricing", "/demo/product", "/demo/"]);
  await panel("Pages").getByRole("listitem").first().getByText("Now", { exact: true }).waitFor();
  await panel("Source").getByText("/demo/", { exact: true }).waitFor();
  await rep.locator(".inbox-line .inbox-owner").getByText("You").waitFor();

  // A page that is left is no longer open, and the next one comes without a reload.
  await visitor.goto(`${knock.url}/demo/contact`);
  const first = panel("Pages").getByRole("listitem").first();
  await until(() => first.getByRole("link").getAttribute("href"), (href) => href.endsWith("/demo/contact"), "the next page");
});

test("the details stand beside the chat, and the views at the top", async () => {
  for (const viewport of SCREENS) {
    await rep.setViewportSize(viewport);
    const what = `${viewport.width} px`;
    const [messages, facts, field, views, list] = await places([
      rep.locator(".thread"), details(), composer(), rep.getByRole("navigation", { name: "Views" }), rep.locator(".inbox-list"),
    ]);
    assert.ok(facts.x >= messages.x + messages.width && facts.y < messages.y + 1, `${what}: ${JSON.stringify({ messages, facts })}`);
    assert.ok(facts.x + facts.width <= viewport.width && facts.width >= 220, `${what}: ${JSON.stringify(facts)}`);
    assert.ok(messages.x >= list.x + list.width && messages.width >= 380, `${what}: ${JSON.stringify({ list, messages })}`);
    assert.ok(field.y + field.height < viewport.height, `${what}: ${JSON.stringify(field)}`);
    assert.ok(views.y < 100, `${what}: the views begin at ${views.y}`);
    await isUsable("chat");
  }
  await rep.setViewportSize(WIDE);
});

test("the list of saved replies floats over the messages", async () => {
  for (const viewport of [PHONE, ...SCREENS]) {
    await rep.setViewportSize(viewport);
    await composer().fill("x");
    const before = await places([composer(), send()]);
    await composer().fill("/");
    const choices = rep.getByRole("listbox", { name: "Saved replies" });
    await choices.getByRole("option", { name: /Pricing/ }).waitFor();
    assert.deepEqual(await places([composer(), send()]), before, `${viewport.width} px`);
    const [box] = await places([choices]);
    assert.ok(box.y >= 0 && box.y + box.height <= before[0].y, `${viewport.width} px: ${JSON.stringify(box)}`);
    await isUsable("replies");
    await composer().fill("/nothing");
    await rep.getByText("No saved reply matches.").waitFor();
    assert.deepEqual(await places([composer(), send()]), before, `${viewport.width} px, without a match`);
    await composer().fill("");
  }
  await rep.setViewportSize(WIDE);
});

test("the row of buttons stays when the owner changes and a colleague looks", async () => {
  await button("More").click();
  await rep.getByRole("button", { name: "Hand back to the AI agent" }).click();
  await button("Take over").waitFor();
  const stable = ROW.slice(1).map(button);
  const before = await belowHeading(stable);
  assert.equal(new Set(before.map(({ y }) => y)).size, 1, "one row");
  const { invitation } = await post("/api/v1/members", { email: "bo@us.example", role: "rep" });
  await knock.nameMembers();
  const bo = await (await browser.newContext({ viewport: WIDE })).newPage();
  await bo.goto(invitation);
  await bo.getByRole("button", { name: "Sign in" }).click();
  await bo.waitForURL((url) => !url.pathname.endsWith("/sign-in"));
  await bo.goto(`${knock.url}/app/inbox/${id}`);
  await rep.locator(".present").getByText(/Bo/).waitFor();
  assert.deepEqual(await belowHeading(stable), before, "a colleague looks");
  await bo.close();
  await button("Take over").click();
  await rep.locator(".chat-owner-name").getByText("Assigned to you").waitFor();
  await button("Take over").waitFor({ state: "detached" });
  assert.deepEqual(await belowHeading(stable), before, "the owner changed");

  await button("Assign").click();
  const choice = rep.getByRole("list", { name: "Assign to" }).getByRole("button", { name: /^Admin/ });
  await choice.getByText("Active, 1 active chat").waitFor();
  await isUsable("assign");
  await rep.keyboard.press("Escape");
});

test("on a phone what is done most is one tap away, and large enough", async () => {
  await rep.setViewportSize(PHONE);
  await rep.locator(".conversation-state").click();
  await button("More").click();
  await rep.getByRole("button", { name: "Hand back to the AI agent" }).click();
  await button("Take over").waitFor();
  const shown = [...ROW.map(button), ...["Messages", "Details", "Reply", "Note"].map(tab)];
  for (const box of await places(shown)) {
    assert.ok(box.height >= FINGER && box.width >= FINGER && box.x >= 0 && box.x + box.width <= PHONE.width, JSON.stringify(box));
  }
  await isUsable("phone");
  await tab("Details").click();
  await panel("Lead").getByText("ann@hollis-freight.com").waitFor();
  await isUsable("phone-details");
  await button("Take over").click();
  await rep.locator(".chat-owner-name").getByText("Assigned to you").waitFor();
  assert.deepEqual(wrong, []);
});
