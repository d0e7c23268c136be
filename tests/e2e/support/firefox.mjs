// Firefox as distributions package it, by WebDriver BiDi, with the same interface for scenarios as Chromium: playwright
// drives only its own build of Firefox.
import puppeteer from "puppeteer-core";

export const FIREFOX = process.env.FIREFOX ?? "/usr/bin/firefox-esr";

/** The browser, with `newContext` and `close`. */
export async function firefox() {
  const browser = await puppeteer.launch({ browser: "firefox", executablePath: FIREFOX, headless: true });
  return { newContext: () => Context.open(browser), close: () => end(browser) };
}

/** Killed: closing may wait for a page that is being left, and nothing is kept anyway. */
async function end(browser) {
  const ended = new Promise((resolve) => browser.process().once("exit", resolve));
  browser.process().kill("SIGKILL");
  await ended;
}

/** A visitor with a storage of their own. */
class Context {
  #scripts = [];

  static async open(browser) {
    const context = new Context();
    context.own = await browser.createBrowserContext();
    return context;
  }

  setDefaultTimeout(ms) {
    this.patience = ms;
  }

  async addInitScript(script) {
    this.#scripts.push(script);
  }

  async newPage() {
    const page = await this.own.newPage();
    page.setDefaultTimeout(this.patience ?? 10_000);
    for (const script of this.#scripts) await page.evaluateOnNewDocument(script);
    return page;
  }

  cookies() {
    return this.own.cookies();
  }

  close() {
    return this.own.close();
  }
}
