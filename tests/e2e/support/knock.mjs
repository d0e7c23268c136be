// A real knock process on a directory of its own.
import { spawn, execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

const BINARY = process.env.KNOCK_BIN ?? "target/debug/knock";

export class Knock {
  static async start(options = {}) {
    const knock = new Knock();
    knock.env = { ...process.env, ...options.env };
    knock.data = options.data ?? mkdtempSync(join(tmpdir(), "knock-e2e-"));
    await knock.#launch(options.listen ?? "127.0.0.1:0");
    knock.key = knock.command("api-key", "create", "--role", "admin").trim();
    if (options.named !== false) await knock.nameMembers();
    return knock;
  }

  async #launch(listen) {
    this.process = spawn(BINARY, ["serve", "--test-clock", "--listen", listen, "--data", this.data], {
      stdio: ["ignore", "pipe", "inherit"],
      env: this.env,
    });
    for await (const line of createInterface({ input: this.process.stdout })) {
      const link = line.match(/Sign in\s+(http:\S+)/);
      if (link) {
        this.signIn = link[1];
        this.url = new URL(link[1]).origin;
      }
      if (line.includes("Data  ")) break;
    }
    if (!this.url) throw new Error("the server did not greet");
  }

  /** Kills it. */
  async kill() {
    const ended = new Promise((resolve) => this.process.once("exit", resolve));
    this.process.kill("SIGKILL");
    await ended;
  }

  /** Starts it again on the same data and address. */
  async restart() {
    await this.#launch(new URL(this.url).host);
  }

  async stop() {
    if (this.process.exitCode === null && this.process.signalCode === null) await this.kill();
    rmSync(this.data, { recursive: true, force: true });
  }

  command(...args) {
    return execFileSync(BINARY, [...args, "--data", this.data], { encoding: "utf8" });
  }

  async get(path) {
    const reply = await fetch(this.url + path, { headers: { authorization: `Bearer ${this.key}` } });
    if (!reply.ok) throw new Error(`${path}: ${reply.status} ${await reply.text()}`);
    return reply.json();
  }

  /** Names members without a name after their address: `bo@us.example` is Bo. */
  async nameMembers() {
    const { members } = await this.get("/api/v1/members");
    for (const { id, email } of members.filter(({ name }) => !name)) {
      const name = email[0].toUpperCase() + email.split("@")[0].slice(1);
      const reply = await fetch(`${this.url}/api/v1/members/${id}`, {
        method: "PATCH",
        headers: { "content-type": "application/json", authorization: `Bearer ${this.key}` },
        body: JSON.stringify({ name }),
      });
      if (!reply.ok) throw new Error(await reply.text());
    }
  }

  async setClock(change) {
    const reply = await fetch(`${this.url}/test/clock`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(change),
    });
    if (!reply.ok) throw new Error(await reply.text());
    return reply.json();
  }

  /** All signals, oldest first. */
  async signals() {
    const { entries } = await this.get("/api/v1/timeline?limit=200");
    return entries.sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  }

  async siteKey() {
    return (await this.get("/api/v1/sites")).sites[0].key;
  }
}

/** Polls until the predicate holds; fails with the last value. */
export async function until(ask, wanted, what = "the condition", ms = 30_000) {
  const end = performance.now() + ms;
  let last;
  do {
    last = await ask();
    if (wanted(last)) return last;
    await new Promise((resolve) => setImmediate(resolve));
  } while (performance.now() < end);
  throw new Error(`${what} did not come; last: ${JSON.stringify(last)?.slice(0, 2_000)}`);
}
