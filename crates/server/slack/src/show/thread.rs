//! The thread under a direct message, in which a member reads and answers: its card, its lines, and a reminder.

use super::card::card;
use super::line::{Line, lines};
use super::plan::Plan;
use super::post::{Change, Wanted, later};
use crate::{Credentials, Slack};
use knock_engine::commands::{NudgeLater, thread_of};
use knock_model::Millis;
use knock_slack::text::Mrkdwn;
use knock_slack::{Refusal, Ts, blocks};
use knock_status::chat::ChatStatus;

/// Messages from before a rep had the chat that are shown to them.
const EARLIER: usize = 20;
/// Messages that one attempt posts: Slack takes about one a second in a channel.
const AT_ONCE: usize = 8;
/// Delay between the reminder to the rep and the one in the monitoring channel.
const CHANNEL_LATER: Millis = Millis(8 * 60_000);
/// Slack's word for a thread whose first message is gone.
const THREAD_GONE: &str = "thread_not_found";

impl Slack {
    /// The thread of the rep who has the chat.
    pub(super) async fn show_own_thread(
        &self,
        credentials: &Credentials,
        plan: &Plan,
        key: &str,
        user: &str,
    ) -> Result<(), Refusal> {
        let channel = match plan.posted().find(key) {
            Some(known) => known.channel.clone(),
            None => self.direct(credentials, user).await?,
        };
        let shown = self.show_thread(credentials, plan, key, &channel).await;
        let (channel, thread) = shown.map_err(|refusal| self.anew(user, refusal))?;
        self.nudge(credentials, plan, (key, user), (&channel, thread)).await
    }

    /// A card, and below it all that is said; where they stand.
    pub(super) async fn show_thread(
        &self,
        credentials: &Credentials,
        plan: &Plan,
        key: &str,
        channel: &str,
    ) -> Result<(String, Ts), Refusal> {
        let ((text, blocks), key_of_card) = (card(plan, None), key.to_owned());
        let (thread, broadcast, change) = (None, false, Change::Later);
        let root = Wanted { key: key_of_card, channel, thread, broadcast, text, blocks, change };
        let (channel, thread) = self.ensure(credentials, plan.posted(), &root).await?;
        let shown = self.show_lines(credentials, plan, key, (&channel, thread)).await;
        if shown.as_ref().is_err_and(|refusal| refusal.code == THREAD_GONE) {
            self.forget_post(key).await?;
            return Err(later("the first message of the thread was deleted: it begins anew"));
        }
        shown.map(|()| (channel, thread))
    }

    /// Each message and each note that is not there yet, in order.
    async fn show_lines(
        &self,
        credentials: &Credentials,
        plan: &Plan,
        key: &str,
        (channel, thread): (&str, Ts),
    ) -> Result<(), Refusal> {
        let lines = lines(&plan.conversation);
        let posted = |line: &Line<'_>| plan.posted().find(&line.key(key));
        // From the first one that was tried on; of a new thread the last ones.
        let first = lines.iter().position(|line| posted(line).is_some());
        let first = first.unwrap_or_else(|| lines.len().saturating_sub(EARLIER));
        let posted_at = plan.posted().find(key).map(|card| card.tried_at);
        let is_missing =
            |line: &&Line<'_>| posted(line).is_none_or(|post| post.ts.is_empty()) && !line.is_on_card(plan, posted_at);
        let mut missing = lines[first..].iter().filter(is_missing);
        for line in missing.by_ref().take(AT_ONCE) {
            if let Line::Message(message) = line {
                // Before its line, by which is known whether the whole message is there.
                self.show_files(credentials, plan, (key, channel, thread), message).await?;
            }
            let ((text, blocks), key, thread) = (line.said(plan), line.key(key), Some(thread));
            let wanted = Wanted { key, channel, thread, broadcast: false, text, blocks, change: Change::Never };
            self.ensure(credentials, plan.posted(), &wanted).await?;
        }
        if missing.next().is_some() { Err(later("more messages follow")) } else { Ok(()) }
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
        let key = format!("nudge:{}:{}", thread_of(key).unwrap_or(key), since.0);
        if plan.posted().find(&key).is_some_and(|post| !post.ts.is_empty()) {
            return Ok(());
        }
        let (conversation, lead, now) = (plan.id(), plan.conversation.conversation.lead, self.core.clock.now());
        let reminder = NudgeLater { conversation, lead, at: now + CHANNEL_LATER, now };
        self.core.writer.commit(reminder).await.map_err(|error| later(&error.to_string()))?;
        let words = Mrkdwn::new().mention(user).text(&format!(" {} is waiting for your answer.", plan.name()));
        let (text, blocks) = (words.as_str().to_owned(), vec![blocks::section(&words)]);
        let wanted =
            Wanted { key, channel, thread: Some(thread), broadcast: true, text, blocks, change: Change::Never };
        self.ensure(credentials, plan.posted(), &wanted).await.map(drop)
    }
}

/// The instant since which the lead waits for a rep who did not answer in time.
pub(super) fn waits_since(plan: &Plan) -> Option<Millis> {
    let row = &plan.conversation.conversation;
    let is_late = plan.is_form_unanswered || row.state.status.known() == Some(&ChatStatus::RepReplyNeeded);
    row.waiting_since.filter(|_| is_late)
}
