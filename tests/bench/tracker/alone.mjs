// A Chromium without a debugger attached while it loads a page. An attached debugger reports every request with its
// stack, on the page's own thread; a visitor's browser does not do that.
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FLAGS, agent, chromiumPath } from "./browser.mjs";

const QUIET = ["--disable-extensions", "--disable-default-apps", "--mute-audio",
  // A trace records the source position of each function. Chromium compiled them without positions and would parse them
  // again on the page's own thread, so it collects positions at once.
  "--js-flags=--no-enable-lazy-source-positions",
  // Chromium preloads pages of its own for the search box in every new window: 0.75 s of processor time that a visitor's
  // browser spent earlier.
  "--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup"];
/** Between two messages. */
const END = "\0";

export class Alone {
  #next = 0;
  #asked = new Map();
  #heard = new Map();
  #rest = "";

  /** As Playwright starts it, but steered by a pipe. */
  static async launch() {
    const alone = new Alone();
    alone.profile = await mkdtemp(join(tmpdir(), "knock-alone-"));
    const flags = [...FLAGS, ...QUIET, "--headless", "--remote-debugging-pipe", `--user-data-dir=${alone.profile}`, `--user-agent=${agent}`, "--window-size=1200,900", "about:blank"];
    alone.process = spawn(chromiumPath, flags, { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] });
    alone.ended = new Promise((resolve) => alone.process.once("exit", resolve));
    const [, , , asking, answers] = alone.process.stdio;
    alone.asking = asking.on("error", () => {});
    answers.setEncoding("utf8").on("data", (text) => alone.#hear(text));
    alone.process.once("exit", () => alone.#fail());
    await alone.ask("Browser.getVersion");
    return alone;
  }

  isConnected() {
    return this.process.exitCode === null && this.process.signalCode === null;
  }

  async close() {
    this.asking.write(JSON.stringify({ id: 0, method: "Browser.close" }) + END);
    await this.ended;
    await rm(this.profile, { recursive: true, force: true, maxRetries: 5 });
  }

  /** A command of the DevTools protocol and its answer; to a page when a session is named. */
  ask(method, params = {}, sessionId = undefined) {
    const id = (this.#next += 1);
    return new Promise((resolve, reject) => {
      this.#asked.set(id, { resolve, reject });
      this.asking.write(JSON.stringify({ id, method, params, sessionId }) + END);
    });
  }

  /** `work(open)` as someone who has never been here; `open(url)` gives the id of a page. */
  async visitor(work) {
    const { browserContextId } = await this.ask("Target.createBrowserContext");
    try {
      return await work(async (url) => (await this.ask("Target.createTarget", { url, browserContextId })).targetId);
    } finally {
      await this.ask("Target.disposeBrowserContext", { browserContextId });
    }
  }

  /** From here on the page is steered; `(method, params)` asks it. */
  async lookInto(targetId) {
    const { sessionId } = await this.ask("Target.attachToTarget", { targetId, flatten: true });
    return (method, params) => this.ask(method, params, sessionId);
  }

  /** The next event of this name. */
  next(method) {
    return new Promise((resolve) => this.#heard.set(method, resolve));
  }

  #hear(text) {
    const messages = (this.#rest + text).split(END);
    this.#rest = messages.pop();
    for (const { id, result, error, method, params } of messages.map((message) => JSON.parse(message))) {
      const asked = this.#asked.get(id);
      this.#asked.delete(id);
      if (error) asked?.reject(new Error(error.message));
      asked?.resolve(result);
      this.#heard.get(method)?.(params);
    }
  }

  #fail() {
    for (const { reject } of this.#asked.values()) reject(new Error("Chromium ended"));
  }

  /** The trace of what happens during `work`, as it is kept in a file. */
  async traced(categories, work) {
    await this.ask("Tracing.start", { transferMode: "ReturnAsStream", traceConfig: { includedCategories: categories } });
    const complete = this.next("Tracing.tracingComplete");
    try {
      await work();
    } finally {
      await this.ask("Tracing.end");
    }
    return this.#read((await complete).stream);
  }

  async #read(handle) {
    const parts = [];
    for (let part; !part?.eof; parts.push(part.base64Encoded ? Buffer.from(part.data, "base64") : Buffer.from(part.data))) {
      part = await this.ask("IO.read", { handle, size: 1 << 20 });
    }
    await this.ask("IO.close", { handle });
    return Buffer.concat(parts).toString();
  }
}
