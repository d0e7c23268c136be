//! Channels by which providers say that a calendar changed: opened, renewed before their end, and closed.
//!
//! A channel is stored before it is asked for, so that a message of it is known from the first one on, and so that none
//! is left behind at its provider by a server that is killed.

mod close;
mod heard;
mod plan;

pub(crate) use close::close_all;
pub use heard::{Heard, Listening};
pub(crate) use plan::is_pushed;
pub use plan::pushed_until;

use crate::patience::in_time;
use crate::watch::CalendarWatch;
use close::close;
use knock_context::{PublicAddress, hash};
use knock_engine::CommitError;
use knock_engine::commands::SaveCalendarChannels;
use knock_model::{CalendarProvider, Millis};
use knock_ports::{CalendarAccount, CalendarChannel, CalendarFailure, CalendarPush, ChannelRequest, ConnectedCalendar};
use plan::{Step, steps, used};
use std::collections::BTreeSet;

/// The pause after a provider has refused a channel.
const AFTER_REFUSAL: Millis = Millis(60 * Millis::MINUTE.0);
/// The pause after a provider has not answered.
const AFTER_SILENCE: Millis = Millis(10 * Millis::MINUTE.0);

/// The channels of an account while they are put in order.
struct Keeper<'k> {
    watch: &'k CalendarWatch,
    calendar: &'k ConnectedCalendar,
    push: &'k dyn CalendarPush,
    channels: Vec<CalendarChannel>,
}

impl CalendarWatch {
    /// Puts the channels of an account in order; what they are then. Where one cannot be opened, its calendar is looked
    /// at more often.
    pub(crate) async fn keep_channels(
        &self,
        calendar: &ConnectedCalendar,
        account: &dyn CalendarAccount,
    ) -> Result<Vec<CalendarChannel>, CommitError> {
        let Some(push) = account.push().filter(|_| !calendar.details.grant.is_empty()) else {
            return Ok(calendar.channels.clone());
        };
        let calendars = if is_reachable(&self.core.address) { used(&calendar.details) } else { BTreeSet::new() };
        let ending = self.kept(calendar.id, |kept| std::mem::take(&mut kept.ending));
        let steps = steps(&calendar.channels, &calendars, &ending, self.core.clock.now());
        let mut keeper = Keeper { watch: self, calendar, push, channels: calendar.channels.clone() };
        for step in steps {
            keeper.go(step).await?;
        }
        Ok(keeper.channels)
    }
}

/// Whether providers can reach this server: they post to `https` alone, and those of tests to this machine.
fn is_reachable(address: &PublicAddress) -> bool {
    let host = |rest: &str| rest.split('/').next().unwrap_or_default().to_owned();
    match address.url.split_once("://") {
        Some(("https", _)) => true,
        Some(("http", rest)) => {
            let host = host(rest);
            let name = host.rsplit_once(':').map_or(&*host, |(name, _)| name);
            matches!(name, "localhost" | "127.0.0.1" | "[::1]")
        }
        Some(_) | None => false,
    }
}

/// The path of the addresses that a provider posts to.
fn path(provider: CalendarProvider, channel: &str) -> String {
    format!("/hooks/{}/calendars/{channel}", provider.as_str())
}

impl Keeper<'_> {
    async fn go(&mut self, step: Step) -> Result<(), CommitError> {
        match step {
            Step::Open(calendar) => self.open(&calendar).await.map(drop),
            Step::Renew(channel) => self.renew(channel).await,
            Step::Close(channel) => self.close(&channel).await,
            Step::Forget(channel) => self.forget(&channel).await,
        }
    }

    /// Opens a channel of a calendar, unless one was refused lately; whether it is open.
    async fn open(&mut self, calendar: &str) -> Result<bool, CommitError> {
        let (watch, id) = (self.watch, self.calendar.id);
        let core = &watch.core;
        let now = core.clock.now();
        let refused = watch.kept(id, |kept| kept.refused.get(calendar).copied());
        if refused.is_some_and(|until| now < until) {
            return Ok(false);
        }
        let secret = hex::encode(core.chance.bytes32());
        let asked = CalendarChannel {
            id: hex::encode(core.chance.bytes16()),
            calendar: calendar.to_owned(),
            secret: hex::encode(hash(&secret).0),
            opened_at: now,
            ..CalendarChannel::default()
        };
        if !self.keep(asked.clone()).await? {
            return Ok(false);
        }
        let address = format!("{}{}", core.address.url, path(self.calendar.details.provider, &asked.id));
        let until = now + self.push.longest();
        let request = ChannelRequest { id: &asked.id, calendar, address: &address, secret: &secret, until };
        let opened = in_time(self.push.open(request)).await;
        match opened {
            Ok(opened) => {
                watch.kept(id, |kept| kept.refused.remove(calendar));
                let channel = CalendarChannel { remote: opened.remote, expires_at: opened.expires_at, ..asked };
                if !self.keep(channel.clone()).await? {
                    // The account was disconnected meanwhile, and nothing else knows of this channel.
                    close(self.push, &channel).await;
                    return Ok(false);
                }
                Ok(true)
            }
            Err(failure) => self.was_refused(&asked, &failure, refused.is_none()).await,
        }
    }

    /// A channel was not opened, or it is not known whether it was: then it stays until it is known.
    async fn was_refused(
        &mut self,
        asked: &CalendarChannel,
        failure: &CalendarFailure,
        is_first: bool,
    ) -> Result<bool, CommitError> {
        let is_silent = matches!(failure, CalendarFailure::Later { .. });
        let now = self.watch.core.clock.now();
        let until = now + if is_silent { AFTER_SILENCE } else { AFTER_REFUSAL };
        self.watch.kept(self.calendar.id, |kept| kept.refused.insert(asked.calendar.clone(), until));
        if is_first {
            let member = self.calendar.member;
            tracing::warn!(%member, %failure, "a provider does not say when a calendar changes");
        }
        if !is_silent {
            self.forget(&asked.id).await?;
        }
        Ok(false)
    }

    /// Lengthens the life of a channel; where the provider cannot, another one takes its place.
    async fn renew(&mut self, channel: CalendarChannel) -> Result<(), CommitError> {
        let now = self.watch.core.clock.now();
        let renewed = in_time(self.push.renew(&channel, now + self.push.longest())).await;
        match renewed {
            Ok(Some(expires_at)) => {
                self.keep(CalendarChannel { expires_at, opened_at: now, ..channel }).await.map(drop)
            }
            Ok(None) => {
                // Both are open for a moment, so that nothing is missed.
                if self.open(&channel.calendar).await? { self.close(&channel).await } else { Ok(()) }
            }
            Err(CalendarFailure::Later { .. }) => Ok(()),
            Err(failure) => {
                tracing::debug!(%failure, "a channel could not be renewed; another one is opened");
                self.forget(&channel.id).await?;
                self.open(&channel.calendar).await.map(drop)
            }
        }
    }

    /// Closes a channel. One that could not be closed now is tried again with the next look.
    async fn close(&mut self, channel: &CalendarChannel) -> Result<(), CommitError> {
        if close(self.push, channel).await { self.forget(&channel.id).await } else { Ok(()) }
    }

    /// Stores a channel; false if the account is disconnected, or has another consent by now.
    async fn keep(&mut self, channel: CalendarChannel) -> Result<bool, CommitError> {
        self.channels.retain(|known| known.id != channel.id);
        self.channels.push(channel.clone());
        self.save(vec![channel], Vec::new()).await
    }

    async fn forget(&mut self, channel: &str) -> Result<(), CommitError> {
        self.channels.retain(|known| known.id != channel);
        self.save(Vec::new(), vec![channel.to_owned()]).await.map(drop)
    }

    async fn save(&self, kept: Vec<CalendarChannel>, dropped: Vec<String>) -> Result<bool, CommitError> {
        let (id, grant) = (self.calendar.id, self.calendar.details.grant.clone());
        self.watch.core.writer.commit(SaveCalendarChannels { id, grant, kept, dropped }).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn providers_reach_https_and_those_of_tests_this_machine() {
        for (url, is_it) in [
            ("https://knock.example.com", true),
            ("http://knock.example.com", false),
            ("http://localhost:8080", true),
            ("http://127.0.0.1:8080/below", true),
            ("http://[::1]:8080", true),
            ("http://127.0.0.1.example.com", false),
            ("", false),
        ] {
            let address = PublicAddress { url: url.to_owned(), origin: None };
            assert_eq!(is_reachable(&address), is_it, "{url}");
        }
    }
}
