//! The public routing vectors, decided by a running server: its rules, members and links, past leads with the fields of
//! each case, and what-if, which decides by the same function as every first message.

mod live;
mod names;

use crate::routing::Team;
use crate::support::Knock;
use knock_model::{LeadId, MemberState, Millis, RepId, Role, SignalId};
use knock_ports::{Decided, Link, Member, StoreError, View};
use knock_routing::Funnel;
use knock_wire::{Availability, DayRange, WeeklyHours};
use names::{Names, assignee, email, object};
use serde_json::{Value, json};

/// The cases that past leads do not cover: members at capacity or removed, and members free at a slot. [`live`] has
/// these.
const LIVE: [&str; 5] = ["RT09", "RT38", "RT46", "RT47", "RT48"];
const GONE: &str = "dan";

fn vectors() -> Value {
    serde_json::from_str(include_str!("../../../../../../../tests/vectors/routing.json")).expect("JSON")
}

struct Scene {
    team: Team,
    names: Names,
}

/// Hours around the clock, or none: what-if knows hours of the past, but not the members who were away.
fn hours(is_away: bool) -> WeeklyHours {
    let day = || -> Vec<DayRange> { if is_away { vec![] } else { vec![("00:00".into(), "24:00".into())] } };
    let [mon, tue, wed, thu, fri, sat, sun] = std::array::from_fn(|_| day());
    WeeklyHours { zone: "UTC".into(), mon, tue, wed, thu, fri, sat, sun }
}

fn read<T>(knock: &Knock, work: impl Fn(&dyn View) -> Result<T, StoreError>) -> T {
    let mut found = None;
    let store = knock.store();
    store.read(&mut |view| work(view).map(|value| found = Some(value))).expect("it is read");
    found.expect("it was read")
}

impl Scene {
    fn start(vectors: &Value) -> Scene {
        let mut scene = Scene { team: Team::start(), names: Names::default() };
        let store = scene.team.knock.store();
        for (number, (name, rep)) in (1..).zip(object(&vectors["reps"])) {
            let id = RepId::new([number; 16]);
            scene.names.reps.insert(name.clone(), id.to_string());
            let hours = (rep["calendar"] == true).then(|| hours(rep["state"] == "away"));
            let availability = Box::new(Availability { hours, ..Availability::default() });
            let member = Member { availability, ..Member::new(id, email(name), Role::Rep, MemberState::Active) };
            store.write(&mut |ledger| ledger.create_member(&member, Millis(0))).expect("they are saved");
        }
        for (name, rule) in object(&vectors["rules"]) {
            scene.save_rule(name, rule);
        }
        scene.team.knock.execute(&format!("UPDATE members SET state = 'removed' WHERE email = '{}'", email(GONE)));
        for (slug, link) in object(&vectors["links"]) {
            let funnel = Funnel::parse(link["funnel"].as_str().expect("a funnel")).expect("a funnel");
            let given =
                link["rule"].as_str().map(|rule| scene.names.rules.get(rule).cloned().unwrap_or_else(|| rule.into()));
            let link = Link { rule: given, ..Link::new(slug, slug, funnel, link["channel"].as_str().expect("a text")) };
            store.write(&mut |ledger| ledger.save_link(&link, Millis(0))).expect("it is saved");
        }
        scene
    }

    fn save_rule(&mut self, name: &str, rule: &Value) {
        let body = self.names.with_ids(rule);
        let (method, path) = match rule["is_default"] == true {
            true => ("PUT", format!("/api/v1/rules/{name}")),
            false => ("POST", "/api/v1/rules".to_owned()),
        };
        let reply = self.team.ask(method, &path, &body);
        assert!((200..300).contains(&reply.code), "{name}: {}", reply.body);
        self.names.rules.insert(name.to_owned(), reply.body["id"].as_str().expect("an id").to_owned());
    }

    /// A past decision about a lead with the fields of a case; without an assignee unless `decision` has one.
    fn decided(&self, case: &Value, number: u8, days_ago: i64, decision: Value) -> Decided {
        let mut fields = case["lead"].clone();
        if let Some(owner) = fields.get_mut("crm.hubspot.owner") {
            // By then the server has resolved the id of the owner to an address through the CRM.
            let is_owner = |rep: &Value| rep["crm"]["hubspot"] == *owner;
            let known = vectors()["reps"]
                .as_object()
                .and_then(|reps| reps.iter().find(|(_, rep)| is_owner(rep)).map(|(name, _)| json!(email(name))));
            *owner = known.unwrap_or_else(|| owner.clone());
        }
        let at = Millis(self.team.knock.now()) - Millis::days(days_ago);
        let mut whole = json!({"funnel": case["funnel"], "rule": "", "rule_name": "", "version": 1, "segment": null,
            "segment_name": "", "outcome": "assigned", "assignee": null, "reason": "fallback", "notes": [], "notify": [],
            "turn": null, "skipped": []});
        whole.as_object_mut().expect("an object").extend(object(&decision).clone());
        Decided {
            id: SignalId::new(at, &[number; 10]),
            lead: LeadId::new([number; 16]),
            at,
            link: case["link"].as_str().unwrap_or_default().to_owned(),
            fields: serde_json::from_value(fields).expect("fields"),
            decision: serde_json::from_value(whole).expect("a decision"),
        }
    }

    /// The earlier decisions: the turns of the pool, and the lead's own.
    fn past(&self, case: &Value) -> Vec<Decided> {
        let mut past = Vec::new();
        let expect = &case["expect"];
        if let Some(turns) = case["state"]["last_assigned"].as_object() {
            for (number, (name, turn)) in (10..).zip(turns) {
                let turn = json!({"rep": self.names.reps[name], "number": turn});
                let rule = &self.names.rules[expect["rule"].as_str().expect("a rule")];
                past.push(self.decided(
                    case,
                    number,
                    9,
                    json!({"rule": rule, "segment": expect["segment"], "turn": turn}),
                ));
            }
        }
        let sticky = case["state"]["sticky"].as_str().map(
            |name| json!({"assignee": {"type": "rep", "id": self.names.reps[name]}, "reason": "sticky_existing_rep"}),
        );
        past.push(self.decided(case, 1, 0, sticky.unwrap_or_else(|| json!({}))));
        past
    }

    /// The decision of what-if for a case.
    fn what_if(&self, case: &Value) -> Value {
        self.team.knock.execute("DELETE FROM decisions");
        let (store, past) = (self.team.knock.store(), self.past(case));
        let kept = store.write(&mut |ledger| past.iter().try_for_each(|decided| ledger.append_decision(decided)));
        kept.expect("they are kept");
        let default = format!("default_{}", case["funnel"].as_str().expect("a funnel"));
        let rules = read(&self.team.knock, |view| view.rules());
        let draft = rules.iter().find(|rule| rule.id == default).expect("a default rule");
        let reply = self.team.ask("POST", "/api/v1/rules/what-if", &json!({"rule": draft, "days": 7}));
        assert_eq!((reply.code, &reply.body["decisions"]), (200, &json!(1)), "{}", reply.body);
        reply.body
    }

    fn check(&self, vectors: &Value, case: &Value) {
        let (answer, expect) = (self.what_if(case), &case["expect"]);
        if expect["reason"] == "sticky_existing_rep" {
            let kept = json!({assignee(&expect["assignee"]).as_str().expect("a text"): 1});
            assert_eq!((&answer["changed"], &answer["after"]), (&json!([]), &kept), "{case}");
            return;
        }
        self.names.check(vectors, case, &answer["changed"][0]["would"]);
    }
}

#[test]
fn a_running_server_decides_the_public_vectors_as_they_say() {
    let vectors = vectors();
    let scene = Scene::start(&vectors);
    let is_live = |case: &Value| LIVE.iter().any(|id| case["id"] == *id);
    let cases = vectors["cases"].as_array().expect("cases");
    for case in cases.iter().filter(|case| !is_live(case)) {
        scene.check(&vectors, case);
    }
}
