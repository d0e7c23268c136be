// Requests and scripted responses of one site key.

const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

export class Inbox {
  /** Every request: `{at, text, url, headers, body, status}`, in the order of arrival. */
  batches = [];
  /** Violations of the contract in the requests. */
  faults = [];
  #script = [];
  #standing = 202;
  #waiting = new Set();

  constructor(key) {
    this.key = key;
  }

  /** Scripts the next responses in order; a function gets the body. */
  answer(...replies) {
    this.#script.push(...replies);
  }

  /** Scripts all responses from now on. */
  always(reply) {
    this.#script = [];
    this.#standing = reply;
  }

  receive(batch) {
    batch.body = JSON.parse(batch.text);
    this.#check(batch);
    const chosen = this.#script.shift() ?? this.#standing;
    const reply = typeof chosen === "function" ? chosen(batch.body) : chosen;
    batch.status = typeof reply === "number" ? reply : (reply.status ?? 0);
    this.batches.push(batch);
    for (const look of [...this.#waiting]) look();
    if (batch.status !== 202 || reply.body) return reply;
    const counts = { accepted: batch.body.signals.length, duplicate: 0, filtered: 0, rate_limited: 0, rejected: [] };
    return { ...(typeof reply === "object" && reply), status: 202, body: JSON.stringify(counts) };
  }

  /** The received signals, each once, in the order of their instants. */
  signals() {
    return distinct(this.batches);
  }

  /** The same, of successful requests. */
  accepted() {
    return distinct(this.batches.filter((batch) => batch.status >= 200 && batch.status < 300));
  }

  /** The requests with a signal. */
  attempts(id) {
    return this.batches.filter((batch) => batch.body.signals.some((signal) => signal.id === id));
  }

  named(name) {
    return this.signals().find((signal) => signal.name === name);
  }

  /** Resolves with `predicate(this)` as soon as it is truthy. */
  waitFor(predicate, what, ms = 30_000) {
    return new Promise((resolve, reject) => {
      const look = () => {
        const found = predicate(this);
        if (!found) return;
        clearTimeout(timer);
        this.#waiting.delete(look);
        resolve(found);
      };
      const timer = setTimeout(() => {
        this.#waiting.delete(look);
        reject(new Error(`${what} did not come; what did: ${this}`));
      }, ms);
      this.#waiting.add(look);
      look();
    });
  }

  /** Waits for a signal of this type, optionally of this name, form or label. */
  waitForSignal(type, word) {
    const is = (signal) => signal.type === type && (!word || [signal.name, signal.form, signal.text].includes(word));
    return this.waitFor((inbox) => inbox.signals().find(is), `${type} ${word ?? ""}`);
  }

  toString() {
    return JSON.stringify(this.batches.map(({ status, body }) => [status, ...body.signals.map(short)]));
  }

  #check({ text, headers, body }) {
    const bytes = Buffer.byteLength(text);
    const expect = (isSo, what) => isSo || this.faults.push(what);
    expect(body.v === 1, `v: ${body.v}`);
    expect(body.signals.length > 0 && body.signals.length <= 100, `${body.signals.length} signals in a batch`);
    expect(bytes < 60_000, `a batch of ${bytes} bytes`);
    expect(/^text\/plain\b/.test(headers["content-type"] ?? ""), `content type ${headers["content-type"]}`);
    expect(!headers.cookie, "cookies were sent");
    expect(ID.test(body.visitor) && ID.test(body.session), `visitor ${body.visitor}, session ${body.session}`);
    for (const signal of body.signals) {
      expect(ID.test(signal.id) && isTimeOf(signal.id, signal.at), `id ${signal.id} at ${signal.at}`);
      expect(Number.isInteger(signal.seq) && signal.seq > 0, `seq ${signal.seq} of ${signal.type}`);
    }
  }
}

/** One line for a signal, such as `page_view /docs` or `track fence`. */
export const short = ({ type, name, form, url }) => `${type} ${name ?? form ?? new URL(url).pathname}`;

/** `page_view` signals as path, query and fragment. */
export const views = (signals) =>
  signals.filter(({ type }) => type === "page_view").map(({ url }) => url.replace(/^\w+:\/\/[^/]+/, ""));

const isTimeOf = (id, at) => Math.abs(parseInt(id.replaceAll("-", "").slice(0, 12), 16) - at) <= 1;

function distinct(batches) {
  const found = new Map();
  for (const { body } of batches) for (const signal of body.signals) found.set(signal.id, signal);
  return [...found.values()].sort((a, b) => a.at - b.at || a.seq - b.seq);
}
