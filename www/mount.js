/*
 * The place of a launcher's chat: in the page, or in a frame of Knock's own origin. Part of the launcher.
 *
 *   const mounting = mounter({ chat, place, host, site, styles, signal });
 *
 *   chat      the `data-chat` of the snippet: `frame` wants the frame
 *   mounting.prefetch()   loads the files before they are needed
 *   mounting.mount({ lang, look, label, listener })  promises the chat, with the calls of `Widget`
 *
 * Where WebAssembly is refused, by the policy of the page, it is the frame too, which has a policy of its own.
 */
import { recall } from './storage.js';
import { fileAt, loadFiles } from './widget-files.js';

/** The smallest module. */
const EMPTY = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0);

let isRefused;
/** Whether WebAssembly is refused. Asked for when it matters: a trial that fails is a violation in the page's reports. */
const isWasmRefused = () => {
  try {
    // The tracker has found it out.
    isRefused ??= recall('knock_w') == 'js' || !new WebAssembly.Module(EMPTY);
  } catch {
    isRefused = true;
  }
  return isRefused;
};

export const mounter = ({ chat, place, host, site, styles, signal }) => {
  let isStyled;
  const adopt = (css) => {
    isStyled || styles.adopt(css);
    isStyled = true;
  };
  const isFramed = () => chat == 'frame' || isWasmRefused();
  return {
    prefetch: () => (isFramed() ? import(fileAt('framed.js')) : loadFiles()).catch(() => {}),
    async mount({ lang, look, label, listener }) {
      if (isFramed()) {
        const { framed, style } = await import(fileAt('framed.js'));
        adopt(style);
        return framed({ place, host, site, lang, look, label, listener, signal });
      }
      const { Widget, css } = await loadFiles();
      if (signal.aborted) return undefined;
      adopt(css);
      return Widget.onSite(place, host, site, lang, listener, look);
    },
  };
};
