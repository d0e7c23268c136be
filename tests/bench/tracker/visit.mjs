// A tracker on its host, the site that uses it, and visitors; all are closed at the end, also after an error.
import { visitor, within } from "./browser.mjs";
import { Host } from "./host.mjs";
import { Site } from "./site.mjs";

/**
 * `work({ host, site, enter, contexts })`; `enter` is another visitor, in a browser of Playwright's. `options` are those of
 * the host, and `names` of buttons.
 */
export async function visiting(browser, { peer, files }, options, work) {
  const host = await Host.serve(peer, files, options);
  const site = await Site.serve(peer, host, options);
  const contexts = [];
  const enter = async () => {
    const context = await visitor(browser);
    contexts.push(context);
    return context;
  };
  try {
    return await work({ host, site, enter, contexts });
  } finally {
    await within(20_000, Promise.allSettled(contexts.map((context) => context.close())));
    await site.stop();
    await host.stop();
  }
}
