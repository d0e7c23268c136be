//! The chat and the meetings of a person as reports need them, packed into bytes.

mod pack;

use alloc::string::String;
use alloc::vec::Vec;
use knock_model::{MeetingId, Millis, RepId};
use knock_status::chat::{self, ChatStatus, Rejecter};
use knock_status::meeting::{self, MeetingStatus, Verdict};
use knock_status::{Fact, arrange};

/// A human of the team whose id is not known.
const UNKNOWN: RepId = RepId::from_bytes([0; 16]);

/// The author of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Voice {
    Lead,
    Agent,
    Rep(RepId),
}

/// A message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Said {
    pub at: Millis,
    pub by: Voice,
}

/// A time in which a human owed the lead an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wait {
    pub since: Millis,
    /// The rep who had the chat when it began, or got it while it lasted.
    pub rep: Option<RepId>,
    /// The end; none while it lasts.
    pub ended_at: Option<Millis>,
    /// The rep whose message ended it; none where it ended otherwise.
    pub answered_by: Option<RepId>,
}

/// A rejection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejection {
    pub at: Millis,
    pub by: Rejecter,
    /// `Reject Reason`; empty without one.
    pub reason: String,
}

/// The chat of a person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChatRecord {
    /// Every Chat Status it was in, oldest first.
    pub statuses: Vec<(ChatStatus, Millis)>,
    pub messages: Vec<Said>,
    /// The awaited first replies after assignments (R6).
    pub replies: Vec<Wait>,
    /// Every wait for a human, the first ones included.
    pub waits: Vec<Wait>,
    /// The first message of the lead in each episode (R5).
    pub episodes: Vec<Millis>,
    /// The rejections that took effect and were not taken back.
    pub rejections: Vec<Rejection>,
    pub forms: Vec<Millis>,
    pub deal_at: Option<Millis>,
}

/// The way of a person to a meeting.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MeetingRecord {
    /// Every Meeting Status, oldest first.
    pub statuses: Vec<(MeetingStatus, Millis)>,
    /// The instant at which their address was accepted first.
    pub qualified_at: Option<Millis>,
    /// The meeting of each change of a time or an owner.
    pub moves: Vec<MeetingId>,
}

impl ChatRecord {
    /// The record of a chat.
    pub fn of(derived: &chat::Derived) -> ChatRecord {
        let chat::Course { messages, replies, waits, episodes, rejections, forms } = &derived.course;
        ChatRecord {
            statuses: derived.timeline.iter().map(|entry| (entry.status, entry.at)).collect(),
            messages: messages.iter().map(Said::of).collect(),
            replies: replies.iter().map(Wait::of).collect(),
            waits: waits.iter().map(Wait::of).collect(),
            episodes: episodes.clone(),
            rejections: rejections.iter().map(Rejection::of).collect(),
            forms: forms.clone(),
            deal_at: derived.deal_opened_at,
        }
    }
}

impl MeetingRecord {
    /// The record of a way to a meeting, without moves; `qualified_at` is that of its facts.
    pub fn of(derived: &meeting::Derived, qualified_at: Option<Millis>) -> MeetingRecord {
        let statuses = derived.timeline.iter().map(|entry| (entry.status, entry.at)).collect();
        MeetingRecord { statuses, qualified_at, moves: Vec::new() }
    }

    /// The instant at which an address was accepted first, by the facts that had arrived by `now`, given in order of
    /// delivery.
    pub fn qualified_at<Id: Ord>(facts: &[Fact<Id, meeting::Event>], now: Millis) -> Option<Millis> {
        let is_accepted = |what: &meeting::Event| *what == meeting::Event::EmailSubmitted(Verdict::Ok);
        arrange(facts, now).into_iter().find(|fact| is_accepted(&fact.what)).map(Fact::effective_at)
    }
}

impl Said {
    fn of(message: &chat::Message) -> Said {
        let by = match &message.by {
            chat::Author::Lead => Voice::Lead,
            chat::Author::Agent => Voice::Agent,
            chat::Author::Rep(rep) => Voice::Rep(member(rep)),
        };
        Said { at: message.at, by }
    }
}

impl Wait {
    fn of(wait: &chat::Wait) -> Wait {
        Wait {
            since: wait.since,
            rep: wait.rep.as_deref().map(member),
            ended_at: wait.ended_at,
            answered_by: wait.answered_by.as_deref().map(member),
        }
    }
}

impl Rejection {
    fn of(rejected: &chat::Rejected) -> Rejection {
        let chat::Rejection { by, reason, .. } = &rejected.rejection;
        Rejection { at: rejected.at, by: *by, reason: reason.clone().unwrap_or_default() }
    }
}

/// The id of a member as facts have it. Other text was never one of this workspace, but a human wrote.
fn member(rep: &str) -> RepId {
    RepId::parse(rep).unwrap_or(UNKNOWN)
}
