// Settings > Look: a site gets a look, which a preview shows before it is saved.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { violationsOf } from "./support/axe.mjs";
import { complaints, launch } from "./support/browser.mjs";
import { Knock, until } from "./support/knock.mjs";
import { faultsOf } from "./support/screens.mjs";
import { signIn } from "./support/visitor.mjs";

const PNG = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");
let browser, knock, page, wrong, sites;
const asked = [];

before(async () => {
  browser = await launch();
  knock = await Knock.start();
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  page = await signIn(context, knock);
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  wrong = complaints(page);
  ({ sites } = await knock.get("/api/v1/sites"));
});

after(async () => {
  await browser?.close();
  await knock?.stop();
});

const frame = () => page.frameLocator("iframe");
const stored = () => knock.get(`/api/v1/sites/${sites[0].key}/look`);
const save = () => page.getByRole("button", { name: "Save", exact: true }).click();
const saved = () => page.getByRole("status").getByText("Saved.", { exact: true }).waitFor();
const launcherColour = () => frame().locator(".launcher").evaluate((button) => getComputedStyle(button).backgroundColor);

test("the preview shows unsaved changes, and errors are at their fields", async () => {
  await page.goto(`${knock.url}/app/settings/look`);
  await frame().getByRole("button", { name: /^Open chat/ }).waitFor();
  await page.getByLabel("Colour", { exact: true }).fill("#ffe600");
  await page.getByText("Warning: Contrast with a light page: 1.2 to 1, below 3 to 1.").waitFor();
  await until(launcherColour, (colour) => colour === "rgb(255, 230, 0)", "the launcher is yellow");
  await page.getByLabel("Title", { exact: true }).fill("Ask Hollis");
  await page.getByRole("button", { name: "Open chat" }).click();
  await frame().getByRole("log").getByText("What does it cost for a team of 40?").waitFor();
  await frame().getByText("Ask Hollis").first().waitFor();
  await page.getByLabel("Title", { exact: true }).press("End");
  await page.keyboard.type(" & Grant");
  await frame().getByText("Ask Hollis & Grant").first().waitFor();
  assert.equal(await page.getByLabel("Title", { exact: true }).inputValue(), "Ask Hollis & Grant", "the preview takes no keys");

  await page.getByLabel("Colour", { exact: true }).fill("yellow");
  await save();
  await page.locator(".field-wrong", { has: page.getByLabel("Colour", { exact: true }) }).waitFor();
  await page.getByText("Not saved: see the fields with an error.").waitFor();
  assert.deepEqual(await stored().then(({ colour, title }) => [colour, title]), ["", {}], "nothing is saved yet");
  assert.deepEqual(asked.filter((path) => path.startsWith("/v1/")), [], "the preview reaches no server");
});

test("a look is saved in two languages, with a word of its own, and reset", async () => {
  await page.getByLabel("Colour", { exact: true }).fill("#0b6e4f");
  await page.getByLabel("Texts in").selectOption({ label: "German" });
  await page.getByLabel("Title", { exact: true }).fill("Frag Hollis");
  await frame().getByText("Frag Hollis").first().waitFor();
  await page.getByLabel("Texts in").selectOption({ label: "English" });
  await page.getByLabel("Search all texts").fill("write a message");
  await page.getByLabel("Write a message…").fill("Ask us anything…");
  await page.getByLabel("Show a bubble above the launcher").check();
  await page.getByLabel("Text of the bubble").fill("Questions about freight?");
  await page.getByLabel("Play a sound").uncheck();
  await page.getByLabel("On phones").check();
  await page.getByLabel("When it is asked").selectOption("Before the first message");
  await page.getByRole("button", { name: "Add a field" }).click();
  await page.getByLabel("Offer the chat by mail").check();
  await page.getByText("No mail server is set up, so it is not offered.").waitFor();
  assert.deepEqual(await violationsOf(page, { hasFrame: true }), []);

  await page.getByRole("link", { name: "Tags", exact: true }).click();
  await page.getByRole("dialog").getByText("Leave without saving?").waitFor();
  await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
  await save();
  await saved();
  const look = await stored();
  assert.deepEqual([look.colour, look.title], ["#0b6e4f", { de: "Frag Hollis", en: "Ask Hollis & Grant" }]);
  assert.deepEqual(look.words, { en: { "chat.write": "Ask us anything…" } });
  assert.deepEqual([look.teaser.text.en, look.hidden.devices], ["Questions about freight?", ["phone"]]);
  assert.deepEqual([look.form.when, look.form.fields.length, look.transcript], ["before", 2, true]);
  assert.deepEqual([look.reply_sound, look.reply_title], [false, true]);
  assert.equal((await knock.get("/api/v1/conversations")).conversations.length, 0);

  const logo = page.getByRole("group", { name: "Logo", exact: true });
  await logo.locator("input[type=file]").setInputFiles({ name: "logo.png", mimeType: "image/png", buffer: PNG });
  await page.getByText("The picture is saved.").waitFor();
  await logo.getByRole("button", { name: "Remove the logo" }).click();
  assert.notEqual((await stored()).logo, "", "it asks first");
  await page.getByRole("dialog", { name: "Remove the logo?" }).getByRole("button", { name: "Remove" }).click();
  await page.getByText("The picture is removed.").waitFor();
  assert.equal((await stored()).logo, "");

  await page.getByRole("button", { name: "Reset to Knock’s look" }).click();
  assert.deepEqual(await violationsOf(page, { hasFrame: true }), []);
  await page.getByRole("dialog").getByRole("button", { name: "Reset" }).click();
  await page.getByText("The look is that of Knock again.").waitFor();
  assert.deepEqual((await stored()).title, {});
  assert.equal(await page.getByLabel("Title", { exact: true }).inputValue(), "");
  assert.deepEqual(await faultsOf(page, "look", { hasFrame: true }), []);
  assert.deepEqual(wrong.filter((line) => !line.includes("status of 422")), []);
});
