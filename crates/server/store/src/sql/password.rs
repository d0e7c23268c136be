//! Passwords of members.

use super::{Connection, Db, params};
use knock_model::{Millis, RepId};
use knock_ports::{PasswordHash, PasswordLedger, PasswordView, SecretHash, StoreError};

impl<C: Connection> PasswordLedger for Db<C> {
    fn save_password(&mut self, member: RepId, hash: &PasswordHash, now: Millis) -> Result<(), StoreError> {
        let sql = "INSERT INTO passwords (member, hash, set_at) VALUES (?1, ?2, ?3) \
                   ON CONFLICT (member) DO UPDATE SET hash = excluded.hash, set_at = excluded.set_at";
        self.done(sql, params![member.as_bytes(), &hash.0, now.0])
    }

    fn forget_password(&mut self, member: RepId) -> Result<(), StoreError> {
        self.done("DELETE FROM passwords WHERE member = ?1", params![member.as_bytes()])
    }

    fn forget_other_secrets_of(&mut self, member: RepId, but: SecretHash) -> Result<(), StoreError> {
        self.done(
            "DELETE FROM secrets WHERE member = ?1 AND hash <> ?2 AND kind <> 'api_key'",
            params![member.as_bytes(), &but.0],
        )
    }
}

impl<C: Connection> PasswordView for Db<C> {
    fn password(&self, member: RepId) -> Result<Option<PasswordHash>, StoreError> {
        let sql = "SELECT hash FROM passwords WHERE member = ?1";
        self.one(sql, params![member.as_bytes()], |row| row.get(0).map(PasswordHash))
    }
}
