//! The tester decides in the browser: by the same code, from the data it gets about leads, reps and turns.

mod leads;

use crate::story::{START, Story, rep};
use knock_engine::Presenter;
use knock_engine::commands::SaveRule;
use knock_model::{MemberState, RepId, Role};
use knock_ports::{Member, StoreError};
use knock_routing::{Ask, Assignee, Decision, Funnel, Rep, Rule, Rules, Team, decide};
use knock_store::Scratch;
use knock_wire::{RuleInputs, RuleRep, TesterLead, TesterLeads, Word};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::collections::BTreeSet;

const LEADS: u64 = 1_000;
/// The leads between two looks at the inputs: as many as one response for the tester has.
const ROUND: u32 = 100;
const SEGMENTS: [&str; 5] = ["Fallback Segment", "Help", "Job seekers", "Known companies", "Readers of prices"];

/// Segments that overlap, with groups within groups, and pools that share their members.
fn rule(admin: &str, reps: &[String]) -> Rule {
    let is = |field: &str, op: &str, value: Value| json!({"field": field, "op": op, "value": value});
    let rule = json!({"id": "default_chat", "name": "Default Routing Rule", "funnel": "chat", "is_default": true,
        "segments": [
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
        "fallback": {"assign": {"pool": [admin, reps[1]]}}});
    serde_json::from_value(rule).expect("a rule")
}

/// A workspace of four members. On a file: what a database keeps of a lead is tested elsewhere, on each.
fn workspace() -> (Story, Rule) {
    let mut story = Story::on(Scratch::sqlite());
    let reps = [1, 2, 3].map(|number| RepId::new([number; 16]));
    story.while_stopped(|store, _| {
        let saved = store.write(&mut |ledger| {
            reps.iter().try_for_each(|id| {
                let email = format!("{id}@us.example");
                ledger.create_member(&Member::new(*id, email, Role::Rep, MemberState::Active), START)
            })
        });
        saved.expect("they are saved");
    });
    let rule = rule(&rep().to_string(), &reps.map(|id| id.to_string()));
    story.change(SaveRule { rule: rule.clone(), is_new: false, from: None, by: None, now: START });
    (story, rule)
}

/// What a browser reads of an answer of the server.
fn read<T: Serialize + DeserializeOwned>(story: &Story, answer: impl Fn(&Presenter<'_>) -> Result<T, StoreError>) -> T {
    let mut text = String::new();
    let read = story.store().read(&mut |view| {
        text = serde_json::to_string(&answer(&Presenter::new(view, story.now)?)?).expect("JSON");
        Ok(())
    });
    read.expect("it is read");
    serde_json::from_str(&text).expect("the same")
}

fn rep_of(known: &RuleRep) -> Rep {
    let Word::Known(state) = known.state else { panic!("a state of this version") };
    Rep { id: known.id.clone(), state, at_capacity: known.is_full, ..Rep::default() }
}

/// The assignee of a lead, as the API names it.
fn assignee(decision: &Decision, reps: &[RuleRep]) -> String {
    match &decision.assignee {
        Some(Assignee::Rep { id }) => reps.iter().find(|rep| rep.id == *id).expect("a rep").email.clone(),
        Some(Assignee::AiAgent { id }) => format!("AI Agent ({})", id.as_str()),
        other => panic!("a chat went to {other:?}"),
    }
}

fn decided(rule: &Rule, lead: &TesterLead, team: &Team) -> Decision {
    let (lead, now) = (&lead.fields, Some(lead.at));
    let ask = Ask { funnel: Funnel::Chat, link: None, lead, team, sticky: None, needs_human: false, now };
    decide(Rules(std::slice::from_ref(rule)), &ask).expect("a default rule")
}

#[test]
fn the_tester_decides_as_the_server_did_for_a_thousand_leads() {
    let (mut story, rule) = workspace();
    let mut segments = BTreeSet::new();
    for round in 0..LEADS / u64::from(ROUND) {
        let inputs: RuleInputs = read(&story, |presenter| presenter.rule_inputs(Funnel::Chat, false));
        let mut team = Team { reps: inputs.reps.iter().map(rep_of).collect(), ..Team::default() };
        inputs.turns.iter().for_each(|turn| team.turns.set(&turn.rule, &turn.segment, &turn.rep, turn.number));
        (1..=u64::from(ROUND)).for_each(|number| story.arrives(round * u64::from(ROUND) + number));
        let found: TesterLeads = read(&story, |presenter| presenter.tester_leads(Funnel::Chat, "", ROUND));
        assert_eq!(found.leads.len(), ROUND as usize);
        for lead in found.leads.iter().rev() {
            let decision = decided(&rule, lead, &team);
            let expected = (lead.decision.segment.as_str(), lead.decision.assignee.as_str());
            let answer = (decision.segment_name.as_str(), assignee(&decision, &inputs.reps));
            assert_eq!((answer.0, answer.1.as_str()), expected, "round {round}, {:?}", lead.fields);
            assert_eq!(Word::Known(decision.reason), lead.decision.reason, "{:?}", lead.fields);
            team.turns.take(&decision);
            segments.insert(lead.decision.segment.clone());
        }
    }
    assert_eq!(segments.iter().map(String::as_str).collect::<Vec<_>>(), SEGMENTS, "every segment was matched");
}
