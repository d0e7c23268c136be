//! The first touch of a person: the first page view and the link of the first conversation; and that of a browser.

use crate::changes::Changes;
use crate::page_seen::OwnDomains;
use crate::writer::{After, Command, CommitError, Writer};
use knock_model::{LeadId, Millis, SignalType, SiteId};
use knock_ports::{Conversation, EVER, FirstTouch, Ledger, NewSignal, StoreError, TouchPlace, View};
use knock_routing::{Funnel, Utm, attribution};
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
    let came_by = match first {
        Some(conversation) => conversation.link.clone(),
        None => meeting_link(view, lead, arrived_by)?,
    };
    let link = first.map(|conversation| view.link(&conversation.link)).transpose()?.flatten();
    let own = OwnDomains::load(view)?;
    let seen = page.as_ref().map(|(_, page)| own.page_seen(&page.url, &page.referrer));
    let fields = attribution(seen, link.map(crate::lead_fields::link).as_ref(), &opened);
    let place = TouchPlace {
        site: first.map(|conversation| conversation.site).or(page.as_ref().map(|(site, _)| *site)),
        landing_page: page.as_ref().map_or("", |(_, page)| &page.url),
        link: &came_by,
        client: page.as_ref().and_then(|(_, page)| page.client.as_ref()),
    };
    Ok(FirstTouch::new(fields, &place))
}

/// The link of the first decision about a meeting; empty without one.
fn meeting_link(view: &(impl View + ?Sized), lead: LeadId, arrived_by: Millis) -> Result<String, StoreError> {
    let mut decisions = view.decisions_of(lead)?.into_iter();
    let first = decisions.find(|decided| decided.decision.funnel == Funnel::Meeting && decided.at <= arrived_by);
    Ok(first.map(|decided| decided.link).unwrap_or_default())
}

/// The first touch of a browser that comes to a site for the first time, with these signals in their order.
pub(crate) fn touch_of_signals(
    view: &(impl View + ?Sized),
    site: SiteId,
    signals: &[NewSignal],
) -> Result<FirstTouch, StoreError> {
    let page = signals.iter().find(|signal| signal.kind == SignalType::PageView).map(|first| first.detail.read());
    let own = if page.is_some() { OwnDomains::load(view)? } else { OwnDomains::default() };
    let seen = page.as_ref().map(|page| own.page_seen(&page.url, &page.referrer));
    let place = TouchPlace {
        site: Some(site),
        landing_page: page.as_ref().map_or("", |page| &page.url),
        client: page.as_ref().and_then(|page| page.client.as_ref()),
        ..TouchPlace::default()
    };
    Ok(FirstTouch::new(attribution(seen, None, &Utm::default()), &place).for_visits())
}

/// The first touch of a browser that comes by a link before it has sent a signal.
pub(crate) fn touch_of_link(view: &(impl View + ?Sized), site: SiteId, slug: &str) -> Result<FirstTouch, StoreError> {
    let link = view.link(slug)?.map(crate::lead_fields::link);
    let place = TouchPlace { site: Some(site), link: slug, ..TouchPlace::default() };
    Ok(FirstTouch::new(attribution(None, link.as_ref(), &Utm::default()), &place).for_visits())
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
