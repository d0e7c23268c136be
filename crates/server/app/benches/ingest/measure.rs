//! One measurement: a load on a server, and what it cost.

use crate::load::{Crowd, Load, Report};
use crate::server::Server;
use knock_testing::now;
use std::sync::Arc;
use std::time::Duration;

/// Visitors there at the same time.
const VISITORS: u32 = 1_000;

/// How the signals come.
#[derive(Clone, Copy)]
pub(crate) struct Shape {
    pub(crate) name: &'static str,
    pub(crate) batch: u32,
    connections: u32,
}

impl Shape {
    pub(crate) const BATCHES: Shape = Shape { name: "20 a batch", batch: 20, connections: 64 };
    /// As browsers send them: each visitor has a connection of their own.
    pub(crate) const SINGLES: Shape = Shape { name: "one a batch", batch: 1, connections: VISITORS };
    /// As a proxy passes them on.
    pub(crate) const PROXIED: Shape = Shape { name: "one a batch, by proxy", batch: 1, connections: 64 };
}

/// What a measurement found.
pub(crate) struct Figures {
    /// Signals stored a second.
    pub(crate) rate: f64,
    /// Microseconds of the server's processor time for a signal.
    pub(crate) cpu: f64,
    memory: f64,
    /// Times to an answer.
    pub(crate) report: Report,
}

impl Figures {
    /// A line of the table.
    pub(crate) fn row(&self, name: &str) -> String {
        let (half, most) = (self.report.within(0.5), self.report.within(0.99));
        format!("{name:<34} {:>10.0} {half:>8.1} {most:>9.1} {:>8.1} {:>8.0}", self.rate, self.cpu, self.memory)
    }
}

/// Sends for some seconds, at `rate` signals a second or as fast as they are answered.
pub(crate) fn measure(server: &Server, site: &str, shape: Shape, rate: u32, seconds: u64) -> Figures {
    let origin = server.url.origin().ascii_serialization();
    let crowd = Crowd {
        site: site.to_owned(),
        origin: origin.clone(),
        batch: shape.batch,
        visitors: VISITORS,
        start: now(),
        seed: server.next_seed(),
    };
    let load = Load {
        server: server.url.clone(),
        path: "/v1/signals".into(),
        origin,
        connections: shape.connections,
        rate,
        time: Duration::from_secs(seconds),
    };
    let before = server.cpu();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let report = runtime.block_on(load.run(Arc::new(crowd))).expect("the load runs");
    let refused = report.answers.iter().any(|(status, _)| *status != 202) || report.refused > 0;
    assert!(!refused, "{report}");
    let cpu = (server.cpu() - before) * 1e6 / report.accepted as f64;
    Figures { rate: report.rate(), cpu, memory: server.memory().1, report }
}
