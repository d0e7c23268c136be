// One minified file for each peer, as a site would ship it.
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const HOST = `const HOST = new URL(document.currentScript.src).origin;`;

export async function bundle(peer) {
  const { outputFiles } = await build({
    stdin: { contents: `${HOST}${peer.start}`, resolveDir: HERE, sourcefile: `${peer.name}.js` },
    bundle: true,
    minify: true,
    write: false,
    format: "iife",
    target: "es2020",
    platform: "browser",
    legalComments: "none",
    logLevel: "error",
    define: { "process.env.NODE_ENV": '"production"' },
  });
  return Buffer.from(outputFiles[0].contents);
}
