//! The usual wait for a first answer of the team, as the agent states it.

use crate::context::AppContext;
use crate::http::problem::Problem;
use crate::http::reading::read;
use knock_agent::usual_wait;
use knock_model::Millis;
use tokio::sync::Mutex;

/// Conversations that were opened earlier say nothing of today.
const SPAN: Millis = Millis::days(30);
/// Conversations that are looked at.
const MOST: u32 = 1_000;
/// A lead who asked later may get an answer yet.
const SETTLED: Millis = Millis(60 * Millis::MINUTE.0);
/// The time for which a computed value is used.
const FRESH: Millis = Millis(5 * Millis::MINUTE.0);

/// The median of the last thirty days, computed every five minutes at most.
#[derive(Default)]
pub(crate) struct UsualWait(Mutex<Option<Computed>>);

#[derive(Clone, Copy)]
struct Computed {
    at: Millis,
    wait: Option<Millis>,
}

impl UsualWait {
    /// The usual wait; none while too little is known of it.
    ///
    /// # Errors
    /// When the database fails.
    pub(crate) async fn get(&self, core: &AppContext) -> Result<Option<Millis>, Problem> {
        let now = core.clock.now();
        let mut computed = self.0.lock().await;
        if let Some(known) = computed.filter(|known| (known.at..known.at + FRESH).contains(&now)) {
            return Ok(known.wait);
        }
        let waits = read(core.store.clone(), move |view| view.first_waits(now - SPAN, now - SETTLED, MOST)).await?;
        let wait = usual_wait(&waits);
        *computed = Some(Computed { at: now, wait });
        Ok(wait)
    }
}
