//! Tags of the workspace, and those of leads.

use super::row::{column, millis};
use super::{Connection, Db, Query, Row, params};
use knock_model::{LeadId, RepId, TagColor, TagId};
use knock_ports::{LeadTag, StoreError, Tag, TagLedger, TagView};

impl<C: Connection> TagLedger for Db<C> {
    fn save_tag(&mut self, tag: &Tag) -> Result<(), StoreError> {
        let sql = "INSERT INTO tags (id, name, color) VALUES (?1, ?2, ?3) \
                   ON CONFLICT (id) DO UPDATE SET name = excluded.name, color = excluded.color";
        self.done(sql, params![tag.id.as_bytes(), &tag.name, tag.color.as_str()])
    }

    fn drop_tag(&mut self, id: TagId) -> Result<(), StoreError> {
        self.done("DELETE FROM lead_tags WHERE tag = ?1", params![id.as_bytes()])?;
        self.done("DELETE FROM tags WHERE id = ?1", params![id.as_bytes()])
    }

    fn tag_lead(&mut self, set: &LeadTag) -> Result<bool, StoreError> {
        let sql = "INSERT INTO lead_tags (lead, tag, member, at) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING";
        let LeadTag { lead, tag, member, at } = set;
        let member = member.as_ref().map(RepId::as_bytes);
        Ok(self.changed(sql, params![lead.as_bytes(), tag.as_bytes(), member, at.0])? > 0)
    }

    fn untag_lead(&mut self, lead: LeadId, tag: TagId) -> Result<bool, StoreError> {
        let sql = "DELETE FROM lead_tags WHERE lead = ?1 AND tag = ?2";
        Ok(self.changed(sql, params![lead.as_bytes(), tag.as_bytes()])? > 0)
    }
}

impl<C: Connection> TagView for Db<C> {
    fn tags(&self) -> Result<Vec<Tag>, StoreError> {
        let all = Query::table("tags", "SELECT id, name, color FROM tags ORDER BY lower(name), id");
        self.read_rows(&all, |row| {
            let color = column(row, 2, |word: String| TagColor::parse(&word))?;
            Ok(Tag { id: TagId::from_bytes(row.get(0)?), name: row.get(1)?, color })
        })
    }

    fn tag_uses(&self) -> Result<Vec<(TagId, u32)>, StoreError> {
        let sql = "SELECT t.tag, COUNT(*) FROM lead_tags t JOIN leads l ON l.id = t.lead \
                   WHERE l.is_spam = 0 GROUP BY t.tag ORDER BY t.tag";
        self.rows(sql, params![], |row| Ok((TagId::from_bytes(row.get(0)?), row.get(1)?)))
    }

    fn tags_of(&self, lead: LeadId) -> Result<Vec<LeadTag>, StoreError> {
        self.read_rows(&tags_of(lead), tag_of_lead)
    }
}

/// The query for the tags of a lead.
pub(super) fn tags_of(lead: LeadId) -> Query {
    let sql = "SELECT lead, tag, member, at FROM lead_tags WHERE lead = ?1 ORDER BY at, tag";
    Query::of("lead_tags", lead.as_bytes(), sql)
}

fn tag_of_lead(row: &Row<'_>) -> Result<LeadTag, StoreError> {
    Ok(LeadTag {
        lead: LeadId::from_bytes(row.get(0)?),
        tag: TagId::from_bytes(row.get(1)?),
        member: row.get::<Option<[u8; 16]>>(2)?.map(RepId::from_bytes),
        at: millis(row, 3)?,
    })
}
