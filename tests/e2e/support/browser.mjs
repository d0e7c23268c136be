// The system's Chromium, and errors of its pages.
import { chromium } from "playwright-core";

/** The browser with its windows. */
export const WHOLE = process.env.CHROMIUM_WHOLE ?? "/usr/bin/chromium";
export const ARGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync"];

/** The dashboard of a browser sends messages at once then: a test need not wait for the end of their hold. */
const holdNothing = () => {
  if (location.pathname.startsWith("/app")) localStorage.knock_hold_off = "off";
};

/** Contexts of a browser hold no messages, unless one asks for it by the option `holds`. */
function withoutHold(browser) {
  const newContext = browser.newContext.bind(browser);
  browser.newContext = async ({ holds = false, ...options } = {}) => {
    const context = await newContext(options);
    if (!holds) await context.addInitScript(holdNothing);
    return context;
  };
  return browser;
}

/**
 * `args` are added to the usual ones, `without` are left out of playwright's own. `whole`: the browser with its
 * windows, which alone keeps pages for going back to, and takes twice as long.
 */
export async function launch({ args = [], without = [], whole = false } = {}) {
  const browser = await chromium.launch({
    executablePath: whole ? WHOLE : (process.env.CHROMIUM ?? WHOLE),
    ignoreDefaultArgs: without,
    args: [...args, ...ARGS],
  });
  return withoutHold(browser);
}

/** Collects console errors and exceptions of a page. */
export function complaints(page, found = []) {
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") found.push(`${message.type()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => found.push(`exception: ${error.message}`));
  return found;
}

/** Collects the requests a page sends to a path. */
export function requests(page, path) {
  const found = [];
  page.on("request", (request) => {
    if (new URL(request.url()).pathname === path) found.push(request);
  });
  return found;
}
