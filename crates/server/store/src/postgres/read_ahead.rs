//! Reads for a whole group of commands what each of them will ask for: all queries travel together, and after them the
//! one for signals that may have come before.

use super::bulk::BulkStatement;
use super::chats_ahead::Chats;
use super::session::Session;
use crate::sql::{self, ACCOUNT, LEAD, account, category, claim, lead, sequence, span};
use crate::statement::Query;
use crate::write_behind::{Browser, PrefetchSet, WriteBehind};
use knock_model::{LeadId, SessionId, SignalId, SignalType, SiteId, ViewId, VisitorId};
use knock_ports::StoreError;
use std::collections::BTreeSet;
use tokio_postgres::Row;

/// The server that wrote last.
const LAST: &str = "SELECT server FROM last_writer";
const SIGNALS: &str = "SELECT s.site, s.visitor, s.id, s.category \
    FROM UNNEST(?1::bigint[], ?2::bytea[], ?3::bytea[]) w (site, visitor, id) \
    JOIN signals s ON s.site = w.site AND s.visitor = w.visitor AND s.id = w.id";
/// Page views, each a signal under the same id, and the visible time of them that counts.
const VIEWS: &str = "SELECT s.site, s.visitor, s.id, s.category, w.view \
    FROM UNNEST(?1::bigint[], ?2::bytea[], ?3::bytea[]) w (site, visitor, view) \
    JOIN signals s ON s.site = w.site AND s.visitor = w.visitor AND s.id >= w.view \
    WHERE s.id = w.view OR (s.view = w.view AND s.kind = ANY (?4::bigint[]) AND s.strength > 0)";
const SEQUENCES: &str = "SELECT v.site, v.visitor, v.session, v.highest, v.missing, v.last_at \
    FROM UNNEST(?1::bigint[], ?2::bytea[], ?3::bytea[]) w (site, visitor, session) \
    JOIN session_sequences v ON v.site = w.site AND v.session = w.session AND v.visitor = w.visitor";
const SPANS: &str = "SELECT p.site, p.visitor, p.from_at, p.lead, p.evidence \
    FROM UNNEST(?1::bigint[], ?2::bytea[]) w (site, visitor) \
    JOIN spans p ON p.site = w.site AND p.visitor = w.visitor ORDER BY p.site, p.visitor, p.from_at";
const CLAIMS: &str =
    "SELECT cause, at, lead, site, visitor FROM claims WHERE visitor = ANY (?1::bytea[]) ORDER BY at, cause";
/// The persons of these browsers, and these.
const PERSONS: &str = "SELECT p.lead FROM UNNEST(?1::bigint[], ?2::bytea[]) w (site, visitor) \
    JOIN spans p ON p.site = w.site AND p.visitor = w.visitor WHERE p.lead IS NOT NULL \
    UNION ALL SELECT * FROM UNNEST(?3::bytea[])";

/// Reads all that is foreseen and not known yet, and makes it known. What was known before holds unless another server
/// wrote since.
pub(super) fn read_ahead(session: &Session, mut foreseen: PrefetchSet) -> Result<WriteBehind, StoreError> {
    let chats = Chats::meet(session, &mut foreseen)?;
    if session.is_careful() {
        foreseen.doubt_all();
    }
    let read = Read { session, foreseen: &foreseen, queries: chats.queries(&foreseen) };
    let known = session.remembered().map(|known| read.onto(known)).transpose()?;
    let mut ahead = match known {
        Some((ahead, true)) => ahead,
        _ => read.onto(WriteBehind::default())?.0,
    };
    chats.know(session, &foreseen, &mut ahead)?;
    Ok(ahead)
}

type Rows = Vec<Row>;

struct Read<'r> {
    session: &'r Session,
    foreseen: &'r PrefetchSet,
    /// The further queries.
    queries: Vec<Query>,
}

impl Read<'_> {
    /// Adds to what is known all that is foreseen; whether this server wrote last.
    fn onto(&self, mut ahead: WriteBehind) -> Result<(WriteBehind, bool), StoreError> {
        let unknown = self.foreseen.unknown(&ahead);
        let queries: Vec<&Query> = self.queries.iter().filter(|query| ahead.answers.get(query).is_none()).collect();
        let ([last, signals, views, sequences, spans, claims, leads, accounts], answers) =
            self.answers(asked(&unknown), &queries)?;
        for (query, rows) in queries.into_iter().zip(answers) {
            ahead.answers.know(query.clone(), rows.into());
        }
        let mut is_last = false;
        each(&last, |row| {
            is_last = self.session.wrote_last(row.get(0)?);
            Ok(())
        })?;
        self.foreseen.make_new(&mut ahead);
        unknown.make_absent(&mut ahead);
        each(&sequences, |row| know_sequence(&mut ahead, row))?;
        each(&spans, |row| {
            ahead.know_span(span(row)?);
            Ok(())
        })?;
        each(&claims, |row| {
            ahead.know_claim(VisitorId::from_bytes(row.get(4)?), SiteId(row.get(3)?), claim(row)?);
            Ok(())
        })?;
        each(&leads, |row| {
            ahead.know_lead(LeadId::from_bytes(row.get(0)?), Some(lead(row)?));
            Ok(())
        })?;
        each(&accounts, |row| {
            let found = account(row)?;
            ahead.know_account(found.id, Some(found));
            Ok(())
        })?;
        let ([seen_before], _) = self.answers([of_signals(&unknown.doubtful(&ahead))], &[])?;
        each(&signals, |row| know_signal(&mut ahead, row))?;
        each(&seen_before, |row| know_signal(&mut ahead, row))?;
        each(&views, |row| know_view(&mut ahead, row))?;
        Ok((ahead, is_last))
    }

    /// The rows of each, and of the queries; what is about nothing is not asked.
    fn answers<const N: usize>(
        &self,
        asked: [BulkStatement; N],
        queries: &[&Query],
    ) -> Result<([Rows; N], Vec<Rows>), StoreError> {
        let is_void = asked.each_ref().map(BulkStatement::is_void);
        let mut sent: Vec<BulkStatement> = asked.into_iter().filter(|asked| !asked.is_void()).collect();
        sent.extend(queries.iter().map(|query| BulkStatement::query(query)));
        let mut answered = self.session.all(&sent, None)?.into_iter();
        let rows = is_void.map(|is_void| if is_void { Vec::new() } else { answered.next().unwrap_or_default() });
        Ok((rows, answered.collect()))
    }
}

fn know_sequence(ahead: &mut WriteBehind, row: &sql::Row<'_>) -> Result<(), StoreError> {
    let (browser, session) = (browser(row)?, SessionId::from_bytes(row.get(2)?));
    match sequence(row, 3)? {
        Some(known) => ahead.know_sequence(browser, session, known),
        None => ahead.forget_sequence(browser, session),
    }
    Ok(())
}

fn know_view(ahead: &mut WriteBehind, row: &sql::Row<'_>) -> Result<(), StoreError> {
    let (id, view) = (row.get::<[u8; 16]>(2)?, row.get(4)?);
    if id == view {
        know_signal(ahead, row)
    } else {
        ahead.know_engaged(browser(row)?, ViewId::from_bytes(view), true);
        Ok(())
    }
}

fn know_signal(ahead: &mut WriteBehind, row: &sql::Row<'_>) -> Result<(), StoreError> {
    ahead.know_signal(browser(row)?, SignalId::from_bytes(row.get(2)?), Some(category(row, 3)?));
    Ok(())
}

fn of_signals(signals: &BTreeSet<(Browser, SignalId)>) -> BulkStatement {
    BulkStatement::new(SIGNALS)
        .browsers(signals.iter().map(|(of, _)| *of))
        .ids(signals.iter().map(|(_, id)| *id.as_bytes()))
}

fn persons(sql: String, foreseen: &PrefetchSet) -> BulkStatement {
    let leads = foreseen.leads.iter();
    BulkStatement::new(sql)
        .browsers(foreseen.browsers.iter().copied())
        .ids(leads.clone().map(|lead| *lead.as_bytes()))
        .about(foreseen.browsers.len() + leads.len())
}

fn asked(foreseen: &PrefetchSet) -> [BulkStatement; 8] {
    let (views, sequences) = (foreseen.views.iter(), foreseen.sequences.keys());
    let engagement = i64::try_from(SignalType::Engagement.index()).unwrap_or(i64::MAX);
    let browsers = foreseen.browsers.iter().copied();
    [
        BulkStatement::new(LAST),
        of_signals(&foreseen.signals),
        BulkStatement::new(VIEWS)
            .browsers(views.clone().map(|(of, _)| *of))
            .ids(views.map(|(_, view)| *view.as_bytes()))
            .with([engagement].into_iter()),
        BulkStatement::new(SEQUENCES)
            .browsers(sequences.clone().map(|(of, _)| *of))
            .ids(sequences.map(|(_, session)| *session.as_bytes())),
        BulkStatement::new(SPANS).browsers(browsers.clone()),
        BulkStatement::new(CLAIMS).ids(browsers.map(|(_, visitor)| *visitor.as_bytes())),
        persons(format!("{LEAD} WHERE id IN ({PERSONS})"), foreseen),
        persons(format!("{ACCOUNT} WHERE id IN (SELECT account FROM leads WHERE id IN ({PERSONS}))"), foreseen),
    ]
}

fn each(rows: &[Row], mut keep: impl FnMut(&sql::Row<'_>) -> Result<(), StoreError>) -> Result<(), StoreError> {
    rows.iter().try_for_each(|row| keep(&sql::Row(row)))
}

fn browser(row: &sql::Row<'_>) -> Result<Browser, StoreError> {
    Ok((SiteId(row.get(0)?), VisitorId::from_bytes(row.get(1)?)))
}
