//! Routing rules in words: fields, conditions, assignees.

use knock_json::parse_with_fractions;
use knock_routing::{AgentKind, CalendarMode, CrmAware, Field, Funnel, Operator, Outcome, Value};
use knock_wire::{LinkName, RuleMatches, RuleRep};
use std::collections::BTreeMap;

use super::availability::rep_state_label;
use super::field::{field_label, operator_label};
use super::number::{count, counted};
use crate::letters;
use crate::rules::{Comparison, Counting, Group, Joint, Level, Part, Shape, TargetDraft, Way};

/// The namespaces of fields, in the order of the controls.
pub(crate) const NAMESPACES: [(&str, &str); 10] = [
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
];

/// Fields without a filter in tables.
const MORE_FIELDS: [(&str, &str); 12] = [
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
    let system = match system {
        "salesforce" => "Salesforce",
        "hubspot" => "HubSpot",
        _ => "Marketo",
    };
    let field = match field {
        "exists" => "lead is known",
        "owner" => "owner",
        "lifecycle" => "lifecycle stage",
        own => own.strip_prefix("fields.").unwrap_or(own),
    };
    format!("{system}: {field}")
}

/// The label of the way in which the parts of a group are joined.
pub(crate) const fn joint_label(joint: Joint) -> &'static str {
    match joint {
        Joint::All => "All of these",
        Joint::Any => "Any of these",
        Joint::None => "None of these",
    }
}

/// The label of a kind of assignee.
pub(crate) const fn way_label(way: Way) -> &'static str {
    match way {
        Way::Rep => "One rep",
        Way::Pool => "Round-robin pool",
        Way::Agent => "AI agent",
        Way::Calendars(CalendarMode::Single) => "One calendar",
        Way::Calendars(CalendarMode::Any) => "Any free calendar",
        Way::Calendars(CalendarMode::RoundRobin) => "Calendars by turns",
        Way::Calendars(CalendarMode::All) => "All calendars together",
        Way::Disqualify => "Disqualify",
    }
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

fn agent_label(agent: &str) -> &str {
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

/// The uses of a rule.
pub(crate) fn uses_words(level: Level, funnel: Funnel, links: &[LinkName]) -> String {
    let names = links.iter().map(|link| link.name.as_str()).collect::<Vec<_>>().join(", ");
    let all = match funnel {
        Funnel::Chat => "Every chat whose link has no rule of its own",
        Funnel::Meeting => "Every meeting whose link has no rule of its own",
    };
    match (level, names.is_empty()) {
        (Level::Default, true) => all.to_owned(),
        (Level::Default, false) => format!("{all}, and {names}"),
        (Level::Custom | Level::PerLink, true) => "No link yet".to_owned(),
        (Level::Custom | Level::PerLink, false) => names,
    }
}

/// A level of rules: title and description.
pub(crate) const fn level_words(level: Level) -> (&'static str, &'static str) {
    match level {
        Level::Default => ("Default rule", "Always present. It takes every lead whose link has no rule."),
        Level::Custom => ("Custom rules", "Custom rules that no link uses yet."),
        Level::PerLink => ("Rules of links", "Custom rules that are given to Knock Links."),
    }
}

/// The numbers of leads that a segment matches and gets.
pub(crate) fn segment_count_words(counting: &Counting, id: &str, is_on: bool) -> String {
    let found = counting.shown().and_then(|all| Some((all, all.segments.iter().find(|segment| segment.id == id)?)));
    let Some((all, segment)) = found else { return uncounted_words(counting) };
    let gets = match (is_on, segment.gets) {
        (false, _) => "it gets none while it is off".to_owned(),
        (true, gets) => format!("it gets {}", count(i64::from(gets))),
    };
    format!("Matches {} of {}; {gets}.", count(i64::from(segment.matches)), of_leads(all))
}

/// The number of leads that no segment matches.
pub(crate) fn fallback_count_words(counting: &Counting) -> String {
    match counting.shown() {
        Some(all) => format!("Gets {} of {}.", count(i64::from(all.fallback)), of_leads(all)),
        None => uncounted_words(counting),
    }
}

fn of_leads(all: &RuleMatches) -> String {
    let newest = if all.is_cut { "the newest " } else { "" };
    format!("{newest}{} of the last 30 days", counted(i64::from(all.leads), "lead"))
}

fn uncounted_words(counting: &Counting) -> String {
    match counting {
        Counting::Asked(_) => "Counting matching leads\u{2026}",
        Counting::Incomplete => "Leads are counted once everything is filled in.",
        Counting::Failed(_) => "Matching leads could not be counted.",
        Counting::Known(_) => "Not counted yet.",
    }
    .to_owned()
}

/// The assignee of leads.
pub(crate) fn target_words(target: &TargetDraft, reps: &[RuleRep]) -> String {
    let names = |ids: &[String]| if ids.is_empty() { "no member yet".to_owned() } else { reps_words(ids, reps) };
    match target.way {
        Way::Rep => names(target.reps.get(..1).unwrap_or_default()),
        Way::Agent => format!("AI agent: {}", agent_label(&target.agent)),
        Way::Disqualify => way_label(target.way).to_owned(),
        Way::Pool | Way::Calendars(_) => {
            let of = if target.way.names_one() { target.reps.get(..1).unwrap_or_default() } else { &target.reps };
            let minutes = target.minutes.trim();
            let length = if minutes.is_empty() { String::new() } else { format!(", {minutes} minutes") };
            format!("{}: {}{length}", way_label(target.way), names(of))
        }
    }
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

/// A condition in words.
pub(crate) fn condition_words(group: &Group) -> String {
    let parts: Vec<String> = group.parts.iter().map(part_words).collect();
    match (group.joint, parts.is_empty()) {
        (Joint::All | Joint::None, true) => "every lead".to_owned(),
        (Joint::Any, true) => "no lead".to_owned(),
        (Joint::All, false) => parts.join(" and "),
        (Joint::Any, false) => parts.join(" or "),
        (Joint::None, false) => format!("none of ({})", parts.join(" or ")),
    }
}

fn part_words(part: &Part) -> String {
    match part {
        Part::Group(group) if group.parts.len() > 1 && group.joint != Joint::None => {
            format!("({})", condition_words(group))
        }
        Part::Group(group) => condition_words(group),
        Part::Comparison(comparison) => typed_words(comparison),
    }
}

/// A comparison in the form.
fn typed_words(comparison: &Comparison) -> String {
    let (field, operator) = (rule_field_label(&comparison.field), operator_label(comparison.operator));
    let value = |text: &String| match (text.as_str(), comparison.value_kind()) {
        ("true", knock_routing::Kind::Bool) => "yes".to_owned(),
        ("false", knock_routing::Kind::Bool) => "no".to_owned(),
        (text, knock_routing::Kind::Number) => text.to_owned(),
        (text, _) => format!("\"{text}\""),
    };
    let values: Vec<String> = comparison.values.iter().map(value).collect();
    match comparison.shape() {
        Shape::Nothing => format!("{field} {operator}"),
        _ if values.is_empty() => format!("{field} {operator} \u{2026}"),
        Shape::Pair => format!("{field} {operator} {}", values.join(" and ")),
        Shape::One | Shape::Several => format!("{field} {operator} {}", values.join(", ")),
    }
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
    use crate::rules::RuleDraft;
    use crate::sample;
    use knock_wire::SegmentMatches;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn every_field_of_the_catalogue_has_a_label_and_a_namespace() {
        for name in Field::names() {
            assert_ne!(rule_field_label(name), name);
            let space = name.split('.').next().unwrap_or_default();
            assert!(NAMESPACES.iter().any(|(known, _)| *known == space), "{name}");
        }
        assert_eq!(rule_field_label("crm.hubspot.fields.tier"), "HubSpot: tier");
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

    #[wasm_bindgen_test]
    fn counts_say_what_a_segment_matches_and_gets() {
        let segments = vec![SegmentMatches { id: "a".to_owned(), matches: 12, gets: 9 }];
        let matches = RuleMatches { leads: 80, segments, fallback: 71, is_cut: false };
        let check = |counting: Counting, is_on: bool, expected: &str| {
            assert_eq!(segment_count_words(&counting, "a", is_on), expected);
        };
        check(Counting::Known(matches.clone()), true, "Matches 12 of 80 leads of the last 30 days; it gets 9.");
        let off = "Matches 12 of 80 leads of the last 30 days; it gets none while it is off.";
        check(Counting::Asked(Some(matches.clone())), false, off);
        check(Counting::Asked(None), true, "Counting matching leads\u{2026}");
        check(Counting::Incomplete, true, "Leads are counted once everything is filled in.");
        let cut = Counting::Known(RuleMatches { is_cut: true, ..matches });
        assert_eq!(fallback_count_words(&cut), "Gets 71 of the newest 80 leads of the last 30 days.");
    }

    #[wasm_bindgen_test]
    fn a_segment_is_said_in_a_sentence() {
        let draft = RuleDraft::read(&sample::meeting_rule());
        let segment = &draft.segments[0];
        assert_eq!(
            condition_words(&segment.when),
            "Employees is at least 200 and (Country is one of \"AT\", \"DE\" or none of (Free mail address is yes))"
        );
        assert_eq!(
            target_words(&segment.target, &sample::rule_inputs().reps),
            "Any free calendar: Ann, Bo, 45 minutes"
        );
    }
}
