// A visitor of the demo site who behaves as a buyer does.
import { until } from "./knock.mjs";

export async function browseAndAskForDemo(page, url, email) {
  // Who leaves a page before its tracker has started was not there.
  const isTracked = () => page.waitForFunction(() => window.isTracked);
  const nav = async (name) => {
    await isTracked();
    await page.locator("#site-nav").getByRole("link", { name, exact: true }).click();
  };
  await page.addInitScript(() => document.addEventListener("knock:ready", () => (window.isTracked = true)));
  await page.goto(`${url}/demo/`);
  await nav("Pricing");
  await page.waitForURL("**/pricing");
  await nav("Product");
  await page.waitForURL("**/product");
  await nav("Pricing");
  await page.waitForURL("**/pricing");
  await isTracked();
  await page.locator("header").getByRole("link", { name: "Book a demo" }).first().click();
  await page.waitForURL("**/contact");
  await isTracked();
  await page.fill("#contact [name=name]", "Ann Lee");
  await page.fill("#contact [name=email]", email);
  await page.fill("#contact [name=company]", "Hollis Freight");
  await page.selectOption("#contact [name=team_size]", { index: 1 });
  await page.fill("#contact [name=message]", "Please show us how it works.");
  await page.click("#contact [type=submit]");
  await page.waitForURL("**/thanks");
}

/** A page of the dashboard, signed in. */
export async function signIn(context, knock) {
  const page = await context.newPage();
  const link = knock.command("login-link").split("\n")[0];
  await page.goto(link);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL("**/app/home");
  return page;
}

/** A visitor of the demo site who is identified opens the chat and sends a message: their page. */
export async function chatAs(browser, knock, email, text, onceOpen = async () => {}) {
  const page = await (await browser.newContext()).newPage();
  await page.goto(`${knock.url}/demo/pricing`);
  await page.evaluate((address) => window.knock("identify", { email: address }), email);
  await until(() => knock.get(`/api/v1/contacts?q=${email}`), ({ contacts }) => contacts.length === 1, "they are a contact");
  await page.getByRole("button", { name: /^Open chat/ }).click();
  await onceOpen();
  await writes(page, text);
  return page;
}

/** Writes in the open chat of a visitor; the server has the message then, also if the page is closed at once. */
export async function writes(page, text) {
  const isTaken = (response) => response.ok() && response.request().postData()?.includes(JSON.stringify(text));
  const taken = page.waitForResponse(isTaken);
  await page.getByLabel("Message", { exact: true }).fill(text);
  await page.getByLabel("Message", { exact: true }).press("Enter");
  await page.getByRole("log").getByText(text).waitFor();
  await taken;
}
