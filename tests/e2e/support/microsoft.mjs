// The Microsoft server of tests/microsoft, as a process, and Microsoft's own client for it.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import graph from "@microsoft/microsoft-graph-client";

const BINARY = process.env.CONTRACT_MICROSOFT_BIN ?? "target/debug/contract-microsoft";

export class Microsoft {
  static async start() {
    const microsoft = new Microsoft();
    microsoft.process = spawn(BINARY, ["--listen", "127.0.0.1:0"], { stdio: ["ignore", "pipe", "inherit"] });
    const { value: line } = await createInterface({ input: microsoft.process.stdout })[Symbol.asyncIterator]().next();
    microsoft.url = line?.match(/^listening on (http:\S+)$/)?.[1];
    if (!microsoft.url) throw new Error(`the server said: ${line}`);
    microsoft.seed = await microsoft.get("seed");
    return microsoft;
  }

  stop() {
    this.process.kill();
  }

  /** `/_control/...`: see tests/microsoft/README.md. */
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

  /** Microsoft's client with a token. It speaks to HTTPS addresses alone: the last link of its chain takes that off. */
  client(token, retries = 0) {
    const chain = [
      new graph.AuthenticationHandler({ getAccessToken: async () => token }),
      new graph.RetryHandler(new graph.RetryHandlerOptions(0, retries)),
      new graph.RedirectHandler(),
      new graph.TelemetryHandler(),
      new Transport(),
    ];
    chain.slice(1).forEach((next, at) => chain[at].setNext(next));
    const baseUrl = this.url.replace("http:", "https:");
    return graph.Client.initWithMiddleware({ baseUrl, middleware: chain[0], customHosts: new Set(["127.0.0.1"]) });
  }

  /** A request of the token endpoint. */
  async token(fields, tenant = "common") {
    const { client_id, client_secret } = this.seed;
    const body = new URLSearchParams({ client_id, client_secret, ...fields });
    const reply = await fetch(`${this.url}/${tenant}/oauth2/v2.0/token`, { method: "POST", body });
    return { status: reply.status, body: await reply.json() };
  }
}

/** Sends plain HTTP, and hands links on as if they were HTTPS. */
class Transport {
  async execute(context) {
    const reply = await fetch(context.request.replace("https:", "http:"), context.options);
    const text = (await reply.text()).replaceAll("http://127.0.0.1", "https://127.0.0.1");
    const hasBody = ![204, 304].includes(reply.status);
    context.response = new Response(hasBody ? text : null, { status: reply.status, headers: reply.headers });
  }
}
