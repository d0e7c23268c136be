//! Sites.

use super::row::{column, millis};
use super::{Db, broken};
use knock_model::{Millis, SiteId};
use knock_ports::{Site, SiteLedger, SiteView, StoreError};
use rusqlite::params;

impl SiteLedger for Db<'_> {
    fn create_site(&mut self, site: &Site, now: Millis) -> Result<SiteId, StoreError> {
        let sql = "INSERT INTO sites (key, name, origins, base, demo, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6) \
                   RETURNING id";
        let demo = i64::from(site.demo);
        let created = params![site.key, site.name, site.origins.join("\n"), site.base, demo, now.0];
        self.0.query_row(sql, created, |row| row.get(0)).map(SiteId).map_err(broken)
    }

    fn save_site(&mut self, site: &Site) -> Result<(), StoreError> {
        self.0
            .execute(
                "UPDATE sites SET name = ?2, origins = ?3, base = ?4 WHERE id = ?1",
                params![site.id.0, site.name, site.origins.join("\n"), site.base],
            )
            .map(drop)
            .map_err(broken)
    }
}

impl SiteView for Db<'_> {
    fn sites(&self) -> Result<Vec<Site>, StoreError> {
        self.rows("SELECT id, key, name, origins, base, demo FROM sites ORDER BY id", [], |row| {
            Ok(Site {
                id: SiteId(row.get(0)?),
                key: row.get(1)?,
                name: row.get(2)?,
                origins: column(row, 3, |text: String| Some(text.lines().map(str::to_owned).collect()))?,
                base: row.get(4)?,
                demo: row.get::<_, i64>(5)? != 0,
            })
        })
    }

    fn last_signal_at(&self, site: SiteId) -> Result<Option<Millis>, StoreError> {
        let sql = "SELECT received_at FROM signals WHERE site = ?1 ORDER BY received_at DESC LIMIT 1";
        self.one(sql, [site.0], |row| millis(row, 0))
    }
}
