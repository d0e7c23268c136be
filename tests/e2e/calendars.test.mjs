// A member connects two calendar accounts: errors are shown at their field, choices are saved, meetings move from one to
// the other, and both can be disconnected.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { complaints, launch } from "./support/browser.mjs";
import { CalendarServer } from "./support/calendar.mjs";
import { Knock } from "./support/knock.mjs";
import { faultsOf } from "./support/screens.mjs";
import { signIn } from "./support/visitor.mjs";

const CONNECTED = /^Connected\. Its events block times/;

let browser, knock, calendars;

before(async () => {
  browser = await launch();
  calendars = await CalendarServer.start();
  knock = await Knock.start({ env: { KNOCK_OUTBOUND_PRIVATE_NETWORKS: "127.0.0.0/8" } });
});

after(async () => {
  await browser?.close();
  await knock?.stop();
  calendars?.stop();
});

/** What the tests below look at. */
function partsOf(page) {
  const field = (label) => page.getByLabel(label, { exact: true });
  return {
    address: field("Address"),
    user: field("User"),
    password: field("Password"),
    into: field("Write meetings into"),
    panel: (user) => page.getByRole("article", { name: new RegExp(`^${user} at `) }),
    status: (words) => page.getByRole("status").filter({ hasText: words }),
    none: page.getByText("No calendar is connected.").first(),
  };
}

const chosen = (into) => into.evaluate((list) => list.selectedOptions[0].textContent);

async function press(button) {
  await button.focus();
  await button.press("Enter");
}

/** Moves meetings to another calendar by its name; the choice is kept. */
async function moveTo(page, into, name) {
  await into.selectOption({ label: name });
  await page.locator(".calendar-into").getByText("Saved.", { exact: true }).waitFor();
  await page.reload();
  await into.waitFor();
  assert.equal(await chosen(into), name, "it is kept");
}

async function disconnect(page, panel) {
  await press(panel.getByRole("button", { name: "Disconnect" }));
  const dialog = page.getByRole("dialog");
  await dialog.getByText("Its events block no times any more.").waitFor();
  await dialog.getByRole("button", { name: "Disconnect" }).press("Enter");
  await page.getByText("Disconnected. Meetings that were written into it stay there.").waitFor();
  await panel.waitFor({ state: "detached" });
}

test("a member connects, chooses and disconnects calendars with the keyboard alone", async () => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await signIn(context, knock);
  const wrong = complaints(page);
  const { address, user, password, into, panel, status, none } = partsOf(page);
  await page.goto(`${knock.url}/app/settings/calendars`);
  await none.waitFor();

  await address.fill(calendars.url);
  await user.fill(CalendarServer.USER);
  await password.fill("another");
  await page.keyboard.press("Enter");
  await page.getByText("is not accepted there").waitFor();
  assert.equal(await password.getAttribute("aria-invalid"), "true");
  assert.deepEqual(await faultsOf(page, "a calendar that is refused"), []);
  await password.fill(CalendarServer.PASSWORD);
  await page.keyboard.press("Enter");
  await status(CONNECTED).waitFor();
  await page.locator("h2:focus", { hasText: "ann at " }).waitFor();
  assert.equal(await password.count(), 0, "the form is closed");
  assert.equal(await chosen(into), "Work");

  const work = panel("ann").getByLabel("Work", { exact: true });
  assert.equal(await work.isChecked(), true);
  await work.press("Space");
  await panel("ann").getByText("Its events block no times.").waitFor();
  await panel("ann").getByText("Saved.", { exact: true }).waitFor();
  await moveTo(page, into, "No calendar");
  await page.getByText("Meetings are written into no calendar.").waitFor();
  assert.equal(await work.isChecked(), false, "it is kept");
  await work.press("Space");
  await panel("ann").getByText(CONNECTED).waitFor();
  // While a change is under way, nothing else is sent.
  await panel("ann").getByText("Saved.", { exact: true }).waitFor();

  await press(page.getByRole("button", { name: "Connect another calendar" }));
  await address.fill(calendars.url);
  await user.fill(CalendarServer.USER);
  await password.fill(CalendarServer.PASSWORD);
  await page.keyboard.press("Enter");
  await page.locator(".field-error", { hasText: "is connected already" }).waitFor();
  await user.fill(CalendarServer.OTHER.user);
  await password.fill(CalendarServer.OTHER.password);
  await page.keyboard.press("Enter");
  await panel("bob").waitFor();
  await status(CONNECTED).waitFor();
  assert.equal(await into.locator("optgroup").count(), 2);
  await moveTo(page, into, "Work");
  await moveTo(page, into, "Private");

  await press(panel("bob").getByRole("button", { name: "Check now" }));
  await panel("bob").getByText("Read a moment ago.").waitFor();
  await press(panel("bob").getByRole("button", { name: "Change sign-in" }));
  assert.equal(await user.inputValue(), CalendarServer.OTHER.user);
  assert.equal(await password.inputValue(), "", "it is never shown again");
  assert.deepEqual(await faultsOf(page, "two connected calendars"), []);
  await press(panel("bob").getByRole("button", { name: "Cancel" }));

  await disconnect(page, panel("bob"));
  await disconnect(page, panel("ann"));
  await none.waitFor();
  await page.getByRole("button", { name: "Connect", exact: true }).waitFor();
  assert.deepEqual(wrong.filter((line) => !line.includes("status of 422")), []);
  await context.close();
});
