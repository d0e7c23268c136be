//! The app of a calendar provider that asks members for their consent, as an admin has entered it.

use crate::StoreError;
use knock_model::CalendarProvider;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The app of the dashboard.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarApp {
    /// The values that are no secrets, by the names of their fields.
    pub values: BTreeMap<String, String>,
    /// The others, sealed by the server's own key.
    pub secret: String,
}

/// Reading the apps.
pub trait CalendarAppView {
    /// The app of a provider; none while there is none.
    fn calendar_app(&self, provider: CalendarProvider) -> Result<Option<CalendarApp>, StoreError>;
}

/// Writing the apps.
pub trait CalendarAppLedger {
    /// Sets the app of a provider; none removes it.
    fn save_calendar_app(&mut self, provider: CalendarProvider, app: Option<&CalendarApp>) -> Result<(), StoreError>;
}
