// A rep sets when they take chats: with the button of every page, and on the page of settings.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { complaints, launch } from "./support/browser.mjs";
import { Knock, until } from "./support/knock.mjs";
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

const own = async () => (await knock.get("/api/v1/reps")).reps[0];

test("a rep goes away and comes back with one click, on every page", async () => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await signIn(context, knock);
  const wrong = complaints(page);
  const button = page.getByRole("button", { name: "Active", exact: true });
  await button.focus();
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Away", exact: true, pressed: true }).waitFor();
  assert.equal((await own()).state, "away");
  await page.goto(`${knock.url}/app/settings/team`);
  await page.getByRole("list", { name: "Members" }).getByText("Away", { exact: true }).waitFor();
  await page.getByRole("button", { name: "Away", exact: true }).click();
  await page.getByRole("button", { name: "Active", exact: true, pressed: false }).waitFor();
  assert.equal((await own()).state, "active");
  assert.deepEqual(wrong, []);
  await context.close();
});

test("working hours and capacity are saved, and errors are shown at their field", async () => {
  const context = await browser.newContext({ timezoneId: "Asia/Tokyo", viewport: { width: 1280, height: 800 } });
  const page = await signIn(context, knock);
  const wrong = complaints(page);
  await page.goto(`${knock.url}/app/settings/availability`);
  await page.getByText("You are active").waitFor();
  const hours = page.getByLabel("I have working hours");
  assert.ok(await hours.isChecked(), "the first admin has hours");
  assert.ok(await page.getByLabel("Meetings only").isChecked());
  await hours.uncheck();
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("Saved.", { exact: true }).waitFor();
  await page.reload();
  await hours.check();
  assert.equal(await page.getByLabel("Time zone", { exact: true }).inputValue(), "Asia/Tokyo", "that of the browser");
  await page.getByLabel("Chats and meetings").check();
  assert.equal(await page.getByLabel("Monday, from 1").inputValue(), "09:00");
  await page.getByRole("button", { name: "Add hours on Saturday" }).click();
  await page.getByRole("button", { name: "Add hours on Saturday" }).click();
  assert.equal(await page.getByLabel("Saturday, from 2").inputValue(), "17:00", "after those that are there");
  await page.getByRole("button", { name: "Remove hours 1 of Tuesday" }).click();
  await page.getByLabel("Monday, from 1").fill("18:00");
  await page.getByLabel("Active chats at most").fill("4");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("group", { name: "Monday" }).getByText("hours end at or before their start").waitFor();
  await page.getByLabel("Monday, from 1").fill("08:30");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("Saved.", { exact: true }).waitFor();
  const { availability } = await own();
  const { zone, mon, tue, sat } = availability.hours;
  assert.deepEqual([zone, mon, tue, sat], ["Asia/Tokyo", [["08:30", "17:00"]], [], [["09:00", "17:00"], ["17:00", "24:00"]]]);
  assert.equal(availability.capacity, 4);
  await page.getByRole("button", { name: "Copy to all days the hours of Monday" }).click();
  assert.equal(await page.getByLabel("Wednesday, from 1").inputValue(), "08:30");
  assert.equal(await page.getByLabel("Tuesday, from 1").count(), 0, "a free day stays free");
  await page.getByRole("status").getByText("Unsaved changes").waitFor();
  await page.getByRole("link", { name: "Calendars" }).click();
  await page.getByRole("dialog", { name: "Leave without saving?" }).getByRole("button", { name: "Cancel" }).click();
  await page.getByRole("button", { name: "Discard" }).click();
  assert.equal(await page.getByLabel("Wednesday, from 1").inputValue(), "09:00");
  await page.reload();
  assert.equal(await page.getByLabel("Saturday, to 2").inputValue(), "00:00");
  assert.equal(await page.getByLabel("Active chats at most").inputValue(), "4");
  await page.getByLabel("Away", { exact: true }).check();
  await page.getByLabel("Until").fill("2020-01-01T00:00");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("expected an instant to come").waitFor();
  await page.getByLabel("Until").fill("");
  await page.getByRole("button", { name: "Save" }).click();
  await until(own, ({ state }) => state === "away", "away");
  await page.getByRole("button", { name: "Away", exact: true, pressed: true }).waitFor();
  assert.deepEqual(await faultsOf(page, "availability"), []);
  // The browser logs each refusal of a field.
  assert.deepEqual(wrong.filter((line) => !line.includes("status of 422")), []);
  await context.close();
});

test("dates with other hours, public holidays and travel are saved, and refused at their line", async () => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await signIn(context, knock);
  const wrong = complaints(page);
  const set = () => {
    const headers = { "content-type": "application/json" };
    const body = JSON.stringify({ holidays: "DE-BY" });
    return fetch("/api/v1/settings/meetings", { method: "PUT", headers, body }).then(({ status }) => status);
  };
  assert.equal(await page.evaluate(set), 200);
  await page.goto(`${knock.url}/app/settings/availability`);
  await page.getByLabel("I have working hours").waitFor();
  if (!(await page.getByLabel("I have working hours").isChecked())) await page.getByLabel("I have working hours").check();
  const save = async () => page.getByRole("button", { name: "Save" }).click();

  // By keyboard: a new date gets the focus, and removing it returns the focus to the button.
  await page.getByRole("button", { name: "Add a date" }).focus();
  await page.keyboard.press("Enter");
  await page.locator("#other-date-0:focus").waitFor();
  await page.getByRole("button", { name: "Add a date" }).click();
  await page.locator("#other-date-1:focus").waitFor();
  await page.getByLabel("Date 1", { exact: true }).and(page.locator("input")).fill("2027-05-17");
  await page.getByLabel("Date 2", { exact: true }).and(page.locator("input")).fill("2027-05-17");
  await page.getByRole("button", { name: "Add hours on date 2" }).click();
  await page.getByLabel("Date 2, to 1").fill("12:00");
  await save();
  await page.getByRole("group", { name: "Date 2" }).getByText("is there twice").waitFor();
  await page.getByLabel("Date 2", { exact: true }).and(page.locator("input")).fill("2027-05-18");

  await page.getByRole("button", { name: "Add travel" }).click();
  await page.locator("#travel-from-0:focus").waitFor();
  await page.getByLabel("Travel 1, first day").fill("2027-06-02");
  await page.getByLabel("Travel 1, last day").fill("2027-06-01");
  await page.getByLabel("Travel 1, time zone").fill("America/New_York");
  await save();
  await page.getByRole("group", { name: "Travel 1" }).getByText("the last date is before the first").waitFor();
  await page.getByLabel("Travel 1, last day").fill("2027-06-04");

  const holidays = page.getByLabel("Public holidays", { exact: true });
  await holidays.getByRole("option", { name: "As in the workspace (Germany, Bayern)" }).waitFor({ state: "attached" });
  await page.getByRole("list", { name: "The next public holidays:" }).getByRole("listitem").first().waitFor();
  await holidays.selectOption("none");
  await page.getByRole("list", { name: "The next public holidays:" }).waitFor({ state: "detached" });
  await holidays.selectOption("AT");
  const next = await page.evaluate(async () => {
    const today = new Date().toISOString().slice(0, 10);
    const years = [0, 1].map((more) => new Date().getFullYear() + more);
    const answers = years.map(async (year) => (await fetch(`/api/v1/holidays/AT?year=${year}`)).json());
    const all = (await Promise.all(answers)).flatMap(({ holidays }) => holidays);
    return all.find(({ date }) => date > today).name;
  });
  await page.getByRole("list", { name: "The next public holidays:" }).getByText(next).first().waitFor();
  // The list is drawn anew when its holidays of this year and the next have come; until then what stands below moves.
  const listed = page.waitForResponse((response) => response.url().endsWith(`/holidays/AT-9?year=${new Date().getFullYear() + 1}`));
  await page.getByLabel("Part of the country").selectOption("AT-9");
  await listed;
  await page.getByRole("list", { name: "The next public holidays:" }).getByRole("listitem").first().waitFor();
  await save();
  await page.getByText("Saved.", { exact: true }).waitFor();
  const { availability } = await own();
  assert.deepEqual(availability.overrides, [
    { date: "2027-05-17", ranges: [] },
    { date: "2027-05-18", ranges: [["09:00", "12:00"]] },
  ]);
  assert.deepEqual(availability.travel, [{ from: "2027-06-02", to: "2027-06-04", zone: "America/New_York" }]);
  assert.equal(availability.holidays, "AT-9");

  await page.reload();
  await page.getByLabel("Date 2, to 1").waitFor();
  assert.equal(await page.getByLabel("Date 2, to 1").inputValue(), "12:00");
  // The lists of countries and of their parts follow the page.
  await until(() => holidays.inputValue(), (country) => country === "AT");
  await until(() => page.getByLabel("Part of the country").inputValue(), (part) => part === "AT-9");
  assert.deepEqual(await faultsOf(page, "availability-dates"), []);
  await page.getByRole("button", { name: "Remove date 1" }).click();
  await page.locator("#add-date:focus").waitFor();
  await save();
  await page.getByText("Saved.", { exact: true }).waitFor();
  assert.deepEqual((await own()).availability.overrides.map(({ date }) => date), ["2027-05-18"]);
  assert.deepEqual(wrong.filter((line) => !line.includes("status of 422")), []);
  await context.close();
});
