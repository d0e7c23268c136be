//! Settings whose values only their users can judge, checked before the data directory is opened: a refused start changes
//! nothing there.

use crate::config::{Config, check_listener};
use crate::connectors::mail;
use crate::locations;
use knock_ingest::Locations;

/// Checks the settings; the answer is the location database, which is read for that.
pub(crate) fn check_settings(config: &Config) -> anyhow::Result<Option<Locations>> {
    // `--listen` comes after the configuration.
    check_listener("listen", &config.listen)?;
    mail::smtp(&config.smtp)?;
    config.slack.token()?;
    config.slack.api()?;
    config.hubspot.addresses()?;
    config.google.settings()?;
    config.microsoft.settings()?;
    locations::read(&config.location_database)
}
