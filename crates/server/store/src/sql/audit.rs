//! The audit log.

use super::record::holding;
use super::row::{json, millis, to_json};
use super::{Connection, Db, Row, params};
use knock_model::LeadId;
use knock_ports::{AuditEntry, AuditFilter, AuditLedger, AuditSubject, AuditView, StoreError, StoredAudit};

const ENTRY: &str = "SELECT id, at, actor_kind, actor_id, actor_name, action, subject_kind, subject_id, subject_name, \
                     before_json, after_json, receipt FROM audit";

impl<C: Connection> AuditLedger for Db<C> {
    fn append_audit(&mut self, entry: &AuditEntry) -> Result<(), StoreError> {
        let sql = "INSERT INTO audit (at, actor_kind, actor_id, actor_name, action, subject_kind, subject_id, \
                   subject_name, before_json, after_json, lead, receipt) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)";
        let AuditEntry { at, actor, action, subject, lead, before, after, receipt } = entry;
        let (before, after, actor_id) = (to_json(before)?, to_json(after)?, actor.id());
        let (kind, name) = (actor.kind().as_str(), actor.name());
        let (of, lead) = (subject, lead.as_ref().map(LeadId::as_bytes));
        let (subject_kind, subject_id, subject_name) = (&of.kind, &of.id, &of.name);
        let action = action.as_str();
        self.done(
            sql,
            params![
                at.0,
                kind,
                &actor_id,
                name,
                action,
                subject_kind,
                subject_id,
                subject_name,
                &before,
                &after,
                lead,
                receipt
            ],
        )
    }

    fn redact_audit(&mut self, lead: LeadId, receipt: &str) -> Result<(), StoreError> {
        let sql = "UPDATE audit SET lead = NULL, subject_id = '', subject_name = '', before_json = '{}', \
                   after_json = '{}', receipt = ?2 WHERE lead = ?1";
        self.done(sql, params![lead.as_bytes(), receipt])
    }
}

impl<C: Connection> AuditView for Db<C> {
    fn audit(&self, filter: &AuditFilter, below: i64, limit: u32) -> Result<Vec<StoredAudit>, StoreError> {
        let like = C::DIALECT.like;
        let searched = ["actor_name", "subject_name", "action", "receipt"];
        let found = searched.map(|column| format!("{column} {like} ?6 ESCAPE '\\'")).join(" OR ");
        let sql = format!(
            "{ENTRY} WHERE id < ?1 AND at >= ?2 AND at < ?3 AND (?4 = '' OR action = ?4) \
             AND (?5 = '' OR actor_id = ?5) AND ({found}) ORDER BY id DESC LIMIT ?7"
        );
        let AuditFilter { search, action, actor, from, to } = filter;
        let search = holding(search.trim());
        self.rows(&sql, params![below, from.0, to.0, action, actor, &search, limit], entry)
    }

    fn audit_of(&self, lead: LeadId) -> Result<Vec<StoredAudit>, StoreError> {
        self.rows(&format!("{ENTRY} WHERE lead = ?1 ORDER BY id"), params![lead.as_bytes()], entry)
    }
}

fn entry(row: &Row<'_>) -> Result<StoredAudit, StoreError> {
    Ok(StoredAudit {
        number: row.get(0)?,
        at: millis(row, 1)?,
        actor_kind: row.get(2)?,
        actor_id: row.get(3)?,
        actor_name: row.get(4)?,
        action: row.get(5)?,
        subject: AuditSubject { kind: row.get(6)?, id: row.get(7)?, name: row.get(8)? },
        before: json(row, 9)?,
        after: json(row, 10)?,
        receipt: row.get(11)?,
    })
}
