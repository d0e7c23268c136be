//! Spelling of notes, agents and recipients.

use knock_model::Vocabulary;
use knock_routing::{AgentChoice, AgentKind, Note, Notified, OwnerTrouble, SegmentTrouble};

#[test]
fn notes_read_back_as_they_are_written() {
    let of_segment = |id: &str, trouble| Note::Segment(id.into(), trouble);
    let notes = [
        (Note::LinkRuleInvalid, "link_rule_invalid"),
        (Note::RepAway, "rep_away"),
        (Note::RepOffHours, "rep_off_hours"),
        (Note::SlotGone, "slot_gone"),
        (Note::Owner(OwnerTrouble::Unmapped), "crm_owner_unmapped"),
        (of_segment("a:b", SegmentTrouble::RepRemoved), "a:b:rep_removed"),
        (of_segment("fallback", SegmentTrouble::CalendarMissing), "fallback:calendar_missing"),
    ];
    for (note, word) in notes {
        assert_eq!(note.to_string(), word);
        assert_eq!(note.spelling(), word);
        assert_eq!(Note::parse(word), Some(note.clone()));
        assert_eq!(serde_json::from_str::<Note>(&format!("{word:?}")).expect("a note"), note);
    }
    for word in ["", "rep_removed", "s:gone", "crm_owner"] {
        assert_eq!(Note::parse(word), None);
        assert!(serde_json::from_str::<Note>(&format!("{word:?}")).is_err());
    }
}

#[test]
fn agents_are_chosen_by_name_or_by_intent() {
    assert_eq!(AgentChoice::parse("auto"), Some(AgentChoice::Auto));
    assert_eq!(AgentChoice::parse("human"), None);
    for kind in AgentKind::ALL {
        let choice = AgentChoice::Kind(*kind);
        assert_eq!(AgentChoice::parse(kind.as_str()), Some(choice));
        assert_eq!((choice.as_str(), choice.agent(None)), (kind.as_str(), *kind));
    }
    let error = serde_json::from_str::<AgentChoice>("\"human\"").expect_err("refused").to_string();
    assert!(error.starts_with("`human` is not an AI agent; expected one of auto, buying"), "{error}");
}

#[test]
fn channels_and_reps_are_told_apart() {
    for (recipient, word) in [(Notified::Channel("#team".into()), "#team"), (Notified::Rep("ann".into()), "dm:ann")] {
        assert_eq!(recipient.to_string(), word);
        assert_eq!(serde_json::from_str::<Notified>(&format!("{word:?}")).expect("a recipient"), recipient);
    }
}
