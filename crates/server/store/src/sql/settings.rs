//! The settings of the workspace: a row for each that was set.

use super::row::to_json;
use super::{Connection, Db, params};
use crate::statement::Query;
use knock_ports::{Setting, Settings, SettingsLedger, SettingsView, StoreError};
use knock_wire::{AgentRejections, CustomFields, MeetingSettings, RejectReasons, ReportGoals, TeamNotifications};

const WAITS_FOR_CONSENT: &str = "waits_for_consent";
const ASKS_TO_CLARIFY: &str = "asks_to_clarify";
const REJECTS_ABUSE: &str = "rejects_abuse";
const SENDS_MAIL: &str = "sends_mail";
const KEEPS_DEMO: &str = "keeps_demo";
const MEETINGS: &str = "meetings";
const CUSTOM_FIELDS: &str = "custom_fields";
const TEAM_NOTIFICATIONS: &str = "team_notifications";
const REJECT_REASONS: &str = "reject_reasons";
const REPORT_GOALS: &str = "report_goals";
const PLACE: &str = "place";
const KEY_FINGERPRINT: &str = "key_fingerprint";
const AGENT_REJECTIONS: &str = "agent_rejections";
pub(super) const SAVE: &str = "INSERT INTO settings (name, value) VALUES (?1, ?2) \
                    ON CONFLICT (name) DO UPDATE SET value = excluded.value";

impl<C: Connection> SettingsLedger for Db<C> {
    fn save_setting(&mut self, setting: Setting) -> Result<(), StoreError> {
        let (name, value) = match setting {
            Setting::WaitsForConsent(value) => (WAITS_FOR_CONSENT, value),
            Setting::AsksToClarify(value) => (ASKS_TO_CLARIFY, value),
            Setting::RejectsAbuse(value) => (REJECTS_ABUSE, value),
            Setting::SendsMail(value) => (SENDS_MAIL, value),
            Setting::KeepsDemo(value) => (KEEPS_DEMO, value),
        };
        self.done(SAVE, params![name, &value.to_string()])
    }

    fn save_meeting_settings(&mut self, settings: &MeetingSettings) -> Result<(), StoreError> {
        self.done(SAVE, params![MEETINGS, &to_json(settings)?])
    }

    fn save_custom_fields(&mut self, fields: &CustomFields) -> Result<(), StoreError> {
        self.done(SAVE, params![CUSTOM_FIELDS, &to_json(fields)?])
    }

    fn save_team_notifications(&mut self, settings: &TeamNotifications) -> Result<(), StoreError> {
        self.done(SAVE, params![TEAM_NOTIFICATIONS, &to_json(settings)?])
    }

    fn save_reject_reasons(&mut self, reasons: &RejectReasons) -> Result<(), StoreError> {
        self.done(SAVE, params![REJECT_REASONS, &to_json(reasons)?])
    }

    fn save_report_goals(&mut self, goals: &ReportGoals) -> Result<(), StoreError> {
        self.done(SAVE, params![REPORT_GOALS, &to_json(goals)?])
    }

    fn save_place(&mut self, place: &str) -> Result<(), StoreError> {
        self.done(SAVE, params![PLACE, place])
    }

    fn save_key_fingerprint(&mut self, fingerprint: &str) -> Result<(), StoreError> {
        self.done(SAVE, params![KEY_FINGERPRINT, fingerprint])
    }

    fn save_agent_rejections(&mut self, rejections: &AgentRejections) -> Result<(), StoreError> {
        self.done(SAVE, params![AGENT_REJECTIONS, &to_json(rejections)?])
    }
}

impl<C: Connection> SettingsView for Db<C> {
    fn settings(&self) -> Result<Settings, StoreError> {
        let rows = self.set()?;
        // What a newer version has set is none of ours.
        let set = |wanted: &str| rows.iter().find(|(name, _)| name == wanted).map(|(_, value)| value == "true");
        let unset = Settings::default();
        Ok(Settings {
            waits_for_consent: set(WAITS_FOR_CONSENT).unwrap_or(unset.waits_for_consent),
            asks_to_clarify: set(ASKS_TO_CLARIFY).unwrap_or(unset.asks_to_clarify),
            rejects_abuse: set(REJECTS_ABUSE).unwrap_or(unset.rejects_abuse),
            sends_mail: set(SENDS_MAIL).unwrap_or(unset.sends_mail),
            keeps_demo: set(KEEPS_DEMO).unwrap_or(unset.keeps_demo),
        })
    }

    fn meeting_settings(&self) -> Result<MeetingSettings, StoreError> {
        let stored = self.set()?.into_iter().find(|(name, _)| name == MEETINGS);
        let Some((_, text)) = stored else { return Ok(MeetingSettings::default()) };
        serde_json::from_str(&text).map_err(|_| StoreError::Broken("the settings of meetings are unreadable".into()))
    }

    fn custom_fields(&self) -> Result<CustomFields, StoreError> {
        let stored = self.set()?.into_iter().find(|(name, _)| name == CUSTOM_FIELDS);
        let Some((_, text)) = stored else { return Ok(CustomFields::default()) };
        serde_json::from_str(&text).map_err(|_| StoreError::Broken("the custom fields are unreadable".into()))
    }

    fn team_notifications(&self) -> Result<TeamNotifications, StoreError> {
        let stored = self.set()?.into_iter().find(|(name, _)| name == TEAM_NOTIFICATIONS);
        let Some((_, text)) = stored else { return Ok(TeamNotifications::default()) };
        let broken = |_| StoreError::Broken("the settings of the team's notifications are unreadable".into());
        serde_json::from_str(&text).map_err(broken)
    }

    fn reject_reasons(&self) -> Result<RejectReasons, StoreError> {
        let stored = self.set()?.into_iter().find(|(name, _)| name == REJECT_REASONS);
        let Some((_, text)) = stored else { return Ok(RejectReasons::default()) };
        serde_json::from_str(&text).map_err(|_| StoreError::Broken("the reasons of rejections are unreadable".into()))
    }

    fn report_goals(&self) -> Result<ReportGoals, StoreError> {
        let Some(text) = self.set_text(REPORT_GOALS)? else { return Ok(ReportGoals::default()) };
        serde_json::from_str(&text).map_err(|_| StoreError::Broken("the goals of reports are unreadable".into()))
    }

    fn place(&self) -> Result<Option<String>, StoreError> {
        self.set_text(PLACE)
    }

    fn key_fingerprint(&self) -> Result<Option<String>, StoreError> {
        self.set_text(KEY_FINGERPRINT)
    }

    fn agent_rejections(&self) -> Result<AgentRejections, StoreError> {
        let stored = self.set()?.into_iter().find(|(name, _)| name == AGENT_REJECTIONS);
        let Some((_, text)) = stored else { return Ok(AgentRejections::default()) };
        serde_json::from_str(&text).map_err(|_| StoreError::Broken("the agent's rejections are unreadable".into()))
    }
}

impl<C: Connection> Db<C> {
    /// The value of a setting; none if it was never set.
    fn set_text(&self, wanted: &str) -> Result<Option<String>, StoreError> {
        Ok(self.set()?.into_iter().find(|(name, _)| name == wanted).map(|(_, value)| value))
    }

    /// The names and values of all settings that were set.
    pub(super) fn set(&self) -> Result<Vec<(String, String)>, StoreError> {
        self.answers(&all_settings(), |row| Ok((row.get::<String>(0)?, row.get::<String>(1)?)))
    }
}

/// All settings that were set.
pub(crate) fn all_settings() -> Query {
    Query::table("settings", "SELECT name, value FROM settings")
}
