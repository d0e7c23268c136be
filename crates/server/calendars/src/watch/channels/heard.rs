//! Messages of channels: a message is a hint to look, and nothing else.

use crate::watch::CalendarWatch;
use knock_context::{hash, read};
use knock_engine::CommitError;
use knock_engine::commands::SaveCalendarChannels;
use knock_model::{CalendarAccountId, CalendarProvider};
use knock_ports::{CalendarChannel, PushMessage, PushNews, PushNotice, Pushed, StoreError};
use std::sync::Arc;

/// A channel that messages come to.
pub struct Listening {
    account: CalendarAccountId,
    grant: String,
    channel: CalendarChannel,
}

/// What became of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    /// It is none of the channel.
    Unknown,
    /// The provider checks the address: the text to answer with.
    Handshake(String),
    /// The account is looked at.
    Taken,
}

impl CalendarWatch {
    /// The channel with an id at a provider.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn listening(&self, provider: CalendarProvider, id: &str) -> Result<Option<Listening>, StoreError> {
        let id = id.to_owned();
        read(Arc::clone(&self.core.store), move |view| {
            let accounts = view.calendars()?.into_iter().filter(|account| account.details.provider == provider);
            let mut listening = accounts.filter_map(|account| {
                let channel = account.channels.into_iter().find(|channel| channel.id == id)?;
                Some(Listening { account: account.id, grant: account.details.grant, channel })
            });
            Ok(listening.next())
        })
        .await
    }

    /// The meaning of a message to a provider's channel.
    pub fn pushed(&self, provider: CalendarProvider, message: PushMessage<'_>) -> Pushed {
        let oauth = self.reader.accounts.vendor(provider).and_then(|vendor| vendor.oauth());
        oauth.map_or(Pushed::Unknown, |oauth| oauth.pushed(message))
    }

    /// Takes a message to a channel: those parts that bring its secret.
    ///
    /// # Errors
    /// When what it says of the channel cannot be stored.
    pub async fn heard(&self, listening: Listening, pushed: Pushed) -> Result<Heard, CommitError> {
        let notices = match pushed {
            Pushed::Handshake(text) => return Ok(Heard::Handshake(text)),
            Pushed::Unknown => return Ok(Heard::Unknown),
            Pushed::Notices(notices) => notices,
        };
        // Hashes: the time of the comparison does not depend on the secret.
        let is_right = |notice: &&PushNotice| hex::encode(hash(&notice.secret).0) == listening.channel.secret;
        let right: Vec<&PushNotice> = notices.iter().filter(is_right).collect();
        if right.is_empty() {
            return Ok(Heard::Unknown);
        }
        let named = right.iter().map(|notice| &notice.remote).find(|remote| !remote.is_empty());
        if let Some(remote) = named.filter(|_| listening.channel.remote.is_empty()) {
            // The answer to the request for the channel was lost, or comes later.
            let channel = CalendarChannel { remote: remote.clone(), ..listening.channel.clone() };
            self.save(&listening, vec![channel], Vec::new()).await?;
        }
        for notice in right {
            match notice.what {
                // Nothing happened yet.
                PushNews::Opened => continue,
                PushNews::Changed => {}
                PushNews::Ending => {
                    self.kept(listening.account, |kept| kept.ending.insert(listening.channel.id.clone()));
                }
                PushNews::Ended => self.save(&listening, Vec::new(), vec![listening.channel.id.clone()]).await?,
            }
            self.reader.forget(listening.account);
            self.wake(listening.account);
        }
        Ok(Heard::Taken)
    }

    async fn save(
        &self,
        listening: &Listening,
        kept: Vec<CalendarChannel>,
        dropped: Vec<String>,
    ) -> Result<(), CommitError> {
        let (id, grant) = (listening.account, listening.grant.clone());
        self.core.writer.commit(SaveCalendarChannels { id, grant, kept, dropped }).await.map(drop)
    }
}
