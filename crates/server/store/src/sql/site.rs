//! Sites.

use super::row::{column, json, millis, to_json};
use super::{Connection, Db, params};
use crate::statement::Query;
use knock_model::{IdentifyPolicy, Millis, SiteId};
use knock_ports::{Site, SiteLedger, SiteView, StoreError};

impl<C: Connection> SiteLedger for Db<C> {
    fn create_site(&mut self, site: &Site, now: Millis) -> Result<SiteId, StoreError> {
        let sql = "INSERT INTO sites (key, name, origins, base, demo, categories, created_at, identify, identify_round) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) RETURNING id";
        let (demo, identify) = (i64::from(site.demo), site.identify.as_str());
        let (categories, origins) = (to_json(&site.categories)?, site.origins.join("\n"));
        let round = site.identify_round;
        let created = params![&site.key, &site.name, &origins, &site.base, demo, &categories, now.0, identify, round];
        let id = self.one(sql, created, |row| row.get(0).map(SiteId))?;
        id.ok_or_else(|| StoreError::Broken("a site got no number".into()))
    }

    fn save_site(&mut self, site: &Site) -> Result<(), StoreError> {
        let sql = "UPDATE sites SET name = ?2, origins = ?3, base = ?4, categories = ?5, identify = ?6 WHERE id = ?1";
        let (categories, identify) = (to_json(&site.categories)?, site.identify.as_str());
        self.done(sql, params![site.id.0, &site.name, &site.origins.join("\n"), &site.base, &categories, identify])
    }

    fn rotate_identify_secret(&mut self, site: SiteId) -> Result<(), StoreError> {
        self.done("UPDATE sites SET identify_round = identify_round + 1 WHERE id = ?1", params![site.0])
    }

    fn remove_site(&mut self, site: SiteId, now: Millis) -> Result<bool, StoreError> {
        let sql = "UPDATE sites SET removed_at = ?2 WHERE id = ?1 AND removed_at IS NULL";
        Ok(self.changed(sql, params![site.0, now.0])? > 0)
    }
}

/// All sites, also those that were removed.
pub(crate) fn all_sites() -> Query {
    let sql = "SELECT id, key, name, origins, base, demo, categories, identify, identify_round, removed_at \
               FROM sites ORDER BY id";
    Query::table("sites", sql)
}

impl<C: Connection> SiteView for Db<C> {
    fn site(&self, id: SiteId) -> Result<Option<Site>, StoreError> {
        Ok(self.sites()?.into_iter().find(|site| site.id == id))
    }

    fn sites(&self) -> Result<Vec<Site>, StoreError> {
        self.answers(&all_sites(), |row| {
            Ok(Site {
                id: SiteId(row.get(0)?),
                key: row.get(1)?,
                name: row.get(2)?,
                origins: column(row, 3, |text: String| Some(text.lines().map(str::to_owned).collect()))?,
                base: row.get(4)?,
                demo: row.get::<i64>(5)? != 0,
                categories: json(row, 6)?,
                identify: column(row, 7, |word: String| IdentifyPolicy::parse(&word))?,
                identify_round: row.get(8)?,
                removed_at: row.get::<Option<i64>>(9)?.map(Millis),
            })
        })
    }

    fn last_signal_at(&self, site: SiteId) -> Result<Option<Millis>, StoreError> {
        let sql = "SELECT received_at FROM arrivals WHERE site = ?1 ORDER BY received_at DESC LIMIT 1";
        self.one(sql, params![site.0], |row| millis(row, 0))
    }
}
