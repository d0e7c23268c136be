//! Mail that was returned: the address that it is noted of, and mailing it again.

use crate::audited::{Change, Note};
use crate::changes::Changes;
use crate::commands::lead_action::note_of;
use crate::notice::Notice;
use crate::recipient::{is_same, recipient};
use knock_model::{AuditAction, ConversationId, Email, Millis};
use knock_ports::{Conversation, Ledger, MailBounce, OutboxEntry, ReplyMail, StoreError};
use knock_replies::{Bounce, is_address_fault};
use serde_json::json;

/// The longest reason that is kept, in characters.
const LONGEST_REASON: usize = 300;

/// Notes that mail to the address of a conversation was returned, unless the report is about another one.
pub(super) fn note_bounce(
    ledger: &mut dyn Ledger,
    conversation: &Conversation,
    bounce: &Bounce,
    at: Millis,
) -> Result<(), StoreError> {
    let Some(lead) = ledger.lead(conversation.lead)? else { return Ok(()) };
    let messages = ledger.messages_after(conversation.id, 0)?;
    let Some(email) = recipient(ledger, conversation, &messages, &lead)? else { return Ok(()) };
    if bounce.recipient.as_ref().is_some_and(|returned| !is_same(returned, email.as_str())) {
        return Ok(());
    }
    let reason = bounce.reason.replace('\0', "");
    ledger.save_bounce(lead.id, &MailBounce { email, at, reason, is_dead: bounce.is_dead })
}

/// Notes that the server of our mails refused a reply for good, if its address is at fault.
pub(in crate::commands) fn note_refused(
    ledger: &mut dyn Ledger,
    entry: &OutboxEntry,
    answer: &str,
    at: Millis,
    changes: &mut Changes,
) -> Result<(), StoreError> {
    if entry.effect.kind != ReplyMail::KIND || !is_address_fault(answer) {
        return Ok(());
    }
    let Ok(mail) = serde_json::from_str::<ReplyMail>(&entry.effect.data) else { return Ok(()) };
    // The lead may be merged or erased by now.
    let (Some(conversation), Ok(email)) = (ledger.conversation(mail.conversation)?, Email::parse(&mail.to)) else {
        return Ok(());
    };
    let reason = answer.replace('\0', "").chars().take(LONGEST_REASON).collect();
    ledger.save_bounce(conversation.lead, &MailBounce { email, at, reason, is_dead: true })?;
    changes.push(Notice::Note(conversation.id));
    Ok(())
}

/// Mails the lead of a conversation again, although mail to their address was returned.
#[derive(Clone, Copy, Debug)]
pub struct MailAnyway {
    pub conversation: ConversationId,
    pub now: Millis,
}

impl Change for MailAnyway {
    /// Whether mail to the address had been returned; none if there is no such conversation.
    type Outcome = Option<bool>;

    fn make(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<(Option<bool>, Option<Note>), StoreError> {
        let Some(conversation) = ledger.conversation(self.conversation)? else { return Ok((None, None)) };
        let Some(lead) = ledger.lead(conversation.lead)? else { return Ok((None, None)) };
        let messages = ledger.messages_after(conversation.id, 0)?;
        let Some(email) = recipient(ledger, &conversation, &messages, &lead)? else { return Ok((Some(false), None)) };
        if !ledger.drop_bounce(lead.id, &email)? {
            return Ok((Some(false), None));
        }
        changes.push(Notice::Note(conversation.id));
        let note = note_of(ledger, AuditAction::MailBounceForgotten, &conversation)?.with(json!({}));
        Ok((Some(true), Some(note)))
    }
}
