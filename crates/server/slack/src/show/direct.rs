//! Direct messages about a conversation: to the rep who has it, to members who joined it, and to the owner in the CRM who
//! may join.

use super::card::question;
use super::plan::Plan;
use super::post::{Change, Failed, Wanted};
use crate::{Credentials, Slack};
use knock_engine::commands::{asked_key, assigned_key, is_joined, joined_key, member_of};
use knock_slack::Refusal;

impl Slack {
    /// All of them: what fails for one keeps none of the others waiting.
    pub(super) async fn show_to_members(&self, credentials: &Credentials, plan: &Plan) -> Vec<Result<(), Failed>> {
        let own = plan.rep.as_ref().map(|rep| own_key(plan, rep.id));
        let mut shown = Vec::new();
        if let (Some(key), Some(user)) = (&own, &plan.user) {
            shown.push(self.show_own_thread(credentials, plan, key, user).await);
        }
        let others = plan.posts.iter().filter(|post| Some(&post.key) != own.as_ref() && is_joined(&post.key));
        for other in others.filter(|post| plan.is_answered_by(member_of(&post.key))) {
            shown.push(self.show_thread(credentials, plan, &other.key, &other.channel).await.map(drop));
        }
        shown.push(self.ask_owner(credentials, plan).await);
        shown.into_iter().map(|shown| shown.map_err(|refusal| (refusal, String::new()))).collect()
    }

    /// Asks the owner in the CRM to join, if they take no part yet.
    async fn ask_owner(&self, credentials: &Credentials, plan: &Plan) -> Result<(), Refusal> {
        let Some((owner, user)) = &plan.owner else { return Ok(()) };
        let asked = asked_key(plan.id(), *owner);
        let takes_part = |key: &str| key != asked && member_of(key) == Some(*owner);
        let is_their_own = plan.rep.as_ref().is_some_and(|rep| rep.id == *owner);
        let is_posted = plan.posted().find(&asked).is_some_and(|post| !post.ts.is_empty());
        if is_their_own || is_posted || plan.posts.iter().any(|post| takes_part(&post.key)) {
            return Ok(());
        }
        let channel = self.direct(credentials, user).await?;
        let ((text, blocks), thread, broadcast, change) = (question(plan), None, false, Change::Later);
        let wanted = Wanted { key: asked, channel: &channel, thread, broadcast, text, blocks, change };
        let shown = self.ensure(credentials, plan.posted(), &wanted).await;
        shown.map(drop).map_err(|refusal| self.anew(user, refusal))
    }
}

/// The key of the CRM owner's own thread, in which those who joined continue.
fn own_key(plan: &Plan, rep: knock_model::RepId) -> String {
    let joined = joined_key(plan.id(), rep);
    if plan.posts.iter().any(|post| post.key == joined) { joined } else { assigned_key(plan.id(), rep) }
}
