// Detects that the server was updated while the page was open, which removes the files of the page's version.

/** The folder of this version's files. */
const files = new URL('.', import.meta.url).pathname;
const RELOADED_AT = 'knock_reloaded_at';
const MINUTE = 60_000;

/** Whether the server has another version; fails when it cannot be reached. */
export const isOutdated = async () => {
  const page = await fetch('/app/', { cache: 'no-store' });
  return page.ok && !(await page.text()).includes(files);
};

/** Reloads the page, unless it was reloaded within the last minute, without effect. */
export const reloadOnce = () => {
  try {
    if (Date.now() - Number(sessionStorage.getItem(RELOADED_AT)) < MINUTE) return;
    sessionStorage.setItem(RELOADED_AT, String(Date.now()));
  } catch {
    // Without storage it could reload forever; the button remains.
    return;
  }
  location.reload();
};
