//! Direct messages about a conversation: to the rep who has it, to members who joined it, to the owner in the CRM who
//! may join, and to reps who had it before.

use super::card::{card, question};
use super::plan::Plan;
use super::post::{Failed, Wanted};
use crate::{Credentials, Slack};
use knock_engine::commands::{asked_key, assigned_key, is_asked, is_assigned, is_joined, joined_key, member_of};
use knock_ports::SlackPost;
use knock_slack::Refusal;

impl Slack {
    /// All of them: what fails for one keeps none of the others waiting.
    pub(super) async fn show_to_members(&self, credentials: &Credentials, plan: &Plan) -> Vec<Result<(), Failed>> {
        let own = plan.rep.as_ref().map(|rep| own_key(plan, rep.id));
        let mut shown = Vec::new();
        if let (Some(key), Some(user)) = (&own, &plan.user) {
            shown.push(self.show_own_thread(credentials, plan, key, user).await);
        }
        for other in plan.posts.iter().filter(|post| Some(&post.key) != own.as_ref()) {
            if is_joined(&other.key) {
                if !plan.is_answered_by(member_of(&other.key)) {
                    continue;
                }
                shown.push(self.show_thread(credentials, plan, &other.key, &other.channel).await.map(drop));
            } else if is_assigned(&other.key) {
                shown.push(self.show_card(credentials, plan, other).await);
            } else if is_asked(&other.key) {
                shown.push(self.show_question(credentials, plan, (&other.key, &other.channel)).await);
            }
        }
        shown.push(self.ask_owner(credentials, plan).await);
        shown.into_iter().map(|shown| shown.map_err(|refusal| (refusal, String::new()))).collect()
    }

    /// Updates the card of the previous owner with the new one.
    async fn show_card(&self, credentials: &Credentials, plan: &Plan, post: &SlackPost) -> Result<(), Refusal> {
        let ((text, blocks), key, channel) = (card(plan), post.key.clone(), post.channel.as_str());
        let wanted = Wanted { key, channel, thread: None, broadcast: false, text, blocks, is_kept: true };
        self.ensure(credentials, plan.posted(), &wanted).await.map(drop)
    }

    /// Asks the owner in the CRM to join, if they take no part yet.
    async fn ask_owner(&self, credentials: &Credentials, plan: &Plan) -> Result<(), Refusal> {
        let Some((owner, user)) = &plan.owner else { return Ok(()) };
        let takes_part = plan.rep.as_ref().is_some_and(|rep| rep.id == *owner)
            || plan.posts.iter().any(|post| member_of(&post.key) == Some(*owner));
        if takes_part {
            return Ok(());
        }
        let channel = self.client.open_dm(&credentials.token, user).await?;
        self.show_question(credentials, plan, (&asked_key(plan.id(), *owner), &channel)).await
    }

    /// The card with the button to join; without it for who has the chat by now.
    async fn show_question(
        &self,
        credentials: &Credentials,
        plan: &Plan,
        (key, channel): (&str, &str),
    ) -> Result<(), Refusal> {
        let has_chat = plan.rep.as_ref().is_some_and(|rep| member_of(key) == Some(rep.id));
        let (text, blocks) = if has_chat { card(plan) } else { question(plan) };
        let (key, thread, broadcast, is_kept) = (key.to_owned(), None, false, true);
        let wanted = Wanted { key, channel, thread, broadcast, text, blocks, is_kept };
        self.ensure(credentials, plan.posted(), &wanted).await.map(drop)
    }
}

/// The key of the CRM owner's own thread, in which those who joined continue.
fn own_key(plan: &Plan, rep: knock_model::RepId) -> String {
    let joined = joined_key(plan.id(), rep);
    if plan.posts.iter().any(|post| post.key == joined) { joined } else { assigned_key(plan.id(), rep) }
}
