//! Settings of the whole workspace.

use crate::StoreError;
use knock_wire::{AgentRejections, CustomFields, MeetingSettings, RejectReasons, ReportGoals, TeamNotifications};

/// The settings of a workspace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Whether the snippet waits for the visitor's consent.
    pub waits_for_consent: bool,
    /// Whether the agent asks what a chat is about (IF-09).
    pub asks_to_clarify: bool,
    /// Whether the agent ends a chat whose lead goes on abusing it after a warning (7.7).
    pub rejects_abuse: bool,
    /// Whether a server of this workspace sends mail, as of its last start or of the last change in the dashboard.
    pub sends_mail: bool,
    /// Whether the team keeps the demo site beside a site of its own.
    pub keeps_demo: bool,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            waits_for_consent: false,
            asks_to_clarify: true,
            rejects_abuse: true,
            sends_mail: false,
            keeps_demo: false,
        }
    }
}

/// One of the settings with its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    /// Whether the snippet waits for the visitor's consent.
    WaitsForConsent(bool),
    /// Whether the agent asks what a chat is about.
    AsksToClarify(bool),
    /// Whether the agent ends a chat whose lead goes on abusing it after a warning.
    RejectsAbuse(bool),
    /// Whether a server of this workspace sends mail.
    SendsMail(bool),
    /// Whether the team keeps the demo site beside a site of its own.
    KeepsDemo(bool),
}

/// Writing the settings.
pub trait SettingsLedger {
    /// Stores one of them.
    fn save_setting(&mut self, setting: Setting) -> Result<(), StoreError>;

    /// Stores the settings of the booking.
    fn save_meeting_settings(&mut self, settings: &MeetingSettings) -> Result<(), StoreError>;

    /// Stores the custom fields.
    fn save_custom_fields(&mut self, fields: &CustomFields) -> Result<(), StoreError>;

    /// Stores what holds for the notifications of the whole team.
    fn save_team_notifications(&mut self, settings: &TeamNotifications) -> Result<(), StoreError>;

    /// Stores the reasons that are offered when a lead is rejected.
    fn save_reject_reasons(&mut self, reasons: &RejectReasons) -> Result<(), StoreError>;

    /// Stores what the team aims at in reports.
    fn save_report_goals(&mut self, goals: &ReportGoals) -> Result<(), StoreError>;

    /// Stores where the workspace is, as the server describes it.
    fn save_place(&mut self, place: &str) -> Result<(), StoreError>;

    /// Stores the fingerprint of the key that the workspace's servers sign and seal with.
    fn save_key_fingerprint(&mut self, fingerprint: &str) -> Result<(), StoreError>;

    /// Stores whom the agent rejects by conditions.
    fn save_agent_rejections(&mut self, rejections: &AgentRejections) -> Result<(), StoreError>;
}

/// Reading the settings.
pub trait SettingsView {
    /// All of them; each has its default before it was stored.
    fn settings(&self) -> Result<Settings, StoreError>;

    /// The settings of the booking; the default before they are stored.
    fn meeting_settings(&self) -> Result<MeetingSettings, StoreError>;

    /// The custom fields; none before they are stored.
    fn custom_fields(&self) -> Result<CustomFields, StoreError>;

    /// What holds for the notifications of the whole team; the default before it is stored.
    fn team_notifications(&self) -> Result<TeamNotifications, StoreError>;

    /// The reasons that are offered when a lead is rejected; the usual ones before they are stored.
    fn reject_reasons(&self) -> Result<RejectReasons, StoreError>;

    /// What the team aims at in reports; no goal before one is stored.
    fn report_goals(&self) -> Result<ReportGoals, StoreError>;

    /// Where the workspace was when a server last sent from it; none before the first start of a version that stores it.
    fn place(&self) -> Result<Option<String>, StoreError>;

    /// The fingerprint of the key of its servers; none before the first start of a version that stores it.
    fn key_fingerprint(&self) -> Result<Option<String>, StoreError>;

    /// Whom the agent rejects by conditions; no lead before they are stored.
    fn agent_rejections(&self) -> Result<AgentRejections, StoreError>;
}
