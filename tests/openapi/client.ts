// A program of another company, written against the generated types alone.
import createClient from "openapi-fetch";
import type { components, paths } from "../../target/openapi/schema.js";

type Schemas = components["schemas"];

/** The answer, or what the server said was wrong. */
function good<T>(reply: { data?: T; error?: Schemas["Problem"] }): T {
  if (reply.data === undefined) throw new Error(`${reply.error?.type}: ${reply.error?.detail}`);
  return reply.data;
}

export class Program {
  readonly #client;
  readonly #team;

  constructor(baseUrl: string, origin: string, key: string) {
    this.#client = createClient<paths>({ baseUrl, headers: { origin } });
    this.#team = createClient<paths>({ baseUrl, headers: { authorization: `Bearer ${key}` } });
  }

  async site(): Promise<string> {
    const { sites } = good(await this.#team.GET("/api/v1/sites"));
    if (!sites[0]) throw new Error("there is no site");
    return sites[0].key;
  }

  /** Opens a chat and writes into it; the number of the message. */
  async write(site: string, visitor: string, id: string, text: string): Promise<{ conversation: string; seq: number }> {
    const { conversation, token } = good(await this.#client.POST("/v1/chat", { body: { site, visitor, session: visitor } }));
    const headers = { authorization: `Bearer ${token}` };
    const params = { path: { conversation } };
    const stored = await this.#client.POST("/v1/chat/{conversation}/messages", { params, headers, body: { id, text } });
    return { conversation, seq: good(stored).seq };
  }

  /** The contact with an address, as its page shows it. */
  async contact(email: string): Promise<Schemas["ContactRecord"] | undefined> {
    const { contacts } = good(await this.#team.GET("/api/v1/contacts", { params: { query: { q: email } } }));
    const row = contacts.find((contact) => contact.email === email);
    return row && good(await this.#team.GET("/api/v1/contacts/{id}", { params: { path: { id: row.id } } }));
  }

  async state(conversation: string): Promise<Schemas["ChatState"]> {
    const params = { path: { id: conversation } };
    return good(await this.#team.GET("/api/v1/conversations/{id}", { params })).conversation.state;
  }

  /** Sets values of custom fields; null takes one away. */
  async setValues(id: string): Promise<void> {
    const values = { plan: "Pro", seats: 40, is_trial: false, region: null };
    good(await this.#team.PUT("/api/v1/contacts/{id}/custom-fields", { params: { path: { id } }, body: { values } }));
  }

  /** Replies with a key that is bound to a member or to an integration, once. */
  async reply(id: string, text: string, once: string): Promise<number> {
    const params = { path: { id }, header: { "Idempotency-Key": once } };
    return good(await this.#team.POST("/api/v1/conversations/{id}/messages", { params, body: { text } })).seq;
  }

  /** What a refusal says; it is typed as well. */
  async refusal(): Promise<Schemas["Problem"] | undefined> {
    const params = { path: { id: "nobody" } };
    return (await this.#client.GET("/api/v1/contacts/{id}", { params })).error;
  }
}

export function wrong(client: ReturnType<typeof createClient<paths>>): void {
  // @ts-expect-error a message needs its text
  void client.POST("/v1/chat/{conversation}/messages", { params: { path: { conversation: "" } }, body: { id: "" } });
  // @ts-expect-error a custom field holds no list
  void client.PUT("/api/v1/contacts/{id}/custom-fields", { params: { path: { id: "" } }, body: { values: { plan: [] } } });
  // @ts-expect-error there is no such path
  void client.GET("/api/v1/nobody");
}
