//! The context of the agent's reply.

use crate::act::Understood;
use crate::language::Language;
use crate::playbook::Playbooks;
use alloc::string::String;
use alloc::vec::Vec;
use knock_model::{CardKind, IntentType, Millis};
use knock_routing::AgentKind;

/// The agent that speaks and its texts: the same for a whole conversation.
#[derive(Clone, Copy, Debug)]
pub struct Speaker<'a> {
    pub playbooks: &'a Playbooks,
    pub kind: AgentKind,
    pub language: Language,
    /// The rep the chat is assigned to; none before, and where the agent has it.
    pub rep: Option<&'a str>,
    /// The lead's address; none when they have not given it.
    pub email: Option<&'a str>,
    /// The earlier messages of the agent.
    pub said: &'a [&'a str],
}

/// The input for an answer to a message of a lead.
#[derive(Clone, Debug)]
pub struct Known<'a> {
    pub speaker: Speaker<'a>,
    /// The messages of the lead, this one among them: what they gave is not asked.
    pub written: Vec<&'a str>,
    /// Whether to ask what the lead wants (IF-09).
    pub asks: bool,
    /// What the message says by itself.
    pub understood: &'a Understood,
    /// What the agent asked last, which the message may answer.
    pub asked: Option<Asked>,
    /// Whether the chat was assigned at this message, or assigned anew.
    pub is_handed_over: bool,
    /// Whether the agent has the chat, not a rep.
    pub is_agents: bool,
    /// The number of this message of the lead, from 1.
    pub nth: usize,
    /// Whether they gave their address in this message, as it is meant.
    pub is_email_new: bool,
    /// Whether the message is a question that the knowledge has no answer to.
    pub is_question: bool,
    /// The answers from the knowledge, in the order of the questions.
    pub answers: Vec<FoundAnswer<'a>>,
    /// Known questions that the lead may mean, the most likely first.
    pub offered: Vec<&'a str>,
    /// Why no member is available; none while one is, and for a chat assigned to the agent.
    pub absence: Option<Absence>,
    /// Whether the workspace sends mail, so that an answer reaches an address.
    pub sends_mail: bool,
    /// The usual time to a first answer of the team; none while there are too few.
    pub usual_wait: Option<Millis>,
    /// A page about open positions.
    pub careers: Option<&'a str>,
    /// Whether a meeting is offered now.
    pub offers_meeting: bool,
    /// When members of the team are there.
    pub presence: Presence,
    /// The time since the lead began to wait for a member; none while they do not.
    pub waited: Option<Millis>,
    /// The page on which the lead moves or cancels their meeting to come; none without one.
    pub meeting_page: Option<&'a str>,
    /// How often they abused the agent before, and what follows now.
    pub abuse: Abuse,
    /// Whether the agent rejects the lead now, by the conditions of the workspace: its last words are all it says.
    pub is_rejected: bool,
    /// The name of the site.
    pub workspace: &'a str,
}

/// What the agent asked last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    /// What the chat is about.
    Purpose,
    /// Whether an answer helped.
    Helped,
    /// Which of some known questions is meant.
    Offered,
    /// For an address.
    Email,
    /// Whether this address is meant.
    MeantEmail(String),
    /// For a telephone number.
    Phone,
}

/// When members of the team are there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Presence {
    /// Somebody is there now.
    Here,
    /// The first returns at this moment.
    Back(Moment),
    /// It is not known.
    #[default]
    Unknown,
}

/// What follows from abuse in a message (7.7).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Abuse {
    /// There is none, or none that anything follows from.
    #[default]
    None,
    /// The first: a warning.
    Warned,
    /// It went on after the warning: the chat is rejected.
    Rejected,
}

/// The reason why no member is available (7.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Absence {
    /// All members are away or outside working hours; the first returns at this moment.
    Until(Moment),
    /// All members at work are at capacity.
    Busy,
    /// All members are away, and the end of their absence is not known.
    Unknown,
    /// The rep who has the chat is away, and the end of that is not known.
    OfRep,
}

/// A moment to come by the clock of the visitor, or of the team where theirs is not known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    /// The number of midnights until then.
    pub days: i32,
    /// The day of the week, Monday is 1.
    pub weekday: u8,
    /// The day of the month.
    pub day: u8,
    /// The month, from 1.
    pub month: u8,
    pub hour: u8,
    pub minute: u8,
    /// The name of the time zone, where it is not that of the visitor.
    pub zone: Option<String>,
}

/// An answer of the knowledge.
#[derive(Clone, Copy, Debug)]
pub struct FoundAnswer<'a> {
    /// The answer.
    pub text: &'a str,
    /// The page on which it stands.
    pub page: Option<&'a str>,
}

/// A message of the agent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    pub text: String,
    /// The answers to choose from.
    pub choices: Vec<String>,
    /// Which of the answers of the knowledge it gives, by its place among them.
    pub answer: Option<usize>,
    /// The card beside the text.
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
