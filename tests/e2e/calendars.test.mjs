// A member connects a calendar: errors are shown at their field, choices are saved, and it can be disconnected.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { complaints, launch } from "./support/browser.mjs";
import { CalendarServer } from "./support/calendar.mjs";
import { Knock } from "./support/knock.mjs";
import { faultsOf } from "./support/screens.mjs";
import { signIn } from "./support/visitor.mjs";

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

test("a member connects, chooses and disconnects a calendar with the keyboard alone", async () => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await signIn(context, knock);
  const wrong = complaints(page);
  await page.goto(`${knock.url}/app/settings/calendars`);
  await page.getByText("No calendar is connected.").first().waitFor();
  const [address, user, password] = ["Address", "User", "Password"].map((label) => page.getByLabel(label, { exact: true }));
  await address.fill(calendars.url);
  await user.fill(CalendarServer.USER);
  await password.fill("another");
  await page.keyboard.press("Enter");
  await page.getByText("is not accepted there").waitFor();
  assert.equal(await password.getAttribute("aria-invalid"), "true");
  assert.deepEqual(await faultsOf(page, "a calendar that is refused"), []);
  await password.fill(CalendarServer.PASSWORD);
  await page.keyboard.press("Enter");
  await page.getByText("Connected. Its events block times that can be booked.").first().waitFor();
  assert.equal(await password.inputValue(), "", "it is never shown again");
  assert.equal(await page.getByLabel("Work").isChecked(), true);
  const into = page.getByLabel("Write meetings into");
  assert.equal(await into.evaluate((list) => list.selectedOptions[0].textContent), "Work");
  await into.selectOption("");
  await page.getByRole("button", { name: "Save", exact: true }).focus();
  await page.keyboard.press("Enter");
  await page.getByText("Saved. The calendar was read a moment ago.").waitFor();
  await page.reload();
  await into.waitFor();
  assert.equal(await into.inputValue(), "", "it is kept");
  assert.deepEqual(await faultsOf(page, "a connected calendar"), []);
  await page.getByRole("button", { name: "Disconnect" }).focus();
  await page.keyboard.press("Enter");
  await page.getByText("Disconnected.").waitFor();
  await page.getByRole("button", { name: "Connect", exact: true }).waitFor();
  assert.deepEqual(wrong.filter((line) => !line.includes("status of 422")), []);
  await context.close();
});
