// Visitors and members whose acts are made by the API, at the instants of the server's clock.
import { randomUUID } from "node:crypto";
import assert from "node:assert/strict";

const id = (at, rest) => {
  const hex = at.toString(16).padStart(12, "0");
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-${String(rest).padStart(12, "0")}`;
};

export class Visitors {
  /** Visitors of the demo site; what members do is done with the key of one. */
  static async of(knock, key) {
    const visitors = new Visitors();
    return Object.assign(visitors, { knock, key, site: await knock.siteKey() });
  }

  async now() {
    return (await this.knock.setClock({ advance_ms: 0 })).now_ms;
  }

  /** A request of a member, by default the one of the key. */
  async ask(method, path, body, more = {}) {
    return this.#send(method, path, body, { authorization: `Bearer ${this.key}`, ...more });
  }

  async #send(method, path, body, more = {}) {
    const headers = { "content-type": "application/json", origin: this.knock.url, ...more };
    const reply = await fetch(this.knock.url + path, { method, headers, body: JSON.stringify(body) });
    const text = await reply.text();
    assert.ok(reply.ok, `${path}: ${reply.status} ${text}`);
    return text ? JSON.parse(text) : undefined;
  }

  /** A page view of the visitor with a number, then a sent form and an address where they are given. */
  async visits(number, path, { email, form } = {}) {
    const at = await this.now();
    const url = this.knock.url + path;
    const signals = [];
    const add = (place, type, more) => signals.push({ id: id(at, 10 * number + place), at, type, url, seq: signals.length + 1, ...more });
    add(1, "page_view", { title: "A page" });
    if (form) add(4, "form_submit", { form, fields: ["email"] });
    if (email) add(5, "identify", { props: { email } });
    await this.#send("POST", "/v1/signals", { v: 1, site: this.site, ...this.#of(number), sent_at: at, signals });
  }

  /** The visitor and the session. */
  #of(number) {
    return { visitor: id(1_700_000_000_000, number), session: id(1_700_000_000_000, 100 + number) };
  }

  /** A message of a lead: the conversation. */
  async writes(number, text = "We need a quote for 200 people") {
    const { conversation, token } = await this.#send("POST", "/v1/chat", { site: this.site, ...this.#of(number) });
    const body = { id: id(await this.now(), 10 * number + 3), text };
    await this.#send("POST", `/v1/chat/${conversation}/messages`, body, { authorization: `Bearer ${token}` });
    return conversation;
  }

  /** A reply of the member of a key. With this header the server makes the id of the message, by its own clock. */
  async replies(conversation, key = this.key) {
    const more = { "idempotency-key": randomUUID(), authorization: `Bearer ${key}` };
    await this.ask("POST", `/api/v1/conversations/${conversation}/messages`, { text: "Here is your quote." }, more);
  }

  /** The first free time from tomorrow on is booked: the meeting, and its end. */
  async books(number, email, name) {
    const from = (await this.now()) + 24 * 3_600_000;
    const window = { from: new Date(from).toISOString(), to: new Date(from + 12 * 3_600_000).toISOString() };
    const query = new URLSearchParams({ link: "meeting", email, tz: "Europe/Berlin", ...window });
    const { slots } = await (await fetch(`${this.knock.url}/v1/meetings/slots?${query}`)).json();
    const [{ start, end }] = slots;
    const draft = { link: "meeting", ...this.#of(number), email, name, start, tz: "Europe/Berlin" };
    const { meeting } = await this.#send("POST", "/v1/meetings", draft);
    return { meeting, end };
  }
}
