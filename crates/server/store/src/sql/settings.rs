//! The settings of the workspace: a row for each that was set.

use super::{Connection, Db, params};
use knock_ports::{Settings, SettingsLedger, SettingsView, StoreError};

const WAITS_FOR_CONSENT: &str = "waits_for_consent";

impl<C: Connection> SettingsLedger for Db<C> {
    fn save_settings(&mut self, settings: &Settings) -> Result<(), StoreError> {
        let Settings { waits_for_consent } = settings;
        let sql = "INSERT INTO settings (name, value) VALUES (?1, ?2) \
                   ON CONFLICT (name) DO UPDATE SET value = excluded.value";
        self.done(sql, params![WAITS_FOR_CONSENT, &waits_for_consent.to_string()])
    }
}

impl<C: Connection> SettingsView for Db<C> {
    fn settings(&self) -> Result<Settings, StoreError> {
        let rows = self
            .rows("SELECT name, value FROM settings", &[], |row| Ok((row.get::<String>(0)?, row.get::<String>(1)?)))?;
        // What a newer version has set is none of ours.
        let is_set = |wanted: &str| rows.iter().any(|(name, value)| name == wanted && value == "true");
        Ok(Settings { waits_for_consent: is_set(WAITS_FOR_CONSENT) })
    }
}
