//! What came of a chat with the agent, by its messages and decisions.

use knock_agent::{Act, understand};
use knock_ports::{Decided, Message, MessageAuthor};
use knock_routing::{Assignee, Outcome, Reason};

/// What came of a chat with the agent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AgentOutcome {
    /// Whether the agent gave an answer of the knowledge.
    pub answered: bool,
    /// Whether the lead says that the last such answer helped; none where they say nothing of it.
    pub helped: Option<bool>,
    /// Whether the team got the chat, or the lead waits for it, after the agent had it alone.
    pub handed_over: bool,
}

/// What came of a chat with the agent. `messages` are those of one conversation in order, `decisions` those about its lead
/// in order.
pub fn agent_outcome(messages: &[Message], decisions: &[Decided]) -> AgentOutcome {
    let is_left = |decided: &Decided| decided.decision.reason == Reason::AnsweredByAgent;
    let later = decisions.iter().skip_while(|decided| !is_left(decided));
    AgentOutcome {
        answered: messages.iter().any(|message| message.source.is_some()),
        helped: messages.windows(2).rev().find_map(said_to_help),
        handed_over: later.clone().any(is_teams),
    }
}

/// What the lead answers to the question whether an answer helped: a message of the agent with a yes and a no to choose from.
fn said_to_help(pair: &[Message]) -> Option<bool> {
    let [asked, answer] = pair else { return None };
    let is_asked = asked.author == MessageAuthor::AiAgent && answer.author == MessageAuthor::Lead;
    // An address that is asked back has the same choices, and stands in the text.
    if !is_asked || asked.choices.len() != 2 || asked.text.contains('@') {
        return None;
    }
    let offered: Vec<Option<Act>> = asked.choices.iter().map(|choice| understand(choice).main()).collect();
    if offered != [Some(Act::Yes), Some(Act::No)] {
        return None;
    }
    match understand(&answer.text).main() {
        Some(Act::Yes) => Some(true),
        Some(Act::No) => Some(false),
        _ => None,
    }
}

fn is_teams(decided: &Decided) -> bool {
    let decision = &decided.decision;
    decision.outcome == Outcome::Waiting || matches!(decision.assignee, Some(Assignee::Rep { .. }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use knock_model::{AnswerId, LeadId, MessageChannel, MessageId, Millis, SignalId};
    use knock_ports::{AnswerSource, FoundIn};
    use knock_routing::{AgentKind, Decision, Funnel, LeadFields};

    fn message(author: MessageAuthor, text: &str, choices: &[&str], is_answer: bool) -> Message {
        let found_in = FoundIn::Question { id: AnswerId::from_bytes([1; 16]), question: "Do you ship?".into() };
        Message {
            seq: 1,
            id: MessageId::new(Millis(1), &[0; 10]),
            author,
            text: text.into(),
            at: Millis(1),
            choices: choices.iter().map(|choice| (*choice).to_owned()).collect(),
            source: is_answer.then_some(AnswerSource { found_in, confidence: 100 }),
            unanswered: None,
            files: Vec::new(),
            card: None,
            channel: MessageChannel::Chat,
        }
    }

    fn decided(reason: Reason, outcome: Outcome, assignee: Assignee) -> Decided {
        let decision = Decision {
            funnel: Funnel::Chat,
            rule: "r".into(),
            rule_name: String::new(),
            version: 1,
            segment: None,
            segment_name: String::new(),
            outcome,
            assignee: Some(assignee),
            reason,
            notes: Vec::new(),
            notify: Vec::new(),
            turn: None,
            skipped: Vec::new(),
        };
        let id = SignalId::new(Millis(1), &[0; 10]);
        Decided {
            id,
            lead: LeadId::new([1; 16]),
            at: Millis(1),
            link: String::new(),
            fields: LeadFields::default(),
            decision,
        }
    }

    #[test]
    fn an_outcome_is_read_from_messages_and_decisions() {
        let agent = || Assignee::AiAgent { id: AgentKind::General };
        let left = || decided(Reason::AnsweredByAgent, Outcome::Assigned, agent());
        let to_rep = || decided(Reason::Fallback, Outcome::Assigned, Assignee::Rep { id: "r".into() });
        let waits = || decided(Reason::NobodyAvailable, Outcome::Waiting, agent());
        let asked = || message(MessageAuthor::Lead, "do you ship?", &[], false);
        let answer = || message(MessageAuthor::AiAgent, "Yes.", &[], true);
        let helped = || message(MessageAuthor::AiAgent, "Did that help?", &["Yes", "No"], false);
        let says = |text: &str| message(MessageAuthor::Lead, text, &[], false);
        let meant = || message(MessageAuthor::AiAgent, "Did you mean ann@gmail.com?", &["Yes", "No"], false);
        for (messages, decisions, expected) in [
            (vec![], vec![], (false, None, false)),
            (vec![asked(), answer()], vec![left()], (true, None, false)),
            (vec![asked(), answer(), helped(), says("Yes")], vec![left()], (true, Some(true), false)),
            (vec![asked(), answer(), helped(), says("No")], vec![left(), to_rep()], (true, Some(false), true)),
            (vec![asked(), answer(), helped(), says("and where?")], vec![left()], (true, None, false)),
            (vec![meant(), says("Yes")], vec![left(), waits()], (false, None, true)),
            (vec![asked()], vec![to_rep()], (false, None, false)),
        ] {
            let AgentOutcome { answered, helped, handed_over } = agent_outcome(&messages, &decisions);
            assert_eq!((answered, helped, handed_over), expected, "{messages:?}");
        }
    }
}
