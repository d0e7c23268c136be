//! A message of a lead in its chat, before it is routed: what it answers, what the knowledge says to it, and whether it is
//! for the team.

use super::asked::asked;
use super::flow::ChatFlow;
use super::thread::Thread;
use super::voice::Voice;
use crate::commands::message_text::MessageText;
use knock_agent::{Abuse, Act, Asked, Handover, is_question, question_key, understand};
use knock_ports::{Consulted, Conversation, FoundIn, Settings, StoreError, View};
use knock_status::chat::ChatStatus;
use knock_wire::AgentRejection;

/// A message of a lead with all that decides who answers it.
pub(crate) struct Heard<'a> {
    pub(crate) words: Words<'a>,
    pub(crate) settings: Settings,
    /// What the agent asked last; none while a human replies.
    pub(crate) asked: Option<Asked>,
    /// Whether it is one of the answers that the agent offered last.
    pub(crate) is_tapped: bool,
    pub(crate) abuse: Abuse,
    /// The conditions by which the agent rejects the lead at this message, if it does.
    pub(in crate::commands) rejection: Option<AgentRejection>,
    /// None while a human replies.
    pub(in crate::commands) voice: Option<Voice>,
}

/// What a message brings along.
#[derive(Clone, Copy)]
pub(crate) struct Words<'a> {
    pub(crate) text: &'a MessageText,
    pub(crate) consulted: &'a Consulted,
    pub(crate) has_files: bool,
    /// Whether the reply can give the page of the meeting that the lead wants to move or cancel.
    pub(crate) has_meeting_page: bool,
}

impl<'a> Heard<'a> {
    pub(in crate::commands) fn load(
        view: &dyn View,
        flow: &mut ChatFlow,
        thread: &Thread,
        of: &Conversation,
        words: Words<'a>,
    ) -> Result<Heard<'a>, StoreError> {
        let settings = view.settings()?;
        let voice = if flow.has_human() { None } else { Some(Voice::load(view, flow, thread, of)?) };
        let asked = voice.as_ref().and_then(|voice| asked(&voice.speaker(&[]), thread.last_asked()));
        let is_tapped = thread.last_of_agent().any(|message| message.choices.contains(&words.text.text));
        let abuse = if settings.rejects_abuse { abuse(flow, thread, words.text) } else { Abuse::None };
        Ok(Heard { words, settings, asked, is_tapped, abuse, rejection: None, voice })
    }

    /// A message of a chat that is not stored.
    pub(crate) const fn of_preview(
        words: Words<'a>,
        settings: Settings,
        asked: Option<Asked>,
        is_tapped: bool,
        abuse: Abuse,
    ) -> Heard<'a> {
        Heard { words, settings, asked, is_tapped, abuse, rejection: None, voice: None }
    }

    /// Whether it asks something that the team could answer.
    pub(crate) fn is_question(&self) -> bool {
        let MessageText { text, choice, reading, .. } = self.words.text;
        choice.is_none() && is_telling_question(text, reading.says_nothing)
    }

    /// Whether the knowledge answers it, or offers questions that it may mean.
    pub(crate) fn is_answered(&self) -> bool {
        !self.words.consulted.found.is_empty() || !self.words.consulted.offered.is_empty()
    }

    /// Whether it is a question that the knowledge should have an answer to, and has none; a question that something else
    /// answers is none: about the agent, for a person, for a meeting, for hours.
    pub(in crate::commands) fn is_unanswered(&self) -> bool {
        let MessageText { understood, wants_human, .. } = self.words.text;
        let acts = [Act::AsksHours, Act::AsksMeeting, Act::CallMe, Act::RescheduleMeeting, Act::CancelMeeting];
        let is_for_other = *wants_human || acts.iter().any(|act| understood.has(*act));
        self.is_question() && !self.is_answered() && !is_for_other && understood.is_searched()
    }

    /// Whether the agent may ask what the lead wants (IF-09): not in return to a question, to an answer, or to what is
    /// clear enough.
    pub(crate) fn may_ask(&self) -> bool {
        let MessageText { understood, wants_human, .. } = self.words.text;
        let is_open = |act| matches!(act, Act::Greeting | Act::GivesName | Act::AsksCapabilities | Act::Noise);
        let is_open = understood.main().is_none_or(is_open);
        let is_reply = !matches!(self.asked, None | Some(Asked::Purpose | Asked::Email));
        let is_clear = *wants_human || !is_open || is_reply || self.is_answered() || self.is_question();
        self.settings.asks_to_clarify && !is_clear && self.abuse == Abuse::None
    }

    /// Whether the team gets a chat at this message that no one has yet; `is_ready`: a buyer with a high score.
    pub(crate) fn is_due(&self, is_ready: bool) -> bool {
        let Words { text, consulted, has_files, has_meeting_page } = self.words;
        let is_taught = consulted.found.iter().any(|found| matches!(found.source, FoundIn::Question { .. }));
        let handover = Handover {
            understood: &text.understood,
            asked: self.asked.as_ref(),
            is_taught,
            has_answer: self.is_answered() || has_meeting_page,
            is_question: self.is_question(),
            is_ready,
        };
        // A purpose that was chosen and a file are for a person, and so is who was asked and is not understood.
        let says_nothing = matches!(text.understood.main(), Some(Act::Noise | Act::Greeting));
        let is_unclear = self.asked == Some(Asked::Purpose) && says_nothing;
        // A word such as "pricing" is a choice where a purpose was asked for, and a question where it has an answer.
        let is_chosen = text.choice.is_some() && (self.asked == Some(Asked::Purpose) || !self.is_answered());
        is_chosen || has_files || is_unclear || self.is_greeting_for_team() || handover.is_due()
    }

    /// Whether it only greets, and the agent does not ask what the chat is about: then a person takes it from there.
    fn is_greeting_for_team(&self) -> bool {
        let MessageText { understood, reading, .. } = self.words.text;
        let is_greeting = reading.says_nothing && matches!(understood.main(), None | Some(Act::Greeting));
        !self.settings.asks_to_clarify && is_greeting && self.asked.is_none() && !self.is_answered()
    }
}

impl ChatFlow {
    /// Whether a member has the chat, or it waits for one.
    pub(in crate::commands) fn is_teams(&mut self) -> bool {
        let derived = self.derived();
        derived.is_queued || derived.fields.standing_rep().is_some()
    }
}

/// What the knowledge says to a message. Who waits for a member and tells more is not offered questions.
pub(crate) fn consulted(said: &Consulted, text: &MessageText, is_teams: bool) -> Consulted {
    let mut said = said.clone();
    if is_teams && !is_question(&text.text) {
        said.offered.clear();
    }
    said
}

/// What follows from an insult: a warning, and after one in this conversation the end. None while a member has the chat
/// or is awaited.
fn abuse(flow: &mut ChatFlow, thread: &Thread, text: &MessageText) -> Abuse {
    if !is_abuse(text) || flow.has_human() {
        return Abuse::None;
    }
    let is_teams = flow.is_teams();
    let derived = flow.derived();
    // A lead with a deal is not rejected by the agent (R10).
    if derived.is_spam || is_teams || derived.status == Some(ChatStatus::Qualified) {
        return Abuse::None;
    }
    let is_insult = |text: &str| understand(text).main() == Some(Act::Insult);
    if thread.answered_by_agent().any(|message| is_insult(&message.text)) { Abuse::Rejected } else { Abuse::Warned }
}

/// Whether a message does nothing but insult.
pub(crate) fn is_abuse(text: &MessageText) -> bool {
    text.understood.main() == Some(Act::Insult) && !text.reading.is_spam
}

/// Whether a message asks something that the team could answer. A message without a purpose may still ask, by several
/// meaningful words: "Which wetsuit fits a large dog?".
fn is_telling_question(text: &str, says_nothing: bool) -> bool {
    let telling = question_key(text).split_whitespace().count();
    is_question(text) && telling > usize::from(says_nothing)
}
