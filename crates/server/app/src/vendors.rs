//! The one list of vendors: what this version of the server can be connected to.

use crate::config::{self, Config};
use crate::faults;
use knock_caldav::CalDavVendor;
use knock_calendar_sync::Accounts;
use knock_context::Core;
use knock_crm_sync::{Configured, Crms};
use knock_hubspot::{CLIENT_ID, CLIENT_SECRET, HubSpotVendor, TOKEN, VendorSettings};
use knock_outbound::Outbound;
use knock_ports::{CalendarVendor, Credentials, CrmVendor};
use std::sync::Arc;

/// The CRMs.
pub(crate) fn crms(config: &Config, core: &Core, outbound: &Outbound) -> anyhow::Result<Crms> {
    Ok(Crms::new(core, [hubspot(&config.hubspot, core, outbound)?]))
}

/// The providers of calendars.
pub(crate) fn calendars(core: &Core, outbound: &Outbound) -> Accounts {
    let caldav = CalDavVendor { outbound: outbound.clone(), answers: Arc::new(core.reader.clone()) };
    Accounts::new([Arc::new(caldav) as Arc<dyn CalendarVendor>], &core.key)
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
