//! Reads for a whole group of commands what each of them will ask for: all queries travel together, and after them the
//! one for signals that may have come before.

use super::asked::Asked;
use super::session::Session;
use crate::ahead::{Ahead, Browser, Foreseen};
use crate::sql::{ACCOUNT, LEAD, Row, account, category, claim, lead, span, visit};
use knock_model::{LeadId, SessionId, SignalId, SignalType, SiteId, ViewId, VisitorId};
use knock_ports::{StoreError, Visit};
use std::collections::BTreeSet;

const SIGNALS: &str = "SELECT s.site, s.visitor, s.id, s.category \
    FROM UNNEST(?1::bigint[], ?2::bytea[], ?3::bytea[]) w (site, visitor, id) \
    JOIN signals s ON s.site = w.site AND s.visitor = w.visitor AND s.id = w.id";
const ENGAGED: &str = "SELECT DISTINCT w.site, w.visitor, w.view \
    FROM UNNEST(?1::bigint[], ?2::bytea[], ?3::bytea[]) w (site, visitor, view) \
    JOIN signals s ON s.site = w.site AND s.visitor = w.visitor AND s.id >= w.view AND s.view = w.view \
    WHERE s.kind = ANY (?4::bigint[]) AND s.strength > 0";
const VISITS: &str = "SELECT v.site, v.visitor, v.session, v.highest, v.missing, v.last_at \
    FROM UNNEST(?1::bigint[], ?2::bytea[], ?3::bytea[]) w (site, visitor, session) \
    JOIN visits v ON v.site = w.site AND v.session = w.session AND v.visitor = w.visitor";
const SPANS: &str = "SELECT p.site, p.visitor, p.from_at, p.lead, p.evidence \
    FROM UNNEST(?1::bigint[], ?2::bytea[]) w (site, visitor) \
    JOIN spans p ON p.site = w.site AND p.visitor = w.visitor ORDER BY p.site, p.visitor, p.from_at";
const CLAIMS: &str =
    "SELECT cause, at, lead, site, visitor FROM claims WHERE visitor = ANY (?1::bytea[]) ORDER BY at, cause";
/// The persons of these browsers.
const PERSONS: &str = "SELECT p.lead FROM UNNEST(?1::bigint[], ?2::bytea[]) w (site, visitor) \
    JOIN spans p ON p.site = w.site AND p.visitor = w.visitor WHERE p.lead IS NOT NULL";

/// Reads all that is foreseen, and makes it known.
pub(super) fn read_ahead(session: &Session, foreseen: &Foreseen) -> Result<Ahead, StoreError> {
    let asked = asked(foreseen);
    let answered: Result<[_; 7], _> = session.all(&asked, None)?.try_into();
    let [signals, engaged, visits, spans, claims, leads, accounts] =
        answered.map_err(|_| StoreError::Broken("a query was not answered".into()))?;
    let mut ahead = absent(foreseen);
    each(&engaged, |row| {
        ahead.know_engaged(browser(row)?, ViewId::from_bytes(row.get(2)?), true);
        Ok(())
    })?;
    each(&visits, |row| {
        let (browser, session) = (browser(row)?, SessionId::from_bytes(row.get(2)?));
        match visit(row, 3)? {
            Some(known) => ahead.know_visit(browser, session, known),
            None => ahead.forget_visit(browser, session),
        }
        Ok(())
    })?;
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
    let doubtful = doubtful(&ahead, foreseen, session.is_careful());
    let seen_before = if doubtful.is_empty() { Vec::new() } else { session.all(&[of_signals(&doubtful)], None)? };
    each(&signals, |row| know_signal(&mut ahead, row))?;
    each(&seen_before.concat(), |row| know_signal(&mut ahead, row))?;
    Ok(ahead)
}

/// Numbered signals that may be there: what is past all numbers of its visit is not, unless somebody numbers one signal
/// in two ways.
fn doubtful(ahead: &Ahead, foreseen: &Foreseen, is_careful: bool) -> BTreeSet<(Browser, SignalId)> {
    let may_be_there = |browser, session, number| {
        is_careful || ahead.visit(browser, session).is_none_or(|visit| number <= visit.highest)
    };
    let numbered =
        foreseen.numbered().filter(|(browser, session, number, _)| may_be_there(*browser, *session, *number));
    numbered.map(|(browser, _, _, id)| (browser, id)).collect()
}

fn know_signal(ahead: &mut Ahead, row: &Row<'_>) -> Result<(), StoreError> {
    ahead.know_signal(browser(row)?, SignalId::from_bytes(row.get(2)?), Some(category(row, 3)?));
    Ok(())
}

fn of_signals(signals: &BTreeSet<(Browser, SignalId)>) -> Asked {
    Asked::new(SIGNALS).browsers(signals.iter().map(|(of, _)| *of)).ids(signals.iter().map(|(_, id)| *id.as_bytes()))
}

fn asked(foreseen: &Foreseen) -> [Asked; 7] {
    let (views, visits) = (foreseen.views.iter(), foreseen.visits.keys());
    let engagement = i64::try_from(SignalType::Engagement.index()).unwrap_or(i64::MAX);
    let browsers = foreseen.browsers.iter().copied();
    [
        of_signals(&foreseen.signals),
        Asked::new(ENGAGED)
            .browsers(views.clone().map(|(of, _)| *of))
            .ids(views.map(|(_, view)| *view.as_bytes()))
            .with([engagement].into_iter()),
        Asked::new(VISITS)
            .browsers(visits.clone().map(|(of, _)| *of))
            .ids(visits.map(|(_, session)| *session.as_bytes())),
        Asked::new(SPANS).browsers(browsers.clone()),
        Asked::new(CLAIMS).ids(browsers.clone().map(|(_, visitor)| *visitor.as_bytes())),
        Asked::new(format!("{LEAD} WHERE id IN ({PERSONS})")).browsers(browsers.clone()),
        Asked::new(format!("{ACCOUNT} WHERE id IN (SELECT account FROM leads WHERE id IN ({PERSONS}))"))
            .browsers(browsers),
    ]
}

/// All that is foreseen, as if none of it was there.
fn absent(foreseen: &Foreseen) -> Ahead {
    let mut ahead = Ahead::default();
    foreseen.signals.iter().for_each(|(browser, id)| ahead.know_signal(*browser, *id, None));
    foreseen.numbered().for_each(|(browser, _, _, id)| ahead.know_signal(browser, id, None));
    foreseen.views.iter().for_each(|(browser, view)| ahead.know_engaged(*browser, *view, false));
    foreseen.visits.keys().for_each(|(browser, session)| ahead.know_visit(*browser, *session, Visit::default()));
    for (site, visitor) in &foreseen.browsers {
        ahead.know_spans((*site, *visitor), Vec::new());
        ahead.know_claims(*visitor, Vec::new());
    }
    ahead
}

fn each(
    rows: &[tokio_postgres::Row],
    mut keep: impl FnMut(&Row<'_>) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    rows.iter().try_for_each(|row| keep(&Row::Postgres(row)))
}

fn browser(row: &Row<'_>) -> Result<Browser, StoreError> {
    Ok((SiteId(row.get(0)?), VisitorId::from_bytes(row.get(1)?)))
}
