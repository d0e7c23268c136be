// Requests about a chat.

/** Request timeout in milliseconds. */
const TIMEOUT = 15000;

export class Asking {
  constructor(host) {
    this.host = host;
    this.waiting = [];
  }

  /** Takes the address of the chat, empty while it is not open, and its token. */
  use(conversation, token) {
    this.path = conversation && '/v1/chat/' + conversation;
    this.token = token;
    if (this.path) this.waiting.splice(0).forEach((go) => go());
  }

  /** Ends once the chat is open, or after a while: cards are shown before. */
  whenOpen() {
    return new Promise((go) => {
      if (this.path) return go();
      this.waiting.push(go);
      setTimeout(go, TIMEOUT);
    });
  }

  /** Sends a request about the chat; `code` is 0 without a response. */
  async ask(what, body) {
    await this.whenOpen();
    return this.path ? this.send(this.path + what, this.token, body) : { code: 0, body: {} };
  }

  async send(path, token, body) {
    const waiting = new AbortController();
    const timeout = setTimeout(() => waiting.abort(), TIMEOUT);
    try {
      const headers = { accept: 'application/json, application/problem+json' };
      if (token) headers.authorization = 'Bearer ' + token;
      if (body) headers['content-type'] = 'application/json';
      const response = await fetch(this.host + path, {
        method: body ? 'POST' : 'GET',
        headers,
        body: body && JSON.stringify(body),
        cache: 'no-store',
        credentials: 'omit',
        signal: waiting.signal,
      });
      return { code: response.status, body: await response.json() };
    } catch {
      return { code: 0, body: {} };
    } finally {
      clearTimeout(timeout);
    }
  }
}
