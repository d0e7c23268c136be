//! An event of a timeline in words: what the team, the AI agent or a timer did.

use knock_model::{ContactField, TimelineEventKind, TimelinePart};
use knock_wire::{TimelineEvent, Word};

use super::work::{Wall, snoozed_words};

/// Action, object and addition; object and addition may be untrusted text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct EventWords {
    pub(crate) verb: String,
    /// The object; empty without one.
    pub(crate) object: String,
    /// What is to be known beside it; empty if nothing.
    pub(crate) note: String,
}

/// An event in words; one of a kind that only a newer server knows is shown as its word.
pub(crate) fn event_words(event: &TimelineEvent, wall: Wall) -> EventWords {
    let TimelineEvent { by, text, from, to, until, .. } = event;
    let when = || until.map(|until| wall.words(until)).unwrap_or_default();
    let words = |verb: String, object: &str| EventWords { verb, object: object.to_owned(), note: String::new() };
    let Word::Known(kind) = &event.kind else { return words(with_author(&event.kind.spelling(), by), text) };
    match kind {
        TimelineEventKind::LeadMessage => words("Wrote".to_owned(), text),
        TimelineEventKind::AgentMessage => words("AI agent wrote".to_owned(), text),
        TimelineEventKind::RepMessage => words(format!("{by} wrote"), text),
        TimelineEventKind::Note => words(with_author("Note", by), text),
        TimelineEventKind::MeetingBooked if !by.is_empty() => {
            words(with_author(&format!("Meeting with {to} added"), by) + " for", &when())
        }
        TimelineEventKind::MeetingBooked => words(format!("Booked a meeting with {to}"), &when()),
        TimelineEventKind::MeetingMoved => words(with_author("Meeting moved", by) + " to", &when()),
        TimelineEventKind::MeetingReassigned => words(with_author("Meeting reassigned", by) + " to", to),
        TimelineEventKind::MeetingCancelled => {
            EventWords { note: reason(text), ..words(with_author("Meeting cancelled", by), "") }
        }
        TimelineEventKind::MeetingMissed => words(with_author("Meeting marked as no-show", by), ""),
        TimelineEventKind::MeetingHeld => words(with_author("Meeting marked as held", by), ""),
        TimelineEventKind::NudgeShown => EventWords { note: on_page(to), ..words("Saw the nudge".to_owned(), text) },
        TimelineEventKind::NudgeClicked if event.conversation.is_some() => {
            words("Opened the chat by the nudge".to_owned(), text)
        }
        TimelineEventKind::NudgeClicked => words("Clicked the nudge".to_owned(), text),
        TimelineEventKind::NudgeClosed => words("Closed the nudge".to_owned(), text),
        TimelineEventKind::DetailSet => words(detail(text, to.is_empty(), by), to),
        TimelineEventKind::TypeDecided => words(with_author("Intent type set", by) + " to", to),
        TimelineEventKind::Merged => words(with_author("Merged", by) + " with", to),
        TimelineEventKind::Assigned => EventWords { note: assigned(from, text), ..words(given(by), to) },
        TimelineEventKind::Queued => words("Waits for the team: no one was available".to_owned(), ""),
        TimelineEventKind::Rejected => EventWords { note: reason(text), ..words(with_author("Rejected", by), "") },
        TimelineEventKind::RejectionUndone => words(with_author("Rejection undone", by), ""),
        TimelineEventKind::MarkedSpam => words(with_author("Marked as spam", by), ""),
        TimelineEventKind::UnmarkedSpam => words(with_author("Marked as not spam", by), ""),
        TimelineEventKind::DealOpened => words(with_author("Deal opened", by), ""),
        TimelineEventKind::Done => words(with_author("Marked as done", by), ""),
        TimelineEventKind::Snoozed => {
            let snoozed = until.map_or_else(|| "Snoozed".to_owned(), |until| snoozed_words(until, wall));
            words(with_author(&snoozed, by), "")
        }
        TimelineEventKind::Reopened => words(with_author("Reopened", by), ""),
        TimelineEventKind::WorkflowAction => words(with_author(acted(to), by), text),
        TimelineEventKind::ChatStatus => words("Chat Status".to_owned(), to),
        TimelineEventKind::MeetingStatus => words("Meeting Status".to_owned(), to),
    }
}

/// The part of a timeline on its button; none is all of it.
pub(crate) const fn part_label(part: Option<TimelinePart>) -> &'static str {
    match part {
        None => "All",
        Some(TimelinePart::Website) => "Website",
        Some(TimelinePart::Conversation) => "Conversation",
        Some(TimelinePart::Team) => "Team",
    }
}

/// The lead, the server and a program have no name.
fn with_author(what: &str, by: &str) -> String {
    if by.is_empty() { what.to_owned() } else { format!("{what} by {by}") }
}

/// What a step of a workflow did, by the word of the action.
fn acted(action: &str) -> &str {
    match action {
        "message" => "Message of the AI agent",
        "mail" => "E-mail sent",
        "slack" => "Posted in Slack",
        "tag" => "Tagged",
        "set_field" => "Field set",
        "webhook" => "Webhook called",
        "task" => "Follow-up set",
        other => other,
    }
}

fn given(by: &str) -> String {
    if by.is_empty() { "Assigned to".to_owned() } else { format!("{by} assigned the chat to") }
}

fn assigned(from: &str, why: &str) -> String {
    let before = (!from.is_empty()).then(|| format!("Before: {from}."));
    [before, Some(reason(why)).filter(|reason| !reason.is_empty())].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn on_page(address: &str) -> String {
    if address.is_empty() { String::new() } else { format!("On {address}") }
}

fn reason(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("Reason: {text}") }
}

fn detail(field: &str, is_taken: bool, by: &str) -> String {
    let name = match ContactField::parse(field) {
        Some(ContactField::Name) => "name",
        Some(ContactField::Phone) => "phone",
        Some(ContactField::Company) => "company",
        None => field,
    };
    let by = if by.is_empty() { "A program" } else { by };
    if is_taken { format!("{by} took back the {name} of the team") } else { format!("{by} set the {name} to") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kit::civil::civil;
    use crate::sample;
    use knock_model::{ConversationId, Millis};
    use wasm_bindgen_test::wasm_bindgen_test;

    /// 20 November 2026, 09:38 in Berlin.
    const WALL: Wall = Wall { local: |at| civil(at, 60), now: sample::AT };

    fn event(kind: TimelineEventKind, by: &str, text: &str, to: &str) -> TimelineEvent {
        let (by, text, to) = (by.to_owned(), text.to_owned(), to.to_owned());
        TimelineEvent { kind: kind.into(), by, text, to, from: String::new(), ..sample::event() }
    }

    fn check(event: &TimelineEvent, expected: [&str; 3]) {
        let EventWords { verb, object, note } = event_words(event, WALL);
        assert_eq!([verb.as_str(), &object, &note], expected);
    }

    #[wasm_bindgen_test]
    fn an_event_says_who_did_what() {
        use TimelineEventKind as Kind;
        check(&event(Kind::RepMessage, "Bo Rep", "Hello", ""), ["Bo Rep wrote", "Hello", ""]);
        check(&event(Kind::Note, "Bo Rep", "Ask Ann", ""), ["Note by Bo Rep", "Ask Ann", ""]);
        check(&event(Kind::Rejected, "Bo Rep", "No budget", ""), ["Rejected by Bo Rep", "", "Reason: No budget"]);
        check(&event(Kind::DealOpened, "", "", ""), ["Deal opened", "", ""]);
        check(&event(Kind::DetailSet, "Bo Rep", "phone", "+49 30 1"), ["Bo Rep set the phone to", "+49 30 1", ""]);
        check(&event(Kind::DetailSet, "", "name", ""), ["A program took back the name of the team", "", ""]);
        check(&event(Kind::ChatStatus, "", "", "Closed"), ["Chat Status", "Closed", ""]);
        let mailed = event(Kind::WorkflowAction, "workflow Follow Up", "Still there?", "mail");
        check(&mailed, ["E-mail sent by workflow Follow Up", "Still there?", ""]);
    }

    #[wasm_bindgen_test]
    fn a_nudge_is_named_by_its_workflow() {
        use TimelineEventKind as Kind;
        let page = "https://us.example/pricing";
        let shown = event(Kind::NudgeShown, "", "Pricing viewers", page);
        check(&shown, ["Saw the nudge", "Pricing viewers", "On https://us.example/pricing"]);
        let clicked =
            |conversation| TimelineEvent { conversation, ..event(Kind::NudgeClicked, "", "Pricing viewers", "") };
        check(&clicked(None), ["Clicked the nudge", "Pricing viewers", ""]);
        check(&clicked(Some(ConversationId::new([6; 16]))), ["Opened the chat by the nudge", "Pricing viewers", ""]);
        check(&event(Kind::NudgeClosed, "", "Pricing viewers", ""), ["Closed the nudge", "Pricing viewers", ""]);
    }

    #[wasm_bindgen_test]
    fn an_assignment_names_both_owners_and_the_reason() {
        let by_hand = TimelineEvent {
            from: "AI Agent".to_owned(),
            ..event(TimelineEventKind::Assigned, "Lena", "Speaks German", "Bo")
        };
        check(&by_hand, ["Lena assigned the chat to", "Bo", "Before: AI Agent. Reason: Speaks German"]);
        check(&event(TimelineEventKind::Assigned, "", "", "Bo"), ["Assigned to", "Bo", ""]);
    }

    #[wasm_bindgen_test]
    fn instants_are_those_of_the_wall() {
        let until = Some(sample::AT + Millis::days(3));
        let moved = TimelineEvent { until, ..event(TimelineEventKind::MeetingMoved, "Bo", "", "") };
        check(&moved, ["Meeting moved by Bo to", "Mon 23 Nov, 09:38", ""]);
        let added = TimelineEvent { until, ..event(TimelineEventKind::MeetingBooked, "Bo", "", "Lena") };
        check(&added, ["Meeting with Lena added by Bo for", "Mon 23 Nov, 09:38", ""]);
        let booked = TimelineEvent { until, ..event(TimelineEventKind::MeetingBooked, "", "", "Lena") };
        check(&booked, ["Booked a meeting with Lena", "Mon 23 Nov, 09:38", ""]);
        let snoozed = TimelineEvent { until, ..event(TimelineEventKind::Snoozed, "Bo", "", "") };
        check(&snoozed, ["Snoozed until Mon 23 Nov, 09:38 by Bo", "", ""]);
    }

    #[wasm_bindgen_test]
    fn a_kind_of_a_newer_server_is_shown_as_its_word() {
        let newer = TimelineEvent { kind: Word::parse("cloned"), by: "Bo".to_owned(), ..sample::event() };
        check(&newer, ["cloned by Bo", "", ""]);
    }
}
