// The score of a contact over time: as a chart, as a table, and as of an instant.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { complaints, launch, requests } from "./support/browser.mjs";
import { Knock, until } from "./support/knock.mjs";
import { faultsOf } from "./support/screens.mjs";
import { browseAndAskForDemo, signIn } from "./support/visitor.mjs";

const DAY = 86_400_000;

let browser, knock, contact, early;

before(async () => {
  browser = await launch();
  knock = await Knock.start();
  const visitor = await (await browser.newContext()).newPage();
  await browseAndAskForDemo(visitor, knock.url, "ann@hollis-freight.com");
  const named = ({ contacts }) => contacts[0]?.intent.bucket === "High";
  const { contacts } = await until(() => knock.get("/api/v1/contacts"), named, "the contact");
  contact = contacts[0];
  early = (await knock.setClock({ advance_ms: DAY })).now_ms;
  await knock.setClock({ advance_ms: 20 * DAY });
});

after(async () => {
  await browser?.close();
  await knock?.stop();
});

const course = (page) => page.getByRole("region", { name: "Score over time" });

/** The number of colours in the chart: an empty canvas has one. */
const colours = (page) =>
  course(page)
    .locator("canvas")
    .evaluate((canvas) => {
      const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
      return new Set(new Uint32Array(data.buffer)).size;
    });

test("only the record loads the chart, which shows the score with the signals that changed it", async () => {
  const page = await signIn(await browser.newContext({ viewport: { width: 1280, height: 900 } }), knock);
  const found = complaints(page);
  const loaded = [];
  page.on("request", (request) => request.url().endsWith("/dashboard.chart.js") && loaded.push(request.url()));
  await page.goto(`${knock.url}/app/contacts`);
  await page.getByText("ann@hollis-freight.com").first().waitFor();
  assert.deepEqual(loaded, []);
  await page.getByRole("link", { name: "Ann Lee" }).click();
  await course(page).locator("canvas").waitFor();
  assert.equal(loaded.length, 1);
  assert.ok((await colours(page)) > 5);

  // The mark of the form has a tooltip.
  const { causes } = await knock.get(`/api/v1/contacts/${contact.id}/score`);
  const form = causes.find(({ type }) => type === "form_submit");
  const box = await course(page).locator(".u-over").boundingBox();
  const texts = new Set();
  for (let x = 0; x < 40; x += 2) {
    await page.mouse.move(box.x + x, box.y + box.height * (1 - form.score / 100));
    texts.add(await page.locator(".chart-tip").textContent());
  }
  const wanted = `Form submit, Demo/Contact sales, /demo/contact: +${form.points.toFixed(1)} points`;
  assert.ok(texts.has(wanted), [wanted, ...texts].join("\n"));
  assert.deepEqual(found, []);
});

/** The samples, and the changes between them. */
const lines = ({ samples, changes }) =>
  samples.length + changes.filter((change) => samples.every((sample) => sample.at !== change.at)).length;

test("the table has the same as the chart, also by keyboard", async () => {
  const page = await signIn(await browser.newContext(), knock);
  // The answers that the page draws: one asked for beside it has other instants.
  const answers = [];
  page.on("response", (response) => response.url().includes(`${contact.id}/score`) && answers.push(response));
  await page.goto(`${knock.url}/app/contacts/${contact.id}`);
  const button = course(page).getByRole("button", { name: "Show as table" });
  await button.press("Enter");
  const rows = course(page).getByRole("table").getByRole("row");
  const drawn = async () => ({ texts: await rows.allInnerTexts(), shown: await answers.at(-1)?.json() });
  const isWhole = ({ texts, shown }) => shown && texts.length === 1 + lines(shown);
  const { texts, shown } = await until(drawn, isWhole, "a row of each sample and change");
  const form = texts.find((text) => text.includes("Form submit"));
  const cause = shown.causes.find(({ type }) => type === "form_submit");
  assert.ok(form.includes(`+${cause.points.toFixed(1)} points`) && form.includes(cause.score.toFixed(1)), form);
  assert.ok(texts.some((text) => text.includes("High to Medium, as earlier activity faded")), texts.join("\n"));
  assert.deepEqual(await faultsOf(page, "score"), []);
  const again = page.waitForRequest(/score\?days=30/);
  await course(page).getByLabel("Time shown").selectOption("30");
  await again;
});

test("as of an instant the chart ends there, and without the library the table remains", async () => {
  const page = await signIn(await browser.newContext(), knock);
  const asked = requests(page, `/api/v1/contacts/${contact.id}/score`);
  await page.route("**/dashboard.chart.js", (route) => route.abort());
  await page.goto(`${knock.url}/app/contacts/${contact.id}?at=${early}`);
  await course(page).getByText("The chart could not be loaded. The table has the same.").waitFor();
  assert.equal(new URL(asked[0].url()).searchParams.get("at"), String(early));
  await course(page).getByRole("button", { name: "Show as table" }).click();
  const { contact: then } = await knock.get(`/api/v1/contacts/${contact.id}?at=${early}`);
  const newest = course(page).getByRole("table").getByRole("row").nth(1);
  assert.ok((await newest.innerText()).includes(then.intent.score.toFixed(1)));
});

test("the chart follows new signals, the colours and the width of the page", async () => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await signIn(context, knock);
  await page.goto(`${knock.url}/app/contacts/${contact.id}`);
  const canvas = course(page).locator("canvas");
  await canvas.waitFor();
  const wide = await canvas.evaluate((canvas) => canvas.width);
  await page.setViewportSize({ width: 360, height: 740 });
  await until(() => canvas.evaluate((canvas) => canvas.width), (width) => width < wide / 2, "a narrow chart");
  const picture = () => canvas.evaluate((canvas) => canvas.toDataURL());
  const light = await picture();
  await page.emulateMedia({ colorScheme: "dark" });
  await until(picture, (now) => now !== light, "a dark chart");
  const summary = course(page).locator(".chart-summary");
  const before = await summary.innerText();
  const visitor = await context.newPage();
  await browseAndAskForDemo(visitor, knock.url, "ann@hollis-freight.com");
  await until(() => summary.innerText(), (text) => text !== before, "the new score");
});
