// Settings > Slack: connecting a workspace, choosing and testing its channel, failures and their repair.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { complaints, launch } from "./support/browser.mjs";
import { hasFocus } from "./support/focus.mjs";
import { Knock, until } from "./support/knock.mjs";
import { faultsOf } from "./support/screens.mjs";
import { Slack } from "./support/slack.mjs";
import { signIn } from "./support/visitor.mjs";

let browser, knock, slack;

before(async () => {
  [browser, slack] = await Promise.all([launch(), Slack.start()]);
  knock = await Knock.start({ env: { KNOCK_SLACK_API_URL: slack.api } });
});

after(async () => {
  await browser?.close();
  await knock?.stop();
  slack?.stop();
});

test("an admin connects a workspace with the keyboard alone, chooses a channel and repairs failures", async () => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await signIn(context, knock);
  const wrong = complaints(page);
  const settled = () => knock.get("/api/v1/slack");
  const field = (label) => page.getByLabel(label, { exact: true });
  await page.goto(`${knock.url}/app/settings/slack`);
  await page.getByText("Slack posts to https:// addresses on the public internet only").waitFor();
  const create = await page.getByRole("link", { name: "Create the app in Slack" }).getAttribute("href");
  assert.ok(create.startsWith("https://api.slack.com/apps?new_app=1&manifest_json="), create);
  assert.deepEqual(await faultsOf(page, "slack, not connected"), []);

  await field("Bot token").fill("xoxb-wrong");
  await field("Signing secret").fill(slack.seed.signing_secret);
  await page.keyboard.press("Enter");
  await page.getByText("does not accept").waitFor();
  assert.equal(await field("Bot token").getAttribute("aria-invalid"), "true");
  await field("Bot token").fill(slack.seed.token);
  await page.keyboard.press("Enter");
  await page.getByText("Connected. Choose the channel where chats are shown.").waitFor();
  await page.getByText("Acme", { exact: true }).waitFor();
  await hasFocus(page.locator("#slack-channel"));

  await field("Channel").selectOption({ label: "#leads, the bot joins it" });
  await field("Notes begin with").fill("note");
  await page.keyboard.press("Enter");
  await page.getByText("could begin an ordinary message").waitFor();
  await field("Notes begin with").fill("!!");
  await page.keyboard.press("Enter");
  await page.getByText("Saved.", { exact: true }).waitFor();
  const { monitoring_channel_name: name, note_mark: mark } = await settled();
  assert.deepEqual([name, mark], ["leads", "!!"]);
  // Once the bot has joined, the list says so.
  await page.locator("#slack-channel option", { hasText: /^#leads$/ }).waitFor({ state: "attached" });
  await page.getByRole("button", { name: "Send a test message" }).press("Enter");
  await page.getByText("The message was posted: look at the channel in Slack.").waitFor();
  assert.equal((await slack.messages()).length, 1);

  await until(settled, ({ users }) => users === 4, "the people are listed");
  await page.reload();
  await page.getByText("4 people in Slack, 0 members of this team").waitFor();
  await page.getByText("People of the workspace", { exact: true }).press("Enter");
  await page.getByText("No member here").first().waitFor();
  const people = page.getByRole("list", { name: "People of the workspace" }).getByRole("listitem");
  await page.getByRole("searchbox", { name: "Search people" }).fill("bob");
  await until(() => people.count(), (count) => count === 1, "only Bob is listed");
  await people.getByText("bob@acme.example").waitFor();
  await page.getByRole("searchbox", { name: "Search people" }).fill("nobody of that name");
  await page.getByText("No one is found.").waitFor();
  await page.getByRole("searchbox", { name: "Search people" }).fill("");
  await until(() => people.count(), (count) => count === 4, "all are listed");
  assert.deepEqual(await faultsOf(page, "slack, connected"), []);

  await page.getByRole("checkbox", { name: /^All of Slack may answer chats/ }).press("Space");
  await field("Only these e-mail domains").fill("acme");
  await page.keyboard.press("Enter");
  await page.getByText("acme is no domain").waitFor();
  await field("Only these e-mail domains").fill("acme.example");
  await page.keyboard.press("Enter");
  await page.getByText("Saved. Who is new becomes a member within minutes.").waitFor();
  assert.deepEqual((await settled()).everyone, { is_on: true, role: "rep", domains: ["acme.example"] });
  await until(settled, ({ users_matched: members }) => members === 3, "they are members");
  await page.reload();
  await page.getByText("People of the workspace", { exact: true }).press("Enter");
  await until(() => people.getByText("Invited", { exact: true }).count(), (count) => count === 3, "the list says so");
  assert.deepEqual(await faultsOf(page, "slack, everybody"), []);

  await page.goto(`${knock.url}/app/routing-rules/default_chat`);
  const own = page.getByLabel("Monitoring channel").first();
  await page.waitForFunction(() => document.querySelectorAll("#slack-channels option").length === 3);
  await own.fill("#sale");
  await page.getByText("Slack lists no such channel.").first().waitFor();
  assert.deepEqual(await faultsOf(page, "rule, an unknown channel"), []);
  await own.fill("#leads");
  await page.getByText("Slack lists no such channel.").first().waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Save" }).first().press("Enter");
  await page.getByText("Saved as version").waitFor();
  assert.equal((await knock.get("/api/v1/rules/default_chat/versions")).versions[0].rule.monitoring_channel, "#leads");
  await page.goto(`${knock.url}/app/settings/slack`);

  await slack.post("token", { state: "revoked" });
  await page.getByRole("button", { name: "Send a test message" }).press("Enter");
  await page.getByText("The message was not posted:").waitFor();
  const problems = page.getByRole("status", { name: "Problems" });
  await problems.getByText("Copy the bot token again").waitFor();
  assert.deepEqual(await faultsOf(page, "slack, token revoked"), []);
  await slack.post("token", { state: "valid" });
  await page.getByRole("button", { name: "Send a test message" }).press("Enter");
  await page.getByText("The message was posted").waitFor();
  await problems.getByText("Copy the bot token again").waitFor({ state: "detached" });

  await page.getByRole("button", { name: "Disconnect" }).press("Enter");
  const dialog = page.getByRole("dialog", { name: "Disconnect Slack?" });
  assert.deepEqual(await faultsOf(page, "slack, disconnecting"), []);
  await dialog.getByRole("button", { name: "Disconnect" }).press("Enter");
  await page.getByText("Disconnected. What was posted stays in Slack.").waitFor();
  assert.equal((await settled()).is_connected, false);
  assert.deepEqual(wrong.filter((line) => !line.includes("status of 422")), []);
  await context.close();
});
