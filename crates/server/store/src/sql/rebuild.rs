//! Derived values: iterated, compared, dropped.

use super::catalogue::{CATALOGUE, Leftovers, Owner};
use super::retention::HORIZON;
use super::timer::{
    ACCOUNT_SCORE, CHAT_STATUS, LEAD_SCORE, MEETING_REMINDER, MEETING_STATUS, REPLY_MAIL, WAIT, WORKFLOW,
};
use super::{Connection, Db, Value, params};
use knock_model::{AccountId, LeadId, SiteId, VisitorId};
use knock_ports::{Derived, RebuildLedger, RebuildView, StoreError};

/// The sessions of a browser: they lie by the session, so its signals tell which.
const SEQUENCES: &str =
    "site = ?1 AND visitor = ?2 AND session IN (SELECT session FROM signals WHERE site = ?1 AND visitor = ?2)";

impl<C: Connection> RebuildLedger for Db<C> {
    fn drop_derived(&mut self, of: Derived) -> Result<(), StoreError> {
        let timer = "DELETE FROM timers WHERE kind = ?1 AND subject = ?2";
        match of {
            Derived::Browser(site, visitor) => {
                let of = params![site.0, visitor.as_bytes()];
                self.done("DELETE FROM spans WHERE site = ?1 AND visitor = ?2", of)?;
                self.done(&format!("DELETE FROM session_sequences WHERE {SEQUENCES}"), of)
            }
            Derived::Lead(id) => {
                let blank = "UPDATE leads SET name = '', phone = '', company = '', account = NULL, evidence = '', bucket = NULL, folded_until = 0, \
                             next_change_at = NULL, signals = 0, first_seen_at = 0, last_seen_at = 0, is_spam = 0, \
                             first_touch = '' WHERE id = ?1";
                self.done(blank, params![id.as_bytes()])?;
                let changes = format!("DELETE FROM bucket_changes WHERE lead = ?1 AND at >= {HORIZON}");
                self.done(&changes, params![id.as_bytes()])?;
                self.done(timer, params![LEAD_SCORE, id.as_bytes()])
            }
            Derived::Chat(id) => {
                self.done("DELETE FROM chats WHERE lead = ?1", params![id.as_bytes()])?;
                self.done(timer, params![CHAT_STATUS, id.as_bytes()])?;
                self.done(timer, params![REPLY_MAIL, id.as_bytes()])?;
                self.done(timer, params![WAIT, id.as_bytes()])?;
                self.done("DELETE FROM meeting_leads WHERE lead = ?1", params![id.as_bytes()])?;
                self.done(timer, params![MEETING_STATUS, id.as_bytes()])?;
                self.done(timer, params![MEETING_REMINDER, id.as_bytes()])
            }
            Derived::Account(id) => {
                let blank = "UPDATE accounts SET evidence = '', bucket = NULL, folded_until = 0, \
                             next_change_at = NULL, contacts = 0, signals = 0, first_seen_at = 0, last_seen_at = 0 \
                             WHERE id = ?1";
                self.done(blank, params![id.as_bytes()])?;
                self.done(timer, params![ACCOUNT_SCORE, id.as_bytes()])
            }
        }
    }

    fn drop_leftovers(&mut self) -> Result<u64, StoreError> {
        let mut rows = 0;
        for table in CATALOGUE {
            rows += match (table.leftovers, table.orphaned()) {
                (Leftovers::Recount, _) => self.recount_turns()?,
                (Leftovers::Drop, Some(orphaned)) => {
                    self.changed(&format!("DELETE FROM {} WHERE {orphaned}", table.name), &[])?
                }
                (Leftovers::Drop, None) | (Leftovers::Keep, _) => 0,
            };
        }
        Ok(rows)
    }
}

impl<C: Connection> RebuildView for Db<C> {
    fn visitors_past(
        &self,
        past: Option<(SiteId, VisitorId)>,
        limit: usize,
    ) -> Result<Vec<(SiteId, VisitorId)>, StoreError> {
        let mut visitors = Vec::new();
        let mut last = past.unwrap_or((SiteId(i64::MIN), VisitorId::from_bytes([0; 16])));
        while visitors.len() < limit
            && let Some(next) = self.visitor_past(last)?
        {
            visitors.push(next);
            last = next;
        }
        Ok(visitors)
    }

    fn leads_past(&self, past: Option<LeadId>, limit: usize) -> Result<Vec<LeadId>, StoreError> {
        let past = past.map(|past| *past.as_bytes());
        Ok(self.ids_past("leads", past, limit)?.into_iter().map(LeadId::from_bytes).collect())
    }

    fn accounts_past(&self, past: Option<AccountId>, limit: usize) -> Result<Vec<AccountId>, StoreError> {
        let past = past.map(|past| *past.as_bytes());
        Ok(self.ids_past("accounts", past, limit)?.into_iter().map(AccountId::from_bytes).collect())
    }

    fn image(&self, of: Derived) -> Result<String, StoreError> {
        let timer = "SELECT due_at FROM timers WHERE kind = ?1 AND subject = ?2";
        match of {
            Derived::Browser(site, visitor) => {
                let of = params![site.0, visitor.as_bytes()];
                Ok([
                    self.text("SELECT * FROM spans WHERE site = ?1 AND visitor = ?2 ORDER BY from_at", of)?,
                    self.text(&format!("SELECT * FROM session_sequences WHERE {SEQUENCES} ORDER BY session"), of)?,
                ]
                .join("\n"))
            }
            Derived::Lead(id) => Ok([
                self.text("SELECT * FROM leads WHERE id = ?1", params![id.as_bytes()])?,
                self.text("SELECT * FROM bucket_changes WHERE lead = ?1 ORDER BY at", params![id.as_bytes()])?,
                self.text(timer, params![LEAD_SCORE, id.as_bytes()])?,
            ]
            .join("\n")),
            Derived::Chat(id) => Ok([
                self.text("SELECT * FROM chats WHERE lead = ?1", params![id.as_bytes()])?,
                self.text(timer, params![CHAT_STATUS, id.as_bytes()])?,
                self.text(timer, params![REPLY_MAIL, id.as_bytes()])?,
                self.text(timer, params![WAIT, id.as_bytes()])?,
                self.text("SELECT * FROM meeting_leads WHERE lead = ?1", params![id.as_bytes()])?,
                self.text(timer, params![MEETING_STATUS, id.as_bytes()])?,
                self.text(timer, params![MEETING_REMINDER, id.as_bytes()])?,
                self.text(timer, params![WORKFLOW, id.as_bytes()])?,
            ]
            .concat()),
            Derived::Account(id) => Ok([
                self.text("SELECT * FROM accounts WHERE id = ?1", params![id.as_bytes()])?,
                self.text(timer, params![ACCOUNT_SCORE, id.as_bytes()])?,
            ]
            .join("\n")),
        }
    }
}

impl<C: Connection> Db<C> {
    /// Recounts the turns of all pools from the decisions; returns the number of wrong rows.
    pub(super) fn recount_turns(&self) -> Result<u64, StoreError> {
        let right = Self::turns_of_decisions("TRUE");
        let kept = "SELECT rule, segment, rep, number FROM turns";
        let wrong = format!("SELECT COUNT(*) FROM (SELECT * FROM ({right}) needed EXCEPT {kept}) wrong");
        let missing = self.one(&wrong, &[], |row| row.get::<i64>(0))?.unwrap_or_default();
        let too_many = "DELETE FROM turns WHERE (rule, segment, rep, number) NOT IN";
        let dropped = self.changed(&format!("{too_many} ({right})"), &[])?;
        self.done(&format!("INSERT INTO turns (rule, segment, rep, number) {right} ON CONFLICT DO NOTHING"), &[])?;
        Ok(dropped.max(missing.unsigned_abs()))
    }

    /// The next browser of any table, found by the trees' own order: none is read through.
    fn visitor_past(&self, (site, visitor): (SiteId, VisitorId)) -> Result<Option<(SiteId, VisitorId)>, StoreError> {
        let mut next = None;
        for table in CATALOGUE.iter().filter(|table| table.owners.contains(&Owner::Browser)) {
            let sql = format!(
                "SELECT site, visitor FROM {} WHERE (site, visitor) > (?1, ?2) ORDER BY site, visitor LIMIT 1",
                table.name
            );
            let found = self.one(&sql, params![site.0, visitor.as_bytes()], |row| {
                Ok((SiteId(row.get(0)?), VisitorId::from_bytes(row.get(1)?)))
            })?;
            next = next.into_iter().chain(found).min_by_key(|(site, visitor)| (site.0, *visitor.as_bytes()));
        }
        Ok(next)
    }

    fn ids_past(&self, table: &str, past: Option<[u8; 16]>, limit: usize) -> Result<Vec<[u8; 16]>, StoreError> {
        let sql = format!("SELECT id FROM {table} WHERE id > ?1 ORDER BY id LIMIT ?2");
        let past = past.as_ref().map_or(&[][..], |past| past);
        self.rows(&sql, params![past, i64::try_from(limit).unwrap_or(i64::MAX)], |row| row.get(0))
    }

    /// The rows of a query as they are.
    fn text(&self, sql: &str, params: &[Value<'_>]) -> Result<String, StoreError> {
        let rows = self.rows(sql, params, |row| row.shown())?;
        Ok(rows.into_iter().map(|row| row + "\n").collect())
    }
}
