// Faults of a page on all screens, light and dark.
import { violationsOf } from "./axe.mjs";

const WIDTHS = [360, 768, 1280, 3840];
const HEIGHTS = { 360: 740, 768: 1024, 1280: 800, 3840: 2160 };

/** All screens: name, viewport and colour scheme. */
export const SCREENS = WIDTHS.flatMap((width) =>
  ["light", "dark"].map((colorScheme) => ({
    name: `${width} px, ${colorScheme}`,
    viewport: { width, height: HEIGHTS[width] },
    colorScheme,
  })),
);

/** Times that a page is judged whose content changes meanwhile. */
const ROUNDS = 3;

/**
 * Violations and sideways scrolling of the current page on all screens, a line each. A page whose text changes while it
 * is judged, because the rest of it has come, is judged once more. `options` are those of `violationsOf`.
 */
export async function faultsOf(page, what, options = {}) {
  const faults = new Set();
  const text = () => page.evaluate(() => document.body.textContent);
  for (let round = 0; round < ROUNDS; round++) {
    const before = await text();
    for (const screen of SCREENS) for (const fault of await faultsOn(page, what, screen, options)) faults.add(fault);
    if ((await text()) === before) break;
  }
  return [...faults];
}

async function faultsOn(page, what, { name, viewport, colorScheme }, options) {
  await page.setViewportSize(viewport);
  await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
  const faults = (await violationsOf(page, options)).map((violation) => `${what} (${name}): ${violation}`);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  if (overflow > 0) faults.push(`${what} (${name}): scrolls sideways by ${overflow} px`);
  if (process.env.KNOCK_SHOTS) {
    const file = `${what}-${name}`.replace(/[^a-z0-9]+/gi, "-");
    await page.screenshot({ path: `${process.env.KNOCK_SHOTS}/${file}.png`, fullPage: viewport.width < 2000 });
  }
  return faults;
}
