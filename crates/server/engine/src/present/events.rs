//! What the team, the AI agent and timers did about a person: the events between the signals of a timeline.
//!
//! Nothing is stored for it: messages, notes, nudges, facts of chat and meetings, details and the audit log say it all.

mod chat;
mod meetings;
mod workflows;

use super::Presenter;
use knock_model::{
    AI_AGENT, ActorKind, AuditAction, ConversationId, DetailSource, LeadId, Millis, RepId, SignalId, TimelineEventKind,
    TimelinePart,
};
use knock_ports::{Message, MessageAuthor, StoreError, StoredAudit, TeamAuthor};
use knock_wire::TimelineEvent;
use std::cmp::Reverse;

/// The number of characters of a text that a timeline shows.
const WORDS: usize = 200;
/// The maximum distance between a fact and its entry in the audit log, which is stamped just after it.
const BESIDE: i64 = 10_000;

impl Presenter<'_> {
    /// Returns the events of a person that had arrived, newest first: all, or those of one part.
    pub(super) fn events(&self, lead: LeadId, part: Option<TimelinePart>) -> Result<Vec<TimelineEvent>, StoreError> {
        if part == Some(TimelinePart::Website) {
            return Ok(Vec::new());
        }
        let log = self.log(lead)?;
        let conversations = self.conversations_of(lead)?;
        let newest = conversations.first().map(|newest| newest.id);
        let mut events = self.chat_events(lead, newest, &log)?;
        events.extend(self.nudge_events(lead, newest)?);
        for conversation in &conversations {
            events.extend(self.written(conversation.id)?);
        }
        events.extend(self.meeting_events(lead, &log)?);
        events.extend(self.detail_events(lead)?);
        events.extend(self.merge_events(lead)?);
        events.extend(self.type_events(lead, &log)?);
        events.extend(self.workflow_events(lead)?);
        events.retain(|event| part.is_none_or(|part| event.kind.known().is_some_and(|kind| kind.part() == part)));
        events.sort_by_key(|event| Reverse((event.at, event.id)));
        Ok(events)
    }

    /// The entries of the audit log about a person that had been made.
    fn log(&self, lead: LeadId) -> Result<Vec<StoredAudit>, StoreError> {
        let mut log = self.view.audit_of(lead)?;
        log.retain(|entry| entry.at <= self.arrived_by);
        Ok(log)
    }

    /// The messages and notes of a conversation. Messages of the lead are signals as long as those are kept.
    fn written(&self, conversation: ConversationId) -> Result<Vec<TimelineEvent>, StoreError> {
        let horizon = self.view.horizon()?;
        let mut events = Vec::new();
        for message in self.messages(conversation)? {
            if message.author != MessageAuthor::Lead || message.at < horizon {
                events.push(TimelineEvent { conversation: Some(conversation), ..self.message_event(&message)? });
            }
        }
        for note in self.notes(conversation)? {
            let event = event(TimelineEventKind::Note, note.at, *note.id.as_bytes());
            let (by, text) = (self.author_name(note.author)?, first_words(&note.text));
            events.push(TimelineEvent { by, text, conversation: Some(conversation), ..event });
        }
        Ok(events)
    }

    fn message_event(&self, message: &Message) -> Result<TimelineEvent, StoreError> {
        let (kind, by) = match message.author {
            MessageAuthor::Lead => (TimelineEventKind::LeadMessage, String::new()),
            MessageAuthor::AiAgent => (TimelineEventKind::AgentMessage, AI_AGENT.to_owned()),
            MessageAuthor::Rep(rep) => (TimelineEventKind::RepMessage, self.rep_name(rep)?),
            MessageAuthor::Integration(id) => {
                (TimelineEventKind::RepMessage, self.author_name(TeamAuthor::Integration(id))?)
            }
        };
        let text = first_words(&message.in_words());
        Ok(TimelineEvent { by, text, ..event(kind, message.at, *message.id.as_bytes()) })
    }

    /// The details that the team set.
    fn detail_events(&self, lead: LeadId) -> Result<Vec<TimelineEvent>, StoreError> {
        let details = self.view.contact_details(lead)?.into_iter();
        let theirs = details.filter(|detail| detail.source == DetailSource::Team && detail.at <= self.arrived_by);
        theirs
            .map(|detail| {
                let by = detail.member.map(|member| self.rep_name(member)).transpose()?.unwrap_or_default();
                // Details that were set together have one id.
                let mut source = *detail.id.as_bytes();
                source[1] = u8::try_from(detail.field.index()).unwrap_or(0);
                let (text, to) = (detail.field.as_str().to_owned(), detail.value);
                Ok(TimelineEvent { by, text, to, ..event(TimelineEventKind::DetailSet, detail.at, source) })
            })
            .collect()
    }

    /// The contacts that members merged into this one.
    fn merge_events(&self, lead: LeadId) -> Result<Vec<TimelineEvent>, StoreError> {
        let merges = self.view.contact_merges(lead)?.into_iter().filter(|merge| merge.at <= self.arrived_by);
        merges
            .map(|merge| {
                let by = merge.member.map(|member| self.rep_name(member)).transpose()?.unwrap_or_default();
                let event = event(TimelineEventKind::Merged, merge.at, *merge.id.as_bytes());
                Ok(TimelineEvent { by, to: merge.name, ..event })
            })
            .collect()
    }

    /// The decisions about the intent type.
    fn type_events(&self, lead: LeadId, log: &[StoredAudit]) -> Result<Vec<TimelineEvent>, StoreError> {
        let decided = self.type_decisions(lead)?.into_iter();
        decided
            .map(|decided| {
                let by = self.author(log, AuditAction::LeadTypeSet, decided.at)?;
                let event = event(TimelineEventKind::TypeDecided, decided.at, *decided.id.as_bytes());
                Ok(TimelineEvent { by, to: decided.kind.as_str().to_owned(), ..event })
            })
            .collect()
    }

    /// The name of who made a change, by the entry of the audit log beside its fact; empty without one.
    fn author(&self, log: &[StoredAudit], action: AuditAction, at: Millis) -> Result<String, StoreError> {
        beside(log, action, at).map_or_else(|| Ok(String::new()), |entry| self.actor(entry))
    }

    /// The name of an actor: the member's as it is now, else the one of then.
    fn actor(&self, entry: &StoredAudit) -> Result<String, StoreError> {
        if entry.actor_kind == ActorKind::Workflow.as_str() {
            return Ok(by_workflow(&entry.actor_name));
        }
        let is_member = entry.actor_kind == ActorKind::Member.as_str();
        let member = RepId::parse(&entry.actor_id).ok().filter(|_| is_member);
        let name = member.map(|member| self.rep_name(member)).transpose()?.filter(|name| !name.is_empty());
        Ok(name.unwrap_or_else(|| entry.actor_name.clone()))
    }

    /// The name of a member by the id in a fact; the id itself of an unknown one.
    fn named_rep(&self, rep: &str) -> Result<String, StoreError> {
        let name = RepId::parse(rep).ok().map(|id| self.rep_name(id)).transpose()?.filter(|name| !name.is_empty());
        Ok(name.unwrap_or_else(|| rep.to_owned()))
    }
}

/// The author of what a workflow did.
fn by_workflow(name: &str) -> String {
    format!("workflow {name}")
}

/// The entry of the audit log for a change, nearest to the fact of the change.
fn beside(log: &[StoredAudit], action: AuditAction, at: Millis) -> Option<&StoredAudit> {
    let theirs = log.iter().filter(|entry| entry.action == action.as_str());
    theirs
        .map(|entry| ((entry.at - at).0.abs(), entry))
        .filter(|(apart, _)| *apart <= BESIDE)
        .min_by_key(|(apart, _)| *apart)
        .map(|(_, entry)| entry)
}

/// An event without details. Its id is that of its source under the mark of its kind: a message, the type that it
/// decided and its signal have one id.
pub(super) fn event(kind: TimelineEventKind, at: Millis, mut source: [u8; 16]) -> TimelineEvent {
    source[0] = 0x80 + u8::try_from(kind.index()).unwrap_or(0);
    TimelineEvent {
        id: SignalId::from_bytes(source),
        at,
        kind: kind.into(),
        by: String::new(),
        text: String::new(),
        from: String::new(),
        to: String::new(),
        until: None,
        conversation: None,
        meeting: None,
    }
}

/// The source of an event that has a number, and no id.
fn numbered(number: u64) -> [u8; 16] {
    let mut random = [0; 10];
    random[2..].copy_from_slice(&number.to_be_bytes());
    *SignalId::new(Millis(0), &random).as_bytes()
}

fn first_words(text: &str) -> String {
    text.chars().take(WORDS).collect()
}
