// A scripted server: the built files of the tracker, and `/v1/signals` with scripted responses.
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { Handoffs } from "./handoffs.mjs";
import { Inbox } from "./inbox.mjs";

const WWW = "target/www";
const VERSION = "e2e";
const TYPES = { ".js": "text/javascript; charset=utf-8", ".css": "text/css", ".wasm": "application/wasm" };
const OPEN = { "access-control-allow-origin": "*", "cross-origin-resource-policy": "cross-origin" };

/** Which scenarios run with JavaScript too: `all` (as for a release), or one half of them, which changes every day. */
const HALF = process.env.KNOCK_ENGINES ?? String(Math.floor(Date.now() / 86_400_000) % 2);

/**
 * The engines of the tracker that the scenario of this number in its file runs with. JavaScript is the same module,
 * translated: what fails with it alone is rare, and fails on the next day.
 */
export function engines(number = 0) {
  const isTurn = HALF === "all" || String(number % 2) === HALF;
  return isTurn && existsSync(join(WWW, "engine.js")) ? ["wasm", "js"] : ["wasm"];
}

export class Collector {
  /** Requests with a CORS preflight: such requests are lost when the page ends. */
  preflights = 0;
  handoffs = new Handoffs();
  #inboxes = new Map();

  static async start() {
    const collector = new Collector();
    collector.server = createServer((request, response) => collector.#serve(request, response));
    await new Promise((resolve) => collector.server.listen(0, "127.0.0.1", resolve));
    collector.url = `http://127.0.0.1:${collector.server.address().port}`;
    return collector;
  }

  async stop() {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** The inbox of a new site key. */
  open() {
    const inbox = new Inbox(`site-${this.#inboxes.size + 1}`);
    this.#inboxes.set(inbox.key, inbox);
    return inbox;
  }

  #serve(request, response) {
    const { pathname } = new URL(request.url, "http://collector");
    if (pathname === "/v1/signals") return this.#receive(request, response);
    if (pathname.startsWith("/v1/handoffs")) return this.#handOver(pathname, request, response);
    const name = pathname.match(/^(?:\/t\/[^/]+)?\/([\w.-]+)$/)?.[1];
    const file = name && join(WWW, name);
    if (!file || !existsSync(file)) return response.writeHead(404, OPEN).end();
    response.writeHead(200, { ...OPEN, "content-type": TYPES[extname(file)] ?? "text/plain" });
    response.end(name === "k.js" ? readFileSync(file, "utf8").replaceAll("__V__", VERSION) : readFileSync(file));
  }

  async #handOver(path, request, response) {
    const [status, body] = this.handoffs.answer(path, JSON.parse(await read(request)));
    response.writeHead(status, { ...OPEN, "content-type": "application/json" }).end(JSON.stringify(body));
  }

  async #receive(request, response) {
    if (request.method === "OPTIONS") {
      this.preflights += 1;
      return response.writeHead(204, { ...OPEN, "access-control-allow-headers": "*" }).end();
    }
    const at = performance.now();
    const text = await read(request).catch(() => undefined);
    if (text === undefined) return; // Aborted: nothing has arrived.
    const inbox = this.#inboxes.get(text.match(/"site":"([^"]*)"/)?.[1]);
    if (!inbox) return response.writeHead(403, OPEN).end();
    answer(response, inbox.receive({ at, text, url: request.url, headers: request.headers }));
  }
}

async function read(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

/** Sends a reply: a status code, or `{status, headers, body, delay}`, or `"hang"`, or `"drop"`. */
function answer(response, reply) {
  if (reply === "hang") return;
  if (reply === "drop") return response.socket.destroy();
  const { status, headers, body = "", delay = 0 } = typeof reply === "number" ? { status: reply } : reply;
  const expose = { "access-control-expose-headers": "retry-after" };
  setTimeout(() => response.writeHead(status, { ...OPEN, ...expose, ...headers }).end(body), delay).unref();
}
