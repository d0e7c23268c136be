//! Writes what a group of commands has kept back, but for its signals: a statement a table, all of them sent together.

use super::bulk::BulkStatement;
use crate::sql::{first_touch_text, missing, number, seen};
use crate::write_behind::PendingWrites;
use knock_model::{AccountId, Email, LeadId, Phone, SignalId, SiteId};
use knock_ports::StoreError;

const ARRIVALS: &str = "INSERT INTO arrivals (site, visitor, received_at) \
    SELECT * FROM UNNEST(?1::bigint[], ?2::bytea[], ?3::bigint[]) ON CONFLICT DO NOTHING";
const SEQUENCES: &str = "INSERT INTO session_sequences (site, visitor, session, highest, seen, missing, last_at) \
    SELECT * FROM UNNEST(?1::bigint[], ?2::bytea[], ?3::bytea[], ?4::bigint[], ?5::bigint[], ?6::bytea[], ?7::bigint[]) \
    ON CONFLICT (site, session, visitor) DO UPDATE SET highest = excluded.highest, seen = excluded.seen, \
    missing = excluded.missing, last_at = excluded.last_at";
const FORGOTTEN: &str = "DELETE FROM spans p USING UNNEST(?1::bigint[], ?2::bytea[]) w (site, visitor) \
    WHERE p.site = w.site AND p.visitor = w.visitor";
const SPANS: &str = "INSERT INTO spans (site, visitor, from_at, lead, evidence) \
    SELECT * FROM UNNEST(?1::bigint[], ?2::bytea[], ?3::bigint[], ?4::bytea[], ?5::text[]) \
    ON CONFLICT (site, visitor, from_at) DO UPDATE SET lead = excluded.lead, evidence = excluded.evidence";
const CLAIMS: &str = "INSERT INTO claims (site, visitor, cause, at, lead) \
    SELECT * FROM UNNEST(?1::bigint[], ?2::bytea[], ?3::bytea[], ?4::bigint[], ?5::bytea[]) ON CONFLICT DO NOTHING";
const LEADS: &str = "INSERT INTO leads (id, email, name, account, evidence, bucket, folded_until, next_change_at, \
    signals, first_seen_at, last_seen_at, is_spam, first_touch, phone, company) SELECT * FROM UNNEST(?1::bytea[], ?2::text[], ?3::text[], \
    ?4::bytea[], ?5::text[], ?6::bigint[], ?7::bigint[], ?8::bigint[], ?9::bigint[], ?10::bigint[], ?11::bigint[], \
    ?12::bigint[], ?13::text[], ?14::text[], ?15::text[]) ON CONFLICT (id) DO UPDATE SET email = excluded.email, name = excluded.name, \
    phone = excluded.phone, company = excluded.company, first_touch = excluded.first_touch, is_spam = excluded.is_spam, account = excluded.account, evidence = excluded.evidence, bucket = excluded.bucket, \
    folded_until = excluded.folded_until, next_change_at = excluded.next_change_at, signals = excluded.signals, \
    first_seen_at = excluded.first_seen_at, last_seen_at = excluded.last_seen_at";
const ACCOUNTS: &str = "INSERT INTO accounts (id, domain, evidence, bucket, folded_until, next_change_at, contacts, \
    signals, first_seen_at, last_seen_at) SELECT * FROM UNNEST(?1::bytea[], ?2::text[], ?3::text[], ?4::bigint[], \
    ?5::bigint[], ?6::bigint[], ?7::bigint[], ?8::bigint[], ?9::bigint[], ?10::bigint[]) \
    ON CONFLICT (id) DO UPDATE SET evidence = excluded.evidence, bucket = excluded.bucket, \
    folded_until = excluded.folded_until, next_change_at = excluded.next_change_at, contacts = excluded.contacts, \
    signals = excluded.signals, first_seen_at = excluded.first_seen_at, last_seen_at = excluded.last_seen_at";
const CHANGES: &str = "INSERT INTO bucket_changes (lead, at, from_bucket, to_bucket, cause) \
    SELECT * FROM UNNEST(?1::bytea[], ?2::bigint[], ?3::bigint[], ?4::bigint[], ?5::bytea[]) \
    ON CONFLICT (lead, at) DO UPDATE SET to_bucket = excluded.to_bucket, cause = excluded.cause";
const TIMERS: &str = "INSERT INTO timers (kind, subject, due_at) \
    SELECT * FROM UNNEST(?1::bigint[], ?2::bytea[], ?3::bigint[]) \
    ON CONFLICT (kind, subject) DO UPDATE SET due_at = excluded.due_at";
const NO_TIMERS: &str = "DELETE FROM timers t USING UNNEST(?1::bigint[], ?2::bytea[]) w (kind, subject) \
    WHERE t.kind = w.kind AND t.subject = w.subject";
const VISITS: &str = "INSERT INTO visit_counts (at, site, touch, visitors) \
    SELECT * FROM UNNEST(?1::bigint[], ?2::bigint[], ?3::text[], ?4::bigint[]) \
    ON CONFLICT (at, site, touch) DO UPDATE SET visitors = visit_counts.visitors + excluded.visitors";

/// The statements that write it, in their order.
pub(super) fn asked(kept: &PendingWrites) -> Result<Vec<BulkStatement>, StoreError> {
    let mut asked = vec![
        arrivals(kept),
        BulkStatement::new(FORGOTTEN).browsers(kept.forgotten.iter().copied()),
        spans(kept),
        claims(kept),
        leads(kept)?,
        accounts(kept),
        changes(kept),
        timers(kept),
        no_timers(kept),
        sequences(kept)?,
        visits(kept),
    ];
    asked.retain(|asked| !asked.is_void());
    asked.extend(kept.statements.iter().map(|kept| BulkStatement::one(kept.sql.clone(), kept.params.clone())));
    Ok(asked)
}

/// The notice for peer servers.
pub(super) fn notice(server: i64, text: &str) -> BulkStatement {
    let sql = "INSERT INTO notices (server, notices) SELECT * FROM UNNEST(?1::bigint[], ?2::text[])";
    BulkStatement::new(sql).with([server].into_iter()).with([text.to_owned()].into_iter())
}

/// This server wrote last.
pub(super) fn last(server: i64) -> BulkStatement {
    BulkStatement::new("UPDATE last_writer SET server = (?1::bigint[])[1]").with([server].into_iter())
}

fn arrivals(kept: &PendingWrites) -> BulkStatement {
    let rows = || kept.arrivals.iter();
    BulkStatement::new(ARRIVALS).browsers(rows().map(|(browser, _)| *browser)).with(rows().map(|(_, at)| at.0))
}

fn sequences(kept: &PendingWrites) -> Result<BulkStatement, StoreError> {
    let rows = || kept.sequences.values();
    let missing: Vec<Vec<u8>> = rows().map(missing).collect::<Result<_, _>>()?;
    Ok(BulkStatement::new(SEQUENCES)
        .browsers(kept.sequences.keys().map(|(browser, _)| *browser))
        .ids(kept.sequences.keys().map(|(_, session)| *session.as_bytes()))
        .with(rows().map(|row| i64::from(row.highest)))
        .with(rows().map(seen))
        .with(missing.into_iter())
        .with(rows().map(|row| row.last_at.map(|at| at.0))))
}

fn spans(kept: &PendingWrites) -> BulkStatement {
    let rows = || kept.spans.values();
    BulkStatement::new(SPANS)
        .browsers(rows().map(|row| (row.site, row.visitor)))
        .with(rows().map(|row| row.from_at.0))
        .maybe_ids(rows().map(|row| row.lead.as_ref().map(LeadId::as_bytes).copied()))
        .with(rows().map(|row| row.evidence.to_text()))
}

fn claims(kept: &PendingWrites) -> BulkStatement {
    let rows = || kept.claims.iter().map(|(_, claim)| claim);
    BulkStatement::new(CLAIMS)
        .browsers(kept.claims.iter().map(|(browser, _)| *browser))
        .ids(rows().map(|row| *row.cause.as_bytes()))
        .with(rows().map(|row| row.at.0))
        .ids(rows().map(|row| *row.lead.as_bytes()))
}

fn leads(kept: &PendingWrites) -> Result<BulkStatement, StoreError> {
    let rows = || kept.leads.values();
    let first_touches: Vec<String> = rows().map(|row| first_touch_text(&row.first_touch)).collect::<Result<_, _>>()?;
    Ok(BulkStatement::new(LEADS)
        .ids(rows().map(|row| *row.id.as_bytes()))
        .with(rows().map(|row| row.email.as_ref().map(|email| Email::as_str(email).to_owned())))
        .with(rows().map(|row| row.name.to_string()))
        .maybe_ids(rows().map(|row| row.account.as_ref().map(AccountId::as_bytes).copied()))
        .with(rows().map(|row| row.history.evidence.to_text()))
        .with(rows().map(|row| row.history.bucket.map(|bucket| number(bucket.index()))))
        .with(rows().map(|row| row.history.until.0))
        .with(rows().map(|row| row.history.next_change_at.map(|at| at.0)))
        .with(rows().map(|row| row.signals))
        .with(rows().map(|row| row.first_seen_at.0))
        .with(rows().map(|row| row.last_seen_at.0))
        .with(rows().map(|row| i64::from(row.is_spam)))
        .with(first_touches.into_iter())
        .with(rows().map(|row| row.phone.as_ref().map_or("", Phone::as_str).to_owned()))
        .with(rows().map(|row| row.company.to_string())))
}

fn accounts(kept: &PendingWrites) -> BulkStatement {
    let rows = || kept.accounts.values();
    BulkStatement::new(ACCOUNTS)
        .ids(rows().map(|row| *row.id.as_bytes()))
        .with(rows().map(|row| row.domain.replace('\0', "")))
        .with(rows().map(|row| row.history.evidence.to_text()))
        .with(rows().map(|row| row.history.bucket.map(|bucket| number(bucket.index()))))
        .with(rows().map(|row| row.history.until.0))
        .with(rows().map(|row| row.history.next_change_at.map(|at| at.0)))
        .with(rows().map(|row| row.contacts))
        .with(rows().map(|row| row.signals))
        .with(rows().map(|row| row.first_seen_at.0))
        .with(rows().map(|row| row.last_seen_at.0))
}

fn changes(kept: &PendingWrites) -> BulkStatement {
    let rows = || kept.changes.values();
    BulkStatement::new(CHANGES)
        .ids(kept.changes.keys().map(|(lead, _)| *lead.as_bytes()))
        .with(rows().map(|row| row.at.0))
        .with(rows().map(|row| row.from.map(|bucket| number(bucket.index()))))
        .with(rows().map(|row| number(row.to.index())))
        .maybe_ids(rows().map(|row| row.cause.as_ref().map(SignalId::as_bytes).copied()))
}

fn timers(kept: &PendingWrites) -> BulkStatement {
    let rows = || kept.timers.iter().filter_map(|((kind, subject), due_at)| Some((*kind, *subject, (*due_at)?)));
    BulkStatement::new(TIMERS)
        .with(rows().map(|(kind, ..)| kind))
        .ids(rows().map(|(_, subject, _)| subject))
        .with(rows().map(|(.., due_at)| due_at.0))
}

fn no_timers(kept: &PendingWrites) -> BulkStatement {
    let rows = || kept.timers.iter().filter(|(_, due_at)| due_at.is_none()).map(|(key, _)| *key);
    BulkStatement::new(NO_TIMERS).with(rows().map(|(kind, _)| kind)).ids(rows().map(|(_, subject)| subject))
}

fn visits(kept: &PendingWrites) -> BulkStatement {
    let keys = || kept.visits.keys();
    BulkStatement::new(VISITS)
        .with(keys().map(|(at, ..)| at.0))
        .with(keys().map(|(_, SiteId(site), _)| *site))
        .with(keys().map(|(.., touch)| touch.clone()))
        .with(kept.visits.values().copied())
}
