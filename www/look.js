/*
 * The look of a site: read from the server, and written as a style sheet. Part of the launcher.
 *
 *   followLook({ host, site, lang, signal, changed });
 *
 *   changed(look, text)  is called with the look and its JSON, at first and whenever another one was read; `text` is
 *                        empty for the standard look
 *
 * The browser's own cache has the look from one page to the next: that copy is used at once, and renewed. Nothing is
 * stored otherwise, and nothing says which visitor asks. Without an answer in time it is the standard look.
 */

/** The milliseconds after which the launcher is shown without the look of its site. */
const PATIENCE = 2000;
/** The milliseconds between two questions about a change that is due; clocks differ. */
const BETWEEN = 3e4;
/** The longest timer of browsers. */
const LONGEST = 2 ** 31 - 1;

const STANDARD = { words: {}, launcher: { icon: 'chat', corner: 'end', x: 16, y: 16, z: 2147483000 } };

/** The visitor's time zone, in which the hours are written. */
const zone = () => {
  try {
    return Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';
  } catch {
    return 'UTC';
  }
};

export const followLook = ({ host, site, lang, signal, changed }) => {
  const address = `${host}/v1/look?${new URLSearchParams({ site, lang, tz: zone() })}`;
  let last;
  let timer;

  const read = async (cache) => {
    const response = await fetch(address, { cache, credentials: 'omit', signal });
    if (!response.ok) throw response.status;
    const text = await response.text();
    return { text, look: JSON.parse(text) };
  };

  const take = ({ text, look }) => {
    if (signal.aborted || text == last) return;
    last = text;
    changed({ ...STANDARD, ...look }, text);
  };

  const standard = () => last ?? take({ text: '', look: {} });

  /** Reads it again when the launcher is to be hidden or shown. */
  const plan = ({ look }) => {
    const at = look.launcher.changes_at;
    if (!at || signal.aborted) return;
    const wait = Math.max(at - Date.now(), BETWEEN) + (Math.random() * BETWEEN) / 2;
    timer = setTimeout(() => ask('no-cache').catch(() => plan({ look })), Math.min(wait, LONGEST));
  };

  const ask = async (cache) => {
    const answer = await read(cache);
    take(answer);
    plan(answer);
  };

  const begin = async () => {
    const kept = await read('force-cache');
    // The copy is of before the launcher was hidden or shown.
    if (!(kept.look.launcher.changes_at < Date.now())) take(kept);
    await ask('default');
  };

  /** After a refusal that ends by itself it is asked for again. */
  const failed = (status) => {
    standard();
    if (status != 429 && !(status >= 500)) return;
    timer = setTimeout(() => ask('no-cache').catch(failed), BETWEEN + Math.random() * BETWEEN);
  };

  const waiting = setTimeout(standard, PATIENCE);
  signal.addEventListener('abort', () => [timer, waiting].forEach(clearTimeout));
  begin().catch(failed);
};

/** The tokens of an accent and of what stands on it or beside it; where the page has its own, that is the text, too. */
const accents = ({ accent, ink, soft, text }) =>
  `:host{--k-accent:${accent};--k-accent-ink:${ink};--k-accent-soft:${soft};` +
  `--k-accent-text:var(--knock-accent,${text || accent})}`;

/**
 * The style sheet of a look: its colours, and where the launcher and the panel are. A page too small for the distances
 * shortens them, so that a bubble and a panel fit beside and above.
 */
export const cssOf = ({ colours, launcher: { corner, x, y, z } }) => {
  const side = 'max(env(safe-area-inset-left,0px),env(safe-area-inset-right,0px))';
  const where = corner == 'start' ? 'var(--k-side) auto' : 'auto var(--k-side)';
  const place =
    `:host{z-index:var(--knock-z,${z})!important;color-scheme:light dark!important;` +
    `--k-side:calc(min(var(--knock-offset-x,${x}px),max(1rem,50vw - 10rem)) + ${side});` +
    `--k-bottom:calc(min(var(--knock-offset-y,${y}px),max(1rem,100vh - 30rem)) + env(safe-area-inset-bottom,0px) + ` +
    `var(--k-lift,0px));` +
    `--k-inset:${where}}`;
  if (!colours) return place;
  return `${place}${accents(colours.light)}@media (prefers-color-scheme:dark){${accents(colours.dark)}}`;
};
