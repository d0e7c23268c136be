//! Commands of the knowledge of a site: questions with answers, and sources.

mod answers;
mod reading;
mod repeated;
mod sources;
mod test_sentences;
mod wordings;

pub use answers::{AddAnswer, AnswerSaved, ChangeAnswer, DropAnswer};
pub(crate) use reading::LONGEST_WAIT;
pub use reading::{ClaimSources, CompleteReading, ExtendClaim, READ_EVERY, ReturnClaims};
pub use sources::{AddFile, AddSource, DropSource, ReadAgain, ReadAgainOutcome, SourceAdded};
pub use test_sentences::{MOST_TEST_SENTENCES, SaveTestSentences};
pub use wordings::{AddWording, DismissWording, WordingAdded};

use crate::changes::Changes;
use crate::notice::Notice;
use knock_model::SiteId;
use knock_ports::{Ledger, StoreError, View};

/// The maximum number of questions with answers of a site.
pub const MOST_ANSWERS: usize = 500;
/// The maximum number of other wordings of a question.
pub const MOST_WORDINGS: usize = 20;
/// The maximum number of sources of a site.
pub const MOST_SOURCES: usize = 50;
/// The maximum number of passages of all sources of a site: the index of a site is kept in memory.
pub const MOST_PASSAGES: u32 = 20_000;

/// Announces that the answers for a site may differ from this transaction on.
fn changed(ledger: &mut dyn Ledger, site: SiteId, changes: &mut Changes) -> Result<(), StoreError> {
    ledger.raise_knowledge_version(site)?;
    changes.push(Notice::Knowledge(site));
    Ok(())
}

/// Whether there is a site that was not removed.
fn is_in_use(view: &dyn View, site: SiteId) -> Result<bool, StoreError> {
    Ok(view.sites()?.iter().any(|known| known.id == site && known.removed_at.is_none()))
}
