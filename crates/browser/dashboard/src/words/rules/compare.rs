//! Differences between versions of a rule, in words.

use knock_routing::Rule;
use knock_wire::RuleRep;

use super::draft::{RuleDraft, SegmentDraft};
use super::texts::{condition_words, target_words};
use crate::words::rule::crm_words;

/// The differences of `new`; empty if there are none.
pub(crate) fn changes(old: &Rule, new: &Rule, reps: &[RuleRep]) -> Vec<String> {
    let (old, new) = (RuleDraft::read(old), RuleDraft::read(new));
    let mut found = Vec::new();
    changed(&mut found, "Name", &old.name, &new.name);
    if old.is_enabled != new.is_enabled {
        found.push(switched("Rule", new.is_enabled));
    }
    changed(&mut found, "Monitoring channel", &or_none(&old.channel), &or_none(&new.channel));
    changed(&mut found, "CRM-aware routing", crm_words(old.crm_aware), crm_words(new.crm_aware));
    if old.rejects_private != new.rejects_private {
        let words = if new.rejects_private { "turned away" } else { "accepted" };
        found.push(format!("Private e-mail addresses: {words}"));
    }
    of_segments(&mut found, &old, &new, reps);
    let fallback = |draft: &RuleDraft| target_words(&draft.fallback, reps);
    changed(&mut found, "Fallback Segment", &fallback(&old), &fallback(&new));
    found
}

fn of_segments(found: &mut Vec<String>, old: &RuleDraft, new: &RuleDraft, reps: &[RuleRep]) {
    let find = |draft: &RuleDraft, id: &str| draft.segments.iter().find(|segment| segment.id == id).cloned();
    for segment in old.segments.iter().filter(|segment| find(new, &segment.id).is_none()) {
        found.push(format!("Segment {} was removed", segment.name));
    }
    for segment in &new.segments {
        let target = target_words(&segment.target, reps);
        match find(old, &segment.id) {
            None => {
                found.push(format!(
                    "Segment {} was added: {} \u{2192} {target}",
                    segment.name,
                    condition_words(&segment.when)
                ));
            }
            Some(before) => of_segment(found, &before, segment, reps),
        }
    }
    let order = |of: &RuleDraft, other: &RuleDraft| {
        let kept = of.segments.iter().filter(|segment| find(other, &segment.id).is_some());
        kept.map(|segment| segment.id.clone()).collect::<Vec<_>>()
    };
    if order(old, new) != order(new, old) {
        let names: Vec<&str> = new.segments.iter().map(|segment| segment.name.as_str()).collect();
        found.push(format!("Order of segments: {}", names.join(", ")));
    }
}

fn of_segment(found: &mut Vec<String>, old: &SegmentDraft, new: &SegmentDraft, reps: &[RuleRep]) {
    let name = format!("Segment {}", new.name);
    changed(found, &format!("{name}, name"), &old.name, &new.name);
    if old.is_enabled != new.is_enabled {
        found.push(switched(&name, new.is_enabled));
    }
    changed(found, &format!("{name}, leads"), &condition_words(&old.when), &condition_words(&new.when));
    let (was, is) = (target_words(&old.target, reps), target_words(&new.target, reps));
    changed(found, &format!("{name}, assignee"), &was, &is);
    changed(found, &format!("{name}, monitoring channel"), &or_none(&old.channel), &or_none(&new.channel));
}

fn changed(found: &mut Vec<String>, what: &str, old: &str, new: &str) {
    if old != new {
        found.push(format!("{what}: {old} \u{2192} {new}"));
    }
}

fn switched(what: &str, is_on: bool) -> String {
    format!("{what}: switched {}", if is_on { "on" } else { "off" })
}

fn or_none(text: &str) -> String {
    if text.is_empty() { "none".to_owned() } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn changes_are_said_where_they_are() {
        let (old, reps) = (sample::chat_rule(), sample::rule_inputs().reps);
        assert!(changes(&old, &old, &reps).is_empty());
        let mut draft = RuleDraft::read(&old);
        draft.segments.swap(0, 1);
        draft.segments[0].target.reps.swap(0, 1);
        draft.segments[1].is_enabled = false;
        draft.channel = "#leads".to_owned();
        let new = draft.rule().expect("a rule");
        let expected = [
            "Monitoring channel: none \u{2192} #leads",
            "Segment Buyers, assignee: Round-robin pool: Ann, Bo \u{2192} Round-robin pool: Bo, Ann",
            "Segment Job seekers: switched off",
            "Order of segments: Buyers, Job seekers",
        ];
        assert_eq!(changes(&old, &new, &reps), expected);
    }
}
