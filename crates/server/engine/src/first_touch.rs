//! The first touch of a person: the first page view and the link of the first conversation.

use crate::changes::Changes;
use crate::page_seen::OwnDomains;
use crate::writer::{After, Command, CommitError, Writer};
use knock_model::{LeadId, Millis};
use knock_ports::{Conversation, EVER, FirstTouch, Ledger, StoreError, View};
use knock_routing::attribution;
use std::time::Duration;

/// The number of leads in one command.
const PIECE: u32 = 64;
/// The pause while too many others wait.
const PAUSE: Duration = Duration::from_millis(200);

/// Computes the first touch from everything known.
pub(crate) fn first_touch(view: &(impl View + ?Sized), lead: LeadId) -> Result<FirstTouch, StoreError> {
    first_touch_by(view, lead, EVER)
}

/// The first touch by the signals that had arrived at an instant.
pub(crate) fn first_touch_by(
    view: &(impl View + ?Sized),
    lead: LeadId,
    arrived_by: Millis,
) -> Result<FirstTouch, StoreError> {
    let before = if arrived_by == EVER { EVER } else { arrived_by + Millis(1) };
    let page = view.first_view_of(lead, before)?;
    let conversations = view.conversations_of_lead(lead)?;
    let is_open = |conversation: &&Conversation| conversation.opened_at <= arrived_by;
    // They are sorted newest first.
    let first = conversations.iter().rfind(is_open);
    let opened = first.map(|conversation| conversation.utm.clone()).unwrap_or_default();
    let link = first.map(|conversation| view.link(&conversation.link)).transpose()?.flatten();
    let own = OwnDomains::load(view)?;
    let seen = page.as_ref().map(|page| own.page_seen(&page.url, &page.referrer));
    let fields = attribution(seen, link.map(crate::lead_fields::link).as_ref(), &opened);
    Ok(FirstTouch::new(fields, page.as_ref().map_or("", |page| &page.url)))
}

/// Computes the first touch of all leads that an earlier version stored without it.
///
/// # Errors
/// When the store fails.
pub async fn compute_first_touches(writer: &Writer) -> Result<(), CommitError> {
    loop {
        match writer.commit(ComputePiece).await {
            Ok(0) => return Ok(()),
            Ok(_) => {}
            Err(CommitError::Overloaded | CommitError::Store(StoreError::Busy)) => tokio::time::sleep(PAUSE).await,
            Err(error) => return Err(error),
        }
    }
}

/// Computes it for some leads.
struct ComputePiece;

impl Command for ComputePiece {
    /// The number of persons.
    type Outcome = usize;

    fn run(&self, ledger: &mut dyn Ledger, _: &mut Changes) -> Result<usize, StoreError> {
        let leads = ledger.leads_without_first_touch(PIECE)?;
        for id in &leads {
            let Some(mut lead) = ledger.lead(*id)? else { continue };
            lead.first_touch = first_touch(ledger, *id)?;
            ledger.save_lead(&lead)?;
        }
        Ok(leads.len())
    }

    fn after(&self) -> After {
        After::Nothing
    }
}

/// Updates the first touch of a lead, whose source may be the link of the first conversation.
pub(crate) fn keep_first_touch(ledger: &mut dyn Ledger, lead: LeadId) -> Result<(), StoreError> {
    let Some(mut lead) = ledger.lead(lead)? else { return Ok(()) };
    let by_link = first_touch(ledger, lead.id)?;
    if lead.first_touch != by_link {
        lead.first_touch = by_link;
        ledger.save_lead(&lead)?;
    }
    Ok(())
}
