//! Looks at the mailbox, again and again.

use crate::Inbound;
use crate::take::{BEGINNING, NotTaken, Took};
use jiff::Timestamp;
use knock_context::read;
use knock_engine::CommitError;
use knock_engine::commands::NoteInbound;
use knock_imap::{Account, Failure, Folder, Since};
use knock_mime::LARGEST;
use knock_model::Millis;
use knock_ports::{InboundCursor, InboundWay};
use std::sync::PoisonError;
use std::time::Duration;

/// The interval of looks at the mailbox.
const EVERY: Duration = Duration::from_secs(20);
/// The pause after a refused login: providers block those who try again and again.
const AFTER_REFUSAL: Duration = Duration::from_secs(300);
/// The longest look.
const LONGEST_LOOK: Duration = Duration::from_secs(60);
/// The mails of one look at most.
const MOST_MAILS: usize = 100;
/// The bytes after which a look ends: with one more mail they are below what one connection reads.
const MOST_BYTES: usize = 32 << 20;
/// How far back a folder with another numbering is read once more.
const READ_AGAIN: Millis = Millis::days(3);

/// A look that ended early.
enum Ended {
    Mailbox(Failure),
    /// A mail is taken later.
    Later(&'static str),
    Commit(CommitError),
}

impl From<Failure> for Ended {
    fn from(failure: Failure) -> Ended {
        Ended::Mailbox(failure)
    }
}

impl Inbound {
    /// Works until the writer has ended.
    pub async fn run(self) {
        loop {
            let pause = match self.look().await {
                Ok(pause) => pause,
                Err(CommitError::Stopping) => return,
                Err(error) => {
                    tracing::warn!(%error, "answers by mail could not be taken; trying again");
                    EVERY
                }
            };
            tokio::select! {
                () = tokio::time::sleep(pause) => {}
                () = self.wake.notified() => {}
            }
        }
    }

    /// Looks at the mailbox now, if there is one.
    ///
    /// # Errors
    /// When the outcome cannot be stored. What is wrong with the mailbox is in the stored state.
    pub async fn look_now(&self) -> Result<(), CommitError> {
        self.look().await.map(drop)
    }

    /// The pause before the next look.
    async fn look(&self) -> Result<Duration, CommitError> {
        let _turn = self.turn.lock().await;
        let stored = read(self.core.store.clone(), |view| Ok((view.inbound_mail()?, view.inbound_state()?)));
        let (Some(mail), state) = stored.await? else { return Ok(EVERY) };
        if let InboundWay::Hook { .. } = mail.way {
            return Ok(EVERY);
        }
        let mut cursor = state.cursor;
        let ended = match self.account(&mail.way) {
            Some(account) => {
                let looked = tokio::time::timeout(LONGEST_LOOK, self.read_new(&account, &mut cursor)).await;
                // A look that took mails until its time was over goes on with the next one.
                let is_stuck = cursor == state.cursor;
                looked.unwrap_or(if is_stuck { Err(Ended::Mailbox(Failure::Unreached)) } else { Ok(()) }).err()
            }
            None => Some(Ended::Later("Its password cannot be read with the secret.key of this server: save it again")),
        };
        let (problem, pause) = match ended {
            None => (String::new(), EVERY),
            Some(Ended::Later(words)) => (words.to_owned(), EVERY),
            Some(Ended::Mailbox(failure)) => {
                let pause = if failure == Failure::Unauthorized { AFTER_REFUSAL } else { EVERY };
                (sentence(&failure.to_string()), pause)
            }
            Some(Ended::Commit(error)) => return Err(error),
        };
        let now = self.core.clock.now();
        self.core.writer.commit(NoteInbound { cursor, problem, now }).await?;
        *self.checked_at.lock().unwrap_or_else(PoisonError::into_inner) = Some(now);
        Ok(pause)
    }

    /// Takes the mails after a place, one after the other, and moves the place on.
    async fn read_new(&self, account: &Account, cursor: &mut Option<InboundCursor>) -> Result<(), Ended> {
        let mut folder = self.imap.open(account).await?;
        let known = cursor.filter(|cursor| cursor.uid_validity == folder.uid_validity);
        let since = known.map_or_else(|| Since::Day(self.some_days_ago()), |cursor| Since::After(cursor.last_uid));
        let (uid_validity, before) = (folder.uid_validity, folder.uid_next.saturating_sub(1));
        let mut numbers = folder.numbers(&since).await?.into_iter().peekable();
        let (mut mails, mut bytes) = (0, 0);
        while let Some(uid) = numbers.next_if(|_| mails < MOST_MAILS && bytes < MOST_BYTES) {
            let after = InboundCursor { uid_validity, last_uid: uid };
            (mails, bytes) = (mails + 1, bytes + self.take_one(&mut folder, uid, after).await?);
            *cursor = Some(after);
        }
        if numbers.peek().is_none() {
            let last_uid =
                cursor.filter(|cursor| cursor.uid_validity == uid_validity).map_or(0, |cursor| cursor.last_uid);
            *cursor = Some(InboundCursor { uid_validity, last_uid: last_uid.max(before) });
        }
        folder.close().await;
        Ok(())
    }

    /// Takes one mail; the bytes that were read of it.
    async fn take_one(&self, folder: &mut Folder, uid: u32, after: InboundCursor) -> Result<usize, Ended> {
        // A mail that is gone is passed.
        let Some(length) = folder.length(uid).await? else { return Ok(0) };
        let is_too_large = usize::try_from(length).is_ok_and(|length| length > LARGEST);
        let most = if is_too_large { BEGINNING } else { LARGEST };
        let Some(raw) = folder.mail(uid, most).await? else { return Ok(0) };
        let bytes = raw.len();
        match self.take_of(raw, is_too_large, Some(after)).await {
            Ok(Took::NotOurs) => Ok(bytes),
            Ok(Took::Message(_) | Took::Noted(_) | Took::Known) => {
                folder.mark_seen(uid).await?;
                Ok(bytes)
            }
            Err(NotTaken::Busy) => {
                Err(Ended::Later("Too much is being read on this server; mails are taken in a moment"))
            }
            Err(NotTaken::NoRoom) => Err(Ended::Later("There is no room for the files of a mail; free some")),
            Err(NotTaken::Store(error)) => Err(Ended::Commit(error)),
        }
    }

    /// The day from which on a folder with another numbering is read, as IMAP writes it.
    fn some_days_ago(&self) -> String {
        let at = Timestamp::from_millisecond((self.core.clock.now() - READ_AGAIN).0).unwrap_or_default();
        at.strftime("%d-%b-%Y").to_string()
    }
}

fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
