//! Routing rules in words: fields, comparisons, reps, outcomes.

use knock_json::parse_with_fractions;
use knock_model::CrmSystem;
use knock_routing::{AgentKind, CrmAware, Field, Funnel, Operator, Outcome, Value};
use knock_wire::RuleRep;
use std::collections::BTreeMap;

use super::availability::rep_state_label;
use super::field::{field_label, operator_label};
use super::number::count;
use crate::kit::letters;

/// The namespaces of fields, in the order of the controls.
pub(crate) const NAMESPACES: [(&str, &str); 14] = [
    ("intent", "Intent"),
    ("signals", "Signals"),
    ("email", "E-mail"),
    ("person", "Person"),
    ("company", "Company"),
    ("attribution", "Attribution"),
    ("link", "Knock Link"),
    ("session", "Session"),
    ("custom", "Custom fields"),
    ("crm", "CRM"),
    ("chat", "Chat"),
    ("meeting", "Meeting"),
    ("tags", "Tags"),
    ("consent", "Consent"),
];

/// Fields without a filter in tables.
const MORE_FIELDS: [(&str, &str); 16] = [
    ("link.funnel", "Funnel of the Knock Link"),
    ("session.city", "City"),
    ("session.os", "Operating system"),
    ("company.name", "Company name"),
    ("company.employees", "Employees"),
    ("company.industry", "Industry"),
    ("company.country", "Country of the company"),
    ("company.revenue", "Revenue"),
    ("company.technologies", "Technologies"),
    ("email.is_fake", "Fake e-mail address"),
    ("person.title", "Job title"),
    ("person.seniority", "Seniority"),
    ("chat.status", "Chat Status"),
    ("meeting.status", "Meeting Status"),
    ("tags", "Tags"),
    ("consent", "Consent"),
];

/// The label of a field in rules.
pub(crate) fn rule_field_label(name: &str) -> String {
    if let Some((_, label)) = MORE_FIELDS.iter().find(|(field, _)| *field == name) {
        return (*label).to_owned();
    }
    if let Some(own) = name.strip_prefix("custom.") {
        return own.to_owned();
    }
    let Some((system, field)) = name.strip_prefix("crm.").and_then(|rest| rest.split_once('.')) else {
        return field_label(name).to_owned();
    };
    let system = CrmSystem::parse(system).map_or(system, |known| known.label());
    let field = match field {
        "exists" => "lead is known",
        "owner" => "owner",
        "lifecycle" => "lifecycle stage",
        own => own.strip_prefix("fields.").unwrap_or(own),
    };
    format!("{system}: {field}")
}

/// The AI agents by their spelling.
pub(crate) const AGENTS: [(&str, &str); 6] = [
    ("auto", "By intent type"),
    ("buying", "Buying"),
    ("support", "Support"),
    ("hiring", "Hiring"),
    ("partnership", "Partnership"),
    ("general", "General"),
];

/// The label of an AI agent by its spelling.
pub(crate) fn agent_label(agent: &str) -> &str {
    AGENTS.iter().find(|(word, _)| *word == agent).map_or(agent, |(_, label)| label)
}

/// The AI agent of a lead.
pub(crate) fn agent_words(agent: AgentKind) -> String {
    format!("AI agent: {}", agent_label(agent.as_str()))
}

/// The use of the owner in the CRM by a rule.
pub(crate) const fn crm_words(mode: CrmAware) -> &'static str {
    match mode {
        CrmAware::Off => "off",
        CrmAware::Notify => "notifies the owner",
        CrmAware::Assign => "assigns to the owner",
    }
}

/// The label of an outcome.
pub(crate) const fn outcome_words(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Assigned => "Assigned",
        Outcome::Waiting => "Waits for the team",
        Outcome::Disqualified => "Disqualified",
        Outcome::Pending => "Not decided yet",
        Outcome::Unbookable => "No calendar to book",
    }
}

/// The funnel of a rule, in the plural.
pub(crate) const fn funnel_plural(funnel: Funnel) -> &'static str {
    match funnel {
        Funnel::Chat => "Chats",
        Funnel::Meeting => "Meetings",
    }
}

/// The name of a rep; the id of a removed one.
pub(crate) fn rep_name(id: &str, reps: &[RuleRep]) -> String {
    reps.iter().find(|rep| rep.id == id).map_or_else(|| format!("removed member ({id})"), |rep| rep.name.clone())
}

/// Several reps, in their order.
pub(crate) fn reps_words(ids: &[String], reps: &[RuleRep]) -> String {
    ids.iter().map(|id| rep_name(id, reps)).collect::<Vec<_>>().join(", ")
}

/// Whether a rep takes leads now.
pub(crate) fn rep_state_words(rep: &RuleRep) -> String {
    if rep.is_full { "at capacity".to_owned() } else { letters::lower(&rep_state_label(&rep.state)) }
}

/// The numbers of skipped turns of a pool's member, by reason.
pub(crate) fn skip_counts(skipped: &BTreeMap<String, u32>) -> String {
    let words = |(reason, times): (&String, &u32)| {
        let reason = match reason.as_str() {
            "away" => "away",
            "off_hours" => "outside working hours",
            "at_capacity" => "at capacity",
            "removed" => "left the team",
            other => other,
        };
        format!("{} \u{d7} {reason}", count(i64::from(*times)))
    };
    let all: Vec<String> = skipped.iter().filter(|(_, times)| **times > 0).map(words).collect();
    if all.is_empty() { "never".to_owned() } else { all.join(", ") }
}

/// A value within a sentence.
pub(crate) fn value_words(value: &Value) -> String {
    match value {
        Value::Text(_) => format!("\"{}\"", value.as_text().unwrap_or_default()),
        Value::Number(number) => number.to_string(),
        Value::Bool(true) => "yes".to_owned(),
        Value::Bool(false) => "no".to_owned(),
        Value::List(values) => values.iter().map(value_words).collect::<Vec<_>>().join(", "),
        Value::Other => "nothing".to_owned(),
    }
}

/// A comparison of a rule: field, operator and value.
pub(crate) fn comparison_words(field: &str, operator: Operator, value: Option<&Value>) -> String {
    let value = match (operator, value) {
        (_, None) => return format!("{} {}", rule_field_label(field), operator_label(operator)),
        (Operator::Between, Some(Value::List(ends))) => ends.iter().map(value_words).collect::<Vec<_>>().join(" and "),
        (_, Some(value)) => value_words(value),
    };
    format!("{} {} {value}", rule_field_label(field), operator_label(operator))
}

/// A deciding condition of the server (`intent.type eq "Buying": missing`) in words.
pub(crate) fn because_words(because: &str) -> String {
    read_because(because).unwrap_or_else(|| because.to_owned())
}

fn read_because(because: &str) -> Option<String> {
    let (field, rest) = because.split_once(' ')?;
    Field::parse(field).ok()?;
    let (asked, had) = rest.rsplit_once(": ")?;
    let (operator, wanted) = asked.split_once(' ').unwrap_or((asked, ""));
    let wanted = if wanted.is_empty() { None } else { Some(parse_with_fractions::<Value>(wanted)?) };
    let asked = comparison_words(field, Operator::parse(operator)?, wanted.as_ref());
    Some(match had {
        "missing" => format!("{asked}: this lead has no value"),
        had => format!("{asked}: this lead has {}", value_words(&parse_with_fractions(had)?)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn every_field_of_the_catalogue_has_a_label_and_a_namespace() {
        for name in Field::names() {
            assert_ne!(rule_field_label(name), name);
            let space = name.split('.').next().unwrap_or_default();
            assert!(NAMESPACES.iter().any(|(known, _)| *known == space), "{name}");
        }
        assert_eq!(rule_field_label("crm.salesforce.fields.tier"), "Salesforce: tier");
        assert_eq!(rule_field_label("custom.plan"), "plan");
    }

    #[wasm_bindgen_test]
    fn what_decided_is_read_from_what_the_server_wrote() {
        let check = |because: &str, expected: &str| assert_eq!(because_words(because), expected);
        check("intent.type eq \"Job seeker\": \"Buying\"", "Intent type is \"Job seeker\": this lead has \"Buying\"");
        check("company.employees gte 200: missing", "Employees is at least 200: this lead has no value");
        check("link.id in [\"a: b\",\"c\"]: \"d\"", "Knock Link is one of \"a: b\", \"c\": this lead has \"d\"");
        check("email is_set: missing", "E-mail address is known: this lead has no value");
        check("something else", "something else");
    }
}
