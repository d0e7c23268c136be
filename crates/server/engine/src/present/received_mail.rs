//! Received mails and returned ones as shown.

use super::Presenter;
use crate::recipient::recipient;
use knock_model::{ConversationId, LeadId, ReceivedKind};
use knock_ports::{Conversation, LeftOutFile, MailBounce, Message, StoreError, StoredMail};
use knock_wire::{MailBounceShown, MailShown};

impl Presenter<'_> {
    /// Returns the received mails of a conversation, oldest first.
    pub(super) fn mails(&self, id: ConversationId) -> Result<Vec<MailShown>, StoreError> {
        Ok(self.view.mails_of(id)?.into_iter().filter(|mail| mail.at <= self.arrived_by).map(mail).collect())
    }

    /// Returns the last returned mail to the address that replies of a conversation would be mailed to.
    pub(super) fn bounce(
        &self,
        conversation: &Conversation,
        messages: &[Message],
    ) -> Result<Option<MailBounceShown>, StoreError> {
        let bounces = self.view.mail_bounces(conversation.lead)?;
        let Some(lead) = self.lead(conversation.lead)?.filter(|_| !bounces.is_empty()) else { return Ok(None) };
        let to = recipient(self.view, conversation, messages, &lead)?;
        Ok(bounces.into_iter().find(|bounce| Some(&bounce.email) == to.as_ref()).map(bounce))
    }

    /// Returns the addresses of a lead from which mails were returned.
    pub(super) fn bounces(&self, lead: LeadId) -> Result<Vec<MailBounceShown>, StoreError> {
        Ok(self.view.mail_bounces(lead)?.into_iter().map(bounce).collect())
    }
}

fn mail(mail: StoredMail) -> MailShown {
    let left_out = |LeftOutFile { name, reason }| knock_wire::LeftOutFile { name, reason };
    MailShown {
        seq: mail.seq,
        kind: mail.kind.into(),
        at: mail.at,
        sender: mail.sender,
        sender_name: mail.sender_name.into_text(),
        is_other: mail.is_other,
        subject: mail.subject.into_text(),
        text: if mail.kind == ReceivedKind::Message { String::new() } else { mail.text },
        quoted: mail.rest,
        left_out: mail.left_out.into_iter().map(left_out).collect(),
    }
}

fn bounce(MailBounce { email, at, reason, is_dead }: MailBounce) -> MailBounceShown {
    MailBounceShown { email: email.to_text(), at, reason, is_dead }
}
