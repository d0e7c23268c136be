//! Values of custom fields.

use super::row::{column, json, millis, to_json};
use super::{Connection, Db, Query, Row, Scope, params};
use knock_model::{CustomFieldSource, LeadId, SignalId};
use knock_ports::{CustomValue, CustomValueLedger, CustomValueView, StoreError};

impl<C: Connection> CustomValueLedger for Db<C> {
    fn append_custom_value(&mut self, value: &CustomValue) -> Result<(), StoreError> {
        let CustomValue { id, name, lead, value, source, at } = value;
        let (scope, value, source) = (Scope::of("custom_values", lead.as_bytes()), to_json(value)?, source.as_str());
        let sql = "INSERT INTO custom_values (id, name, lead, value, source, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6) \
                   ON CONFLICT DO NOTHING";
        self.write(scope, sql, params![id.as_bytes(), name, lead.as_bytes(), &value, source, at.0])?;
        let sql = "DELETE FROM custom_values WHERE lead = ?1 AND name = ?2 AND source = ?3 AND EXISTS \
                   (SELECT 1 FROM custom_values n WHERE n.lead = ?1 AND n.name = ?2 AND n.source = ?3 \
                    AND (n.at, n.id) > (custom_values.at, custom_values.id))";
        self.write(scope, sql, params![lead.as_bytes(), name, source])
    }
}

impl<C: Connection> CustomValueView for Db<C> {
    fn custom_values(&self, lead: LeadId) -> Result<Vec<CustomValue>, StoreError> {
        let mut values = self.answers(&custom_values_of(lead), custom_value)?;
        // The newest of each name stands first.
        values.dedup_by(|older, newer| older.name == newer.name);
        Ok(values)
    }
}

/// The values of a lead, those of a name together, the newest first.
pub(crate) fn custom_values_of(lead: LeadId) -> Query {
    let sql = "SELECT id, name, lead, value, source, at FROM custom_values WHERE lead = ?1 \
               ORDER BY name, at DESC, id DESC";
    Query::of("custom_values", lead.as_bytes(), sql.to_owned())
}

fn custom_value(row: &Row<'_>) -> Result<CustomValue, StoreError> {
    Ok(CustomValue {
        id: SignalId::from_bytes(row.get(0)?),
        name: row.get(1)?,
        lead: LeadId::from_bytes(row.get(2)?),
        value: json(row, 3)?,
        source: column(row, 4, |word: String| CustomFieldSource::parse(&word))?,
        at: millis(row, 5)?,
    })
}
