//! A rule in the form, in words: conditions, assignees, uses, matching leads.

use knock_routing::{CalendarMode, Funnel};
use knock_wire::{LinkName, RuleMatches, RuleRep};

use super::comparison::{Comparison, Shape};
use super::condition::{Group, Joint, Part};
use super::target::{TargetDraft, Way};
use crate::words::field::operator_label;
use crate::words::number::{count, counted};
use crate::words::rule::{agent_label, reps_words, rule_field_label};
use crate::words::rules::counting::Counting;
use crate::words::rules::level::Level;

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;
    use crate::words::rules::draft::RuleDraft;
    use knock_wire::SegmentMatches;
    use wasm_bindgen_test::wasm_bindgen_test;

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
