//! Reports through the running server.

use super::Answer;
use crate::context::AppContext;
use crate::reports::{ReportWords, known_reports, report, with_site};
use anyhow::{Context, anyhow};

/// The zone of days where none is given: no member asks.
const ZONE: &str = "UTC";

impl AppContext {
    pub(super) async fn report(&self, name: &str, words: ReportWords) -> anyhow::Result<Answer> {
        let unknown = || format!("there is no report `{name}`: there are {}", known_reports());
        let of = knock_report::report(name).with_context(unknown)?;
        let (words, now) = (with_site(self.store.clone(), words).await?, self.clock.now());
        let ask = words.ask(of, ZONE, now).map_err(|wrong| anyhow!("`{}` {}", wrong.name, wrong.reason))?;
        let made = report(self.store.clone(), of, ask, now).await?;
        Ok(Answer::Report(Box::new(made)))
    }
}
