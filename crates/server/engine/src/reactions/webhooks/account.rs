//! The event about a company: its score, or what a CRM and the chats say about its persons.

use super::about::About;
use super::event::Event;
use super::place::Place;
use crate::changes::Changes;
use crate::funnel;
use crate::lead_fields::crm_known;
use knock_intent::FunnelStage;
use knock_model::{AccountId, Bucket, CrmSystem, EventType, LeadId, Millis};
use knock_ports::{CrmKnown, Lead, Ledger, StoreError, View};
use knock_status::chat;
use knock_wire::{AccountChanged, AccountState, EventAccount};

/// What was different before.
pub(super) enum Before<'b> {
    /// The bucket: that before, and that after, which may be another one by now.
    Bucket([Option<Bucket>; 2]),
    /// The answers of CRMs about a person.
    Crm(LeadId, &'b [(CrmSystem, Option<CrmKnown>)]),
    /// A person had no deal that was noted in their chat.
    Deal(LeadId),
}

/// Enqueues the event about the company of a person, if its state is another one.
pub(super) fn changed_of(
    ledger: &mut dyn Ledger,
    lead: LeadId,
    before: &Before<'_>,
    now: Millis,
    changes: &mut Changes,
) -> Result<(), StoreError> {
    let account = ledger.lead(lead)?.and_then(|lead| lead.account);
    account.map_or(Ok(()), |account| changed(ledger, account, before, now, changes))
}

/// Enqueues the event about a company, if its state is another one.
pub(super) fn changed(
    ledger: &mut dyn Ledger,
    account: AccountId,
    before: &Before<'_>,
    now: Millis,
    changes: &mut Changes,
) -> Result<(), StoreError> {
    let (about, place) = (About::Account(account), Place::Seen);
    let event = Event { kind: EventType::AccountChanged, about, place, at: now, now };
    event.notify_if(ledger, changes, |ledger| {
        let Some(account) = ledger.account(account)? else { return Ok(None) };
        let mut persons = ledger.everybody_of(account.id)?;
        persons.retain(|person| !person.is_spam);
        if persons.is_empty() {
            return Ok(None);
        }
        persons.sort_by_key(|person| (core::cmp::Reverse(person.last_seen_at), person.id));
        let score = account.history.bucket;
        let [was, is] = if let Before::Bucket(scores) = before { *scores } else { [score, score] };
        let (now, previous) = (state(ledger, is, &persons, None)?, state(ledger, was, &persons, Some(before))?);
        let account = EventAccount { id: account.id, domain: account.domain };
        Ok((now != previous).then_some(AccountChanged { account, now, previous }))
    })
}

/// Returns the state of a company with this bucket and these persons, the last seen first; with `before`, as it was.
fn state(
    view: &dyn View,
    score: Option<Bucket>,
    persons: &[Lead],
    before: Option<&Before<'_>>,
) -> Result<AccountState, StoreError> {
    let (mut stage, mut owner) = (FunnelStage::FirstSeen, None);
    for person in persons {
        let known = known_of(view, person, before)?;
        stage = stage.max(stage_of(view, person, &known, before)?);
        let named = || known.iter().find_map(|(_, known)| known.fields.crm_owner().map(|(_, owner)| owner.to_owned()));
        owner = owner.or_else(named);
    }
    Ok(AccountState { score, stage: stage.into(), owner })
}

/// Returns the answers of the CRMs about a person.
fn known_of(
    view: &dyn View,
    person: &Lead,
    before: Option<&Before<'_>>,
) -> Result<Vec<(CrmSystem, CrmKnown)>, StoreError> {
    let mut known = crm_known(view, person)?;
    if let Some(Before::Crm(lead, before)) = before
        && *lead == person.id
    {
        let was = |system: CrmSystem| before.iter().find(|(of, _)| *of == system);
        known = known
            .into_iter()
            .filter_map(|(system, now)| Some((system, was(system).map_or(Some(now), |(_, was)| was.clone())?)))
            .collect();
    }
    Ok(known)
}

/// The stage of a person as their record shows it.
fn stage_of(
    view: &dyn View,
    person: &Lead,
    known: &[(CrmSystem, CrmKnown)],
    before: Option<&Before<'_>>,
) -> Result<FunnelStage, StoreError> {
    let is_before_deal = matches!(before, Some(Before::Deal(lead)) if *lead == person.id);
    let has_deal =
        !is_before_deal && view.chat_facts(person.id)?.iter().any(|fact| fact.what == chat::Event::DealOpened);
    funnel::stage(view, person, known, has_deal)
}
