//! Saved replies: of the team, and of a member.

use crate::audited::{Change, Note, subject};
use crate::changes::Changes;
use knock_model::{AuditAction, RepId, SavedReplyId};
use knock_ports::{Fields, Ledger, SavedReply, StoreError};
use serde_json::{Value, json};

/// The maximum number of saved replies of the team, and of one member.
pub const MOST_REPLIES: usize = 500;

#[derive(Clone, Copy, Debug)]
pub struct ReplyEditor {
    /// The member; none for a program.
    pub member: Option<RepId>,
    pub may_edit_teams: bool,
}

/// Saves a reply, new or known.
#[derive(Clone, Debug)]
pub struct SaveReply {
    /// The reply. Its owner is the editor or the team.
    pub reply: SavedReply,
    /// Whether there has to be one with this id already.
    pub is_known: bool,
    pub by: ReplyEditor,
}

/// The outcome of changing a saved reply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReplySaved {
    Saved,
    /// The editor sees none with this id.
    Unknown,
    /// Refused: the reply is the team's, or would be.
    NotPermitted,
    /// Another one of the same owner has this name.
    NameTaken,
    /// The owner has [`MOST_REPLIES`] replies already.
    TooMany,
}

impl Change for SaveReply {
    type Outcome = ReplySaved;

    fn make(&self, ledger: &mut dyn Ledger, _: &mut Changes) -> Result<(ReplySaved, Option<Note>), StoreError> {
        let SaveReply { reply, is_known, by } = self;
        let all = ledger.saved_replies(by.member)?;
        let known = all.iter().find(|known| known.id == reply.id);
        if *is_known && known.is_none() {
            return Ok((ReplySaved::Unknown, None));
        }
        let is_teams = reply.member.is_none() || known.is_some_and(|known| known.member.is_none());
        if is_teams && !by.may_edit_teams {
            return Ok((ReplySaved::NotPermitted, None));
        }
        let mut others = all.iter().filter(|other| other.id != reply.id && other.member == reply.member);
        if others.clone().count() >= MOST_REPLIES {
            return Ok((ReplySaved::TooMany, None));
        }
        if others.any(|other| other.name.to_lowercase() == reply.name.to_lowercase()) {
            return Ok((ReplySaved::NameTaken, None));
        }
        ledger.save_reply(reply)?;
        let (action, before) = match known {
            Some(known) => (AuditAction::SavedReplyChanged, shown(known)),
            None => (AuditAction::SavedReplyCreated, json!({})),
        };
        Ok((ReplySaved::Saved, Some(note(action, reply).changed(before, shown(reply)))))
    }
}

#[derive(Clone, Copy, Debug)]
pub struct DropReply {
    pub id: SavedReplyId,
    pub by: ReplyEditor,
}

impl Change for DropReply {
    type Outcome = ReplySaved;

    fn make(&self, ledger: &mut dyn Ledger, _: &mut Changes) -> Result<(ReplySaved, Option<Note>), StoreError> {
        let all = ledger.saved_replies(self.by.member)?;
        let Some(known) = all.into_iter().find(|known| known.id == self.id) else {
            return Ok((ReplySaved::Unknown, None));
        };
        if known.member.is_none() && !self.by.may_edit_teams {
            return Ok((ReplySaved::NotPermitted, None));
        }
        ledger.drop_reply(self.id)?;
        Ok((ReplySaved::Saved, Some(note(AuditAction::SavedReplyDeleted, &known))))
    }
}

fn note(action: AuditAction, reply: &SavedReply) -> Note {
    Note::new(action, subject("saved_reply", reply.id.to_string(), &reply.name))
}

/// The part that the audit log shows; the text of a member's own reply is private.
fn shown(reply: &SavedReply) -> Value {
    let language = reply.language.map(knock_agent::Language::as_str);
    let mut shown = Fields::new();
    shown.insert("name".into(), json!(reply.name));
    shown.insert("language".into(), json!(language));
    shown.insert("is_personal".into(), json!(reply.member.is_some()));
    if reply.member.is_none() {
        shown.insert("text".into(), json!(reply.text));
    }
    Value::Object(shown)
}
