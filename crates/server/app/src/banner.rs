//! The startup banner: lines for a person on a terminal, or an event in the log for programs.

use crate::context::AppContext;
use crate::data::directory::DataDir;
use crate::log;
use crate::terminal::say;
use knock_context::new_secret;
use knock_engine::commands::CreateLoginLink;
use knock_ports::Actor;
use std::net::SocketAddr;

/// The output once the server can be reached.
pub(crate) enum StartupBanner {
    /// Lines for a person.
    Lines(String),
    /// An event in the log. Logs are kept and passed on, so it holds no sign-in link: `knock login-link` makes one.
    Event { url: String, data: String, is_clock_steered: bool },
}

impl StartupBanner {
    /// Prints the lines, or logs the event.
    pub(crate) fn tell(&self) {
        match self {
            StartupBanner::Lines(lines) => say(lines),
            StartupBanner::Event { url, data, is_clock_steered } => {
                let version = env!("CARGO_PKG_VERSION");
                tracing::info!(version, url, data, is_clock_steered, "Knock is running");
            }
        }
    }
}

impl AppContext {
    /// The banner: addresses and directories.
    pub(crate) async fn banner(&self, data: &DataDir, metrics: Option<SocketAddr>) -> anyhow::Result<StartupBanner> {
        if log::is_json() {
            let (url, data) = (self.address.url.clone(), data.path().display().to_string());
            return Ok(StartupBanner::Event { url, data, is_clock_steered: self.test_clock.is_some() });
        }
        Ok(StartupBanner::Lines(self.lines(data, metrics).await?))
    }

    /// The lines for a person. A local address comes with a new sign-in link: its reader could read the data too.
    async fn lines(&self, data: &DataDir, metrics: Option<SocketAddr>) -> anyhow::Result<String> {
        let url = &self.address.url;
        let is_local = url::Url::parse(url).is_ok_and(|url| knock_ingest::is_loopback(&url));
        let program = std::env::args().next().unwrap_or_else(|| "knock".into());
        let again = format!("{program} login-link --data {}", data.path().display());
        let sign_in = if is_local {
            let (token, hash) = new_secret(&*self.chance, "");
            self.make(Actor::Server, CreateLoginLink { email: None, hash, now: self.clock.now() }).await?;
            let link = self.address.sign_in(&token);
            format!("{}\n               (once, within an hour; for another one: {again})", link.reveal())
        } else {
            again
        };
        let steered = if self.test_clock.is_some() {
            "\n\n  THE CLOCK OF THIS SERVER IS STEERED FROM OUTSIDE (--test-clock): for tests only"
        } else {
            ""
        };
        let held = if self.hold.is_held() {
            "\n\n  THIS IS A COPY OF A WORKSPACE: nothing is sent until an admin releases it in the dashboard"
        } else {
            ""
        };
        let metrics = metrics.map_or_else(String::new, |address| format!("  Metrics      http://{address}/metrics\n"));
        Ok(format!(
            "\nKnock is running.\n\n  Dashboard    {url}/app/\n  Sign in      {sign_in}\n  Demo site    {url}/demo/\n  \
             API          {url}/api/openapi.json\n{metrics}  Data         {}{steered}{held}\n",
            data.path().display()
        ))
    }
}
