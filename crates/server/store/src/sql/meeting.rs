//! Meetings, the facts of Meeting Status, and which time of which rep is taken.

use super::chat::{course, source};
use super::row::{column, json, millis, to_json};
use super::{Connection, Db, Query, Row, params};
use knock_model::{LeadId, MeetingId, MeetingState, Millis, RepId, SignalId, VisitorId};
use knock_ports::{
    BookedTurn, Cursor, Meeting, MeetingFact, MeetingLead, MeetingLedger, MeetingQuery, MeetingView, Reservation,
    SecretHash, StoreError,
};
use knock_status::Fact;
use std::collections::BTreeMap;

const MEETING: &str =
    "SELECT id, lead, owner, start_at, end_at, state, sequence, booked_at, updated_at, details FROM meetings";
const MEETING_LEAD: &str = "SELECT lead, status, is_spam, active_at, refused_email, course FROM meeting_leads";
const RESERVATION: &str = "SELECT id, rep, lead, start_at, end_at, holder, expires_at FROM reservations";

impl<C: Connection> MeetingLedger for Db<C> {
    fn append_meeting_fact(&mut self, lead: LeadId, fact: &MeetingFact) -> Result<(), StoreError> {
        let sql = "INSERT INTO meeting_facts (lead, id, at, received_at, source, event) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING";
        let (event, source) = (to_json(&fact.what)?, source::word(fact.source));
        let values = params![lead.as_bytes(), fact.id.as_bytes(), fact.at.0, fact.received_at.0, source, &event];
        self.done(sql, values)
    }

    fn save_meeting_lead(&mut self, summary: &MeetingLead) -> Result<(), StoreError> {
        let sql = "INSERT INTO meeting_leads (lead, status, is_spam, active_at, refused_email, course) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (lead) DO UPDATE SET status = excluded.status, \
                   is_spam = excluded.is_spam, active_at = excluded.active_at, \
                   refused_email = excluded.refused_email, course = excluded.course";
        let MeetingLead { lead, status, is_spam, active_at, refused_email, course } = summary;
        let is_spam = i64::from(*is_spam);
        self.done(sql, params![lead.as_bytes(), status, is_spam, active_at.0, refused_email, course.as_slice()])
    }

    fn save_meeting(&mut self, meeting: &Meeting) -> Result<(), StoreError> {
        let sql = "INSERT INTO meetings (id, lead, owner, start_at, end_at, state, sequence, booked_at, updated_at, \
                   link, details) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) \
                   ON CONFLICT (id) DO UPDATE SET lead = excluded.lead, owner = excluded.owner, \
                   start_at = excluded.start_at, end_at = excluded.end_at, state = excluded.state, \
                   sequence = excluded.sequence, updated_at = excluded.updated_at, details = excluded.details";
        let Meeting { id, lead, owner, start, end, state, sequence, booked_at, updated_at, details } = meeting;
        let body = to_json(details)?;
        let (id, lead, owner) = (id.as_bytes(), lead.as_bytes(), owner.as_bytes());
        let values = params![
            id,
            lead,
            owner,
            start.0,
            end.0,
            state.as_str(),
            *sequence,
            booked_at.0,
            updated_at.0,
            &details.link,
            &body
        ];
        self.done(sql, values)
    }

    fn reserve(&mut self, reservations: &[Reservation]) -> Result<bool, StoreError> {
        for one in reservations {
            for minute in minutes(one) {
                let sql = "INSERT INTO reserved_minutes (rep, minute, reservation) VALUES (?1, ?2, ?3) \
                           ON CONFLICT DO NOTHING";
                if self.changed(sql, params![one.rep.as_bytes(), minute, one.id.as_bytes()])? == 0 {
                    // Nothing of it is left behind: the caller offers other slots.
                    self.release(one.id)?;
                    return Ok(false);
                }
            }
            let sql = "INSERT INTO reservations (id, rep, lead, start_at, end_at, holder, expires_at) \
                       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
            let visitor = one.hold.as_ref().map(|(visitor, _)| visitor.as_bytes());
            let expires_at = one.hold.map(|(_, expires_at)| expires_at.0);
            let (id, rep, lead) = (one.id.as_bytes(), one.rep.as_bytes(), one.lead.as_bytes());
            self.done(sql, params![id, rep, lead, one.start.0, one.end.0, visitor, expires_at])?;
        }
        Ok(true)
    }

    fn release(&mut self, id: MeetingId) -> Result<(), StoreError> {
        self.done("DELETE FROM unconfirmed_bookings WHERE id = ?1", params![id.as_bytes()])?;
        self.done("DELETE FROM reserved_minutes WHERE reservation = ?1", params![id.as_bytes()])?;
        self.done("DELETE FROM reservations WHERE id = ?1", params![id.as_bytes()])
    }

    fn release_expired(&mut self, now: Millis) -> Result<(), StoreError> {
        self.done("DELETE FROM unconfirmed_bookings WHERE expires_at <= ?1", params![now.0])?;
        let expired = "SELECT id FROM reservations WHERE expires_at <= ?1";
        let sql = format!("DELETE FROM reserved_minutes WHERE reservation IN ({expired})");
        self.done(&sql, params![now.0])?;
        self.done("DELETE FROM reservations WHERE expires_at <= ?1", params![now.0])
    }

    fn save_booking_key(&mut self, key: SecretHash, asked: SecretHash, meeting: MeetingId) -> Result<(), StoreError> {
        let sql = "INSERT INTO booking_keys (key, asked, meeting) VALUES (?1, ?2, ?3)";
        self.done(sql, params![&key.0, &asked.0, meeting.as_bytes()])
    }
}

impl<C: Connection> MeetingView for Db<C> {
    fn meeting_facts(&self, lead: LeadId) -> Result<Vec<MeetingFact>, StoreError> {
        self.read_rows(&meeting_facts_of(lead), fact)
    }

    fn meeting_lead(&self, lead: LeadId) -> Result<Option<MeetingLead>, StoreError> {
        self.answer(&meeting_lead_of(lead), meeting_lead)
    }

    fn meeting_leads(&self, status: &str, after: Option<Cursor>, limit: u32) -> Result<Vec<MeetingLead>, StoreError> {
        let sql = format!(
            "{MEETING_LEAD} WHERE status = ?1 AND (active_at, lead) < (?2, ?3) ORDER BY active_at DESC, lead DESC LIMIT ?4"
        );
        let after = after.unwrap_or(Cursor { at: Millis(i64::MAX), id: [0xff; 16] });
        self.rows(&sql, params![status, after.at.0, &after.id, limit], meeting_lead)
    }

    fn outdated_meeting_leads(&self, limit: u32) -> Result<Vec<LeadId>, StoreError> {
        let sql = "SELECT lead FROM meeting_leads WHERE course IS NULL LIMIT ?1";
        self.rows(sql, params![limit], |row| row.get(0).map(LeadId::from_bytes))
    }

    fn meeting(&self, id: MeetingId) -> Result<Option<Meeting>, StoreError> {
        self.one(&format!("{MEETING} WHERE id = ?1"), params![id.as_bytes()], meeting)
    }

    fn meetings_of_lead(&self, lead: LeadId) -> Result<Vec<Meeting>, StoreError> {
        self.rows(&format!("{MEETING} WHERE lead = ?1 ORDER BY start_at, id"), params![lead.as_bytes()], meeting)
    }

    fn meetings(&self, which: &MeetingQuery, after: Option<Cursor>, limit: u32) -> Result<Vec<Meeting>, StoreError> {
        let (behind, order, begin) = if which.is_latest_first {
            ("<", "start_at DESC, id DESC", Cursor { at: Millis(i64::MAX), id: [0xff; 16] })
        } else {
            (">", "start_at, id", Cursor { at: Millis(i64::MIN), id: [0; 16] })
        };
        let sql = format!(
            "{MEETING} WHERE (start_at, id) {behind} (?1, ?2) AND start_at < ?3 AND end_at > ?4 \
             AND state >= ?5 AND state <= ?6 AND owner >= ?7 AND owner <= ?8 ORDER BY {order} LIMIT ?9"
        );
        let after = after.unwrap_or(begin);
        let (from, to) = (which.from.map_or(i64::MIN, |from| from.0), which.to.map_or(i64::MAX, |to| to.0));
        // From the first to the last word and id, where it does not matter which.
        let states = which.state.map_or(("", "~"), |state| (state.as_str(), state.as_str()));
        let owners = which.owner.map_or(([0; 16], [0xff; 16]), |rep| (*rep.as_bytes(), *rep.as_bytes()));
        let values = params![after.at.0, &after.id, to, from, states.0, states.1, &owners.0, &owners.1, limit];
        self.rows(&sql, values, meeting)
    }

    fn holds_of(&self, visitor: VisitorId) -> Result<Vec<MeetingId>, StoreError> {
        let sql = "SELECT DISTINCT id FROM reservations WHERE holder = ?1";
        self.rows(sql, params![visitor.as_bytes()], |row| Ok(MeetingId::from_bytes(row.get(0)?)))
    }

    fn reservations(&self, from: Millis, to: Millis) -> Result<Vec<Reservation>, StoreError> {
        let sql = format!("{RESERVATION} WHERE end_at > ?1 AND start_at < ?2 ORDER BY start_at, id, rep");
        self.rows(&sql, params![from.0, to.0], reservation)
    }

    fn reserved_for(&self, lead: LeadId) -> Result<Vec<Reservation>, StoreError> {
        self.rows(
            &format!("{RESERVATION} WHERE lead = ?1 ORDER BY start_at, id, rep"),
            params![lead.as_bytes()],
            reservation,
        )
    }

    fn booking_keys_of(&self, lead: LeadId) -> Result<u64, StoreError> {
        let sql = "SELECT COUNT(*) FROM booking_keys WHERE meeting IN (SELECT id FROM meetings WHERE lead = ?1)";
        let count = self.one(sql, params![lead.as_bytes()], |row| row.get::<i64>(0))?;
        Ok(count.unwrap_or_default().unsigned_abs())
    }

    fn reserved(&self, id: MeetingId) -> Result<Vec<Reservation>, StoreError> {
        self.rows(&format!("{RESERVATION} WHERE id = ?1 ORDER BY rep"), params![id.as_bytes()], reservation)
    }

    fn booked_turns(&self, now: Millis) -> Result<BTreeMap<RepId, BookedTurn>, StoreError> {
        let sql = "SELECT owner, SUM(CASE WHEN state = ?1 AND start_at > ?2 THEN 1 ELSE 0 END), MAX(booked_at) \
                   FROM meetings GROUP BY owner";
        let rows = self.rows(sql, params![MeetingState::Booked.as_str(), now.0], |row| {
            let turn = BookedTurn { upcoming: row.get::<i64>(1)?.unsigned_abs(), last_booked: Some(millis(row, 2)?) };
            Ok((RepId::from_bytes(row.get(0)?), turn))
        })?;
        Ok(rows.into_iter().collect())
    }

    fn booking_by_key(&self, key: SecretHash) -> Result<Option<(SecretHash, MeetingId)>, StoreError> {
        self.one("SELECT asked, meeting FROM booking_keys WHERE key = ?1", params![&key.0], |row| {
            Ok((SecretHash(row.get(0)?), MeetingId::from_bytes(row.get(1)?)))
        })
    }
}

/// Every minute that a reservation touches.
fn minutes(one: &Reservation) -> std::ops::Range<i64> {
    let minute = |at: Millis| at.0.div_euclid(Millis::MINUTE.0);
    minute(one.start)..minute(one.end + Millis(Millis::MINUTE.0 - 1))
}

/// The query for the facts of a lead, in order of delivery.
pub(super) fn meeting_facts_of(lead: LeadId) -> Query {
    let sql = "SELECT id, at, received_at, source, event FROM meeting_facts WHERE lead = ?1 ORDER BY delivery";
    Query::of("meeting_facts", lead.as_bytes(), sql)
}

/// The query for a lead's summary in lists.
fn meeting_lead_of(lead: LeadId) -> Query {
    Query::of("meeting_leads", lead.as_bytes(), format!("{MEETING_LEAD} WHERE lead = ?1"))
}

pub(super) fn meeting(row: &Row<'_>) -> Result<Meeting, StoreError> {
    Ok(Meeting {
        id: MeetingId::from_bytes(row.get(0)?),
        lead: LeadId::from_bytes(row.get(1)?),
        owner: RepId::from_bytes(row.get(2)?),
        start: millis(row, 3)?,
        end: millis(row, 4)?,
        state: column(row, 5, |word: String| MeetingState::parse(&word))?,
        sequence: row.get(6)?,
        booked_at: millis(row, 7)?,
        updated_at: millis(row, 8)?,
        details: json(row, 9)?,
    })
}

fn meeting_lead(row: &Row<'_>) -> Result<MeetingLead, StoreError> {
    Ok(MeetingLead {
        lead: LeadId::from_bytes(row.get(0)?),
        status: row.get(1)?,
        is_spam: row.get::<i64>(2)? != 0,
        active_at: millis(row, 3)?,
        refused_email: row.get(4)?,
        course: course(row, 5)?,
    })
}

fn reservation(row: &Row<'_>) -> Result<Reservation, StoreError> {
    let visitor = row.get::<Option<[u8; 16]>>(5)?.map(VisitorId::from_bytes);
    Ok(Reservation {
        id: MeetingId::from_bytes(row.get(0)?),
        rep: RepId::from_bytes(row.get(1)?),
        lead: LeadId::from_bytes(row.get(2)?),
        start: millis(row, 3)?,
        end: millis(row, 4)?,
        hold: visitor.zip(row.get::<Option<i64>>(6)?.map(Millis)),
    })
}

fn fact(row: &Row<'_>) -> Result<MeetingFact, StoreError> {
    Ok(Fact {
        id: SignalId::from_bytes(row.get(0)?),
        at: millis(row, 1)?,
        received_at: millis(row, 2)?,
        source: column(row, 3, |word: String| source::parse(&word))?,
        what: json(row, 4)?,
    })
}
