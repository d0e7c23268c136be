//! Signals as shown on a timeline.

use super::{Presenter, rounded};
use knock_intent::Scored;
use knock_model::LeadId;
use knock_ports::{Client, Lead, StoreError, StoredSignal};
use knock_wire::{AccountRef, ContactRef, TimelineEntry};
use std::collections::BTreeMap;

/// A signal's person and company, as far as they are known.
type Owner = (Option<ContactRef>, Option<AccountRef>);

impl Presenter<'_> {
    /// Returns signals with their persons and companies; `scored` is the score of the record that they count for.
    ///
    /// # Errors
    /// When the database fails.
    pub fn entries(&self, signals: &[StoredSignal], scored: Option<&Scored>) -> Result<Vec<TimelineEntry>, StoreError> {
        let mut people = BTreeMap::new();
        signals
            .iter()
            .map(|stored| {
                let owner = stored.lead.map(|id| self.person(id, &mut people)).transpose()?.flatten();
                Ok(self.entry(stored, owner, scored))
            })
            .collect()
    }

    /// Returns one signal for the live feed: its points are those for its person.
    ///
    /// # Errors
    /// When the database fails.
    pub fn live_entry(&self, stored: &StoredSignal) -> Result<TimelineEntry, StoreError> {
        let lead = stored.lead.map(|id| self.view.lead(id)).transpose()?.flatten();
        let scored = lead.as_ref().map(|lead| self.scored(&lead.history.evidence));
        let owner = lead.as_ref().map(|lead| self.named(lead)).transpose()?;
        Ok(self.entry(stored, owner, scored.as_ref()))
    }

    /// Returns the score that a lead's signals count for.
    pub fn score_of_lead(&self, lead: &Lead) -> Scored {
        self.scored(&lead.history.evidence)
    }

    /// Returns the score that a company's signals count for.
    pub fn score_of_account(&self, account: &knock_ports::Account) -> Scored {
        self.scored(&account.history.evidence)
    }

    fn person(&self, id: LeadId, known: &mut BTreeMap<LeadId, Option<Owner>>) -> Result<Option<Owner>, StoreError> {
        if let Some(person) = known.get(&id) {
            return Ok(person.clone());
        }
        let person = self.lead(id)?.map(|lead| self.named(&lead)).transpose()?;
        known.insert(id, person.clone());
        Ok(person)
    }

    /// The owner of a timeline. Leads marked as spam are named nowhere but in the inbox (MS-08).
    fn named(&self, lead: &Lead) -> Result<Owner, StoreError> {
        if lead.is_spam {
            return Ok((None, None));
        }
        Ok((Some(self.contact_ref(lead)?), self.account_ref(lead)?))
    }

    fn entry(&self, stored: &StoredSignal, owner: Option<Owner>, scored: Option<&Scored>) -> TimelineEntry {
        let signal = &stored.signal;
        let detail = signal.detail.read();
        let points = scored.map_or(0.0, |scored| scored.contribution(signal.category, signal.strength, signal.at));
        let (contact, account) = owner.unwrap_or_default();
        TimelineEntry {
            id: signal.id,
            at: signal.at,
            received_at: signal.received_at,
            clamped: signal.clamped,
            kind: signal.kind,
            category: signal.category,
            rule: detail.rule,
            matched: detail.matched,
            points: rounded(points, 100.0),
            visitor: stored.visitor,
            session: signal.session,
            contact,
            account,
            site: self.site_key(stored.site),
            url: detail.url,
            title: detail.title,
            referrer: detail.referrer,
            text: detail.text,
            href: detail.href,
            link: detail.link,
            visible_ms: detail.visible_ms,
            name: detail.name,
            form: detail.form,
            fields: detail.fields,
            cut: detail.cut,
            trust: detail.trust,
            client: detail.client.map(client),
        }
    }
}

fn client(known: Client) -> knock_wire::Client {
    let Client { device, os, browser, language, country, city } = known;
    knock_wire::Client { device, os, browser, language, country, city }
}
