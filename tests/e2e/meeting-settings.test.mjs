// Settings > Meetings: how meetings are booked.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { complaints, launch } from "./support/browser.mjs";
import { Knock } from "./support/knock.mjs";
import { faultsOf } from "./support/screens.mjs";
import { signIn } from "./support/visitor.mjs";

let browser, knock;

before(async () => {
  browser = await launch();
  knock = await Knock.start();
});

after(async () => {
  await browser?.close();
  await knock?.stop();
});

const stored = () => knock.get("/api/v1/settings/meetings");

test("the settings of meetings are saved, and errors are shown at their field", async () => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await signIn(context, knock);
  const wrong = complaints(page);
  await page.goto(`${knock.url}/app/settings/meetings`);
  const length = page.getByLabel("Duration");
  await length.waitFor();
  assert.equal(await length.inputValue(), "30");
  assert.equal(await page.getByLabel("Minimum notice").inputValue(), "4", "hours");
  const save = () => page.getByRole("button", { name: "Save" }).click();

  await length.fill("45");
  await page.getByLabel("Slot interval (minutes)").fill("15");
  await page.locator(".field", { has: page.getByLabel("Minimum notice") }).getByLabel("Unit").selectOption({ label: "days" });
  await page.getByLabel("Daily limit per member").fill("51");
  await page.getByLabel("Location").fill("https://meet.acme.example/{{room}}");
  await save();
  await page.getByText("expected 1 to 50").waitFor();
  await page.getByLabel("Daily limit per member").fill("4");
  await save();
  await page.getByText("has {{room}}, which is none of").waitFor();
  await page.getByLabel("Location").fill("https://meet.acme.example/{{rep}}");
  await page.getByRole("button", { name: "Add a reminder" }).focus();
  await page.keyboard.press("Enter");
  await page.locator("#reminder-2:focus").waitFor();
  await save();
  await page.getByText("is there twice").waitFor();
  await page.getByLabel("Reminder 3", { exact: true }).fill("2");
  await page.getByLabel("Public holidays", { exact: true }).selectOption("GB");
  await page.getByLabel("Part of the country").selectOption("GB-SCT");
  await page.getByText("Offer slots of members whose calendar cannot be read").click();
  const changes = page.getByLabel("When a member moves or deletes a meeting in their own calendar");
  assert.equal(await changes.inputValue(), "apply");
  await changes.selectOption({ label: "Ask the owner of the meeting first" });
  await page.getByText("No mail server is set up: this has no effect.").waitFor();
  await page.getByText("Confirm first bookings by mail").click();
  await page.getByLabel("Domains that are never spam").fill("Partner.example\n\n0-mail.com");
  await save();
  await page.getByText("Saved.", { exact: true }).waitFor();

  const settings = await stored();
  assert.deepEqual(
    [settings.duration_min, settings.step_min, settings.notice_min, settings.max_per_day, settings.reminders_min],
    [45, 15, 4 * 1440, 4, [2880, 1440, 60]],
  );
  assert.deepEqual([settings.location, settings.holidays], ["https://meet.acme.example/{{rep}}", "GB-SCT"]);
  assert.equal(settings.unreachable_calendar, "offer");
  assert.equal(settings.calendar_changes, "ask");
  assert.equal(settings.confirm_first_bookings, true);
  assert.deepEqual(settings.never_spam, ["partner.example", "0-mail.com"]);
  assert.equal(await page.getByLabel("Reminder 1", { exact: true }).inputValue(), "2", "the longest first");

  await page.reload();
  await length.waitFor();
  assert.equal(await length.inputValue(), "45");
  assert.equal(await page.getByLabel("Minimum notice").inputValue(), "4", "days");
  assert.equal(await page.getByLabel("Part of the country").inputValue(), "GB-SCT");
  assert.equal(await changes.inputValue(), "ask");
  assert.deepEqual(await faultsOf(page, "meeting-settings"), []);
  await page.getByRole("button", { name: "Remove reminder 1" }).click();
  await page.locator("#add-reminder:focus").waitFor();
  await page.getByLabel("Daily limit per member").fill("");
  await page.getByLabel("Public holidays", { exact: true }).selectOption({ label: "None" });
  await save();
  await page.getByText("Saved.", { exact: true }).waitFor();
  const fewer = await stored();
  assert.deepEqual([fewer.reminders_min, fewer.max_per_day, fewer.holidays], [[1440, 60], undefined, undefined]);
  assert.deepEqual(wrong.filter((line) => !line.includes("status of 422")), []);
  await context.close();
});
