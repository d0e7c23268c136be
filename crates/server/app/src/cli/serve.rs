//! `knock serve`: the server.

use crate::compose::{Server, Start};
use crate::config::Config;
use crate::data::server_key::LostKey;
use crate::terminal::say;
use anyhow::Context;
use clap::Args;
use std::time::Duration;

/// The time for tasks that are still running after the requests: with it and the time for requests a server has ended
/// within five seconds.
const LAST_TASKS: Duration = Duration::from_millis(500);

/// Run the server.
#[derive(Debug, Args)]
pub(crate) struct Serve {
    /// The address to listen on
    #[arg(long, value_name = "HOST:PORT")]
    listen: Option<String>,
    /// Let tests set the clock by POST /test/clock; only on a loopback address
    #[arg(long)]
    test_clock: bool,
    /// Make another `secret.key` where the one of this workspace is lost: mailed links and connected accounts end
    #[arg(long)]
    new_secret_key: bool,
    /// Send from a copy of a workspace, which sends nothing otherwise; once is enough
    #[arg(long)]
    outbound: bool,
    /// Print the configuration in force and stop
    #[arg(long)]
    print_config: bool,
}

impl Serve {
    pub(super) fn run(&self, mut config: Config) -> anyhow::Result<()> {
        if let Some(listen) = &self.listen {
            config.listen.clone_from(listen);
        }
        if self.print_config {
            say(&config.to_text()?);
            return Ok(());
        }
        let runtime = tokio::runtime::Runtime::new().context("starting the runtime")?;
        let last_writes = runtime.block_on(async {
            let lost_key = if self.new_secret_key { LostKey::Replace } else { LostKey::Refuse };
            let start = Start { is_steered: self.test_clock, lost_key, is_released: self.outbound };
            let server = Server::start(config, start).await?;
            server.banner.tell();
            server.run().await
        })?;
        // The shutdown ends the tasks, which could still write; it does not wait for a read that hangs.
        runtime.shutdown_timeout(LAST_TASKS);
        last_writes.finish();
        Ok(())
    }
}
