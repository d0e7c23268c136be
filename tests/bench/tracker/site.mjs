// The site that is visited, on an origin of its own.
import { createServer } from "node:http";
import { arriving } from "./distance.mjs";
import { LANDING, page } from "./page.mjs";

/** A page without any tracker. */
const ELSEWHERE = `<!doctype html><html lang="en"><head><title>Elsewhere</title><link rel="icon" href="data:,"></head></html>`;

export class Site {
  static async serve(peer, host, { names, isFar }) {
    const site = new Site();
    const html = page(peer, host.url, names);
    site.server = createServer((request, response) => {
      const body = request.url === "/elsewhere" ? ELSEWHERE : html;
      arriving(isFar, body.length, () => {
        response.writeHead(200, { "content-type": "text/html; charset=utf-8" });
        response.end(body);
      });
    });
    await new Promise((resolve) => site.server.listen(0, "127.0.0.1", resolve));
    // A host name with several labels: on an IP address no tracker would look for the widest domain of its cookies.
    site.url = `http://www.site.localhost:${site.server.address().port}`;
    site.landing = `${site.url}/${LANDING}`;
    return site;
  }

  async stop() {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
