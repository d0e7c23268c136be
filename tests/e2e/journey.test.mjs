// The main job: from browsing a site with the snippet to a live, scored timeline.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { after, before, test } from "node:test";
import { complaints, launch } from "./support/browser.mjs";
import { Knock, until } from "./support/knock.mjs";
import { browseAndAskForDemo, signIn } from "./support/visitor.mjs";

const EMAIL = "ann@hollis-freight.com";
/** Milliseconds until a signal is on every screen. */
const SOON = 2_000;
let browser, knock;

before(async () => {
  browser = await launch();
  knock = await Knock.start();
});

after(async () => {
  await browser?.close();
  await knock?.stop();
});

/** Records in the page when each line of the live view appeared. */
function watchLive(page) {
  return page.evaluate(() => {
    window.seen = [];
    const note = () => window.seen.push({ at: Date.now(), text: document.querySelector("main").innerText });
    new MutationObserver(note).observe(document.querySelector("main"), { childList: true, subtree: true, characterData: true });
  });
}

test("a visitor's journey is on the dashboard at once, scored and explained", async () => {
  const team = await signIn(await browser.newContext(), knock);
  const teamComplaints = complaints(team);
  await team.goto(`${knock.url}/app/live?show=signals`);
  await team.getByText("No signals yet").waitFor();
  await watchLive(team);

  const visitor = await (await browser.newContext()).newPage();
  const visitorComplaints = complaints(visitor);
  await browseAndAskForDemo(visitor, knock.url, EMAIL);
  const signals = await until(() => knock.signals(), (signals) => signals.some((signal) => signal.url.endsWith("/thanks")), "the last page view");

  const of = (type) => signals.filter((signal) => signal.type === type).map((signal) => [new URL(signal.url).pathname, signal.category]);
  assert.deepEqual(of("page_view"), [
    ["/demo/", "Home/Other"],
    ["/demo/pricing", "Pricing"],
    ["/demo/product", "Product"],
    ["/demo/pricing", "Pricing"],
    ["/demo/contact", "Demo/Contact sales"],
    ["/demo/thanks", "Home/Other"],
  ]);
  assert.ok(of("cta").some(([path, category]) => path === "/demo/pricing" && category === "Demo/Contact sales"), JSON.stringify(of("cta")));
  assert.deepEqual(of("form_start"), [["/demo/contact", "Demo/Contact sales"]]);
  assert.deepEqual(of("form_submit"), [["/demo/contact", "Demo/Contact sales"]]);
  assert.equal(of("identify").length, 1);

  // Every signal was in the live view, with its category, within two seconds.
  await until(() => team.evaluate(() => document.querySelector("main").innerText), (text) => text.includes("/demo/thanks"), "the last line");
  const seen = await team.evaluate(() => window.seen);
  for (const path of ["/demo/", "/demo/pricing", "/demo/product", "/demo/contact", "/demo/thanks"]) {
    const signal = signals.find((signal) => signal.type === "page_view" && new URL(signal.url).pathname === path);
    const first = seen.find(({ text }) => text.includes(path) && text.includes(signal.category));
    assert.ok(first && first.at - signal.at < SOON, `${path}: ${first && first.at - signal.at} ms`);
  }
  assert.deepEqual(visitorComplaints, []);

  // The person and the company.
  await team.getByRole("link", { name: "Contacts", exact: true }).click();
  await team.getByRole("link", { name: "Ann Lee" }).first().click();
  const main = team.locator("main");
  await main.getByText("Submitted the form").waitFor();
  const text = await main.innerText();
  for (const part of ["hollis-freight.com", "High", "Buying", "Why this score", "Demo/Contact sales"]) {
    assert.ok(text.includes(part), `${part} in ${text}`);
  }
  await team.getByRole("link", { name: "Accounts", exact: true }).click();
  await team.getByRole("link", { name: "hollis-freight.com" }).first().click();
  await main.getByText("Submitted the form").waitFor();
  assert.deepEqual(teamComplaints, []);
});

test("score and contributions are those of the domain alone", async () => {
  const { contacts } = await knock.get("/api/v1/contacts");
  const at = contacts[0].intent.at;
  // Later signals are not in that score.
  const all = await knock.get(`/api/v1/timeline?contact=${contacts[0].id}&limit=200&at=${at}`);
  // On a slow machine a page is visible for a second, which is sent but scores nothing: an engagement counts from 30 s.
  const entries = all.entries.filter(({ visible_ms }) => visible_ms === null || visible_ms >= 30_000);
  const instant = (ms) => new Date(ms).toISOString();
  const document = { now: instant(at), signals: entries.map(({ id, at, type, category }) => ({ id, at: instant(at), type, category })) };
  const answer = JSON.parse(execFileSync(process.env.KNOCK_BIN ?? "target/debug/knock", ["explain", "intent"], { input: JSON.stringify(document) }));
  assert.equal(answer.score, contacts[0].intent.score);
  assert.equal(answer.bucket, contacts[0].intent.bucket);
  for (const [index, entry] of entries.entries()) {
    assert.ok(Math.abs(entry.points - answer.contributions[index].points) <= 0.011, JSON.stringify(entry));
  }
});

test("days later the bucket has dropped at its due instant, and the page explains it", async () => {
  const team = await signIn(await browser.newContext(), knock);
  const { contacts } = await knock.get("/api/v1/contacts");
  const due = contacts[0].intent.next_change_at;
  await knock.setClock({ now: new Date(due + 3_600_000).toISOString() });
  const record = await knock.get(`/api/v1/contacts/${contacts[0].id}`);
  assert.deepEqual(record.changes.at(-1), { at: due, from: "High", to: "Medium", signal: null });
  await team.goto(`${knock.url}/app/contacts/${contacts[0].id}`);
  await team.getByText("falls to Low").waitFor();
  assert.ok(await team.locator(`time[datetime="${new Date(due).toISOString()}"]`).count(), "the due instant stands on the page");
});
