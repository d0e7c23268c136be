//! What a visitor does in a chat beside writing: the form, the end, the rating, the transcript.

mod end;
mod form;
mod list;
mod rate;
mod transcript;

pub use end::EndChat;
pub use form::{AnswerForm, Introduction};
pub(in crate::commands) use list::opened_chats;
pub use list::{Browser, chats_of};
pub use rate::{ChatRated, RateChat};
pub use transcript::{MailOwnTranscript, OwnTranscript};

use crate::changes::Changes;
use crate::happened::Happened;
use crate::notice::Notice;
use knock_ports::{Conversation, Ledger, StoreError, VisitorFact};

/// Stores a fact, for the team to see.
fn record(
    ledger: &mut dyn Ledger,
    conversation: &Conversation,
    fact: &VisitorFact,
    changes: &mut Changes,
) -> Result<(), StoreError> {
    ledger.append_visitor_fact(fact)?;
    changes.push(Notice::Note(conversation.id));
    changes.happened(fact.at, Happened::ChatNoted { lead: conversation.lead, conversation: conversation.id });
    Ok(())
}
