// Knock, as WebAssembly and as JavaScript: the same snippet with another `data-engine`.
const knock = (name, engine, configured) => ({
  name,
  engine,
  configured,
  capturesClicks: true,
  head: (host) => `<script async crossorigin src="${host}/k.js" data-site="bench" data-chat="off" data-engine="${engine}"></script>`,
  mark: `window.mark = (name) => knock("track", name)`,
  reply: { accepted: 1, duplicate: 0, filtered: 0, rate_limited: 0, rejected: [] },
});

export const wasm = knock("knock", "wasm", 'the snippet with `data-engine="wasm"`, without the chat');
export const js = knock("knock-js", "js", 'the same with `data-engine="js"`');
