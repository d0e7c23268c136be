//! What other servers on the same database commit, for those who watch here.

use crate::notice::Notice;
use crate::told;
use crate::writer::Writer;
use knock_ports::{Neighbours, Store, StoreError};
use std::sync::Arc;
use tokio::sync::broadcast::WeakSender;

/// Hears other servers until the writer is gone. Does nothing where the database can have only one.
///
/// # Errors
/// When the database fails, or the system gives no thread.
pub fn hear_neighbours(writer: &Writer, store: Arc<dyn Store>) -> Result<(), StoreError> {
    let Some(mut neighbours) = store.neighbours()? else { return Ok(()) };
    let watchers = writer.watchers();
    let hear = move || {
        while let Some(heard) = hear_once(&mut *neighbours, &*store, &watchers) {
            if let Err(error) = heard {
                tracing::warn!(%error, "other servers could not be heard; trying again");
            }
        }
    };
    let started = std::thread::Builder::new().name("neighbours".into()).spawn(hear);
    started.map(drop).map_err(|error| StoreError::Broken(error.to_string()))
}

/// None when nobody is left to be told.
fn hear_once(
    neighbours: &mut dyn Neighbours,
    store: &dyn Store,
    watchers: &WeakSender<Arc<[Notice]>>,
) -> Option<Result<(), StoreError>> {
    let heard = neighbours.next();
    let watchers = watchers.upgrade()?;
    Some(heard.and_then(|heard| {
        if heard.told.is_empty() && !heard.is_gap {
            return Ok(());
        }
        let mut notices = Vec::new();
        store.read(&mut |view| {
            notices = told::to_notices(heard.clone(), view)?;
            Ok(())
        })?;
        // Nobody watching is fine.
        drop(watchers.send(notices.into()));
        Ok(())
    }))
}
