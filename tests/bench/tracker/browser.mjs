// Chromium, and visitors that no tracker classifies as a bot.
import { execFileSync } from "node:child_process";
import { chromium } from "playwright-core";

export const chromiumPath = process.env.CHROMIUM ?? "/usr/bin/chromium";

export const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync", "--disable-blink-features=AutomationControlled"];

export async function launch() {
  return chromium.launch({ executablePath: chromiumPath, args: FLAGS });
}

/** Its version, as four numbers. */
export const version = /[\d.]+/.exec(execFileSync(chromiumPath, ["--version"], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }))[0];

/** What it says it is when nobody steers it. */
export const agent =
  `Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${version.split(".")[0]}.0.0.0 Safari/537.36`;

/** Someone who has never been here. */
export async function visitor(browser) {
  return browser.newContext({ viewport: { width: 1200, height: 900 }, userAgent: agent });
}

/** How much slower a middling phone is. */
export const SLOWER = 4;

/** What `work` gives, or nothing when it takes too long: a page that hangs is a result. */
export async function within(ms, work) {
  let timer;
  const late = new Promise((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

export const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

export const median = (numbers) => {
  const sorted = numbers.filter((number) => number !== undefined).sort((a, b) => a - b);
  if (sorted.length === 0) return undefined;
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};
