/*
 * The preview of a look, in a frame of the dashboard: the real launcher and chat, which reach no server here.
 *
 * The dashboard sends `{ look, device, part, ground }` as JSON, once this page has said `ready`: `look` as `GET /v1/look`
 * has it, `device` `desktop` or `phone`, `part` `launcher` or `chat`, `ground` `light` or `dark`. Requests of the chat get
 * sample answers, streams stay silent, and what is stored ends with the page.
 */
import { isolate } from './preview/isolate.js';
import { hear, respond } from './preview/server.js';

const LAUNCHER = new URL(import.meta.url).pathname.replace(/^\/a\/(.+)\/[^/]+$/, '/t/$1/launcher.js');

let shown;
let running;
let turn = 0;

const { forget } = isolate((path, request) => respond(shown?.look, path, request), hear);

/** The look as the preview shows it: on every device and page, at once, in the scheme that is chosen. */
const everywhere = ({ look, ground }) => ({
  ...look,
  scheme: look.scheme == 'system' ? ground : look.scheme,
  launcher: {
    ...look.launcher,
    hidden_paths: [],
    hidden_devices: [],
    is_hidden: false,
    changes_at: undefined,
    signed_in_only: false,
  },
  teaser: look.teaser && { ...look.teaser, pages: [], delay_s: 0 },
});

const show = async (message) => {
  const own = ++turn;
  shown = { ...message, look: everywhere(message) };
  const { launch } = await import(LAUNCHER);
  // Another message has come meanwhile.
  if (own != turn) return;
  running?.unmount();
  forget();
  document.documentElement.lang = shown.look.language;
  document.documentElement.dataset.ground = shown.ground;
  const bus = shown.part == 'chat' ? [['open', 'chat']] : [];
  running = launch({ host: location.origin, site: 'preview', bus });
};

addEventListener('message', ({ data, origin, source }) => {
  if (origin != location.origin || source != parent || typeof data != 'string') return;
  show(JSON.parse(data)).catch(() => {});
});

if (parent != window) parent.postMessage('ready', location.origin);
