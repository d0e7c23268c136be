//! Calendars that members have connected.

use super::row::{json, to_json};
use super::{Connection, Db, params};
use knock_model::{Destination, Millis, RepId};
use knock_ports::{CalendarLedger, CalendarView, ConnectedCalendar, DestinationLedger, StoreError};

impl<C: Connection> CalendarLedger for Db<C> {
    fn save_calendar(&mut self, calendar: &ConnectedCalendar) -> Result<(), StoreError> {
        let sql = "INSERT INTO calendars (member, details, problem, problem_at) VALUES (?1, ?2, ?3, ?4) \
                   ON CONFLICT (member) DO UPDATE SET details = excluded.details, problem = excluded.problem, \
                   problem_at = excluded.problem_at";
        let ConnectedCalendar { member, details, problem, problem_at } = calendar;
        let problem_at = problem_at.map(|at| at.0);
        self.done(sql, params![member.as_bytes(), &to_json(details)?, problem, problem_at])
    }

    fn drop_calendar(&mut self, member: RepId) -> Result<bool, StoreError> {
        self.drop_endpoint(Destination::calendar(member))?;
        Ok(self.changed("DELETE FROM calendars WHERE member = ?1", params![member.as_bytes()])? > 0)
    }
}

impl<C: Connection> CalendarView for Db<C> {
    fn calendars(&self) -> Result<Vec<ConnectedCalendar>, StoreError> {
        let sql = "SELECT member, details, problem, problem_at FROM calendars ORDER BY member";
        self.rows(sql, params![], |row| {
            Ok(ConnectedCalendar {
                member: RepId::from_bytes(row.get(0)?),
                details: json(row, 1)?,
                problem: row.get(2)?,
                problem_at: row.get::<Option<i64>>(3)?.map(Millis),
            })
        })
    }
}
