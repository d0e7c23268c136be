//! What a search found in the conversations of a page.

use super::Presenter;
use knock_model::LeadId;
use knock_model::search::Search;
use knock_ports::{FoundAuthor, FoundText, MessageAuthor, StoreError, TeamAuthor};
use knock_wire::{Author, ConversationRow, HitPiece, HitPlace, SearchHit};
use std::cmp::Reverse;

/// Characters of an excerpt.
const EXCERPT: usize = 120;
/// Messages and notes that are shown of a lead.
const SHOWN: usize = 2;

impl Presenter<'_> {
    /// Adds to each line what a search found: details of the lead, then the messages and notes that have most of its
    /// words, the newest first.
    ///
    /// # Errors
    /// When the database fails.
    pub fn add_hits(&self, rows: &mut [ConversationRow], search: &Search) -> Result<(), StoreError> {
        let leads: Vec<LeadId> = rows.iter().map(|row| row.lead).collect();
        let texts = self.view.found_texts(&leads, search)?;
        for row in rows {
            row.hits.extend(self.hit_of_contact(row.lead, search)?);
            let mut found: Vec<&FoundText> = texts.iter().filter(|text| text.lead == row.lead).collect();
            found.sort_by_key(|found| Reverse(search.count_in(&found.text)));
            for text in found.into_iter().take(SHOWN) {
                row.hits.extend(self.hit_of_text(text, search)?);
            }
        }
        Ok(())
    }

    /// The first detail of a lead with a word; the name is in the line anyway.
    fn hit_of_contact(&self, lead: LeadId, search: &Search) -> Result<Option<SearchHit>, StoreError> {
        let Some(lead) = self.lead(lead)? else { return Ok(None) };
        let email = lead.email.as_ref().map(|email| email.as_str().to_owned());
        let phone = lead.phone.as_ref().map(|phone| phone.as_str().to_owned());
        let details = email.into_iter().chain(phone).chain([lead.company.as_str().to_owned()]);
        Ok(details.into_iter().find_map(|detail| pieces(&detail, search)).map(|text| SearchHit {
            found_in: HitPlace::Contact,
            author: None,
            name: String::new(),
            conversation: None,
            seq: None,
            at: None,
            text,
        }))
    }

    fn hit_of_text(&self, found: &FoundText, search: &Search) -> Result<Option<SearchHit>, StoreError> {
        let Some(text) = pieces(&found.text, search) else { return Ok(None) };
        let (found_in, author, by, seq) = match found.author {
            FoundAuthor::Note(author) => (HitPlace::Note, None, Some(author), None),
            FoundAuthor::Message(seq, author) => {
                let (author, by) = match author {
                    MessageAuthor::Lead => (Author::Lead, None),
                    MessageAuthor::AiAgent => (Author::AiAgent, None),
                    MessageAuthor::Rep(rep) => (Author::Rep, Some(TeamAuthor::Member(rep))),
                    MessageAuthor::Integration(id) => (Author::Rep, Some(TeamAuthor::Integration(id))),
                };
                (HitPlace::Message, Some(author), by, Some(seq))
            }
        };
        let name = by.map(|by| self.author_name(by)).transpose()?.unwrap_or_default();
        let (conversation, at) = (Some(found.conversation), Some(found.at));
        Ok(Some(SearchHit { found_in, author, name, conversation, seq, at, text }))
    }
}

fn pieces(text: &str, search: &Search) -> Option<Vec<HitPiece>> {
    let found = search.excerpt(text, EXCERPT)?;
    Some(found.into_iter().map(|piece| HitPiece { text: piece.text, is_hit: piece.is_hit }).collect())
}
