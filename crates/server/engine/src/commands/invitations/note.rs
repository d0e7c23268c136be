//! What a page of the visitor did with an invitation.

use crate::changes::Changes;
use crate::notice::Notice;
use crate::writer::{After, Command};
use knock_model::{MessageId, Millis, SiteId, VisitorId};
use knock_ports::{Invitation, Ledger, MessageAuthor, StoreError, View};

#[derive(Clone, Debug)]
pub struct NoteInvitation {
    pub id: MessageId,
    pub site: SiteId,
    pub visitor: VisitorId,
    /// Whether the visitor closed it; otherwise the page shows it.
    pub is_closed: bool,
    /// The address of the page.
    pub url: String,
    pub now: Millis,
}

impl Command for NoteInvitation {
    /// Whether it is an invitation to this browser.
    type Outcome = bool;

    fn run(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<bool, StoreError> {
        let known = ledger.invitation(self.id)?;
        let Some(known) = known.filter(|known| (known.site, known.visitor) == (self.site, self.visitor)) else {
            return Ok(false);
        };
        let noted = self.noted(known.clone());
        if noted == known {
            return Ok(true);
        }
        ledger.save_invitation(&noted)?;
        if known.shown_at.is_none() && is_next_to_read(ledger, &noted)? {
            // It reached the browser: it is not mailed.
            ledger.note_read(noted.conversation, noted.seq)?;
        }
        if known.closed_at != noted.closed_at {
            changes.push(Notice::Invitation(self.visitor));
        }
        let conversation = ledger.conversation(noted.conversation)?;
        // The thread is read again for it, and the line of the lead.
        changes.extend(conversation.into_iter().flat_map(|of| [Notice::Note(of.id), Notice::Chat(of.lead)]));
        Ok(true)
    }

    fn after(&self) -> After {
        After::Nothing
    }
}

impl NoteInvitation {
    /// The first instants stay. One that was closed was shown.
    fn noted(&self, known: Invitation) -> Invitation {
        let url = if known.shown_at.is_none() { self.url.clone() } else { known.url };
        let closed_at = known.closed_at.or_else(|| self.is_closed.then_some(self.now));
        Invitation { shown_at: known.shown_at.or(Some(self.now)), url, closed_at, ..known }
    }
}

/// Whether no other message of a member before it is unread: that one may still have to be mailed.
fn is_next_to_read(view: &dyn View, shown: &Invitation) -> Result<bool, StoreError> {
    let read = view.reading(shown.conversation)?.map_or(0, |reading| reading.read.max(reading.mailed));
    let unread = view.messages_after(shown.conversation, read)?;
    let mut before = unread.iter().filter(|message| message.seq < shown.seq);
    Ok(before.all(|message| !is_of_team(message.author)))
}

const fn is_of_team(author: MessageAuthor) -> bool {
    matches!(author, MessageAuthor::Rep(_) | MessageAuthor::Integration(_))
}
