//! CRM Sync with HubSpot: the real server beside one that behaves like HubSpot.

mod canary;
mod companies;
mod contacts;
mod failing;
mod form_owner;
mod forms;
mod golden;
mod install;
mod leaving;
mod left_out;
mod life;
mod life_failing;
mod reading;
mod refused;
mod report;
mod resync;
mod rule_properties;
mod settings;
mod timeline;
mod writing;

use crate::support::{Knock, Reply, identify};
use contract_hubspot::Server;
use knock_model::CrmSystem;
use knock_testing::{Chat, Site, found};
use serde_json::{Value, json};
use std::fmt::{self, Display, Formatter};
use std::ops::Deref;
use std::sync::LazyLock;

/// The path of the settings.
const SETTINGS: SettingsPath = SettingsPath;
/// The token of the private app in HubSpot.
const TOKEN: &str = "pat-eu1-contract";
/// Longer than the delay that collects changes into one write, in ms.
const SECOND: i64 = 1_100;

/// The CRM in whose place HubSpot is. The tests hold in any: nothing above the connector depends on it.
#[expect(clippy::disallowed_methods, reason = "set by the run on PostgreSQL, no part of the configuration")]
fn place() -> CrmSystem {
    static PLACE: LazyLock<CrmSystem> = LazyLock::new(|| {
        let word = std::env::var("KNOCK_TEST_CRM").unwrap_or_else(|_| "hubspot".to_owned());
        CrmSystem::parse(&word).expect("KNOCK_TEST_CRM is a CRM")
    });
    *PLACE
}

struct SettingsPath;

impl Deref for SettingsPath {
    type Target = str;

    fn deref(&self) -> &str {
        static PATH: LazyLock<String> = LazyLock::new(|| format!("/api/v1/crm/{}", place().as_str()));
        &PATH
    }
}

impl Display for SettingsPath {
    fn fmt(&self, to: &mut Formatter<'_>) -> fmt::Result {
        to.write_str(self)
    }
}

/// A workspace beside an account of HubSpot.
struct Office {
    knock: Knock,
    key: String,
    site: Site,
    hubspot: Server,
}

impl Office {
    fn open() -> Office {
        Office::with(&[])
    }

    fn with(settings: &[(&str, &str)]) -> Office {
        let hubspot = Server::start("127.0.0.1:0").expect("a server");
        let url = hubspot.url();
        let place = format!("hubspot_as={}", place().as_str());
        let own = [
            ("KNOCK_FAULTS", place.as_str()),
            ("KNOCK_OUTBOUND_PRIVATE_NETWORKS", "127.0.0.0/8"),
            ("KNOCK_CHAT_OPENS_PER_IP", "0"),
            ("KNOCK_HUBSPOT_API_URL", &url),
        ];
        let settings: Vec<(&str, &str)> = own.iter().chain(settings).copied().collect();
        let knock = Knock::start_with(&settings);
        let (key, site) = (knock.admin_key(), Site::new(&knock.site()));
        Office { knock, key, site, hubspot }
    }

    /// An office whose sync is on, with all standard properties.
    fn synced() -> Office {
        let office = Office::open();
        office.connect();
        office.turn_on(&json!({}));
        office.hubspot.control("DELETE", "calls", &Value::Null);
        office
    }

    /// The same office after the server was killed and restarted.
    fn restarted(self) -> Office {
        let Office { knock, key, site, hubspot } = self;
        Office { knock: knock.kill_and_restart(), key, site, hubspot }
    }

    fn ask(&self, method: &str, path: &str, body: &Value) -> Reply {
        self.knock.ask(method, path, &self.key, body)
    }

    fn connect(&self) {
        let reply = self.ask("POST", &format!("{SETTINGS}/connect"), &json!({"token": TOKEN}));
        assert_eq!(reply.code, 200, "{}", reply.body);
        let reply = self.ask("POST", &format!("{SETTINGS}/fields"), &Value::Null);
        assert_eq!(reply.code, 200, "{}", reply.body);
    }

    fn settings(&self) -> Value {
        self.knock.get(&SETTINGS, &self.key).body
    }

    /// The settings as they are put, with a change.
    fn draft(&self, change: &Value) -> Value {
        let settings = self.settings();
        let mut draft = json!({});
        for name in ["enabled", "other_sources", "accept", "create_contact", "mapping"] {
            draft[name] = settings[name].clone();
        }
        for (name, value) in change.as_object().into_iter().flatten() {
            draft[name] = value.clone();
        }
        draft
    }

    fn turn_on(&self, change: &Value) {
        let mut draft = self.draft(change);
        draft["enabled"] = json!(true);
        let reply = self.ask("PUT", &SETTINGS, &draft);
        assert_eq!(reply.code, 200, "{}", reply.body);
    }

    /// Adds a text property that the account defines itself.
    fn add_property(&self, name: &str) {
        let body = json!({"name": name, "label": name, "type": "string", "fieldType": "text",
            "groupName": "contacts_information"});
        self.hubspot.ask("POST", "/crm/v3/properties/contacts", &body);
    }

    fn health(&self) -> Value {
        self.knock.get(&format!("{SETTINGS}/health"), &self.key).body
    }

    /// Waits until no write is pending.
    fn settle(&self) {
        self.knock.advance(SECOND);
        found("nothing waits to be written", || Some(self.health()).filter(|health| health["backlog"] == 0));
    }

    /// Identifies a browser, as the snippet of a site does.
    fn is_known(&self, visitor: u64, email: &str) {
        let now = self.knock.now();
        let reply = self.site.visitor(visitor).sends(&self.knock, &[identify(now, visitor, email)]);
        assert_eq!(reply.code, 202, "{}", reply.body);
    }

    /// Identifies a visitor, opens a chat and sends a message.
    fn writes(&self, visitor: u64, email: &str, text: &str) -> Chat {
        self.is_known(visitor, email);
        let chat = self.site.visitor(visitor).opens_chat(&self.knock);
        assert_eq!(chat.write(&self.knock, visitor, text).code, 201);
        chat
    }

    fn contact_id(&self, email: &str) -> String {
        let list = self.knock.get(&format!("/api/v1/contacts?q={email}"), &self.key).body;
        list["contacts"][0]["id"].as_str().unwrap_or_else(|| panic!("no {email}: {list}")).to_owned()
    }

    /// The properties of HubSpot's contact with an address.
    fn contact(&self, email: &str) -> Option<Value> {
        let records = self.hubspot.control("GET", "records/contacts", &Value::Null);
        let mut records = records.as_array().cloned().unwrap_or_default().into_iter();
        records.find(|record| record["properties"]["email"] == email).map(|record| record["properties"].clone())
    }

    /// The requests that write records, in order.
    fn written(&self) -> Vec<Value> {
        let calls = self.hubspot.control("GET", "calls", &Value::Null);
        let is_write = |call: &&Value| call["path"].as_str().is_some_and(|path| path.contains("/batch/up"));
        calls.as_array().into_iter().flatten().filter(is_write).cloned().collect()
    }

    fn log(&self, email: &str) -> Vec<Value> {
        let path = format!("/api/v1/contacts/{}/crm", self.contact_id(email));
        self.knock.get(&path, &self.key).body["writes"].as_array().cloned().unwrap_or_default()
    }
}
