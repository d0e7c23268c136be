// Leads of known figures, made by the API, and what the API says of a report.
import { randomUUID } from "node:crypto";
import assert from "node:assert/strict";

const [MINUTE, DAY] = [60_000, 24 * 3_600_000];
const id = (at, rest) => {
  const hex = at.toString(16).padStart(12, "0");
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-${String(rest).padStart(12, "0")}`;
};

/** Of ann, bo, cy (who is spam), dee (who looks only) and eve (who does not write). */
export const FUNNEL = { visitors: 5, leads: 3, wrote: 2, answered: 2, qualified: 1, booked: 1, held: 1, deals: 1 };

export class Leads {
  /**
   * Makes them, three days ago by the clock of the machine, so that browsers and the server mean the same days. Ann
   * (source `g2`, campaign `spring`) is answered within two minutes, has a deal and a meeting that took place; Bo
   * (`news`, `autumn`) is answered after three.
   */
  static async make(knock) {
    const leads = new Leads();
    leads.knock = knock;
    leads.key = knock.command("api-key", "create", "--role", "admin", "--member", "admin@localhost").trim();
    leads.site = await knock.siteKey();
    await knock.setClock({ advance_ms: -3 * DAY });
    const hours = [["00:00", "24:00"]];
    const week = Object.fromEntries(["mon", "tue", "wed", "thu", "fri", "sat", "sun"].map((day) => [day, hours]));
    await leads.#ask("PUT", "/api/v1/availability", { hours: { zone: "Europe/Berlin", ...week } });
    await leads.#visits(1, "/pricing?utm_source=g2&utm_campaign=spring", "ann@hollis-freight.com");
    await leads.#visits(2, "/blog?utm_source=news&utm_campaign=autumn", "bo@orbit-pay.com");
    await leads.#visits(3, "/pricing?utm_source=g2&utm_campaign=spring", "cy@spam-mail.com");
    await leads.#visits(4, "/blog?utm_source=news&utm_campaign=autumn");
    await leads.#visits(5, "/blog?utm_source=news&utm_campaign=autumn", "eve@alpha-trade.com");
    const [ann, bo, cy] = [await leads.#writes(1), await leads.#writes(2), await leads.#writes(3)];
    await leads.#ask("POST", `/api/v1/conversations/${cy}/actions`, "mark_spam");
    await knock.setClock({ advance_ms: MINUTE });
    await leads.#replies(ann);
    await knock.setClock({ advance_ms: 2 * MINUTE });
    await leads.#replies(bo);
    await leads.#ask("POST", `/api/v1/conversations/${ann}/actions`, "open_deal");
    await leads.#meets(1, "ann@hollis-freight.com");
    return leads;
  }

  async now() {
    return (await this.knock.setClock({ advance_ms: 0 })).now_ms;
  }

  /** A request of the member. */
  async #ask(method, path, body, more = {}) {
    return this.#send(method, path, body, { authorization: `Bearer ${this.key}`, ...more });
  }

  async #send(method, path, body, more = {}) {
    const headers = { "content-type": "application/json", origin: this.knock.url, ...more };
    const reply = await fetch(this.knock.url + path, { method, headers, body: JSON.stringify(body) });
    const text = await reply.text();
    assert.ok(reply.ok, `${path}: ${reply.status} ${text}`);
    return text ? JSON.parse(text) : undefined;
  }

  /** A page view, and an address where one is given. */
  async #visits(number, path, email) {
    const at = await this.now();
    const url = this.knock.url + path;
    const signals = [{ id: id(at, 10 * number + 1), at, type: "page_view", url, title: "A page", seq: 1 }];
    if (email) signals.push({ id: id(at, 10 * number + 2), at, type: "identify", url, seq: 2, props: { email } });
    await this.#send("POST", "/v1/signals", { v: 1, site: this.site, ...this.#of(number), sent_at: at, signals });
  }

  /** The visitor and the session. */
  #of(number) {
    return { visitor: id(1_795_000_000_000, number), session: id(1_795_000_000_000, 100 + number) };
  }

  /** The first message of a lead: the conversation. */
  async #writes(number) {
    const { conversation, token } = await this.#send("POST", "/v1/chat", { site: this.site, ...this.#of(number) });
    const body = { id: id(await this.now(), 10 * number + 3), text: "We need a quote for 200 people" };
    await this.#send("POST", `/v1/chat/${conversation}/messages`, body, { authorization: `Bearer ${token}` });
    return conversation;
  }

  /** With this header the server makes the id of the message, by its own clock. */
  async #replies(conversation) {
    const key = { "idempotency-key": randomUUID() };
    await this.#ask("POST", `/api/v1/conversations/${conversation}/messages`, { text: "Here is your quote." }, key);
  }

  /** A meeting of the next days, which takes place. */
  async #meets(number, email) {
    const from = (await this.now()) + DAY;
    const window = { from: new Date(from).toISOString(), to: new Date(from + DAY / 2).toISOString() };
    const query = new URLSearchParams({ link: "meeting", email, tz: "Europe/Berlin", ...window });
    const { slots } = await (await fetch(`${this.knock.url}/v1/meetings/slots?${query}`)).json();
    const [{ start, end }] = slots;
    const { meeting } = await this.#send("POST", "/v1/meetings", {
      link: "meeting", ...this.#of(number), email, name: "Ann Lee", start, tz: "Europe/Berlin",
    });
    await this.knock.setClock({ now: new Date(Date.parse(end) + MINUTE).toISOString() });
    await this.#ask("PATCH", `/api/v1/meetings/${meeting}`, { took_place: true });
  }
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
