// The same visitor on the workspace's sites of other domains: a link there carries a token that the server signed.
// A chunk of its own, asked for where `data-sites` names such hosts or an address has a token.

const PARAMETER = 'knock_h';
/** The server's tokens live ten minutes. */
const FRESH = 300_000;

const ask = async (url, body) => {
  const signal = window.AbortSignal?.timeout?.(1_000);
  const reply = await fetch(url, { method: 'POST', body: JSON.stringify(body), credentials: 'omit', signal });
  if (!reply.ok) throw reply.status;
  return reply.json();
};

const siteOf = ({ script }) => script.dataset.site;

/**
 * The visitor that a token stands for; none when the server does not say so at once. The token leaves the address: who
 * copies that is somebody else.
 */
export const redeem = async (config) => {
  try {
    const url = new URL(location);
    const token = url.searchParams.get(PARAMETER);
    url.searchParams.delete(PARAMETER);
    history.replaceState(history.state, '', url);
    config.url = location.href;
    return (await ask(config.host + '/v1/handoffs/redeem', { site: siteOf(config), token })).visitor;
  } catch {
    // Then it is another visitor here.
  }
};

/** Lets links to the hosts that `data-sites` names carry the token of the visitor that `visitor()` says. */
export const decorate = (config, visitor) => {
  const { host, script } = config;
  const site = siteOf(config);
  const hosts = script.dataset.sites.split(' ');
  let token;
  /** Whose token it is: a reset makes another visitor, who must not be taken for this one. */
  let owner;
  let until = 0;

  const prepare = async () => {
    const id = visitor();
    if (!id || (id == owner && Date.now() < until)) return;
    until = Date.now() + FRESH;
    owner = id;
    token = '';
    try {
      const made = (await ask(host + '/v1/handoffs', { site, visitor: id })).token;
      if (owner == id) token = made;
    } catch {
      // Then links stay as they are.
    }
  };

  const linkOf = (event) => event.composedPath().find((element) => element.href && hosts.includes(element.hostname));

  /** The address is as it was when the click is over: the page may read it. */
  const click = (event) => {
    const link = linkOf(event);
    if (!link || !token || visitor() != owner || Date.now() > until + FRESH) return;
    const before = link.getAttribute('href');
    const url = new URL(link.href);
    url.searchParams.set(PARAMETER, token);
    link.href = url;
    setTimeout(() => link.setAttribute('href', before));
  };

  const options = { capture: true, passive: true };
  for (const kind of ['click', 'auxclick']) addEventListener(kind, click, options);
  for (const kind of ['pointerover', 'focusin', 'touchstart']) {
    addEventListener(kind, (event) => linkOf(event) && prepare(), options);
  }
  if ([...document.links].some((link) => hosts.includes(link.hostname))) prepare();
};
