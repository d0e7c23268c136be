//! Installations of an app at a vendor that are under way.

use super::{Connection, Db};
use knock_ports::{OauthAttempt, OauthLedger, OauthView, StoreError};

impl<C: Connection> OauthLedger for Db<C> {
    fn save_oauth_attempts(&mut self, vendor: &str, attempts: &[OauthAttempt]) -> Result<(), StoreError> {
        self.save_or_drop(&attempts_at(vendor), Some(&attempts).filter(|attempts| !attempts.is_empty()))
    }
}

impl<C: Connection> OauthView for Db<C> {
    fn oauth_attempts(&self, vendor: &str) -> Result<Vec<OauthAttempt>, StoreError> {
        Ok(self.setting(&attempts_at(vendor))?.unwrap_or_default())
    }
}

fn attempts_at(vendor: &str) -> String {
    format!("oauth_{vendor}")
}
