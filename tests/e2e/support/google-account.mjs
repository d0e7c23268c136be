// An account at the Google server of tests/google, as its owner uses it.
import { ACCOUNT, Google } from "./google.mjs";

export class GoogleAccount extends Google {
  static async start() {
    // The same process, with what its owner does.
    return Object.setPrototypeOf(await Google.start(), GoogleAccount.prototype);
  }

  /** The addresses of Google for the configuration of a server. */
  get env() {
    return {
      KNOCK_GOOGLE_API_URL: this.url,
      KNOCK_GOOGLE_AUTHORIZE_URL: `${this.url}/o/oauth2/v2/auth`,
      KNOCK_GOOGLE_TOKEN_URL: `${this.url}/token`,
      KNOCK_GOOGLE_REVOKE_URL: `${this.url}/revoke`,
      KNOCK_OUTBOUND_PRIVATE_NETWORKS: "127.0.0.0/8",
    };
  }

  /** The events of the primary calendar that are not cancelled. */
  async events() {
    const events = await this.control("GET", `events/${encodeURIComponent(ACCOUNT)}`);
    return events.filter(({ status }) => status !== "cancelled");
  }

  /** Puts an event into the primary calendar, between two instants. */
  add(start, end, event = {}) {
    const at = (instant) => ({ dateTime: new Date(instant).toISOString() });
    return this.control("POST", "events", { event: { summary: "Elsewhere", start: at(start), end: at(end), ...event } });
  }

  /** Takes the grant of the app back. */
  revoke() {
    return this.control("POST", "grants/revoke", { email: ACCOUNT });
  }

  /** The scopes that are granted to the app; none without a grant. */
  async granted() {
    return (await this.control("GET", "grants")).granted[ACCOUNT];
  }
}
