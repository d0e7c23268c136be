//! The notification settings of members, and their waits.

use super::row::{json, millis, to_json};
use super::{Connection, Db, Query, Row, Scope, params};
use knock_model::{AI_AGENT, Destination, LeadId, MeetingId, Millis, RepId};
use knock_ports::{DestinationLedger, Device, NotificationLedger, NotificationView, SecretHash, StoreError, Wait};
use knock_wire::NotificationSettings;

/// The chats whose lead waits.
const WAIT: &str = "SELECT lead, waiting_since, owner FROM chats WHERE waiting_since IS NOT NULL";
/// The condition of an ended session: its secret was deleted, or has expired by `?1`.
const SIGNED_OUT: &str =
    "NOT EXISTS (SELECT 1 FROM secrets s WHERE s.hash = push_devices.session AND s.expires_at > ?1)";

impl<C: Connection> NotificationLedger for Db<C> {
    fn save_device(&mut self, device: &Device) -> Result<(), StoreError> {
        let sql = "INSERT INTO push_devices (id, member, session, name, created_at) VALUES (?1, ?2, ?3, ?4, ?5) \
                   ON CONFLICT (id) DO UPDATE SET member = excluded.member, session = excluded.session, \
                   name = excluded.name";
        let Device { id, member, session, name, created_at } = device;
        self.done(sql, params![id, member.as_bytes(), &session.0, name, created_at.0])
    }

    fn drop_device(&mut self, id: [u8; 16]) -> Result<bool, StoreError> {
        self.drop_endpoint(Destination::push(id))?;
        Ok(self.changed("DELETE FROM push_devices WHERE id = ?1", params![&id])? > 0)
    }

    fn drop_signed_out_devices(&mut self, now: Millis) -> Result<(), StoreError> {
        let ended = format!("SELECT id FROM push_devices WHERE {SIGNED_OUT}");
        for id in self.rows(&ended, params![now.0], |row| row.get::<[u8; 16]>(0))? {
            self.drop_device(id)?;
        }
        Ok(())
    }

    fn save_presence(&mut self, member: RepId, until: Millis) -> Result<(), StoreError> {
        let sql = "INSERT INTO presence (member, until) VALUES (?1, ?2) \
                   ON CONFLICT (member) DO UPDATE SET until = excluded.until";
        self.done(sql, params![member.as_bytes(), until.0])
    }

    fn note_wait_told(&mut self, lead: LeadId, member: RepId, since: Millis) -> Result<(), StoreError> {
        let sql = "INSERT INTO waits_told (lead, member, since) VALUES (?1, ?2, ?3) \
                   ON CONFLICT (lead, member) DO UPDATE SET since = excluded.since";
        self.write(Scope::of("waits_told", lead.as_bytes()), sql, params![lead.as_bytes(), member.as_bytes(), since.0])
    }

    fn forget_wait_notice(&mut self, lead: LeadId, member: RepId) -> Result<(), StoreError> {
        let sql = "DELETE FROM waits_told WHERE lead = ?1 AND member = ?2";
        self.write(Scope::of("waits_told", lead.as_bytes()), sql, params![lead.as_bytes(), member.as_bytes()])
    }

    fn note_meeting_news(&mut self, member: RepId, meeting: MeetingId, at: Millis) -> Result<(), StoreError> {
        let sql = "INSERT INTO meeting_news (member, meeting, at) VALUES (?1, ?2, ?3) \
                   ON CONFLICT (member, meeting) DO UPDATE SET at = excluded.at";
        self.done(sql, params![member.as_bytes(), meeting.as_bytes(), at.0])
    }

    fn clear_meeting_news(&mut self, member: RepId, meeting: Option<MeetingId>) -> Result<(), StoreError> {
        match meeting {
            Some(meeting) => {
                let sql = "DELETE FROM meeting_news WHERE member = ?1 AND meeting = ?2";
                self.done(sql, params![member.as_bytes(), meeting.as_bytes()])
            }
            None => self.done("DELETE FROM meeting_news WHERE member = ?1", params![member.as_bytes()]),
        }
    }

    fn save_notifications(&mut self, member: RepId, settings: &NotificationSettings) -> Result<(), StoreError> {
        let sql = "INSERT INTO notification_settings (member, settings) VALUES (?1, ?2) \
                   ON CONFLICT (member) DO UPDATE SET settings = excluded.settings";
        self.write(Scope::table("notification_settings"), sql, params![member.as_bytes(), &to_json(settings)?])
    }

    fn forget_notifications(&mut self, member: RepId) -> Result<(), StoreError> {
        self.clear_meeting_news(member, None)?;
        let sql = "DELETE FROM notification_settings WHERE member = ?1";
        self.write(Scope::table("notification_settings"), sql, params![member.as_bytes()])
    }
}

impl<C: Connection> NotificationView for Db<C> {
    fn devices(&self, now: Millis) -> Result<Vec<Device>, StoreError> {
        let sql = format!(
            "SELECT id, member, session, name, created_at FROM push_devices WHERE NOT ({SIGNED_OUT}) ORDER BY created_at, id"
        );
        self.rows(&sql, params![now.0], |row| {
            let (member, session) = (RepId::from_bytes(row.get(1)?), SecretHash(row.get(2)?));
            Ok(Device { id: row.get(0)?, member, session, name: row.get(3)?, created_at: millis(row, 4)? })
        })
    }

    fn presence(&self, member: RepId) -> Result<Option<Millis>, StoreError> {
        self.one("SELECT until FROM presence WHERE member = ?1", params![member.as_bytes()], |row| millis(row, 0))
    }

    fn wait_of(&self, lead: LeadId) -> Result<Option<Wait>, StoreError> {
        let sql = format!("{WAIT} AND lead = ?1");
        self.one(&sql, params![lead.as_bytes()], wait)
    }

    fn told_of_wait(&self, lead: LeadId) -> Result<Vec<(RepId, Millis)>, StoreError> {
        self.answers(&notified_of(lead), |row| Ok((RepId::from_bytes(row.get(0)?), millis(row, 1)?)))
    }

    fn meeting_news(&self, member: RepId, now: Millis, limit: u32) -> Result<Vec<MeetingId>, StoreError> {
        let sql = "SELECT n.meeting FROM meeting_news n JOIN meetings m ON m.id = n.meeting \
                   WHERE n.member = ?1 AND m.end_at > ?2 ORDER BY n.at DESC, n.meeting LIMIT ?3";
        self.rows(sql, params![member.as_bytes(), now.0, limit], |row| Ok(MeetingId::from_bytes(row.get(0)?)))
    }

    fn news_of_meeting(&self, meeting: MeetingId) -> Result<Vec<(RepId, Millis)>, StoreError> {
        let sql = "SELECT member, at FROM meeting_news WHERE meeting = ?1 ORDER BY member";
        self.rows(sql, params![meeting.as_bytes()], |row| Ok((RepId::from_bytes(row.get(0)?), millis(row, 1)?)))
    }

    fn notifications(&self, member: RepId) -> Result<NotificationSettings, StoreError> {
        let all =
            self.answers(&all_notification_settings(), |row| Ok((RepId::from_bytes(row.get(0)?), json(row, 1)?)))?;
        Ok(all.into_iter().find(|(of, _)| *of == member).map(|(_, settings)| settings).unwrap_or_default())
    }

    fn waits_for(&self, member: RepId, limit: u32) -> Result<Vec<Wait>, StoreError> {
        let sql = format!("{WAIT} AND owner IN (?1, '', ?3) ORDER BY waiting_since, lead LIMIT ?2");
        self.rows(&sql, params![&member.to_string(), limit, AI_AGENT], wait)
    }

    fn waits_of_team(&self, limit: u32) -> Result<Vec<Wait>, StoreError> {
        let sql = format!("{WAIT} ORDER BY waiting_since, lead LIMIT ?1");
        self.rows(&sql, params![limit], wait)
    }
}

/// The members notified of a lead's waits, and of which.
pub(crate) fn notified_of(lead: LeadId) -> Query {
    let sql = "SELECT member, since FROM waits_told WHERE lead = ?1 ORDER BY member";
    Query::of("waits_told", lead.as_bytes(), sql.to_owned())
}

/// The notification settings of all members: they are few, and read together.
pub(crate) fn all_notification_settings() -> Query {
    let sql = "SELECT member, settings FROM notification_settings ORDER BY member";
    Query::table("notification_settings", sql.to_owned())
}

fn wait(row: &Row<'_>) -> Result<Wait, StoreError> {
    // What an earlier version stored has no owner until it is derived.
    let owner = row.get::<Option<String>>(2)?.unwrap_or_default();
    let (lead, since) = (LeadId::from_bytes(row.get(0)?), millis(row, 1)?);
    Ok(Wait { lead, since, rep: RepId::parse(&owner).ok(), is_queued: owner == AI_AGENT })
}
