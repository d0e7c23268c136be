//! Handoffs of visitors between sites that were redeemed.

use super::{Connection, Db, params};
use knock_model::Millis;
use knock_ports::{HandoffLedger, SecretHash, StoreError};

impl<C: Connection> HandoffLedger for Db<C> {
    fn redeem_handoff(&mut self, token: SecretHash, expires_at: Millis, now: Millis) -> Result<bool, StoreError> {
        self.done("DELETE FROM redeemed_handoffs WHERE expires_at <= ?1", params![now.0])?;
        let sql = "INSERT INTO redeemed_handoffs (token, expires_at) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
        Ok(self.changed(sql, params![&token.0, expires_at.0])? > 0)
    }
}
