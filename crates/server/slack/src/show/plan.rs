//! The data that is shown of a conversation, read at once.

use super::post::Posted;
use super::target::Target;
use knock_context::Core;
use knock_context::read;
use knock_engine::commands::is_form_unanswered;
use knock_engine::notified_owner;
use knock_engine::{Presenter, person_in_slack};
use knock_model::{ConversationId, LeadId, Millis, RepId};
use knock_ports::{Member, SlackAbout, SlackPost, StoreError, View};
use knock_routing::Reason;
use knock_status::chat::RepOwner;
use knock_wire::{ContactRecord, ConversationRecord};
use std::sync::Arc;

/// A conversation with all that is shown of it.
pub(super) struct Plan {
    pub(super) conversation: ConversationRecord,
    pub(super) contact: Option<ContactRecord>,
    pub(super) link_name: String,
    pub(super) funnel_stage: String,
    /// Whether the rep did not answer a form in time.
    pub(super) is_form_unanswered: bool,
    pub(super) target: Target,
    /// The rep who has the chat, if a rep has it.
    pub(super) rep: Option<Member>,
    pub(super) user: Option<String>,
    /// The owner in the CRM whom the decision notifies beside the assignee, and their user in Slack.
    pub(super) owner: Option<(RepId, String)>,
    /// Those to whom a chat can be assigned: id and name.
    pub(super) reps: Vec<(String, String)>,
    /// The reasons that the workspace offers for a rejection.
    pub(super) reject_reasons: Vec<String>,
    pub(super) posts: Vec<SlackPost>,
    /// The address of the dashboard.
    pub(super) url: String,
}

impl Plan {
    /// Whether the lead sent a form and has not chatted: then they have no Chat Status.
    pub(super) fn is_by_form(&self) -> bool {
        self.conversation.conversation.state.status.spelling().is_empty()
    }

    /// None without anything to show: before the routing decision, or after the person was erased.
    pub(super) async fn load(
        core: &Core,
        conversation: Option<ConversationId>,
        lead: Option<LeadId>,
    ) -> Result<Option<Plan>, StoreError> {
        let (now, url) = (core.clock.now(), core.address.url.clone());
        read(Arc::clone(&core.store), move |view| {
            let newest = |lead| Ok(view.conversations_of_lead(lead)?.into_iter().next().map(|newest| newest.id));
            let id = match (conversation, lead) {
                (Some(id), _) => Some(id),
                (None, Some(lead)) => newest(lead)?,
                (None, None) => None,
            };
            match id {
                Some(id) => Plan::read(view, (id, now), Presenter::new(view, now)?, url),
                None => Ok(None),
            }
        })
        .await
    }

    fn read(
        view: &dyn View,
        (id, now): (ConversationId, Millis),
        shown: Presenter<'_>,
        url: String,
    ) -> Result<Option<Plan>, StoreError> {
        let Some(conversation) = shown.conversation_record(id)? else { return Ok(None) };
        let lead = conversation.conversation.lead;
        let posts = view.slack_posts(id)?;
        let decided = view.last_decision(lead)?;
        let has_written =
            conversation.conversation.lead_messages.is_none_or(|written| written > 0) || !conversation.forms.is_empty();
        // A chat that the agent answers needs no member yet.
        let is_agents = decided.as_ref().is_some_and(|decided| decided.decision.reason == Reason::AnsweredByAgent);
        if posts.is_empty()
            && (decided.is_none() || is_agents || !has_written || conversation.conversation.state.is_spam)
        {
            return Ok(None);
        }
        let contact = view.lead(lead)?.map(|lead| shown.contact_record(&lead)).transpose()?;
        let (members, people) = (view.members()?, view.slack_people()?);
        let rep = match view.chat_summary(lead)?.and_then(|summary| summary.owner) {
            Some(RepOwner::Rep(rep)) => RepId::parse(&rep).ok(),
            Some(RepOwner::AiAgent) | None => None,
        };
        let rep = rep.and_then(|id| members.iter().find(|member| member.id == id)).cloned();
        let user = rep.as_ref().and_then(|rep| person_in_slack(rep, &people)).map(|person| person.id.clone());
        let asked = decided.as_ref().and_then(|decided| notified_owner(&decided.decision));
        let asked = asked.and_then(|id| members.iter().find(|member| member.id == id));
        let owner = asked.and_then(|owner| Some((owner.id, person_in_slack(owner, &people)?.id.clone())));
        let funnel_stage =
            contact.as_ref().map(|record| record.funnel_stage.spelling().into_owned()).unwrap_or_default();
        let slug = &conversation.conversation.link;
        let link_name = view.link(slug)?.map_or_else(|| slug.clone(), |link| link.name);
        let target = Target::read(view, decided.as_ref().map(|decided| &decided.decision))?;
        let answering = members.iter().filter(|member| knock_engine::commands::answers_chats(member));
        let reps = answering.map(|member| (member.id.to_string(), member.display_name())).collect();
        let reject_reasons = view.reject_reasons()?.reasons;
        Ok(Some(Plan {
            conversation,
            contact,
            link_name,
            funnel_stage,
            is_form_unanswered: is_form_unanswered(view, lead, now)?,
            target,
            rep,
            user,
            owner,
            reps,
            reject_reasons,
            posts,
            url,
        }))
    }

    pub(super) fn id(&self) -> ConversationId {
        self.conversation.conversation.id
    }

    /// Whether this member answers chats, still.
    pub(super) fn is_answered_by(&self, member: Option<RepId>) -> bool {
        member.is_some_and(|member| self.reps.iter().any(|(rep, _)| *rep == member.to_string()))
    }

    /// The posts about it.
    pub(super) fn posted(&self) -> Posted<'_> {
        Posted { about: SlackAbout::Chat(self.id()), posts: &self.posts }
    }

    /// The name of the lead.
    pub(super) fn name(&self) -> String {
        let contact = self.contact.as_ref().map(|record| &record.contact);
        let name = contact.map(|contact| contact.display_name.clone()).filter(|name| !name.trim().is_empty());
        name.unwrap_or_else(|| "Visitor".to_owned())
    }

    /// The company of the lead, if it is known.
    pub(super) fn company(&self) -> Option<&str> {
        let company = self.contact.as_ref().map(|record| record.contact.company.as_str());
        company.filter(|company| !company.trim().is_empty())
    }
}
