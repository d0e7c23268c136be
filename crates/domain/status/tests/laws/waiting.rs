//! The instant since which a lead waits, computed in another way than by the fold: backwards from the last answer.

use crate::history::{back, end, tame, wild};
use crate::machine::Chat;
use knock_model::Millis;
use knock_status::chat::{Assignee, ChatStatus, Event, Folder, RepOwner, derive};
use knock_status::{Fact, arrange};
use proptest::prelude::*;

type Arranged<'f> = [&'f Fact<usize, Event>];

fn is_lead_message(event: &Event) -> bool {
    matches!(event, Event::LeadMessage { .. })
}

/// The last answer's place, or the beginning.
fn answered(facts: &Arranged<'_>) -> usize {
    facts.iter().rposition(|fact| matches!(fact.what, Event::RepMessage { .. })).unwrap_or(0)
}

/// The first message since the last answer; where the team got the chat from the AI agent since, the last one before
/// that.
fn expected(facts: &Arranged<'_>) -> Option<Millis> {
    let answered = answered(facts);
    let first = facts[answered..].iter().find(|fact| is_lead_message(&fact.what))?.effective_at();
    let is_with_agent = |place: usize| {
        let is_given = |fact: &&&Fact<usize, Event>| {
            matches!(fact.what, Event::Assigned(_) | Event::Queued | Event::RepMessage { .. })
        };
        facts[..place].iter().rfind(is_given).is_some_and(|fact| fact.what == Event::Assigned(Assignee::AiAgent))
    };
    let is_to_team = |place: usize| matches!(facts[place].what, Event::Assigned(Assignee::Rep(_)) | Event::Queued);
    let taken = (answered..facts.len()).rfind(|place| is_to_team(*place) && is_with_agent(*place));
    let last = taken.and_then(|taken| facts[..taken].iter().rfind(|fact| is_lead_message(&fact.what)));
    Some(last.map_or(first, |last| last.effective_at().max(first)))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn a_lead_waits_since_the_first_message_without_an_answer(facts in wild::<Chat>(), back in back()) {
        let now = end::<Chat>(&facts) - back;
        let derived = derive(&facts, now);
        let arranged = arrange(&facts, now);
        let is_other = |event: &Event| {
            matches!(
                event,
                Event::SpamReversed | Event::RejectionReversed | Event::Done { .. } | Event::FormSent { .. }
            )
        };
        // A new episode forgets what the old one owed (R5), as a member does who says that nothing is left to do; a
        // reversal may lead into one that was not lived; a message of a rep before there was a chat is only stored.
        let is_plain = derived.timeline.iter().all(|entry| entry.status != ChatStatus::Closed)
            && !arranged.iter().any(|fact| is_other(&fact.what))
            && arranged.first().is_none_or(|fact| matches!(fact.what, Event::LinkClicked | Event::LeadMessage { .. }));
        if is_plain && derived.folder == Some(Folder::Open) && (derived.is_queued || derived.fields.rep_owner != Some(RepOwner::AiAgent)) {
            prop_assert_eq!(derived.waiting_since, expected(&arranged));
        }
    }

    #[test]
    fn only_an_open_chat_waits_and_with_the_agent_only_a_queued_one(facts in wild::<Chat>(), back in back()) {
        let now = end::<Chat>(&facts) - back;
        let derived = derive(&facts, now);
        if let Some(since) = derived.waiting_since {
            prop_assert_eq!(derived.folder, Some(Folder::Open));
            prop_assert!(!derived.is_spam);
            let arranged = arrange(&facts, now);
            let is_form = |event: &Event| matches!(event, Event::FormSent { .. });
            let has_form = arranged.iter().any(|fact| is_form(&fact.what) && fact.effective_at() == since);
            prop_assert!(has_form || derived.is_queued || derived.fields.rep_owner != Some(RepOwner::AiAgent));
            let wrote = |fact: &&&Fact<usize, Event>| {
                (is_lead_message(&fact.what) || is_form(&fact.what)) && fact.effective_at() == since
            };
            prop_assert!(arranged.iter().find(wrote).is_some());
        }
    }

    #[test]
    fn the_order_of_delivery_changes_no_wait(facts in tame::<Chat>(), places in any::<[u16; 32]>()) {
        let now = end::<Chat>(&facts);
        let mut late: Vec<_> = facts.iter().cloned().zip(places.into_iter().cycle()).collect();
        late.sort_by_key(|(_, place)| *place);
        let late: Vec<_> = late.into_iter().map(|(fact, _)| Fact { received_at: now, ..fact }).collect();
        let (one, other) = (derive(&facts, now), derive(&late, now));
        prop_assert_eq!((one.waiting_since, one.folder), (other.waiting_since, other.folder));
    }

    #[test]
    fn the_folder_changes_with_the_status_or_when_predicted(facts in wild::<Chat>(), back in back()) {
        let now = end::<Chat>(&facts) - back;
        let known: Vec<_> = facts.into_iter().filter(|fact| fact.received_at <= now).collect();
        let before = derive(&known, now);
        let Some(due) = before.next_folder_at.into_iter().chain(before.next_change_at).min() else { return Ok(()) };
        prop_assert!(due > now);
        prop_assert_eq!(derive(&known, due - Millis(1)).folder, before.folder);
        if before.next_folder_at == Some(due) {
            prop_assert_ne!(derive(&known, due).folder, Some(Folder::Snoozed));
        }
    }
}
