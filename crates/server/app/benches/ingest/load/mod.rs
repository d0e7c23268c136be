//! A crowd of visitors that are not there: sends signals as browsers would and measures how soon they are kept.

mod report;
mod sender;
mod visitors;

pub(crate) use report::Report;
pub(crate) use visitors::Crowd;

use anyhow::Context;
use knock_testing::stopwatch;
use sender::Sender;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::Duration;
use tokio::task::JoinSet;
use url::Url;

/// The target, the content and the rate of synthetic traffic.
#[derive(Clone, Debug)]
pub(crate) struct Load {
    /// The server, such as `http://127.0.0.1:8787`.
    pub(crate) server: Url,
    /// The path that takes batches.
    pub(crate) path: String,
    /// The origin the batches say they come from.
    pub(crate) origin: String,
    /// Connections that send at the same time.
    pub(crate) connections: u32,
    /// Signals a second over all; 0 is as fast as they are answered.
    pub(crate) rate: u32,
    /// The duration.
    pub(crate) time: Duration,
}

impl Load {
    /// Sends the crowd's batches until the time is over.
    ///
    /// # Errors
    /// When the server cannot be reached.
    pub(crate) async fn run(&self, crowd: Arc<Crowd>) -> anyhow::Result<Report> {
        let next = Arc::new(AtomicU64::new(0));
        let start = stopwatch();
        let mut senders = JoinSet::new();
        for place in 0..self.connections {
            let sender = Sender::connect(self, Arc::clone(&crowd), Arc::clone(&next), place).await?;
            senders.spawn(sender.run(start, start + self.time));
        }
        let mut report = Report::default();
        while let Some(done) = senders.join_next().await {
            report.add(&done.context("a sender broke down")??)?;
        }
        report.seconds = start.elapsed().as_secs_f64();
        Ok(report)
    }

    /// The time between two batches of one connection.
    fn pause(&self, batch: u32) -> Option<Duration> {
        let batches = f64::from(self.rate) / f64::from(batch.max(1));
        (self.rate > 0).then(|| Duration::from_secs_f64(f64::from(self.connections) / batches))
    }
}
