//! Signals: appended once, read as timelines.

use super::retention::carried;
use super::row::{category, detail, kind, millis, number, without_nul};
use super::{Connection, Db, Query, Row, Scope, params};
use knock_intent::Weighed;
use knock_model::{
    AccountId, Category, LeadId, Millis, SessionId, SignalId, SignalType, SiteId, Trust, ViewId, VisitorId,
};
use knock_ports::{
    Conversation, Cursor, Detail, EVER, FORM_AND_ADDRESS, IdentityView, Journey, LAST_NUMBER, NewSignal, PageView,
    SignalLedger, SignalView, Span, StoreError, StoredSignal, TimelineScope, TimelineView,
};

/// The lead of a signal `s`: that of its browser's span.
pub(super) const LEAD_OF_SIGNAL: &str = "(SELECT p.lead FROM spans p WHERE p.site = s.site AND p.visitor = s.visitor \
     AND p.from_at <= s.at ORDER BY p.from_at DESC LIMIT 1)";

pub(super) const COLUMNS: &str = "s.site, s.visitor, s.id, s.session, s.view, s.kind, s.at, s.received_at, s.clamped, \
     s.category, s.strength, s.seq, s.detail, \
     (SELECT p.lead FROM spans p WHERE p.site = s.site AND p.visitor = s.visitor AND p.from_at <= s.at \
      ORDER BY p.from_at DESC LIMIT 1)";

/// The limit of page views in a journey: of the session, and of the browser since its first page view.
const MOST_VIEWS: u32 = 500;
/// The cursor before which is everything.
const NEWEST: Cursor = Cursor { at: Millis(i64::MAX), id: [0xff; 16] };
/// The page views of a browser.
const VIEWS: &str = "SELECT at, session, detail FROM signals WHERE site = ?1 AND visitor = ?2 AND kind = ?3";

impl<C: Connection> SignalLedger for Db<C> {
    fn append_signal(&mut self, site: SiteId, visitor: VisitorId, signal: &NewSignal) -> Result<bool, StoreError> {
        let detail = without_nul(signal.detail.as_str().into())?;
        if let Some(ahead) = self.0.ahead() {
            self.stored_category(site, visitor, signal.id)?;
            let is_new = ahead.borrow_mut().append_signal((site, visitor), signal, detail.into_owned());
            self.0.send_ahead()?;
            return Ok(is_new);
        }
        let sql = "INSERT INTO signals (site, visitor, id, session, view, kind, at, received_at, clamped, category, \
                 strength, seq, detail) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13) \
                 ON CONFLICT DO NOTHING";
        let values = params![
            site.0,
            visitor.as_bytes(),
            signal.id.as_bytes(),
            signal.session.as_bytes(),
            signal.view.as_ref().map(ViewId::as_bytes),
            number(signal.kind.index()),
            signal.at.0,
            signal.received_at.0,
            i64::from(signal.clamped),
            number(signal.category.index()),
            signal.strength,
            signal.seq.map(|seq| i64::try_from(seq).unwrap_or(i64::MAX)),
            detail.as_ref(),
        ];
        Ok(self.changed(sql, values)? == 1)
    }

    fn note_arrival(&mut self, site: SiteId, visitor: VisitorId, received_at: Millis) -> Result<(), StoreError> {
        if let Some(ahead) = self.0.ahead() {
            self.0.read_ahead()?;
            ahead.borrow_mut().kept.arrivals.insert(((site, visitor), received_at));
            return Ok(());
        }
        let sql = "INSERT INTO arrivals (site, received_at, visitor) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING";
        self.done(sql, params![site.0, received_at.0, visitor.as_bytes()])
    }
}

impl<C: Connection> SignalView for Db<C> {
    fn numbered(
        &self,
        site: SiteId,
        visitor: VisitorId,
        session: SessionId,
        from: Millis,
        to: Millis,
    ) -> Result<Vec<(u32, Millis)>, StoreError> {
        let sql = "SELECT seq, at FROM signals WHERE site = ?1 AND visitor = ?2 AND at >= ?3 AND at <= ?4 \
                   AND session = ?5 AND seq BETWEEN 1 AND ?6";
        let range = params![site.0, visitor.as_bytes(), from.0, to.0, session.as_bytes(), LAST_NUMBER];
        self.rows(sql, range, |row| Ok((row.get(0)?, millis(row, 1)?)))
    }

    fn category_of(&self, site: SiteId, visitor: VisitorId, id: SignalId) -> Result<Option<Category>, StoreError> {
        self.stored_category(site, visitor, id)
    }

    fn is_engaged(&self, site: SiteId, visitor: VisitorId, view: ViewId) -> Result<bool, StoreError> {
        let sql = "SELECT 1 FROM signals WHERE site = ?1 AND visitor = ?2 AND id >= ?3 AND view = ?3 \
                   AND kind = ?4 AND strength > 0 LIMIT 1";
        let kind = number(SignalType::Engagement.index());
        let params = params![site.0, visitor.as_bytes(), view.as_bytes(), kind];
        self.known(
            |ahead| ahead.is_engaged((site, visitor), view),
            |db| Ok(db.one(sql, params, |_| Ok(()))?.is_some()),
            |ahead, is_engaged| ahead.know_engaged((site, visitor), view, is_engaged),
        )
    }

    fn views_of_session(
        &self,
        site: SiteId,
        visitor: VisitorId,
        session: SessionId,
        to: Millis,
        limit: u32,
    ) -> Result<Vec<PageView>, StoreError> {
        self.answers(&session_views(site, visitor, session, to, limit), page_view)
    }

    fn form_with_address(&self, span: &Span, session: SessionId, at: Millis) -> Result<Option<SignalId>, StoreError> {
        let sql = "SELECT f.id, i.detail FROM signals f JOIN signals i ON i.site = f.site AND i.visitor = f.visitor \
                   AND i.session = f.session AND i.at >= ?4 AND i.at <= ?5 AND i.kind = ?7 \
                   WHERE f.site = ?1 AND f.visitor = ?2 AND f.session = ?3 AND f.at >= ?8 AND f.at <= ?5 \
                   AND f.kind = ?6 ORDER BY f.id";
        let kinds = [SignalType::FormSubmit, SignalType::Identify].map(|kind| number(kind.index()));
        let (from, to) = (at - FORM_AND_ADDRESS, at + FORM_AND_ADDRESS);
        let (site, visitor, since) = (span.site.0, span.visitor.as_bytes(), from.max(span.from_at));
        let values = params![site, visitor, session.as_bytes(), from.0, to.0, kinds[0], kinds[1], since.0];
        self.first(sql, values, |row| {
            let is_believed = detail(row, 1)?.read().trust != Some(Trust::Unverified);
            Ok(Some(SignalId::from_bytes(row.get(0)?)).filter(|_| is_believed))
        })
    }

    fn is_beside(
        &self,
        (site, visitor): (SiteId, VisitorId),
        session: SessionId,
        kind: SignalType,
        at: Millis,
    ) -> Result<bool, StoreError> {
        let sql = "SELECT 1 FROM signals WHERE site = ?1 AND visitor = ?2 AND at >= ?3 AND at <= ?4 AND session = ?5 \
                   AND kind = ?6 LIMIT 1";
        let (from, to) = (at - FORM_AND_ADDRESS, at + FORM_AND_ADDRESS);
        let values = params![site.0, visitor.as_bytes(), from.0, to.0, session.as_bytes(), number(kind.index())];
        Ok(self.one(sql, values, |_| Ok(()))?.is_some())
    }

    fn journey(&self, conversation: &Conversation, until: Millis) -> Result<Journey, StoreError> {
        let Conversation { site, visitor, session, lead, .. } = *conversation;
        let spans = self.spans_of_lead(lead)?;
        self.0.fetch(&of_journey(conversation, &spans, until))?;
        let views = self.views_of_session(site, visitor, session, until, MOST_VIEWS)?;
        let all = self.page_views(site, visitor, (Millis(0), until), MOST_VIEWS)?;
        let first = self.first_view(&spans, EVER)?.map(|(_, view)| view);
        Ok(Journey { views, sessions: all.into_iter().map(|view| view.session).collect(), first })
    }

    fn weighed(&self, site: SiteId, visitor: VisitorId, from: Millis, to: Millis) -> Result<Vec<Weighed>, StoreError> {
        self.weighed_by(site, visitor, (from, to), EVER)
    }
}

impl<C: Connection> TimelineView for Db<C> {
    fn signal(&self, site: SiteId, visitor: VisitorId, id: SignalId) -> Result<Option<StoredSignal>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM signals s WHERE s.site = ?1 AND s.visitor = ?2 AND s.id = ?3");
        self.one(&sql, params![site.0, visitor.as_bytes(), id.as_bytes()], stored)
    }

    fn timeline_of_kinds(
        &self,
        scope: TimelineScope,
        kinds: &[SignalType],
        before: Option<Cursor>,
        arrived_by: Millis,
        limit: u32,
    ) -> Result<Vec<StoredSignal>, StoreError> {
        let numbers: Vec<String> = kinds.iter().map(|kind| kind.index().to_string()).collect();
        if numbers.is_empty() {
            return Ok(Vec::new());
        }
        let only = format!(" AND s.kind IN ({})", numbers.join(", "));
        self.by_instant(&self.spans_of(scope)?, &only, (before.unwrap_or(NEWEST), arrived_by), limit)
    }

    fn timeline(
        &self,
        scope: TimelineScope,
        before: Option<Cursor>,
        arrived_by: Millis,
        limit: u32,
    ) -> Result<Vec<StoredSignal>, StoreError> {
        let before = before.unwrap_or(NEWEST);
        if scope == TimelineScope::All {
            return self.by_arrival(before, arrived_by, limit);
        }
        self.by_instant(&self.spans_of(scope)?, "", (before, arrived_by), limit)
    }
}

impl<C: Connection> Db<C> {
    /// The spans of a person, or of the persons of a company that are not marked as spam (MS-08), each with its end.
    fn spans_of(&self, scope: TimelineScope) -> Result<Vec<(Span, Millis)>, StoreError> {
        match scope {
            TimelineScope::All => Ok(Vec::new()),
            TimelineScope::Lead(lead) => self.spans_with_ends(lead),
            TimelineScope::Account(account) => self.spans_of_account(account),
        }
    }

    /// The newest signals of spans before a cursor that had arrived by an instant; `only` is a condition on them.
    fn by_instant(
        &self,
        spans: &[(Span, Millis)],
        only: &str,
        (before, arrived_by): (Cursor, Millis),
        limit: u32,
    ) -> Result<Vec<StoredSignal>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM signals s WHERE s.site = ?1 AND s.visitor = ?2 AND s.at >= ?3 AND s.at < ?4 \
             AND (s.at, s.id) < (?5, ?6) AND s.received_at <= ?7{only} ORDER BY s.at DESC, s.id DESC LIMIT ?8"
        );
        let mut signals = Vec::new();
        for (span, to) in spans {
            let (visitor, from) = (span.visitor.as_bytes(), span.from_at.0);
            let range = params![span.site.0, visitor, from, to.0, before.at.0, &before.id, arrived_by.0, limit];
            signals.extend(self.rows(&sql, range, stored)?);
        }
        Ok(newest(signals, limit, |signal| signal.at))
    }
}

impl<C: Connection> Db<C> {
    /// The first page views of a browser from an instant up to but not including another.
    fn page_views(
        &self,
        site: SiteId,
        visitor: VisitorId,
        range: (Millis, Millis),
        limit: u32,
    ) -> Result<Vec<PageView>, StoreError> {
        let mut views = self.first_views(site, visitor, range)?;
        views.extend(self.answers(&browser_views(site, visitor, range, limit), page_view)?);
        views.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        Ok(views)
    }

    /// The first page view within spans, of those before an instant, with its site.
    pub(super) fn first_view(
        &self,
        spans: &[(knock_ports::Span, Millis)],
        before: Millis,
    ) -> Result<Option<(SiteId, PageView)>, StoreError> {
        let mut first: Option<(SiteId, PageView)> = None;
        for (span, to) in spans {
            let range = (span.from_at, before.min(*to));
            let view = self.page_views(span.site, span.visitor, range, 1)?.into_iter().next();
            let view = view.map(|view| (span.site, view));
            first = first.into_iter().chain(view).min_by_key(|(_, view)| view.at);
        }
        Ok(first)
    }

    /// The page views that are carried over.
    pub(super) fn first_views(
        &self,
        site: SiteId,
        visitor: VisitorId,
        (from, to): (Millis, Millis),
    ) -> Result<Vec<PageView>, StoreError> {
        let carried = self.carry_overs(site, visitor, (Millis(0), to))?;
        Ok(carried
            .into_iter()
            .filter_map(|carried| carried.first_view)
            .filter(|view| view.at >= from && view.at < to)
            .collect())
    }

    fn stored_category(&self, site: SiteId, visitor: VisitorId, id: SignalId) -> Result<Option<Category>, StoreError> {
        let sql = "SELECT category FROM signals WHERE site = ?1 AND visitor = ?2 AND id = ?3";
        self.known(
            |ahead| ahead.category_of((site, visitor), id),
            |db| db.one(sql, params![site.0, visitor.as_bytes(), id.as_bytes()], |row| category(row, 0)),
            |ahead, found| ahead.know_signal((site, visitor), id, found),
        )
    }

    /// The signals of a visitor within a stretch of time that had arrived by an instant, by instant and id.
    pub(super) fn weighed_by(
        &self,
        site: SiteId,
        visitor: VisitorId,
        (from, to): (Millis, Millis),
        by: Millis,
    ) -> Result<Vec<Weighed>, StoreError> {
        let sql = "SELECT id, at, category, strength FROM signals WHERE site = ?1 AND visitor = ?2 \
                   AND at >= ?3 AND at < ?4 AND received_at <= ?5 ORDER BY at, id";
        let read = |row: &Row<'_>| {
            Ok(Weighed {
                id: SignalId::from_bytes(row.get(0)?),
                at: millis(row, 1)?,
                category: category(row, 2)?,
                strength: row.get(3)?,
            })
        };
        self.rows(sql, params![site.0, visitor.as_bytes(), from.0, to.0, by.0], read)
    }

    fn spans_of_account(&self, account: AccountId) -> Result<Vec<(Span, Millis)>, StoreError> {
        let shown = "SELECT id FROM leads WHERE account = ?1 AND is_spam = 0";
        let leads = self.rows(shown, params![account.as_bytes()], |row| row.get(0).map(LeadId::from_bytes))?;
        let mut spans = Vec::new();
        for lead in leads {
            spans.extend(self.spans_with_ends(lead)?);
        }
        Ok(spans)
    }
}

pub(super) fn newest(
    mut signals: Vec<StoredSignal>,
    limit: u32,
    by: impl Fn(&NewSignal) -> Millis,
) -> Vec<StoredSignal> {
    signals.sort_by_key(|stored| std::cmp::Reverse((by(&stored.signal), stored.signal.id)));
    signals.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    signals
}

pub(super) fn stored(row: &Row<'_>) -> Result<StoredSignal, StoreError> {
    Ok(StoredSignal {
        site: SiteId(row.get(0)?),
        visitor: VisitorId::from_bytes(row.get(1)?),
        lead: row.get::<Option<[u8; 16]>>(13)?.map(LeadId::from_bytes),
        signal: NewSignal {
            id: SignalId::from_bytes(row.get(2)?),
            session: SessionId::from_bytes(row.get(3)?),
            view: row.get::<Option<[u8; 16]>>(4)?.map(ViewId::from_bytes),
            kind: kind(row, 5)?,
            at: millis(row, 6)?,
            received_at: millis(row, 7)?,
            clamped: row.get::<i64>(8)? != 0,
            category: category(row, 9)?,
            strength: row.get(10)?,
            seq: row.get::<Option<i64>>(11)?.and_then(|seq| u64::try_from(seq).ok()),
            detail: detail(row, 12)?,
        },
    })
}

/// The query for the journey of the lead with these spans.
pub(crate) fn of_journey(conversation: &Conversation, spans: &[(Span, Millis)], until: Millis) -> Vec<Query> {
    let Conversation { site, visitor, session, .. } = *conversation;
    let range = (Millis(0), until);
    let views = [
        session_views(site, visitor, session, until, MOST_VIEWS),
        carried(site, visitor, range),
        browser_views(site, visitor, range, MOST_VIEWS),
    ];
    let first = spans.iter().flat_map(|(span, to)| {
        let (site, visitor) = (span.site, span.visitor);
        [carried(site, visitor, (Millis(0), *to)), browser_views(site, visitor, (span.from_at, *to), 1)]
    });
    views.into_iter().chain(first).collect()
}

fn session_views(site: SiteId, visitor: VisitorId, session: SessionId, to: Millis, limit: u32) -> Query {
    let sql = format!("{VIEWS} AND session = ?4 AND at < ?5 ORDER BY at, id LIMIT ?6");
    let params = params![site.0, visitor.as_bytes(), page_view_number(), session.as_bytes(), to.0, limit];
    Query::new(Scope::of("signals", visitor.as_bytes()), sql, params)
}

fn browser_views(site: SiteId, visitor: VisitorId, (from, to): (Millis, Millis), limit: u32) -> Query {
    let sql = format!("{VIEWS} AND at >= ?4 AND at < ?5 ORDER BY at, id LIMIT ?6");
    let params = params![site.0, visitor.as_bytes(), page_view_number(), from.0, to.0, limit];
    Query::new(Scope::of("signals", visitor.as_bytes()), sql, params)
}

fn page_view_number() -> i64 {
    number(SignalType::PageView.index())
}

fn page_view(row: &Row<'_>) -> Result<PageView, StoreError> {
    let (at, session) = (millis(row, 0)?, SessionId::from_bytes(row.get(1)?));
    let Detail { url, referrer, client, .. } = detail(row, 2)?.read();
    Ok(PageView { at, session, url, referrer, client })
}
