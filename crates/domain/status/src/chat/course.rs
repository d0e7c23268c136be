//! What was said and awaited in a chat, one after the other: what figures about it are made of.

use super::clocks::ReplyClock;
use super::event::Event;
use super::state::{Rejection, State};
use super::words::ChatStatus;
use alloc::string::String;
use alloc::vec::Vec;
use knock_model::Millis;

/// What was said and awaited in a chat. Verdicts and rejections that were taken back leave messages, waits and episodes
/// as they were lived.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Course {
    /// Every message, also one that changes no state, and spam.
    pub messages: Vec<Message>,
    /// The awaited first replies after assignments (R6), as they began; one at most lasts, and is the last.
    pub replies: Vec<Wait>,
    /// Every wait for a human, as they began; one at most lasts, and is the last. A message waits from the instant at
    /// which it was written, once a rep has the chat or it is queued; a form always.
    pub waits: Vec<Wait>,
    /// The first message of the lead in each episode (R5).
    pub episodes: Vec<Millis>,
    /// The rejections that took effect and were not taken back.
    pub rejections: Vec<Rejected>,
    /// The forms of the lead.
    pub forms: Vec<Millis>,
}

/// The author of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Author {
    Lead,
    Agent,
    /// A human of the team.
    Rep(String),
}

/// A message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    pub at: Millis,
    pub by: Author,
}

/// A time in which a human owed the lead an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wait {
    pub since: Millis,
    /// The rep who had the chat when it began, or got it while it lasted.
    pub rep: Option<String>,
    /// The end; none while it lasts.
    pub ended_at: Option<Millis>,
    /// The rep whose message ended it; none where it ended otherwise.
    pub answered_by: Option<String>,
}

/// A rejection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejected {
    pub at: Millis,
    pub rejection: Rejection,
}

/// What the course depends on of the state before an event.
#[derive(Clone, Copy, Debug)]
pub(super) struct Before {
    status: Option<ChatStatus>,
    owed_since: Option<Millis>,
}

impl Before {
    pub(super) fn of(state: &State) -> Before {
        Before { status: state.status, owed_since: state.owed_since() }
    }
}

/// How an event bears on a wait.
struct Turn<'e> {
    at: Millis,
    /// The owner of the chat after it, if that is a rep.
    rep: Option<&'e str>,
    /// The author of a message of the team.
    writer: Option<&'e str>,
}

impl Course {
    /// Notes an event that led from one state to another.
    pub(super) fn note(&mut self, event: &Event, at: Millis, before: Before, after: &State) {
        match event {
            Event::LeadMessage { .. } => self.lead_wrote(at, before.status),
            Event::AiMessage => self.agent_wrote(at),
            Event::RepMessage { rep } | Event::Invited { rep } => {
                self.messages.push(Message { at, by: Author::Rep(rep.clone()) });
            }
            Event::FormSent { .. } => self.forms.push(at),
            Event::LinkClicked
            | Event::ChatActivity
            | Event::Assigned(_)
            | Event::Queued
            | Event::SpamDetected
            | Event::SpamReversed
            | Event::Rejected { .. }
            | Event::RejectionReversed
            | Event::DealOpened
            | Event::Done { .. }
            | Event::Snoozed { .. }
            | Event::Reopened { .. }
            | Event::NudgeFollowed { .. } => {}
        }
        self.note_rejection(event, at, after);
        let turn = Turn { at, rep: after.fields.standing_rep(), writer: writer(event) };
        follow(&mut self.replies, running_since(after), &turn);
        self.follow_waits(event, before, after, &turn);
    }

    /// Adds a message of the AI agent, which changes nothing else.
    pub fn agent_wrote(&mut self, at: Millis) {
        self.messages.push(Message { at, by: Author::Agent });
    }

    fn lead_wrote(&mut self, at: Millis, before: Option<ChatStatus>) {
        self.messages.push(Message { at, by: Author::Lead });
        if matches!(before, None | Some(ChatStatus::New | ChatStatus::SaveTheLead | ChatStatus::Closed)) {
            self.episodes.push(at);
        }
    }

    /// A rejected lead leaves that status only when all rejections so far are taken back.
    fn note_rejection(&mut self, event: &Event, at: Millis, after: &State) {
        match &after.fields.rejected {
            None => self.rejections.clear(),
            Some(rejection) if matches!(event, Event::Rejected { .. }) => {
                self.rejections.push(Rejected { at, rejection: rejection.clone() });
            }
            Some(_) => {}
        }
    }

    fn follow_waits(&mut self, event: &Event, before: Before, after: &State, turn: &Turn<'_>) {
        let since = after.awaited_since();
        let lasts = self.waits.last().is_some_and(|wait| wait.ended_at.is_none());
        match (since, event) {
            // The team gets the chat from the AI agent, or hands it back: the same wait, counted from another message.
            (Some(since), Event::Assigned(_) | Event::Queued) if lasts => count_from(&mut self.waits, since),
            // A human takes a chat that no one had yet.
            (None, Event::RepMessage { .. } | Event::Invited { .. }) if !lasts => {
                self.waits.extend(before.owed_since.map(Wait::since));
            }
            _ => {}
        }
        follow(&mut self.waits, since, turn);
    }
}

impl Wait {
    const fn since(since: Millis) -> Wait {
        Wait { since, rep: None, ended_at: None, answered_by: None }
    }
}

/// The instant since which the first reply is awaited.
fn running_since(state: &State) -> Option<Millis> {
    match state.clocks.reply {
        ReplyClock::Running(since) => Some(since),
        ReplyClock::Off | ReplyClock::Armed => None,
    }
}

/// The author of a message of the team.
fn writer(event: &Event) -> Option<&str> {
    match event {
        Event::RepMessage { rep } | Event::Invited { rep } => Some(rep),
        _ => None,
    }
}

/// Lets a wait go on, end or begin, as the instant since which one is awaited after an event says. What was handed back
/// and is awaited again since the same instant is the same wait.
fn follow(waits: &mut Vec<Wait>, since: Option<Millis>, turn: &Turn<'_>) {
    let lasting = waits.pop_if(|wait| wait.ended_at.is_none());
    let same = match lasting {
        Some(wait) if since == Some(wait.since) => Some(wait),
        Some(wait) => {
            waits.push(Wait { ended_at: Some(turn.at), answered_by: turn.writer.map(String::from), ..wait });
            None
        }
        None => None,
    };
    let Some(since) = since else { return };
    let wait = same.unwrap_or_else(|| begin(waits, since));
    let rep = match turn.rep {
        Some(rep) if wait.rep.as_deref() != Some(rep) => Some(rep.into()),
        _ => wait.rep,
    };
    waits.push(Wait { rep, ..wait });
}

/// Lets the last wait count from another instant.
fn count_from(waits: &mut Vec<Wait>, since: Millis) {
    let rep = waits.pop().and_then(|wait| wait.rep);
    let wait = begin(waits, since);
    waits.push(Wait { rep: rep.or(wait.rep), ..wait });
}

/// The wait since an instant: an earlier one without an answer, or a new one.
fn begin(waits: &mut Vec<Wait>, since: Millis) -> Wait {
    let earlier = waits.iter().rposition(|wait| wait.since == since && wait.answered_by.is_none());
    let rep = earlier.and_then(|place| waits.remove(place).rep);
    Wait { rep, ..Wait::since(since) }
}
