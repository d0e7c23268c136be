//! The vectors about capacity and free slots, which need the present: decided for leads who write and book.

use super::names::{Names, email};
use super::vectors;
use crate::members::Browser;
use crate::support::{Knock, id, identify};
use knock_model::Role;
use knock_testing::{Answer, Receiver, Site};
use serde_json::{Value, json};

const TEAM: [&str; 4] = ["ann", "bob", "cyd", "fay"];
/// Monday, 12:00 UTC.
const MONDAY: &str = "2026-06-01T12:00:00Z";
/// The next day, before its hour.
const TUESDAY: &str = "2026-06-02T";

/// A workspace with the team of the vectors and one of their rules, with all leads of one company.
struct Live {
    knock: Knock,
    key: String,
    admin: Browser,
    names: Names,
    vectors: Value,
    provider: Receiver,
}

impl Live {
    /// A workspace with a rule, without the members that the vectors removed.
    fn with(rule: &str, company: &Value) -> Live {
        let said = company.to_string().into_bytes();
        let json = || vec![("content-type", "application/json".to_owned())];
        let provider = Receiver::start(move |_, _| Answer::Full(200, json(), said.clone()));
        let settings = [
            ("KNOCK_OUTBOUND_PRIVATE_NETWORKS", "127.0.0.0/8"),
            ("KNOCK_CHAT_OPENS_PER_IP", "0"),
            ("KNOCK_MEETINGS_BOOKINGS_PER_IP", "0"),
        ];
        let knock = Knock::start_with(&settings);
        assert_eq!(knock.set_clock(&json!({"now": MONDAY})).code, 200);
        let (key, admin) = (knock.admin_key(), Browser::admin(&knock));
        let (names, vectors) = (Names::default(), vectors());
        let mut live = Live { knock, key, admin, names, vectors, provider };
        live.learns_of_companies();
        live.hires();
        live.routes_by(rule);
        live
    }

    fn ask(&self, method: &str, path: &str, body: &Value) -> Value {
        let reply = self.knock.ask(method, path, &self.key, body);
        assert!((200..300).contains(&reply.code), "{method} {path}: {}", reply.body);
        reply.body
    }

    fn learns_of_companies(&self) {
        let fields = ["employees", "country"]
            .map(|name| json!({"field": format!("company.{name}"), "pointer": format!("/{name}")}));
        let draft = json!({"name": "Data", "url": self.provider.url("/find/{email}"), "header": "X-Api-Key",
            "secret": "heron-granite-41", "fields": fields});
        self.ask("PUT", "/api/v1/settings/enrichment", &draft);
        self.ask("PUT", "/api/v1/agent", &json!({"asks_to_clarify": false}));
    }

    fn hires(&mut self) {
        let day = json!([["00:00", "24:00"]]);
        for name in TEAM {
            let rep = Browser::member(&self.knock, &self.admin, &email(name), Role::Rep);
            self.names.reps.insert(name.to_owned(), self.admin.id_of(&self.knock, &email(name)));
            if self.vectors["reps"][name]["calendar"] == true {
                let mut hours = json!({"zone": "UTC"});
                for name in ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] {
                    hours[name] = day.clone();
                }
                let reply = rep.ask(&self.knock, "PUT", "/api/v1/availability", &json!({"hours": hours}));
                assert_eq!(reply.code, 200, "{}", reply.body);
            }
        }
    }

    fn routes_by(&mut self, name: &str) {
        let mut rule = self.vectors["rules"][name].clone();
        let missing = |segment: &Value| ["dan", "eve"].iter().any(|rep| segment["assign"].to_string().contains(rep));
        rule["segments"].as_array_mut().expect("segments").retain(|segment| !missing(segment));
        let made = self.ask("POST", "/api/v1/rules", &self.names.with_ids(&rule));
        self.names.rules.insert(name.to_owned(), made["id"].as_str().expect("an id").to_owned());
    }

    fn case(&self, id: &str) -> &Value {
        self.vectors["cases"].as_array().into_iter().flatten().find(|case| case["id"] == id).expect("a case")
    }

    /// The decision about an identified visitor who asks for a price.
    fn writes(&self, visitor: u64) -> Value {
        let site = Site::new(&self.knock.site());
        let known = [identify(self.knock.now(), visitor, &format!("lead{visitor}@corp.example"))];
        assert_eq!(site.visitor(visitor).sends(&self.knock, &known).code, 202);
        let chat = site.visitor(visitor).opens_chat(&self.knock);
        assert_eq!(chat.write(&self.knock, visitor, "We are 900 people and need a quote").code, 201);
        chat.record(&self.knock, &self.key)["decisions"][0].clone()
    }

    /// Books by a link at an hour of Tuesday; the decision.
    fn books(&self, visitor: u64, link: &str, hour: u64) -> Value {
        let (address, browser) = (format!("lead{visitor}@corp.example"), id(1_780_000_000_000, visitor));
        let start = format!("{TUESDAY}{hour:02}:00:00Z");
        let request = json!({"link": link, "visitor": browser, "session": browser, "email": address, "name": "Lee",
            "start": start, "tz": "UTC"});
        let reply = self.knock.post("/v1/meetings", &request);
        assert_eq!(reply.code, 201, "{}", reply.body);
        let list = self.knock.get(&format!("/api/v1/contacts?q={address}"), &self.key).body;
        let contact = list["contacts"][0]["id"].as_str().expect("an id").to_owned();
        let record = self.knock.get(&format!("/api/v1/contacts/{contact}"), &self.key).body;
        record["decisions"].as_array().and_then(|all| all.last()).expect("a decision").clone()
    }
}

#[test]
fn a_pool_skips_those_at_capacity_as_rt09_says() {
    let live = Live::with("main", &json!({"employees": 900}));
    let case = live.case("RT09");
    live.ask("PUT", "/api/v1/links/Website/rule", &json!({"rule": live.names.rules["main"]}));
    // The last turn is Ann's, as in the case, and the others have a chat each.
    let turns = [1, 2, 3, 4].map(|visitor| live.writes(visitor)["assignee"].clone());
    assert_eq!(turns, ["ann", "bob", "cyd", "ann"].map(|name| json!(email(name))));
    for name in case["state"]["at_capacity"].as_array().into_iter().flatten() {
        let path = format!("/api/v1/members/{}/availability", live.names.reps[name.as_str().expect("a name")]);
        live.ask("PUT", &path, &json!({"capacity": 1}));
    }
    let decision = live.writes(5);
    live.names.check(&live.vectors, case, &decision);
    let full = ["bob", "cyd"].map(|name| json!({"rep": email(name), "reason": "at_capacity"}));
    assert_eq!(decision["skipped"], json!(full), "{decision}");
}

#[test]
fn a_lead_waits_where_the_pools_are_away_or_full_as_rt46_to_rt48_say() {
    for (id, rule, busy) in [("RT46", "main", 3), ("RT47", "g2", 2), ("RT48", "g2", 0)] {
        let live = Live::with(rule, &json!({"employees": 900}));
        let case = live.case(id);
        live.ask("PUT", "/api/v1/links/Website/rule", &json!({"rule": live.names.rules[rule]}));
        (1..=busy).for_each(|visitor| drop(live.writes(visitor)));
        let set = |name: &str, availability: &Value| {
            live.ask("PUT", &format!("/api/v1/members/{}/availability", live.names.reps[name]), availability);
        };
        for name in case["state"]["at_capacity"].as_array().into_iter().flatten() {
            set(name.as_str().expect("a name"), &json!({"capacity": 1}));
        }
        for (name, rep) in case["state"]["reps"].as_object().into_iter().flatten() {
            if rep["state"] == "away" {
                set(name, &json!({"state": "away"}));
            } else {
                // As it was before a removal handed over what a member had.
                let removed = format!("UPDATE members SET state = 'removed' WHERE email = '{}'", email(name));
                live.knock.execute(&removed);
            }
        }
        live.names.check(&live.vectors, case, &live.writes(9));
    }
}

#[test]
fn a_slot_goes_to_who_has_the_fewest_meetings_as_rt38_says() {
    let live = Live::with("meet", &json!({"employees": 80, "country": "US"}));
    let case = live.case("RT38");
    let mut visitor = 0;
    for (name, count) in case["state"]["upcoming_meetings"].as_object().expect("an object") {
        let calendar = json!({"calendar": "single", "reps": [live.names.reps[name]]});
        let rule = json!({"name": "Meetings", "funnel": "meeting", "segments": [], "fallback": {"assign": calendar}});
        live.ask("PUT", "/api/v1/rules/default_meeting", &rule);
        for hour in 0..count.as_u64().expect("a number") {
            visitor += 1;
            assert_eq!(live.books(visitor, "meeting", 8 + hour)["assignee"], email(name));
        }
    }
    let link = json!({"slug": "demo", "name": "Demo", "funnel": "meeting", "channel": "Website", "rule": live.names.rules["meet"]});
    live.ask("POST", "/api/v1/links", &link);
    let decision = live.books(9, "demo", 15);
    live.names.check(&live.vectors, case, &decision);
}
