//! Segment templates.

use super::row::{json, to_json};
use super::{Connection, Db, params};
use knock_ports::{SegmentTemplate, SegmentTemplateLedger, SegmentTemplateView, StoreError};

impl<C: Connection> SegmentTemplateLedger for Db<C> {
    fn save_segment_template(&mut self, template: &SegmentTemplate) -> Result<(), StoreError> {
        let sql = "INSERT INTO segment_templates (id, name, body) VALUES (?1, ?2, ?3) \
                   ON CONFLICT (id) DO UPDATE SET name = excluded.name, body = excluded.body";
        let SegmentTemplate { id, name, when } = template;
        self.done(sql, params![id, name, &to_json(when)?])
    }

    fn drop_segment_template(&mut self, id: &str) -> Result<(), StoreError> {
        self.done("DELETE FROM segment_templates WHERE id = ?1", params![id])
    }
}

impl<C: Connection> SegmentTemplateView for Db<C> {
    fn segment_templates(&self) -> Result<Vec<SegmentTemplate>, StoreError> {
        let sql = "SELECT id, name, body FROM segment_templates ORDER BY lower(name), id";
        self.rows(sql, &[], |row| Ok(SegmentTemplate { id: row.get(0)?, name: row.get(1)?, when: json(row, 2)? }))
    }
}
