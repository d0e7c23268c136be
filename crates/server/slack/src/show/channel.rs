//! A conversation in the monitoring channel: its card, and the reminder that a lead still waits.

use super::card::card;
use super::plan::Plan;
use super::post::{Failed, Posted, Wanted};
use super::thread::waits_since;
use crate::{Credentials, Slack};
use knock_model::ConversationId;
use knock_ports::DeliveryOutcome;
use knock_slack::Ts;
use knock_slack::text::to_slack;

impl Slack {
    /// The card in the monitoring channel.
    pub(super) async fn show_in_channel(&self, credentials: &Credentials, plan: &Plan) -> Result<(), Failed> {
        let (text, blocks) = card(plan);
        let key = monitor_key(plan.id());
        self.post_in_channel(credentials, plan.posted(), &plan.channel, (key, text, blocks)).await
    }

    /// A post in a channel, which the bot joins if it may; nothing without a channel.
    pub(super) async fn post_in_channel(
        &self,
        credentials: &Credentials,
        posted: Posted<'_>,
        channel: &str,
        (key, text, blocks): (String, String, Vec<serde_json::Value>),
    ) -> Result<(), Failed> {
        if channel.is_empty() && posted.find(&key).is_none() {
            return Ok(());
        }
        let channel = self.resolve(credentials, channel).await;
        let wanted = Wanted { key, channel: &channel, thread: None, broadcast: false, text, blocks, is_kept: true };
        match self.ensure(credentials, posted, &wanted).await {
            Ok(_) => Ok(()),
            Err(refusal) if refusal.code == "not_in_channel" && self.enter(credentials, &channel).await.is_ok() => {
                self.ensure(credentials, posted, &wanted).await.map(drop).map_err(|refusal| (refusal, channel))
            }
            Err(refusal) => Err((refusal, channel)),
        }
    }

    /// The id of a channel that a rule may name by its name.
    pub(crate) async fn resolve(&self, credentials: &Credentials, channel: &str) -> String {
        let Some(name) = channel.strip_prefix('#') else { return channel.to_owned() };
        let listed = self.channels(&credentials.token).await.channels;
        let found = listed.into_iter().find(|listed| listed.name == name);
        found.map_or_else(|| channel.to_owned(), |found| found.id)
    }

    /// Tells the channel that a lead still waits, if one does.
    pub(super) async fn nudge_channel(&self, credentials: &Credentials, id: ConversationId) -> DeliveryOutcome {
        let plan = match Plan::load(&self.core, Some(id), None).await {
            Ok(Some(plan)) => plan,
            Ok(None) => return DeliveryOutcome::Done("there is nothing to show".to_owned()),
            Err(error) => return DeliveryOutcome::Retry(error.to_string(), None),
        };
        let Some(since) = waits_since(&plan) else {
            return DeliveryOutcome::Done("the lead was answered".to_owned());
        };
        let card = plan.posts.iter().find(|post| post.key == monitor_key(id));
        let Some((card, thread)) = card.and_then(|card| Some((card, Ts::parse(&card.ts)?))) else {
            return DeliveryOutcome::Done("no channel shows the chat".to_owned());
        };
        let text = format!("{} still waits for an answer.", plan.name());
        let (key, blocks) = (format!("nudge:{id}:channel:{}", since.0), Vec::new());
        let (text, thread, channel) = (to_slack(&text), Some(thread), card.channel.as_str());
        let wanted = Wanted { key, channel, thread, broadcast: true, text, blocks, is_kept: false };
        match self.ensure(credentials, plan.posted(), &wanted).await {
            Ok(_) => DeliveryOutcome::Done("the reminder was posted".to_owned()),
            Err(refusal) => self.outcome(&refusal, channel).await,
        }
    }
}

fn monitor_key(conversation: ConversationId) -> String {
    format!("monitor:{conversation}")
}
