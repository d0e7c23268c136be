//! What reports read: leads with their packed chats and ways to a meeting, meetings, and counts of new browsers.

use super::chat::course;
use super::record::{first_touch_text, is_shown};
use super::row::{at_index, column, millis};
use super::{Connection, Db, Row, Value, params};
use knock_model::{IntentType, LeadId, MeetingId, MeetingState, Millis, RepId, SiteId};
use knock_ports::{
    FirstTouch, ReportDecision, ReportLead, ReportLedger, ReportMeeting, ReportRun, ReportView, ReportWrite,
    StoreError, VisitCount,
};
use knock_status::meeting::Canceller;
use std::ops::ControlFlow;

/// The leads that are read together, with what belongs to them. Tables are walked by the lead and put together here: a
/// join would look up each lead in each of them, which takes twice as long.
const PAGE: u32 = 25_000;

const LEADS: &str = "SELECT id, first_seen_at, first_touch, last_seen_at FROM leads WHERE id > ?1 AND is_spam = 0 \
     ORDER BY id LIMIT ?2";
const CHATS: &str =
    "SELECT lead, active_at, intent_type, course FROM chats WHERE lead > ?1 AND lead <= ?2 ORDER BY lead";
const MEETING_LEADS: &str =
    "SELECT lead, active_at, course FROM meeting_leads WHERE lead > ?1 AND lead <= ?2 ORDER BY lead";
const LEADS_OF_MEETINGS: &str = "SELECT lead, MAX(booked_at), MAX(updated_at), MAX(start_at) FROM meetings \
     WHERE lead > ?1 AND lead <= ?2 GROUP BY lead ORDER BY lead";

/// A lead with the instant of the last activity.
struct Seen {
    lead: ReportLead,
    last_at: Millis,
}

impl<C: Connection> ReportLedger for Db<C> {
    fn count_visitor(&mut self, site: SiteId, received_at: Millis, touch: &FirstTouch) -> Result<(), StoreError> {
        let (at, touch) = (VisitCount::quarter(received_at), first_touch_text(touch)?);
        if let Some(ahead) = self.0.ahead() {
            self.0.read_ahead()?;
            *ahead.borrow_mut().kept.visits.entry((at, site, touch)).or_default() += 1;
            return Ok(());
        }
        let sql = "INSERT INTO visit_counts (at, site, touch, visitors) VALUES (?1, ?2, ?3, 1) \
                   ON CONFLICT (at, site, touch) DO UPDATE SET visitors = visit_counts.visitors + 1";
        self.done(sql, params![at.0, site.0, &touch])
    }
}

impl<C: Connection> ReportView for Db<C> {
    fn report_leads(
        &self,
        since: Millis,
        each: &mut dyn FnMut(ReportLead) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let mut past = Vec::new();
        loop {
            let page = self.page_of_leads(&past)?;
            let Some(last) = page.last().map(|seen| seen.lead.lead) else { return Ok(()) };
            let is_last = u32::try_from(page.len()).is_ok_and(|count| count < PAGE);
            page.into_iter().filter(|seen| seen.last_at >= since).try_for_each(|seen| each(seen.lead))?;
            if is_last {
                return Ok(());
            }
            past = last.as_bytes().to_vec();
        }
    }

    fn report_meetings(&self, since: Millis) -> Result<Vec<ReportMeeting>, StoreError> {
        let (canceller, shown) = ((C::DIALECT.json_text)("details", &["cancelled_by"]), is_shown("lead"));
        let sql = format!(
            "SELECT id, lead, link, owner, booked_at, start_at, end_at, state, updated_at, sequence, {canceller} \
             FROM meetings WHERE (booked_at >= ?1 OR updated_at >= ?1 OR start_at >= ?1) AND {shown} \
             ORDER BY booked_at, id"
        );
        self.rows(&sql, params![since.0], meeting)
    }

    fn report_decisions(&self) -> Result<Vec<ReportDecision>, StoreError> {
        self.decisions_of_all()
    }

    fn report_runs(&self, since: Millis) -> Result<Vec<ReportRun>, StoreError> {
        self.runs_since(since)
    }

    fn report_writes(&self, since: Millis) -> Result<Vec<ReportWrite>, StoreError> {
        self.crm_writes_since(since)
    }

    fn report_questions(&self, since: Millis) -> Result<Vec<(LeadId, Millis)>, StoreError> {
        self.unanswered_since(since)
    }

    fn visit_counts(&self, from: Millis, to: Millis) -> Result<Vec<VisitCount>, StoreError> {
        let sql = "SELECT site, at, touch, visitors FROM visit_counts WHERE at >= ?1 AND at < ?2 ORDER BY at, site";
        self.rows(sql, params![from.0, to.0], |row| {
            let visitors = row.get::<i64>(3)?.unsigned_abs();
            Ok(VisitCount { site: SiteId(row.get(0)?), at: millis(row, 1)?, touch: row.get(2)?, visitors })
        })
    }
}

impl<C: Connection> Db<C> {
    /// The leads after an id, up to a page, whether or not they did anything.
    fn page_of_leads(&self, past: &[u8]) -> Result<Vec<Seen>, StoreError> {
        let mut page = self.rows(LEADS, params![past, PAGE], seen)?;
        if let Some(last) = page.last().map(|seen| seen.lead.lead) {
            let range = params![past, last.as_bytes()];
            self.add(CHATS, range, &mut page, add_chat)?;
            self.add(MEETING_LEADS, range, &mut page, add_meeting_lead)?;
            self.add(LEADS_OF_MEETINGS, range, &mut page, add_meetings)?;
        }
        Ok(page)
    }

    /// Adds the rows of a table to their leads. Both are in the order of the leads; rows of others are passed over.
    fn add(
        &self,
        sql: &str,
        range: &[Value<'_>],
        page: &mut [Seen],
        add: fn(&mut Seen, &Row<'_>) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let mut leads = page.iter_mut().peekable();
        self.0.each(sql, range, &mut |row| {
            let lead = LeadId::from_bytes(row.get(0)?);
            while leads.next_if(|seen| seen.lead.lead < lead).is_some() {}
            if let Some(seen) = leads.next_if(|seen| seen.lead.lead == lead) {
                add(seen, row)?;
            }
            Ok(ControlFlow::Continue(()))
        })
    }
}

fn seen(row: &Row<'_>) -> Result<Seen, StoreError> {
    let lead = ReportLead {
        lead: LeadId::from_bytes(row.get(0)?),
        first_seen_at: millis(row, 1)?,
        touch: row.get(2)?,
        kind: IntentType::Unknown,
        chat: Vec::new(),
        has_chat: false,
        meeting: Vec::new(),
        has_meeting: false,
    };
    Ok(Seen { lead, last_at: millis(row, 3)? })
}

fn add_chat(seen: &mut Seen, row: &Row<'_>) -> Result<(), StoreError> {
    seen.last_at = seen.last_at.max(millis(row, 1)?);
    seen.lead.kind = column(row, 2, |index: i64| at_index(IntentType::ALL, index))?;
    (seen.lead.has_chat, seen.lead.chat) = (true, course(row, 3)?);
    Ok(())
}

fn add_meeting_lead(seen: &mut Seen, row: &Row<'_>) -> Result<(), StoreError> {
    seen.last_at = seen.last_at.max(millis(row, 1)?);
    (seen.lead.has_meeting, seen.lead.meeting) = (true, course(row, 2)?);
    Ok(())
}

fn add_meetings(seen: &mut Seen, row: &Row<'_>) -> Result<(), StoreError> {
    for at in 1..=3 {
        seen.last_at = seen.last_at.max(millis(row, at)?);
    }
    Ok(())
}

fn meeting(row: &Row<'_>) -> Result<ReportMeeting, StoreError> {
    Ok(ReportMeeting {
        id: MeetingId::from_bytes(row.get(0)?),
        lead: LeadId::from_bytes(row.get(1)?),
        link: row.get(2)?,
        owner: RepId::from_bytes(row.get(3)?),
        booked_at: millis(row, 4)?,
        start: millis(row, 5)?,
        end: millis(row, 6)?,
        state: column(row, 7, |word: String| MeetingState::parse(&word))?,
        updated_at: millis(row, 8)?,
        sequence: row.get(9)?,
        cancelled_by: column(row, 10, |word: Option<String>| match word.as_deref() {
            None => Some(None),
            Some("rep") => Some(Some(Canceller::Rep)),
            Some("lead") => Some(Some(Canceller::Lead)),
            Some(_) => None,
        })?,
    })
}
