// Faults of a page on all screens, light and dark.
import AxeBuilder from "@axe-core/playwright";

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

/** Violations and sideways scrolling of the current page on all screens, a line each. */
export async function faultsOf(page, what) {
  const faults = [];
  for (const { name, viewport, colorScheme } of SCREENS) {
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    const { violations } = await new AxeBuilder({ page }).analyze();
    for (const { id, nodes } of violations) {
      faults.push(`${what} (${name}): ${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(" | ")}`);
    }
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (overflow > 0) faults.push(`${what} (${name}): scrolls sideways by ${overflow} px`);
    if (process.env.KNOCK_SHOTS) {
      const file = `${what}-${name}`.replace(/[^a-z0-9]+/gi, "-");
      await page.screenshot({ path: `${process.env.KNOCK_SHOTS}/${file}.png`, fullPage: viewport.width < 2000 });
    }
  }
  return faults;
}
