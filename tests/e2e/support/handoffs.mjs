// `/v1/handoffs` as on the server: tokens for visitors, valid for ten minutes, once.
const LIFE = 600_000;

export class Handoffs {
  /** Milliseconds by which the clock is ahead, here only. */
  later = 0;
  #tokens = new Map();

  /** The answer to a request as status code and body. */
  answer(path, { visitor, token }) {
    const now = Date.now() + this.later;
    if (path === "/v1/handoffs") {
      const made = `token-${this.#tokens.size + 1}`;
      this.#tokens.set(made, { visitor, until: now + LIFE });
      return [201, { token: made, expires_at: now + LIFE }];
    }
    const known = this.#tokens.get(token);
    // The number of tokens stays: it names the next one.
    this.#tokens.set(token, undefined);
    return known && known.until > now ? [200, { visitor: known.visitor }] : [422, { title: "the token has expired" }];
  }
}
