//! The cards of a chat that are in Slack already: brought up to date by an effect of their own, which waits for what else
//! changes within seconds. So a chat with many messages makes no storm of calls, and no line of a thread waits for it.

use super::card::{card, question};
use super::channel::{InChannel, monitor_key};
use super::plan::Plan;
use super::post::{Change, Failed, Wanted};
use crate::{Credentials, Slack};
use knock_engine::commands::{UpdateSlackCards, is_asked, is_assigned, is_joined, member_of};
use knock_ports::{DeliveryOutcome, SlackPost};
use knock_slack::Ts;
use serde_json::Value;

impl Slack {
    /// Has the cards changed soon, if one of them says what is not so any more.
    pub(super) async fn update_cards_later(&self, credentials: &Credentials, plan: &Plan) -> Result<(), String> {
        let mut is_stale = false;
        for post in plan.posts.iter().filter(|post| Ts::parse(&post.ts).is_some()) {
            if let Some(content) = self.content_of_card(credentials, plan, post).await {
                is_stale |= wanted(post, content).said() != post.said;
            }
        }
        if !is_stale {
            return Ok(());
        }
        let (conversation, lead) = (plan.id(), plan.conversation.conversation.lead);
        let update = UpdateSlackCards { conversation, lead, now: self.core.clock.now() };
        self.core.writer.commit(update).await.map_err(|error| error.to_string())
    }

    /// Changes each card that says what is not so any more.
    pub(super) async fn update_cards(&self, credentials: &Credentials, plan: &Plan) -> DeliveryOutcome {
        let mut first = None;
        for post in &plan.posts {
            let Some(ts) = Ts::parse(&post.ts) else { continue };
            let changed = match post.key == monitor_key(plan.id()) {
                true => self.update_in_channel(credentials, plan).await,
                false => match self.content_of_card(credentials, plan, post).await {
                    Some(content) => {
                        let changed = self.bring_up_to_date(credentials, post, ts, &wanted(post, content)).await;
                        changed.map_err(|refusal| (refusal, String::new()))
                    }
                    None => Ok(()),
                },
            };
            if let Err((refusal, channel)) = changed {
                // What fails for one card keeps no other waiting.
                let outcome = match channel.is_empty() {
                    true => self.outcome(&refusal, "").await,
                    false => self.outcome_in(&plan.target, &refusal, &channel).await,
                };
                if first.is_none() || matches!(outcome, DeliveryOutcome::Retry(..)) {
                    first = Some(outcome);
                }
            }
        }
        first.unwrap_or_else(|| DeliveryOutcome::Done("the cards say what is so".to_owned()))
    }

    /// Changes the card in the monitoring channel.
    async fn update_in_channel(&self, credentials: &Credentials, plan: &Plan) -> Result<(), Failed> {
        let (key, change) = (monitor_key(plan.id()), Change::Now);
        let shown = InChannel { key, change, card: &|also| card(plan, also) };
        self.post_in_channel(credentials, plan.posted(), &plan.target, &shown).await
    }

    /// What a post says if it is a card of the chat; none for other posts.
    async fn content_of_card(
        &self,
        credentials: &Credentials,
        plan: &Plan,
        post: &SlackPost,
    ) -> Option<(String, Vec<Value>)> {
        let key = &post.key;
        if *key == monitor_key(plan.id()) {
            return Some(card(plan, self.stands_in(credentials, &plan.target, &post.channel).await));
        }
        let is_read = !is_joined(key) || plan.is_answered_by(member_of(key));
        let has_chat = plan.rep.as_ref().is_some_and(|rep| member_of(key) == Some(rep.id));
        match is_asked(key) {
            true if !has_chat => Some(question(plan)),
            is_asked if is_asked || is_assigned(key) || is_joined(key) => is_read.then(|| card(plan, None)),
            _ => None,
        }
    }
}

fn wanted(post: &SlackPost, (text, blocks): (String, Vec<Value>)) -> Wanted<'_> {
    let (key, channel, change) = (post.key.clone(), post.channel.as_str(), Change::Now);
    Wanted { key, channel, thread: None, broadcast: false, text, blocks, change }
}
