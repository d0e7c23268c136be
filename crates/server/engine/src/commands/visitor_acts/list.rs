//! The chats of a browser: those that its secret opened, of the person that it is of now.

use knock_model::{LeadId, Millis, SiteId, VisitorId};
use knock_ports::{Conversation, SecretHash, StoreError, View, span_at};

/// A browser on a site, with the secret of its chats.
#[derive(Clone, Copy, Debug)]
pub struct Browser {
    pub site: SiteId,
    pub visitor: VisitorId,
    pub secret: SecretHash,
}

/// Returns the chats of a browser. Ids of visitors are not secret: only the secret opens chats, and only those of the person
/// that the browser is of now.
///
/// # Errors
/// When the database fails.
pub fn chats_of(view: &dyn View, browser: &Browser, now: Millis) -> Result<Vec<Conversation>, StoreError> {
    let spans = view.spans_of_visitor(browser.site, browser.visitor)?;
    match spans.get(span_at(&spans, now)).and_then(|span| span.lead) {
        Some(lead) => opened_chats(view, browser, lead),
        None => Ok(Vec::new()),
    }
}

/// The same of a known person, the last opened first.
pub(in crate::commands) fn opened_chats(
    view: &dyn View,
    browser: &Browser,
    lead: LeadId,
) -> Result<Vec<Conversation>, StoreError> {
    let mut chats: Vec<Conversation> = Vec::new();
    for opened in view.opened_by(browser.secret)? {
        let known = view.conversation(opened)?;
        chats.extend(known.filter(|known| known.lead == lead && known.site == browser.site));
    }
    let began = view.conversations_of_visitor(browser.site, browser.visitor)?;
    let is_own = |known: &Conversation| known.lead == lead && known.secret == Some(browser.secret);
    for own in began.into_iter().rev().filter(is_own) {
        if chats.iter().all(|known| known.id != own.id) {
            chats.push(own);
        }
    }
    Ok(chats)
}
