//! Sites.

use super::row::{column, json, millis, to_json};
use super::{Db, broken};
use knock_model::{Millis, SiteId};
use knock_ports::{Site, SiteLedger, SiteView, StoreError};
use rusqlite::params;

impl SiteLedger for Db<'_> {
    fn create_site(&mut self, site: &Site, now: Millis) -> Result<SiteId, StoreError> {
        let sql = "INSERT INTO sites (key, name, origins, base, demo, categories, created_at) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) RETURNING id";
        let demo = i64::from(site.demo);
        let categories = to_json(&site.categories)?;
        let created = params![site.key, site.name, site.origins.join("\n"), site.base, demo, categories, now.0];
        self.0.query_row(sql, created, |row| row.get(0)).map(SiteId).map_err(broken)
    }

    fn save_site(&mut self, site: &Site) -> Result<(), StoreError> {
        let sql = "UPDATE sites SET name = ?2, origins = ?3, base = ?4, categories = ?5 WHERE id = ?1";
        let categories = to_json(&site.categories)?;
        self.done(sql, params![site.id.0, site.name, site.origins.join("\n"), site.base, categories])
    }
}

impl SiteView for Db<'_> {
    fn sites(&self) -> Result<Vec<Site>, StoreError> {
        self.rows("SELECT id, key, name, origins, base, demo, categories FROM sites ORDER BY id", [], |row| {
            Ok(Site {
                id: SiteId(row.get(0)?),
                key: row.get(1)?,
                name: row.get(2)?,
                origins: column(row, 3, |text: String| Some(text.lines().map(str::to_owned).collect()))?,
                base: row.get(4)?,
                demo: row.get::<_, i64>(5)? != 0,
                categories: json(row, 6)?,
            })
        })
    }

    fn last_signal_at(&self, site: SiteId) -> Result<Option<Millis>, StoreError> {
        let sql = "SELECT received_at FROM signals WHERE site = ?1 ORDER BY received_at DESC LIMIT 1";
        self.one(sql, [site.0], |row| millis(row, 0))
    }
}
