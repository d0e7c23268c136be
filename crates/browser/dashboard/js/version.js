// Finds out that the server was updated while the page was open: the files of the page's version are gone then.

/** Where the files of this version are. */
const files = new URL('.', import.meta.url).pathname;
const RELOADED_AT = 'knock_reloaded_at';
const MINUTE = 60_000;

/** Whether the server has another version by now; fails when it cannot be reached. */
export const isOutdated = async () => {
  const page = await fetch('/app/', { cache: 'no-store' });
  return page.ok && !(await page.text()).includes(files);
};

/** Reloads the page, unless that was done within the last minute: it did not help then. */
export const reloadOnce = () => {
  try {
    if (Date.now() - Number(sessionStorage.getItem(RELOADED_AT)) < MINUTE) return;
    sessionStorage.setItem(RELOADED_AT, String(Date.now()));
  } catch {
    // What cannot be remembered could be done for ever: the button is left.
    return;
  }
  location.reload();
};
