// A Monday and the Tuesday after it of a team of two, made by the API, each act at an instant of its own in Berlin.
import { until } from "./knock.mjs";
import { ALWAYS, keyOfAdmin } from "./reports.mjs";
import { Visitors } from "./visitors.mjs";

/** What a report is asked for. */
export const DAYS = { from: "2030-01-07", to: "2030-01-08", tz: "Europe/Berlin" };
/** The address of the lead whom HubSpot refuses. */
export const REFUSED = "lea@refused.example";
/** Leads who wrote while no member could take them: at 16:00 as both are away, and at 21:00. */
export const NOBODY = { 16: "joe@orbit-pay.com", 21: "fay@night-owl.example" };
/** Of gus, who is answered after ten minutes, meets a member and has the task; and of hal, who writes before it. */
export const FORMS = { forms_sent: 2, forms_answered: 1, forms_booked: 1 };
export const RUNS = { enrolled: 2, running: 0, completed: 1, stopped: 1 };
export const WORKFLOW = "Call who sent a form";

const [MINUTE, HOUR] = [60_000, 3_600_000];
const G2 = "/pricing?utm_source=g2&utm_campaign=spring";
const NEWS = "/blog?utm_source=news&utm_campaign=autumn";
const OFFICE = { zone: "Europe/Berlin", ...Object.fromEntries(["mon", "tue", "wed", "thu", "fri"].map((day) => [day, [["09:00", "17:00"]]])) };

export class Monday {
  /** Lives both days. Reps are `bo@us.example` and `cy@us.example`, who is away on Monday until 16:30. */
  static async live(browser, knock, hubspot) {
    const monday = new Monday();
    Object.assign(monday, { knock, hubspot, leads: await Visitors.of(knock, keyOfAdmin(knock)) });
    await knock.setClock({ now: "2030-01-07T07:00:00Z" });
    await monday.#team(browser);
    await monday.#workflow();
    await monday.#morning();
    await monday.#nobodyThere();
    await monday.#night();
    await monday.#hubSpot();
  }

  #at = (time, day = 7) => this.knock.setClock({ now: new Date(Date.parse(`2030-01-0${day}T${time}:00Z`) - HOUR).toISOString() });

  /** Two reps in one pool: the segment of g2, and the fallback. */
  async #team(browser) {
    const ask = this.leads.ask.bind(this.leads);
    await ask("PUT", "/api/v1/availability", { hours: ALWAYS });
    for (const name of ["bo", "cy"]) {
      const { invitation } = await ask("POST", "/api/v1/members", { email: `${name}@us.example`, role: "rep" });
      const page = await (await browser.newContext()).newPage();
      await page.goto(invitation);
      await page.getByRole("button", { name: "Sign in" }).click();
      await page.waitForURL("**/app/home");
      await page.context().close();
    }
    await this.knock.nameMembers();
    const { members } = await this.knock.get("/api/v1/members");
    this.ids = Object.fromEntries(members.map(({ id, email }) => [email.split("@")[0], id]));
    await this.#is("bo", "active");
    await this.#is("cy", "away");
    const assign = { pool: [this.ids.bo, this.ids.cy] };
    const when = { field: "attribution.utm_source", op: "eq", value: "g2" };
    const segments = [{ id: "g2", name: "From G2", when, assign }];
    await ask("PUT", "/api/v1/rules/default_chat", { name: "Website", funnel: "chat", segments, fallback: { assign } });
    this.bo = this.knock.command("api-key", "create", "--role", "rep", "--member", "bo@us.example").trim();
  }

  #is(name, state) {
    return this.leads.ask("PUT", `/api/v1/members/${this.ids[name]}/availability`, { hours: OFFICE, state });
  }

  /** An hour after a form its lead is to be called, unless they write before. */
  async #workflow() {
    const draft = {
      name: WORKFLOW,
      definition: {
        trigger: { on: "form" },
        stop_when: [{ on: "message", by: "lead" }],
        steps: [{ id: "wait", wait: { for_ms: HOUR } }, { id: "call", do: "task" }],
      },
      contents: { call: { do: "task", text: "Call", due_in_ms: 0 } },
    };
    const { id } = await this.leads.ask("POST", "/api/v1/workflows", draft);
    await this.leads.ask("PUT", `/api/v1/workflows/${id}/state`, { enabled: true });
  }

  /** Two chats, which Bo answers, and two forms. */
  async #morning() {
    const { leads, knock } = this;
    await this.#at("10:00");
    await leads.visits(1, G2, { email: "ann@hollis-freight.com" });
    const ann = await leads.writes(1);
    await knock.setClock({ advance_ms: MINUTE });
    await leads.replies(ann, this.bo);
    await this.#at("10:05");
    await leads.visits(2, NEWS, { email: "ben@alpha-trade.com" });
    const ben = await leads.writes(2);
    await knock.setClock({ advance_ms: 3 * MINUTE });
    await leads.replies(ben, this.bo);

    await this.#at("10:30");
    await leads.visits(3, NEWS, { email: "gus@gus-tools.example", form: "contact" });
    await this.#at("10:35");
    await leads.visits(4, G2, { email: "hal@hal-labs.example", form: "contact" });
    await this.#at("10:40");
    await leads.replies(await this.#conversationOf("gus@gus-tools.example"), this.bo);
    await this.#at("10:50");
    await leads.writes(4);
    await leads.books(3, "gus@gus-tools.example", "Gus Adler");
    await this.#at("11:31");
    const ended = ({ runs }) => runs.length === 1 && runs[0].state !== "active";
    for (const email of ["gus@gus-tools.example", "hal@hal-labs.example"]) {
      const { contacts } = await knock.get(`/api/v1/contacts?q=${email}`);
      const own = async () => (await knock.get(`/api/v1/contacts/${contacts[0].id}/workflows`)).workflows;
      await until(own, (all) => all.some(ended), `the run of ${email} ends`);
    }
  }

  async #conversationOf(email) {
    const open = async () => (await this.knock.get("/api/v1/conversations?view=open")).conversations;
    const found = (all) => all.find(({ contact }) => contact?.email === email);
    return found(await until(open, found, `the form of ${email}`)).id;
  }

  /** Both are away as joe writes, and Bo is back ten minutes later. */
  async #nobodyThere() {
    await this.#at("16:00");
    await this.#is("bo", "away");
    await this.leads.visits(5, NEWS, { email: NOBODY[16] });
    await this.leads.writes(5);
    await this.#at("16:10");
    await this.#is("bo", "active");
    await this.#given(NOBODY[16]);
    await this.#at("16:30");
    await this.#is("cy", "active");
  }

  /** Until the last decision about a lead gives them to a rep. */
  async #given(email) {
    const all = async () => (await this.knock.get("/api/v1/decisions?limit=200")).decisions;
    const isGiven = ({ contact, decision }) => contact?.email === email && decision.outcome === "assigned";
    await until(all, (decisions) => decisions.some(isGiven), `${email} is given to a rep`);
  }

  /** Fay writes after work; the server is killed over night, and gives her to a rep in the morning. */
  async #night() {
    await this.#at("21:00");
    await this.leads.visits(6, G2, { email: NOBODY[21] });
    const fay = await this.leads.writes(6);
    await this.knock.kill();
    await this.knock.restart();
    await this.#at("09:00", 8);
    await this.#given(NOBODY[21]);
    await this.knock.setClock({ advance_ms: MINUTE });
    await this.leads.replies(fay);
  }

  /** On Tuesday HubSpot takes one lead and refuses another for good. */
  async #hubSpot() {
    const { leads, hubspot, knock } = this;
    const crm = "/api/v1/crm/hubspot";
    await this.#at("10:00", 8);
    await leads.ask("POST", `${crm}/connect`, { token: hubspot.token });
    await leads.ask("POST", `${crm}/fields`);
    const { create_contact, mapping } = await knock.get(crm);
    await leads.ask("PUT", crm, { enabled: true, other_sources: true, accept: [], create_contact, mapping });
    await leads.visits(7, G2, { email: "kim@globex.example" });
    await leads.writes(7);
    const known = async () => (await hubspot.get("records/contacts")).map(({ properties }) => properties.email);
    await until(known, (all) => all.includes("kim@globex.example"), "kim is in HubSpot");
    await hubspot.post("faults", { on: "/batch/up", do: "partial", ids: [REFUSED], category: "VALIDATION_ERROR", message: "Not valid" });
    await leads.visits(8, NEWS, { email: REFUSED });
    await leads.writes(8);
    const failures = async () => (await knock.get(`${crm}/health`)).failures ?? [];
    await until(failures, (all) => all.length > 0, "a write is given up");
  }
}
