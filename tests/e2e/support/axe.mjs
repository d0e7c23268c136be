// Violations of axe's rules on a page.
import axe from "axe-core/axe.min.js";

/** What stands for a text that is still to come. */
const PENDING = ".skeleton, [aria-busy=true]";
const PENDING_TEXT = /^(Counting|Loading)\b.*…$/;

/**
 * The violations of a page at rest, a line each: the rule and its elements.
 *
 * axe is put into each page once, and looks at it there. It does not look into frames: a page that has one (`hasFrame`)
 * is looked at without it, and the frame by itself.
 */
export async function violationsOf(page, { except = [], hasFrame = false } = {}) {
  if ((page.frames?.().length ?? 1) > 1 && !hasFrame) throw new Error(`axe is not put into the frames of ${page.url()}`);
  await page.locator(PENDING).or(page.getByText(PENDING_TEXT)).first().waitFor({ state: "detached" });
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe.source);
  return page.evaluate(async (except) => {
    // What follows a new size of the window, and what moves or changes its colour, has ended.
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    const ends = (animation) => Number.isFinite(animation.effect.getComputedTiming().endTime);
    await Promise.allSettled(document.getAnimations().filter(ends).map(({ finished }) => finished));
    const rules = Object.fromEntries(except.map((id) => [id, { enabled: false }]));
    const { violations } = await window.axe.run(document, { resultTypes: ["violations"], rules, iframes: false });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(" | ")}`);
  }, except);
}
