//! The registry of connectors: one line for each kind of destination.

pub(crate) mod mail;
pub(crate) mod push;
pub(crate) mod webhook;

use crate::config::{self, Config};
use crate::context::AppContext;
use crate::faults;
use crate::vendors;
use anyhow::anyhow;
use knock_calendar_sync::{CalendarConnector, CalendarReader};
use knock_crm_sync::Crms;
use knock_engine::{Connectors, DeliveryWorker};
use knock_mail::SmtpInUse;
use knock_outbound::{Guard, Outbound};
use knock_ports::{ATTEMPT_TIMEOUT, Connector};
use knock_slack::Client;
use knock_slack_workspace::{App, CALL_TIMEOUT, Credentials, Slack};
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
    /// The networks that are kept out of reach.
    pub(crate) guard: Guard,
    /// The CRMs that some of them write to.
    pub(crate) crms: Arc<Crms>,
}

/// The worker with its connectors; mail is sent by the server in use.
pub(crate) fn worker(config: &Config, core: &AppContext, smtp: &SmtpInUse) -> anyhow::Result<Deliveries> {
    let guard = Guard::new(config.outbound.private_networks.0.clone());
    let timeout = Duration::from_millis(ATTEMPT_TIMEOUT.0.unsigned_abs());
    let slack = slack(&config.slack, &config.files, guard.clone(), core)?;
    let outbound = Outbound::new(guard.clone(), timeout).map_err(|error| anyhow!("no TLS: {error}"))?;
    let outbound = faults::around_outbound(outbound);
    let accounts = vendors::calendars(config, core, &outbound)?;
    let (store, clock) = (Arc::clone(&core.store), Arc::clone(&core.clock));
    let calendars = CalendarReader::new(store, core.writer.clone(), clock, accounts);
    let crms = Arc::new(vendors::crms(config, core, &outbound)?);
    let mut connectors: Vec<Arc<dyn Connector>> = vec![
        Arc::new(webhook::connector(&outbound, core)),
        Arc::new(mail::connector(smtp, core)),
        Arc::new(CalendarConnector::new(core, &calendars)),
        Arc::new(slack.clone()),
        Arc::new(push::connector(&outbound, &config.smtp.from, core)),
    ];
    connectors.extend(crms.connectors());
    let worker = DeliveryWorker {
        clock: Arc::clone(&core.clock),
        store: Arc::clone(&core.store),
        writer: core.writer.clone(),
        connectors: Connectors::new(connectors.into_iter().map(faults::around_connector)),
        wake: Arc::default(),
    };
    Ok(Deliveries { worker, outbound, calendars, slack, guard, crms })
}

/// The way to Slack that is configured.
fn slack(config: &config::Slack, files: &config::Files, guard: Guard, core: &AppContext) -> anyhow::Result<Slack> {
    let api_url = config.api()?;
    // The operator has named this address, wherever it is.
    let outbound =
        Outbound::new(guard.with_place(&api_url), CALL_TIMEOUT).map_err(|error| anyhow!("no TLS: {error}"))?;
    let client = Client::new(faults::around_outbound(outbound), api_url);
    let config::Slack { client_id, client_secret, signing_secret, .. } = config.clone();
    let configured = config.token()?;
    let configured =
        configured.map(|token| Credentials { token, signing_secret: signing_secret.clone(), client: None });
    let app = (!client_id.is_empty()).then_some(App { client_id, client_secret, signing_secret });
    Ok(Slack::new(core, client, (configured, app), usize::from(files.max_mb.get()) << 20))
}
