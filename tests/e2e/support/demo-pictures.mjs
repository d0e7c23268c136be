// The screenshots of README.md and docs/tracker.md: a contact who has looked around on the demo site, and the chat there.
// `context(options, time)` makes a context whose clock runs from an instant, `picture(page, name)` writes one.
import { Knock, until } from "./knock.mjs";
import { browseAndAskForDemo, signIn, writes } from "./visitor.mjs";

const NOW = "2026-06-08T08:30:00Z";
const EMAIL = "ann@hollis-freight.example";
const SIZE = { width: 1280, height: 860 };

/** Makes them all. */
export async function pictureDemo(context, picture) {
  const knock = await Knock.start({ named: false });
  try {
    await knock.setClock({ now: NOW });
    const headers = { "content-type": "application/json", authorization: `Bearer ${knock.key}` };
    const { members } = await knock.get("/api/v1/members");
    const body = JSON.stringify({ name: "Lena Ito" });
    await fetch(`${knock.url}/api/v1/members/${members[0].id}`, { method: "PATCH", headers, body });
    await contact(context, knock, picture);
    await chat(context, knock, picture);
  } finally {
    await knock.stop();
  }
}

async function contact(context, knock, picture) {
  const visitor = await (await context({ viewport: SIZE }, NOW)).newPage();
  await browseAndAskForDemo(visitor, knock.url, EMAIL);
  const { contacts } = await until(() => knock.get(`/api/v1/contacts?q=${EMAIL}`), ({ contacts }) => contacts.length === 1, "the contact");
  await visitor.context().close();
  const page = await signIn(await context({ viewport: { ...SIZE, height: 1200 } }, NOW), knock);
  await page.goto(`${knock.url}/app/contacts/${contacts[0].id}`);
  await page.getByRole("heading", { name: "Why this score" }).waitFor();
  await page.getByText("Submitted the form").first().waitFor();
  await picture(page, "contact");
  await page.context().close();
}

async function chat(context, knock, picture) {
  const page = await (await context({ viewport: SIZE }, NOW)).newPage();
  await page.goto(`${knock.url}/demo/pricing`);
  await page.getByRole("button", { name: /^Open chat/ }).click();
  await writes(page, "We are 200 people and need a quote");
  const { conversations } = await knock.get("/api/v1/conversations");
  const rep = await signIn(await context({ viewport: SIZE }, NOW), knock);
  const { id } = conversations.find(({ contact }) => contact?.email !== EMAIL);
  await rep.goto(`${knock.url}/app/inbox/${id}`);
  const field = rep.getByRole("textbox", { name: "Message" });
  await field.fill("Happy to help. Do your invoices come by EDI or by mail?");
  await field.press("Enter");
  await page.getByRole("log").getByText("Happy to help.").waitFor();
  await picture(page, "chat");
}
