//! A file that a member posted in their thread: fetched, looked into, and sent to the lead; or refused with the reason.

use crate::{Credentials, Slack};
use knock_context::{NotKept, keep};
use knock_engine::commands::{SendSlackFile, SlackFileSent, TellInSlack};
use knock_ports::{DeliveryOutcome, SlackFile, SlackTell};
use knock_slack::{Broken, Refusal, RefusalKind};

/// The reason for which a file is not sent now.
enum NotSent {
    /// Its sender reads this reason.
    Refused(String),
    /// The delivery ends so.
    Ended(DeliveryOutcome),
}

impl Slack {
    /// Sends it, once.
    pub(crate) async fn bring_file(&self, credentials: &Credentials, file: &SlackFile) -> DeliveryOutcome {
        match self.send_file(credentials, file).await {
            Ok(()) => DeliveryOutcome::Done("it was sent".to_owned()),
            Err(NotSent::Ended(outcome)) => outcome,
            Err(NotSent::Refused(reason)) => self.refuse_file(file, &reason).await,
        }
    }

    async fn send_file(&self, credentials: &Credentials, file: &SlackFile) -> Result<(), NotSent> {
        let content = self.fetch_file(credentials, file).await?;
        let limits = (&self.permits, self.most_of_file);
        let mut kept =
            keep(&self.core, limits, file.name.clone(), content, ()).await.map_err(|not_kept| match not_kept {
                NotKept::Busy => later("too many files are being read"),
                NotKept::Unusable(reason) => NotSent::Refused(reason.to_string()),
                NotKept::Store(error) => later(&error.to_string()),
            })?;
        let command = SendSlackFile { file: file.clone(), content: kept.hand_over(), now: self.core.clock.now() };
        // Whether it was written is not known after an error: then the content stays, and a rebuild removes it.
        let sent = self.core.writer.commit(command).await.map_err(|error| later(&error.to_string()))?;
        if sent != SlackFileSent::Sent {
            kept.discard();
        }
        match sent {
            SlackFileSent::Sent | SlackFileSent::Known => Ok(()),
            SlackFileSent::Held => Err(NotSent::Refused("its message was deleted or became a note".to_owned())),
            SlackFileSent::Refused => {
                Err(NotSent::Refused("this chat cannot be answered from here any more".to_owned()))
            }
        }
    }

    async fn fetch_file(&self, credentials: &Credentials, file: &SlackFile) -> Result<Vec<u8>, NotSent> {
        if file.url.is_empty() {
            return Err(NotSent::Refused("is not stored in Slack".to_owned()));
        }
        let too_large = || NotSent::Refused(format!("is larger than {} MB", self.most_of_file >> 20));
        if usize::try_from(file.size).is_ok_and(|size| size > self.most_of_file) {
            return Err(too_large());
        }
        match self.client.file(&credentials.token, &file.url).await {
            Ok(content) if content.len() > self.most_of_file => Err(too_large()),
            Ok(content) => Ok(content),
            Err(refusal) => Err(self.not_fetched(refusal).await),
        }
    }

    async fn not_fetched(&self, refusal: Refusal) -> NotSent {
        self.note_refusal(&refusal, "").await;
        let Refusal { kind, words, .. } = refusal;
        match kind {
            RefusalKind::Retry(after) => NotSent::Ended(DeliveryOutcome::Retry(words, after)),
            RefusalKind::Broken(Broken::Token) => NotSent::Ended(DeliveryOutcome::Unsubscribed(words)),
            RefusalKind::Broken(_) | RefusalKind::Rejected => NotSent::Refused(words),
        }
    }

    /// Tells its sender, in the thread.
    async fn refuse_file(&self, file: &SlackFile, reason: &str) -> DeliveryOutcome {
        let SlackFile { channel, thread, user, name, .. } = file.clone();
        let text = format!("The file {name} was not sent: {reason}. You can send files from the Inbox of Knock too.");
        let tell = TellInSlack { tell: SlackTell { channel, thread, user, text }, now: self.core.clock.now() };
        match self.core.writer.commit(tell).await {
            Ok(()) => DeliveryOutcome::Done(format!("it was refused: {reason}")),
            Err(error) => DeliveryOutcome::Retry(error.to_string(), None),
        }
    }
}

fn later(words: &str) -> NotSent {
    NotSent::Ended(DeliveryOutcome::Retry(words.to_owned(), None))
}
