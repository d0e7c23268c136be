//! Members and what lets them in.

use super::row::{column, millis};
use super::{Connection, Db, Query, Row, Scope, params};
use knock_model::{ConversationId, MemberState, Millis, RepId, Role};
use knock_ports::{Member, MemberLedger, MemberView, OpenSession, Secret, SecretHash, StoreError};

const MEMBER: &str = "SELECT id, email, role, state FROM members";

impl<C: Connection> MemberLedger for Db<C> {
    fn create_member(&mut self, member: &Member, now: Millis) -> Result<(), StoreError> {
        let sql = "INSERT INTO members (id, email, role, state, created_at) VALUES (?1, ?2, ?3, ?4, ?5)";
        let (role, state) = (member.role.as_str(), member.state.as_str());
        let values = params![member.id.as_bytes(), &member.email, role, state, now.0];
        self.write(Scope::table("members"), sql, values)
    }

    fn save_member(&mut self, member: &Member) -> Result<(), StoreError> {
        let sql = "UPDATE members SET email = ?2, role = ?3, state = ?4 WHERE id = ?1";
        let (role, state) = (member.role.as_str(), member.state.as_str());
        self.write(Scope::table("members"), sql, params![member.id.as_bytes(), &member.email, role, state])
    }

    fn save_secret(&mut self, hash: SecretHash, secret: &Secret, now: Millis) -> Result<(), StoreError> {
        let (kind, member, role, expires_at, conversation) = match secret {
            Secret::LoginLink { member, expires_at } => ("login_link", Some(member), None, Some(expires_at.0), None),
            Secret::Session { member, expires_at } => ("session", Some(member), None, Some(expires_at.0), None),
            Secret::ApiKey { role } => ("api_key", None, Some(role.as_str()), None, None),
            Secret::Chat { conversation } => ("chat", None, None, None, Some(conversation.as_bytes())),
        };
        let sql = "INSERT INTO secrets (hash, kind, member, role, expires_at, created_at, conversation) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
        let values = params![&hash.0, kind, member.map(RepId::as_bytes), role, expires_at, now.0, conversation];
        self.write(Scope::table("secrets"), sql, values)
    }

    fn take_secret(&mut self, hash: SecretHash) -> Result<Option<Secret>, StoreError> {
        let sql = "DELETE FROM secrets WHERE hash = ?1 RETURNING kind, member, role, expires_at, conversation";
        self.one(sql, params![&hash.0], secret)
    }

    fn forget_secrets_of(&mut self, member: RepId) -> Result<(), StoreError> {
        self.done("DELETE FROM secrets WHERE member = ?1", params![member.as_bytes()])
    }

    fn forget_expired(&mut self, now: Millis) -> Result<(), StoreError> {
        self.done("DELETE FROM secrets WHERE expires_at < ?1", params![now.0])
    }
}

impl<C: Connection> MemberView for Db<C> {
    fn member_by_email(&self, email: &str) -> Result<Option<Member>, StoreError> {
        self.one(&format!("{MEMBER} WHERE email = ?1"), params![email], member)
    }

    fn first_admin(&self) -> Result<Option<Member>, StoreError> {
        self.one(
            &format!("{MEMBER} WHERE role = 'admin' AND state = 'active' ORDER BY created_at LIMIT 1"),
            &[],
            member,
        )
    }

    fn members(&self) -> Result<Vec<Member>, StoreError> {
        self.answers(&all_members(), member)
    }

    fn sessions(&self, member: RepId, now: Millis) -> Result<Vec<OpenSession>, StoreError> {
        let sql = "SELECT hash, created_at, expires_at FROM secrets WHERE member = ?1 AND kind = 'session' \
                   AND expires_at > ?2 ORDER BY created_at DESC, hash";
        self.rows(sql, params![member.as_bytes(), now.0], |row| {
            Ok(OpenSession { hash: SecretHash(row.get(0)?), since: millis(row, 1)?, expires_at: millis(row, 2)? })
        })
    }

    fn secret(&self, hash: SecretHash) -> Result<Option<Secret>, StoreError> {
        self.one(
            "SELECT kind, member, role, expires_at, conversation FROM secrets WHERE hash = ?1",
            params![&hash.0],
            secret,
        )
    }

    fn member(&self, id: RepId) -> Result<Option<Member>, StoreError> {
        self.one(&format!("{MEMBER} WHERE id = ?1"), params![id.as_bytes()], member)
    }
}

/// The members, in the order they joined.
pub(crate) fn all_members() -> Query {
    Query::table("members", format!("{MEMBER} WHERE state <> 'removed' ORDER BY created_at, id"))
}

fn member(row: &Row<'_>) -> Result<Member, StoreError> {
    Ok(Member {
        id: RepId::from_bytes(row.get(0)?),
        email: row.get(1)?,
        role: column(row, 2, |word: String| Role::parse(&word))?,
        state: column(row, 3, |word: String| MemberState::parse(&word))?,
    })
}

fn secret(row: &Row<'_>) -> Result<Secret, StoreError> {
    let member = row.get::<Option<[u8; 16]>>(1)?.map(RepId::from_bytes);
    let role_name = row.get::<Option<String>>(2)?;
    let expires_at = row.get::<Option<i64>>(3)?.map(Millis);
    let conversation = row.get::<Option<[u8; 16]>>(4)?.map(ConversationId::from_bytes);
    column(row, 0, |kind: String| match kind.as_str() {
        "login_link" => Some(Secret::LoginLink { member: member?, expires_at: expires_at? }),
        "session" => Some(Secret::Session { member: member?, expires_at: expires_at? }),
        "chat" => Some(Secret::Chat { conversation: conversation? }),
        "api_key" => Some(Secret::ApiKey { role: Role::parse(role_name.as_deref()?)? }),
        _ => None,
    })
}
