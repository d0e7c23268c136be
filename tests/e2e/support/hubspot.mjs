// The HubSpot server of tests/hubspot, as a process.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

const BINARY = process.env.CONTRACT_HUBSPOT_BIN ?? "target/debug/contract-hubspot";

export class HubSpot {
  static async start() {
    const hubspot = new HubSpot();
    hubspot.process = spawn(BINARY, ["--listen", "127.0.0.1:0"], { stdio: ["ignore", "pipe", "inherit"] });
    const { value: line } = await createInterface({ input: hubspot.process.stdout })[Symbol.asyncIterator]().next();
    hubspot.url = line?.match(/^listening on (http:\S+)$/)?.[1];
    if (!hubspot.url) throw new Error(`the server said: ${line}`);
    return hubspot;
  }

  /** The token of a private app. */
  token = "pat-eu1-contract";

  stop() {
    this.process.kill();
  }

  /** `/_control/...`: see tests/hubspot/README.md. */
  async #control(method, path, body) {
    const reply = await fetch(`${this.url}/_control/${path}`, { method, body: body && JSON.stringify(body) });
    const text = await reply.text();
    if (!reply.ok) throw new Error(`${method} ${path}: ${text}`);
    return JSON.parse(text);
  }

  get(path) {
    return this.#control("GET", path);
  }

  post(path, body = {}) {
    return this.#control("POST", path, body);
  }

  put(path, body = {}) {
    return this.#control("PUT", path, body);
  }

  delete(path) {
    return this.#control("DELETE", path);
  }
}
