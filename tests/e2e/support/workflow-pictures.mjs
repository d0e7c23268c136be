// The screenshots of docs/workflows.md: a nudge for visitors of Pricing on the page, in the list, in the editor and in a
// dry run. `context(options, time)` makes a context whose clock runs from an instant, `picture(page, name, locator)`
// writes one.
import { Knock, until } from "./knock.mjs";
import { browseAndAskForDemo, signIn } from "./visitor.mjs";

/** A Monday morning in Berlin. */
const NOW = "2026-06-08T08:30:00Z";
const DESK = { width: 1120, height: 760 };
const TEMPLATE = "pricing-no-chat";
/** Further ones that are saved, the first of them switched on. */
const OTHERS = ["save-the-lead", "follow-up"];
/** The nudge of the template, and how long it waits. */
const TEXT = "Any questions about the plans?";
const DUE_MS = 20_000;
const STREAM = "/v1/visits/events";

/** Makes them all. */
export async function pictureWorkflows(context, picture) {
  const knock = await Knock.start({ named: false });
  const opened = (viewport = DESK) => context({ viewport }, NOW);
  try {
    await knock.setClock({ now: NOW });
    const { members } = await knock.get("/api/v1/members");
    await send(knock, "PATCH", `/api/v1/members/${members[0].id}`, { name: "Lena Ito" });
    await past(opened, knock);
    const id = await saved(knock);
    await nudged(opened, knock, picture);
    await team(opened, knock, id, picture);
  } finally {
    await knock.stop();
  }
}

async function send(knock, method, path, body) {
  const headers = { "content-type": "application/json", authorization: `Bearer ${knock.key}` };
  const reply = await fetch(knock.url + path, { method, headers, body: JSON.stringify(body) });
  if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status} ${await reply.text()}`);
  return reply.status === 204 ? undefined : reply.json();
}

/** Visitors from before there was a workflow: two of them view Pricing twice. */
async function past(opened, knock) {
  const ann = await (await opened()).newPage();
  await browseAndAskForDemo(ann, knock.url, "ann@hollis-freight.com");
  await until(() => knock.get("/api/v1/contacts"), ({ contacts }) => contacts.length === 1, "the contact");
  for (const times of [2, 1]) await views(await (await opened()).newPage(), knock, times);
}

/** A visitor views Pricing so many times; their id. */
async function views(page, knock, times) {
  let visitor;
  for (let view = 1; view <= times; view++) {
    const stream = page.waitForResponse((response) => new URL(response.url()).pathname === STREAM && response.status() === 200);
    await page.goto(`${knock.url}/demo/pricing`);
    await stream;
    visitor = await page.evaluate(() => localStorage.getItem("knock_v"));
    const seen = async () => (await knock.signals()).filter((one) => one.visitor === visitor && one.type === "page_view");
    await until(seen, ({ length }) => length === view, "the view is stored");
  }
  return visitor;
}

/** Saves workflows from templates; the id of the one that nudges. */
async function saved(knock) {
  const { templates } = await knock.get("/api/v1/workflows/templates");
  const save = async (key) => {
    const { id } = await send(knock, "POST", "/api/v1/workflows", templates.find((template) => template.key === key).draft);
    return id;
  };
  const id = await save(TEMPLATE);
  const [on] = [await save(OTHERS[0]), await save(OTHERS[1])];
  for (const one of [id, on]) await send(knock, "PUT", `/api/v1/workflows/${one}/state`, { enabled: true });
  return id;
}

/** The bubble on the page of a visitor. */
async function nudged(opened, knock, picture) {
  const page = await (await opened()).newPage();
  const visitor = await views(page, knock, 2);
  const row = async () => (await knock.get("/api/v1/visits")).visits.find((visit) => visit.visitor === visitor);
  await until(row, (found) => found?.contact, "they are in the workflow");
  await knock.setClock({ advance_ms: DUE_MS });
  await page.locator("knock-widget").getByText(TEXT).waitFor();
  await picture(page, "workflow-nudge");
}

/** The list, the editor with the open nudge, and the dry run. */
async function team(opened, knock, id, picture) {
  const page = await signIn(await opened(), knock);
  await page.goto(`${knock.url}/app/workflows`);
  await page.getByRole("article").nth(OTHERS.length).waitFor();
  await picture(page, "workflows");
  await page.setViewportSize({ width: 1280, height: 1500 });
  await page.goto(`${knock.url}/app/workflows/${id}`);
  await page.getByRole("list", { name: "Steps" }).getByRole("button", { name: /Show a bubble/, expanded: false }).click();
  await page.getByRole("group", { name: "Preview" }).first().waitFor();
  await picture(page, "workflow-editor");
  await page.getByRole("button", { name: "Run it dry" }).click();
  await page.getByText(/would have enrolled/).first().waitFor();
  await picture(page, "workflow-dry-run", page.getByRole("region", { name: "Dry run" }));
}
