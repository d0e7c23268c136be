//! Laws of a chat's course, and its waits counted in another way than by the fold.

use crate::history::{START, back, end, wild};
use crate::machine::Chat;
use knock_model::Millis;
use knock_status::chat::{Assignee, Author, ChatStatus, Event, Folder, Message, Timer, Wait, derive};
use knock_status::{Cause, Fact, Source, arrange};
use proptest::prelude::*;

const REPLY: Millis = Millis(2 * Millis::MINUTE.0);

/// The author of a message.
fn author(event: &Event) -> Option<Author> {
    match event {
        Event::LeadMessage { .. } => Some(Author::Lead),
        Event::AiMessage => Some(Author::Agent),
        Event::RepMessage { rep } | Event::Invited { rep } => Some(Author::Rep(rep.clone())),
        _ => None,
    }
}

fn is_reversal(event: &Event) -> bool {
    matches!(event, Event::SpamReversed | Event::RejectionReversed)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn every_message_and_form_is_in_it(facts in wild::<Chat>(), back in back()) {
        let now = end::<Chat>(&facts) - back;
        let course = derive(&facts, now).course;
        let arranged = arrange(&facts, now);
        let said = arranged.iter().filter_map(|fact| {
            Some(Message { at: fact.effective_at(), by: author(&fact.what)? })
        });
        prop_assert_eq!(&course.messages, &said.collect::<Vec<_>>());
        let forms = arranged.iter().filter(|fact| matches!(fact.what, Event::FormSent { .. }));
        prop_assert_eq!(&course.forms, &forms.map(|fact| fact.effective_at()).collect::<Vec<_>>());
        let is_of_lead = |at: &Millis| course.messages.contains(&Message { at: *at, by: Author::Lead });
        prop_assert!(course.episodes.iter().all(is_of_lead));
    }

    #[test]
    fn one_wait_lasts_at_most_and_an_answer_is_a_message(facts in wild::<Chat>(), back in back()) {
        let course = derive(&facts, end::<Chat>(&facts) - back).course;
        for waits in [&course.replies, &course.waits] {
            let lasting = waits.iter().rev().skip(1).filter(|wait| wait.ended_at.is_none()).count();
            prop_assert_eq!(lasting, 0);
            for wait in waits {
                prop_assert!(wait.ended_at.is_none_or(|ended_at| wait.since <= ended_at));
                if let Some(rep) = &wait.answered_by {
                    let answer = wait.ended_at.map(|at| Message { at, by: Author::Rep(rep.clone()) });
                    prop_assert!(answer.is_some_and(|answer| course.messages.contains(&answer)));
                }
            }
        }
        for wait in &course.waits {
            let is_written = course.messages.contains(&Message { at: wait.since, by: Author::Lead });
            prop_assert!(is_written || course.forms.contains(&wait.since));
        }
    }

    #[test]
    fn what_waits_in_the_inbox_of_the_team_is_the_wait_that_lasts(facts in wild::<Chat>(), back in back()) {
        let derived = derive(&facts, end::<Chat>(&facts) - back);
        let last = derived.course.waits.last().filter(|wait| wait.ended_at.is_none());
        let is_teams = derived.is_queued || derived.fields.standing_rep().is_some();
        if derived.folder == Some(Folder::Open) && is_teams {
            prop_assert_eq!(last.map(|wait| wait.since), derived.waiting_since);
        }
        let rep = derived.fields.standing_rep();
        prop_assert!(rep.is_none() || last.is_none_or(|wait| wait.rep.as_deref() == rep));
    }

    #[test]
    fn the_response_time_is_that_of_the_first_answer(facts in wild::<Chat>(), back in back()) {
        let facts: Vec<_> = facts.into_iter().filter(|fact| !is_reversal(&fact.what)).collect();
        let derived = derive(&facts, end::<Chat>(&facts) - back);
        let answered = derived.course.replies.iter().find(|wait| wait.answered_by.is_some());
        let took = answered.and_then(|wait| Some(wait.ended_at? - wait.since));
        prop_assert_eq!(took, derived.fields.response_time);
    }

    #[test]
    fn a_reply_is_needed_two_minutes_after_it_was_awaited(facts in wild::<Chat>(), back in back()) {
        let derived = derive(&facts, end::<Chat>(&facts) - back);
        for entry in &derived.timeline {
            if entry.cause == Cause::Timer(Timer::Reply) {
                let since = entry.at - REPLY;
                prop_assert!(derived.course.replies.iter().any(|wait| wait.since == since));
            }
        }
    }

    #[test]
    fn the_last_rejection_is_the_one_that_stands(facts in wild::<Chat>(), back in back()) {
        let derived = derive(&facts, end::<Chat>(&facts) - back);
        let last = derived.course.rejections.last().map(|rejected| &rejected.rejection);
        prop_assert_eq!(last, derived.fields.rejected.as_ref());
        prop_assert_eq!(last.is_some(), derived.status == Some(ChatStatus::Rejected));
    }

    #[test]
    fn a_message_of_the_agent_that_comes_last_only_adds_itself(facts in wild::<Chat>(), back in back()) {
        let now = end::<Chat>(&facts) - back;
        let mut facts: Vec<_> = facts.into_iter().filter(|fact| fact.received_at <= now).collect();
        let mut expected = derive(&facts, now);
        expected.course.agent_wrote(now);
        facts.push(Fact { id: 1_000, at: now, received_at: now, source: Source::Server, what: Event::AiMessage });
        prop_assert_eq!(derive(&facts, now), expected);
    }

    #[test]
    fn waits_are_those_of_a_naive_count(facts in plain()) {
        let course = derive(&facts, end::<Chat>(&facts)).course;
        prop_assert_eq!(course.waits, naive_waits(&facts));
        prop_assert_eq!(course.replies, naive_replies(&facts));
    }
}

/// A chat of less than two hours without the agent's part in it: messages, and assignments to two reps.
fn plain() -> impl Strategy<Value = Vec<Fact<usize, Event>>> {
    let drawn = proptest::collection::vec((any::<u8>(), 1..5 * Millis::MINUTE.0), 0..24);
    drawn.prop_map(|drawn| {
        let mut at = START;
        let first = (0, 1);
        let facts = [first].into_iter().chain(drawn).enumerate().map(|(id, (kind, gap))| {
            at = at + Millis(gap);
            let rep = || ["ann", "bob"][usize::from(kind / 7 % 2)].to_owned();
            let what = match kind % 7 {
                0..=2 => Event::LeadMessage { is_spam: false },
                3..=4 => Event::RepMessage { rep: rep() },
                5 => Event::Assigned(Assignee::Rep(rep())),
                _ => Event::AiMessage,
            };
            Fact { id, at, received_at: at, source: Source::Server, what }
        });
        facts.collect()
    })
}

/// The owner of the chat after these facts: the rep of the last assignment, else of the first message.
fn owner(facts: &[Fact<usize, Event>]) -> Option<String> {
    let assigned = facts.iter().rev().find_map(|fact| match &fact.what {
        Event::Assigned(Assignee::Rep(rep)) => Some(rep.clone()),
        _ => None,
    });
    assigned.or_else(|| facts.iter().find_map(|fact| writer(&fact.what).cloned()))
}

fn writer(event: &Event) -> Option<&String> {
    match event {
        Event::RepMessage { rep } => Some(rep),
        _ => None,
    }
}

/// The first message of the lead after the last one of a rep.
fn unanswered(facts: &[Fact<usize, Event>]) -> Option<Millis> {
    let last = facts.iter().rposition(|fact| writer(&fact.what).is_some()).unwrap_or(0);
    facts[last..].iter().find(|fact| matches!(fact.what, Event::LeadMessage { .. })).map(|fact| fact.at)
}

/// A wait ends with each message of a rep after one of the lead; what is left lasts once a rep has the chat.
fn naive_waits(facts: &[Fact<usize, Event>]) -> Vec<Wait> {
    let answered = facts.iter().enumerate().filter_map(|(place, fact)| {
        let before = &facts[..place];
        let answered_by = Some(writer(&fact.what)?.clone());
        Some(Wait { since: unanswered(before)?, rep: owner(before), ended_at: Some(fact.at), answered_by })
    });
    let lasting = unanswered(facts).zip(owner(facts));
    let lasting = lasting.map(|(since, rep)| Wait { since, rep: Some(rep), ended_at: None, answered_by: None });
    answered.chain(lasting).collect()
}

/// The replies by the words of R6, one fact after the other.
fn naive_replies(facts: &[Fact<usize, Event>]) -> Vec<Wait> {
    let mut replies: Vec<Wait> = Vec::new();
    // Whether a rep was assigned before the lead wrote.
    let mut is_armed = false;
    for (place, fact) in facts.iter().enumerate() {
        let (before, at) = (&facts[..place], fact.at);
        let lasting = replies.last_mut().filter(|reply| reply.ended_at.is_none());
        let begin = |rep| Wait { since: at, rep, ended_at: None, answered_by: None };
        match &fact.what {
            Event::LeadMessage { .. } if is_armed => {
                is_armed = false;
                replies.push(begin(owner(before)));
            }
            Event::RepMessage { rep } => {
                is_armed = false;
                if let Some(reply) = lasting {
                    (reply.ended_at, reply.answered_by) = (Some(at), Some(rep.clone()));
                }
            }
            Event::Assigned(Assignee::Rep(rep)) if owner(before).as_ref() != Some(rep) => match lasting {
                Some(missed) if missed.since + REPLY < at => missed.rep = Some(rep.clone()),
                other => {
                    if let Some(reply) = other {
                        reply.ended_at = Some(at);
                    }
                    is_armed = unanswered(before).is_none();
                    if !is_armed {
                        replies.push(begin(Some(rep.clone())));
                    }
                }
            },
            _ => {}
        }
    }
    replies
}
