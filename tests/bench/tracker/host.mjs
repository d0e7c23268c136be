// The tracker's host: serves its files and stands in for its collector. One for each tracker and scenario.
import { readFileSync, readdirSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { arriving } from "./distance.mjs";
import { LANDING } from "./page.mjs";
import { markers, texts } from "./markers.mjs";

const TYPES = { js: "text/javascript", wasm: "application/wasm" };

export class Host {
  /** When the page view arrived, by the clock of this machine. */
  landed;
  /** And the address it was sent to. */
  landedOn;
  /** How often each marker arrived and was taken. */
  taken = new Map();
  /** The files that were asked for. */
  served = new Set();
  /** Requests that brought something. */
  requests = 0;
  #refused = new Map();
  #waiting = new Set();

  /** `refusals`: how often every event is answered 503 first. `isFar`: whether it takes time to get there. */
  static async serve(peer, files, { refusals = 0, isFar = false } = {}) {
    const host = new Host();
    Object.assign(host, { peer, files, refusals, isFar });
    host.server = createServer((request, response) => host.#answer(request, response));
    await new Promise((resolve) => host.server.listen(0, "127.0.0.1", resolve));
    host.url = `http://127.0.0.1:${host.server.address().port}`;
    return host;
  }

  async stop() {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** Resolves when the condition holds, or when the time is over: false. */
  until(condition, ms) {
    if (condition()) return Promise.resolve(true);
    return new Promise((resolve) => {
      const waiting = { condition, end };
      const timer = setTimeout(() => end(false), ms);
      const waitings = this.#waiting;
      waitings.add(waiting);
      function end(holds) {
        clearTimeout(timer);
        waitings.delete(waiting);
        resolve(holds);
      }
    });
  }

  count(kind) {
    return [...this.taken.keys()].filter((name) => name.startsWith(`mk${kind}`)).length;
  }

  #answer(request, response) {
    const { pathname } = new URL(request.url, this.url);
    const file = this.files.get(pathname);
    if (file) return this.#send(pathname, file, request, response);
    const parts = [];
    request.on("data", (part) => parts.push(part));
    // An aborted request did not arrive.
    request.on("error", () => {});
    request.on("end", () => this.#receive(request, Buffer.concat(parts), response));
  }

  #send(path, file, request, response) {
    this.served.add(path);
    const encoding = /\bbr\b/.test(request.headers["accept-encoding"]) ? "br" : "gzip";
    const body = file[encoding];
    arriving(this.isFar, body.length, () => {
      response.writeHead(200, {
        "content-type": TYPES[path.split(".").pop()], "content-encoding": encoding,
        "access-control-allow-origin": "*", "cache-control": "max-age=3600",
      });
      response.end(body);
    });
  }

  #receive(request, body, response) {
    const cors = {
      "access-control-allow-origin": request.headers.origin ?? "*",
      "access-control-allow-credentials": "true",
      "access-control-allow-headers": request.headers["access-control-request-headers"] ?? "*",
    };
    if (request.method === "OPTIONS") return arriving(this.isFar, 0, () => response.writeHead(204, cors).end());
    const found = [...texts(Buffer.from(request.url)), ...texts(body)];
    const names = markers(found);
    if (this.#refuses(names)) return void response.writeHead(503, cors).end();
    this.#take(request.url, found, names);
    arriving(this.isFar, 0, () => {
      response.writeHead(200, { ...cors, "content-type": "application/json" });
      response.end(JSON.stringify(this.peer.reply ?? {}));
    });
    for (const waiting of this.#waiting) {
      if (waiting.condition()) waiting.end(true);
    }
  }

  #refuses(names) {
    const early = [...names].filter((name) => (this.#refused.get(name) ?? 0) < this.refusals);
    for (const name of early) this.#refused.set(name, (this.#refused.get(name) ?? 0) + 1);
    return early.length > 0;
  }

  #take(address, found, names) {
    this.requests += 1;
    for (const name of names) this.taken.set(name, (this.taken.get(name) ?? 0) + 1);
    if (!this.landed && found.some((text) => text.includes(LANDING))) {
      [this.landed, this.landedOn] = [Date.now(), address];
    }
  }
}

/** A file as it lies on a server, in the encodings browsers take, made when one is asked for. */
export function compressed(bytes) {
  let br, gzip;
  return {
    raw: bytes,
    get br() {
      return (br ??= brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
    },
    get gzip() {
      return (gzip ??= gzipSync(bytes, { level: 9 }));
    },
  };
}

/** The files of Knock by their path: the loader, and the rest below a folder that is named after the version. */
export function knockFiles(www) {
  const files = new Map();
  const version = "bench";
  const add = (path, bytes) => files.set(path, compressed(bytes));
  add("/k.js", Buffer.from(readFileSync(join(www, "k.js"), "utf8").replaceAll("__V__", version)));
  for (const name of readdirSync(www).filter((name) => /\.(js|wasm)$/.test(name))) {
    add(`/t/${version}/${name}`, readFileSync(join(www, name)));
  }
  return files;
}
