//! Details of contacts.

use super::row::{column, millis};
use super::{Connection, Db, Query, Row, Scope, params};
use knock_model::{ContactField, DetailSource, LeadId, RepId, SignalId};
use knock_ports::{ContactDetail, ContactDetailLedger, ContactDetailView, StoreError};

impl<C: Connection> ContactDetailLedger for Db<C> {
    fn append_contact_detail(&mut self, detail: &ContactDetail) -> Result<(), StoreError> {
        let ContactDetail { id, lead, field, value, source, member, at } = detail;
        let (scope, field, word) = (Scope::of("contact_details", lead.as_bytes()), field.as_str(), source.as_str());
        let sql = "INSERT INTO contact_details (id, field, lead, value, source, member, at) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO NOTHING";
        let member = member.as_ref().map(RepId::as_bytes);
        self.write(scope, sql, params![id.as_bytes(), field, lead.as_bytes(), value, word, member, at.0])?;
        if *source == DetailSource::Team {
            return Ok(());
        }
        let sql = "DELETE FROM contact_details WHERE lead = ?1 AND field = ?2 AND source = ?3 AND EXISTS \
                   (SELECT 1 FROM contact_details n WHERE n.lead = ?1 AND n.field = ?2 AND n.source = ?3 \
                    AND (n.at, n.id) > (contact_details.at, contact_details.id))";
        self.write(scope, sql, params![lead.as_bytes(), field, word])
    }
}

impl<C: Connection> ContactDetailView for Db<C> {
    fn contact_details(&self, lead: LeadId) -> Result<Vec<ContactDetail>, StoreError> {
        self.answers(&contact_details_of(lead), contact_detail)
    }
}

/// The details of a lead, the oldest first.
pub(crate) fn contact_details_of(lead: LeadId) -> Query {
    let sql = "SELECT id, field, lead, value, source, member, at FROM contact_details WHERE lead = ?1 ORDER BY at, id";
    Query::of("contact_details", lead.as_bytes(), sql.to_owned())
}

fn contact_detail(row: &Row<'_>) -> Result<ContactDetail, StoreError> {
    Ok(ContactDetail {
        id: SignalId::from_bytes(row.get(0)?),
        field: column(row, 1, |word: String| ContactField::parse(&word))?,
        lead: LeadId::from_bytes(row.get(2)?),
        value: row.get(3)?,
        source: column(row, 4, |word: String| DetailSource::parse(&word))?,
        member: row.get::<Option<[u8; 16]>>(5)?.map(RepId::from_bytes),
        at: millis(row, 6)?,
    })
}
