// Makes the screenshots of README.md and the documents from the real product: `cargo xtask pictures`, which builds what it
// needs. A folder can be named in place of docs/images. WebP, as Chromium writes it.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { launch } from "./support/browser.mjs";
import { pictureDemo } from "./support/demo-pictures.mjs";
import { HubSpot } from "./support/hubspot.mjs";
import { Knock, until } from "./support/knock.mjs";
import { pictureLooks } from "./support/look-pictures.mjs";
import { MailServer } from "./support/mail.mjs";
import { pictureReports } from "./support/report-pictures.mjs";
import { Slack } from "./support/slack.mjs";
import { chatAs, signIn } from "./support/visitor.mjs";
import { pictureWorkflows } from "./support/workflow-pictures.mjs";

const FOLDER = process.argv[2] ?? "docs/images";
const QUALITY = 80;
/** A Monday morning in Berlin. */
const NOW = "2026-06-08T05:00:00Z";
/** Within the working hours. */
const LATER = "2026-06-08T08:30:00Z";
const DESK = { width: 1120, height: 760 };
const PHONE = { width: 360, height: 720 };
const ZONE = "Europe/Berlin";
const TEAM = ["maya", "tom"];
const NAMES = { "admin@localhost": "Lena Ito", "maya@acme.example": "Maya Chen", "tom@acme.example": "Tom Baker" };
/** Who booked what: name, address, start, link. */
const BOOKED = [
  ["Grace Park", "grace@northwind.example", "2026-06-08T11:30:00Z", "book-a-demo"],
  ["Liam Ortega", "liam@globex.example", "2026-06-09T08:00:00Z", "meeting"],
  ["Aiko Tanaka", "aiko@initech.example", "2026-06-09T08:30:00Z", "book-a-demo"],
  ["Omar Haddad", "omar@umbra.example", "2026-06-10T13:00:00Z", "book-a-demo"],
  ["Nina Kowalski", "nina@stark.example", "2026-06-11T09:00:00Z", "meeting"],
  ["Paul Meyer", "paul@hooli.example", "2026-06-12T12:00:00Z", "book-a-demo"],
];

const [browser, slack, hubspot] = await Promise.all([launch(), Slack.start(), HubSpot.start()]);
const knock = await Knock.start({
  named: false,
  env: { KNOCK_SLACK_API_URL: slack.api, KNOCK_HUBSPOT_API_URL: hubspot.url, KNOCK_OUTBOUND_PRIVATE_NETWORKS: "127.0.0.0/8" },
});
try {
  await knock.setClock({ now: NOW });
  const desk = await prepare();
  await book();
  await visitor();
  await team(desk);
  // Within the working hours, so that the pool has an active member.
  await knock.setClock({ now: LATER });
  await rules(desk);
  await whyAssigned(desk);
  await inSlack(desk);
  await inHubSpot(desk);
  await onSite(desk);
  await notifications(desk);
  await answersByMail();
  await pictureLooks(context, picture);
  await pictureDemo(context, picture);
  await pictureWorkflows(context, picture);
  await pictureReports(context, picture);
} finally {
  await browser.close();
  await knock.stop();
  slack.stop();
  hubspot.stop();
}

/** A browser whose clock runs from an instant. */
async function context(options, time = NOW) {
  const made = await browser.newContext({ locale: "en-GB", timezoneId: ZONE, reducedMotion: "reduce", ...options });
  await made.clock.install({ time });
  return made;
}

/** Writes a screenshot of a page; with `locator`, of that part. */
async function picture(page, name, locator) {
  await page.evaluate(() => document.activeElement?.blur());
  await page.evaluate(() => document.fonts.ready);
  await locator?.scrollIntoViewIfNeeded();
  const box = locator && (await locator.boundingBox());
  const session = await page.context().newCDPSession(page);
  const [left, top] = await page.evaluate(() => [scrollX, scrollY]);
  const clip = box && { x: box.x + left, y: box.y + top, width: box.width, height: box.height, scale: 1 };
  const { data } = await session.send("Page.captureScreenshot", { format: "webp", quality: QUALITY, ...(clip && { clip }) });
  await writeFile(join(FOLDER, `${name}.webp`), Buffer.from(data, "base64"));
}

async function send(method, path, body, headers = {}) {
  const own = { "content-type": "application/json", authorization: `Bearer ${knock.key}`, origin: knock.url, ...headers };
  const reply = await fetch(knock.url + path, { method, headers: own, body: JSON.stringify(body) });
  if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status} ${await reply.text()}`);
  return reply.status === 204 ? undefined : reply.json();
}

/** Two bookable members, three links, and the signed-in member. */
async function prepare() {
  const day = [["09:00", "17:00"]];
  const hours = { zone: ZONE, mon: day, tue: day, wed: day, thu: day, fri: day };
  const reps = [];
  for (const name of TEAM) {
    const { invitation } = await send("POST", "/api/v1/members", { email: `${name}@acme.example`, role: "rep" });
    const page = await (await context({ viewport: DESK })).newPage();
    await page.goto(invitation);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.waitForURL("**/app/home");
    const { members } = await knock.get("/api/v1/members");
    const { id } = members.find(({ email }) => email === `${name}@acme.example`);
    await send("PUT", `/api/v1/members/${id}/availability`, { hours });
    reps.push(id);
    await page.context().close();
  }
  const { members } = await knock.get("/api/v1/members");
  for (const { id, email } of members) await send("PATCH", `/api/v1/members/${id}`, { name: NAMES[email] });
  const { rules } = await knock.get("/api/v1/rules");
  const { id, ...rule } = rules.find(({ funnel }) => funnel === "meeting");
  await send("PUT", `/api/v1/rules/${id}`, { ...rule, fallback: { assign: { calendar: "any", reps } } });
  const settings = await knock.get("/api/v1/settings/meetings");
  await send("PUT", "/api/v1/settings/meetings", { ...settings, location: "https://video.acme.example/demo", title: "{{name}} and {{rep}}" });
  const questions = [{ id: "size", label: "How large is your team?", kind: "choice", options: ["1 to 9", "10 to 49", "50 or more"] }];
  await send("POST", "/api/v1/links", { slug: "book-a-demo", name: "Book a demo", funnel: "meeting", channel: "Website", duration_min: 30, questions });
  await send("POST", "/api/v1/links", { slug: "g2-profile", name: "G2 profile", funnel: "chat", channel: "G2", utm: { source: "g2" } });
  const { sites } = await knock.get("/api/v1/sites");
  const { key, origins, categories, identify } = sites[0];
  await send("PUT", `/api/v1/sites/${key}`, { name: "Acme", origins, categories, identify });
  return signIn(await context({ viewport: DESK }), knock);
}

async function book() {
  for (const [place, [name, email, start, link]] of BOOKED.entries()) {
    const id = `019ea500-0000-7000-8000-${String(place + 1).padStart(12, "0")}`;
    const answers = link === "book-a-demo" ? { size: "10 to 49" } : {};
    await send("POST", "/v1/meetings/open", { link, visitor: id, session: id });
    await send("POST", "/v1/meetings", { link, visitor: id, session: id, email, name, start, tz: "America/New_York", answers });
  }
}

/** The times on a large and on a small screen, and the booked meeting. */
async function visitor() {
  for (const [size, viewport] of Object.entries({ desktop: DESK, phone: PHONE })) {
    const page = await (await context({ viewport, timezoneId: "Europe/London" })).newPage();
    await page.goto(`${knock.url}/l/meeting`);
    await page.getByLabel("E-mail address").fill(`ann@${size}.example`);
    await page.getByLabel("E-mail address").press("Enter");
    const times = page.getByRole("listitem").getByRole("button");
    await times.first().waitFor();
    if (size === "phone") {
      await picture(page, "booking-phone");
      continue;
    }
    await picture(page, "booking");
    await times.nth(2).click();
    await page.getByLabel("Your name").fill("Ann Lee");
    await page.getByRole("button", { name: "Book this time" }).click();
    await page.getByRole("heading", { name: "Your meeting is booked" }).waitFor();
    await picture(page, "booked");
    await page.context().close();
  }
}

/** The week, a meeting and the links, as the team sees them. */
async function team(page) {
  const { meetings } = await knock.get("/api/v1/meetings");
  await page.goto(`${knock.url}/app/meetings?view=week`);
  await page.getByText("Nina Kowalski").first().waitFor();
  await picture(page, "meetings-week");
  await page.goto(`${knock.url}/app/meetings/${meetings.find(({ name }) => name === "Omar Haddad").id}`);
  await page.getByRole("group", { name: "Actions" }).waitFor();
  await picture(page, "meeting");
  await page.goto(`${knock.url}/app/links`);
  await page.getByRole("article", { name: "G2 profile", exact: true }).waitFor();
  await picture(page, "links");
}

/** A rule with segments, and the result of the tester for a lead who wrote. */
async function rules(page) {
  const { members } = await knock.get("/api/v1/members");
  const pool = TEAM.map((name) => members.find(({ email }) => email.startsWith(name)).id);
  const is = (value) => ({ field: "intent.type", op: "eq", value });
  const engaged = { all: [is("Buying"), { field: "intent.score", op: "neq", value: "Low" }] };
  const made = await send("POST", "/api/v1/rules", {
    name: "Website", funnel: "chat",
    segments: [
      { id: "buyers", name: "Engaged buyers", when: engaged, assign: { pool } },
      { id: "jobs", name: "Job seekers", when: is("Job seeker"), assign: { ai_agent: "hiring" } },
    ],
    fallback: { assign: { rep: pool[0] } },
  });
  await send("PUT", "/api/v1/links/Website/rule", { rule: made.id });
  const visitor = await (await context({ viewport: DESK })).newPage();
  for (const path of ["pricing", "product", "pricing"]) {
    await visitor.goto(`${knock.url}/demo/${path}`);
    await until(() => knock.signals(), (all) => all.some(({ type, url }) => type === "page_view" && url.endsWith(`/demo/${path}`)), path);
  }
  await visitor.getByRole("button", { name: /^Open chat/ }).click();
  const field = visitor.getByLabel("Message", { exact: true });
  await field.fill("We need a quote for 300 people");
  await field.press("Enter");
  await visitor.getByRole("log").getByRole("button").first().waitFor();
  await page.setViewportSize({ width: 1280, height: 1240 });
  await page.goto(`${knock.url}/app/routing-rules/${made.id}`);
  await page.getByRole("region", { name: "Tester" }).getByLabel("Lead", { exact: true }).selectOption({ index: 1 });
  await page.getByText(/Matches \d+ of/).first().waitFor();
  await picture(page, "routing-rule");
  const whatIf = page.getByRole("region", { name: "What-if" });
  await whatIf.getByRole("button", { name: "Run what-if" }).click();
  await whatIf.getByText(/of \d+ leads? would have gone elsewhere/).waitFor();
  await picture(page, "routing-what-if", whatIf);
  await page.goto(`${knock.url}/app/routing-rules`);
  await page.getByText("Every chat whose link has no rule of its own").waitFor();
  await page.setViewportSize(DESK);
  await picture(page, "routing-rules");
}

/** The conversation of that lead, with the decision and its reason. */
async function whyAssigned(page) {
  const { conversations } = await knock.get("/api/v1/conversations");
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.goto(`${knock.url}/app/inbox/${conversations[0].id}`);
  const decision = page.getByText("It was this rep's turn in the segment's pool.");
  await decision.waitFor();
  await picture(page, "inbox");
  await decision.scrollIntoViewIfNeeded();
  await picture(page, "routing-decision", page.locator(".panel", { has: decision }).last());
}

/** Settings > Slack: the steps, and a workspace that is connected. */
async function inSlack(page) {
  await page.setViewportSize({ width: 1120, height: 900 });
  await page.goto(`${knock.url}/app/settings/slack`);
  await page.getByLabel("Bot token", { exact: true }).waitFor();
  await picture(page, "slack-connect");
  const { token, signing_secret: signingSecret } = slack.seed;
  await send("POST", "/api/v1/slack/connect", { bot_token: token, signing_secret: signingSecret });
  await send("PUT", "/api/v1/slack", { monitoring_channel: slack.seed.leads, note_mark: "//" });
  await until(() => knock.get("/api/v1/slack"), ({ users }) => users === 4, "the people are listed");
  await page.reload();
  await page.getByText("4 people in Slack").waitFor();
  await picture(page, "slack");
}

/** Settings > CRM Sync: an account that is connected, and what was written of a contact. */
async function inHubSpot(page) {
  await page.goto(`${knock.url}/app/settings/crm`);
  await page.getByLabel("Access token", { exact: true }).waitFor();
  await picture(page, "crm-connect");
  const crm = "/api/v1/crm/hubspot";
  await send("POST", `${crm}/connect`, { token: hubspot.token });
  await send("POST", `${crm}/fields`);
  const { enabled, ...settings } = await knock.get(crm);
  const draft = { other_sources: true, accept: [], create_contact: settings.create_contact, mapping: settings.mapping };
  await send("PUT", crm, { ...draft, enabled: true });
  await page.setViewportSize({ width: 1120, height: 1500 });
  await page.reload();
  await page.getByRole("button", { name: "Start a dry run" }).waitFor();
  await picture(page, "crm");
  await send("POST", `${crm}/resync`);
  await until(() => knock.get(`${crm}/health`), ({ resync, backlog }) => resync?.ended_at && backlog === 0, "all is written");
  const { meetings } = await knock.get("/api/v1/meetings");
  const { lead } = meetings.find(({ name }) => name === "Omar Haddad");
  await page.goto(`${knock.url}/app/contacts/${lead}`);
  const writes = page.getByRole("region", { name: "Written to HubSpot" });
  await writes.waitFor();
  await picture(page, "crm-writes", writes);
}

/** Who is on the site, one of whom a member has written to. */
async function onSite(page) {
  let visitor;
  for (const path of ["integrations", "product", "pricing"]) {
    visitor = await (await context({ viewport: DESK }, LATER)).newPage();
    await visitor.goto(`${knock.url}/demo/${path}`);
    await until(() => knock.get("/api/v1/visits"), ({ visits }) => visits.some(({ url }) => url.endsWith(`/demo/${path}`)), path);
  }
  await page.setViewportSize(DESK);
  await page.goto(`${knock.url}/app/live`);
  const line = page.getByRole("list", { name: "On the site" }).getByRole("listitem").filter({ hasText: "/demo/pricing" }).first();
  await line.getByRole("button", { name: /^Write to them/ }).click();
  await page.getByRole("dialog").getByLabel("Message").fill("Hello! May I help you with our prices?");
  await page.keyboard.press("Control+Enter");
  await visitor.locator("knock-widget").getByRole("region", { name: "Lena Ito" }).waitFor();
  await line.getByText(/^You wrote: shown at/).waitFor();
  await picture(page, "live");
  await picture(visitor, "live-bubble");
}

/** Settings > Notifications. */
async function notifications(page) {
  await page.setViewportSize({ width: 1120, height: 900 });
  await page.goto(`${knock.url}/app/settings/notifications`);
  await page.getByRole("table").first().waitFor();
  await picture(page, "notifications");
}

/** A conversation that goes on by mail: the answer of the lead, and an automatic reply. Of a server with mail. */
async function answersByMail() {
  const mail = await MailServer.start();
  const other = await Knock.start({ env: { KNOCK_SMTP_URL: mail.url, KNOCK_SMTP_FROM: "Acme <hello@acme.example>" } });
  try {
    const page = await signIn(await browser.newContext({ locale: "en-GB", reducedMotion: "reduce", viewport: DESK }), other);
    const headers = { "content-type": "application/json", authorization: `Bearer ${other.key}` };
    const draft = { way: "hook", address: "replies@acme.example", has_tags: true };
    const saved = await fetch(`${other.url}/api/v1/mail/inbound`, { method: "PUT", headers, body: JSON.stringify(draft) });
    const { hook_url: hook } = await saved.json();
    const visitor = await chatAs(browser, other, "ann@northwind.example", "What does a licence cost? I am ann@northwind.example");
    await visitor.context().close();
    const { conversations } = await other.get("/api/v1/conversations");
    await page.goto(`${other.url}/app/inbox/${conversations[0].id}`);
    const field = page.getByRole("textbox", { name: "Message" });
    await field.fill("A licence costs 20 a seat. For how many people?");
    await field.press("Enter");
    await other.setClock({ advance_ms: 60_000 });
    await mail.to("ann@northwind.example", /replied to you$/);
    const reply = mail.taken.find(({ rcpt }) => rcpt.includes("ann@northwind.example"));
    const [, to] = reply.headers.find(([name]) => name.toLowerCase() === "reply-to");
    const arrives = async (number, more, text) => {
      const head = ["From: Ann Lee <ann@northwind.example>", `To: ${to}`, `Message-ID: <${number}@northwind.example>`, ...more];
      const body = `${head.join("\r\n")}\r\n\r\n${text}\r\n`;
      const taken = await fetch(hook, { method: "POST", headers: { "content-type": "message/rfc822" }, body });
      if (!taken.ok) throw new Error(`${taken.status} ${await taken.text()}`);
    };
    const quote = "On Mon, 8 Jun 2026 at 10:30, Acme <hello@acme.example> wrote:\r\n> A licence costs 20 a seat.";
    await arrives(1, ["Subject: Re: Prices"], `For 40, please. Can we start on Monday?\r\n\r\n${quote}`);
    await arrives(2, ["Subject: Out of office", "Auto-Submitted: auto-replied"], "I am back on Thursday.");
    await page.getByText("I am back on Thursday.").waitFor();
    await picture(page, "mail-answer");
    await page.goto(`${other.url}/app/settings/mail`);
    const section = page.getByRole("region", { name: "Answers by mail" });
    await section.getByText("replies@acme.example").first().waitFor();
    await picture(page, "mail-settings", section);
  } finally {
    await other.stop();
    mail.stop();
  }
}
