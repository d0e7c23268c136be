//! Every word of the vocabulary: spelling, owner, rule.

use crate::chat::event;
use knock_model::{Millis, Vocabulary};
use knock_status::chat::{ChatOwner, ChatStatus, EventKind, Rejecter, RepOwner, StatusCause, StatusRule, Timer};
use knock_status::meeting::{Canceller, Event, MeetingStatus, Verdict};

#[test]
fn chat_statuses_have_their_owner_and_rule() {
    let expected = [
        ("New", ChatOwner::AiAgent, "CS-01"),
        ("Save the Lead", ChatOwner::AiAgent, "CS-02"),
        ("Spam", ChatOwner::AiAgent, "CS-03"),
        ("AI Discovery", ChatOwner::AiAgent, "CS-04"),
        ("Rep Reply Needed", ChatOwner::Rep, "CS-05"),
        ("Rep Discovery", ChatOwner::Rep, "CS-06"),
        ("Follow Up Needed", ChatOwner::Rep, "CS-07"),
        ("Rejected", ChatOwner::AiAgent, "CS-08"),
        ("Closed", ChatOwner::Rep, "CS-09"),
        ("Qualified", ChatOwner::Rep, "CS-10"),
    ];
    let words = ChatStatus::ALL.iter().map(|status| (status.as_str(), status.owner(), status.rule()));
    assert_eq!(words.collect::<Vec<_>>(), expected);
    assert!(ChatStatus::ALL.iter().all(|status| StatusRule(*status).spelling() == status.rule()));
}

#[test]
fn meeting_statuses_have_their_rule() {
    let expected = [
        ("New", "MS-01"),
        ("Save the Lead", "MS-02"),
        ("Spam", "MS-03"),
        ("Unqualified", "MS-04"),
        ("Qualified but Not Booked", "MS-05"),
        ("Meeting Booked", "MS-06"),
        ("Meeting Cancelled", "MS-07"),
    ];
    let words = MeetingStatus::ALL.iter().map(|status| (status.as_str(), status.rule()));
    assert_eq!(words.collect::<Vec<_>>(), expected);
}

#[test]
fn chat_events_are_stored_under_their_names() {
    let same = [
        "link_clicked",
        "chat_activity",
        "lead_message",
        "ai_message",
        "rep_message",
        "spam_detected",
        "spam_reversed",
        "rejection_reversed",
        "deal_opened",
    ];
    let others = [("assigned_ann", "assigned"), ("assigned_ai", "assigned"), ("rejected_ai", "rejected")];
    for (event_of, name) in same.into_iter().map(|name| (name, name)).chain(others) {
        assert_eq!(event(event_of).as_str(), name);
    }
}

#[test]
fn meeting_events_and_who_cancels_are_stored_under_their_names() {
    let (meeting, owner, by) = (String::new(), String::new(), Canceller::Lead);
    for (event, name) in [
        (Event::LinkClicked, "link_clicked"),
        (Event::Activity, "meeting_activity"),
        (Event::EmailSubmitted(Verdict::Ok), "email_submitted"),
        (Event::Abandoned, "booking_abandoned"),
        (Event::Booked { meeting: meeting.clone(), start: Millis(1), owner }, "meeting_booked"),
        (Event::Rescheduled { meeting: meeting.clone(), start: Millis(1), owner: None }, "meeting_rescheduled"),
        (Event::Cancelled { meeting, by }, "meeting_cancelled"),
        (Event::SpamReversed, "spam_reversed"),
    ] {
        assert_eq!(event.as_str(), name);
    }
    assert_eq!([Canceller::Rep.as_str(), Canceller::Lead.as_str()], ["Rep", "Lead"]);
}

/// Serde's names of events cannot come from the vocabulary; they are the same.
#[cfg(feature = "serde")]
#[test]
fn stored_chat_events_begin_with_their_kind() {
    use knock_model::IntentType;
    use knock_status::chat::{Assignee, Event};

    let events = [
        Event::LinkClicked,
        Event::ChatActivity,
        Event::LeadMessage { is_spam: true },
        Event::AiMessage,
        Event::Assigned(Assignee::AiAgent),
        Event::Queued,
        Event::RepMessage { rep: "ann".into() },
        Event::SpamDetected,
        Event::SpamReversed,
        Event::Rejected { by: Rejecter::Ai, reason: None, member: None },
        Event::RejectionReversed,
        Event::DealOpened,
        Event::FormSent { form: "demo".into(), page: "/demo".into(), fields: vec!["email".into()] },
        Event::Done { by: None },
        Event::Snoozed { until: Millis(1), by: None },
        Event::Reopened { by: None },
        Event::Invited { rep: "ann".into() },
        Event::NudgeFollowed { nudge: "n1".into(), agent: Some(IntentType::JobSeeker) },
    ];
    assert_eq!(events.each_ref().map(Event::kind), *EventKind::ALL);
    for event in events {
        let json = serde_json::to_string(&event).expect("it has JSON");
        let name = json.trim_start_matches('{').split('"').nth(1);
        assert_eq!(name, Some(event.as_str()), "{json}");
    }
}

#[test]
fn causes_and_rules_read_their_own_spelling_and_no_other() {
    for cause in [StatusCause::Fact(EventKind::LeadMessage), StatusCause::Timer(Timer::Reply)] {
        assert_eq!(StatusCause::parse(&cause.spelling()), Some(cause));
    }
    assert_eq!(StatusCause::Timer(Timer::Reply).spelling(), "timer:rep_reply_needed");
    assert_eq!(StatusCause::words().len(), EventKind::ALL.len() + Timer::ALL.len());
    assert_eq!(StatusRule::parse("CS-05"), Some(StatusRule(ChatStatus::RepReplyNeeded)));
    for word in ["timer:lead_message", "rep_reply_needed", "CS-5", ""] {
        assert_eq!((StatusCause::parse(word), StatusRule::parse(word)), (None, None), "{word}");
    }
}

#[test]
fn the_ai_agent_has_one_name() {
    assert_eq!((RepOwner::AiAgent.as_str(), ChatOwner::AiAgent.as_str()), ("AI Agent", "AI Agent"));
    assert_eq!(RepOwner::Rep("ann".into()).as_str(), "ann");
    assert_eq!(Rejecter::ALL.iter().map(|by| by.as_str()).collect::<Vec<_>>(), ["AI", "rep"]);
}
