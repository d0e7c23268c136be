// A scripted booking server in front of the real one: `/v1/meetings` and `/v1/bookings` for the pages of a context.
import { randomUUID } from "node:crypto";
import { until } from "./knock.mjs";

const MINUTE = 60_000;
const PROBLEM = "application/problem+json";

/** An instant by the clock of a zone, with its offset: `2026-11-01T01:00:00-04:00`. */
export function localTime(at, zone) {
  const parts = new Intl.DateTimeFormat("sv-SE", {
    timeZone: zone, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", second: "2-digit",
  }).formatToParts(at);
  const of = (type) => parts.find((part) => part.type === type).value;
  const clock = `${of("year")}-${of("month")}-${of("day")}T${of("hour")}:${of("minute")}:${of("second")}`;
  const ahead = Math.round((Date.parse(`${clock}Z`) - at) / MINUTE);
  const two = (number) => String(number).padStart(2, "0");
  const [sign, minutes] = ahead < 0 ? ["-", -ahead] : ["+", ahead];
  return `${clock}${sign}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

const written = (at) => new Date(at).toISOString().replace(".000Z", "Z");

export const heading = (page, name) => page.getByRole("heading", { name, exact: true });

/** Walks from the link to the times. */
export async function toSlots(page, url, email = "grace@navy.example") {
  await page.goto(`${url}/l/meeting`);
  await page.getByLabel("E-mail address").fill(email);
  await page.getByRole("button", { name: "Continue" }).click();
}

/** Shows the month of an instant, in English: the first month with a time is shown at first. */
export async function showMonth(page, at, zone) {
  const name = new Intl.DateTimeFormat("en-US", { month: "long", year: "numeric", timeZone: zone }).format(at);
  const shown = () => page.locator("#knock-month").innerText();
  for (let steps = 0; (await shown()) !== name && steps < 12; steps++) {
    const before = await shown();
    const isLater = Date.parse(`1 ${before} UTC`) < Date.parse(`1 ${name} UTC`);
    await page.getByRole("button", { name: isLater ? "Next month" : "Previous month" }).click();
    await until(shown, (now) => now !== before, "another month");
  }
}

/** Chooses a slot by its start, in London. */
export async function choose(page, at) {
  const zone = "Europe/London";
  const write = (options) => new Intl.DateTimeFormat("en-GB", { timeZone: zone, ...options }).format(at);
  await showMonth(page, at, zone);
  await page.getByRole("gridcell").getByRole("button", { name: write({ weekday: "long", day: "numeric", month: "long", year: "numeric" }), exact: true }).click();
  const time = write({ hour: "numeric", minute: "2-digit" });
  await page.getByRole("listitem").getByRole("button", { name: time }).first().click();
}

export class Bookings {
  /**
   * Answers for all pages of a context; `slots` are instants, `confirms` whether bookings wait for a link in a mail,
   * `meant` the addresses that are probably meant by mistyped ones, `isMailed` whether mail is set up.
   */
  static async serve(context, { slots, verdicts = {}, started = {}, state = {}, confirms = false, meant = {}, isMailed = true }) {
    const bookings = new Bookings();
    const sorted = [...slots].sort((a, b) => a - b);
    Object.assign(bookings, { slots: sorted, verdicts, started, duration: 30 * MINUTE, state, confirms, meant, isMailed });
    bookings.asked = [];
    bookings.answered = new Map();
    bookings.isDown = false;
    // The server answers 404 to a token that it has not signed: the page of a booking stands in for that of the meeting.
    await context.route(/\/m\/TOKEN$/, async (route) => {
      const page = await route.fetch({ url: new URL("/l/meeting", route.request().url()).href });
      const body = (await page.text()).replace('data-link="meeting" data-meeting=""', 'data-link="" data-meeting="TOKEN"');
      await route.fulfill({ response: page, body });
    });
    for (const path of ["meetings", "bookings"]) {
      await context.route(new RegExp(`/v1/${path}(/|\\?|$)`), (route) => bookings.#answer(route));
    }
    return bookings;
  }

  /** The bodies that were sent to a path. */
  sent(path) {
    return this.asked.filter((one) => one.path === path).map(({ body }) => body);
  }

  async #answer(route) {
    const request = route.request();
    const url = new URL(request.url());
    const text = request.postData();
    const body = text ? JSON.parse(text) : undefined;
    const key = request.headers()["idempotency-key"];
    this.asked.push({ path: url.pathname, body, key, query: Object.fromEntries(url.searchParams), method: request.method(),
      token: request.headers().authorization });
    if (this.isDown) return route.abort("connectionrefused");
    const [code, json] = this.#decide(url, body, key);
    if (code === 204) return route.fulfill({ status: 204 });
    await route.fulfill({ status: code, contentType: code < 400 ? "application/json" : PROBLEM, body: JSON.stringify(json) });
  }

  #decide(url, body, key) {
    switch (url.pathname) {
      case "/v1/meetings/open":
        return [201, { title: "Acme", duration_min: 30, is_mailed: this.isMailed, ...this.started }];
      case "/v1/meetings/email":
        if (this.meant[body.email] && !body.email_is_right) return this.#doubted(this.meant[body.email]);
        return [200, { verdict: "ok", duration_min: 30, ...this.verdicts[body.email] }];
      case "/v1/meetings/slots":
        return [200, this.#list(url.searchParams)];
      case "/v1/meetings/holds":
        return this.#hold(body);
      case "/v1/meetings":
        return this.#book(body, key);
      case "/v1/meetings/activity":
        return [204];
      default:
        return this.#manage(url, body);
    }
  }

  #list(query) {
    const [from, to, tz] = [Date.parse(query.get("from")), Date.parse(query.get("to")), query.get("tz")];
    const next = this.slots.find((at) => at >= to);
    return {
      verdict: "ok", duration_min: 30, with: ["Ada"], tz, is_unreachable: false,
      slots: this.slots.filter((at) => at >= from && at < to).map((at) => this.#slot(at, tz)),
      ...(next && { next: localTime(next, tz) }),
    };
  }

  #slot(at, tz) {
    return { start: written(at), end: written(at + this.duration), local: localTime(at, tz) };
  }

  #taken(at, tz) {
    const slots = this.slots.filter((slot) => slot !== at).slice(0, 20).map((slot) => this.#slot(slot, tz));
    return [409, { type: "about:blank", title: "The slot is taken", status: 409, detail: "", slots }];
  }

  #doubted(suggestion) {
    const errors = [{ pointer: "/email", reason: "looks mistyped" }];
    return [422, { type: "urn:knock:problem:did-you-mean", title: "The address looks mistyped", status: 422, detail: "", errors, suggestion }];
  }

  /** Another visitor books a slot. */
  take(at) {
    this.slots = this.slots.filter((slot) => slot !== at);
  }

  #hold({ start, tz }) {
    const at = Date.parse(start);
    if (!this.slots.includes(at)) return this.#taken(at, tz);
    return [201, { hold: randomUUID(), start, end: written(at + this.duration), expires_at: written(Date.now() + 5 * MINUTE) }];
  }

  #book({ start, tz, email, name }, key) {
    if (this.answered.has(key)) return this.answered.get(key);
    const at = Date.parse(start);
    if (!this.slots.includes(at)) return this.#taken(at, tz);
    if (this.confirms) return [202, { email, start, end: written(at + this.duration), expires_at: written(Date.now() + 30 * MINUTE) }];
    this.take(at);
    this.meeting = { id: randomUUID(), at, tz, email, name, state: "booked", can_change: true };
    const answer = [201, this.#shown()];
    this.answered.set(key, answer);
    return answer;
  }

  #shown() {
    const { id, at, tz, email, name, state, can_change } = this.meeting;
    return {
      meeting: id, state, start: written(at), end: written(at + this.duration), local: localTime(at, tz), tz,
      owner: "ada@example.com", with: ["Ada"], title: "Acme and Grace", location: "https://meet.example.com/x", email, name,
      workspace: "Acme", can_change, is_mailed: this.isMailed, manage: "/m/TOKEN", token: "TOKEN",
    };
  }

  #manage(url, body) {
    const [, , , token, what] = url.pathname.split("/");
    if (token !== "TOKEN" || !this.meeting) return [404, { type: "about:blank", title: "Not found", status: 404 }];
    const gone = [410, { type: "about:blank", title: "Too late", status: 410 }];
    if (what === "slots") return [200, this.#list(url.searchParams)];
    if (what === "reschedule") {
      const at = Date.parse(body.start);
      if (!this.meeting.can_change) return gone;
      if (!this.slots.includes(at)) return this.#taken(at, this.meeting.tz);
      this.slots = [...this.slots, this.meeting.at].filter((slot) => slot !== at).sort((a, b) => a - b);
      this.meeting.at = at;
    }
    if (what === "cancel") {
      if (!this.meeting.can_change) return gone;
      Object.assign(this.meeting, { state: "cancelled", can_change: false });
    }
    return [200, this.#shown()];
  }
}
