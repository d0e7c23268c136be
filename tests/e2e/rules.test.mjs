// Routing Rules: created, tested, saved, set for a link and rolled back by a manager in the dashboard.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { complaints, launch } from "./support/browser.mjs";
import { hasFocus } from "./support/focus.mjs";
import { Knock, until } from "./support/knock.mjs";
import { faultsOf } from "./support/screens.mjs";
import { signIn } from "./support/visitor.mjs";

const DESK = { width: 1280, height: 800 };
const REPS = ["bo@us.example", "cy@us.example", "di@us.example"];
const NAMES = ["Bo", "Cy", "Di"];
let browser, knock, manager;

before(async () => {
  browser = await launch();
  knock = await Knock.start();
  for (const email of REPS) await (await invited(email, "rep")).context().close();
  manager = await invited("mia@us.example", "manager");
  await chat("We need a quote for 200 people");
  await until(decisions, (all) => all.length === 1, "the first decision");
});

after(async () => {
  await browser?.close();
  await knock?.stop();
});

/** A page of a new member, signed in. */
async function invited(email, role) {
  const { invitation } = await (await send("POST", "/api/v1/members", { email, role })).json();
  await knock.nameMembers();
  const page = await (await browser.newContext({ viewport: DESK })).newPage();
  await page.goto(invitation);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL((url) => !url.pathname.endsWith("/sign-in"));
  return page;
}

async function send(method, path, body) {
  const headers = { "content-type": "application/json", authorization: `Bearer ${knock.key}` };
  const reply = await fetch(knock.url + path, { method, headers, body: JSON.stringify(body) });
  if (!reply.ok) throw new Error(`${path}: ${reply.status} ${await reply.text()}`);
  return reply;
}

/** A new visitor of the demo site sends a message. */
async function chat(text) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${knock.url}/demo/`);
  await page.getByRole("button", { name: /^Open chat/ }).click();
  await page.getByLabel("Message", { exact: true }).fill(text);
  await page.getByLabel("Message", { exact: true }).press("Enter");
  await page.getByRole("log").getByText(text).waitFor();
  return context;
}

const decisions = async () => (await knock.get("/api/v1/decisions")).decisions.map(({ decision }) => decision);
const rules = async () => (await knock.get("/api/v1/rules")).rules;
const named = async (name) => (await rules()).find((rule) => rule.name === name);
const status = (page, text) => page.getByRole("status").getByText(text).waitFor();
const segment = (page, name) => page.getByRole("group", { name: `Segment ${name}`, exact: true });
const order = (page) => page.getByRole("list", { name: "Segments" }).locator(".segment-name").evaluateAll((all) => all.map(({ value }) => value));

/** Creates a rule with only its name, and shows it. */
async function create(page, name, more = async () => {}) {
  await page.goto(`${knock.url}/app/routing-rules`);
  await page.getByRole("button", { name: "Create New Routing" }).click();
  const dialog = page.getByRole("dialog", { name: "Create New Routing" });
  await dialog.getByLabel("Name").fill(name);
  await more(dialog);
  await dialog.getByRole("button", { name: "Create" }).click();
  await page.getByRole("heading", { name, level: 1 }).waitFor();
}

/** Adds a segment; returns its group. */
async function add(page, name) {
  await page.getByRole("button", { name: "Add a segment" }).click();
  // Its name has the focus.
  await page.locator(".segment-name:focus").fill(name);
  return segment(page, name);
}

/** Drags one element onto another, on a screen that shows both: a browser drops only where the pointer moved. */
async function drag(page, from, to) {
  await page.setViewportSize({ width: 1280, height: 3200 });
  const [start, end] = [await from.boundingBox(), await to.boundingBox()];
  await page.mouse.move(start.x + 8, start.y + 8);
  await page.mouse.down();
  await page.mouse.move(start.x + 20, start.y - 20, { steps: 3 });
  await page.mouse.move(end.x + 8, end.y + 8, { steps: 5 });
  await page.mouse.up();
  await page.setViewportSize(DESK);
}

async function asks(group, field, operator, value) {
  await group.getByRole("button", { name: "Add a condition" }).click();
  const line = group.getByRole("group", { name: "Condition", exact: true }).last();
  await line.getByLabel("Field").selectOption(field);
  await line.getByLabel("Comparison").selectOption(operator);
  if (value) await line.getByLabel("Value", { exact: true }).fill(value);
}

test("a rule is created, reordered, tested, saved, set for a link, routes the next chat, and is rolled back", async () => {
  const page = manager;
  const wrong = complaints(page);
  await page.getByRole("link", { name: "Routing Rules" }).click();
  await page.getByRole("heading", { name: "Routing Rules", level: 1 }).waitFor();
  await page.getByText("Every chat whose link has no rule of its own").waitFor();
  assert.deepEqual(await faultsOf(page, "routing rules"), []);
  await page.setViewportSize(DESK);
  await page.getByRole("button", { name: "Create New Routing" }).press("Enter");
  const dialog = page.getByRole("dialog", { name: "Create New Routing" });
  await dialog.getByRole("button", { name: "Create" }).click();
  await dialog.getByText("is empty or longer than 100 characters").waitFor();
  assert.deepEqual(await faultsOf(page, "routing rules, a new one"), []);
  await page.setViewportSize(DESK);
  await dialog.getByLabel("Name").fill("Website <b>buyers</b>");
  await dialog.getByRole("button", { name: "Create" }).click();
  await page.getByRole("heading", { name: "Website <b>buyers</b>", level: 1 }).waitFor();

  const launcher = await add(page, "Launcher");
  await asks(launcher, "link.id", "is", "Website");
  const jobs = await add(page, "Job seekers");
  await asks(jobs, "intent.type", "is", "Job seeker");
  await jobs.getByLabel("Assign to").selectOption("AI agent");
  await jobs.getByLabel("AI agent").selectOption("Hiring");
  const buyers = await add(page, "Buyers");
  await asks(buyers, "intent.type", "is one of");
  await buyers.getByLabel("Add a value").fill("Buying");
  await buyers.getByLabel("Add a value").press("Enter");
  await buyers.getByRole("button", { name: "Remove value Buying" }).waitFor();
  await buyers.getByLabel("Assign to").selectOption("Round-robin pool");
  for (const name of NAMES) await buyers.getByLabel("Add a member").selectOption(name);
  assert.equal(await buyers.getByRole("list", { name: "Members" }).getByRole("listitem").count(), 4, "with the first rep");
  await buyers.getByRole("button", { name: "Remove Admin" }).click();
  await launcher.getByText("Matches 1 of 1 lead of the last 30 days; it gets 1.").waitFor();
  await buyers.getByText("Matches 1 of 1 lead of the last 30 days; it gets 0.").waitFor();

  // Dragged to the top, then moved by the keyboard alone.
  await drag(page, buyers.locator(".segment-handle"), launcher.locator(".segment-handle"));
  await status(page, "Segment Buyers is now at place 1 of 3.");
  assert.deepEqual(await order(page), ["Buyers", "Launcher", "Job seekers"]);
  await jobs.getByRole("button", { name: "Move up Job seekers" }).focus();
  await page.keyboard.press("Enter");
  await status(page, "Segment Job seekers is now at place 2 of 3.");
  assert.deepEqual(await order(page), ["Buyers", "Job seekers", "Launcher"]);
  await hasFocus(jobs.getByRole("button", { name: "Move up Job seekers" }));
  await buyers.getByText("it gets 1.").waitFor();

  const tester = page.getByRole("region", { name: "Tester" });
  await tester.getByLabel("Lead", { exact: true }).selectOption({ index: 1 });
  const result = tester.getByRole("status");
  await result.getByText("Bo", { exact: true }).waitFor();
  assert.match((await result.innerText()).replace(/\s+/g, " "), /by Buyers.*turn.*Buyers Matches Intent type is one of "Buying": this lead has "Buying"/);

  const whatIf = page.getByRole("region", { name: "What-if" });
  await whatIf.getByLabel("As if it were also given to").selectOption("Website");
  await whatIf.getByRole("button", { name: "Run what-if" }).click();
  await whatIf.getByText("1 of 1 lead would have gone elsewhere.").waitFor();
  const gone = await whatIf.getByRole("list", { name: "Leads that would have gone elsewhere" }).innerText();
  assert.match(gone.replace(/\s+/g, " "), /admin@localhost → bo@us\.example by Buyers Buyers: Intent type is one of "Buying"/);
  assert.deepEqual(await faultsOf(page, "a routing rule"), []);
  await page.setViewportSize(DESK);

  assert.equal((await named("Website <b>buyers</b>")).version, 1, "nothing is written before it is saved");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await status(page, "Saved as version 2.");
  await page.getByRole("list", { name: "Links" }).getByText("Website").click();
  await status(page, "Website has this rule now.");

  const first = await chat("We need a quote for 300 people");
  const [decision] = await until(decisions, ([latest]) => latest.rule_id !== "default_chat", "its decision");
  assert.deepEqual([decision.segment, decision.assignee, decision.reason], ["Buyers", "bo@us.example", "segment_round_robin"]);
  const { conversations } = await knock.get("/api/v1/conversations");
  const taken = conversations.find(({ state }) => state.rep_owner === "bo@us.example");
  const inbox = await page.context().newPage();
  await inbox.goto(`${knock.url}/app/inbox/${taken.id}`);
  await inbox.getByText("It was this rep's turn in the segment's pool.").waitFor();
  await inbox.getByText("Website <b>buyers</b>, version 2").waitFor();
  const second = await chat("I would like to apply for the open job as an engineer, where do I send my resume?");
  const isHiring = ([{ segment, assignee }]) => segment === "Job seekers" && assignee === "AI Agent (hiring)";
  await until(decisions, isHiring, "the job seeker at the agent");
  for (const context of [first, second, inbox]) await context.close();

  await jobs.getByRole("button", { name: "Remove Job seekers" }).click();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await status(page, "Saved as version 3.");
  const versions = page.getByRole("list", { name: "Versions" });
  const newest = versions.getByRole("listitem").filter({ hasText: "Version 3" });
  await newest.getByText("What changed").click();
  await newest.getByText("Segment Job seekers was removed").waitFor();
  await versions.getByRole("button", { name: "Roll back to version 2" }).click();
  assert.deepEqual(await order(page), ["Buyers", "Job seekers", "Launcher"]);
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await status(page, "Saved as version 4.");
  const [before, now] = await Promise.all([2, 4].map(async (number) => {
    const all = (await knock.get(`/api/v1/rules/${(await named("Website <b>buyers</b>")).id}/versions`)).versions;
    const { version, ...rest } = all.find(({ rule }) => rule.version === number).rule;
    return rest;
  }));
  assert.deepEqual(now, before);
  await page.getByRole("region", { name: "Pool of Buyers" }).getByText("Next").waitFor();
  assert.deepEqual(wrong.filter((line) => !/422/.test(line)), []);
});

test("conditions are nested, and missing values are reported at their field", async () => {
  const page = manager;
  await create(page, "Nested", async (dialog) => {
    await dialog.getByLabel("Routes").selectOption("Meetings");
  });
  const large = await add(page, "Large");
  await asks(large, "company.employees", "is between");
  await large.getByLabel("From", { exact: true }).fill("200");
  await large.getByText("counts as missing").waitFor();
  await page.getByText("Leads are counted once everything is filled in.").first().waitFor();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await large.getByRole("alert").getByText("Fill in two numbers.").waitFor();
  await large.getByLabel("To", { exact: true }).fill("5000");
  await large.getByRole("button", { name: "Add a group" }).click();
  const group = large.getByRole("group", { name: "Group of conditions" });
  await group.getByLabel("How the conditions are joined").selectOption("None of these");
  await asks(group, "email.is_free", "is");
  await group.getByLabel("Value", { exact: true }).selectOption("Yes");
  await asks(group, "signals.categories", "has any of");
  for (const value of ["Careers", "Docs, old"]) {
    await group.getByLabel("Add a value").fill(value);
    await group.getByLabel("Add a value").press("Enter");
  }
  await group.getByRole("button", { name: "Remove value Careers" }).waitFor();
  await large.getByLabel("Assign to").selectOption("Disqualify");
  assert.equal(await page.getByLabel("CRM-aware routing").count(), 0, "no CRM is connected");
  await page.getByLabel("Turn away private e-mail addresses").check();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await status(page, "Saved as version 2.");
  const { segments, reject_private_email } = await named("Nested");
  const expected = {
    all: [
      { field: "company.employees", op: "between", value: [200, 5000] },
      {
        not: {
          any: [
            { field: "email.is_free", op: "eq", value: true },
            { field: "signals.categories", op: "has_any", value: ["Careers", "Docs, old"] },
          ],
        },
      },
    ],
  };
  assert.deepEqual([segments[0].when, segments[0].disqualify, reject_private_email], [expected, true, true]);
  await page.reload();
  await page.getByText("Employees is between 200 and 5000 and none of (Free mail address is yes or Categories seen has any of").first().waitFor();
  assert.ok(await page.getByRole("button", { name: "Save", exact: true }).isDisabled(), "nothing was changed");
});

test("a version saved by another member is not overwritten, and leaving does not lose changes", async () => {
  const page = manager;
  await create(page, "Shared");
  const rule = await named("Shared");
  await add(page, "Mine");
  await send("PUT", `/api/v1/rules/${rule.id}`, { ...rule, name: "Theirs" });
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByRole("alert").getByText("Another member has saved a newer version").waitFor();
  assert.equal((await named("Theirs")).version, 2);
  await page.getByRole("link", { name: "Knock Links" }).click();
  const leaving = page.getByRole("dialog", { name: "Leave without saving?" });
  await leaving.getByRole("button", { name: "Cancel" }).click();
  await page.getByRole("button", { name: "Load the newer version" }).click();
  await page.getByRole("heading", { name: "Theirs", level: 1 }).waitFor();
  assert.deepEqual(await order(page), []);
  await page.getByRole("link", { name: "Knock Links" }).click();
  await page.getByRole("heading", { name: "Knock Links", level: 1 }).waitFor();
});

test("a segment becomes a template that other rules use", async () => {
  const page = manager;
  await create(page, "With template", async (dialog) => {
    await dialog.getByLabel("Begins with").selectOption("One segment for each intent type");
  });
  assert.deepEqual(await order(page), ["Buying", "Partnership", "Support", "Job seeker"]);
  await segment(page, "Support").getByRole("button", { name: "Save as template Support" }).click();
  const dialog = page.getByRole("dialog", { name: "Save as a segment template" });
  await dialog.getByLabel("Name").fill("Needs help");
  await dialog.getByRole("button", { name: "Save template" }).click();
  await status(page, "Segment template saved: Needs help");
  await page.getByText("Segment templates of your team").click();
  await page.getByRole("button", { name: "Rename Needs help" }).click();
  const rename = page.getByRole("dialog", { name: "Rename the segment template" });
  await rename.getByLabel("Name").fill("Asks for help");
  await rename.getByRole("button", { name: "Rename" }).click();
  await status(page, "Segment template renamed: Asks for help");
  await create(page, "Uses template");
  await page.getByLabel("Segment template", { exact: true }).selectOption("Asks for help");
  await segment(page, "Asks for help").getByText("Intent type is \"Support\"").waitFor();
  await page.getByLabel("Segment template", { exact: true }).selectOption("Clean CRM");
  await segment(page, "Clean CRM").getByText(/Intent score is not "Low"/).waitFor();
  assert.deepEqual(await order(page), ["Asks for help", "Clean CRM"]);
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await status(page, "Saved as version 2.");
});

test("a rule in use is not deleted, and the refusal names its links", async () => {
  const page = await signIn(await browser.newContext({ viewport: DESK }), knock);
  await page.goto(`${knock.url}/app/routing-rules`);
  const card = (name) => page.getByRole("article", { name, exact: true });
  await card("Website <b>buyers</b>").getByText("Website", { exact: true }).waitFor();
  assert.equal(await card("Default Routing Rule").first().getByRole("button", { name: "Delete" }).count(), 0);
  await card("Website <b>buyers</b>").getByRole("button", { name: "Delete" }).click();
  const dialog = page.getByRole("dialog", { name: "Delete this routing rule?" });
  await dialog.getByRole("button", { name: "Delete" }).click();
  await dialog.getByRole("alert").getByText("It is the rule of Website").waitFor();
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await card("Shared").or(card("Theirs")).getByRole("button", { name: "Delete" }).click();
  await dialog.getByRole("button", { name: "Delete" }).click();
  await status(page, "Routing rule deleted: Theirs");
  assert.equal(await named("Theirs"), undefined);
  await page.context().close();
});
