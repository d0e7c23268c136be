//! The one list of vendors: what this version of the server can be connected to.

use crate::config::{self, Config};
use crate::faults;
use knock_caldav::CalDavVendor;
use knock_calendar_sync::Accounts;
use knock_context::Core;
use knock_crm_sync::{Configured, Crms};
use knock_google::GoogleVendor;
use knock_hubspot::{CLIENT_ID, CLIENT_SECRET, HubSpotVendor, TOKEN, VendorSettings};
use knock_microsoft::{MicrosoftVendor, TENANT};
use knock_outbound::Outbound;
use knock_ports::{CalendarVendor, Credentials, CrmVendor};
use std::sync::Arc;

/// The CRMs.
pub(crate) fn crms(config: &Config, core: &Core, outbound: &Outbound) -> anyhow::Result<Crms> {
    Ok(Crms::new(core, [hubspot(&config.hubspot, core, outbound)?]))
}

/// The providers of calendars.
pub(crate) fn calendars(config: &Config, core: &Core, outbound: &Outbound) -> anyhow::Result<Accounts> {
    let google = google(&config.google, core, outbound)?;
    let microsoft = microsoft(&config.microsoft, core, outbound)?;
    Ok(Accounts::new(core, [caldav(core, outbound), google, microsoft]))
}

/// The provider without an app: members enter their credentials.
fn caldav(core: &Core, outbound: &Outbound) -> (Arc<dyn CalendarVendor>, Credentials) {
    let vendor = CalDavVendor { outbound: outbound.clone(), answers: Arc::new(core.reader.clone()) };
    (Arc::new(vendor), Credentials::default())
}

fn google(
    config: &config::Google,
    core: &Core,
    outbound: &Outbound,
) -> anyhow::Result<(Arc<dyn CalendarVendor>, Credentials)> {
    let vendor = GoogleVendor::new(outbound.clone(), Arc::clone(&core.clock), config.settings()?);
    Ok((Arc::new(vendor), app(&config.client_id, &config.client_secret, [])))
}

fn microsoft(
    config: &config::Microsoft,
    core: &Core,
    outbound: &Outbound,
) -> anyhow::Result<(Arc<dyn CalendarVendor>, Credentials)> {
    let vendor = MicrosoftVendor::new(outbound.clone(), Arc::clone(&core.clock), config.settings()?);
    Ok((Arc::new(vendor), app(&config.client_id, &config.client_secret, [(TENANT, &config.tenant)])))
}

/// An app of the configuration; empty if it has none.
fn app<const N: usize>(id: &str, secret: &config::Secret, more: [(&str, &str); N]) -> Credentials {
    let mut app = Credentials::default();
    if !id.is_empty() {
        let own = [(CLIENT_ID, id), (CLIENT_SECRET, secret.reveal())];
        app.0.extend(own.into_iter().chain(more).map(|(name, value)| (name.to_owned(), value.to_owned())));
    }
    app
}

fn hubspot(
    config: &config::HubSpot,
    core: &Core,
    outbound: &Outbound,
) -> anyhow::Result<(Arc<dyn CrmVendor>, Configured)> {
    let (api_url, authorize_url) = config.addresses()?;
    let settings = VendorSettings { api_url, authorize_url };
    let vendor = HubSpotVendor::new(outbound.clone(), Arc::clone(&core.clock), settings);
    let vendor = match faults::place_of_crm() {
        Some(system) => vendor.in_place_of(system),
        None => vendor,
    };
    let app = [(CLIENT_ID, config.client_id.as_str()), (CLIENT_SECRET, config.client_secret.reveal())];
    let configured = Configured {
        credentials: Credentials::from([(TOKEN, config.token.reveal())]),
        app: Credentials::from(app),
        setting: "hubspot.token",
    };
    Ok((Arc::new(vendor), configured))
}
