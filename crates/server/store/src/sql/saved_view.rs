//! Views of lists that members saved.

use super::row::millis;
use super::{Connection, Db, params};
use knock_model::{RepId, SavedViewId};
use knock_ports::{SavedView, SavedViewLedger, SavedViewView, StoreError};

impl<C: Connection> SavedViewLedger for Db<C> {
    fn save_view(&mut self, view: &SavedView) -> Result<(), StoreError> {
        let sql = "INSERT INTO saved_views (id, member, page, name, query, created_by, created_at) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (id) DO UPDATE SET member = excluded.member, \
                   page = excluded.page, name = excluded.name, query = excluded.query";
        let SavedView { id, member, page, name, query, created_by, created_at } = view;
        let member = member.as_ref().map(RepId::as_bytes);
        self.done(sql, params![id.as_bytes(), member, page, name, query, created_by, created_at.0])
    }

    fn drop_view(&mut self, id: SavedViewId) -> Result<bool, StoreError> {
        Ok(self.changed("DELETE FROM saved_views WHERE id = ?1", params![id.as_bytes()])? > 0)
    }
}

impl<C: Connection> SavedViewView for Db<C> {
    fn saved_views(&self, of: Option<RepId>) -> Result<Vec<SavedView>, StoreError> {
        let sql = "SELECT id, member, page, name, query, created_by, created_at FROM saved_views \
                   WHERE member IS NULL OR member = ?1 ORDER BY page, lower(name), id";
        self.rows(sql, params![of.as_ref().map(RepId::as_bytes)], |row| {
            Ok(SavedView {
                id: SavedViewId::from_bytes(row.get(0)?),
                member: row.get::<Option<[u8; 16]>>(1)?.map(RepId::from_bytes),
                page: row.get(2)?,
                name: row.get(3)?,
                query: row.get(4)?,
                created_by: row.get(5)?,
                created_at: millis(row, 6)?,
            })
        })
    }
}
