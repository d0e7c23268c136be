//! Looks of sites: their settings as JSON, and their pictures.

use super::row::{column, json, to_json};
use super::{Connection, Db, params};
use knock_model::look::LookPicture;
use knock_model::{Millis, PictureId, SiteId};
use knock_ports::{LookImage, LookLedger, LookView, StoreError};
use knock_wire::{Look, look_picture_path};
use std::collections::BTreeMap;

impl<C: Connection> LookLedger for Db<C> {
    fn save_look(&mut self, site: SiteId, look: &Look, now: Millis) -> Result<(), StoreError> {
        let sql = "INSERT INTO looks (site, look, changed_at) VALUES (?1, ?2, ?3) \
                   ON CONFLICT (site) DO UPDATE SET look = excluded.look, changed_at = excluded.changed_at";
        // The pictures have rows of their own.
        let look = Look { logo: String::new(), icon_picture: String::new(), ..look.clone() };
        self.done(sql, params![site.0, &to_json(&look)?, now.0])
    }

    fn save_look_picture(
        &mut self,
        site: SiteId,
        kind: LookPicture,
        picture: Option<(PictureId, &LookImage)>,
        now: Millis,
    ) -> Result<(), StoreError> {
        self.done("DELETE FROM look_pictures WHERE site = ?1 AND kind = ?2", params![site.0, kind.as_str()])?;
        let Some((id, LookImage { content_type, content })) = picture else { return Ok(()) };
        let sql = "INSERT INTO look_pictures (id, site, kind, content_type, content, created_at) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
        let content = content.as_slice();
        self.done(sql, params![id.as_bytes(), site.0, kind.as_str(), content_type, content, now.0])
    }
}

impl<C: Connection> LookView for Db<C> {
    fn looks(&self) -> Result<Vec<(SiteId, Look)>, StoreError> {
        let saved =
            self.rows("SELECT site, look FROM looks", params![], |row| Ok((SiteId(row.get(0)?), json(row, 1)?)))?;
        let pictures = self.rows("SELECT site, kind, id FROM look_pictures", params![], |row| {
            let kind = column(row, 1, |word: String| LookPicture::parse(&word))?;
            Ok((SiteId(row.get(0)?), kind, PictureId::from_bytes(row.get(2)?)))
        })?;
        let mut looks: BTreeMap<SiteId, Look> = saved.into_iter().collect();
        for (site, kind, id) in pictures {
            let look = looks.entry(site).or_default();
            let path = look_picture_path(Some(id));
            match kind {
                LookPicture::Logo => look.logo = path,
                LookPicture::Icon => look.icon_picture = path,
            }
        }
        Ok(looks.into_iter().collect())
    }

    fn look(&self, site: SiteId) -> Result<Look, StoreError> {
        let own = self.looks()?.into_iter().find(|(id, _)| *id == site);
        Ok(own.map(|(_, look)| look).unwrap_or_default())
    }

    fn look_picture(&self, id: PictureId) -> Result<Option<LookImage>, StoreError> {
        self.one("SELECT content_type, content FROM look_pictures WHERE id = ?1", params![id.as_bytes()], |row| {
            Ok(LookImage { content_type: row.get(0)?, content: row.get(1)? })
        })
    }
}
