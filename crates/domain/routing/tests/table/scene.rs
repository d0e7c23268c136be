//! A team, a rule and a lead in few words: the setting of most examples.

use knock_model::Millis;
use knock_routing::{Ask, Decision, Link, Rep, RepState, Rule, Rules, Team, decide};
use serde_json::{Value, json};

pub(crate) const NOW: Millis = Millis(1_800_000_000_000);

/// An active rep with a calendar, who is an owner in HubSpot.
pub(crate) fn rep(id: &str) -> Rep {
    let crm_ids = [(knock_routing::CrmSystem::Hubspot, format!("hs-{id}"))].into();
    Rep { id: id.into(), has_calendar: true, crm_ids, ..Rep::default() }
}

/// Ann, Bob and Cyd are at work; Eve is away, Dan is gone; Fay has no calendar.
pub(crate) fn team() -> Team {
    let at_work = ["ann", "bob", "cyd"].map(rep);
    let others = [
        Rep { state: RepState::Away, ..rep("eve") },
        Rep { state: RepState::Removed, ..rep("dan") },
        Rep { has_calendar: false, ..rep("fay") },
    ];
    Team { reps: at_work.into_iter().chain(others).collect(), ..Team::default() }
}

/// A default rule that tells `#team`; what is given comes on top.
pub(crate) fn rule(given: Value) -> Rule {
    let mut rule = json!({"id": "r", "name": "R", "is_default": true, "monitoring_channel": "#team", "segments": []});
    for (key, value) in given.as_object().expect("an object") {
        rule[key] = value.clone();
    }
    serde_json::from_value(rule).expect("a good rule")
}

/// A segment that takes everybody.
pub(crate) fn everybody(assign: Value) -> Value {
    json!({"id": "s", "name": "S", "when": {"all": []}, "assign": assign})
}

pub(crate) fn decided(rule: &Rule, lead: Value, team: &Team) -> Decision {
    routed(std::slice::from_ref(rule), rule, lead, team, None)
}

/// A decision among several rules, for the funnel of one of them.
pub(crate) fn routed(rules: &[Rule], of: &Rule, lead: Value, team: &Team, link: Option<&Link>) -> Decision {
    let lead = serde_json::from_value(lead).expect("good fields");
    let ask = Ask { funnel: of.funnel(), link, lead: &lead, team, sticky: None, needs_human: false, now: Some(NOW) };
    decide(Rules(rules), &ask).expect("a default rule")
}

/// A decision in few words: the segment, the reason, who got the lead, the notes, the recipients.
pub(crate) fn gist(decision: &Decision) -> Value {
    let joined = |list: Vec<String>| list.join(" ");
    json!({
        "segment": decision.segment,
        "reason": decision.reason.as_str(),
        "to": decision.assignee.as_ref().map(|to| serde_json::to_value(to).expect("JSON")),
        "notes": joined(decision.notes.iter().map(ToString::to_string).collect()),
        "notify": joined(decision.notify.iter().map(ToString::to_string).collect()),
    })
}

pub(crate) fn to_rep(id: &str) -> Value {
    json!({"type": "rep", "id": id})
}

pub(crate) fn to_agent(id: &str) -> Value {
    json!({"type": "ai_agent", "id": id})
}
