//! A conversation in the monitoring channel: its card, and the reminder that a lead still waits.

use super::card::card;
use super::plan::Plan;
use super::post::{Change, Failed, Posted, Wanted};
use super::target::Target;
use super::thread::waits_since;
use crate::{Credentials, Slack};
use knock_model::ConversationId;
use knock_ports::DeliveryOutcome;
use knock_slack::text::{Mrkdwn, to_slack};
use knock_slack::{Refusal, Ts};
use serde_json::Value;

/// A post in a channel, with the line about its place.
pub(super) struct InChannel<'c> {
    pub(super) key: String,
    pub(super) change: Change,
    pub(super) card: &'c (dyn Fn(Option<Mrkdwn>) -> (String, Vec<Value>) + Sync),
}

impl Slack {
    /// The card in the monitoring channel.
    pub(super) async fn show_in_channel(&self, credentials: &Credentials, plan: &Plan) -> Result<(), Failed> {
        let (key, change) = (monitor_key(plan.id()), Change::Later);
        let shown = InChannel { key, change, card: &|also| card(plan, also) };
        self.post_in_channel(credentials, plan.posted(), &plan.target, &shown).await
    }

    /// A post in a channel, which the bot joins if it may; nothing without a channel. Where the channel of a rule cannot
    /// be used it stands in that of the workspace, with a line that says why, and the problem is shown in the settings;
    /// also a post that stood there before, at its next change.
    pub(super) async fn post_in_channel(
        &self,
        credentials: &Credentials,
        posted: Posted<'_>,
        target: &Target,
        shown: &InChannel<'_>,
    ) -> Result<(), Failed> {
        if let Some(known) = posted.find(&shown.key).filter(|known| !known.ts.is_empty()) {
            let also = self.stands_in(credentials, target, &known.channel).await;
            return match self.post_there(credentials, posted, &known.channel, (shown, also)).await {
                Err((refusal, channel)) if target.stands_in_for(&refusal, &channel) => {
                    self.post_anew(credentials, posted, target, shown).await
                }
                other => other,
            };
        }
        self.post_new(credentials, posted, target, shown).await
    }

    /// Posts it where it belongs by now, since nothing can be changed any more where it stands. A problem with the channel
    /// of the rule is found and noted by that.
    async fn post_anew(
        &self,
        credentials: &Credentials,
        posted: Posted<'_>,
        target: &Target,
        shown: &InChannel<'_>,
    ) -> Result<(), Failed> {
        self.forget_post(&shown.key).await.map_err(|refusal| (refusal, target.workspace.clone()))?;
        self.post_new(credentials, Posted { posts: &[], ..posted }, target, shown).await
    }

    /// A post that is in no channel yet.
    async fn post_new(
        &self,
        credentials: &Credentials,
        posted: Posted<'_>,
        target: &Target,
        shown: &InChannel<'_>,
    ) -> Result<(), Failed> {
        if target.channel.is_empty() {
            return Ok(());
        }
        if !target.is_of_rule() {
            return self.post_there(credentials, posted, &target.channel, (shown, None)).await;
        }
        let mut kind = target.trouble.clone();
        if kind.is_empty() {
            let channel = self.resolve(credentials, &target.channel).await;
            match self.post_there(credentials, posted, &channel, (shown, None)).await {
                Err((refusal, _)) if refusal.is_of_channel() => {
                    self.note_refusal(&refusal, &target.channel).await;
                    kind = crate::problem_kind(&refusal).unwrap_or_default().to_owned();
                }
                other => return other,
            }
        }
        if target.workspace.is_empty() {
            return Ok(());
        }
        self.post_there(credentials, posted, &target.workspace, (shown, Some(target.line(&kind)))).await
    }

    /// The line about the place of a card that stands in the workspace's channel for that of its rule.
    pub(super) async fn stands_in(&self, credentials: &Credentials, target: &Target, channel: &str) -> Option<Mrkdwn> {
        let is_elsewhere = target.is_of_rule() && !target.trouble.is_empty() && channel == target.workspace;
        let stands_in = is_elsewhere && self.resolve(credentials, &target.channel).await != channel;
        stands_in.then(|| target.line(&target.trouble))
    }

    async fn post_there(
        &self,
        credentials: &Credentials,
        posted: Posted<'_>,
        channel: &str,
        (shown, also): (&InChannel<'_>, Option<Mrkdwn>),
    ) -> Result<(), Failed> {
        let ((text, blocks), key, change) = ((shown.card)(also), shown.key.clone(), shown.change);
        let wanted = Wanted { key, channel, thread: None, broadcast: false, text, blocks, change };
        let failed = |refusal: Refusal| (refusal, channel.to_owned());
        match self.ensure(credentials, posted, &wanted).await {
            Ok(_) => Ok(()),
            Err(refusal) if refusal.code == "not_in_channel" => match self.enter(credentials, channel).await {
                Ok(_) => self.ensure(credentials, posted, &wanted).await.map(drop).map_err(failed),
                Err(_) => Err(failed(refusal)),
            },
            Err(refusal) => Err(failed(refusal)),
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
        let wanted = Wanted { key, channel, thread, broadcast: true, text, blocks, change: Change::Never };
        match self.ensure(credentials, plan.posted(), &wanted).await {
            Ok(_) => DeliveryOutcome::Done("the reminder was posted".to_owned()),
            Err(refusal) if plan.target.stands_in_for(&refusal, channel) => {
                let (key, change) = (monitor_key(id), Change::Now);
                let shown = InChannel { key, change, card: &|also| super::card::card(&plan, also) };
                match self.post_anew(credentials, plan.posted(), &plan.target, &shown).await {
                    Ok(()) => DeliveryOutcome::Retry("the card stands in another channel now".to_owned(), None),
                    Err((refusal, channel)) => self.outcome_in(&plan.target, &refusal, &channel).await,
                }
            }
            Err(refusal) => self.outcome_in(&plan.target, &refusal, channel).await,
        }
    }

    /// The outcome of a delivery that Slack refused in a channel. In that of a rule nothing is made up for: what comes
    /// next stands in the workspace's.
    pub(super) async fn outcome_in(&self, target: &Target, refusal: &Refusal, channel: &str) -> DeliveryOutcome {
        if refusal.is_of_channel() && channel != target.workspace {
            self.note_refusal(refusal, channel).await;
            return DeliveryOutcome::Done(format!("it was not shown: {refusal}"));
        }
        self.outcome(refusal, channel).await
    }
}

pub(super) fn monitor_key(conversation: ConversationId) -> String {
    format!("monitor:{conversation}")
}
