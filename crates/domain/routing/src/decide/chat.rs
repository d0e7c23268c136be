//! Decides the assignee of a chat.

use super::draft::Draft;
use super::{Ask, first_match, owner};
use crate::decision::{Assignee, Decision, Reason, SegmentTrouble, SkipReason, Turn};
use crate::rule::{AgentKind, ChatTarget, Segment};
use crate::team::{Rep, Team};
use alloc::string::String;
use knock_model::IntentType;

pub(super) fn decide<'a>(
    mut draft: Draft<'a>,
    segments: &'a [Segment<ChatTarget>],
    fallback: &ChatTarget,
    ask: &Ask<'_>,
) -> Decision {
    if let Some(rep) = ask.sticky.and_then(|rep| ask.team.present(rep)) {
        draft.note_absence(rep);
        return draft.assigned(to_rep(rep), Reason::StickyExistingRep, None);
    }
    let owner = owner::treated(&mut draft, ask.lead, ask.team, false);
    if let Some(rep) = owner.gets {
        return draft.assigned(to_rep(rep), Reason::CrmOwner, owner.notified);
    }
    if let Some(segment) = first_match(segments, |when| when.holds(ask.lead, ask.now)) {
        draft.enter(segment);
        if ask.needs_human && matches!(segment.target, ChatTarget::AiAgent(_)) {
            draft.note_segment(SegmentTrouble::PersonAskedFor);
        } else if let Some(assignee) = give(&mut draft, &segment.target, ask) {
            let reason = match segment.target {
                ChatTarget::Rep(_) => Reason::SegmentRep,
                ChatTarget::Pool(_) => Reason::SegmentRoundRobin,
                ChatTarget::AiAgent(_) => Reason::SegmentAi,
            };
            return draft.assigned(assignee, reason, owner.notified);
        }
    }
    draft.enter_fallback();
    if ask.needs_human && matches!(fallback, ChatTarget::AiAgent(_)) {
        // An agent is no answer to one who asked for a person, and the team is promised to them.
        draft.note_segment(SegmentTrouble::PersonAskedFor);
        return draft.waiting(owner.notified);
    }
    match give(&mut draft, fallback, ask) {
        Some(assignee) => {
            let is_pool = matches!(fallback, ChatTarget::Pool(_));
            let reason = if is_pool { Reason::FallbackRoundRobin } else { Reason::Fallback };
            draft.assigned(assignee, reason, owner.notified)
        }
        None if draft.awaits_somebody() => draft.waiting(owner.notified),
        None => draft.assigned(Assignee::AiAgent { id: AgentKind::General }, Reason::LastResortAi, owner.notified),
    }
}

/// Gives the chat to the rep who wrote first.
pub(super) fn given_to_writer(mut draft: Draft<'_>, rep: &Rep) -> Decision {
    draft.note_absence(rep);
    draft.assigned(to_rep(rep), Reason::WroteFirst, None)
}

/// Leaves the chat to the agent, which notifies no one.
pub(super) fn left_to_agent(draft: Draft<'_>, agent: AgentKind) -> Decision {
    draft.left_to(Assignee::AiAgent { id: agent }, Reason::AnsweredByAgent)
}

/// The assignee by a target; none, with a note, when no rep of it can take the chat.
fn give(draft: &mut Draft<'_>, target: &ChatTarget, ask: &Ask<'_>) -> Option<Assignee> {
    match target {
        ChatTarget::AiAgent(choice) => {
            let kind = ask.lead.text("intent.type").and_then(intent_type);
            Some(Assignee::AiAgent { id: choice.agent(kind) })
        }
        ChatTarget::Rep(id) => {
            let Some(rep) = ask.team.present(id) else {
                draft.note_segment(SegmentTrouble::RepRemoved);
                return None;
            };
            draft.note_absence(rep);
            Some(to_rep(rep))
        }
        ChatTarget::Pool(pool) => {
            let Some((rep, turn)) = next_of(pool, draft, ask.team) else {
                draft.note_segment(SegmentTrouble::PoolUnavailable);
                return None;
            };
            draft.use_turn(turn);
            Some(to_rep(rep))
        }
    }
}

/// The member who waits longest, and their turn (RR-27).
fn next_of<'a>(pool: &[String], draft: &mut Draft<'_>, team: &'a Team) -> Option<(&'a Rep, Turn)> {
    for id in pool {
        if let Some(reason) = team.rep(id).map_or(Some(SkipReason::Removed), Rep::skipped) {
            draft.skip(id, reason);
        }
    }
    let (rule, segment) = draft.place();
    let rep = team.next_of(rule, segment, pool)?;
    Some((rep, Turn { rep: rep.id.clone(), number: team.turns.next(rule, segment) }))
}

fn to_rep(rep: &Rep) -> Assignee {
    Assignee::Rep { id: rep.id.clone() }
}

fn intent_type(word: &str) -> Option<IntentType> {
    let word = word.trim();
    IntentType::ALL.iter().copied().find(|kind| kind.as_str().eq_ignore_ascii_case(word))
}
