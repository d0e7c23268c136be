//! Laws of the fields and flags beside Chat Status (R4b, R6b, R6e, R9, R10).

use crate::history::{back, end, tame, wild};
use crate::machine::Chat;
use knock_status::chat::{ChatStatus, Event, Flag, Folder, RepOwner, derive};
use knock_status::{Fact, arrange};
use proptest::prelude::*;

fn is_reversal(event: &Event) -> bool {
    matches!(event, Event::SpamReversed | Event::RejectionReversed)
}

fn stays<Value: PartialEq>(was: Option<&Value>, is: Option<&Value>) -> bool {
    was.is_none() || was == is
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn a_rejection_is_reported_exactly_while_it_stands(facts in wild::<Chat>(), back in back()) {
        let derived = derive(&facts, end::<Chat>(&facts) - back);
        prop_assert_eq!(derived.fields.rejected.is_some(), derived.status == Some(ChatStatus::Rejected));
    }

    #[test]
    fn spam_is_marked_and_the_mark_outlives_only_rejecting_and_closing(facts in wild::<Chat>(), back in back()) {
        let derived = derive(&facts, end::<Chat>(&facts) - back);
        match derived.status {
            Some(ChatStatus::Spam) => prop_assert!(derived.is_spam),
            Some(ChatStatus::Closed | ChatStatus::Rejected) => {}
            // Without a chat, only a form is marked.
            None => prop_assert!(!derived.is_spam || derived.folder == Some(Folder::Spam)),
            Some(_) => prop_assert!(!derived.is_spam),
        }
    }

    #[test]
    fn the_owner_follows_from_the_status(facts in wild::<Chat>(), back in back()) {
        let derived = derive(&facts, end::<Chat>(&facts) - back);
        prop_assert_eq!(derived.owner, derived.status.map(ChatStatus::owner));
    }

    #[test]
    fn what_is_set_once_stays_and_flags_are_only_added(facts in tame::<Chat>()) {
        let facts: Vec<Fact<usize, Event>> = facts.into_iter().filter(|fact| !is_reversal(&fact.what)).collect();
        let mut before = derive(&facts[..0], end::<Chat>(&facts));
        for fact in &facts {
            let after = derive(&facts, fact.at);
            prop_assert!(stays(before.fields.response_time.as_ref(), after.fields.response_time.as_ref()));
            prop_assert!(stays(before.fields.responding_rep.as_ref(), after.fields.responding_rep.as_ref()));
            prop_assert!(before.fields.rep_owner.is_none() || after.fields.rep_owner.is_some());
            prop_assert!(before.flags.is_subset(&after.flags));
            before = after;
        }
    }

    #[test]
    fn a_response_time_is_from_a_start_to_a_reply(facts in tame::<Chat>()) {
        let now = end::<Chat>(&facts);
        let derived = derive(&facts, now);
        if let Some(time) = derived.fields.response_time {
            prop_assert!(time.0 > 0);
            prop_assert!(derived.fields.responding_rep.is_some());
            let instants = |is_meant: fn(&Event) -> bool| {
                facts.iter().filter(move |fact| is_meant(&fact.what)).map(|fact| fact.at).collect::<Vec<_>>()
            };
            let starts = instants(|event| matches!(event, Event::Assigned(_) | Event::LeadMessage { .. }));
            let replies = instants(|event| matches!(event, Event::RepMessage { .. }));
            prop_assert!(starts.iter().any(|start| replies.contains(&(*start + time))));
        }
    }

    #[test]
    fn flags_are_raised_by_what_they_are_named_after(facts in wild::<Chat>()) {
        let now = end::<Chat>(&facts);
        let derived = derive(&facts, now);
        let arranged = arrange(&facts, now);
        for flag in &derived.flags {
            let is_reason: fn(&Event) -> bool = match flag {
                Flag::DealOnRejected => |event| *event == Event::DealOpened,
                Flag::AiRejectOnQualified => |event| matches!(event, Event::Rejected { .. }),
            };
            prop_assert!(arranged.iter().any(|fact| is_reason(&fact.what)));
        }
    }

    #[test]
    fn somebody_who_answered_has_the_chat_unless_it_was_given_away(facts in wild::<Chat>(), back in back()) {
        let derived = derive(&facts, end::<Chat>(&facts) - back);
        if derived.fields.responding_rep.is_some() {
            prop_assert!(derived.fields.rep_owner.is_some());
        }
        if derived.fields.rep_owner == Some(RepOwner::AiAgent) {
            let given = |event: &Event| {
                matches!(event, Event::Assigned(knock_status::chat::Assignee::AiAgent) | Event::Queued)
            };
            prop_assert!(facts.iter().any(|fact| given(&fact.what)));
        }
    }
}
