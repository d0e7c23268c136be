// The Slack server of tests/slack, as a process.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

const BINARY = process.env.CONTRACT_SLACK_BIN ?? "target/debug/contract-slack";

export class Slack {
  static async start() {
    const slack = new Slack();
    slack.process = spawn(BINARY, ["--listen", "127.0.0.1:0"], { stdio: ["ignore", "pipe", "inherit"] });
    const { value: line } = await createInterface({ input: slack.process.stdout })[Symbol.asyncIterator]().next();
    slack.url = line?.match(/^listening on (http:\S+)$/)?.[1];
    if (!slack.url) throw new Error(`the server said: ${line}`);
    slack.api = `${slack.url}/api/`;
    slack.seed = await slack.get("seed");
    return slack;
  }

  stop() {
    this.process.kill();
  }

  /** `/_control/...`: see tests/slack/README.md. */
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

  async messages() {
    return (await this.get("state")).messages;
  }
}
