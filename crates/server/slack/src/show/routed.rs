//! How a lead came to who has them, in words.

use knock_routing::Reason;
use knock_wire::{ReasonWord, Word};

/// The rule, the segment and the reason of a decision, such as `Routed by Assign, segment Enterprise: the CRM owner`.
pub(super) fn routed(rule: &str, segment: &str, reason: &ReasonWord) -> String {
    let place = [rule, segment].into_iter().filter(|name| !name.trim().is_empty()).collect::<Vec<_>>().join(", ");
    let why = match reason {
        Word::Known(reason) => words(*reason).to_owned(),
        Word::Unknown(word) => word.replace('_', " "),
    };
    if place.is_empty() { format!("Routed: {why}") } else { format!("Routed by {place}: {why}") }
}

fn words(reason: Reason) -> &'static str {
    match reason {
        Reason::StickyExistingRep => "the rep of the open conversation",
        Reason::WroteFirst => "the rep who wrote first",
        Reason::CrmOwner => "the CRM owner",
        Reason::OwnCalendar => "the rep's own calendar",
        Reason::SegmentRep => "the segment's rep",
        Reason::SegmentAi => "the segment's AI agent",
        Reason::AnsweredByAgent => "the AI agent answers",
        Reason::SegmentRoundRobin => "the rep's turn in the segment's pool",
        Reason::SegmentSingleCalendar => "the segment's calendar",
        Reason::SegmentAnyCalendar => "any of the segment's calendars",
        Reason::SegmentAnyCalendarSlot => "free at the chosen time",
        Reason::SegmentRoundRobinCalendar => "the rep's turn among the segment's calendars",
        Reason::SegmentAllCalendars => "all of the segment's calendars together",
        Reason::SegmentDisqualified => "the segment disqualifies",
        Reason::Fallback => "no other segment had a rep",
        Reason::FallbackRoundRobin => "no other segment had a rep, and it was this rep's turn",
        Reason::FallbackDisqualified => "no segment matched, and the fallback disqualifies",
        Reason::NobodyAvailable => "everybody is away; the lead waits for the first who is back",
        Reason::LastResortAi => "everybody who could take it has left the team",
        Reason::EmailRequired => "an e-mail address is needed first",
        Reason::SpamEmail => "a disposable or fake address",
        Reason::PrivateEmail => "a private address",
        Reason::NoCalendar => "no calendar is available",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_is_left_empty_and_no_code_is_shown() {
        let owner = Word::Known(Reason::CrmOwner);
        assert_eq!(routed("Assign", "", &owner), "Routed by Assign: the CRM owner");
        assert_eq!(routed("Assign", "Enterprise", &owner), "Routed by Assign, Enterprise: the CRM owner");
        assert_eq!(routed("", " ", &Word::Unknown("new_way".to_owned())), "Routed: new way");
        for reason in Reason::ALL {
            let shown = routed("Assign", "", &Word::Known(*reason));
            assert!(!shown.contains('_') && shown.len() > 20, "{shown}");
        }
    }
}
