//! The answer to a known question that a lead taps.

use knock_model::SiteId;
use knock_ports::{Found, FoundIn, StoreError, View};

/// The answer of the team to the question with exactly this text; none where there is no such question. An offered question
/// that is tapped is looked up, not searched.
///
/// # Errors
/// When the store fails.
pub fn known_question(view: &dyn View, site: SiteId, text: &str) -> Result<Option<Found>, StoreError> {
    let known = view.answers(site)?.into_iter().find(|known| known.question.trim() == text.trim());
    Ok(known.map(|known| {
        let source = FoundIn::Question { id: known.id, question: known.question };
        Found { text: known.answer, source, confidence: 100 }
    }))
}
