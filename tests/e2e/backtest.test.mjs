// Settings > Backtest: rates with their intervals where there are enough outcomes, and who sees them.
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

test("a short history shows counts and says that it is too short", async () => {
  const page = await signIn(await browser.newContext(), knock);
  const found = complaints(page);
  await page.getByRole("link", { name: "Settings" }).click();
  await page.getByRole("navigation", { name: "Settings" }).getByRole("link", { name: "Backtest" }).click();
  await page.getByRole("heading", { name: "Backtest", level: 1 }).waitFor();
  await page.getByText("0 leads became Qualified or Rejected").waitFor();
  await page.getByText("Too few for a rate").waitFor();
  await page.getByText("not fitted to these outcomes").waitFor();
  const rows = page.getByRole("region", { name: "By intent score" }).getByRole("row");
  assert.deepEqual((await rows.allInnerTexts()).map((text) => text.split(/\s/)[0]), ["Intent", "High", "Medium", "Low"]);
  assert.deepEqual(found, []);
});

test("a long history shows rates, intervals and bars", async () => {
  const page = await signIn(await browser.newContext(), knock);
  const asked = [];
  const rate = { share: 0.5, low: 0.4718, high: 0.5282 };
  const known = { leads: 1200, qualified: 600, rate };
  const few = { leads: 9, qualified: 1, rate: null };
  const report = {
    from: 0,
    at: 1,
    all: { leads: 2409, qualified: 1201, rate },
    is_enough: true,
    buckets: [{ bucket: "High", outcomes: known }, { bucket: "Medium", outcomes: known }, { bucket: "Low", outcomes: few }],
    bands: [90, 80, 70, 60, 50, 40, 30, 20, 10, 0].map((from) => ({ from, to: from + 10, outcomes: from ? known : few })),
    too_old: 12,
    is_cut: true,
  };
  await page.route("**/api/v1/backtest*", (route) => {
    asked.push(new URL(route.request().url()).searchParams.get("days"));
    return route.fulfill({ json: report });
  });
  await page.goto(`${knock.url}/app/settings/backtest`);
  const high = page.getByRole("region", { name: "By intent score" }).getByRole("row").filter({ hasText: "High" });
  await high.waitFor();
  assert.match(await high.innerText(), /1,200\s+600\s+50\.0%\s+47\.2% to 52\.8%/);
  const fill = await high.locator(".rate-fill").evaluate((bar) => bar.offsetWidth / bar.parentElement.offsetWidth);
  assert.ok(Math.abs(fill - 0.5) < 0.02, `${fill}`);
  await page.getByText("Not counted: 12 earlier outcomes").waitFor();
  assert.deepEqual(await faultsOf(page, "backtest"), []);
  const again = page.waitForResponse(/days=90/);
  await page.getByLabel("Outcomes of").selectOption("90");
  await again;
  assert.deepEqual([...new Set(asked)], ["365", "90"]);
});
