//! An open folder: which mails are new, and each of them.

use crate::failure::Failure;
use crate::stream::Bounded;
use async_imap::Session;
use async_imap::types::{Fetch, Mailbox};
use futures_util::{Stream, TryStreamExt};
use std::future::Future;
use std::time::Duration;
use tokio::time::timeout;

/// The longest time for one question.
const ANSWERS_IN: Duration = Duration::from_secs(30);

/// Which mails are asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Since {
    /// Those with a higher number.
    After(u32),
    /// Those that arrived on a day or later, such as `03-Feb-2025` (RFC 3501, `date`).
    Day(String),
}

/// An open folder.
pub struct Folder {
    session: Session<Bounded>,
    /// The number of the folder's numbering.
    pub uid_validity: u32,
    /// A number that is higher than those of all mails when it was opened.
    pub uid_next: u32,
}

impl Folder {
    pub(crate) async fn new(mut session: Session<Bounded>, selected: &Mailbox) -> Result<Folder, Failure> {
        let uid_validity = selected.uid_validity.ok_or(Failure::Odd)?;
        let uid_next = match selected.uid_next {
            Some(next) => next,
            // An old server does not say it.
            None => session.uid_search("UID *").await?.into_iter().max().unwrap_or_default().saturating_add(1),
        };
        Ok(Folder { session, uid_validity, uid_next })
    }

    /// The numbers of mails, ascending.
    ///
    /// # Errors
    /// When the server does not answer that.
    pub async fn numbers(&mut self, since: &Since) -> Result<Vec<u32>, Failure> {
        let (query, after) = match since {
            Since::After(last) => (format!("UID {}:*", last.saturating_add(1)), *last),
            Since::Day(day) => (format!("SINCE {day}"), 0),
        };
        let found = in_time(async { Ok(self.session.uid_search(query).await?) }).await?;
        // A server answers the last mail in any case.
        let mut numbers: Vec<u32> = found.into_iter().filter(|number| *number > after).collect();
        numbers.sort_unstable();
        Ok(numbers)
    }

    /// The length of a mail in bytes; none if it is gone.
    ///
    /// # Errors
    /// When the server does not answer that.
    pub async fn length(&mut self, uid: u32) -> Result<Option<u32>, Failure> {
        let length = in_time(async {
            let fetched = self.session.uid_fetch(uid.to_string(), "(UID RFC822.SIZE)").await?;
            first_of(fetched, uid).await
        });
        Ok(length.await?.and_then(|fetch| fetch.size))
    }

    /// A mail, or its beginning up to so many bytes; none if it is gone. It stays unread.
    ///
    /// # Errors
    /// When the server does not answer that.
    pub async fn mail(&mut self, uid: u32, most: usize) -> Result<Option<Vec<u8>>, Failure> {
        let query = format!("(UID BODY.PEEK[]<0.{most}>)");
        let fetched = in_time(async {
            let fetched = self.session.uid_fetch(uid.to_string(), query).await?;
            first_of(fetched, uid).await
        });
        Ok(fetched.await?.and_then(|fetch| fetch.body().map(<[u8]>::to_vec)))
    }

    /// Marks a mail as read.
    ///
    /// # Errors
    /// When the server does not do it.
    pub async fn mark_seen(&mut self, uid: u32) -> Result<(), Failure> {
        in_time(async {
            let done = self.session.uid_store(uid.to_string(), "+FLAGS.SILENT (\\Seen)").await?;
            done.try_collect::<Vec<Fetch>>().await?;
            Ok(())
        })
        .await
    }

    /// Ends the connection.
    pub async fn close(mut self) {
        // It ends with the connection in any case.
        let _ = timeout(ANSWERS_IN, self.session.logout()).await;
    }
}

async fn in_time<T>(asked: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    timeout(ANSWERS_IN, asked).await.unwrap_or(Err(Failure::Unreached))
}

/// The answer about a mail; a server may tell about others meanwhile.
async fn first_of(
    fetched: impl Stream<Item = async_imap::error::Result<Fetch>>,
    uid: u32,
) -> Result<Option<Fetch>, Failure> {
    let all: Vec<Fetch> = fetched.try_collect().await?;
    Ok(all.into_iter().find(|fetch| fetch.uid == Some(uid) && (fetch.size.is_some() || fetch.body().is_some())))
}
