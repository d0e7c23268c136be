// The Google server of tests/google, as a process, and an app that is connected with it.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { calendar as connect } from "@googleapis/calendar";
import { CodeChallengeMethod, OAuth2Client } from "google-auth-library";

const BINARY = process.env.CONTRACT_GOOGLE_BIN ?? "target/debug/contract-google";

export const CLIENT_ID = "1234-contract.apps.googleusercontent.com";
export const CLIENT_SECRET = "GOCSPX-contract";
/** The account that there is at the beginning; its primary calendar has the same id. */
export const ACCOUNT = "rep@acme.example";
export const REDIRECT = "http://127.0.0.1:8080/hooks/calendars/oauth";

/** The whole name of a scope. */
export const scope = (name) => `https://www.googleapis.com/auth/${name}`;
/** The least scopes with which calendars are listed and read, and events written. */
export const SCOPES = ["calendar.calendarlist.readonly", "calendar.events", "calendar.freebusy"].map(scope);

export class Google {
  static async start() {
    const google = new Google();
    google.process = spawn(BINARY, ["--listen", "127.0.0.1:0"], { stdio: ["ignore", "pipe", "inherit"] });
    const { value: line } = await createInterface({ input: google.process.stdout })[Symbol.asyncIterator]().next();
    google.url = line?.match(/^listening on (http:\S+)$/)?.[1];
    if (!google.url) throw new Error(`the server said: ${line}`);
    return google;
  }

  stop() {
    this.process.kill();
  }

  /** `/_control/...`: see tests/google/README.md. */
  async control(method, path, body) {
    const reply = await fetch(`${this.url}/_control/${path}`, { method, body: body && JSON.stringify(body) });
    const text = await reply.text();
    if (!reply.ok) throw new Error(`${method} ${path}: ${text}`);
    return JSON.parse(text);
  }

  /** Google's own OAuth client, which asks this server. */
  auth() {
    return new OAuth2Client({
      clientId: CLIENT_ID,
      clientSecret: CLIENT_SECRET,
      redirectUri: REDIRECT,
      endpoints: {
        oauth2AuthBaseUrl: `${this.url}/o/oauth2/v2/auth`,
        oauth2TokenUrl: `${this.url}/token`,
        oauth2RevokeUrl: `${this.url}/revoke`,
        tokenInfoUrl: `${this.url}/tokeninfo`,
      },
    });
  }

  /** Google's own Calendar client, which asks this server. */
  calendar(auth) {
    return connect({ version: "v3", auth, rootUrl: `${this.url}/`, retry: false });
  }

  /** Presses a button of the consent page; the query with which the browser returns. */
  async decide(url, decision, boxes = { all: "1" }) {
    const page = await fetch(url, { redirect: "manual" });
    if (page.status === 302) return new URL(page.headers.get("location")).searchParams;
    const html = await page.text();
    if (page.status !== 200) throw new Error(`${page.status} ${html.match(/Error \d+: \w+/)?.[0]}`);
    const form = new URLSearchParams(boxes);
    const unescaped = (text) => text.replaceAll("&quot;", '"').replaceAll("&amp;", "&");
    for (const [, name, value] of html.matchAll(/type="hidden" name="([^"]*)" value="([^"]*)"/g)) {
      form.append(unescaped(name), unescaped(value));
    }
    form.append("decision", decision);
    const back = await fetch(url.split("?")[0], { method: "POST", body: form, redirect: "manual" });
    return new URL(back.headers.get("location")).searchParams;
  }

  /** An OAuth client with tokens of the account, by the consent page. */
  async connected(scopes = SCOPES, options = {}) {
    const auth = this.auth();
    const { codeVerifier, codeChallenge } = await auth.generateCodeVerifierAsync();
    const url = auth.generateAuthUrl({
      access_type: "offline",
      prompt: "consent",
      scope: scopes,
      state: "state",
      code_challenge: codeChallenge,
      code_challenge_method: CodeChallengeMethod.S256,
      ...options,
    });
    const query = await this.decide(url, "allow");
    const { tokens } = await auth.getToken({ code: query.get("code"), codeVerifier });
    auth.setCredentials(tokens);
    return auth;
  }
}

/** The error of a call, with its status, its reason and its body. */
export async function refused(call, status, reason) {
  const error = await Promise.resolve(call).then(
    () => {
      throw new Error("it was not refused");
    },
    (error) => error,
  );
  const body = error.response?.data;
  const found = body?.error?.errors?.[0]?.reason ?? body?.error;
  if (error.response?.status !== status || (reason && found !== reason)) {
    throw new Error(`expected ${status} ${reason}: ${error.message} ${JSON.stringify(body)}`);
  }
  return { body, headers: error.response.headers };
}
