// A note that mentions a colleague: chosen by keys, highlighted, shown to them at once, and listed until they look.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { complaints, launch } from "./support/browser.mjs";
import { Knock, until } from "./support/knock.mjs";
import { faultsOf } from "./support/screens.mjs";
import { signIn } from "./support/visitor.mjs";

const WIDE = { width: 1440, height: 900 };
let browser, knock, ann, bo, wrong, id;

before(async () => {
  browser = await launch();
  knock = await Knock.start();
  const visitor = await (await browser.newContext()).newPage();
  await visitor.goto(`${knock.url}/demo/`);
  await visitor.getByRole("button", { name: /^Open chat/ }).click();
  const field = visitor.getByLabel("Message", { exact: true });
  await field.fill("We need a quote for 200 people");
  await field.press("Enter");
  const page = await until(() => knock.get("/api/v1/conversations"), ({ conversations }) => conversations.length === 1, "the chat");
  id = page.conversations[0].id;
  ann = await signIn(await browser.newContext({ viewport: WIDE }), knock);
  bo = await invited("bo@us.example");
  wrong = [complaints(ann), complaints(bo)];
  await ann.goto(`${knock.url}/app/inbox/${id}`);
  await ann.getByRole("log").getByText("We need a quote").waitFor();
  await bo.goto(`${knock.url}/app/inbox`);
  await view(bo).waitFor();
});

after(async () => {
  await browser?.close();
  await knock?.stop();
});

/** A page of a new rep, signed in. */
async function invited(email) {
  const headers = { "content-type": "application/json", authorization: `Bearer ${knock.key}` };
  const body = JSON.stringify({ email, role: "rep" });
  const reply = await fetch(`${knock.url}/api/v1/members`, { method: "POST", headers, body });
  const { invitation } = await reply.json();
  await knock.nameMembers();
  const page = await (await browser.newContext({ viewport: WIDE })).newPage();
  await page.goto(invitation);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL((url) => !url.pathname.endsWith("/sign-in"));
  return page;
}

const view = (page) => page.getByRole("navigation", { name: "Views" }).getByRole("link", { name: /^Mentions/ });
const counted = (page, number) =>
  until(() => view(page).locator(".view-count").innerText(), (text) => text === String(number), `${number} mentions`);
const field = () => ann.getByRole("textbox", { name: "Internal note" });
const members = () => ann.getByRole("listbox", { name: "Members" });

async function isUsable(page, what) {
  assert.deepEqual(await faultsOf(page, what), []);
  await page.setViewportSize(WIDE);
}

test("an at sign in a note lists the members, and a key inserts one", async () => {
  await counted(bo, 0);
  await ann.reload();
  await ann.getByRole("log").getByText("We need a quote").waitFor();
  await ann.getByRole("button", { name: "Note", exact: true }).click();
  await field().pressSequentially("Please look at this, @b");
  await members().getByRole("option", { name: /Bo/ }).waitFor();
  await isUsable(ann, "list");
  await ann.keyboard.press("Escape");
  await members().waitFor({ state: "hidden" });
  await field().pressSequentially("o");
  await members().getByRole("option", { name: /Bo/ }).waitFor();
  await ann.keyboard.press("Enter");
  await until(() => field().inputValue(), (text) => text === "Please look at this, @Bo ", "the name");
  await until(() => field().evaluate((field) => field.selectionStart === field.value.length), Boolean, "the cursor behind it");
  await field().pressSequentially("today");
  await ann.keyboard.press("Enter");
  // The note is held for a moment, and goes at once by a second Enter.
  await ann.keyboard.press("Enter");
  const note = ann.getByRole("log").locator(".message-note").filter({ hasText: "Please look at this" });
  await note.locator(".mention").getByText("@Bo", { exact: true }).waitFor();
  await isUsable(ann, "note");
});

test("who is mentioned reads it at once, and finds the chat until they have opened it", async () => {
  const notice = bo.locator(".personal-toast");
  await notice.getByText(/mentions you$/).waitFor();
  await notice.getByText(/Please look at this, @Bo today/).waitFor();
  await counted(bo, 1);
  await isUsable(bo, "notice");
  await counted(ann, 0);
  await view(bo).click();
  await bo.waitForURL(/view=mentions$/);
  await bo.locator(".inbox-line").first().waitFor();
  await isUsable(bo, "view");
  await bo.bringToFront();
  await notice.getByRole("link", { name: "Open the note" }).click();
  await bo.waitForURL(new RegExp(`/app/inbox/${id}`));
  await notice.waitFor({ state: "detached" });
  await bo.getByRole("log").locator(".mention").getByText("@Bo", { exact: true }).waitFor();
  await counted(bo, 0);
});

test("each member turns the notifications off for themselves", async () => {
  await bo.goto(`${knock.url}/app/settings/notifications`);
  await bo.getByRole("checkbox", { name: "Push: Somebody mentions you in a note" }).uncheck();
  const mail = bo.getByRole("checkbox", { name: "Mail me when somebody mentions me in a note" });
  assert.ok(await mail.isChecked());
  await mail.uncheck();
  await bo.locator(".alerts-form").getByRole("button", { name: "Save" }).click();
  await bo.locator(".alerts-form").getByText("Saved.").waitFor();
  await bo.reload();
  await mail.waitFor();
  assert.ok(!(await mail.isChecked()));
  assert.deepEqual(wrong.flat(), []);
});
