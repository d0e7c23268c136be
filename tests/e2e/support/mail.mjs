// A real SMTP server: aiosmtpd, whose messages are read by Python's mail parser (`tests/smtp/server.py`).
import { spawn } from "node:child_process";
import { homedir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { until } from "./knock.mjs";

/** The Python that `cargo xtask test` installs, unless the environment names another one. */
export function python() {
  const caches = process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache");
  const tools = process.env.KNOCK_TOOLS ?? join(caches, "knock-tools");
  return process.env.KNOCK_TEST_PYTHON ?? join(tools, "python/bin/python");
}

export class MailServer {
  /** The received mails, oldest first: `headers`, `parts` by media type, `rcpt`. */
  taken = [];

  static async start() {
    const server = new MailServer();
    server.process = spawn(python(), ["tests/smtp/server.py"], { stdio: ["pipe", "pipe", "inherit"] });
    const lines = createInterface({ input: server.process.stdout });
    const port = await new Promise((resolve, reject) => {
      server.process.once("exit", () => reject(new Error("aiosmtpd did not start: `cargo xtask test native` installs it")));
      lines.once("line", resolve);
    });
    lines.on("line", (line) => server.taken.push(JSON.parse(line)));
    server.url = `smtp://127.0.0.1:${port}`;
    return server;
  }

  /** The matching mail to an address, once it has arrived. */
  async to(address, subject = /./) {
    const is = ({ rcpt, headers }) =>
      rcpt.includes(address) && headers.some(([name, value]) => name.toLowerCase() === "subject" && subject.test(value));
    const found = await until(() => this.taken.find(is), (mail) => mail !== undefined, `a mail to ${address}`);
    return found.parts["text/plain"];
  }

  stop() {
    this.process.kill();
  }
}
