// A Chromium without a driver: a driven one does not prerender, for instance.
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ARGS, WHOLE } from "./browser.mjs";

/** Opens `url`; only the servers of the pages see the outcome. Returns an object whose `end` closes the browser. */
export async function unwatched(url) {
  const profile = await mkdtemp(join(tmpdir(), "knock-unwatched-"));
  const browser = spawn(WHOLE, [...ARGS, "--headless", `--user-data-dir=${profile}`, url], { stdio: "ignore" });
  const ended = new Promise((resolve) => browser.once("exit", resolve));
  return {
    async end() {
      browser.kill();
      await ended;
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
