//! `knock load`: a load test of a server on this machine.

use crate::clock::{SystemChance, SystemClock};
use crate::load::{Crowd, Load as Sending};
use crate::terminal::say;
use anyhow::Context;
use clap::Args;
use knock_ports::{Chance, Clock};
use std::sync::Arc;
use std::time::Duration;
use url::Url;

/// Send signals of simulated visitors, and measure how soon they are stored
///
/// The signals are stored like any others: use a site made for the test.
#[derive(Debug, Args)]
pub(crate) struct Load {
    /// The server
    #[arg(long, default_value = "http://127.0.0.1:8787")]
    url: Url,
    /// The key of the site, from its snippet
    #[arg(long)]
    site: String,
    /// The origin to send from, one of the site's [default: the server's own]
    #[arg(long)]
    origin: Option<String>,
    /// Signals a second in all; 0 is as fast as they are answered
    #[arg(long, default_value_t = 0)]
    rate: u32,
    /// Signals of a batch
    #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=500))]
    batch: u32,
    /// Connections that send at the same time
    #[arg(long, default_value_t = 32, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    connections: u32,
    /// Simultaneous visitors
    #[arg(long, default_value_t = 1_000, value_parser = clap::value_parser!(u32).range(1..))]
    visitors: u32,
    /// The duration, in seconds
    #[arg(long, default_value_t = 10)]
    seconds: u64,
}

impl Load {
    pub(super) fn run(&self) -> anyhow::Result<()> {
        let origin = self.origin.clone().unwrap_or_else(|| self.url.origin().ascii_serialization());
        let random = SystemChance.bytes16();
        let mut seed = [0; 8];
        seed.copy_from_slice(&random[..8]);
        let crowd = Crowd {
            site: self.site.clone(),
            origin: origin.clone(),
            batch: self.batch,
            visitors: self.visitors,
            start: SystemClock.now(),
            seed: u64::from_be_bytes(seed),
        };
        let sending = Sending {
            server: self.url.clone(),
            path: "/v1/signals".into(),
            origin,
            connections: self.connections,
            rate: self.rate,
            time: Duration::from_secs(self.seconds),
        };
        let runtime = tokio::runtime::Runtime::new().context("starting the runtime")?;
        let report = runtime.block_on(sending.run(Arc::new(crowd)))?;
        say(report.to_string().trim_end());
        Ok(())
    }
}
