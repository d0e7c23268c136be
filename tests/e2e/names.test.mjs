// Who one is: until a member has a name visitors read "Team"; then their name, title and picture, on every side.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { complaints, launch } from "./support/browser.mjs";
import { Knock } from "./support/knock.mjs";
import { faultsOf } from "./support/screens.mjs";
import { chatAs, signIn } from "./support/visitor.mjs";

const WIDE = { width: 1440, height: 900 };
const ANN = "ann@hollis-freight.com";
let browser, knock, rep, visitor;

before(async () => {
  browser = await launch();
  knock = await Knock.start({ named: false });
  visitor = await chatAs(browser, knock, ANN, "We need a quote for 200 people");
  rep = await signIn(await browser.newContext({ viewport: WIDE }), knock);
});

after(async () => {
  await browser?.close();
  await knock?.stop();
});

const log = () => visitor.getByRole("log");

async function reply(text) {
  const { conversations } = await knock.get("/api/v1/conversations");
  await rep.goto(`${knock.url}/app/inbox/${conversations[0].id}`);
  const field = rep.getByLabel("Message", { exact: true });
  await field.fill(text);
  await field.press("Enter");
  await log().getByText(text).waitFor();
}

/** A picture, drawn by the browser of the rep. */
async function drawn() {
  const url = await rep.evaluate(() => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 400, height: 300 });
    const brush = canvas.getContext("2d");
    brush.fillStyle = "#3c6e5a";
    brush.fillRect(0, 0, 400, 300);
    return canvas.toDataURL("image/png");
  });
  return { name: "me.png", mimeType: "image/png", buffer: Buffer.from(url.split(",")[1], "base64") };
}

test("a member without a name is the team for visitors, and is asked for a name", async () => {
  await rep.getByRole("form", { name: "Your name" }).waitFor();
  assert.deepEqual(await faultsOf(rep, "name-offer"), []);
  await rep.setViewportSize(WIDE);
  await reply("Hello, how can we help?");
  await log().locator(".entry-rep").getByText("Team", { exact: true }).waitFor();
  assert.doesNotMatch(await visitor.locator("body").innerText(), /localhost|Admin/);

  await rep.getByLabel("What is your name?").fill("Jana Müller");
  await rep.getByRole("form", { name: "Your name" }).getByRole("button", { name: "Save" }).click();
  await rep.getByRole("form", { name: "Your name" }).waitFor({ state: "detached" });
  await reply("A second try");
  await log().getByText("Jana Müller", { exact: true }).waitFor();
  await visitor.getByText("Jana Müller has joined the chat.").waitFor();
  await rep.reload();
  await rep.getByRole("log", { name: "Messages" }).getByText("Jana Müller").first().waitFor();
});

test("title and picture are set in Your account, and stand beside the messages", async () => {
  const wrong = complaints(rep);
  await rep.goto(`${knock.url}/app/settings/account`);
  await rep.getByLabel("Title", { exact: true }).fill("Account executive");
  await rep.getByRole("region", { name: "Name and picture" }).getByRole("button", { name: "Save" }).click();
  await rep.getByText("Saved.").waitFor();
  const chooser = rep.waitForEvent("filechooser");
  await rep.getByRole("button", { name: "Choose a picture" }).click();
  await (await chooser).setFiles(await drawn());
  await rep.getByText("Your picture is saved.").waitFor();
  assert.equal(await rep.locator(".portrait img").evaluate((image) => image.decode().then(() => image.naturalWidth)), 192);
  assert.deepEqual(await faultsOf(rep, "own-profile"), []);
  await rep.setViewportSize(WIDE);

  await reply("With a face now");
  const message = log().locator(".entry-rep").filter({ hasText: "With a face now" });
  await message.getByText("Account executive").waitFor();
  const face = visitor.locator(".head img.face");
  assert.equal(await face.evaluate((image) => image.decode().then(() => image.naturalWidth)), 192);
  if (process.env.KNOCK_SHOTS) await visitor.screenshot({ path: `${process.env.KNOCK_SHOTS}/names-widget.png` });
  assert.deepEqual(wrong, []);
});

test("an admin names a colleague in Team", async () => {
  await rep.goto(`${knock.url}/app/settings/team`);
  await rep.getByLabel("Email", { exact: true }).fill("bo@us.example");
  await rep.getByRole("button", { name: "Invite", exact: true }).click();
  await rep.getByRole("button", { name: "Name of bo@us.example" }).click();
  const dialog = rep.getByRole("dialog", { name: "Name and title" });
  await dialog.getByLabel("Name", { exact: true }).fill("bo@us.example");
  await dialog.getByRole("button", { name: "Save" }).click();
  await dialog.getByText(/is an e-mail address/).waitFor();
  await dialog.getByLabel("Name", { exact: true }).fill("Bo Lund");
  await dialog.getByLabel("Title", { exact: true }).fill("Solutions");
  await dialog.getByRole("button", { name: "Save" }).click();
  await dialog.waitFor({ state: "detached" });
  const line = rep.getByRole("list", { name: "Members" }).getByRole("listitem").filter({ hasText: "Bo Lund" });
  await line.getByText("Solutions · bo@us.example").waitFor();
  assert.deepEqual(await faultsOf(rep, "team-names"), []);
});
