// Chromium, and visitors that no tracker takes for a robot.
import { chromium } from "playwright-core";

export async function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
      "--disable-component-update", "--disable-sync", "--disable-blink-features=AutomationControlled",
      // Who steers the browser asks it where each request was made. To answer, it reads functions again that it has
      // compiled without their places, on the page's own time, which no visitor's browser does.
      "--js-flags=--no-enable-lazy-source-positions"],
  });
}

/** Someone who has never been here. */
export async function visitor(browser) {
  const [major] = browser.version().split(".");
  return browser.newContext({
    viewport: { width: 1200, height: 900 },
    userAgent: `Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${major}.0.0.0 Safari/537.36`,
  });
}

/** A middling connection, and a processor that is so many times slower. */
export async function slow(session, times) {
  await session.send("Emulation.setCPUThrottlingRate", { rate: times });
  await session.send("Network.enable");
  await session.send("Network.emulateNetworkConditions", {
    offline: false, latency: 40, downloadThroughput: 10e6 / 8, uploadThroughput: 5e6 / 8,
  });
}

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
