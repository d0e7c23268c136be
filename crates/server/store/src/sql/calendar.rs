//! Calendar accounts that members have connected.

use super::row::{json, to_json};
use super::{Connection, Db, params};
use knock_model::{CalendarAccountId, Destination, Millis, RepId};
use knock_ports::{CalendarChannel, CalendarLedger, CalendarView, ConnectedCalendar, DestinationLedger, StoreError};

impl<C: Connection> CalendarLedger for Db<C> {
    fn save_calendar(&mut self, calendar: &ConnectedCalendar) -> Result<(), StoreError> {
        let sql = "INSERT INTO calendar_accounts (id, member, details, problem, problem_at, connected_at, unread, \
                   reported_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) \
                   ON CONFLICT (id) DO UPDATE SET details = excluded.details, problem = excluded.problem, \
                   problem_at = excluded.problem_at, unread = excluded.unread, reported_at = excluded.reported_at";
        let ConnectedCalendar { id, member, details, problem, unread, .. } = calendar;
        let (details, unread, at) = (to_json(details)?, to_json(unread)?, calendar.connected_at.0);
        let [problem_at, reported_at] = [calendar.problem_at, calendar.reported_at].map(|at| at.map(|at| at.0));
        let (id, member) = (id.as_bytes(), member.as_bytes());
        self.done(sql, params![id, member, &details, problem, problem_at, at, &unread, reported_at])
    }

    fn save_calendar_tokens(&mut self, id: CalendarAccountId, tokens: &str) -> Result<(), StoreError> {
        self.done("UPDATE calendar_accounts SET tokens = ?2 WHERE id = ?1", params![id.as_bytes(), tokens])
    }

    fn save_calendar_channels(
        &mut self,
        id: CalendarAccountId,
        channels: &[CalendarChannel],
    ) -> Result<(), StoreError> {
        let channels = to_json(&channels)?;
        self.done("UPDATE calendar_accounts SET channels = ?2 WHERE id = ?1", params![id.as_bytes(), &channels])
    }

    fn drop_calendar(&mut self, id: CalendarAccountId) -> Result<bool, StoreError> {
        self.drop_endpoint(Destination::calendar(id))?;
        Ok(self.changed("DELETE FROM calendar_accounts WHERE id = ?1", params![id.as_bytes()])? > 0)
    }
}

impl<C: Connection> CalendarView for Db<C> {
    fn calendars(&self) -> Result<Vec<ConnectedCalendar>, StoreError> {
        let sql = "SELECT id, member, details, problem, problem_at, connected_at, unread, channels, reported_at \
                   FROM calendar_accounts ORDER BY connected_at, id";
        self.rows(sql, params![], |row| {
            Ok(ConnectedCalendar {
                id: CalendarAccountId::from_bytes(row.get(0)?),
                member: RepId::from_bytes(row.get(1)?),
                details: json(row, 2)?,
                problem: row.get(3)?,
                problem_at: row.get::<Option<i64>>(4)?.map(Millis),
                connected_at: Millis(row.get(5)?),
                unread: json(row, 6)?,
                channels: json(row, 7)?,
                reported_at: row.get::<Option<i64>>(8)?.map(Millis),
            })
        })
    }

    fn calendar_tokens(&self, id: CalendarAccountId) -> Result<Option<String>, StoreError> {
        self.one("SELECT tokens FROM calendar_accounts WHERE id = ?1", params![id.as_bytes()], |row| row.get(0))
    }
}
