// A visitor of the demo site who behaves as a buyer does.

export async function browseAndAskForDemo(page, url, email) {
  const nav = (name) => page.locator("#site-nav").getByRole("link", { name, exact: true }).click();
  await page.goto(`${url}/demo/`);
  await nav("Pricing");
  await page.waitForURL("**/pricing");
  await nav("Product");
  await page.waitForURL("**/product");
  await nav("Pricing");
  await page.waitForURL("**/pricing");
  await page.locator("header").getByRole("link", { name: "Book a demo" }).first().click();
  await page.waitForURL("**/contact");
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
  await page.waitForURL("**/app/live");
  return page;
}
