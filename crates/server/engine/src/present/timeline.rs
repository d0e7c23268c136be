//! Signals as shown on a timeline.

use super::{Presenter, rounded};
use knock_intent::Scored;
use knock_model::{ConversationId, LeadId, Millis, SignalType, TimelinePart};
use knock_ports::{Client, Conversation, Cursor, Lead, StoreError, StoredSignal, TimelineScope};
use knock_wire::{AccountRef, ContactRef, TimelineEntry, TimelineEvent, TimelinePage};
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

    /// Returns one page of a person's timeline before a cursor: signals and events in one order, of all parts or of one.
    ///
    /// # Errors
    /// When the database fails.
    pub fn contact_timeline(
        &self,
        lead: &Lead,
        part: Option<TimelinePart>,
        before: Option<Cursor>,
        limit: u32,
    ) -> Result<TimelinePage, StoreError> {
        let (scope, by) = (TimelineScope::Lead(lead.id), self.arrived_by);
        let kinds: Vec<SignalType> =
            SignalType::ALL.iter().copied().filter(|kind| part.is_none_or(|part| kind.part() == part)).collect();
        let mut signals = match part {
            None => self.view.timeline(scope, before, by, limit)?,
            Some(_) => self.view.timeline_of_kinds(scope, &kinds, before, by, limit)?,
        };
        let mut events = self.events(lead.id, part)?;
        let before = before.map(|before| (before.at, before.id));
        events.retain(|event| before.is_none_or(|before| place_of(event) < before));
        let mut places: Vec<_> = signals.iter().map(place).chain(events.iter().map(place_of)).collect();
        places.sort_unstable_by(|one, other| other.cmp(one));
        places.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        let is_full = usize::try_from(limit).is_ok_and(|limit| places.len() >= limit);
        let last = places.last().copied().filter(|_| is_full);
        signals.retain(|signal| last.is_none_or(|last| place(signal) >= last));
        events.retain(|event| last.is_none_or(|last| place_of(event) >= last));
        let mut entries = self.entries(&signals, Some(&self.score_of_lead(lead)))?;
        let conversations = self.conversations_of(lead.id)?;
        entries.iter_mut().for_each(|entry| entry.conversation = conversation_of(entry, &conversations));
        Ok(TimelinePage { entries, events, next: last.map(|(at, id)| Cursor { at, id }.to_text()) })
    }

    /// Returns one signal for the live feed: its points are those for its person. None of a lead who is marked as spam
    /// (MS-08).
    ///
    /// # Errors
    /// When the database fails.
    pub fn live_entry(&self, stored: &StoredSignal) -> Result<Option<TimelineEntry>, StoreError> {
        let lead = stored.lead.map(|id| self.view.lead(id)).transpose()?.flatten();
        if lead.as_ref().is_some_and(|lead| lead.is_spam) {
            return Ok(None);
        }
        let scored = lead.as_ref().map(|lead| self.scored(&lead.history.evidence));
        let owner = lead.as_ref().map(|lead| self.named(lead)).transpose()?;
        Ok(Some(self.entry(stored, owner, scored.as_ref())))
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
    pub(super) fn named(&self, lead: &Lead) -> Result<Owner, StoreError> {
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
            conversation: None,
        }
    }
}

/// The place of a signal in the order of a timeline.
fn place(stored: &StoredSignal) -> (Millis, [u8; 16]) {
    (stored.signal.at, *stored.signal.id.as_bytes())
}

/// That of an event.
fn place_of(event: &TimelineEvent) -> (Millis, [u8; 16]) {
    (event.at, *event.id.as_bytes())
}

/// The conversation of a signal of a chat: the newest of its browser that was open by then.
fn conversation_of(entry: &TimelineEntry, newest_first: &[Conversation]) -> Option<ConversationId> {
    let is_of_chat = matches!(entry.kind, SignalType::LinkClick | SignalType::ChatMessage);
    let mut theirs = newest_first.iter().filter(|conversation| is_of_chat && conversation.visitor == entry.visitor);
    theirs.find(|conversation| conversation.opened_at <= entry.received_at).map(|conversation| conversation.id)
}

fn client(known: Client) -> knock_wire::Client {
    let Client { device, os, browser, language, country, city } = known;
    knock_wire::Client { device, os, browser, language, country, city }
}
