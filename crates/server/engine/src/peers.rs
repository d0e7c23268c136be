//! Subscribes to the commits of peer servers on the same database and passes them to local watchers.

use crate::notice::Notice;
use crate::peer_notice;
use crate::writer::Writer;
use knock_ports::{Peers, Store, StoreError};
use std::sync::Arc;
use tokio::sync::broadcast::WeakSender;

/// Listens to peers until the writer is gone. Does nothing on a database with a single server.
///
/// # Errors
/// When the database fails, or the system gives no thread.
pub fn listen_to_peers(writer: &Writer, store: Arc<dyn Store>) -> Result<(), StoreError> {
    let Some(mut peers) = store.peers()? else { return Ok(()) };
    let (watchers, read_workflows) = (writer.watchers(), writer.workflows_switch());
    let hear = move || {
        while let Some(heard) = hear_once(&mut *peers, &*store, &watchers, &read_workflows) {
            if let Err(error) = heard {
                tracing::warn!(%error, "notices of peer servers could not be read; trying again");
            }
        }
    };
    let started = std::thread::Builder::new().name("peers".into()).spawn(hear);
    started.map(drop).map_err(|error| StoreError::Broken(error.to_string()))
}

/// Passes one batch of notices on; none if no watcher is left.
fn hear_once(
    peers: &mut dyn Peers,
    store: &dyn Store,
    watchers: &WeakSender<Arc<[Notice]>>,
    read_workflows: &dyn Fn(),
) -> Option<Result<(), StoreError>> {
    let heard = peers.next();
    let watchers = watchers.upgrade()?;
    Some(heard.and_then(|heard| {
        if heard.notices.is_empty() && !heard.is_gap {
            return Ok(());
        }
        let mut notices = Vec::new();
        store.read(&mut |view| {
            notices = peer_notice::to_notices(heard.clone(), view)?;
            Ok(())
        })?;
        if notices.contains(&Notice::Workflows) {
            read_workflows();
        }
        // No watcher is fine.
        drop(watchers.send(notices.into()));
        Ok(())
    }))
}
