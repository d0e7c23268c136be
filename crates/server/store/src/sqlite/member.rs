//! Members and what lets them in.

use super::row::column;
use super::{Db, broken};
use knock_model::{ConversationId, Millis, RepId};
use knock_ports::{Member, MemberLedger, MemberView, Role, Secret, SecretHash, StoreError};
use rusqlite::{Row, params};

const MEMBER: &str = "SELECT id, email, role FROM members";

impl MemberLedger for Db<'_> {
    fn member_by_email(&mut self, email: &str) -> Result<Option<Member>, StoreError> {
        self.one(&format!("{MEMBER} WHERE email = ?1"), [email], member)
    }

    fn first_admin(&mut self) -> Result<Option<Member>, StoreError> {
        self.one(&format!("{MEMBER} WHERE role = 'admin' ORDER BY created_at LIMIT 1"), [], member)
    }

    fn create_member(&mut self, member: &Member, now: Millis) -> Result<(), StoreError> {
        self.0
            .execute(
                "INSERT INTO members (id, email, role, created_at) VALUES (?1, ?2, ?3, ?4)",
                params![member.id.as_bytes(), member.email, role_word(member.role), now.0],
            )
            .map(drop)
            .map_err(broken)
    }

    fn save_secret(&mut self, hash: SecretHash, secret: &Secret, now: Millis) -> Result<(), StoreError> {
        let (kind, member, role, expires_at, conversation) = match secret {
            Secret::LoginLink { member, expires_at } => ("login_link", Some(member), None, Some(expires_at.0), None),
            Secret::Session { member, expires_at } => ("session", Some(member), None, Some(expires_at.0), None),
            Secret::ApiKey { role } => ("api_key", None, Some(role_word(*role)), None, None),
            Secret::Chat { conversation } => ("chat", None, None, None, Some(conversation.as_bytes())),
        };
        self.0
            .execute(
                "INSERT INTO secrets (hash, kind, member, role, expires_at, created_at, conversation) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                params![hash.0, kind, member.map(RepId::as_bytes), role, expires_at, now.0, conversation],
            )
            .map(drop)
            .map_err(broken)
    }

    fn take_secret(&mut self, hash: SecretHash) -> Result<Option<Secret>, StoreError> {
        let sql = "DELETE FROM secrets WHERE hash = ?1 RETURNING kind, member, role, expires_at, conversation";
        self.one(sql, [hash.0], secret)
    }

    fn members(&mut self) -> Result<Vec<Member>, StoreError> {
        self.all_members()
    }

    fn forget_expired(&mut self, now: Millis) -> Result<(), StoreError> {
        self.0.execute("DELETE FROM secrets WHERE expires_at < ?1", [now.0]).map(drop).map_err(broken)
    }
}

impl MemberView for Db<'_> {
    fn secret(&self, hash: SecretHash) -> Result<Option<Secret>, StoreError> {
        self.one("SELECT kind, member, role, expires_at, conversation FROM secrets WHERE hash = ?1", [hash.0], secret)
    }

    fn member(&self, id: RepId) -> Result<Option<Member>, StoreError> {
        self.one(&format!("{MEMBER} WHERE id = ?1"), [id.as_bytes()], member)
    }

    fn all_members(&self) -> Result<Vec<Member>, StoreError> {
        self.rows(&format!("{MEMBER} ORDER BY created_at, id"), [], member)
    }
}

fn member(row: &Row<'_>) -> rusqlite::Result<Member> {
    Ok(Member {
        id: RepId::from_bytes(row.get(0)?),
        email: row.get(1)?,
        role: column(row, 2, |word: String| role(&word))?,
    })
}

fn secret(row: &Row<'_>) -> rusqlite::Result<Secret> {
    let member = row.get::<_, Option<[u8; 16]>>(1)?.map(RepId::from_bytes);
    let role_name = row.get::<_, Option<String>>(2)?;
    let expires_at = row.get::<_, Option<i64>>(3)?.map(Millis);
    let conversation = row.get::<_, Option<[u8; 16]>>(4)?.map(ConversationId::from_bytes);
    column(row, 0, |kind: String| match kind.as_str() {
        "login_link" => Some(Secret::LoginLink { member: member?, expires_at: expires_at? }),
        "session" => Some(Secret::Session { member: member?, expires_at: expires_at? }),
        "chat" => Some(Secret::Chat { conversation: conversation? }),
        "api_key" => Some(Secret::ApiKey { role: role(role_name.as_deref()?)? }),
        _ => None,
    })
}

const fn role_word(role: Role) -> &'static str {
    match role {
        Role::Admin => "admin",
        Role::Ingest => "ingest",
    }
}

fn role(word: &str) -> Option<Role> {
    match word {
        "admin" => Some(Role::Admin),
        "ingest" => Some(Role::Ingest),
        _ => None,
    }
}
