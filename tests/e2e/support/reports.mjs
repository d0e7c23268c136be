// Leads of known figures, made by the API, and what the API says of a report.
import { Visitors } from "./visitors.mjs";

const [MINUTE, DAY] = [60_000, 24 * 3_600_000];
const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
/** At any time of any day. */
export const ALWAYS = { zone: "Europe/Berlin", ...Object.fromEntries(DAYS.map((day) => [day, [["00:00", "24:00"]]])) };
const G2 = "/pricing?utm_source=g2&utm_campaign=spring";
const NEWS = "/blog?utm_source=news&utm_campaign=autumn";

/** Of ann, bo, cy (who is spam), dee (who looks only) and eve (who does not write). */
export const FUNNEL = { visitors: 5, leads: 3, wrote: 2, answered: 2, qualified: 1, booked: 1, held: 1, deals: 1 };

/** Of the member of the first start, who answers everything at any time. */
export const keyOfAdmin = (knock) => knock.command("api-key", "create", "--role", "admin", "--member", "admin@localhost").trim();

/**
 * Makes leads, three days ago by the clock of the machine, so that browsers and the server mean the same days. Ann
 * (source `g2`, campaign `spring`) is answered within two minutes, has a deal and a meeting that took place; Bo (`news`,
 * `autumn`) is answered after three.
 */
export async function makeLeads(knock) {
  const leads = await Visitors.of(knock, keyOfAdmin(knock));
  await knock.setClock({ advance_ms: -3 * DAY });
  await leads.ask("PUT", "/api/v1/availability", { hours: ALWAYS });
  await leads.visits(1, G2, { email: "ann@hollis-freight.com" });
  await leads.visits(2, NEWS, { email: "bo@orbit-pay.com" });
  await leads.visits(3, G2, { email: "cy@spam-mail.com" });
  await leads.visits(4, NEWS);
  await leads.visits(5, NEWS, { email: "eve@alpha-trade.com" });
  const [ann, bo, cy] = [await leads.writes(1), await leads.writes(2), await leads.writes(3)];
  await leads.ask("POST", `/api/v1/conversations/${cy}/actions`, "mark_spam");
  await knock.setClock({ advance_ms: MINUTE });
  await leads.replies(ann);
  await knock.setClock({ advance_ms: 2 * MINUTE });
  await leads.replies(bo);
  await leads.ask("POST", `/api/v1/conversations/${ann}/actions`, "open_deal");
  const { meeting, end } = await leads.books(1, "ann@hollis-freight.com", "Ann Lee");
  await knock.setClock({ now: new Date(Date.parse(end) + MINUTE).toISOString() });
  await leads.ask("PATCH", `/api/v1/meetings/${meeting}`, { took_place: true });
}

/** What the API says of a report, by the same query as the page. */
export const reportOf = (knock, name, query = {}) => knock.get(`/api/v1/reports/${name}?${new URLSearchParams(query)}`);

/** The value of a metric in a list of values. */
export const valueOf = (report, values, metric) => values[report.columns.findIndex(({ name }) => name === metric)];

/** The lines of a CSV file, as lists of cells. */
export function linesOf(text) {
  const cell = /("(?:[^"]|"")*"|[^,\r\n]*)(,|\r\n|$)/gy;
  const lines = [[]];
  for (const [, raw, end] of text.replace(/^\uFEFF/, "").matchAll(cell)) {
    lines.at(-1).push(raw.startsWith('"') ? raw.slice(1, -1).replaceAll('""', '"') : raw);
    if (end === "\r\n") lines.push([]);
    else if (end === "") break;
  }
  return lines.filter((line) => line.join("") !== "");
}
