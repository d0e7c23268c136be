//! What is shown of a conversation to the rep who has it: a card, with the thread in which they answer.

use super::card::card;
use super::plan::Plan;
use super::post::Wanted;
use crate::slack::{Credentials, Slack};
use knock_engine::commands::{NudgeLater, message_key};
use knock_model::{ConversationId, Millis};
use knock_ports::Member;
use knock_slack::text::Mrkdwn;
use knock_slack::{Refusal, RefusalKind, Ts, blocks};
use knock_status::chat::ChatStatus;
use knock_wire::{Author, Message};

/// Messages from before a rep had the chat that are shown to them.
const EARLIER: usize = 20;
/// Messages that one attempt posts: Slack takes about one a second in a channel.
const AT_ONCE: usize = 8;
/// Delay between the reminder to the rep and the one in the monitoring channel.
const CHANNEL_LATER: Millis = Millis(8 * 60_000);
/// Slack's word for a thread whose first message is gone.
const THREAD_GONE: &str = "thread_not_found";

/// Why something is not shown, and in which channel.
pub(super) type Failed = (Refusal, String);

impl Slack {
    /// The cards of the reps, and the thread of the one who has the chat.
    pub(super) async fn show_to_reps(&self, credentials: &Credentials, plan: &Plan) -> Result<(), Failed> {
        let own = plan.rep.as_ref().map(|rep| dm_key(plan.id(), rep));
        // Who had it before sees who has it now.
        for other in plan.posts.iter().filter(|post| post.key.starts_with("dm:") && Some(&post.key) != own.as_ref()) {
            let (text, blocks) = card(plan);
            let (key, channel) = (other.key.clone(), other.channel.as_str());
            let wanted = Wanted { key, channel, thread: None, broadcast: false, text, blocks, is_kept: true };
            self.ensure(credentials, plan.posted(), &wanted).await.map_err(|refusal| (refusal, String::new()))?;
        }
        let (Some(key), Some(user)) = (own, &plan.user) else { return Ok(()) };
        self.show_thread(credentials, plan, &key, user).await.map_err(|refusal| (refusal, String::new()))
    }

    async fn show_thread(&self, credentials: &Credentials, plan: &Plan, key: &str, user: &str) -> Result<(), Refusal> {
        let known = plan.posts.iter().find(|post| post.key == key).map(|post| post.channel.clone());
        let channel = match known {
            Some(channel) => channel,
            None => self.client.open_dm(&credentials.token, user).await?,
        };
        let (text, blocks) = card(plan);
        let (thread, broadcast) = (None, false);
        let root = Wanted { key: key.to_owned(), channel: &channel, thread, broadcast, text, blocks, is_kept: true };
        let (channel, thread) = self.ensure(credentials, plan.posted(), &root).await?;
        let shown = self.show_messages(credentials, plan, key, (&channel, thread)).await;
        if shown.as_ref().is_err_and(|refusal| refusal.code == THREAD_GONE) {
            self.forget_post(key).await?;
            let words = "the first message of the thread was deleted: it begins anew".to_owned();
            return Err(Refusal { kind: RefusalKind::Retry(None), code: String::new(), words });
        }
        shown?;
        self.nudge(credentials, plan, (key, user), (&channel, thread)).await
    }

    /// Each message that is not there yet, in order.
    async fn show_messages(
        &self,
        credentials: &Credentials,
        plan: &Plan,
        key: &str,
        (channel, thread): (&str, Ts),
    ) -> Result<(), Refusal> {
        let messages = &plan.conversation.messages;
        let is_shown = |message: &&Message| {
            let key = message_key(key, message.id);
            plan.posts.iter().any(|post| post.key == key && !post.ts.is_empty())
        };
        // From the first one that was tried on; of a new thread the last ones.
        let first = messages.iter().position(|message| {
            let key = message_key(key, message.id);
            plan.posts.iter().any(|post| post.key == key)
        });
        let first = first.unwrap_or_else(|| messages.len().saturating_sub(EARLIER));
        let mut missing = messages[first..].iter().filter(|message| !is_shown(message));
        for message in missing.by_ref().take(AT_ONCE) {
            let (text, blocks) = said(plan, message);
            let (key, thread) = (message_key(key, message.id), Some(thread));
            let wanted = Wanted { key, channel, thread, broadcast: false, text, blocks, is_kept: false };
            self.ensure(credentials, plan.posted(), &wanted).await?;
        }
        if missing.next().is_some() {
            let words = "more messages follow".to_owned();
            return Err(Refusal { kind: RefusalKind::Retry(None), code: String::new(), words });
        }
        Ok(())
    }

    /// Tells the rep once that a lead has waited too long, and the channel later.
    async fn nudge(
        &self,
        credentials: &Credentials,
        plan: &Plan,
        (key, user): (&str, &str),
        (channel, thread): (&str, Ts),
    ) -> Result<(), Refusal> {
        let Some(since) = waits_since(plan) else { return Ok(()) };
        let key = format!("nudge:{}:{}", key.trim_start_matches("dm:"), since.0);
        if plan.posts.iter().any(|post| post.key == key && !post.ts.is_empty()) {
            return Ok(());
        }
        let (conversation, lead, now) = (plan.id(), plan.conversation.conversation.lead, self.core.clock.now());
        let later = NudgeLater { conversation, lead, at: now + CHANNEL_LATER, now };
        let kept = self.core.writer.commit(later).await;
        kept.map_err(|error| Refusal {
            kind: RefusalKind::Retry(None),
            code: String::new(),
            words: error.to_string(),
        })?;
        let words = Mrkdwn::new().mention(user).text(&format!(" {} is waiting for your answer.", plan.name()));
        let (text, blocks) = (words.as_str().to_owned(), vec![blocks::section(&words)]);
        let wanted = Wanted { key, channel, thread: Some(thread), broadcast: true, text, blocks, is_kept: false };
        self.ensure(credentials, plan.posted(), &wanted).await.map(drop)
    }
}

fn dm_key(conversation: ConversationId, rep: &Member) -> String {
    format!("dm:{conversation}:{}", rep.id)
}

/// Since when the lead waits for a rep who did not answer in time.
pub(super) fn waits_since(plan: &Plan) -> Option<Millis> {
    let row = &plan.conversation.conversation;
    let is_late = row.state.status.known() == Some(&ChatStatus::RepReplyNeeded);
    row.waiting_since.filter(|_| is_late)
}

/// A message as it stands in the thread: nothing in it is markup.
fn said(plan: &Plan, message: &Message) -> (String, Vec<serde_json::Value>) {
    let author = match message.author {
        Author::Lead => plan.name(),
        Author::AiAgent => "AI Agent".to_owned(),
        Author::Rep => message.name.clone(),
    };
    let files = message.files.iter().map(|file| format!("[file] {}", file.name));
    let card = message.card.iter().map(|_| "[booking card]".to_owned());
    let text = std::iter::once(message.text.clone()).filter(|text| !text.is_empty()).chain(files).chain(card);
    let text = text.collect::<Vec<_>>().join("\n");
    let mut shown = vec![blocks::context(&[Mrkdwn::new().bold(&author)])];
    shown.extend(blocks::quoted(&text).sections);
    (knock_slack::text::cut(&format!("{author}: {text}"), knock_slack::text::TEXT_LIMIT).text, shown)
}
