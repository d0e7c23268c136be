/*
 * The style sheets of a shadow root. All go through `adopt`:
 *
 *   const styles = stylesOf(root);
 *   const change = styles.adopt(css);  // `change(css)` replaces it
 *   styles.measure(rem);               // sizes follow the reader's settings, not the page's root font size
 *   styles.force('dark');              // light, dark, or as the system has it: 'system'
 *
 * A sheet comes before those adopted earlier, which therefore win. They are constructed: a policy needs no `style-src`.
 *
 * A page sets `--knock-accent`, `--knock-accent-ink`, `--knock-font` and others on `knock-widget`: each replaces the token
 * of that name.
 */
import { make } from './elements.js';

/** The tokens that a page can replace. */
const OPEN = /--k-(accent[-\w]*|font|radius)(-l)?: *([^;}]+)/g;

const forced = (css, scheme) =>
  css
    .replace(/\(prefers-color-scheme: ?dark\)/g, scheme == 'dark' ? ' all' : ' not all')
    .replace(/light dark/g, scheme);

export const stylesOf = (root) => {
  const sheets = [];
  let rem = 16;
  let scheme = 'system';

  const written = (css) => {
    const open = css.replace(OPEN, '--k-$1$2:var(--knock-$1,$3)').replace(/([\d.]+)rem\b/g, (_, size) => size * rem + 'px');
    return scheme == 'system' ? open : forced(open, scheme);
  };

  /** A function that writes the text of a new sheet. */
  const sheet = () => {
    try {
      const made = new CSSStyleSheet();
      root.adoptedStyleSheets = [made, ...root.adoptedStyleSheets];
      return (css) => made.replaceSync(css);
    } catch {
      // Browsers without constructable style sheets.
      const made = make('style');
      root.prepend(made);
      return (css) => (made.textContent = css);
    }
  };

  const rewrite = () => sheets.forEach(({ css, write }) => write(written(css)));

  return {
    adopt(css) {
      const made = { css, write: sheet() };
      sheets.push(made);
      const change = (css) => {
        made.css = css;
        made.write(written(css));
      };
      change(css);
      return change;
    },
    measure(size) {
      rem = size;
      rewrite();
    },
    force(wanted) {
      if (wanted == scheme) return;
      scheme = wanted;
      rewrite();
    },
  };
};
