//! What a warehouse reads: the rows of a table by pages, in the order of their instants.

use super::chat::{conversation, course};
use super::meeting::meeting;
use super::message::message;
use super::routing::decided;
use super::row::maybe_millis;
use super::signal::{COLUMNS, LEAD_OF_SIGNAL, stored};
use super::{Connection, Db, Row, params};

use knock_model::{ConversationId, LeadId, Millis, SiteId};
use knock_ports::{
    Conversation, Cursor, Decided, Marked, MarkedCourse, Meeting, SignalPlace, StoreError, StoredSignal, Stretch,
    WarehouseView, WrittenMessage, WrittenPlace,
};

/// The first place of all.
const BEGIN: Cursor = Cursor { at: Millis(i64::MIN), id: [0; 16] };
/// The ids before and after all others.
const FIRST: [u8; 16] = [0; 16];
const LAST: [u8; 16] = [0xff; 16];

/// Whether a lead is marked as spam; 0 for one without a record. `lead` is the column of its id.
fn is_spam(lead: &str) -> String {
    format!("COALESCE((SELECT marked.is_spam FROM leads marked WHERE marked.id = {lead}), 0)")
}

impl<C: Connection> WarehouseView for Db<C> {
    fn warehouse_signals(
        &self,
        stretch: Stretch,
        after: Option<SignalPlace>,
    ) -> Result<Vec<Marked<StoredSignal>>, StoreError> {
        // Site by site, as the index has them.
        let mut found = Vec::new();
        for site in self.sites_with_signals()? {
            found.extend(self.signals_of_site(site, stretch, after)?);
        }
        let place = |Marked { row: StoredSignal { site, visitor, signal, .. }, .. }: &Marked<StoredSignal>| {
            SignalPlace { received_at: signal.received_at, site: *site, visitor: *visitor, id: signal.id }
        };
        found.sort_by_key(place);
        found.truncate(usize::try_from(stretch.limit).unwrap_or(usize::MAX));
        Ok(found)
    }

    fn warehouse_messages(
        &self,
        stretch: Stretch,
        after: Option<WrittenPlace>,
    ) -> Result<Vec<Marked<WrittenMessage>>, StoreError> {
        let spam = is_spam("c.lead");
        let sql = format!(
            "SELECT m.seq, m.id, m.author, m.rep, m.text, m.at, m.choices, m.source, m.unanswered, m.files, m.card, \
             m.channel, m.conversation, c.lead, c.site, {spam} \
             FROM messages m JOIN conversations c ON c.id = m.conversation \
             WHERE m.at >= ?1 AND m.at < ?2 AND (m.at, m.conversation, m.seq) > (?3, ?4, ?5) \
             ORDER BY m.at, m.conversation, m.seq LIMIT ?6"
        );
        let (at, conversation, seq) = after.map_or((BEGIN.at, FIRST, 0), |place| {
            (place.at, *place.conversation.as_bytes(), i64::try_from(place.seq).unwrap_or(i64::MAX))
        });
        let range = params![stretch.from.max(at).0, stretch.to.0, at.0, &conversation, seq, stretch.limit];
        self.rows(&sql, range, |row| {
            let row_of = WrittenMessage {
                conversation: ConversationId::from_bytes(row.get(12)?),
                lead: LeadId::from_bytes(row.get(13)?),
                site: SiteId(row.get(14)?),
                message: message(row)?,
            };
            Ok(Marked { row: row_of, is_spam: row.get(15)? })
        })
    }

    fn warehouse_chats(
        &self,
        stretch: Stretch,
        after: Option<Cursor>,
    ) -> Result<Vec<Marked<Conversation>>, StoreError> {
        let spam = is_spam("c.lead");
        let earlier =
            "SELECT 1 FROM conversations e WHERE e.lead = c.lead AND (e.opened_at, e.id) < (c.opened_at, c.id)";
        let sql = format!(
            "SELECT c.id, c.lead, c.site, c.visitor, c.session, c.link, c.opened_at, c.secret, c.language, c.utm, \
             c.identified, c.time_zone, {spam} FROM conversations c \
             WHERE c.opened_at >= ?1 AND c.opened_at < ?2 AND (c.opened_at, c.lead) > (?3, ?4) \
             AND NOT EXISTS ({earlier}) ORDER BY c.opened_at, c.lead LIMIT ?5"
        );
        self.marked(&sql, stretch, after, conversation, 12)
    }

    fn warehouse_meetings(&self, stretch: Stretch, after: Option<Cursor>) -> Result<Vec<Marked<Meeting>>, StoreError> {
        let spam = is_spam("m.lead");
        let sql = format!(
            "SELECT m.id, m.lead, m.owner, m.start_at, m.end_at, m.state, m.sequence, m.booked_at, m.updated_at, \
             m.details, {spam} FROM meetings m \
             WHERE m.booked_at >= ?1 AND m.booked_at < ?2 AND (m.booked_at, m.id) > (?3, ?4) \
             ORDER BY m.booked_at, m.id LIMIT ?5"
        );
        self.marked(&sql, stretch, after, meeting, 10)
    }

    fn warehouse_decisions(&self, stretch: Stretch, after: Option<Cursor>) -> Result<Vec<Marked<Decided>>, StoreError> {
        let spam = is_spam("d.lead");
        let sql = format!(
            "SELECT d.id, d.lead, d.at, d.link, d.fields, d.body, {spam} FROM decisions d \
             WHERE d.at >= ?1 AND d.at < ?2 AND (d.at, d.id) > (?3, ?4) ORDER BY d.at, d.id LIMIT ?5"
        );
        self.marked(&sql, stretch, after, decided, 6)
    }

    fn chat_courses(&self, after: Option<LeadId>, limit: u32) -> Result<Vec<MarkedCourse>, StoreError> {
        self.courses("chats", after, limit)
    }

    fn meeting_courses(&self, after: Option<LeadId>, limit: u32) -> Result<Vec<MarkedCourse>, StoreError> {
        self.courses("meeting_leads", after, limit)
    }

    fn warehouse_begin(&self) -> Result<Option<Millis>, StoreError> {
        const OTHERS: [&str; 8] = [
            "SELECT MIN(at) FROM messages",
            "SELECT MIN(opened_at) FROM conversations",
            "SELECT MIN(booked_at) FROM meetings",
            "SELECT MIN(at) FROM decisions",
            "SELECT MIN(at) FROM chat_facts",
            "SELECT MIN(received_at) FROM chat_facts",
            "SELECT MIN(at) FROM meeting_facts",
            "SELECT MIN(received_at) FROM meeting_facts",
        ];
        let mut begins = Vec::new();
        for site in self.sites_with_signals()? {
            let sql = "SELECT MIN(received_at) FROM signals WHERE site = ?1";
            begins.extend(self.one(sql, params![site.0], |row| maybe_millis(row, 0))?.flatten());
        }
        for sql in OTHERS {
            begins.extend(self.one(sql, &[], |row| maybe_millis(row, 0))?.flatten());
        }
        Ok(begins.into_iter().min())
    }
}

impl<C: Connection> Db<C> {
    /// The sites of all signals, found one after the other by the index.
    fn sites_with_signals(&self) -> Result<Vec<SiteId>, StoreError> {
        let sql = "SELECT MIN(site) FROM signals WHERE site > ?1";
        let (mut sites, mut past) = (Vec::new(), i64::MIN);
        while let Some(next) = self.one(sql, params![past], |row| row.get::<Option<i64>>(0))?.flatten() {
            sites.push(SiteId(next));
            past = next;
        }
        Ok(sites)
    }

    /// The first signals of a site after a place that may be one of another site.
    fn signals_of_site(
        &self,
        site: SiteId,
        stretch: Stretch,
        after: Option<SignalPlace>,
    ) -> Result<Vec<Marked<StoredSignal>>, StoreError> {
        // At the instant of the place, the sites before its own are done, and the ones after it are not begun.
        let (at, visitor, id) = match after {
            None => (BEGIN.at, FIRST, FIRST),
            Some(place) if site < place.site => (place.received_at, LAST, LAST),
            Some(place) if site > place.site => (place.received_at, FIRST, FIRST),
            Some(SignalPlace { received_at, visitor, id, .. }) => (received_at, *visitor.as_bytes(), *id.as_bytes()),
        };
        let sql = format!(
            "SELECT {COLUMNS}, (SELECT l.is_spam FROM leads l WHERE l.id = {LEAD_OF_SIGNAL}) FROM signals s \
             WHERE s.site = ?1 AND s.received_at >= ?2 AND s.received_at < ?3 \
             AND (s.received_at, s.visitor, s.id) > (?4, ?5, ?6) ORDER BY s.received_at, s.visitor, s.id LIMIT ?7"
        );
        let from = stretch.from.max(at).0;
        let range = params![site.0, from, stretch.to.0, at.0, &visitor, &id, stretch.limit];
        self.rows(&sql, range, |row| {
            let is_spam = row.get::<Option<bool>>(14)?.unwrap_or_default();
            Ok(Marked { row: stored(row)?, is_spam })
        })
    }

    /// Rows by an instant and an id, with the mark of spam in the column `spam_at`.
    fn marked<T>(
        &self,
        sql: &str,
        Stretch { from, to, limit }: Stretch,
        after: Option<Cursor>,
        read: fn(&Row<'_>) -> Result<T, StoreError>,
        spam_at: usize,
    ) -> Result<Vec<Marked<T>>, StoreError> {
        let after = after.unwrap_or(BEGIN);
        let range = params![from.max(after.at).0, to.0, after.at.0, &after.id, limit];
        self.rows(sql, range, |row| Ok(Marked { row: read(row)?, is_spam: row.get(spam_at)? }))
    }

    /// The packed courses in a table by their leads.
    fn courses(&self, table: &str, after: Option<LeadId>, limit: u32) -> Result<Vec<MarkedCourse>, StoreError> {
        let spam = is_spam("t.lead");
        let sql = format!("SELECT t.lead, t.course, {spam} FROM {table} t WHERE t.lead > ?1 ORDER BY t.lead LIMIT ?2");
        let after = after.map_or(Vec::new(), |lead| lead.as_bytes().to_vec());
        self.rows(&sql, params![after, limit], |row| {
            Ok(MarkedCourse { lead: LeadId::from_bytes(row.get(0)?), course: course(row, 1)?, is_spam: row.get(2)? })
        })
    }
}
