//! Persons and companies.

use super::row::{at_index, column, evidence, history, millis, number, to_json};
use super::{Connection, Db, Query, Row, params};
use knock_intent::Change;
use knock_model::{AccountId, Bucket, Email, IntentType, LeadId, Millis, Phone, SignalId};
use knock_ports::{
    Account, AccountCursor, AccountQuery, Cursor, FirstTouch, Lead, LeadCandidate, LeadPage, LeadQuery, RecordLedger,
    RecordView, StoreError, TypedLead,
};

pub(crate) const LEAD: &str = "SELECT id, email, name, account, evidence, bucket, folded_until, next_change_at, signals, first_seen_at, \
     last_seen_at, is_spam, first_touch, phone, company FROM leads";
pub(crate) const ACCOUNT: &str = "SELECT id, domain, evidence, bucket, folded_until, next_change_at, contacts, signals, first_seen_at, \
     last_seen_at FROM accounts";

impl<C: Connection> RecordLedger for Db<C> {
    fn save_lead(&mut self, lead: &Lead) -> Result<(), StoreError> {
        if let Some(ahead) = self.0.ahead() {
            self.0.read_ahead()?;
            ahead.borrow_mut().save_lead(lead);
            return Ok(());
        }
        let evidence = lead.history.evidence.to_text();
        let first_touch = first_touch_text(&lead.first_touch)?;
        let sql = "INSERT INTO leads (id, email, name, account, evidence, bucket, folded_until, next_change_at, signals, \
                 first_seen_at, last_seen_at, is_spam, first_touch, phone, company) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15) \
                 ON CONFLICT (id) DO UPDATE SET email = excluded.email, name = excluded.name, \
                 phone = excluded.phone, company = excluded.company, \
                 is_spam = excluded.is_spam, first_touch = excluded.first_touch, account = excluded.account, \
                 evidence = excluded.evidence, bucket = excluded.bucket, folded_until = excluded.folded_until, \
                 next_change_at = excluded.next_change_at, signals = excluded.signals, \
                 first_seen_at = excluded.first_seen_at, last_seen_at = excluded.last_seen_at";
        let values = params![
            lead.id.as_bytes(),
            lead.email.as_ref().map(Email::as_str),
            lead.name.as_str(),
            lead.account.as_ref().map(AccountId::as_bytes),
            &evidence,
            lead.history.bucket.map(|bucket| number(bucket.index())),
            lead.history.until.0,
            lead.history.next_change_at.map(|at| at.0),
            lead.signals,
            lead.first_seen_at.0,
            lead.last_seen_at.0,
            i64::from(lead.is_spam),
            &first_touch,
            lead.phone.as_ref().map_or("", Phone::as_str),
            lead.company.as_str(),
        ];
        self.done(sql, values)
    }

    fn save_account(&mut self, account: &Account) -> Result<(), StoreError> {
        if let Some(ahead) = self.0.ahead() {
            self.0.read_ahead()?;
            ahead.borrow_mut().save_account(account);
            return Ok(());
        }
        let evidence = account.history.evidence.to_text();
        let sql = "INSERT INTO accounts (id, domain, evidence, bucket, folded_until, next_change_at, contacts, signals, \
                 first_seen_at, last_seen_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) \
                 ON CONFLICT (id) DO UPDATE SET evidence = excluded.evidence, bucket = excluded.bucket, \
                 folded_until = excluded.folded_until, next_change_at = excluded.next_change_at, \
                 contacts = excluded.contacts, signals = excluded.signals, first_seen_at = excluded.first_seen_at, \
                 last_seen_at = excluded.last_seen_at";
        let values = params![
            account.id.as_bytes(),
            &account.domain,
            &evidence,
            account.history.bucket.map(|bucket| number(bucket.index())),
            account.history.until.0,
            account.history.next_change_at.map(|at| at.0),
            account.contacts,
            account.signals,
            account.first_seen_at.0,
            account.last_seen_at.0,
        ];
        self.done(sql, values)
    }

    fn append_changes(&mut self, lead: LeadId, changes: &[Change]) -> Result<(), StoreError> {
        if let Some(ahead) = self.0.ahead() {
            self.0.read_ahead()?;
            changes.iter().for_each(|change| ahead.borrow_mut().append_change(lead, change));
            return Ok(());
        }
        let sql = "INSERT INTO bucket_changes (lead, at, from_bucket, to_bucket, cause) VALUES (?1, ?2, ?3, ?4, ?5) \
                 ON CONFLICT (lead, at) DO UPDATE SET to_bucket = excluded.to_bucket, cause = excluded.cause";
        for change in changes {
            let from = change.from.map(|bucket| number(bucket.index()));
            let cause = change.cause.as_ref().map(SignalId::as_bytes);
            self.done(sql, params![lead.as_bytes(), change.at.0, from, number(change.to.index()), cause])?;
        }
        Ok(())
    }

    fn forget_changes(&mut self, lead: LeadId, from: Millis) -> Result<(), StoreError> {
        self.done("DELETE FROM bucket_changes WHERE lead = ?1 AND at >= ?2", params![lead.as_bytes(), from.0])
    }
}

impl<C: Connection> RecordView for Db<C> {
    fn lead(&self, id: LeadId) -> Result<Option<Lead>, StoreError> {
        self.known(
            |ahead| ahead.lead(id),
            |db| db.read_row(&lead_of(id), lead),
            |ahead, found| ahead.know_lead(id, found),
        )
    }

    fn lead_by_email(&self, email: &Email) -> Result<Option<Lead>, StoreError> {
        // The address of a contact that was merged by hand is one of the merged contact.
        let merged = "SELECT lead FROM contact_merges WHERE email = ?1 ORDER BY at DESC LIMIT 1";
        self.one(&format!("{LEAD} WHERE email = ?1 OR id = ({merged})"), params![email.as_str()], lead)
    }

    fn account(&self, id: AccountId) -> Result<Option<Account>, StoreError> {
        self.known(
            |ahead| ahead.account(id),
            |db| db.one(&format!("{ACCOUNT} WHERE id = ?1"), params![id.as_bytes()], account),
            |ahead, found| ahead.know_account(id, found),
        )
    }

    fn account_of_domain(&self, domain: &str) -> Result<Option<AccountId>, StoreError> {
        self.one("SELECT id FROM accounts WHERE domain = ?1", params![domain], |row| {
            row.get(0).map(AccountId::from_bytes)
        })
    }

    fn search_leads(
        &self,
        query: &LeadQuery,
        is_wanted: &mut dyn FnMut(&LeadCandidate) -> bool,
    ) -> Result<LeadPage, StoreError> {
        self.searched(query, is_wanted)
    }

    fn leads_seen_by(&self, at: Millis, after: Option<Cursor>, limit: u32) -> Result<Vec<Lead>, StoreError> {
        let sql = format!(
            "{LEAD} WHERE first_seen_at <= ?1 AND (first_seen_at, id) < (?2, ?3) \
             ORDER BY first_seen_at DESC, id DESC LIMIT ?4"
        );
        let after = after.unwrap_or(END);
        self.rows(&sql, params![at.0, after.at.0, &after.id, limit], lead)
    }

    fn leads_without_first_touch(&self, limit: u32) -> Result<Vec<LeadId>, StoreError> {
        self.rows("SELECT id FROM leads WHERE first_touch = '' LIMIT ?1", params![limit], |row| {
            row.get(0).map(LeadId::from_bytes)
        })
    }

    fn merged_from(&self, id: LeadId) -> Result<Vec<LeadId>, StoreError> {
        let sql = "SELECT former FROM merged_leads WHERE lead = ?1 ORDER BY former";
        self.rows(sql, params![id.as_bytes()], |row| row.get(0).map(LeadId::from_bytes))
    }

    fn merged_into(&self, id: LeadId) -> Result<LeadId, StoreError> {
        let sql = "SELECT lead FROM merged_leads WHERE former = ?1";
        let found = self.one(sql, params![id.as_bytes()], |row| row.get(0).map(LeadId::from_bytes))?;
        Ok(found.unwrap_or(id))
    }

    fn changes(&self, lead: LeadId) -> Result<Vec<Change>, StoreError> {
        self.changes_between(lead, Millis(i64::MIN), Millis(i64::MAX))
    }

    fn search_accounts(&self, query: &AccountQuery) -> Result<Vec<(AccountCursor, Account)>, StoreError> {
        self.searched_accounts(query)
    }

    fn typed_contacts(&self, account: AccountId) -> Result<Vec<TypedLead>, StoreError> {
        let sql = format!(
            "SELECT l.id, l.evidence, t.intent_type, COALESCE((SELECT MAX(d.at) FROM type_decisions d \
             WHERE d.lead = l.id), 0) FROM {TYPED} WHERE l.account = ?1 AND {IS_TYPED}",
        );
        self.rows(&sql, params![account.as_bytes()], |row| {
            Ok(TypedLead {
                id: LeadId::from_bytes(row.get(0)?),
                evidence: evidence(row, 1)?,
                kind: column(row, 2, |index: i64| at_index(IntentType::ALL, index))?,
                decided_at: millis(row, 3)?,
            })
        })
    }

    fn accounts_seen_by(&self, at: Millis, after: Option<Cursor>, limit: u32) -> Result<Vec<Account>, StoreError> {
        let sql = format!(
            "{ACCOUNT} WHERE first_seen_at <= ?1 AND (first_seen_at, id) < (?2, ?3) \
             ORDER BY first_seen_at DESC, id DESC LIMIT ?4"
        );
        let after = after.unwrap_or(END);
        self.rows(&sql, params![at.0, after.at.0, &after.id, limit], account)
    }

    fn contacts_of(&self, account: AccountId, limit: u32) -> Result<Vec<Lead>, StoreError> {
        let sql = format!("{LEAD} WHERE account = ?1 AND is_spam = 0 ORDER BY last_seen_at DESC, id DESC LIMIT ?2");
        self.rows(&sql, params![account.as_bytes(), limit], lead)
    }
}

pub(super) fn lead_of(id: LeadId) -> Query {
    Query::of("leads", id.as_bytes(), format!("{LEAD} WHERE id = ?1"))
}

/// Before the first page.
pub(super) const END: Cursor = Cursor { at: Millis(i64::MAX), id: [0xff; 16] };

/// Persons with their chats.
/// The condition that a lead is shown in lists and counts: not marked as spam (MS-08). `lead` is the column of its id.
pub(super) fn is_shown(lead: &str) -> String {
    format!("NOT EXISTS (SELECT 1 FROM leads hidden WHERE hidden.id = {lead} AND hidden.is_spam = 1)")
}

const TYPED: &str = "leads l JOIN chats t ON t.lead = l.id";
/// Those of them whose type is known, but spam.
const IS_TYPED: &str = "l.is_spam = 0 AND t.intent_type < 4";
const _: () = assert!(IntentType::Unknown.index() == 4 && IntentType::ALL.len() == 5);

/// The condition by which a company has a contact of a type; `Unknown` is that of one without a typed contact.
pub(super) fn with_type(kind: IntentType) -> String {
    // From the chats, which are few: a type that no contact has would be looked for in every company.
    let accounts = format!("SELECT l.account FROM {TYPED} WHERE l.account IS NOT NULL AND {IS_TYPED}");
    if kind == IntentType::Unknown {
        format!("id NOT IN ({accounts})")
    } else {
        format!("id IN ({accounts} AND t.intent_type = {})", kind.index())
    }
}

/// A LIKE pattern for texts that hold `search`, its own wildcards taken literally.
pub(super) fn holding(search: &str) -> String {
    let literal = search.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    format!("%{literal}%")
}

pub(crate) fn lead(row: &Row<'_>) -> Result<Lead, StoreError> {
    Ok(Lead {
        id: LeadId::from_bytes(row.get(0)?),
        email: column(row, 1, |text: Option<String>| match text {
            None => Some(None),
            Some(text) => Email::parse(&text).ok().map(Some),
        })?,
        is_spam: row.get::<i64>(11)? != 0,
        name: row.get::<String>(2)?.into(),
        // A text that an earlier version took for a number and this one does not is none.
        phone: Phone::parse(&row.get::<String>(13)?).ok(),
        company: row.get::<String>(14)?.into(),
        account: row.get::<Option<[u8; 16]>>(3)?.map(AccountId::from_bytes),
        first_touch: column(row, 12, |text: String| FirstTouch::parse(&text))?,
        history: history(row, 4)?,
        signals: row.get(8)?,
        first_seen_at: millis(row, 9)?,
        last_seen_at: millis(row, 10)?,
    })
}

/// The stored form of a first touch; empty if it is not computed yet.
pub(crate) fn first_touch_text(first_touch: &FirstTouch) -> Result<String, StoreError> {
    if first_touch.is_unknown() { Ok(String::new()) } else { to_json(first_touch) }
}

pub(crate) fn account(row: &Row<'_>) -> Result<Account, StoreError> {
    Ok(Account {
        id: AccountId::from_bytes(row.get(0)?),
        domain: row.get(1)?,
        history: history(row, 2)?,
        contacts: row.get(6)?,
        signals: row.get(7)?,
        first_seen_at: millis(row, 8)?,
        last_seen_at: millis(row, 9)?,
    })
}

/// The stored numbers of the buckets are their places in the set.
const _: () = assert!(Bucket::Low.index() == 0 && Bucket::High.index() == 2);
