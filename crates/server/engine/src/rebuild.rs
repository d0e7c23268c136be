//! A rebuild: piece by piece through the writer, while others go on writing.

use crate::commands::{Rebuild, Rebuilt, Step};
use crate::writer::{CommitError, Writer};
use knock_model::AccountId;
use knock_ports::{Chance, Clock, StoreError};
use std::time::Duration;

/// The pause of a rebuild while too many others wait.
const PAUSE: Duration = Duration::from_millis(200);

/// Drops all derived values and computes them again.
///
/// # Errors
/// When the store fails; the pieces rebuilt until then stay, and another run is safe.
pub async fn rebuild(writer: &Writer, clock: &dyn Clock, chance: &dyn Chance) -> Result<Rebuilt, CommitError> {
    let mut so_far = Rebuilt::default();
    let mut next = Some(Step::Browsers(None));
    while let Some(step) = next {
        let fresh = std::array::from_fn(|_| AccountId::new(chance.bytes16()));
        match writer.commit(Rebuild { step, now: clock.now(), fresh, so_far }).await {
            Ok(done) => (so_far, next) = done,
            Err(CommitError::Overloaded | CommitError::Store(StoreError::Busy)) => tokio::time::sleep(PAUSE).await,
            Err(error) => return Err(error),
        }
    }
    Ok(so_far)
}
