//! The context of the agent's reply.

use crate::language::Language;
use crate::playbook::Playbooks;
use alloc::string::String;
use alloc::vec::Vec;
use knock_model::{CardKind, IntentType, Millis};
use knock_routing::AgentKind;

/// Who speaks, and how: the same for all that is said in a conversation.
#[derive(Clone, Copy, Debug)]
pub struct Speaker<'a> {
    /// The playbooks of the workspace.
    pub playbooks: &'a Playbooks,
    /// Which agent speaks.
    pub kind: AgentKind,
    /// The language to speak.
    pub language: Language,
    /// The rep the chat is assigned to; none before, and where the agent has it.
    pub rep: Option<&'a str>,
    /// The lead's address; none when they have not given it.
    pub email: Option<&'a str>,
    /// What the agent has said so far.
    pub said: &'a [&'a str],
}

/// What is known when a lead has written.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// Who speaks.
    pub speaker: Speaker<'a>,
    /// Whether to ask what the lead wants (IF-09).
    pub asks: bool,
    /// Whether they ask for a person.
    pub wants_human: bool,
    /// Whether the chat was assigned at this message, or assigned anew.
    pub is_handed_over: bool,
    /// Whether the agent has the chat, not a rep.
    pub is_agents: bool,
    /// Which message of the lead this is, from 1.
    pub nth: usize,
    /// Whether they gave their address in this message.
    pub is_email_new: bool,
    /// Whether the message is a question.
    pub is_question: bool,
    /// What the knowledge has for it.
    pub answer: Option<FoundAnswer<'a>>,
    /// How long a first answer of the team usually takes; none while too few are known.
    pub usual_wait: Option<Millis>,
    /// A page about open positions.
    pub careers: Option<&'a str>,
    /// Whether a meeting is offered now.
    pub offers_meeting: bool,
}

/// An answer of the knowledge.
#[derive(Clone, Copy, Debug)]
pub struct FoundAnswer<'a> {
    /// What to answer.
    pub text: &'a str,
    /// The page on which it stands.
    pub page: Option<&'a str>,
}

/// A message of the agent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// What it says.
    pub text: String,
    /// What can be chosen as an answer.
    pub choices: Vec<String>,
    /// Whether it is the answer of the knowledge.
    pub is_answer: bool,
    /// What it offers beside its text.
    pub card: Option<CardKind>,
}

impl From<String> for Said {
    fn from(text: String) -> Said {
        Said { text, ..Said::default() }
    }
}

/// The kind of agent for a lead of this type.
pub const fn kind_for(kind: IntentType) -> AgentKind {
    knock_routing::AgentChoice::Auto.agent(Some(kind))
}
