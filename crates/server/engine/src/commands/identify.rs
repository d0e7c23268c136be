//! Identity: a visitor becomes a person by e-mail or by opening a chat, a person belongs to a
//! company by the domain of the address (IC-10).
//!
//! The first claim on a browser owns all it did before; another person's claim owns what
//! follows it. This depends only on what was said and when, never on the order of arrival.

use super::append_signals::{AppendSignals, span_at};
use super::fold::Touched;
use knock_intent::{Evidence, History};
use knock_model::{AccountId, Email, LeadId, MailKind, Millis, SignalType, SiteId, VisitorId};
use knock_ports::{Account, Claim, Lead, Ledger, NewSignal, Span, StoreError};

/// Makes the persons known whom new `identify` signals name; whether there was any.
pub(super) fn meet(
    ledger: &mut dyn Ledger,
    batch: &AppendSignals,
    new: &[NewSignal],
    spans: &[Span],
    touched: &mut Touched,
) -> Result<bool, StoreError> {
    let mut met = false;
    let said = new.iter().filter(|signal| signal.kind == SignalType::Identify);
    for (signal, fresh) in said.zip(&batch.fresh) {
        let Ok(email) = Email::parse(&signal.detail.email) else { continue };
        met = true;
        let owner = spans.get(span_at(spans, signal.at)).and_then(|span| span.lead);
        let mut lead = person(ledger, &email, owner, fresh.lead, signal.at, touched)?;
        if lead.account.is_none() {
            lead.account = company(ledger, &email, fresh.account, signal.at)?;
        }
        lead.email = Some(email);
        if !signal.detail.person.is_empty() {
            lead.name.clone_from(&signal.detail.person);
        }
        ledger.save_lead(&lead)?;
        ledger.append_claim(batch.site, batch.visitor, Claim { cause: signal.id, at: signal.at, lead: lead.id })?;
    }
    Ok(met)
}

/// The person with an address. Somebody who only chatted so far in this browser is that person.
fn person(
    ledger: &mut dyn Ledger,
    email: &Email,
    owner: Option<LeadId>,
    fresh: LeadId,
    at: Millis,
    touched: &mut Touched,
) -> Result<Lead, StoreError> {
    let known = ledger.lead_by_email(email)?;
    let owner = owner.map(|id| ledger.lead(id)).transpose()?.flatten();
    let nameless = owner.filter(|lead| lead.email.is_none());
    Ok(match (known, nameless) {
        (Some(known), Some(nameless)) => {
            ledger.merge_leads(nameless.id, known.id)?;
            touched.merged(nameless.id, known.id);
            known
        }
        (Some(lead), None) | (None, Some(lead)) => lead,
        (None, None) => stranger(fresh, at),
    })
}

/// Cuts a browser's life into spans anew and notes everybody whose signals changed.
pub(super) fn recut(
    ledger: &mut dyn Ledger,
    site: SiteId,
    visitor: VisitorId,
    old: &[Span],
    touched: &mut Touched,
) -> Result<Vec<Span>, StoreError> {
    let cuts = cuts(&ledger.claims(site, visitor)?);
    let is_same = old.len() == cuts.len()
        && old.iter().zip(&cuts).all(|(span, (from_at, lead))| span.from_at == *from_at && span.lead == Some(*lead));
    if is_same {
        return Ok(old.to_vec());
    }
    ledger.forget_spans(site, visitor)?;
    let mut spans = Vec::with_capacity(cuts.len());
    for (index, (from_at, lead)) in cuts.iter().enumerate() {
        let to = cuts.get(index + 1).map_or(Millis(i64::MAX), |next| next.0);
        let mut evidence = Evidence::default();
        for signal in ledger.weighed(site, visitor, *from_at, to)? {
            evidence.add(signal.category, signal.strength, signal.at);
        }
        let span = Span { site, visitor, from_at: *from_at, lead: Some(*lead), evidence };
        ledger.save_span(&span)?;
        spans.push(span);
    }
    old.iter().chain(&spans).filter_map(|span| span.lead).for_each(|lead| touched.refold(lead));
    Ok(spans)
}

/// Where each person's part of a browser's life begins; the claims are sorted by instant.
fn cuts(claims: &[Claim]) -> Vec<(Millis, LeadId)> {
    let mut cuts: Vec<(Millis, LeadId)> = Vec::new();
    for Claim { at, lead, .. } in claims {
        match cuts.last_mut() {
            None => cuts.push((Millis(0), *lead)),
            Some((_, last)) if last == lead => {}
            Some((from_at, last)) if from_at == at => *last = *lead,
            Some(_) => cuts.push((*at, *lead)),
        }
    }
    cuts
}

/// A person of whom nothing is known yet.
pub(super) fn stranger(id: LeadId, at: Millis) -> Lead {
    Lead {
        id,
        email: None,
        is_spam: false,
        name: String::new(),
        account: None,
        history: History::default(),
        signals: 0,
        first_seen_at: at,
        last_seen_at: at,
    }
}

/// The company behind an address; none for free and throw-away mail.
fn company(
    ledger: &mut dyn Ledger,
    email: &Email,
    fresh: AccountId,
    at: Millis,
) -> Result<Option<AccountId>, StoreError> {
    if MailKind::of(email.domain()) != MailKind::Company {
        return Ok(None);
    }
    let domain = psl::domain_str(email.domain()).unwrap_or(email.domain());
    if let Some(account) = ledger.account_by_domain(domain)? {
        return Ok(Some(account.id));
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

#[cfg(test)]
mod tests {
    use super::*;
    use knock_model::SignalId;

    type Marks<'a> = &'a [(i64, LeadId)];

    fn lead(number: u8) -> LeadId {
        LeadId::new([number; 16])
    }

    #[test]
    fn the_first_address_owns_the_past_and_another_one_what_follows() {
        let (ann, bob) = (lead(1), lead(2));
        let cases: [(Marks<'_>, Marks<'_>); 5] = [
            (&[], &[]),
            (&[(50, ann)], &[(0, ann)]),
            (&[(50, ann), (60, ann)], &[(0, ann)]),
            (&[(50, ann), (60, bob), (70, ann)], &[(0, ann), (60, bob), (70, ann)]),
            (&[(50, ann), (60, bob), (60, ann), (80, bob)], &[(0, ann), (60, ann), (80, bob)]),
        ];
        for (said, expected) in cases {
            let cause = SignalId::new(Millis(0), &[0; 10]);
            let said: Vec<_> = said.iter().map(|(at, lead)| Claim { cause, at: Millis(*at), lead: *lead }).collect();
            let expected: Vec<_> = expected.iter().map(|(at, lead)| (Millis(*at), *lead)).collect();
            assert_eq!(cuts(&said), expected);
        }
    }
}
