//! Persons and companies as shown.

use super::{Presenter, rounded};
use knock_intent::{Evidence, Scored, profile, provisional_type, score};
use knock_model::{Category, Email, IntentType};
use knock_ports::{Account, Lead, StoreError};
use knock_wire::{
    AccountRecord, AccountRef, AccountRow, BucketChange, CategoryPoints, ContactRecord, ContactRef, ContactRow, Intent,
    ScoreWhy,
};

/// Contacts listed with their account.
const CONTACTS: u32 = 100;

impl Presenter<'_> {
    /// A line of the Contacts table.
    ///
    /// # Errors
    /// When the database fails.
    pub fn contact_row(&self, lead: &Lead) -> Result<ContactRow, StoreError> {
        Ok(ContactRow {
            id: lead.id,
            email: lead.email.as_ref().map(Email::to_text).unwrap_or_default(),
            name: lead.name.clone(),
            account: self.account_ref(lead)?,
            intent: self.intent_of_lead(lead)?,
            signals: lead.signals,
            first_seen_at: lead.first_seen_at,
            last_seen_at: lead.last_seen_at,
        })
    }

    /// A line of the Accounts table.
    pub fn account_row(&self, account: &Account) -> AccountRow {
        AccountRow {
            id: account.id,
            domain: account.domain.clone(),
            contacts: account.contacts,
            intent: self.intent(&account.history.evidence, IntentType::Unknown),
            signals: account.signals,
            first_seen_at: account.first_seen_at,
            last_seen_at: account.last_seen_at,
        }
    }

    /// The page of a person.
    ///
    /// # Errors
    /// When the database fails.
    pub fn contact_record(&self, lead: &Lead) -> Result<ContactRecord, StoreError> {
        let changes = self.changes(lead)?.into_iter().map(|change| BucketChange {
            at: change.at,
            from: change.from,
            to: change.to,
            signal: change.cause,
        });
        Ok(ContactRecord {
            contact: self.contact_row(lead)?,
            why: why(&self.scored(&lead.history.evidence)),
            changes: changes.collect(),
            visitors: self.view.visitors_of(lead.id, self.arrived_by)?,
            summed_up: self.view.past_of(lead.id)?.signals,
        })
    }

    /// The page of a company.
    ///
    /// # Errors
    /// When the database fails.
    pub fn account_record(&self, account: &Account) -> Result<AccountRecord, StoreError> {
        let contacts = self.contacts_of(account.id, CONTACTS)?;
        let mut summed_up = 0;
        for lead in self.view.everybody_of(account.id)? {
            summed_up += self.view.past_of(lead.id)?.signals;
        }
        Ok(AccountRecord {
            account: self.account_row(account),
            why: why(&self.scored(&account.history.evidence)),
            contacts: contacts.iter().map(|lead| self.contact_row(lead)).collect::<Result<_, _>>()?,
            summed_up,
        })
    }

    /// How a person is named elsewhere.
    pub(super) fn contact_ref(lead: &Lead) -> Option<ContactRef> {
        Some(ContactRef { id: lead.id, email: lead.email.as_ref()?.to_text() })
    }

    /// How a person's company is named elsewhere.
    pub(super) fn account_ref(&self, lead: &Lead) -> Result<Option<AccountRef>, StoreError> {
        let Some(id) = lead.account else { return Ok(None) };
        Ok(self.view.account(id)?.map(|account| AccountRef { id: account.id, domain: account.domain }))
    }

    /// The score of some evidence now.
    pub(super) fn scored(&self, evidence: &Evidence) -> Scored {
        score(evidence, self.now)
    }

    /// Score and type of a person.
    pub(super) fn intent_of_lead(&self, lead: &Lead) -> Result<Intent, StoreError> {
        Ok(self.intent(&lead.history.evidence, self.intent_type(lead.id)?))
    }

    fn intent(&self, evidence: &Evidence, kind: IntentType) -> Intent {
        let scored = self.scored(evidence);
        Intent {
            bucket: scored.bucket,
            score: rounded(scored.score, 10.0),
            kind,
            provisional_type: provisional_type(evidence, self.now),
            engagement: scored.engagement,
            at: self.now,
            next_change_at: scored.next_change_at,
        }
    }
}

fn why(scored: &Scored) -> ScoreWhy {
    let mut categories: Vec<CategoryPoints> = Category::ALL
        .iter()
        .filter(|category| scored.has_evidence(**category))
        .map(|category| CategoryPoints {
            category: *category,
            points: rounded(scored.points[category.index()], 100.0),
            ceiling: profile(*category).ceiling,
            half_life_days: profile(*category).half_life_days,
        })
        .collect();
    categories.sort_by(|a, b| b.points.total_cmp(&a.points));
    ScoreWhy { damping: rounded(scored.damping, 10_000.0), categories }
}
