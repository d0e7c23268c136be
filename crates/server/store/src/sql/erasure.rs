//! Erasing a person, and finding what is stored of one.

use super::catalogue::{CATALOGUE, Erase};
use super::identity::claim;
use super::row::{detail, number, to_json};
use super::{Connection, Db, params};
use knock_identity::Claim;
use knock_model::{AccountId, Email, LeadId, Millis, PersonName, SignalId, SignalType, SiteId, VisitorId};
use knock_ports::{ErasedLead, ErasureLedger, ErasureView, FileView, Span, StoreError};
use std::collections::BTreeMap;

impl<C: Connection> ErasureLedger for Db<C> {
    fn erase_signals(&mut self, span: &Span, to: Millis) -> Result<u64, StoreError> {
        let (site, visitor, from_at) = (span.site.0, span.visitor.as_bytes(), span.from_at.0);
        let theirs = "site = ?1 AND visitor = ?2 AND at >= ?3 AND at < ?4 AND NOT EXISTS \
                   (SELECT 1 FROM claims c WHERE c.site = ?1 AND c.visitor = ?2 AND c.cause = signals.id AND c.lead <> ?5)";
        let carried = "DELETE FROM carry_overs WHERE site = ?1 AND visitor = ?2 AND from_at >= ?3 AND from_at < ?4";
        self.done(carried, params![site, visitor, from_at, to.0])?;
        let of = params![site, visitor, from_at, to.0, span.lead.as_ref().map(LeadId::as_bytes)];
        self.delete_signals(span.site, span.visitor, theirs, of)
    }

    fn erase_lead(&mut self, lead: LeadId) -> Result<ErasedLead, StoreError> {
        let files = self.files_of(lead)?.into_iter().map(|file| file.id).collect();
        let mut rows = BTreeMap::new();
        for table in CATALOGUE {
            let erased = match table.erase {
                Erase::Delete => self.delete(table.name, table.of_lead(), lead.as_bytes())?,
                Erase::Disown => self.disown(table.name, lead)?,
                Erase::Recount => self.recount_turns()?,
                // By the spans, with the account, or not at all.
                Erase::DeleteBySpan | Erase::Recut | Erase::DeleteWithAccount => 0,
                // By `redact_audit`, which is given the receipt.
                Erase::Redact => 0,
                Erase::CatchUp | Erase::Expire | Erase::Keep => 0,
            };
            rows.insert(table.name, erased);
        }
        let erased = |table: &str| rows.get(table).copied().unwrap_or_default();
        Ok(ErasedLead { conversations: erased("conversations"), messages: erased("messages"), files })
    }

    fn erase_account(&mut self, account: AccountId) -> Result<(), StoreError> {
        for table in CATALOGUE {
            self.delete(table.name, table.of_account(), account.as_bytes())?;
        }
        // Deliveries about the company itself, which are about no lead.
        self.done("DELETE FROM outbox WHERE lead IS NULL AND ordering_key = ?1", params![account.as_bytes()])
    }

    fn blank_identify(&mut self, site: SiteId, visitor: VisitorId, id: SignalId) -> Result<bool, StoreError> {
        let of = params![site.0, visitor.as_bytes(), id.as_bytes()];
        let sql = "SELECT detail FROM signals WHERE site = ?1 AND visitor = ?2 AND id = ?3";
        let Some(known) = self.one(sql, of, |row| detail(row, 0))? else { return Ok(false) };
        let mut known = known.read();
        known.email.clear();
        known.person = PersonName::default();
        known.props.clear();
        let sql = "UPDATE signals SET detail = ?4 WHERE site = ?1 AND visitor = ?2 AND id = ?3";
        self.done(sql, params![site.0, visitor.as_bytes(), id.as_bytes(), &to_json(&known)?])?;
        Ok(true)
    }
}

impl<C: Connection> Db<C> {
    /// Deletes the rows for which a condition holds of `?1`, none without one; how many.
    fn delete(&self, table: &str, condition: Option<String>, id: &[u8; 16]) -> Result<u64, StoreError> {
        let Some(condition) = condition else { return Ok(0) };
        self.changed(&format!("DELETE FROM {table} WHERE {condition}"), params![id])
    }

    fn disown(&self, claims: &str, lead: LeadId) -> Result<u64, StoreError> {
        let sql = format!("UPDATE {claims} SET lead = ?2, person = '' WHERE lead = ?1");
        self.changed(&sql, params![lead.as_bytes(), Claim::ERASED.as_bytes()])
    }
}

impl<C: Connection> ErasureView for Db<C> {
    fn claims_of(&self, lead: LeadId) -> Result<Vec<(SiteId, VisitorId, Claim)>, StoreError> {
        let sql = "SELECT cause, at, lead, site, visitor FROM claims WHERE lead = ?1 ORDER BY site, visitor, at, cause";
        self.rows(sql, params![lead.as_bytes()], |row| {
            Ok((SiteId(row.get(3)?), VisitorId::from_bytes(row.get(4)?), claim(row)?))
        })
    }

    fn naming(&self, email: &Email) -> Result<Vec<(SiteId, VisitorId, SignalId)>, StoreError> {
        let said = (C::DIALECT.json_text)("detail", &["email"]);
        let sql = format!("SELECT site, visitor, id, {said} FROM signals WHERE kind = ?1 AND {said} IS NOT NULL");
        let mut naming = self.rows(&sql, params![number(SignalType::Identify.index())], |row| {
            let signal = (SiteId(row.get(0)?), VisitorId::from_bytes(row.get(1)?), SignalId::from_bytes(row.get(2)?));
            Ok(Some(signal)
                .filter(|_| row.get::<String>(3).is_ok_and(|said| Email::parse(&said).as_ref() == Ok(email))))
        })?;
        naming.retain(Option::is_some);
        Ok(naming.into_iter().flatten().collect())
    }
}
