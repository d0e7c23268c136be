//! What concerns one member alone, as it is shown to them.

use super::Presenter;
use crate::notice::{Personal, PersonalFact};
use knock_model::{ConversationId, LeadId};
use knock_ports::StoreError;
use knock_wire::{PersonalNotice, PersonalNoticeKind};

impl Presenter<'_> {
    /// Converts what concerns a member; none for what was deleted since.
    ///
    /// # Errors
    /// When the database fails.
    pub(crate) fn personal(&self, personal: Personal) -> Result<Option<PersonalNotice>, StoreError> {
        match personal.what {
            PersonalFact::Mention(id) => {
                let Some(note) = self.view.note(id)? else { return Ok(None) };
                let Some(of) = self.view.conversation(note.conversation)? else { return Ok(None) };
                let said = (self.author_name(note.author)?, note.text);
                self.personal_about(PersonalNoticeKind::Mention, (of.lead, Some(of.id)), said)
            }
            PersonalFact::Reminder(id) => {
                let Some(reminder) = self.view.reminder(id)? else { return Ok(None) };
                let newest = self.view.conversations_of_lead(reminder.lead)?.into_iter().next();
                let of = (reminder.lead, newest.map(|conversation| conversation.id));
                self.personal_about(PersonalNoticeKind::Reminder, of, (String::new(), reminder.text))
            }
        }
    }

    fn personal_about(
        &self,
        what: PersonalNoticeKind,
        (lead, conversation): (LeadId, Option<ConversationId>),
        (by, text): (String, String),
    ) -> Result<Option<PersonalNotice>, StoreError> {
        let Some(contact) = self.contact_ref_of(lead)? else { return Ok(None) };
        Ok(Some(PersonalNotice { what, lead, name: contact.display_name, conversation, by, text }))
    }
}
