//! The nudge by which a lead opened the chat, and the agent that its workflow wants there.

use super::flow::ChatFlow;
use knock_intent::{CHANGE_FROM, TypeWhy};
use knock_model::{IntentType, NudgeId};
use knock_ports::{ChatFact, TypeDecided};
use knock_status::chat::Event;

impl ChatFlow {
    /// Adds that the lead opened the chat by a nudge, once for each nudge.
    pub(in crate::commands) fn follow(&mut self, nudge: NudgeId, agent: Option<IntentType>) {
        let nudge = nudge.to_string();
        let is_it = |what: &Event| matches!(what, Event::NudgeFollowed { nudge: known, .. } if *known == nudge);
        if !self.facts.iter().any(|fact| is_it(&fact.what)) {
            let id = self.next_id();
            self.add(id, Event::NudgeFollowed { nudge, agent });
        }
    }

    /// The type whose agent the last nudge asked for, until the lead's own words, or a member, say another. It is not the
    /// type of the lead: a click says less than words do.
    pub(super) fn asked_type(&self) -> Option<IntentType> {
        asked_type(&self.facts, &self.types)
    }

    /// The type that decides which agent replies.
    pub(super) fn type_of_agent(&self) -> IntentType {
        self.asked_type().unwrap_or_else(|| self.intent_type())
    }
}

fn asked_type(facts: &[ChatFact], types: &[TypeDecided]) -> Option<IntentType> {
    let followed = facts.iter().rev().find_map(|fact| match &fact.what {
        Event::NudgeFollowed { agent, .. } => Some((fact.effective_at(), *agent)),
        _ => None,
    });
    let (at, agent) = followed?;
    let is_over = types.iter().any(|decided| decided.at >= at && is_said(decided));
    agent.filter(|_| !is_over)
}

/// Whether words leave no doubt about the type, or a member has set it.
fn is_said(decided: &TypeDecided) -> bool {
    match decided.why {
        TypeWhy::SetByRep => true,
        TypeWhy::Message | TypeWhy::Answer | TypeWhy::LaterMessage => decided.margin >= CHANGE_FROM,
        TypeWhy::Activity | TypeWhy::Nothing | TypeWhy::Kept | TypeWhy::Spam => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use knock_intent::Question;
    use knock_model::{LeadId, Millis, SignalId};
    use knock_status::{Fact, Source};

    fn followed(at: i64, agent: Option<IntentType>) -> ChatFact {
        let (id, at) = (SignalId::new(Millis(at), &[1; 10]), Millis(at));
        let what = Event::NudgeFollowed { nudge: at.0.to_string(), agent };
        Fact { id, at, received_at: at, source: Source::Server, what }
    }

    fn decided(at: i64, why: TypeWhy, margin: f64) -> TypeDecided {
        let (id, lead, at) = (SignalId::new(Millis(at), &[2; 10]), LeadId::new([3; 16]), Millis(at));
        TypeDecided { id, lead, at, kind: IntentType::Buying, margin, why, question: Question::Off }
    }

    #[test]
    fn the_last_nudge_names_the_agent_until_words_or_a_member_leave_no_doubt() {
        let (job, usual) = (followed(10, Some(IntentType::JobSeeker)), followed(20, None));
        assert_eq!(asked_type(&[], &[]), None);
        assert_eq!(asked_type(&[job.clone(), usual], &[]), None, "the later one wants the usual agent");
        let sure = CHANGE_FROM;
        for (at, why, margin, is_over) in [
            (5, TypeWhy::Message, sure, false),
            (15, TypeWhy::Message, sure, true),
            (15, TypeWhy::Message, sure - 0.1, false),
            (15, TypeWhy::LaterMessage, sure, true),
            (15, TypeWhy::Answer, sure, true),
            (15, TypeWhy::SetByRep, 0.0, true),
            (15, TypeWhy::Activity, sure, false),
            (15, TypeWhy::Nothing, 0.0, false),
        ] {
            let expected = (!is_over).then_some(IntentType::JobSeeker);
            assert_eq!(asked_type(std::slice::from_ref(&job), &[decided(at, why, margin)]), expected, "{at} {why:?}");
        }
    }
}
