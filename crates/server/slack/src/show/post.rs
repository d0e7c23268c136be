//! Posts a message exactly once: stored before the attempt, and searched by its metadata after an attempt without an answer.

use crate::{Credentials, Slack};
use knock_engine::commands::{DropSlackPost, SaveSlackPost};
use knock_ports::{SlackAbout, SlackPost};
use knock_slack::{Metadata, Place, Post, Refusal, RefusalKind, Ts};
use sha2::{Digest, Sha256};

/// The metadata type of Knock's posts.
const KIND: &str = "knock_post";

/// The method that changes a post, whose limit all posts share.
const UPDATE: &str = "chat.update";

/// The reason for which something is not shown, and the channel.
pub(super) type Failed = (Refusal, String);

/// The earlier posts about a chat or a meeting.
#[derive(Clone, Copy)]
pub(super) struct Posted<'p> {
    pub(super) about: SlackAbout,
    pub(super) posts: &'p [SlackPost],
}

impl<'p> Posted<'p> {
    pub(super) fn find(self, key: &str) -> Option<&'p SlackPost> {
        self.posts.iter().find(|post| post.key == key)
    }
}

/// A post as it shall be.
pub(super) struct Wanted<'w> {
    pub(super) key: String,
    pub(super) channel: &'w str,
    pub(super) thread: Option<Ts>,
    pub(super) broadcast: bool,
    pub(super) text: String,
    pub(super) blocks: Vec<serde_json::Value>,
    pub(super) change: Change,
}

/// What becomes of a post that says something else by now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Change {
    /// It stays as it is.
    Never,
    /// It is changed by an effect of its own, with what else changes within seconds.
    Later,
    Now,
}

impl Wanted<'_> {
    fn post(&self, channel: &str) -> Post {
        Post {
            channel: channel.to_owned(),
            thread: self.thread,
            broadcast: self.broadcast,
            text: self.text.clone(),
            blocks: self.blocks.clone(),
            metadata: Some(Metadata { kind: KIND.to_owned(), id: self.key.clone() }),
        }
    }

    /// The hash of what it says.
    pub(super) fn said(&self) -> String {
        let mut hash = Sha256::new();
        hash.update(&self.text);
        for block in &self.blocks {
            hash.update(block.to_string());
        }
        hex::encode(&hash.finalize()[..16])
    }
}

impl Slack {
    /// The post is there once, and says what it shall; where it stands.
    ///
    /// # Errors
    /// When Slack does not say so.
    pub(super) async fn ensure(
        &self,
        credentials: &Credentials,
        posted: Posted<'_>,
        wanted: &Wanted<'_>,
    ) -> Result<(String, Ts), Refusal> {
        let known = posted.find(&wanted.key);
        if let Some((known, ts)) = known.and_then(|known| Some((known, Ts::parse(&known.ts)?))) {
            if wanted.change == Change::Now {
                self.bring_up_to_date(credentials, known, ts, wanted).await?;
            }
            return Ok((known.channel.clone(), ts));
        }
        let token = &credentials.token;
        if let Some(tried) = known {
            let place = Place { channel: &tried.channel, thread: wanted.thread, oldest: Ts::at(tried.tried_at) };
            let metadata = Metadata { kind: KIND.to_owned(), id: wanted.key.clone() };
            let found = match self.client.find(token, place, &metadata).await {
                // It is wanted elsewhere by now, since nothing can be done there any more.
                Err(refusal) if refusal.is_of_channel() && tried.channel != wanted.channel => None,
                other => other?,
            };
            if let Some(ts) = found {
                // What it says is not known: an earlier attempt may have said something else.
                let found = SlackPost { ts: ts.to_string(), said: String::new(), ..tried.clone() };
                self.keep_post(found.clone()).await?;
                self.bring_up_to_date(credentials, &found, ts, wanted).await?;
                return Ok((found.channel, ts));
            }
        }
        let _turn = self.limits.turn(wanted.channel, self.core.clock.now()).await;
        self.limits.check(wanted.channel, self.core.clock.now())?;
        let trying = SlackPost {
            key: wanted.key.clone(),
            about: posted.about,
            channel: wanted.channel.to_owned(),
            ts: String::new(),
            said: wanted.said(),
            tried_at: self.core.clock.now(),
        };
        self.keep_post(trying.clone()).await?;
        let at = match self.client.post(&credentials.token, &wanted.post(wanted.channel)).await {
            Ok(at) => at,
            Err(refusal) => return Err(self.not_posted(&wanted.key, wanted.channel, refusal).await),
        };
        let ts = at.ts.to_string();
        self.keep_post(SlackPost { channel: at.channel.clone(), ts, ..trying }).await?;
        Ok((at.channel, at.ts))
    }

    /// Notes how long Slack asks to wait. What it refused was not posted, and is not looked for before the next attempt.
    async fn not_posted(&self, key: &str, channel: &str, refusal: Refusal) -> Refusal {
        self.limits.note(channel, &refusal, self.core.clock.now());
        if refusal.is_definite() {
            // The refusal says more than a failure to store it.
            drop(self.forget_post(key).await);
        }
        refusal
    }

    pub(super) async fn bring_up_to_date(
        &self,
        credentials: &Credentials,
        known: &SlackPost,
        ts: Ts,
        wanted: &Wanted<'_>,
    ) -> Result<(), Refusal> {
        let said = wanted.said();
        if wanted.change == Change::Never || known.said == said {
            return Ok(());
        }
        match self.update(credentials, ts, &wanted.post(&known.channel)).await {
            // Somebody has deleted it, which is theirs to do.
            Err(refusal) if refusal.code == "message_not_found" => {}
            other => other?,
        }
        self.keep_post(SlackPost { said, ..known.clone() }).await
    }

    /// Changes a post. The limit is that of the method in the whole workspace.
    async fn update(&self, credentials: &Credentials, ts: Ts, post: &Post) -> Result<(), Refusal> {
        let _turn = self.limits.turn(UPDATE, self.core.clock.now()).await;
        self.limits.check(UPDATE, self.core.clock.now())?;
        let updated = self.client.update(&credentials.token, ts, post).await;
        updated.inspect_err(|refusal| self.limits.note(UPDATE, refusal, self.core.clock.now()))
    }

    /// The first message of a thread is gone: the thread begins anew.
    pub(super) async fn forget_post(&self, key: &str) -> Result<(), Refusal> {
        let dropped = self.core.writer.commit(DropSlackPost { key: key.to_owned() }).await;
        dropped.map_err(|error| later(&error.to_string()))
    }

    pub(super) async fn keep_post(&self, post: SlackPost) -> Result<(), Refusal> {
        match self.core.writer.commit(SaveSlackPost { post }).await {
            Ok(true) => Ok(()),
            Ok(false) => {
                let words = "the person was erased meanwhile".to_owned();
                Err(Refusal { kind: RefusalKind::Rejected, code: String::new(), words })
            }
            Err(error) => Err(later(&error.to_string())),
        }
    }
}

/// To be tried again.
pub(super) fn later(words: &str) -> Refusal {
    Refusal { kind: RefusalKind::Retry(None), code: String::new(), words: words.to_owned() }
}
