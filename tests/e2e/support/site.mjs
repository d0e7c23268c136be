// A site of somebody else, served from a folder on an origin of its own.
import { readFileSync, existsSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";

const TYPES = { ".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml" };

export class Site {
  /** `pages` answers before the folder does: path to HTML. */
  static async serve({ folder, pages = {}, headers = {} }) {
    const site = new Site();
    site.pages = pages;
    site.server = createServer((request, response) => {
      const path = new URL(request.url, "http://site").pathname;
      const page = site.pages[path];
      const file = folder && join(folder, path === "/" ? "index.html" : decodeURIComponent(path));
      if (page !== undefined) {
        response.writeHead(200, { "content-type": "text/html; charset=utf-8", ...headers });
        response.end(page);
      } else if (file && existsSync(file)) {
        response.writeHead(200, { "content-type": TYPES[extname(file)] ?? "application/octet-stream", ...headers });
        response.end(readFileSync(file));
      } else {
        response.writeHead(404).end();
      }
    });
    await new Promise((resolve) => site.server.listen(0, "127.0.0.1", resolve));
    site.url = `http://127.0.0.1:${site.server.address().port}`;
    return site;
  }

  async stop() {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

/** The snippet as the dashboard shows it. */
export function snippet(knock, key, attributes = "") {
  return `<script async src="${knock.url}/k.js" data-site="${key}"${attributes}></script>`;
}

/** A small page with the snippet. */
export function page(head, body = "") {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Page</title>
<link rel="icon" href="data:,">${head}</head><body>${body}</body></html>`;
}
