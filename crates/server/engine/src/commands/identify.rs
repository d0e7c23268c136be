//! Identity: a visitor becomes a person by e-mail or by opening a chat, a person belongs to a
//! company by the domain of the address (IC-10).
//!
//! The first claim on a browser owns all earlier signals; a claim of another person owns the signals after it. The
//! result depends only on the claims and their instants, never on the order of arrival.

use super::fold::Touched;
use crate::company::company_domain;
use crate::contact_details::{self, Said};
use crate::custom_fields::keep;
use crate::happened::{LastSent, LastSentOfPerson};
use crate::workflow_merge;
use knock_identity::{Claim, Interval, interval_at, intervals};
use knock_intent::{Evidence, History};
use knock_model::{
    AccountId, CustomFieldSource, DetailSource, Email, Label, LeadId, Millis, PersonName, SignalType, SiteId, Trust,
    VisitorId,
};
use knock_ports::{Account, EVER, FirstTouch, Lead, Ledger, NewSignal, Span, StoreError, span_at};
use knock_routing::Value;
use knock_wire::CustomField;
use std::collections::BTreeMap;

/// Random ids for a new person and a new company of a batch.
#[derive(Clone, Copy, Debug)]
pub struct FreshIds {
    /// The id for a person not known yet.
    pub lead: LeadId,
    /// The id for a company not known yet.
    pub account: AccountId,
}

/// Creates or updates the persons of new `identify` signals, except unverified ones; whether there was any.
pub(super) fn meet(
    ledger: &mut dyn Ledger,
    (site, visitor): (SiteId, VisitorId),
    fresh: &[FreshIds],
    new: &[NewSignal],
    spans: &[Span],
    touched: &mut Touched,
) -> Result<bool, StoreError> {
    let mut met = false;
    let said = new.iter().filter(|signal| signal.kind == SignalType::Identify);
    for (signal, fresh) in said.zip(fresh) {
        let said = signal.detail.read();
        let is_believed = said.trust != Some(Trust::Unverified);
        let Some(email) = Email::parse(&said.email).ok().filter(|_| is_believed) else { continue };
        met = true;
        let owner = spans.get(span_at(spans, signal.at)).and_then(|span| span.lead);
        let mut lead = person(ledger, &email, owner, fresh.lead, signal, touched)?;
        let company = lead.account;
        // A contact who was merged by hand keeps the first address, and is found by both.
        if lead.email.is_none() {
            touched.introduced(lead.id);
            lead.email = Some(email);
        }
        ledger.append_claim(site, visitor, Claim { cause: signal.id, at: signal.at, lead: lead.id })?;
        keep_said(ledger, lead.id, signal, &said.props)?;
        describe(ledger, &mut lead, fresh.account, signal.at)?;
        ledger.save_lead(&lead)?;
        if lead.signals == 0 || lead.account != company {
            // The company does not include this person yet.
            touched.refold(lead.id);
        }
    }
    Ok(met)
}

/// Stores the details and the custom fields among the properties of an `identify`.
fn keep_said(ledger: &mut dyn Ledger, lead: LeadId, signal: &NewSignal, props: &str) -> Result<(), StoreError> {
    // Truncated properties are not valid JSON.
    let Ok(props) = serde_json::from_str::<BTreeMap<String, Value>>(props) else { return Ok(()) };
    let of = (signal.id, lead, signal.at);
    Said::in_identify(&props).keep(ledger, of, DetailSource::Identify)?;
    keep(ledger, of, CustomFieldSource::Identify, |field: &CustomField| props.get(&field.name).cloned())
}

/// Returns the person with an address, known or new. An anonymous lead of this browser is the same person.
fn person(
    ledger: &mut dyn Ledger,
    email: &Email,
    owner: Option<LeadId>,
    fresh: LeadId,
    said: &NewSignal,
    touched: &mut Touched,
) -> Result<Lead, StoreError> {
    let known = ledger.lead_by_email(email)?;
    let owner = owner.map(|id| ledger.lead(id)).transpose()?.flatten();
    let nameless = owner.filter(|lead| lead.email.is_none());
    Ok(match (known, nameless) {
        (Some(known), Some(nameless)) => {
            let chat = LastSent::of(ledger.chat_summary(known.id)?);
            let meeting = ledger.meeting_lead(known.id)?.map(|known| known.status);
            let last_sent = LastSentOfPerson { chat, meeting };
            workflow_merge::merged(ledger, known.id, nameless.id, said.received_at)?;
            ledger.merge_leads(nameless.id, known.id)?;
            touched.merged(nameless.id, known.id, last_sent);
            known
        }
        (Some(lead), None) | (None, Some(lead)) => lead,
        (None, None) => {
            touched.created(fresh, said.at);
            stranger(fresh, said.at)
        }
    })
}

/// Sets the details and the account of a person, from what was stated and the address.
pub(super) fn describe(
    ledger: &mut dyn Ledger,
    lead: &mut Lead,
    fresh: AccountId,
    at: Millis,
) -> Result<(), StoreError> {
    contact_details::describe(ledger, lead, EVER)?;
    if let (None, Some(email)) = (lead.account, &lead.email) {
        lead.account = company(ledger, email, fresh, at)?;
    }
    Ok(())
}

/// Cuts the activity of a browser into spans again on every site where these are outdated, and notes all persons whose
/// signals changed. Returns the spans on this site.
pub(super) fn recut(
    ledger: &mut dyn Ledger,
    site: SiteId,
    visitor: VisitorId,
    touched: &mut Touched,
) -> Result<Vec<Span>, StoreError> {
    let intervals = intervals(&ledger.claims(visitor)?);
    let mut sites = ledger.sites_of_visitor(visitor)?;
    if !sites.contains(&site) {
        sites.push(site);
    }
    for site in sites {
        let old = ledger.spans_of_visitor(site, visitor)?;
        let is_same = old.len() == intervals.len()
            && old.iter().zip(&intervals).all(|(span, it)| (span.from_at, span.lead) == (it.from_at, it.lead));
        if !is_same {
            let spans = cut(ledger, site, visitor)?;
            old.iter().chain(&spans).filter_map(|span| span.lead).for_each(|lead| touched.refold(lead));
        }
    }
    ledger.spans_of_visitor(site, visitor)
}

/// The person of a browser that comes to a site for the first time: it may be known from another site.
pub(super) fn known_elsewhere(
    ledger: &mut dyn Ledger,
    site: SiteId,
    visitor: VisitorId,
    touched: &mut Touched,
) -> Result<Vec<Span>, StoreError> {
    if ledger.claims(visitor)?.is_empty() { Ok(Vec::new()) } else { recut(ledger, site, visitor, touched) }
}

/// Cuts the activity of a browser into spans by its claims and sums up the evidence of each.
pub(super) fn cut(ledger: &mut dyn Ledger, site: SiteId, visitor: VisitorId) -> Result<Vec<Span>, StoreError> {
    let intervals = intervals(&ledger.claims(visitor)?);
    ledger.forget_spans(site, visitor)?;
    let mut spans = Vec::with_capacity(intervals.len());
    for (index, Interval { from_at, lead }) in intervals.iter().copied().enumerate() {
        let to = intervals.get(index + 1).map_or(Millis(i64::MAX), |next| next.from_at);
        let signals = ledger.weighed(site, visitor, from_at, to)?;
        let carried = ledger.carried(site, visitor, from_at, to)?;
        // An unclaimed span after that of an erased person is kept, though empty: it marks the end of the erased one.
        if lead.is_none() && signals.is_empty() && carried.is_empty() && from_at == Millis(0) {
            continue;
        }
        let mut evidence = Evidence::default();
        carried.iter().for_each(|carried| evidence.merge(&carried.evidence));
        signals.iter().for_each(|signal| evidence.add(signal.category, signal.strength, signal.at));
        let span = Span { site, visitor, from_at, lead, evidence };
        ledger.save_span(&span)?;
        spans.push(span);
    }
    Ok(spans)
}

/// Drops resent signals of erased persons, so that a resend cannot restore part of their history.
pub(super) fn without_erased(
    ledger: &mut dyn Ledger,
    spans: &[Span],
    visitor: VisitorId,
    mut signals: Vec<NewSignal>,
) -> Result<Vec<NewSignal>, StoreError> {
    let is_known = !spans.is_empty();
    if is_known && !spans.iter().any(|span| span.lead == Some(Claim::ERASED)) {
        return Ok(signals);
    }
    let claims = ledger.claims(visitor)?;
    let gone: Vec<_> = claims.iter().filter(|claim| claim.lead == Claim::ERASED).map(|claim| claim.cause).collect();
    if !gone.is_empty() {
        let intervals = intervals(&claims);
        signals.retain(|signal| {
            interval_at(&intervals, signal.at).lead != Some(Claim::ERASED) && !gone.contains(&signal.id)
        });
    }
    Ok(signals)
}

/// Returns a new person without data.
pub(crate) fn stranger(id: LeadId, at: Millis) -> Lead {
    Lead {
        id,
        email: None,
        is_spam: false,
        name: PersonName::default(),
        phone: None,
        company: Label::default(),
        account: None,
        first_touch: FirstTouch::default(),
        history: History::default(),
        signals: 0,
        first_seen_at: at,
        last_seen_at: at,
    }
}

/// Returns the company of an address, known or new; none for free and throw-away mail.
fn company(
    ledger: &mut dyn Ledger,
    email: &Email,
    fresh: AccountId,
    at: Millis,
) -> Result<Option<AccountId>, StoreError> {
    let Some(domain) = company_domain(email) else { return Ok(None) };
    if let Some(known) = ledger.account_of_domain(domain)? {
        return Ok(Some(known));
    }
    let account = Account {
        id: fresh,
        domain: domain.to_owned(),
        history: History::default(),
        contacts: 0,
        signals: 0,
        first_seen_at: at,
        last_seen_at: at,
    };
    ledger.save_account(&account)?;
    Ok(Some(fresh))
}
