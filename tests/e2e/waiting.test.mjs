// A lead writes at night: the agent says when somebody is back, the lead waits in the inbox, and who is at work first gets
// the chat. Who leaves the team hands over their chats.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { complaints, launch } from "./support/browser.mjs";
import { Knock, until } from "./support/knock.mjs";
import { faultsOf } from "./support/screens.mjs";
import { signIn } from "./support/visitor.mjs";

const WIDE = { width: 1440, height: 900 };
const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
/** A Monday, at nine in the evening in Berlin. */
const EVENING = "2030-01-07T20:00:00Z";
let browser, knock, admin, bo;

before(async () => {
  browser = await launch();
  knock = await Knock.start();
  await knock.setClock({ now: EVENING });
  admin = await signIn(await browser.newContext({ viewport: WIDE, timezoneId: "Europe/Berlin" }), knock);
  bo = await invited("bo@us.example");
  await invited("cy@us.example");
  const { reps } = await knock.get("/api/v1/reps");
  const ids = Object.fromEntries(reps.map(({ id, email }) => [email, id]));
  const hours = { zone: "Europe/Berlin", ...Object.fromEntries(DAYS.map((day) => [day, [["09:00", "17:00"]]])) };
  for (const [email, availability] of [["bo@us.example", { hours }], ["cy@us.example", { state: "away" }]]) {
    await put(`/api/v1/members/${ids[email]}/availability`, availability);
  }
  const pool = [ids["bo@us.example"], ids["cy@us.example"]];
  const rule = { name: "Pool", funnel: "chat", segments: [], fallback: { assign: { pool } } };
  await put("/api/v1/rules/default_chat", rule);
});

after(async () => {
  await browser?.close();
  await knock?.stop();
});

async function send(method, path, body) {
  const headers = { "content-type": "application/json", authorization: `Bearer ${knock.key}` };
  const reply = await fetch(knock.url + path, { method, headers, body: JSON.stringify(body) });
  assert.ok(reply.ok, `${method} ${path}: ${reply.status}`);
  return reply.json();
}

const put = (path, body) => send("PUT", path, body);

/** A page of a new rep, signed in. */
async function invited(email) {
  const { invitation } = await send("POST", "/api/v1/members", { email, role: "rep" });
  await knock.nameMembers();
  const page = await (await browser.newContext({ viewport: WIDE, timezoneId: "Europe/Berlin" })).newPage();
  await page.goto(invitation);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL((url) => !url.pathname.endsWith("/sign-in"));
  return page;
}

test("a lead at night reads when somebody is back, waits in the inbox, and is given to who is at work first", async () => {
  const context = await browser.newContext({ timezoneId: "America/New_York", locale: "en-US" });
  const visitor = await context.newPage();
  const wrong = complaints(bo, complaints(admin, complaints(visitor)));
  await visitor.goto(`${knock.url}/demo/`);
  await visitor.getByRole("button", { name: /^Open chat/ }).click();
  const field = visitor.getByLabel("Message", { exact: true });
  await field.fill("Can I talk to a person?");
  await field.press("Enter");
  // Nine in Berlin is three in New York.
  await visitor.getByRole("log").getByText("Our team is back on Tuesday at 3:00 and will answer right here.").waitFor();
  // Without a mail server nothing is promised to an address.
  assert.equal(await visitor.getByRole("log").getByText("e-mail address").count(), 0);

  await admin.goto(`${knock.url}/app/inbox?view=waiting`);
  const line = admin.locator(".inbox-line");
  await line.getByText(/^Waiting/).waitFor();
  await line.locator(".line-link").click();
  await admin.getByText("Waits for the team: no one could take it", { exact: true }).waitFor();
  await admin.getByText(/Routed again in 1[12] h, when somebody is back/).waitFor();
  await admin.getByText("No one who could take the chat was available.").waitFor();
  assert.deepEqual(await faultsOf(admin, "a waiting chat"), []);
  const note = "Segment “Fallback Segment”: no member of its pool was available.";
  await admin.getByText(note).waitFor();
  await admin.getByText("bo@us.example (outside working hours), cy@us.example (away)").waitFor();

  await knock.setClock({ now: "2030-01-08T08:00:01Z" });
  await admin.getByText("Assigned to Bo", { exact: true }).waitFor();
  await bo.goto(`${knock.url}/app/inbox?view=mine`);
  await bo.locator(".inbox-line").getByText(/^Waiting 1[12] h/).waitFor();
  assert.deepEqual(wrong, []);
  await context.close();
});

test("removing a member asks who gets their chats, and they do", async () => {
  await admin.goto(`${knock.url}/app/settings/team`);
  await admin.getByRole("button", { name: "Remove Bo" }).click();
  const dialog = admin.getByRole("dialog");
  const choice = dialog.getByLabel("Their open chats, meetings to come and places in rules go to");
  assert.deepEqual(await choice.locator("option").allInnerTexts(), ["Whom the rules name", "admin@localhost", "cy@us.example"]);
  await choice.selectOption("cy@us.example");
  assert.deepEqual(await faultsOf(admin, "removing a member"), []);
  await dialog.getByRole("button", { name: "Remove" }).click();
  await admin.getByText("bo@us.example is no longer on the team.").waitFor();
  const { conversations } = await until(
    () => knock.get("/api/v1/conversations"),
    ({ conversations }) => conversations[0].state.rep_owner === "cy@us.example",
    "the chat is Cy's",
  );
  assert.ok(conversations[0].waiting_since, "and waits");
});
