//! Files of a message of the chat, in a thread: each is shared once.
//!
//! Slack keeps no metadata of ours with a file. So its id at Slack is stored before it is shared, and after a lost answer
//! Slack is asked whether that id was shared.

use super::plan::Plan;
use super::post::later;
use crate::{Credentials, Slack};
use knock_engine::commands::file_key;
use knock_model::FileId;
use knock_ports::SlackPost;
use knock_slack::{Broken, Refusal, RefusalKind, Ts};
use knock_wire::{Message, MessageFile};
use std::sync::Arc;

impl Slack {
    /// Shares the files of a message that are not in the thread under this post yet. A file that Slack does not take keeps
    /// no message waiting: the line of its message names it.
    pub(super) async fn show_files(
        &self,
        credentials: &Credentials,
        plan: &Plan,
        (key, channel, thread): (&str, &str, Ts),
        message: &Message,
    ) -> Result<(), Refusal> {
        for file in &message.files {
            match self.show_file(credentials, plan, (key, channel, thread), file).await {
                Err(refusal) if is_of_file(&refusal) => self.note_refusal(&refusal, "").await,
                other => other?,
            }
        }
        Ok(())
    }

    async fn show_file(
        &self,
        credentials: &Credentials,
        plan: &Plan,
        (key, channel, thread): (&str, &str, Ts),
        file: &MessageFile,
    ) -> Result<(), Refusal> {
        let (key, token) = (file_key(key, file.file), &credentials.token);
        let known = plan.posted().find(&key);
        if known.is_some_and(|known| !known.ts.is_empty()) {
            return Ok(());
        }
        if let Some(tried) = known
            && self.client.is_shared(token, &tried.said).await?
        {
            return self.keep_post(shared(tried.clone())).await;
        }
        let Some(content) = self.content(file.file).await? else { return Ok(()) };
        let id = self.client.upload(token, &file.name, content).await?;
        let (about, channel, tried_at) = (plan.posted().about, channel.to_owned(), self.core.clock.now());
        let trying = SlackPost { key, about, channel, ts: String::new(), said: id, tried_at };
        self.keep_post(trying.clone()).await?;
        self.client.share(token, (&trying.said, &file.name), &trying.channel, Some(thread)).await?;
        self.keep_post(shared(trying)).await
    }

    /// The content of a file; none if it was erased.
    async fn content(&self, id: FileId) -> Result<Option<Vec<u8>>, Refusal> {
        let files = Arc::clone(&self.core.files);
        let read = tokio::task::spawn_blocking(move || files.get(id)).await;
        read.map_err(|error| later(&error.to_string()))?.map_err(|error| later(&error.to_string()))
    }
}

/// The post of a file that is in the thread: Slack does not say by which message.
fn shared(post: SlackPost) -> SlackPost {
    SlackPost { ts: post.said.clone(), ..post }
}

/// Whether a refusal is about the file alone: neither a failure that passes, nor a token that is not accepted any more.
fn is_of_file(refusal: &Refusal) -> bool {
    match refusal.kind {
        RefusalKind::Rejected | RefusalKind::Broken(Broken::MissingScope(_)) => true,
        RefusalKind::Retry(_) | RefusalKind::Broken(_) => false,
    }
}
