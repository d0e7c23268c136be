// A customer's site, served from a folder on an origin of its own.
import { readFileSync, existsSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";

const TYPES = { ".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml" };

export class Site {
  /** `pages` override the folder: path to HTML (a script if it ends in `.js`) or to `{html, headers}`. */
  static async serve({ folder, pages = {}, headers = {} }) {
    const site = new Site();
    site.pages = pages;
    /** Reports of browsers to `/reports`. */
    site.reports = [];
    site.server = createServer((request, response) => {
      const path = new URL(request.url, "http://site").pathname;
      if (path === "/reports") return site.#report(request, response);
      const page = site.pages[path];
      const file = folder && join(folder, path === "/" ? "index.html" : decodeURIComponent(path));
      if (page !== undefined) {
        const type = path.endsWith(".js") ? TYPES[".js"] : TYPES[".html"];
        response.writeHead(200, { "content-type": `${type}; charset=utf-8`, ...headers, ...page.headers });
        response.end(page.html ?? page);
      } else if (file && existsSync(file)) {
        response.writeHead(200, { "content-type": TYPES[extname(file)] ?? "application/octet-stream", ...headers });
        response.end(readFileSync(file));
      } else {
        response.writeHead(404).end();
      }
    });
    await new Promise((resolve) => site.server.listen(0, "127.0.0.1", resolve));
    site.port = site.server.address().port;
    site.url = site.at("127.0.0.1");
    return site;
  }

  /** The same site under another host name, which the browser must resolve to this machine. */
  at(host) {
    return `http://${host}:${this.port}`;
  }

  async #report(request, response) {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    this.reports.push(Buffer.concat(chunks).toString());
    response.writeHead(204).end();
  }

  async stop() {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

/** The snippet as the dashboard shows it. */
export function snippet(knock, key, attributes = "") {
  return `<script async crossorigin src="${knock.url}/k.js" data-site="${key}"${attributes}></script>`;
}

/** A small page with the snippet. */
export function page(head, body = "", title = "Page") {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title>
<link rel="icon" href="data:,">${head}</head><body>${body}</body></html>`;
}
