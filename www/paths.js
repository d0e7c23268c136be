/*
 * Patterns of paths, and the moves of a page from one path to another: by links that load a page, a script starts anew;
 * by scripts, it is called.
 */

/** Whether a text fits a pattern; a star in it stands for any characters. */
const fits = (pattern, text) => {
  const [start, ...parts] = pattern.split('*');
  const end = parts.pop();
  if (end == undefined) return text == start;
  if (!text.startsWith(start)) return false;
  let at = start.length;
  for (const part of parts) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return text.length - end.length >= at && text.endsWith(end);
};

/**
 * Whether a path matches a pattern: as `path_matches` of `crates/domain/model` decides, case does not count, and neither
 * does a slash at the end of the path.
 */
export const matches = (pattern, path) => {
  const [wanted, bare] = [pattern, path.replace(/\/+$/, '')].map((text) => text.toLowerCase());
  return fits(wanted, bare) || fits(wanted, bare + '/');
};

/** The path of the page as an address has it, and as it is read. */
const paths = () => {
  const { pathname } = location;
  try {
    return [pathname, decodeURI(pathname)];
  } catch {
    return [pathname];
  }
};

/** Whether the page has one of these paths. */
export const isOn = (patterns) => patterns.some((pattern) => paths().some((path) => matches(pattern, path)));

/** The milliseconds between two looks at the path in browsers that report no moves of scripts. */
const BETWEEN = 1000;

/** Calls `moved` when the page has another path. */
export const onMove = (signal, moved) => {
  let { pathname } = location;
  const look = () => {
    if (location.pathname == pathname) return;
    ({ pathname } = location);
    moved();
  };
  // The name may be the page's.
  if (window.navigation?.addEventListener) return navigation.addEventListener('currententrychange', look, { signal });
  const timer = setInterval(look, BETWEEN);
  signal.addEventListener('abort', () => clearInterval(timer));
};
