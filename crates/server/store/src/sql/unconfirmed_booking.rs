//! Bookings that wait for the link in their mail.

use super::row::{json, millis, to_json};
use super::{Connection, Db, Row, params};
use knock_model::{LeadId, MeetingId};
use knock_ports::{SecretHash, StoreError, UnconfirmedBooking, UnconfirmedBookingLedger, UnconfirmedBookingView};

const BOOKING: &str = "SELECT id, lead, start_at, end_at, expires_at, key, asked, details FROM unconfirmed_bookings";

impl<C: Connection> UnconfirmedBookingLedger for Db<C> {
    fn save_unconfirmed_booking(&mut self, booking: &UnconfirmedBooking) -> Result<(), StoreError> {
        let sql = "INSERT INTO unconfirmed_bookings (id, lead, start_at, end_at, expires_at, key, asked, details) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
        let UnconfirmedBooking { id, lead, start, end, expires_at, key, details } = booking;
        let (key, asked) = key.as_ref().map(|(key, asked)| (&key.0, &asked.0)).unzip();
        let (id, lead, details) = (id.as_bytes(), lead.as_bytes(), to_json(details)?);
        self.done(sql, params![id, lead, start.0, end.0, expires_at.0, key, asked, &details])
    }
}

impl<C: Connection> UnconfirmedBookingView for Db<C> {
    fn unconfirmed_booking(&self, id: MeetingId) -> Result<Option<UnconfirmedBooking>, StoreError> {
        self.one(&format!("{BOOKING} WHERE id = ?1"), params![id.as_bytes()], booking)
    }

    fn unconfirmed_by_key(&self, key: SecretHash) -> Result<Option<UnconfirmedBooking>, StoreError> {
        self.one(&format!("{BOOKING} WHERE key = ?1 ORDER BY expires_at DESC"), params![&key.0], booking)
    }

    fn unconfirmed_of(&self, lead: LeadId) -> Result<Vec<UnconfirmedBooking>, StoreError> {
        self.rows(&format!("{BOOKING} WHERE lead = ?1 ORDER BY start_at, id"), params![lead.as_bytes()], booking)
    }
}

fn booking(row: &Row<'_>) -> Result<UnconfirmedBooking, StoreError> {
    let hash = |at: usize| Ok(row.get::<Option<[u8; 32]>>(at)?.map(SecretHash));
    Ok(UnconfirmedBooking {
        id: MeetingId::from_bytes(row.get(0)?),
        lead: LeadId::from_bytes(row.get(1)?),
        start: millis(row, 2)?,
        end: millis(row, 3)?,
        expires_at: millis(row, 4)?,
        key: hash(5)?.zip(hash(6)?),
        details: json(row, 7)?,
    })
}
