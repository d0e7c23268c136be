//! Members and what lets them in.

use super::row::{column, millis, to_json};
use super::{Connection, Db, Query, Row, Scope, params};
use knock_model::{ConversationId, IntegrationId, MemberState, Millis, PictureId, RepId, Role};
use knock_ports::{
    ApiKey, Integration, KnownKey, Member, MemberLedger, MemberView, OpenSession, Profile, Secret, SecretHash,
    StoreError, StoredSecret, TeamAuthor,
};
use knock_wire::Availability;

const SECRET: &str = "kind, member, role, expires_at, conversation, created_at, used_at, name, created_by, opener, \
                      integration";
const MEMBER: &str = "SELECT id, email, role, state, availability, name, title, picture FROM members";
const INTEGRATION: &str = "SELECT id, name, created_at FROM integrations";

impl<C: Connection> MemberLedger for Db<C> {
    fn create_member(&mut self, member: &Member, now: Millis) -> Result<(), StoreError> {
        let sql = "INSERT INTO members (id, email, role, state, created_at, reads_from, availability, \
                   name, title) VALUES (?1, ?2, ?3, ?4, ?5, ?5, ?6, ?7, ?8)";
        let (role, state) = (member.role.as_str(), member.state.as_str());
        let (availability, Profile { name, title, .. }) = (to_json(&member.availability)?, &*member.profile);
        let values = params![member.id.as_bytes(), &member.email, role, state, now.0, &availability, name, title];
        self.write(Scope::table("members"), sql, values)
    }

    fn save_member(&mut self, member: &Member) -> Result<(), StoreError> {
        let sql = "UPDATE members SET email = ?2, role = ?3, state = ?4, availability = ?5, name = ?6, \
                   title = ?7, picture = ?8 WHERE id = ?1";
        let (role, state) = (member.role.as_str(), member.state.as_str());
        let (availability, Profile { name, title, picture }) = (to_json(&member.availability)?, &*member.profile);
        let (id, picture) = (member.id.as_bytes(), picture.as_ref().map(PictureId::as_bytes));
        let values = params![id, &member.email, role, state, &availability, name, title, picture];
        self.write(Scope::table("members"), sql, values)
    }

    fn save_picture(
        &mut self,
        member: RepId,
        picture: Option<(PictureId, &[u8])>,
        now: Millis,
    ) -> Result<(), StoreError> {
        self.done("DELETE FROM member_pictures WHERE member = ?1", params![member.as_bytes()])?;
        let Some((id, content)) = picture else { return Ok(()) };
        let sql = "INSERT INTO member_pictures (id, member, content, created_at) VALUES (?1, ?2, ?3, ?4)";
        self.done(sql, params![id.as_bytes(), member.as_bytes(), content, now.0])
    }

    fn save_secret(&mut self, hash: SecretHash, secret: &Secret, now: Millis) -> Result<(), StoreError> {
        let (kind, member, chat, key) = match secret {
            Secret::LoginLink { member, .. } => ("login_link", Some(member), None, None),
            Secret::Session { member, .. } => ("session", Some(member), None, None),
            Secret::Chat { conversation, opener, .. } => ("chat", None, Some((conversation, opener)), None),
            Secret::ApiKey(key) => ("api_key", None, None, Some(key)),
        };
        let (author, integration) = match key.and_then(|key| key.author) {
            Some(TeamAuthor::Member(member)) => (Some(member), None),
            Some(TeamAuthor::Integration(integration)) => (None, Some(integration)),
            None => (None, None),
        };
        let member = member.or(author.as_ref());
        let conversation = chat.map(|(conversation, _)| conversation.as_bytes());
        let opener = chat.and_then(|(_, opener)| opener.as_ref()).map(|opener| &opener.0);
        let (role, name) = (key.map(|key| key.role.as_str()), key.map(|key| key.name.as_str()));
        let created_by = key.and_then(|key| key.created_by.as_ref()).map(RepId::as_bytes);
        let expires_at = secret.expires_at().map(|at| at.0);
        let sql = "INSERT INTO secrets (hash, kind, member, role, expires_at, created_at, conversation, name, created_by, \
                   opener, integration) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
        let (member, integration) = (member.map(RepId::as_bytes), integration.as_ref().map(IntegrationId::as_bytes));
        let values = params![
            &hash.0,
            kind,
            member,
            role,
            expires_at,
            now.0,
            conversation,
            name,
            created_by,
            opener,
            integration
        ];
        self.write(Scope::table("secrets"), sql, values)
    }

    fn take_secret(&mut self, hash: SecretHash) -> Result<Option<Secret>, StoreError> {
        let sql = format!("DELETE FROM secrets WHERE hash = ?1 RETURNING {SECRET}");
        Ok(self.one(&sql, params![&hash.0], stored_secret)?.map(|stored| stored.secret))
    }

    fn use_secret(&mut self, hash: SecretHash, at: Millis, expires_at: Option<Millis>) -> Result<(), StoreError> {
        let sql = "UPDATE secrets SET used_at = ?2, expires_at = COALESCE(?3, expires_at) WHERE hash = ?1";
        self.done(sql, params![&hash.0, at.0, expires_at.map(|at| at.0)])
    }

    fn forget_tokens_of(&mut self, conversation: ConversationId, opener: Option<SecretHash>) -> Result<(), StoreError> {
        // Tokens of earlier versions name no browser: they are of the one that began it.
        let sql = "DELETE FROM secrets WHERE conversation = ?1 AND (opener = ?2 OR (opener IS NULL \
                   AND ?2 = (SELECT secret FROM conversations WHERE id = ?1)))";
        self.done(sql, params![conversation.as_bytes(), opener.as_ref().map(|opener| &opener.0)])
    }

    fn forget_secrets_of(&mut self, member: RepId) -> Result<(), StoreError> {
        self.done("DELETE FROM secrets WHERE member = ?1", params![member.as_bytes()])
    }

    fn create_integration(&mut self, integration: &Integration) -> Result<(), StoreError> {
        let sql = "INSERT INTO integrations (id, name, created_at) VALUES (?1, ?2, ?3)";
        let Integration { id, name, created_at } = integration;
        self.done(sql, params![id.as_bytes(), name, created_at.0])
    }

    fn forget_expired(&mut self, now: Millis) -> Result<(), StoreError> {
        self.done("DELETE FROM secrets WHERE expires_at < ?1 AND kind <> 'api_key'", params![now.0])
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
        let sql = "SELECT hash, created_at, expires_at, used_at FROM secrets WHERE member = ?1 AND kind = 'session' \
                   AND expires_at > ?2 ORDER BY created_at DESC, hash";
        self.rows(sql, params![member.as_bytes(), now.0], |row| {
            let (since, expires_at, used_at) =
                (millis(row, 1)?, millis(row, 2)?, row.get::<Option<i64>>(3)?.map(Millis));
            Ok(OpenSession { hash: SecretHash(row.get(0)?), since, expires_at, used_at })
        })
    }

    fn secret(&self, hash: SecretHash) -> Result<Option<StoredSecret>, StoreError> {
        self.one(&format!("SELECT {SECRET} FROM secrets WHERE hash = ?1"), params![&hash.0], stored_secret)
    }

    fn opened_by(&self, opener: SecretHash) -> Result<Vec<ConversationId>, StoreError> {
        let sql = "SELECT conversation FROM secrets WHERE opener = ?1 ORDER BY created_at DESC, hash";
        self.rows(sql, params![&opener.0], |row| Ok(ConversationId::from_bytes(row.get(0)?)))
    }

    fn api_keys(&self) -> Result<Vec<KnownKey>, StoreError> {
        let sql = format!("SELECT {SECRET}, hash FROM secrets WHERE kind = 'api_key' ORDER BY created_at DESC, hash");
        let keys = self.rows(&sql, &[], |row| {
            let StoredSecret { secret, created_at, used_at } = stored_secret(row)?;
            let hash = SecretHash(row.get(11)?);
            Ok(match secret {
                Secret::ApiKey(key) => Some(KnownKey { hash, key, created_at, used_at }),
                Secret::LoginLink { .. } | Secret::Session { .. } | Secret::Chat { .. } => None,
            })
        })?;
        Ok(keys.into_iter().flatten().collect())
    }

    fn integration(&self, id: IntegrationId) -> Result<Option<Integration>, StoreError> {
        self.one(&format!("{INTEGRATION} WHERE id = ?1"), params![id.as_bytes()], integration)
    }

    fn integrations(&self) -> Result<Vec<Integration>, StoreError> {
        self.rows(&format!("{INTEGRATION} ORDER BY name"), &[], integration)
    }

    fn picture(&self, id: PictureId) -> Result<Option<Vec<u8>>, StoreError> {
        self.one("SELECT content FROM member_pictures WHERE id = ?1", params![id.as_bytes()], |row| row.get(0))
    }

    fn member(&self, id: RepId) -> Result<Option<Member>, StoreError> {
        self.read_row(&of_member(id), member)
    }
}

/// The members, in the order they joined.
pub(crate) fn all_members() -> Query {
    Query::table("members", format!("{MEMBER} WHERE state <> 'removed' ORDER BY created_at, id"))
}

/// All who are or were members.
pub(super) fn everybody() -> Query {
    Query::table("members", MEMBER)
}

pub(super) fn of_member(id: RepId) -> Query {
    Query::of("members", id.as_bytes(), format!("{MEMBER} WHERE id = ?1"))
}

fn member(row: &Row<'_>) -> Result<Member, StoreError> {
    Ok(Member {
        id: RepId::from_bytes(row.get(0)?),
        email: row.get(1)?,
        role: column(row, 2, |word: String| Role::parse(&word))?,
        state: column(row, 3, |word: String| MemberState::parse(&word))?,
        availability: column(row, 4, |text: Option<String>| match text {
            None => Some(Box::<Availability>::default()),
            Some(text) => serde_json::from_str(&text).ok(),
        })?,
        profile: Box::new(Profile {
            name: row.get(5)?,
            title: row.get(6)?,
            picture: row.get::<Option<[u8; 16]>>(7)?.map(PictureId::from_bytes),
        }),
    })
}

fn integration(row: &Row<'_>) -> Result<Integration, StoreError> {
    Ok(Integration { id: IntegrationId::from_bytes(row.get(0)?), name: row.get(1)?, created_at: millis(row, 2)? })
}

fn stored_secret(row: &Row<'_>) -> Result<StoredSecret, StoreError> {
    let id = |place| row.get::<Option<[u8; 16]>>(place);
    let instant = |place| Ok::<_, StoreError>(row.get::<Option<i64>>(place)?.map(Millis));
    let (member, conversation) = (id(1)?.map(RepId::from_bytes), id(4)?.map(ConversationId::from_bytes));
    let (expires_at, used_at, created_by) = (instant(3)?, instant(6)?, id(8)?.map(RepId::from_bytes));
    let opener = row.get::<Option<[u8; 32]>>(9)?.map(SecretHash);
    let integration = id(10)?.map(|id| TeamAuthor::Integration(IntegrationId::from_bytes(id)));
    let author = integration.or(member.map(TeamAuthor::Member));
    let (role, name) = (row.get::<Option<String>>(2)?, row.get::<Option<String>>(7)?.unwrap_or_default());
    let secret = column(row, 0, |kind: String| match kind.as_str() {
        "login_link" => Some(Secret::LoginLink { member: member?, expires_at: expires_at? }),
        "session" => Some(Secret::Session { member: member?, expires_at: expires_at? }),
        "chat" => Some(Secret::Chat { conversation: conversation?, opener, expires_at: expires_at? }),
        "api_key" => {
            let role = Role::parse(role.as_deref()?)?;
            Some(Secret::ApiKey(ApiKey { name: name.clone(), role, author, created_by, ends_at: expires_at }))
        }
        _ => None,
    })?;
    Ok(StoredSecret { secret, created_at: millis(row, 5)?, used_at })
}
