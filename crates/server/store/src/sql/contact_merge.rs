//! Contacts merged by hand: rows change their owner, and are known by their ids, so that an undo gives them back.

use super::catalogue::{CATALOGUE, Kind, Merge, Table};
use super::row::{detail, millis, to_json};
use super::{Connection, Db, Row, params};
use knock_model::{Email, LeadId, Millis, PersonName, RepId, SignalId};
use knock_ports::{ContactMerge, ContactMergeLedger, ContactMergeView, StoreError};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

const MERGE: &str = "SELECT id, lead, former, name, email, member, at FROM contact_merges";
/// Facts that do not say that something happened to a contact: what was exchanged with other systems, the log, the marks
/// of members, and what workflows did.
const UNSEEN: [&str; 9] = [
    "audit",
    "crm_records",
    "crm_writes",
    "crm_known",
    "person_enrichments",
    "lead_tags",
    "reminders",
    "workflow_runs",
    "workflow_known",
];
/// Derived rows that stay with the former's id: those before the horizon cannot be computed again.
const HISTORY: &str = "bucket_changes";

/// The rows that were the former's.
#[derive(Default, Serialize, Deserialize)]
struct Moved {
    /// The ids of rows by their tables.
    rows: BTreeMap<String, Vec<[u8; 16]>>,
    /// The tables that have one row for each contact, where the other contact had none.
    whole: Vec<String>,
    /// The numbers of entries of the audit log.
    audit: Vec<i64>,
}

impl<C: Connection> ContactMergeLedger for Db<C> {
    fn merge_contacts(&mut self, merge: &ContactMerge) -> Result<(), StoreError> {
        let ContactMerge { id, lead, former, name, email, member, at } = merge;
        let mut moved = Moved::default();
        for table in CATALOGUE {
            self.merge_rows(table, merge, &mut moved)?;
        }
        let sql = "INSERT INTO contact_merges (id, lead, former, name, email, member, at, moved, facts) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, '')";
        let (email, member) = (email.as_ref().map(Email::as_str), member.as_ref().map(RepId::as_bytes));
        let moved = to_json(&moved)?;
        self.done(sql, params![id.as_bytes(), lead.as_bytes(), former.as_bytes(), name, email, member, at.0, &moved])?;
        let sql = "INSERT INTO merged_leads (former, lead) VALUES (?1, ?2)";
        self.done(sql, params![former.as_bytes(), lead.as_bytes()])
    }

    fn close_contact_merge(&mut self, merge: &ContactMerge) -> Result<(), StoreError> {
        let facts = self.facts_of(merge.lead)?;
        self.done("UPDATE contact_merges SET facts = ?2 WHERE id = ?1", params![merge.id.as_bytes(), &facts])
    }

    fn undo_contact_merge(&mut self, merge: &ContactMerge) -> Result<(), StoreError> {
        let (lead, former) = (merge.lead.as_bytes(), merge.former.as_bytes());
        let sql = "SELECT moved FROM contact_merges WHERE id = ?1";
        let text = self.one(sql, params![merge.id.as_bytes()], |row| row.get::<String>(0))?.unwrap_or_default();
        let moved: Moved = serde_json::from_str(&text)
            .map_err(|error| StoreError::Broken(format!("the rows of a merge cannot be read: {error}")))?;
        // This merge and the redirection are no rows of the former.
        self.done("DELETE FROM contact_merges WHERE id = ?1", params![merge.id.as_bytes()])?;
        self.done("DELETE FROM merged_leads WHERE former = ?1", params![former])?;
        for (name, ids) in &moved.rows {
            let sql = format!("UPDATE {name} SET lead = ?1 WHERE {} = ?2 AND lead = ?3", key(name));
            ids.iter().try_for_each(|id| self.done(&sql, params![former, id, lead]))?;
        }
        for name in &moved.whole {
            self.done(&format!("UPDATE {name} SET lead = ?1 WHERE lead = ?2"), params![former, lead])?;
        }
        let sql = "UPDATE audit SET lead = ?1 WHERE id = ?2 AND lead = ?3";
        moved.audit.iter().try_for_each(|number| self.done(sql, params![former, *number, lead]))
    }
}

impl<C: Connection> ContactMergeView for Db<C> {
    fn contact_merges(&self, lead: LeadId) -> Result<Vec<ContactMerge>, StoreError> {
        let sql = format!("{MERGE} WHERE lead = ?1 ORDER BY at DESC, id DESC");
        self.rows(&sql, params![lead.as_bytes()], merge)
    }

    fn is_as_merged(&self, merge: &ContactMerge) -> Result<bool, StoreError> {
        let sql = "SELECT facts FROM contact_merges WHERE id = ?1";
        let then = self.one(sql, params![merge.id.as_bytes()], |row| row.get::<String>(0))?;
        Ok(then == Some(self.facts_of(merge.lead)?))
    }

    fn name_of_both(&self, lead: LeadId, other: LeadId, by: Millis) -> Result<PersonName, StoreError> {
        let sql = "SELECT c.person, s.detail FROM claims c LEFT JOIN signals s \
                   ON s.site = c.site AND s.visitor = c.visitor AND s.id = c.cause \
                   WHERE c.lead IN (?1, ?3) AND (c.person <> '' OR s.received_at <= ?2) \
                   ORDER BY c.at DESC, c.cause DESC";
        self.first(sql, params![lead.as_bytes(), by.0, other.as_bytes()], |row| {
            let kept = PersonName::from(row.get::<String>(0)?);
            let name = if kept.is_empty() { detail(row, 1)?.read().person } else { kept };
            Ok(Some(name).filter(|name| !name.is_empty()))
        })
        .map(Option::unwrap_or_default)
    }
}

impl<C: Connection> Db<C> {
    /// Moves the former's rows of one table, or leaves or drops them, by the rule of the table.
    fn merge_rows(&self, table: &Table, merge: &ContactMerge, moved: &mut Moved) -> Result<(), StoreError> {
        let Table { name, kind, .. } = *table;
        let (lead, former) = (merge.lead.as_bytes(), merge.former.as_bytes());
        let change = format!("UPDATE {name} SET lead = ?1 WHERE lead = ?2");
        match table.merge {
            Merge::Keep => Ok(()),
            Merge::Move => {
                self.note_rows(table, merge.former, moved)?;
                self.done(&change, params![lead, former])
            }
            Merge::MoveIfNone if kind == Kind::Fact => {
                let has_own = self.count(name, merge.lead)? > 0;
                if !has_own && self.count(name, merge.former)? > 0 {
                    moved.whole.push(name.to_owned());
                    self.done(&change, params![lead, former])?;
                }
                Ok(())
            }
            Merge::Unite(column) => {
                let has = format!("SELECT 1 FROM {name} o WHERE o.lead = ?2 AND o.{column} = {name}.{column}");
                let sql = format!("SELECT {column} FROM {name} WHERE lead = ?1 AND NOT EXISTS ({has})");
                let ids = self.rows(&sql, params![former, lead], |row| row.get::<[u8; 16]>(0))?;
                let sql = format!("UPDATE {name} SET lead = ?1 WHERE lead = ?2 AND {column} = ?3");
                ids.iter().try_for_each(|id| self.done(&sql, params![lead, former, id]))?;
                moved.rows.insert(name.to_owned(), ids);
                Ok(())
            }
            Merge::Drop if name == HISTORY => Ok(()),
            Merge::MoveIfNone | Merge::Drop => {
                let theirs = table.of_lead().unwrap_or_default();
                self.done(&format!("DELETE FROM {name} WHERE {theirs}"), params![former])
            }
        }
    }

    /// Notes the ids of the rows that move. Deliveries go on as those of the merged contact, and spans are cut anew.
    fn note_rows(&self, table: &Table, former: LeadId, moved: &mut Moved) -> Result<(), StoreError> {
        let name = table.name;
        let sql = format!("SELECT {} FROM {name} WHERE lead = ?1", key(name));
        if name == "audit" {
            moved.audit = self.rows(&sql, params![former.as_bytes()], |row| row.get(0))?;
        } else if table.kind == Kind::Fact || name == "unconfirmed_bookings" {
            let ids = self.rows(&sql, params![former.as_bytes()], |row| row.get::<[u8; 16]>(0))?;
            moved.rows.insert(name.to_owned(), ids);
        }
        Ok(())
    }

    fn count(&self, table: &str, lead: LeadId) -> Result<i64, StoreError> {
        let sql = format!("SELECT COUNT(*) FROM {table} WHERE lead = ?1");
        Ok(self.one(&sql, params![lead.as_bytes()], |row| row.get::<i64>(0))?.unwrap_or_default())
    }

    /// The number of facts of a contact in each table, as a text.
    fn facts_of(&self, lead: LeadId) -> Result<String, StoreError> {
        let is_seen = |table: &&Table| {
            let is_moved = matches!(table.merge, Merge::Move | Merge::MoveIfNone);
            table.kind == Kind::Fact && is_moved && !UNSEEN.contains(&table.name)
        };
        let mut facts = BTreeMap::new();
        for table in CATALOGUE.iter().filter(is_seen) {
            facts.insert(table.name, self.count(table.name, lead)?);
        }
        to_json(&facts)
    }
}

/// The column by which a moved row of a table is known.
fn key(table: &str) -> &'static str {
    match table {
        "claims" => "cause",
        "lead_tags" => "tag",
        "waits_told" => "member",
        "mail_bounces" => "address",
        "merged_leads" => "former",
        _ => "id",
    }
}

fn merge(row: &Row<'_>) -> Result<ContactMerge, StoreError> {
    Ok(ContactMerge {
        id: SignalId::from_bytes(row.get(0)?),
        lead: LeadId::from_bytes(row.get(1)?),
        former: LeadId::from_bytes(row.get(2)?),
        name: row.get(3)?,
        email: row.get::<Option<String>>(4)?.and_then(|email| Email::parse(&email).ok()),
        member: row.get::<Option<[u8; 16]>>(5)?.map(RepId::from_bytes),
        at: millis(row, 6)?,
    })
}
