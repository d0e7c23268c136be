// The screenshots of docs/look.md: a site with a look of its own, in the settings, on its pages, on a hosted page and in
// a mail. `context(options, time)` makes a context whose clock runs from an instant, `picture(page, name)` writes one.
import { until, Knock } from "./knock.mjs";
import { dress } from "./look.mjs";
import { MailServer } from "./mail.mjs";
import { Site, snippet } from "./site.mjs";
import { signIn, writes } from "./visitor.mjs";

const NAME = "Brewlab";
/** A Monday morning in Berlin. */
const NOW = "2026-06-08T08:30:00Z";
const DESK = { width: 1120, height: 760 };
const PHONE = { width: 360, height: 720 };
const LOOK = {
  colour: "#8a3b12", scheme: "system", icon: "question", launcher_text: { en: "Ask a roaster" },
  title: { en: "Ask a roaster" }, subtitle: { en: "We roast, and we answer" },
  welcome: { en: "Beans, grinders or a wholesale order: what can we do for you?" },
  teaser: { text: { en: "New here? We help you to choose your first bag." }, pages: [], delay_s: 0 },
  privacy_url: "https://brewlab.example/privacy", form: { when: "never", fields: [] },
};
const STYLE = `body { margin: 0; font: 1rem/1.6 system-ui, sans-serif; color: #2b1d14; background: #fbf6ef }
header { display: flex; flex-wrap: wrap; gap: 0.5rem 1.5rem; align-items: center; padding: 1rem 2rem; background: #fff; border-block-end: 1px solid #eadfce }
header b { flex: 1 0 12rem; font-size: 1.25rem } main { max-width: 46rem; padding: 2rem } h1 { font-size: 2.25rem; line-height: 1.2 }
ul { display: grid; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); gap: 1rem; padding: 0; list-style: none }
li { padding: 1rem; background: #fff; border: 1px solid #eadfce; border-radius: 0.5rem } li b { display: block }`;
const BAGS = [["Sidama", "Ethiopia, floral"], ["Huila", "Colombia, caramel"], ["Nyeri", "Kenya, berries"]];
const BODY = `<header><b>${NAME}</b><span>Coffee</span><span>Grinders</span><span>Wholesale</span></header>
<main><h1>Coffee, roasted on Mondays</h1><p>Twelve single origins, sent on the day they leave the drum.</p>
<ul>${BAGS.map(([name, words]) => `<li><b>${name}</b>${words}</li>`).join("")}</ul></main>`;

/** Makes them all. */
export async function pictureLooks(context, picture) {
  const opened = (options) => context({ viewport: DESK, ...options }, NOW);
  const mail = await MailServer.start();
  const knock = await Knock.start({ env: { KNOCK_SMTP_URL: mail.url, KNOCK_SMTP_FROM: `${NAME} <hello@brewlab.example>` }, named: false });
  let site;
  try {
    await knock.setClock({ now: NOW });
    site = await Site.serve({});
    const key = await dressed(opened, knock, site.url);
    const head = `<meta name="viewport" content="width=device-width"><style>${STYLE}</style>${snippet(knock, key)}`;
    site.pages["/"] = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${NAME}</title>${head}</head><body>${BODY}</body></html>`;
    await settings(opened, knock, key, picture);
    await onSite(opened, site, picture);
    await hosted(opened, knock, picture);
    await mailed(opened, knock, mail, picture);
  } finally {
    await knock.stop();
    await site?.stop();
    mail.stop();
  }
}

/** The key of a site with the look and a logo, in place of the demo site. */
async function dressed(opened, knock, origin) {
  const headers = { authorization: `Bearer ${knock.key}` };
  const sends = async (method, path, type, body) => {
    const reply = await fetch(knock.url + path, { method, headers: { ...headers, "content-type": type }, body });
    if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status} ${await reply.text()}`);
    return reply;
  };
  const demo = await knock.siteKey();
  const made = await sends("POST", "/api/v1/sites", "application/json", JSON.stringify({ name: NAME, origins: [origin] }));
  const { key } = await made.json();
  await sends("DELETE", `/api/v1/sites/${demo}`, "application/json");
  await dress(knock, key, LOOK);
  const { members } = await knock.get("/api/v1/members");
  await sends("PATCH", `/api/v1/members/${members[0].id}`, "application/json", JSON.stringify({ name: "Lena Ito" }));
  const page = await (await opened()).newPage();
  await page.setContent(`<svg id="logo" width="160" height="48" viewBox="0 0 160 48"><circle cx="24" cy="24" r="20" fill="#8a3b12"/>
    <path d="M24 8c-9 9 9 18 0 32" stroke="#fff" stroke-width="4" fill="none"/>
    <text x="56" y="33" font-family="Georgia, serif" font-size="28" fill="#8a3b12">${NAME}</text></svg>`);
  const logo = await page.locator("#logo").screenshot({ omitBackground: true });
  await page.context().close();
  await sends("PUT", `/api/v1/sites/${key}/look/logo`, "image/png", logo);
  return key;
}

/** Settings > Look with its preview. */
async function settings(opened, knock, key, picture) {
  for (const [name, colorScheme] of [["look-settings", "light"], ["look-settings-dark", "dark"]]) {
    const page = await signIn(await opened({ colorScheme, viewport: { width: 1280, height: 860 } }), knock);
    await page.goto(`${knock.url}/app/settings/look?site=${key}`);
    await page.frameLocator("iframe").getByRole("button", { name: /^Ask a roaster/ }).waitFor();
    await page.getByRole("button", { name: "Open chat", exact: true }).click();
    await page.frameLocator("iframe").getByRole("log").getByText("What does it cost for a team of 40?").waitFor();
    await picture(page, name);
    await page.context().close();
  }
}

/** The chat on the pages of the site. */
async function onSite(opened, site, picture) {
  for (const [name, viewport] of [["look-site", DESK], ["look-site-phone", PHONE]]) {
    const page = await (await opened({ viewport })).newPage();
    await page.goto(site.url);
    const launcher = page.getByRole("button", { name: /^Ask a roaster/ });
    await launcher.waitFor();
    if (viewport === PHONE) {
      await page.getByText(LOOK.teaser.text.en).waitFor();
    } else {
      await launcher.click();
      await page.getByText(LOOK.welcome.en).waitFor();
      await writes(page, "Which beans for a moka pot?");
    }
    await picture(page, name);
    await page.context().close();
  }
}

/** The page of a Knock Link, with the times of a booking. */
async function hosted(opened, knock, picture) {
  const page = await (await opened()).newPage();
  await page.goto(`${knock.url}/l/meeting`);
  await page.getByLabel("E-mail address").fill("ann@northwind.example");
  await page.getByLabel("E-mail address").press("Enter");
  await page.getByRole("listitem").getByRole("button").first().waitFor();
  await picture(page, "look-page");
  await page.context().close();
}

/** The mail of a reply, as a mail program shows it. */
async function mailed(opened, knock, mail, picture) {
  const lead = await (await opened()).newPage();
  await lead.goto(`${knock.url}/l/chat`);
  await writes(lead, "Do you deliver to Leeds? I am ann@northwind.example");
  await lead.context().close();
  const { conversations } = await knock.get("/api/v1/conversations");
  const asked = conversations.find(({ contact }) => contact?.email === "ann@northwind.example");
  const page = await signIn(await opened(), knock);
  await page.goto(`${knock.url}/app/inbox/${asked.id}`);
  const field = page.getByRole("textbox", { name: "Message" });
  await field.fill("We do, every Tuesday. The first bag is on us.");
  await field.press("Enter");
  await until(() => knock.get(`/api/v1/conversations/${asked.id}`), ({ messages }) => messages.some(({ author }) => author === "rep"), "the reply");
  await knock.setClock({ advance_ms: 60_000 });
  await mail.to("ann@northwind.example", /replied to you$/);
  const { parts } = mail.taken.find(({ rcpt, headers }) =>
    rcpt.includes("ann@northwind.example") && headers.some(([name, value]) => /^subject$/i.test(name) && /replied to you$/.test(value)));
  await page.context().close();
  // Apart from the dashboard, whose policy forbids the styles of mails.
  const shown = await (await opened({ viewport: { width: 680, height: 520 } })).newPage();
  await shown.setContent(parts["text/html"], { waitUntil: "networkidle" });
  await picture(shown, "look-mail");
  await shown.context().close();
}
