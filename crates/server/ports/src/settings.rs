//! What the team has set for the whole workspace.

use crate::StoreError;

/// The settings of a workspace.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// Whether the snippet waits for the visitor's consent.
    pub waits_for_consent: bool,
}

/// Writing the settings.
pub trait SettingsLedger {
    /// Stores all of them.
    fn save_settings(&mut self, settings: &Settings) -> Result<(), StoreError>;
}

/// Reading the settings.
pub trait SettingsView {
    /// All of them; the default before any was stored.
    fn settings(&self) -> Result<Settings, StoreError>;
}
