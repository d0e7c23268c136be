//! The tester decides in the browser: by the same code, from the API's data about leads, reps and turns. The tests of
//! the engine do so for many more leads.

use crate::members::Browser;
use crate::routing::Team;
use crate::support::{batch, id, identify, signal};
use knock_model::Role;
use knock_routing::{Ask, Assignee, Decision, Funnel, Rep, Rule, Rules, decide};
use knock_wire::{RuleInputs, RuleRep, TesterLead, TesterLeads, Word};
use serde_json::{Value, json};

const LEADS: u64 = 48;
/// The leads between two looks at the inputs, so that the turns of pools are among them.
const ROUND: u64 = 24;
const TEXTS: [&str; 4] = [
    "How much is a licence for 200 people? We need a quote",
    "Are you hiring backend engineers? I'd like to send my CV",
    "The export fails with an error, please help me fix this bug in my account",
    "We would like to become a reseller partner of yours",
];
const DOMAINS: [&str; 5] = ["globex.example", "gmail.com", "acme.example", "mailinator.com", "initech.example"];
const PATHS: [&str; 4] = ["/pricing", "/docs/start", "/careers", "/"];

/// Segments that overlap, with groups within groups, and pools that share their members.
fn rule(admin: &str, reps: &[String]) -> Value {
    let is = |field: &str, op: &str, value: Value| json!({"field": field, "op": op, "value": value});
    json!({"name": "Default Routing Rule", "funnel": "chat", "segments": [
        {"id": "jobs", "name": "Job seekers", "assign": {"ai_agent": "hiring"},
         "when": {"all": [is("intent.type", "eq", json!("job seeker")), {"not": is("company.domain", "ends_with", json!("acme.example"))}]}},
        {"id": "off", "name": "Off", "enabled": false, "assign": {"rep": admin}, "when": {"all": []}},
        {"id": "readers", "name": "Readers of prices", "assign": {"pool": reps},
         "when": {"all": [is("session.page_count", "between", json!([2, 3])),
                          {"any": [is("session.landing_page", "contains", json!("pricing")),
                                   is("signals.engagement_score", "gte", json!(8.5))]}]}},
        {"id": "large", "name": "Known companies", "assign": {"pool": [reps[2], reps[0]]},
         "when": {"not": {"any": [is("email.is_free", "eq", json!(true)), is("email.is_disposable", "eq", json!(true)),
                                  is("intent.type", "in", json!(["Support", "Partnership"]))]}}},
        {"id": "help", "name": "Help", "assign": {"ai_agent": "auto"}, "when": is("intent.type", "neq", json!("Buying"))}],
        "fallback": {"assign": {"pool": [admin, reps[1]]}}})
}

/// Sends page views, an address and a message of a visitor; all of it depends on the number alone.
fn arrive(team: &Team, number: u64) {
    let (site, now) = (team.knock.site(), team.knock.now());
    let pick = |all: &[&'static str], by: u64| all[usize::try_from(number / by).expect("small") % all.len()];
    let mut signals: Vec<Value> =
        (0..number % 5).map(|view| signal(now, number * 10 + view, "page_view", pick(&PATHS, view + 1))).collect();
    if !number.is_multiple_of(7) {
        signals.push(identify(now, number * 10 + 9, &format!("lead{number}@{}", pick(&DOMAINS, 3))));
    }
    if !signals.is_empty() {
        let mut sent = batch(&site, number, now, &signals);
        sent["session"] = json!(id(1_700_000_000_000, number));
        assert_eq!(team.knock.post_signals(&sent).code, 202);
    }
    team.chat(number, &[pick(&TEXTS, 1)]);
}

fn rep(known: &RuleRep) -> Rep {
    let Word::Known(state) = known.state else { panic!("a state of this version") };
    Rep { id: known.id.clone(), state, at_capacity: known.is_full, ..Rep::default() }
}

/// The assignee of the lead, as the API names it.
fn assignee(decision: &Decision, reps: &[RuleRep]) -> String {
    match &decision.assignee {
        Some(Assignee::Rep { id }) => reps.iter().find(|rep| rep.id == *id).expect("a rep").email.clone(),
        Some(Assignee::AiAgent { id }) => format!("AI Agent ({})", id.as_str()),
        other => panic!("a chat went to {other:?}"),
    }
}

#[test]
fn the_tester_decides_as_the_server_did_over_http() {
    let team = Team::start();
    let admin = Browser::admin(&team.knock);
    let reps = ["bo@us.example", "cy@us.example", "di@us.example"].map(|email| {
        Browser::member(&team.knock, &admin, email, Role::Rep);
        admin.id_of(&team.knock, email)
    });
    let saved = team.ask("PUT", "/api/v1/rules/default_chat", &rule(&team.rep, &reps));
    let rule: Rule = serde_json::from_value(saved.body).expect("a rule");
    let mut segments = std::collections::BTreeSet::new();
    for round in 0..LEADS / ROUND {
        let inputs: RuleInputs = read(&team, "/api/v1/rules/inputs");
        let mut knock = knock_routing::Team { reps: inputs.reps.iter().map(rep).collect(), ..Default::default() };
        inputs.turns.iter().for_each(|turn| knock.turns.set(&turn.rule, &turn.segment, &turn.rep, turn.number));
        (1..=ROUND).for_each(|number| arrive(&team, round * ROUND + number));
        let found: TesterLeads = read(&team, &format!("/api/v1/rules/tester?limit={ROUND}"));
        assert_eq!(found.leads.len() as u64, ROUND);
        for lead in found.leads.iter().rev() {
            let decision = decided(&rule, lead, &knock);
            let expected = (lead.decision.segment.as_str(), lead.decision.assignee.as_str());
            let answer = (decision.segment_name.as_str(), assignee(&decision, &inputs.reps));
            assert_eq!((answer.0, answer.1.as_str()), expected, "round {round}, {:?}", lead.fields);
            assert_eq!(Word::Known(decision.reason), lead.decision.reason, "{:?}", lead.fields);
            knock.turns.take(&decision);
            segments.insert(lead.decision.segment.clone());
        }
    }
    let all = ["Fallback Segment", "Help", "Job seekers", "Known companies", "Readers of prices"];
    assert_eq!(segments.iter().map(String::as_str).collect::<Vec<_>>(), all, "every segment was matched");
}

fn decided(rule: &Rule, lead: &TesterLead, team: &knock_routing::Team) -> Decision {
    let (lead, now) = (&lead.fields, Some(lead.at));
    let ask = Ask { funnel: Funnel::Chat, link: None, lead, team, sticky: None, needs_human: false, now };
    decide(Rules(std::slice::from_ref(rule)), &ask).expect("a default rule")
}

fn read<T: serde::de::DeserializeOwned>(team: &Team, path: &str) -> T {
    serde_json::from_value(team.knock.get(path, &team.key).body).expect(path)
}
