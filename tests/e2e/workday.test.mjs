// A rep's day: the pool is full until a chat is done, a lead writes in the lunch break, and one asks again after the
// deal. In each the lead stands where somebody finds them, and those who can act are told.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { complaints, launch } from "./support/browser.mjs";
import { Knock, until } from "./support/knock.mjs";
import { MailServer } from "./support/mail.mjs";
import { signIn, writes } from "./support/visitor.mjs";

const WIDE = { width: 1440, height: 900 };
const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const BO = "bo@us.example";
const [FIRST, SECOND, THIRD] = ["ann@first.example", "cat@second.example", "dee@third.example"];
const MINUTE = 60_000;
/** A Tuesday, ten in the morning in Berlin. */
const MORNING = "2030-01-08T09:00:00Z";
let browser, knock, mail, bo, lead, wrong;

before(async () => {
  [browser, mail] = await Promise.all([launch(), MailServer.start()]);
  knock = await Knock.start({ env: { KNOCK_SMTP_URL: mail.url, KNOCK_SMTP_FROM: "Acme <hello@acme.example>" } });
  await knock.setClock({ now: MORNING });
  const { invitation } = await send("POST", "/api/v1/members", { email: BO, role: "rep" });
  await knock.nameMembers();
  bo = await (await browser.newContext({ viewport: WIDE, timezoneId: "Europe/Berlin" })).newPage();
  wrong = complaints(bo);
  await bo.goto(invitation);
  await bo.getByRole("button", { name: "Sign in" }).click();
  await bo.waitForURL((url) => !url.pathname.endsWith("/sign-in"));
  const day = [["09:00", "12:00"], ["13:00", "17:00"]];
  const hours = { zone: "Europe/Berlin", ...Object.fromEntries(DAYS.map((name) => [name, day])) };
  const { reps } = await knock.get("/api/v1/reps");
  const { id } = reps.find(({ email }) => email === BO);
  await send("PUT", `/api/v1/members/${id}/availability`, { hours, capacity: 1 });
  const rule = { name: "Pool", funnel: "chat", segments: [], fallback: { assign: { pool: [id] } } };
  await send("PUT", "/api/v1/rules/default_chat", rule);
});

after(async () => {
  await browser?.close();
  await knock?.stop();
  mail?.stop();
});

async function send(method, path, body) {
  const headers = { "content-type": "application/json", authorization: `Bearer ${knock.key}` };
  const reply = await fetch(knock.url + path, { method, headers, body: JSON.stringify(body) });
  assert.ok(reply.ok, `${method} ${path}: ${reply.status}`);
  return reply.json();
}

/** A visitor with an open chat, known by their address. */
async function visitor(email) {
  const page = await (await browser.newContext({ timezoneId: "Europe/Berlin", locale: "en-US" })).newPage();
  await page.goto(`${knock.url}/demo/`);
  await page.evaluate((email) => window.knock("identify", { email }), email);
  await until(() => knock.get(`/api/v1/contacts?q=${email}`), ({ contacts }) => contacts.length === 1, "they are a contact");
  await page.getByRole("button", { name: /^Open chat/ }).click();
  return page;
}

const isThird = ({ contact }) => contact?.email === THIRD;
const reads = (page, text) => page.getByRole("log").getByText(text).waitFor();
const line = (text) => bo.locator(".inbox-line", { hasText: text });

/** Opens a view of Bo's inbox. */
const view = (name) => bo.goto(`${knock.url}/app/inbox?view=${name}`);

/** The mails about waits to an address so far. */
const told = (address) => mail.taken.filter(({ rcpt }) => rcpt.includes(address)).length;

/** What a browser notes of a server that is not there: of a request, or of a socket that was being opened. */
const isOfRestart = (text) => /net::ERR_|closed before receiving a handshake/.test(text);

test("a full pool tells everybody, and the lead is Bo's as soon as his chat is done", async () => {
  const first = await visitor(FIRST);
  await writes(first, "We are 200 people and need a quote");
  await view("mine");
  await line(FIRST).waitFor();
  const second = await visitor(SECOND);
  await writes(second, "We are 300 people and need a quote");
  await reads(second, "Everybody is in other conversations right now.");
  await view("waiting");
  await line(SECOND).waitFor();
  await view("unassigned");
  await line(SECOND).waitFor();
  await knock.setClock({ advance_ms: 31 * MINUTE });
  // Of both chats: his own, and the one that waits for him; the manager after half an hour.
  await until(() => [told(BO), told("admin@localhost")], ([rep, manager]) => rep >= 2 && manager >= 1, "the mails");

  await view("mine");
  await line(FIRST).locator(".line-link").click();
  await bo.getByRole("button", { name: "Done", exact: true }).click();
  await line(SECOND).waitFor();
  await first.context().close();
  await second.context().close();
});

test("who writes in the lunch break reads when it ends, and is Bo's then, also after a restart", async () => {
  await view("mine");
  await line(SECOND).locator(".line-link").click();
  await bo.getByRole("button", { name: "Done", exact: true }).click();
  await knock.setClock({ now: "2030-01-08T11:30:00Z" });
  lead = await visitor(THIRD);
  await writes(lead, "We are 400 people and need a quote");
  await reads(lead, "Our team is back today at 13:00");
  await view("waiting");
  await line(THIRD).waitFor();
  await knock.kill();
  await knock.restart();
  // The browser notes the requests that found no server.
  wrong.splice(0, wrong.length, ...wrong.filter((text) => !isOfRestart(text)));
  await knock.setClock({ now: "2030-01-08T12:00:01Z" });
  await view("mine");
  await line(THIRD).getByText(/^Waiting (29|30) min/).waitFor();
});

test("a question after the deal waits for Bo again, who is told of it", async () => {
  await line(THIRD).locator(".line-link").click();
  const reply = bo.getByRole("textbox", { name: "Message" });
  await reply.fill("Here is the quote. Shall we start?");
  await reply.press("Enter");
  await reply.press("Enter");
  await reads(lead, "Shall we start?");
  await bo.getByRole("button", { name: "More", exact: true }).click();
  await bo.getByRole("button", { name: "Deal opened" }).click();
  await bo.getByRole("dialog").getByRole("button", { name: /deal/i }).click();
  // Leaving the page would take the request back.
  await bo.getByRole("dialog").waitFor({ state: "detached" });
  await until(() => knock.get("/api/v1/conversations?view=done"), ({ conversations }) => conversations.some(isThird), "the deal");
  await view("waiting");
  await bo.getByText("No lead waits").waitFor();
  await view("done");
  await line(THIRD).waitFor();
  const before = told(BO);
  await writes(lead, "Where do we sign?");
  await view("mine");
  await line(THIRD).getByText(/^Waiting/).waitFor();
  await view("waiting");
  await line(THIRD).waitFor();
  await knock.setClock({ advance_ms: 3 * MINUTE });
  await until(() => told(BO), (mails) => mails === before + 1, "the mail about the question");
  const { conversations } = await knock.get("/api/v1/conversations?view=waiting");
  assert.deepEqual(conversations.map(({ state }) => [state.status, state.rep_owner]), [["Qualified", BO]]);
  assert.deepEqual(wrong.filter((text) => !isOfRestart(text)), []);
  await lead.context().close();
});
