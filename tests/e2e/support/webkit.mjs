// WebKitGTK by its WebDriver, where the machine has it (`webkit2gtk-driver`, `xvfb`), with the interface that scenarios
// use. No package drives it: playwright has its own build of WebKit.
import { spawn } from "node:child_process";
import { createServer } from "node:net";

/** The path of the driver, if the machine has one. */
export const WEBKIT = process.env.WEBKIT_DRIVER;

/** Starts a program; returns an object whose `end` stops it. */
function start(program, args, env, channel = "ignore") {
  const running = spawn(program, args, { stdio: ["ignore", "ignore", "ignore", channel], env: { ...process.env, ...env } });
  const ended = new Promise((resolve) => running.once("exit", resolve).once("error", resolve));
  const end = () => {
    running.kill("SIGKILL");
    return ended;
  };
  return { running, ended, end };
}

/** Starts a virtual screen; returns its name. Two that start at once may choose the same number; then one of them exits. */
async function startScreen() {
  for (;;) {
    const { running, ended, end } = start("Xvfb", ["-displayfd", "3", "-screen", "0", "1280x800x24"], {}, "pipe");
    const said = new Promise((resolve) => running.stdio[3].once("data", (data) => resolve(String(data).trim())));
    const number = await Promise.race([said, ended.then((failure) => failure instanceof Error && Promise.reject(failure))]);
    if (number) return { name: `:${number}`, end };
  }
}

/** A port that is free now. */
function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** The browser, with `newContext` and `close`. A context is a browser of its own: a driver has one at a time. */
export async function webkit() {
  const screen = await startScreen();
  const open = new Set();
  return {
    async newContext() {
      const context = await Context.open({ DISPLAY: screen.name });
      open.add(context);
      return context;
    },
    async close() {
      for (const context of open) await context.close();
      await screen.end();
    },
  };
}

class Context {
  static async open(env) {
    const context = new Context();
    const port = await freePort();
    context.driver = start(WEBKIT, [`--port=${port}`], env);
    context.url = `http://127.0.0.1:${port}`;
    const { sessionId } = await context.#patiently(() => context.ask("POST", "/session", { capabilities: { alwaysMatch: {} } }));
    context.session = `/session/${sessionId}`;
    return context;
  }

  /** Polls until the driver listens. */
  async #patiently(ask, until = performance.now() + 10_000) {
    for (;;) {
      try {
        return await ask();
      } catch (error) {
        if (error.cause?.code !== "ECONNREFUSED" || performance.now() > until) throw error;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    }
  }

  async ask(method, path, body) {
    const reply = await fetch(this.url + path, { method, body: body && JSON.stringify(body) });
    const { value } = await reply.json();
    if (!reply.ok) throw new Error(`${path}: ${value.error} ${value.message}`);
    return value;
  }

  setDefaultTimeout(ms) {
    this.patience = ms;
  }

  async newPage() {
    return new Page(this);
  }

  /** The browser ends with its session; a page that is being left may keep that waiting. */
  async close() {
    const ended = this.ask("DELETE", this.session).catch(() => {});
    await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 2_000).unref())]);
    await this.driver.end();
  }
}

class Page {
  constructor(context) {
    this.context = context;
  }

  /** The driver does not report the console of the page. */
  on() {}

  #ask(path, body) {
    return this.context.ask("POST", this.context.session + path, body);
  }

  goto(url) {
    return this.#ask("/url", { url });
  }

  /** The value of a function or an expression. */
  evaluate(script, ...args) {
    const source = typeof script === "function" ? `return (${script}).apply(null, arguments)` : `return eval(${JSON.stringify(script)})`;
    return this.#ask("/execute/sync", { script: source, args });
  }

  async waitForFunction(script) {
    const end = performance.now() + (this.context.patience ?? 10_000);
    while (!(await this.evaluate(script).catch(() => false))) {
      if (performance.now() > end) throw new Error(`never true: ${script}`);
    }
  }

  mouse = {
    click: (x, y) => {
      const at = { type: "pointerMove", duration: 0, x: Math.round(x), y: Math.round(y) };
      const actions = [at, { type: "pointerDown", button: 0 }, { type: "pointerUp", button: 0 }];
      return this.#ask("/actions", { actions: [{ type: "pointer", id: "mouse", parameters: { pointerType: "mouse" }, actions }] });
    },
  };

  keyboard = {
    type: (text) => this.#press([...text]),
    press: (key) => this.#press([{ Enter: "\ue007" }[key] ?? key]),
  };

  #press(keys) {
    const actions = keys.flatMap((value) => [{ type: "keyDown", value }, { type: "keyUp", value }]);
    return this.#ask("/actions", { actions: [{ type: "key", id: "keys", actions }] });
  }
}
