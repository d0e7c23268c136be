//! The labels of rows.

use crate::present::Presenter;
use knock_model::SiteId;
use knock_ports::StoreError;
use knock_report::{Dimension, NO_VALUE, OTHER};

/// The label of what has no value.
const NONE: &str = "(none)";
/// The label of all groups that have no row of their own.
const OTHERS: &str = "Other";
/// The days of the week, from Monday on.
const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// Names the keys of a dimension.
pub(super) struct Labels<'p, 'v> {
    presenter: &'p Presenter<'v>,
    group: Dimension,
}

impl<'p, 'v> Labels<'p, 'v> {
    pub(super) fn new(presenter: &'p Presenter<'v>, group: Dimension) -> Labels<'p, 'v> {
        Labels { presenter, group }
    }

    /// Returns the label of a row: a name where the key is an id, else the key.
    pub(super) fn label(&self, key: &str) -> Result<String, StoreError> {
        match key {
            NO_VALUE => return Ok(NONE.to_owned()),
            OTHER => return Ok(OTHERS.to_owned()),
            _ => {}
        }
        let named = match self.group {
            Dimension::Site => self.site(key)?,
            Dimension::Link | Dimension::MeetingLink => self.presenter.view.link(key)?.map(|link| link.name),
            // Removed members keep their names, and integrations write messages too.
            Dimension::Rep => Some(self.presenter.member_name(Some(key))?),
            Dimension::Hour => Some(format!("{key}:00")),
            Dimension::Weekday => weekday(key).map(str::to_owned),
            Dimension::Channel
            | Dimension::Source
            | Dimension::Campaign
            | Dimension::LandingPage
            | Dimension::Country
            | Dimension::Device
            | Dimension::Language
            | Dimension::IntentType
            | Dimension::Status
            | Dimension::Reason
            | Dimension::Day
            | Dimension::Week
            | Dimension::Month => None,
        };
        Ok(named.filter(|name| !name.is_empty()).unwrap_or_else(|| key.to_owned()))
    }

    fn site(&self, key: &str) -> Result<Option<String>, StoreError> {
        let Ok(id) = key.parse().map(SiteId) else { return Ok(None) };
        Ok(self.presenter.view.site(id)?.map(|site| site.title().to_owned()))
    }
}

/// Returns the name of a day of the week by its number, 1 for Monday.
fn weekday(key: &str) -> Option<&'static str> {
    let number: usize = key.parse().ok()?;
    WEEKDAYS.get(number.checked_sub(1)?).copied()
}
