//! The result of the HubSpot look-up decides the assignee.

use super::{Office, place};
use crate::members::Browser;
use crate::notifications::subscription;
use crate::support::id;
use knock_model::Role;
use knock_testing::{Answer, Receiver, found};
use serde_json::{Value, json};

const ANN: &str = "ann@acme.example";
const BO: &str = "bo@us.example";
const CY: &str = "cy@acme.example";

impl Office {
    /// Adds a contact whose owner in HubSpot is a member, and a chat rule with this `crm_aware`.
    pub(super) fn owned(&self, crm_aware: &str) -> Browser {
        let admin = Browser::admin(&self.knock);
        let bo = Browser::member(&self.knock, &admin, BO, Role::Rep);
        let owner = self.hubspot.control("POST", "owners", &json!({"email": BO}))["id"].clone();
        let properties = json!({"email": ANN, "hubspot_owner_id": owner, "lifecyclestage": "customer"});
        self.hubspot.control("POST", "records", &json!({"object": "contacts", "properties": properties}));
        let rules = self.knock.get("/api/v1/rules", &self.key).body;
        let rep = &rules["rules"][0]["fallback"]["assign"]["rep"];
        let rule = json!({"name": "Default Routing Rule", "funnel": "chat", "crm_aware": crm_aware, "segments": [],
            "fallback": {"assign": {"rep": rep}}});
        assert_eq!(self.ask("PUT", "/api/v1/rules/default_chat", &rule).code, 200);
        assert_eq!(self.ask("PUT", "/api/v1/agent", &json!({"asks_to_clarify": false})).code, 200);
        bo
    }

    /// The first decision about a chat, once HubSpot has responded.
    fn decision(&self) -> Value {
        self.is_known(1, ANN);
        self.site.visitor(1).opens_chat(&self.knock);
        self.until_looked_up();
        self.decision_at_once()
    }

    /// Waits until the result of a look-up is stored.
    pub(super) fn until_looked_up(&self) {
        found("HubSpot has answered", || (!self.knock.select("SELECT fields FROM crm_known").is_empty()).then_some(()));
    }

    fn decision_at_once(&self) -> Value {
        let chat = self.writes(1, ANN, "We are 200 people and need a quote");
        chat.record(&self.knock, &self.key)["decisions"][0].clone()
    }

    fn looked_up(&self) -> bool {
        self.hubspot.control("GET", "calls", &Value::Null).to_string().contains("batch/read")
    }
}

#[test]
fn a_chat_goes_to_the_owner_of_the_contact() {
    let office = Office::synced();
    office.owned("assign");
    let decision = office.decision();
    assert_eq!((&decision["reason"], &decision["assignee"]), (&json!("crm_owner"), &json!(BO)), "{decision}");
    let fields = office.knock.select("SELECT fields FROM decisions").concat();
    let [exists, owner, lifecycle] =
        ["exists", "owner", "lifecycle"].map(|field| format!("crm.{}.{field}", place().as_str()));
    for known in [&*exists, &*owner, BO, &*lifecycle, "customer", "Customer"] {
        assert!(fields.contains(known), "{known}: {fields}");
    }
    let contact = office.knock.get("/api/v1/contacts", &office.key).body["contacts"][0].clone();
    let account = contact["account"]["id"].as_str().expect("an account");
    for path in [format!("contacts/{}", contact["id"].as_str().expect("an id")), format!("accounts/{account}")] {
        let record = office.knock.get(&format!("/api/v1/{path}"), &office.key).body;
        assert_eq!(record["funnel_stage"], "Customer", "{path}: {record}");
    }
    let inputs = office.knock.get("/api/v1/rules/inputs?funnel=chat", &office.key).body;
    assert_eq!(inputs["crm"], place().as_str(), "{inputs}");
}

#[test]
fn lists_ask_what_the_crm_says_now_and_the_stage_that_records_show() {
    let office = Office::synced();
    office.owned("assign");
    office.is_known(1, ANN);
    office.is_known(2, CY);
    // Looked up at the click; no decision has seen any of it.
    office.site.visitor(1).opens_chat(&office.knock);
    office.until_looked_up();
    let lifecycle = format!("crm.{}.lifecycle", place().as_str());
    for (field, value, expected) in [
        ("signals.funnel_stage", "Customer", vec![ANN]),
        ("signals.funnel_stage", "First Seen", vec![CY]),
        ("signals.funnel_stage", "Existing", vec![]),
        (&*lifecycle, "customer", vec![ANN]),
    ] {
        let condition = json!({"field": field, "op": "eq", "value": value}).to_string();
        let encoded: String = condition.bytes().map(|byte| format!("%{byte:02x}")).collect();
        let list = office.knock.get(&format!("/api/v1/contacts?where={encoded}"), &office.key).body;
        let found: Vec<_> = list["contacts"].as_array().into_iter().flatten().map(|row| &row["email"]).collect();
        assert_eq!(found, expected, "{field} {value}: {list}");
    }
    let record = office.knock.get(&format!("/api/v1/contacts/{}", office.contact_id(ANN)), &office.key).body;
    assert_eq!(record["funnel_stage"], "Customer", "{record}");
}

#[test]
fn the_record_of_a_chat_names_the_owner() {
    let office = Office::synced();
    office.owned("notify");
    office.decision();
    let chats = office.knock.get("/api/v1/conversations", &office.key).body;
    let id = chats["conversations"][0]["id"].as_str().expect("a chat");
    let record = office.knock.get(&format!("/api/v1/conversations/{id}"), &office.key).body;
    assert_eq!(record["crm_owner"], json!({"system": place().as_str(), "owner": BO}), "{record}");
}

#[test]
fn with_notify_the_owner_is_told_and_the_assignee_stays() {
    let office = Office::synced();
    office.owned("notify");
    let decision = office.decision();
    assert_ne!((&decision["reason"], &decision["assignee"]), (&json!("crm_owner"), &json!(BO)), "{decision}");
    let told = decision["notify"].as_array().expect("a list");
    assert!(told.contains(&json!(format!("dm:{BO}"))), "{decision}");
}

#[test]
fn an_owner_who_left_the_team_is_noted_and_gets_nothing() {
    let office = Office::synced();
    office.owned("assign");
    let admin = Browser::admin(&office.knock);
    let path = format!("/api/v1/members/{}", admin.id_of(&office.knock, BO));
    assert_eq!(admin.ask(&office.knock, "DELETE", &path, &Value::Null).code, 204);
    let decision = office.decision();
    assert_eq!(decision["notes"], json!(["crm_owner_inactive"]), "{decision}");
    assert_ne!(decision["assignee"], json!(BO));
    assert!(!decision["notify"].to_string().contains(BO), "{decision}");
}

#[test]
fn an_owner_who_is_archived_in_hubspot_is_none_and_noted() {
    for mode in ["assign", "notify"] {
        let office = Office::synced();
        office.owned(mode);
        let contacts = office.hubspot.control("GET", "records/contacts", &Value::Null);
        let owner = contacts[0]["properties"]["hubspot_owner_id"].as_str().expect("an owner").to_owned();
        office.hubspot.control("POST", &format!("owners/{owner}"), &json!({"email": BO, "archived": true}));
        let decision = office.decision();
        assert_eq!(decision["notes"], json!(["crm_owner_inactive"]), "{mode}: {decision}");
        assert_ne!(decision["assignee"], json!(BO), "{mode}: {decision}");
        assert!(!decision["notify"].to_string().contains(BO), "{mode}: {decision}");
    }
}

#[test]
fn an_owner_who_is_notified_gets_a_push_notification() {
    let service = Receiver::start(|_, _| Answer::Code(201));
    let office = Office::synced();
    let bo = office.owned("notify");
    let subscribed = bo.ask(&office.knock, "POST", "/api/v1/notifications/devices", &subscription(&service.url("/bo")));
    assert_eq!(subscribed.code, 204, "{}", subscribed.body);
    office.decision();
    assert_eq!(service.count(1)[0].path, "/bo");
    // Once, and not again with each message of the lead.
    let chat = office.site.visitor(1).opens_chat(&office.knock);
    assert_eq!(chat.write(&office.knock, 7, "Are you there?").code, 201);
    office.settle();
    assert_eq!(service.all().len(), 1);
}

#[test]
fn a_meeting_is_with_the_owner_of_the_contact() {
    let office = Office::synced();
    office.owned("assign");
    let rules = office.knock.get("/api/v1/rules", &office.key).body;
    let of_meetings = |rule: &&Value| rule["funnel"] == "meeting";
    let rule = rules["rules"].as_array().into_iter().flatten().find(of_meetings).expect("one").clone();
    let path = format!("/api/v1/rules/{}", rule["id"].as_str().expect("an id"));
    let changed = json!({"name": rule["name"], "funnel": "meeting", "crm_aware": "assign", "segments": [],
        "fallback": rule["fallback"]});
    let reply = office.ask("PUT", &path, &changed);
    assert_eq!(reply.code, 200, "{}", reply.body);
    let asks = |visitor: u64| {
        let given = json!({"link": "meeting", "visitor": id(office.knock.now(), visitor), "email": ANN});
        let reply = office.knock.post("/v1/meetings/email", &given);
        assert_eq!(reply.code, 200, "{}", reply.body);
    };
    // The address is looked up; a slow response comes too late for the first decision.
    asks(9);
    office.until_looked_up();
    asks(10);
    let decided = office.knock.select("SELECT fields FROM decisions").concat();
    assert!(decided.contains(BO), "{decided}");
}

#[test]
fn a_slow_or_broken_hubspot_costs_no_decision() {
    for fault in
        [json!({"do": "slow", "millis": 5_000, "times": 99}), json!({"do": "status", "status": 503, "times": 99})]
    {
        let office = Office::synced();
        office.owned("assign");
        let mut fault = fault;
        fault["on"] = json!("batch/read");
        office.hubspot.control("POST", "faults", &fault);
        let decision = office.decision_at_once();
        assert_ne!(decision["reason"], "crm_owner", "{decision}");
        assert!(decision["assignee"].is_string() || decision["outcome"].is_string(), "{decision}");
    }
}

#[test]
fn hubspot_is_not_asked_while_the_sync_is_off_or_without_consent() {
    let office = Office::open();
    office.connect();
    office.hubspot.control("DELETE", "calls", &Value::Null);
    office.owned("assign");
    assert_ne!(office.decision_at_once()["reason"], "crm_owner");
    assert!(!office.looked_up());
    let office = Office::synced();
    assert_eq!(office.ask("PUT", "/api/v1/privacy", &json!({"waits_for_consent": true})).code, 200);
    let chat = office.site.visitor(1).opens_chat(&office.knock);
    assert_eq!(chat.write(&office.knock, 1, &format!("We need a quote, I am {ANN}")).code, 201);
    assert!(!office.looked_up());
}

#[test]
fn the_same_person_is_asked_about_once_in_five_minutes() {
    let office = Office::synced();
    office.owned("assign");
    let reads = || {
        let calls = office.hubspot.control("GET", "calls", &Value::Null);
        let of = |call: &&Value| call["path"].as_str().is_some_and(|path| path.contains("contacts/batch/read"));
        calls.as_array().into_iter().flatten().filter(of).count()
    };
    office.decision();
    let first = reads();
    assert!(first > 0);
    let again = office.site.visitor(1).opens_chat(&office.knock);
    assert_eq!(again.write(&office.knock, 2, "Another question").code, 201);
    assert_eq!(reads(), first);
}

#[test]
fn an_owner_who_was_found_once_is_known_by_their_id() {
    let office = Office::synced();
    office.owned("assign");
    assert_eq!(office.decision()["assignee"], BO);
    // The owner's address in HubSpot changes.
    let contacts = office.hubspot.control("GET", "records/contacts", &Value::Null);
    let owner = contacts[0]["properties"]["hubspot_owner_id"].as_str().expect("an owner").to_owned();
    office.hubspot.control("POST", &format!("owners/{owner}"), &json!({"email": "robert@us.example"}));
    let properties = json!({"email": CY, "hubspot_owner_id": owner});
    office.hubspot.control("POST", "records", &json!({"object": "contacts", "properties": properties}));
    office.knock.advance(6 * 60_000);
    let chat = office.writes(2, CY, "We are 300 people and need a quote");
    let decision = chat.record(&office.knock, &office.key)["decisions"][0].clone();
    assert_eq!((&decision["reason"], &decision["assignee"]), (&json!("crm_owner"), &json!(BO)), "{decision}");
}
