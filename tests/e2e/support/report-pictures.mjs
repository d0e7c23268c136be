// The screenshots of docs/reports.md and docs/home.md: four weeks of a team of two, with a goal, and this morning.
// `context(options, time)` makes a context whose clock runs from an instant, `picture(page, name, locator)` writes one.
import { Knock } from "./knock.mjs";
import { keyOfAdmin } from "./reports.mjs";
import { signIn } from "./visitor.mjs";
import { Visitors } from "./visitors.mjs";

/** A Monday, at half past eleven in Berlin. */
const NOW = "2026-06-08T09:30:00Z";
const ZONE = "Europe/Berlin";
const [MINUTE, HOUR, DAY] = [60_000, 3_600_000, 24 * 3_600_000];
const TEAM = { maya: "Maya Chen", tom: "Tom Baker" };
const DAYS = 27;
const PATHS = [
  "/pricing?utm_source=g2&utm_campaign=spring",
  "/product?utm_source=google&utm_campaign=brand",
  "/blog?utm_source=newsletter&utm_campaign=june",
  "/pricing",
];
/** The hours of leads on a working day, in Berlin; on some days only the first ones. */
const HOURS = [10, 11, 9, 14, 12, 16, 15, 19];
/** Minutes until a rep answers; 0 is never. */
const ANSWERS = [1, 2, 5, 1, 9, 3, 0, 2, 4, 1, 14];

/** Makes them all. */
export async function pictureReports(context, picture) {
  const env = { KNOCK_CHAT_OPENS_PER_IP: "0", KNOCK_INGEST_BYTES_PER_IP: "0" };
  const knock = await Knock.start({ named: false, env });
  try {
    const begin = Date.parse(NOW) - DAYS * DAY;
    await knock.setClock({ now: new Date(begin - HOUR).toISOString() });
    const visitors = await Visitors.of(knock, keyOfAdmin(knock));
    const keys = await team(context, visitors);
    await past(visitors, keys, begin);
    await knock.setClock({ now: NOW });
    await visitors.ask("PUT", "/api/v1/report-goals", { goals: [{ metric: "first_reply_median", value: 3 }] });
    await pictures(await signIn(await context({ viewport: { width: 1280, height: 1500 } }, NOW), knock), knock, picture);
  } finally {
    await knock.stop();
  }
}

/** Two reps, who get all chats by turns within their hours: their keys. */
async function team(context, visitors) {
  const { knock } = visitors;
  const day = [["09:00", "17:00"]];
  const hours = { zone: ZONE, mon: day, tue: day, wed: day, thu: day, fri: day };
  for (const name of Object.keys(TEAM)) {
    const { invitation } = await visitors.ask("POST", "/api/v1/members", { email: `${name}@acme.example`, role: "rep" });
    const page = await (await context({}, NOW)).newPage();
    await page.goto(invitation);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.waitForURL("**/app/home");
    await page.context().close();
  }
  const { members } = await knock.get("/api/v1/members");
  const keys = [];
  for (const { id, email } of members) {
    const short = email.split("@")[0];
    await visitors.ask("PATCH", `/api/v1/members/${id}`, { name: TEAM[short] ?? "Lena Ito" });
    await visitors.ask("PUT", `/api/v1/members/${id}/availability`, { hours });
    if (TEAM[short]) keys.push(knock.command("api-key", "create", "--role", "rep", "--member", email).trim());
  }
  const pool = members.filter(({ email }) => TEAM[email.split("@")[0]]).map(({ id }) => id);
  const rule = { name: "Website", funnel: "chat", segments: [], fallback: { assign: { pool } } };
  await visitors.ask("PUT", "/api/v1/rules/default_chat", rule);
  return keys;
}

/** The leads of every working day up to this morning; those of an evening are answered the morning after. */
async function past(visitors, keys, begin) {
  const clock = (at) => visitors.knock.setClock({ now: new Date(at).toISOString() });
  let [number, left] = [0, []];
  for (let day = 0; day <= DAYS; day++) {
    const date = new Date(begin + day * DAY);
    // Berlin is two hours ahead in summer.
    const midnight = date.setUTCHours(0, 0, 0, 0) - 2 * HOUR;
    const weekday = date.getUTCDay();
    if (weekday === 0 || weekday === 6) continue;
    if (left.length > 0) await clock(midnight + 9 * HOUR + 5 * MINUTE);
    for (const one of left.splice(0)) await visitors.replies(one, keys[0]);
    for (const hour of HOURS.slice(0, 4 + ((weekday + day) % 5)).sort((a, b) => a - b)) {
      number += 1;
      const at = midnight + hour * HOUR + (10 + (number % 4) * 7) * MINUTE;
      if (at > Date.parse(NOW) - 20 * MINUTE) continue;
      await clock(at);
      await visitors.visits(number, PATHS[number % PATHS.length], { email: `lead${number}@company${number}.com` });
      const conversation = await visitors.writes(number);
      const minutes = ANSWERS[number % ANSWERS.length];
      if (hour >= 17) left.push(conversation);
      else if (minutes > 0) {
        await visitors.knock.setClock({ advance_ms: minutes * MINUTE });
        await visitors.replies(conversation, keys[number % keys.length]);
      }
    }
  }
}

/** A report with its goal, the hours of the week, and Home of a manager. */
async function pictures(page, knock, picture) {
  await page.goto(`${knock.url}/app/reports/response?group=rep&metric=first_reply_median`);
  await page.getByRole("table").getByRole("rowheader", { name: "Total" }).waitFor();
  await page.getByText(/^Goal: /).first().waitFor();
  await picture(page, "reports");
  await page.goto(`${knock.url}/app/reports/routing?group=week_hour&metric=decisions`);
  const map = page.getByRole("region", { name: "Rows" });
  await map.getByRole("table").waitFor();
  await picture(page, "reports-hours", map);
  await page.setViewportSize({ width: 1280, height: 1500 });
  await page.goto(`${knock.url}/app/home`);
  const today = page.getByRole("region", { name: "Today", exact: true });
  await today.getByText(/usual/).first().waitFor();
  await picture(page, "home-team");
}
