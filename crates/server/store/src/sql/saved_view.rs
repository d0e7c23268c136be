//! Views of tables that members saved.

use super::row::millis;
use super::{Connection, Db, params};
use knock_model::SavedViewId;
use knock_ports::{SavedView, SavedViewLedger, SavedViewView, StoreError};

impl<C: Connection> SavedViewLedger for Db<C> {
    fn save_view(&mut self, view: &SavedView) -> Result<(), StoreError> {
        let sql = "INSERT INTO saved_views (id, page, name, query, created_by, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6) \
                   ON CONFLICT (id) DO UPDATE SET page = excluded.page, name = excluded.name, query = excluded.query";
        let SavedView { id, page, name, query, created_by, created_at } = view;
        self.done(sql, params![id.as_bytes(), page, name, query, created_by, created_at.0])
    }

    fn drop_view(&mut self, id: SavedViewId) -> Result<bool, StoreError> {
        Ok(self.changed("DELETE FROM saved_views WHERE id = ?1", params![id.as_bytes()])? > 0)
    }
}

impl<C: Connection> SavedViewView for Db<C> {
    fn saved_views(&self) -> Result<Vec<SavedView>, StoreError> {
        let sql =
            "SELECT id, page, name, query, created_by, created_at FROM saved_views ORDER BY page, lower(name), id";
        self.rows(sql, &[], |row| {
            Ok(SavedView {
                id: SavedViewId::from_bytes(row.get(0)?),
                page: row.get(1)?,
                name: row.get(2)?,
                query: row.get(3)?,
                created_by: row.get(4)?,
                created_at: millis(row, 5)?,
            })
        })
    }
}
