//! What a member leaves behind: open chats, meetings to come, places in rules; and the open chats of one who is away
//! (7.3).

use super::{is_heir, present};
use crate::audited::{Change, Note, of_member};
use crate::changes::Changes;
use crate::commands::chat::give_chats_of;
use crate::commands::meetings::hand_over_all;
use knock_model::{AuditAction, Millis, RepId};
use knock_ports::{Ledger, StoreError};
use serde_json::json;

/// Hands over the open chats of a member who stays on the team. Their meetings and their places in rules stay theirs.
#[derive(Clone, Copy, Debug)]
pub struct HandOverChats {
    pub member: RepId,
    /// Gets them; none routes them anew.
    pub to: Option<RepId>,
    pub now: Millis,
}

/// The outcome of a hand-over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChatsHandedOver {
    Done {
        /// The number of chats that the member no longer has.
        chats: u32,
        /// The number of chats that routing left with the member.
        kept: u32,
    },
    Unknown,
    /// Refused: the named member is no other one who answers chats.
    UnknownSuccessor,
}

impl Change for HandOverChats {
    type Outcome = ChatsHandedOver;

    fn make(
        &self,
        ledger: &mut dyn Ledger,
        changes: &mut Changes,
    ) -> Result<(ChatsHandedOver, Option<Note>), StoreError> {
        let Some(member) = present(ledger, self.member)? else { return Ok((ChatsHandedOver::Unknown, None)) };
        if let Some(to) = self.to
            && !is_heir(ledger, member.id, to)?
        {
            return Ok((ChatsHandedOver::UnknownSuccessor, None));
        }
        let given = give_chats_of(ledger, member.id, self.to, self.now, changes)?;
        let kept = ledger.count_chats_of(member.id)?.open;
        let note = Note::new(AuditAction::MemberHandedOver, of_member(&member));
        let note = note.changed(json!({}), json!({"successor": self.to, "chats": given, "kept": kept}));
        let chats = u32::try_from(given).unwrap_or(u32::MAX);
        Ok((ChatsHandedOver::Done { chats, kept }, (given > 0).then_some(note)))
    }
}

/// What was handed over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct HandedOver {
    pub(super) chats: usize,
    pub(super) rules: usize,
}

/// Gives all that a member has to a successor; without one, chats are routed anew and meetings go to their pools.
pub(super) fn hand_over(
    ledger: &mut dyn Ledger,
    member: RepId,
    successor: Option<RepId>,
    now: Millis,
    changes: &mut Changes,
) -> Result<HandedOver, StoreError> {
    // The rules first: chats are routed by them.
    let (leaver, heir) = (member.to_string(), successor.map(|rep| rep.to_string()));
    let mut rules = 0;
    for rule in ledger.rules()? {
        let Some(mut changed) = rule.without(&leaver, heir.as_deref()) else { continue };
        changed.version += 1;
        ledger.append_rule(&changed, None, now)?;
        rules += 1;
    }
    let chats = give_chats_of(ledger, member, successor, now, changes)?;
    hand_over_all(ledger, member, successor, Millis(i64::MAX), now, changes)?;
    Ok(HandedOver { chats, rules })
}
