//! The place of a workspace at a start, and the release of a copy.

use crate::context::AppContext;
use crate::data::place::{Found, Place};
use anyhow::Context;
use knock_context::read;
use knock_engine::Notice;
use knock_engine::commands::{AdoptPlace, ReleaseOutbound};
use knock_ports::Actor;
use std::sync::Arc;
use tokio::sync::broadcast::error::RecvError;

/// What the log says of a copy at each start.
const HELD: &str = "this is a copy of a workspace: nothing is sent from it until an admin releases it in the dashboard, or \
                    it is started by `knock serve --outbound`";

impl AppContext {
    /// Compares where the workspace is with where it was, and holds a copy unless it is released by this start.
    pub(crate) async fn take_place(&self, is_released: bool) -> anyhow::Result<()> {
        let stored = self.stored_place().await?;
        let found = match &self.database {
            Some(identity) => Found::Place(Place::Database(identity.to_string())),
            None => Found::in_directory(&self.data)?,
        };
        self.hold.set(found.is_copy_of(stored.as_ref()));
        if self.hold.is_held() && is_released {
            self.release(Actor::CommandLine, false).await?;
        } else if self.hold.is_held() {
            tracing::warn!("{HELD}");
        } else if stored.is_none() {
            self.adopt(found).await?;
        }
        Ok(())
    }

    /// Lets a copy send from now on, or discards what waits and sends what comes.
    pub(crate) async fn release(&self, actor: Actor, discards: bool) -> anyhow::Result<()> {
        let _turn = self.hold.turn().await;
        if !self.hold.is_held() {
            return Ok(());
        }
        let place = tokio::task::block_in_place(|| self.place_of_own())?.to_text();
        self.make(actor, ReleaseOutbound { place, discards }).await?;
        self.hold.set(false);
        tracing::warn!("this copy of a workspace was released: it sends from now on");
        Ok(())
    }

    /// Ends the hold when another server on the same database releases it.
    pub(crate) async fn follow_release(self) {
        let mut changes = self.writer.watch();
        while self.hold.is_held() {
            let here = self.database.as_deref().map(|identity| Place::Database(identity.to_owned()));
            if here.is_some() && self.stored_place().await.is_ok_and(|stored| stored == here) {
                self.hold.set(false);
            }
            let is_closed = loop {
                match changes.recv().await {
                    Ok(notices) if !notices.contains(&Notice::Outbox) => {}
                    Ok(_) | Err(RecvError::Lagged(_)) => break false,
                    Err(RecvError::Closed) => break true,
                }
            };
            if is_closed {
                return;
            }
        }
    }

    async fn adopt(&self, found: Found) -> anyhow::Result<()> {
        let place = match found {
            Found::Place(place) => place,
            Found::Unmarked | Found::Restored => self.place_of_own()?,
        };
        self.writer.commit(AdoptPlace { place: place.to_text() }).await.context("noting where the workspace is")?;
        Ok(())
    }

    /// The place of this server's own: a data directory is marked anew.
    fn place_of_own(&self) -> anyhow::Result<Place> {
        match &self.database {
            Some(identity) => Ok(Place::Database(identity.to_string())),
            None => Place::mark(&self.data, &*self.chance),
        }
    }

    async fn stored_place(&self) -> anyhow::Result<Option<Place>> {
        let stored = read(Arc::clone(&self.store), |view| view.place()).await.context("reading where it was")?;
        Ok(stored.as_deref().map(Place::stored))
    }
}
