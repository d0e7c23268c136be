//! An account of the contract server, with the CRM under test.

use contract_crm::{Mishap, Vendor};
use contract_hubspot::Server;
use knock_crm::{Property, PropertyType};
use knock_hubspot::{Access, HubSpot, OAuthApp, PRIVATE_APP, Settings};
use knock_model::{Email, Millis};
use knock_outbound::{Guard, Outbound};
use knock_ports::{Clock, Crm, CrmObject, OauthTokens, TokenFuture, TokenStore};
use serde_json::{Value as Json, json};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// The token of the contract server's private app.
const PRIVATE: &str = "pat-eu1-contract";
/// The common part of the paths that write records.
const WRITES: &str = "/batch/up";

/// The machine's clock.
pub(crate) struct Wall;

impl Clock for Wall {
    #[expect(clippy::disallowed_methods, reason = "tokens of the contract server end by it")]
    fn now(&self) -> Millis {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970");
        Millis(i64::try_from(since.as_millis()).expect("in this age"))
    }
}

/// Tokens in memory.
pub(crate) struct Kept(pub(crate) Mutex<OauthTokens>);

impl TokenStore for Kept {
    fn load(&self) -> TokenFuture<'_, OauthTokens> {
        Box::pin(async { Ok(self.0.lock().expect("a lock").clone()) })
    }

    fn save(&self, tokens: OauthTokens) -> TokenFuture<'_, ()> {
        Box::pin(async {
            *self.0.lock().expect("a lock") = tokens;
            Ok(())
        })
    }
}

pub(crate) struct Account {
    pub(crate) server: Server,
    pub(crate) hubspot: HubSpot,
    pub(crate) tokens: Arc<Kept>,
}

pub(crate) fn outbound() -> Outbound {
    let networks = vec!["127.0.0.0/8".parse().expect("a network")];
    Outbound::new(Guard::new(networks), Duration::from_secs(2)).expect("a client")
}

pub(crate) fn app() -> OAuthApp {
    OAuthApp { client_id: "client".into(), client_secret: "secret".into() }
}

fn settings(server: &Server, access: Access) -> Settings {
    Settings { api_url: server.url().parse().expect("a URL"), access, limits: PRIVATE_APP }
}

impl Account {
    /// One that is reached by OAuth; its first access token is to be got yet.
    pub(crate) fn by_oauth() -> Account {
        let first = OauthTokens { access: "none".into(), refresh: "refresh-0".into(), expires_at: Millis(0) };
        let tokens = Arc::new(Kept(Mutex::new(first)));
        let store: Arc<dyn TokenStore> = Arc::<Kept>::clone(&tokens);
        Account::start(Access::OAuth { app: app(), store }, tokens)
    }

    /// One that is reached by a private app.
    pub(crate) fn by_private_app() -> Account {
        let none = OauthTokens { access: String::new(), refresh: String::new(), expires_at: Millis(0) };
        Account::start(Access::PrivateApp { token: PRIVATE.into() }, Arc::new(Kept(Mutex::new(none))))
    }

    fn start(access: Access, tokens: Arc<Kept>) -> Account {
        let server = Server::start("127.0.0.1:0").expect("a server");
        let hubspot = HubSpot::new(outbound(), Arc::new(Wall), settings(&server, access));
        Account { hubspot, server, tokens }
    }

    /// Another server that has the same tokens.
    pub(crate) fn beside(&self) -> HubSpot {
        let store: Arc<dyn TokenStore> = Arc::<Kept>::clone(&self.tokens);
        HubSpot::new(outbound(), Arc::new(Wall), settings(&self.server, Access::OAuth { app: app(), store }))
    }

    /// Another server that asks for the same account, by its private app.
    pub(crate) fn another(&self) -> HubSpot {
        HubSpot::new(outbound(), Arc::new(Wall), settings(&self.server, Access::PrivateApp { token: PRIVATE.into() }))
    }

    pub(crate) fn post(&self, path: &str, body: &Json) -> Json {
        self.server.control("POST", path, body)
    }

    /// Makes the next requests fail that have this in them.
    pub(crate) fn fail_on(&self, on: &str, fault: &Json) {
        let mut fault = fault.clone();
        fault["on"] = json!(on);
        self.post("faults", &fault);
    }

    pub(crate) fn set(&self, settings: &Json) {
        self.server.control("PUT", "settings", settings);
    }

    /// The number of requests with this in their path.
    pub(crate) fn count(&self, label: &str) -> usize {
        let requests = self.server.control("GET", "calls", &Json::Null);
        let labels = requests.as_array().into_iter().flatten().filter_map(|request| request["label"].as_str());
        labels.filter(|one| one.contains(label)).count()
    }

    pub(crate) fn records(&self, object: &str) -> Vec<Json> {
        let records = self.server.control("GET", &format!("records/{object}"), &Json::Null);
        records.as_array().cloned().unwrap_or_default()
    }

    fn add(&self, body: &Json) -> String {
        self.post("records", body)["id"].as_str().expect("an id").to_owned()
    }

    /// A request of HubSpot's own interface, with the private app's token.
    fn ask(&self, method: &str, path: &str, body: &Json) {
        self.server.ask(method, path, body);
    }

    fn patch(&self, object: &str, id: &str, properties: &Json) {
        self.post(&format!("records/{object}/{id}"), properties);
    }
}

impl Vendor for Account {
    fn crm(&self) -> &dyn Crm {
        &self.hubspot
    }

    fn batch(&self) -> usize {
        100
    }

    fn add_contact(&self, email: &Email, properties: &[(&str, &str)]) -> String {
        let mut all = json!({"email": email.as_str()});
        properties.iter().for_each(|(name, value)| all[*name] = json!(value));
        self.add(&json!({"object": "contacts", "properties": all}))
    }

    fn add_address(&self, contact: &str, email: &Email) {
        self.patch("contacts", contact, &json!({"hs_additional_emails": email.as_str()}));
    }

    fn add_owner(&self, email: &str, is_active: bool) -> String {
        let id = self.post("owners", &json!({"email": email, "archived": !is_active}));
        id["id"].as_str().expect("an id").to_owned()
    }

    fn set_owner(&self, contact: &str, owner: &str) {
        self.patch("contacts", contact, &json!({"hubspot_owner_id": owner}));
    }

    fn add_company(&self, contacts: &[&str], owner: &str) -> String {
        let properties = json!({"name": "Acme", "hubspot_owner_id": owner});
        let company = self.add(&json!({"object": "companies", "properties": properties}));
        contacts.iter().for_each(|contact| self.patch("contacts", contact, &json!({"associatedcompanyid": company})));
        company
    }

    fn add_deal(&self, contact: &str) -> String {
        let properties = json!({"dealname": "Acme", "hs_is_closed": "false", "hs_is_closed_won": "false"});
        self.add(&json!({"object": "deals", "properties": properties, "with": [["contacts", contact]]}))
    }

    fn merge(&self, from: &str, into: &str) {
        let body = json!({"primaryObjectId": into, "objectIdToMerge": from});
        self.ask("POST", "/crm/v3/objects/contacts/merge", &body);
    }

    fn add_property(&self, property: &Property) {
        let (kind, field) = match property.value_type {
            PropertyType::Date => ("date", "date"),
            PropertyType::Choice => ("enumeration", "select"),
            other => panic!("{other:?} is not needed"),
        };
        let options: Vec<Json> =
            property.options.iter().map(|option| json!({"value": option.value, "label": option.label})).collect();
        let body = json!({"name": property.name, "label": property.label, "type": kind, "fieldType": field,
                          "groupName": "contacts_information", "options": options});
        self.ask("POST", "/crm/v3/properties/contacts", &body);
    }

    fn remove_property(&self, name: &str) {
        self.ask("DELETE", &format!("/crm/v3/properties/contacts/{name}"), &Json::Null);
    }

    fn contacts(&self) -> Vec<(String, String)> {
        let text = |value: &Json| value.as_str().unwrap_or_default().to_owned();
        let records = self.records("contacts");
        records.iter().map(|one| (text(&one["id"]), text(&one["properties"]["email"]))).collect()
    }

    fn value(&self, contact: &str, property: &str) -> Option<String> {
        let records = self.records("contacts");
        let record = records.iter().find(|one| one["id"] == contact)?;
        record["properties"][property].as_str().map(str::to_owned)
    }

    fn meetings(&self) -> Vec<(String, i64)> {
        let text = |value: &Json| value.as_str().unwrap_or_default().to_owned();
        let start = |one: &Json| text(&one["properties"]["hs_meeting_start_time"]).parse().expect("an instant");
        self.records("meetings").iter().map(|one| (text(&one["properties"]["knock_meeting_id"]), start(one))).collect()
    }

    fn timeline(&self, object: CrmObject, id: &str) -> usize {
        let object = if object == CrmObject::Contact { "contacts" } else { "companies" };
        let path = format!("/crm/v4/objects/{object}/{id}/associations/notes");
        self.server.ask("GET", &path, &Json::Null)["results"].as_array().map_or(0, Vec::len)
    }

    fn notes(&self) -> Vec<(String, String)> {
        let text = |one: &Json, name: &str| one["properties"][name].as_str().unwrap_or_default().to_owned();
        self.records("notes").iter().map(|one| (text(one, "knock_note_id"), text(one, "hs_note_body"))).collect()
    }

    fn fail(&self, mishap: &Mishap) {
        let fault = match mishap {
            Mishap::Lost => json!({"do": "lose_answer"}),
            Mishap::Silent => json!({"do": "timeout"}),
            Mishap::Down => json!({"do": "status", "status": 503}),
            Mishap::Limited(after) => {
                json!({"do": "rate_limit", "policy": "TEN_SECONDLY_ROLLING", "retry_after": after})
            }
            Mishap::Daily => json!({"do": "rate_limit", "policy": "DAILY"}),
            Mishap::OneFails(email, words) => {
                json!({"do": "partial", "ids": [email.as_str()], "category": "VALIDATION_ERROR", "message": words})
            }
        };
        self.fail_on(WRITES, &fault);
    }

    fn expire_token(&self) {
        self.post("token", &json!({"state": "expired"}));
    }

    fn renewed(&self) -> usize {
        self.number("tokens_refreshed")
    }

    fn revoke(&self) {
        self.post("token", &json!({"state": "revoked"}));
    }

    fn requests(&self) -> usize {
        self.number("requests")
    }

    fn refused_by_limits(&self) -> usize {
        self.number("refused_by_limits")
    }
}

impl Account {
    fn number(&self, name: &str) -> usize {
        let counts = self.server.control("GET", "counts", &Json::Null);
        usize::try_from(counts[name].as_u64().expect("a number")).expect("a count")
    }
}
