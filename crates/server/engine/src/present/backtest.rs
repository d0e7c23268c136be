//! Outcomes of leads, each with the score just before it, without hindsight.

use super::Presenter;
use crate::sum;
use knock_intent::score;
use knock_model::{LeadId, Millis};
use knock_ports::{Cursor, StoreError};
use knock_status::chat::{ChatStatus, derive};

/// A lead that became `Qualified` or `Rejected`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Outcome {
    pub lead: LeadId,
    pub at: Millis,
    /// Whether it became `Qualified`.
    pub is_qualified: bool,
    /// The score just before, from the signals that had arrived by then; none if signals before that instant have
    /// expired.
    pub score: Option<f64>,
}

/// A page of outcomes.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcomes {
    pub found: Vec<Outcome>,
    /// The cursor of the next piece; none after the last one.
    pub next: Option<Cursor>,
}

impl Presenter<'_> {
    /// Returns the outcomes since an instant of at most `limit` chats, last active first. One lead's signals are in
    /// memory at a time.
    ///
    /// # Errors
    /// When the database fails.
    pub fn outcomes(&self, since: Millis, after: Option<Cursor>, limit: u32) -> Result<Outcomes, StoreError> {
        let chats = self.view.ended_chats(since, after, limit)?;
        let horizon = self.view.horizon()?;
        let mut found = Vec::new();
        for chat in &chats {
            found.extend(self.outcome(chat.lead, horizon)?.filter(|outcome| outcome.at >= since));
        }
        let is_full = usize::try_from(limit).is_ok_and(|limit| chats.len() >= limit);
        let last = chats.last().filter(|_| is_full);
        let next = last.map(|chat| Cursor { at: chat.active_at, id: *chat.lead.as_bytes() });
        Ok(Outcomes { found, next })
    }

    /// The current outcome of a lead.
    fn outcome(&self, lead: LeadId, horizon: Millis) -> Result<Option<Outcome>, StoreError> {
        let derived = derive(&self.chat_facts(lead)?, self.now);
        let Some(last) = derived.timeline.last().filter(|_| !derived.is_spam) else { return Ok(None) };
        let is_qualified = match last.status {
            ChatStatus::Qualified => true,
            ChatStatus::Rejected => false,
            ChatStatus::New
            | ChatStatus::SaveTheLead
            | ChatStatus::Spam
            | ChatStatus::AiDiscovery
            | ChatStatus::RepReplyNeeded
            | ChatStatus::RepDiscovery
            | ChatStatus::FollowUpNeeded
            | ChatStatus::Closed => return Ok(None),
        };
        let before = last.at - Millis(1);
        let score = if before < horizon { None } else { Some(self.score_before(lead, before)?) };
        Ok(Some(Outcome { lead, at: last.at, is_qualified, score }))
    }

    fn score_before(&self, lead: LeadId, instant: Millis) -> Result<f64, StoreError> {
        let signals = self.view.signals_of(lead, instant)?;
        let evidence = sum::evidence(self.view.past_of(lead)?, &signals);
        Ok(score(&evidence, instant).score)
    }
}
