// Leads whom HubSpot knows: they go to the owner of their contact as chat and as meeting, the owner joins from Slack,
// the record lists what was written, and a broken connection is shown and mended.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { complaints, launch } from "./support/browser.mjs";
import { HubSpot } from "./support/hubspot.mjs";
import { Knock, until } from "./support/knock.mjs";
import { faultsOf } from "./support/screens.mjs";
import { Slack } from "./support/slack.mjs";
import { chatAs, signIn } from "./support/visitor.mjs";

const CRM = "/api/v1/crm/hubspot";
const OWNER = "bob@acme.example";
const OTHER = "ann@acme.example";
let browser, knock, slack, hubspot, admin;

before(async () => {
  [browser, slack, hubspot] = await Promise.all([launch(), Slack.start(), HubSpot.start()]);
  knock = await Knock.start({
    env: { KNOCK_SLACK_API_URL: slack.api, KNOCK_HUBSPOT_API_URL: hubspot.url, KNOCK_OUTBOUND_PRIVATE_NETWORKS: "127.0.0.0/8" },
  });
  await slack.put("addresses", { server: knock.url });
  admin = await signIn(await browser.newContext({ viewport: { width: 1280, height: 800 } }), knock);
  for (const email of [OWNER, OTHER]) await hire(email);
  await send("PUT", "/api/v1/agent", { asks_to_clarify: false });
  await connect();
  const { id: owner } = await hubspot.post("owners", { email: OWNER });
  for (const email of ["chat@first.example", "meet@first.example", "join@first.example"]) {
    await hubspot.post("records", { object: "contacts", properties: { email, hubspot_owner_id: owner } });
  }
});

after(async () => {
  await browser?.close();
  await knock?.stop();
  slack?.stop();
  hubspot?.stop();
});

async function send(method, path, body) {
  const headers = { "content-type": "application/json", authorization: `Bearer ${knock.key}` };
  const reply = await fetch(knock.url + path, { method, headers, body: JSON.stringify(body) });
  if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status} ${await reply.text()}`);
  return reply.status === 204 ? undefined : reply.json();
}

const member = async (email) => (await knock.get("/api/v1/members")).members.find((one) => one.email === email);

/** A rep who works around the clock. */
async function hire(email) {
  const { invitation } = await send("POST", "/api/v1/members", { email, role: "rep" });
  await knock.nameMembers();
  const page = await (await browser.newContext()).newPage();
  await page.goto(invitation);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL("**/app/home");
  await page.context().close();
  const day = [["00:00", "24:00"]];
  const hours = { zone: "UTC", mon: day, tue: day, wed: day, thu: day, fri: day, sat: day, sun: day };
  await send("PUT", `/api/v1/members/${(await member(email)).id}/availability`, { hours });
}

/** Slack and HubSpot, with the standard properties and the sync on. */
async function connect() {
  await send("POST", "/api/v1/slack/connect", { bot_token: slack.seed.token, signing_secret: slack.seed.signing_secret });
  await send("PUT", "/api/v1/slack", { monitoring_channel: slack.seed.general, note_mark: "//" });
  await until(() => knock.get("/api/v1/slack"), ({ users_matched: matched }) => matched === 2, "both reps are matched");
  await send("POST", `${CRM}/connect`, { token: hubspot.token });
  await send("POST", `${CRM}/fields`);
  const { other_sources, accept, create_contact, mapping } = await knock.get(CRM);
  await send("PUT", CRM, { enabled: true, other_sources, accept, create_contact, mapping });
}

/** What the default rule of a funnel does with owners; all else goes to the other rep. */
async function treats(funnel, crmAware) {
  const { id } = await member(OTHER);
  const assign = funnel === "chat" ? { rep: id } : { calendar: "single", reps: [id] };
  await send("PUT", `/api/v1/rules/default_${funnel}`, { name: "Default", funnel, crm_aware: crmAware, segments: [], fallback: { assign } });
}

const lookUps = async () => (await hubspot.get("calls")).filter(({ path }) => path.endsWith("contacts/batch/read")).length;

/** A lead writes who was looked up: a decision waits 0.8 s for HubSpot, and a busy machine may take longer. */
async function writes(email, text) {
  const earlier = await lookUps();
  return chatAs(browser, knock, email, text, () => until(lookUps, (count) => count > earlier, "HubSpot is asked"));
}

const contactId = async (email) => (await knock.get(`/api/v1/contacts?q=${email}`)).contacts[0].id;
const contact = async (email) => knock.get(`/api/v1/contacts/${await contactId(email)}`);
const decided = (email) => until(async () => (await contact(email)).decisions?.at(-1), Boolean, `a decision about ${email}`);
const written = async (email) => (await hubspot.get("records/contacts")).find(({ properties }) => properties.email === email)?.properties;

test("a lead goes to the owner of their contact as a chat, and the record lists what was written", async () => {
  await treats("chat", "assign");
  const visitor = await writes("chat@first.example", "We need a quote for 200 people");
  const decision = await decided("chat@first.example");
  assert.deepEqual([decision.assignee, decision.reason], [OWNER, "crm_owner"]);
  await until(() => written("chat@first.example"), (all) => all?.knock_rep_owner === OWNER, "HubSpot has the rep");
  const wrong = complaints(admin);
  await admin.goto(`${knock.url}/app/contacts/${await contactId("chat@first.example")}`);
  const writesOf = admin.getByRole("region", { name: "Written to HubSpot" });
  await writesOf.getByText("knock_rep_owner").first().waitFor();
  await writesOf.getByText(OWNER).first().waitFor();
  assert.deepEqual(await faultsOf(admin, "a contact with its writes"), []);
  assert.deepEqual(wrong, []);
  await visitor.context().close();
});

test("a lead meets the owner of their contact", async () => {
  await treats("meeting", "assign");
  const page = await (await browser.newContext()).newPage();
  await page.goto(`${knock.url}/l/meeting`);
  await page.getByLabel("E-mail address").fill("meet@first.example");
  await page.getByLabel("E-mail address").press("Enter");
  await page.getByRole("listitem").getByRole("button").first().click();
  await page.getByLabel("Your name").fill("Lee");
  await page.getByRole("button", { name: "Book this time" }).click();
  await page.getByRole("heading", { name: "Your meeting is booked" }).waitFor();
  const { meetings } = await knock.get("/api/v1/meetings");
  assert.deepEqual(meetings.map(({ owner }) => owner), [(await member(OWNER)).id]);
  await until(() => written("meet@first.example"), (all) => all?.knock_meeting_status === "Meeting Booked", "HubSpot has it");
  await page.context().close();
});

test("with notify the owner is asked in Slack and joins, and the assignee stays", async () => {
  await treats("chat", "notify");
  const visitor = await writes("join@first.example", "We need a quote for 300 people");
  assert.equal((await decided("join@first.example")).assignee, OTHER);
  const { id: bob } = await member(OWNER);
  const asked = await until(
    async () => (await slack.messages()).find(({ metadata }) => metadata?.event_payload?.id?.match(`^owner:.*:${bob}`)),
    Boolean,
    "the owner is asked",
  );
  await slack.post("press", { user: slack.seed.bob, channel: asked.channel, ts: asked.ts, action_id: "join" });
  assert.match(JSON.stringify(asked.blocks), /300 people/, "the first message stands on the card");
  const joined = (messages) => messages.some(({ thread_ts: thread, ts, text }) => thread === asked.ts && ts !== thread && text.includes("AI Agent"));
  await until(() => slack.messages(), joined, "the chat is shown in the owner's thread");
  await slack.post("write", { user: slack.seed.bob, channel: asked.channel, thread: asked.ts, text: "Bob here, your account manager" });
  await visitor.getByRole("log").getByText("Bob here, your account manager").waitFor();
  const { conversations } = await knock.get("/api/v1/conversations");
  assert.equal(conversations.find(({ email }) => email === "join@first.example")?.state.rep_owner ?? OTHER, OTHER);
  await visitor.context().close();
});

test("a connection that breaks is shown with HubSpot's words, and connecting again sends what waited", async () => {
  await hubspot.post("token", { state: "revoked" });
  const visitor = await writes("late@second.example", "Please call us about a licence for 90 people");
  await until(() => knock.get(`${CRM}/health`), ({ problem }) => problem !== "", "the problem is known");
  await admin.goto(`${knock.url}/app/settings/crm`);
  await admin.getByText("HubSpot cannot be written to").waitFor();
  assert.deepEqual(await faultsOf(admin, "crm, a revoked token"), []);
  assert.equal(await written("late@second.example"), undefined);
  await hubspot.post("token", { state: "valid" });
  await admin.getByText("Connect with other credentials").click();
  await admin.getByLabel("Access token").fill(hubspot.token);
  await admin.getByRole("button", { name: "Connect", exact: true }).click();
  await until(() => written("late@second.example"), Boolean, "what waited is written");
  await until(() => knock.get(`${CRM}/health`), ({ problem, backlog }) => problem === "" && backlog === 0, "all is well");
  await admin.getByRole("button", { name: "Refresh" }).click();
  await admin.getByText("HubSpot cannot be written to").waitFor({ state: "detached" });
  await visitor.context().close();
});
