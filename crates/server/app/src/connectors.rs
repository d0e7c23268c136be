//! The registry of connectors: one line for each kind of destination.

pub(crate) mod calendar;
mod hubspot;
pub(crate) mod mail;
pub(crate) mod push;
pub(crate) mod webhook;

use crate::calendars::{Accounts, CalendarReader};
use crate::config::Config;
use crate::context::AppContext;
use crate::crm::HubSpotAccount;
use crate::faults;
use crate::slack::Slack;
use anyhow::anyhow;
use knock_engine::{Connectors, DeliveryWorker};
use knock_outbound::{Guard, Outbound};
use knock_ports::{ATTEMPT_TIMEOUT, Connector};
use std::sync::Arc;
use std::time::Duration;

/// The worker that delivers the outbox.
pub(crate) struct Deliveries {
    pub(crate) worker: DeliveryWorker,
    /// The HTTP client that its connectors share.
    pub(crate) outbound: Outbound,
    /// The reader of the calendars that one of them writes into.
    pub(crate) calendars: CalendarReader,
    /// The client of Slack.
    pub(crate) slack: Slack,
    /// The account of HubSpot that one of them writes to.
    pub(crate) hubspot: Arc<HubSpotAccount>,
}

/// The worker with its connectors.
pub(crate) fn worker(config: &Config, core: &AppContext) -> anyhow::Result<Deliveries> {
    let guard = Guard::new(config.outbound.private_networks.0.clone());
    let timeout = Duration::from_millis(ATTEMPT_TIMEOUT.0.unsigned_abs());
    let slack = Slack::new(&config.slack, &config.files, guard.clone(), core)?;
    let outbound = Outbound::new(guard, timeout).map_err(|error| anyhow!("no TLS: {error}"))?;
    let outbound = faults::around_outbound(outbound);
    let answers = Arc::new(core.reader.clone());
    let accounts = Accounts { outbound: outbound.clone(), answers, key: Arc::clone(&core.key) };
    let (store, clock) = (Arc::clone(&core.store), Arc::clone(&core.clock));
    let calendars = CalendarReader::new(store, core.writer.clone(), clock, accounts);
    let hubspot = HubSpotAccount::new(core.clone(), outbound.clone(), config.hubspot.clone())?;
    let connectors: Vec<Arc<dyn Connector>> = vec![
        Arc::new(webhook::connector(&outbound, core)),
        Arc::new(mail::connector(&config.smtp, core)?),
        Arc::new(calendar::connector(core, &calendars)),
        Arc::new(slack.clone()),
        Arc::new(hubspot::HubSpotConnector { account: Arc::clone(&hubspot) }),
        Arc::new(push::connector(&outbound, &config.smtp.from, core)),
    ];
    let worker = DeliveryWorker {
        clock: Arc::clone(&core.clock),
        store: Arc::clone(&core.store),
        writer: core.writer.clone(),
        connectors: Connectors::new(connectors.into_iter().map(faults::around_connector)),
        wake: Arc::default(),
    };
    Ok(Deliveries { worker, outbound, calendars, slack, hubspot })
}
