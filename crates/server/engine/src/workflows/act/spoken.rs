//! The language of a lead, and their last page.

use crate::language::language_of;
use knock_agent::Language;
use knock_model::{LeadId, Millis, SiteId, VisitorId};
use knock_ports::{Message, MessageAuthor, PageSeen, StoreError, View};

/// A browser without a page view for so long says nothing about the lead.
const KNOWN_FOR: Millis = Millis::days(90);
/// The page views of a browser that are read.
const VIEWS: u32 = 20;

/// The last page of a lead, with its browser.
pub(super) struct LastPage {
    pub(super) site: SiteId,
    pub(super) visitor: VisitorId,
    pub(super) page: PageSeen,
    /// The language of the browser.
    pub(super) language: Option<Language>,
}

/// Returns the last page that a lead viewed.
pub(super) fn last_page(view: &dyn View, lead: LeadId, now: Millis) -> Result<Option<LastPage>, StoreError> {
    let mut last = None::<LastPage>;
    for (span, end) in view.spans_of_lead(lead)? {
        let pages = view.last_pages(span.site, span.visitor, span.from_at.max(now - KNOWN_FOR), VIEWS)?;
        let mut pages = pages.into_iter().filter(|page| page.at < end).peekable();
        let Some(page) = pages.peek().cloned() else { continue };
        if last.as_ref().is_none_or(|last| last.page.at < page.at) {
            let language = pages.find_map(|page| Language::of_tag(&page.language));
            last = Some(LastPage { site: span.site, visitor: span.visitor, page, language });
        }
    }
    Ok(last)
}

/// Returns the language of a lead: that of their last clear message, else that of the browser of their chat, of their
/// pages, of their meeting.
pub(super) fn language_of_lead(view: &dyn View, lead: LeadId, now: Millis) -> Result<Language, StoreError> {
    let conversations = view.conversations_of_lead(lead)?;
    for conversation in &conversations {
        if let Some(language) = written(&view.messages_after(conversation.id, 0)?) {
            return Ok(language);
        }
    }
    // Only a browser that opened the chat said a language.
    if let Some(opened) = conversations.iter().find(|conversation| conversation.secret.is_some()) {
        return Ok(opened.language);
    }
    if let Some(language) = last_page(view, lead, now)?.and_then(|last| last.language) {
        return Ok(language);
    }
    let meeting = view.meetings_of_lead(lead)?.into_iter().max_by_key(|meeting| meeting.start);
    Ok(meeting.map_or(Language::En, |meeting| meeting.details.language))
}

fn written(messages: &[Message]) -> Option<Language> {
    let mut of_lead = messages.iter().rev().filter(|message| message.author == MessageAuthor::Lead);
    of_lead.find_map(|message| language_of(&message.text))
}
