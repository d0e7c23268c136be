// Cross-domain visitors: links to the workspace's sites on other domains carry a token that the server signed, each once. A
// chunk of its own, for pages with `data-sites` or with a token in their address.

const PARAMETER = 'knock_h';
/** After this a token is renewed; the server accepts it for ten minutes. */
const FRESH = 300_000;

const post = async (url, body) => {
  const signal = window.AbortSignal?.timeout?.(1_000);
  const reply = await fetch(url, { method: 'POST', body: JSON.stringify(body), credentials: 'omit', signal });
  if (!reply.ok) throw reply.status;
  return reply.json();
};

const siteOf = ({ script }) => script.dataset.site;

/**
 * The visitor of the token in the address; none when the server does not answer within a second. Removes the token, so
 * that copying the address does not pass the visitor on.
 */
export const redeem = async (config) => {
  try {
    const url = new URL(location);
    const token = url.searchParams.get(PARAMETER);
    url.searchParams.delete(PARAMETER);
    history.replaceState(history.state, '', url);
    config.url = location.href;
    return (await post(config.host + '/v1/handoffs/redeem', { site: siteOf(config), token })).visitor;
  } catch {
    // The page gets a visitor of its own.
  }
};

/** Adds the token of the current visitor, `visitor()`, to links to the hosts of `data-sites`. */
export const decorate = (config, visitor) => {
  const { host, script } = config;
  const site = siteOf(config);
  const hosts = script.dataset.sites.split(' ');
  let token;
  /** The visitor of the token: after a reset it must not be used. */
  let owner;
  let until = 0;

  const prepare = async () => {
    const id = visitor();
    if (!id || (id == owner && Date.now() < until)) return;
    until = Date.now() + FRESH;
    owner = id;
    token = '';
    try {
      const made = (await post(host + '/v1/handoffs', { site, visitor: id })).token;
      if (owner == id) token = made;
    } catch {
      // Links stay unchanged.
    }
  };

  const linkOf = (event) => event.composedPath().find((element) => element.href && hosts.includes(element.hostname));

  /** Adds the token for the time of the click only, as the page may read the address afterwards. */
  const click = (event) => {
    const link = linkOf(event);
    if (!link || !token || visitor() != owner || Date.now() > until + FRESH) return;
    const before = link.getAttribute('href');
    const url = new URL(link.href);
    url.searchParams.set(PARAMETER, token);
    link.href = url;
    setTimeout(() => link.setAttribute('href', before));
    // The next click needs another one.
    owner = '';
    prepare();
  };

  const options = { capture: true, passive: true };
  for (const kind of ['click', 'auxclick']) addEventListener(kind, click, options);
  for (const kind of ['pointerover', 'focusin', 'touchstart']) {
    addEventListener(kind, (event) => linkOf(event) && prepare(), options);
  }
  if ([...document.links].some((link) => hosts.includes(link.hostname))) prepare();
};
