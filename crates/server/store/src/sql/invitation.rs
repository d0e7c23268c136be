//! Messages by which members write to visitors first.

use super::row::millis;
use super::{Connection, Db, Query, Row, Scope, params};
use knock_model::{ConversationId, MessageId, Millis, RepId, SessionId, SiteId, VisitorId};
use knock_ports::{Invitation, InvitationLedger, InvitationView, SecretHash, SentInvitation, StoreError};

const COLUMNS: &str = "i.id, i.conversation, i.seq, i.site, i.visitor, i.rep, i.at, i.shown_at, i.url, i.closed_at";
/// The number of later messages of the lead.
const ANSWERS: &str =
    "(SELECT COUNT(*) FROM messages m WHERE m.conversation = i.conversation AND m.author = 'lead' AND m.seq > i.seq)";

impl<C: Connection> InvitationLedger for Db<C> {
    fn save_invitation(&mut self, invitation: &Invitation) -> Result<(), StoreError> {
        let sql = "INSERT INTO invitations (id, conversation, seq, site, visitor, rep, at, shown_at, url, closed_at) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) ON CONFLICT (id) DO UPDATE SET \
                   shown_at = excluded.shown_at, url = excluded.url, closed_at = excluded.closed_at";
        let Invitation { id, conversation, seq, site, visitor, rep, at, shown_at, url, closed_at } = invitation;
        let seq = i64::try_from(*seq).unwrap_or(i64::MAX);
        let (id, conversation, visitor, rep) =
            (id.as_bytes(), conversation.as_bytes(), visitor.as_bytes(), rep.as_bytes());
        let (shown_at, closed_at) = (shown_at.map(|at| at.0), closed_at.map(|at| at.0));
        let scope = Scope::of("invitations", conversation);
        self.write(scope, sql, params![id, conversation, seq, site.0, visitor, rep, at.0, shown_at, url, closed_at])
    }

    fn drop_invitation(&mut self, id: MessageId) -> Result<(), StoreError> {
        self.done("DELETE FROM invitations WHERE id = ?1", params![id.as_bytes()])
    }

    fn bind_secret(&mut self, conversation: ConversationId, secret: SecretHash) -> Result<(), StoreError> {
        let sql = "UPDATE conversations SET secret = ?2 WHERE id = ?1 AND secret IS NULL";
        self.done(sql, params![conversation.as_bytes(), &secret.0])
    }
}

impl<C: Connection> InvitationView for Db<C> {
    fn invitation(&self, id: MessageId) -> Result<Option<Invitation>, StoreError> {
        self.one(&format!("SELECT {COLUMNS} FROM invitations i WHERE i.id = ?1"), params![id.as_bytes()], invitation)
    }

    fn invitations_to(
        &self,
        site: SiteId,
        visitor: VisitorId,
        since: Millis,
    ) -> Result<Vec<SentInvitation>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS}, {ANSWERS} FROM invitations i WHERE i.site = ?1 AND i.visitor = ?2 AND i.at >= ?3 \
             ORDER BY i.at DESC, i.seq DESC, i.id DESC"
        );
        self.rows(&sql, params![site.0, visitor.as_bytes(), since.0], |row| {
            Ok(SentInvitation { invitation: invitation(row)?, is_answered: row.get::<i64>(10)? > 0 })
        })
    }

    fn invitations_in(&self, conversation: ConversationId) -> Result<Vec<Invitation>, StoreError> {
        self.answers(&invitations_of(conversation), invitation)
    }

    fn session_since(&self, site: SiteId, visitor: VisitorId, since: Millis) -> Result<Option<SessionId>, StoreError> {
        let sql = "SELECT session FROM signals WHERE site = ?1 AND visitor = ?2 AND at >= ?3 \
                   ORDER BY at DESC, id DESC LIMIT 1";
        self.one(sql, params![site.0, visitor.as_bytes(), since.0], |row| row.get(0).map(SessionId::from_bytes))
    }
}

/// The invitations in a conversation, by their number.
pub(crate) fn invitations_of(conversation: ConversationId) -> Query {
    let sql = format!("SELECT {COLUMNS} FROM invitations i WHERE i.conversation = ?1 ORDER BY i.seq");
    Query::of("invitations", conversation.as_bytes(), sql)
}

fn invitation(row: &Row<'_>) -> Result<Invitation, StoreError> {
    let instant = |at: usize| Ok::<_, StoreError>(row.get::<Option<i64>>(at)?.map(Millis));
    Ok(Invitation {
        id: MessageId::from_bytes(row.get(0)?),
        conversation: ConversationId::from_bytes(row.get(1)?),
        seq: row.get::<i64>(2)?.unsigned_abs(),
        site: SiteId(row.get(3)?),
        visitor: VisitorId::from_bytes(row.get(4)?),
        rep: RepId::from_bytes(row.get(5)?),
        at: millis(row, 6)?,
        shown_at: instant(7)?,
        url: row.get(8)?,
        closed_at: instant(9)?,
    })
}
