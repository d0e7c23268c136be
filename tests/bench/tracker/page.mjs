// The page of the site: the same for every tracker, with text, links, a form and some buttons.
export const BUTTONS = 20;

/** How the address of the page is told from everything else in what a tracker sends. */
export const LANDING = "landing7q";

const words = "A page of ordinary length has some headings with a few paragraphs below each of them and a link here or there. ";

const section = (n) => `<section><h2>Section ${n}</h2><p>${words.repeat(3)}</p>
<p>${words.repeat(2)}<a href="/other#${n}">Read more about ${n}</a></p></section>`;

const button = (peer, name) =>
  `<button type="button" id="${name}"${peer.capturesClicks === false ? ' onclick="mark(this.id)"' : ""}>${name}</button>`;

/** `names` are the ids and the labels of the buttons. */
export function page(peer, host, names = []) {
  const head = peer.head?.(host) ?? (peer.start ? `<script async src="${host}/${peer.name}.js"></script>` : "");
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A page</title><link rel="icon" href="data:,">
<style>body { font: 16px sans-serif; max-width: 50em } section { margin: 2em 0 } button { width: 7em; height: 2em }</style>${head}</head>
<body><h1>A page</h1><nav><a href="/">Home</a> <a href="/pricing">Pricing</a> <a href="/about">About</a></nav>
<p>${names.map((name) => button(peer, name)).join("")}</p>
<button type="button" id="own" onclick="mark(this.dataset.name)">A button with a call of its own</button>
${Array.from({ length: 30 }, (_, n) => section(n)).join("\n")}
<form action="/thanks"><input name="name"><input name="email" type="email"><textarea name="text"></textarea><button>Send</button></form>
</body></html>`;
}
