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

test("working hours and capacity are set, kept, and what is wrong stands at its field", async () => {
  const context = await browser.newContext({ timezoneId: "Asia/Tokyo", viewport: { width: 1280, height: 800 } });
  const page = await signIn(context, knock);
  const wrong = complaints(page);
  await page.goto(`${knock.url}/app/settings/availability`);
  await page.getByText("You are active").waitFor();
  await page.getByLabel("Give me chats within my working hours only").check();
  assert.equal(await page.getByLabel("Time zone").inputValue(), "Asia/Tokyo", "that of the browser");
  assert.equal(await page.getByLabel("Monday, from 1").inputValue(), "09:00");
  await page.getByRole("button", { name: "Add hours on Saturday" }).click();
  await page.getByRole("button", { name: "Add hours on Saturday" }).click();
  assert.equal(await page.getByLabel("Saturday, from 2").inputValue(), "17:00", "after those that are there");
  await page.getByRole("button", { name: "Remove hours 1 of Tuesday" }).click();
  await page.getByLabel("Monday, from 1").fill("18:00");
  await page.getByLabel("Open chats at most").fill("4");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("group", { name: "Monday" }).getByText("hours end at or before their start").waitFor();
  await page.getByLabel("Monday, from 1").fill("08:30");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("Saved.", { exact: true }).waitFor();
  const { availability } = await own();
  const { zone, mon, tue, sat } = availability.hours;
  assert.deepEqual([zone, mon, tue, sat], ["Asia/Tokyo", [["08:30", "17:00"]], [], [["09:00", "17:00"], ["17:00", "24:00"]]]);
  assert.equal(availability.capacity, 4);
  await page.reload();
  assert.equal(await page.getByLabel("Saturday, to 2").inputValue(), "00:00");
  assert.equal(await page.getByLabel("Open chats at most").inputValue(), "4");
  await page.getByLabel("Away", { exact: true }).check();
  await page.getByLabel("Until").fill("2020-01-01T00:00");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("expected an instant to come").waitFor();
  await page.getByLabel("Until").fill("");
  await page.getByRole("button", { name: "Save" }).click();
  await until(own, ({ state }) => state === "away", "away");
  await page.getByRole("button", { name: "Away", exact: true, pressed: true }).waitFor();
  assert.deepEqual(await faultsOf(page, "availability"), []);
  // The browser notes each refusal of a field.
  assert.deepEqual(wrong.filter((line) => !line.includes("status of 422")), []);
  await context.close();
});
