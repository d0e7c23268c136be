//! The post of a step of a workflow: its words, and the card of the lead as it is when the post is made. It is never changed.

use super::channel::InChannel;
use super::post::{Change, Posted};
use super::target::Target;
use super::unless_erased;
use crate::{Credentials, Slack};
use knock_context::read;
use knock_engine::Presenter;
use knock_model::{ConversationId, Millis};
use knock_ports::{DeliveryOutcome, SlackAbout, SlackPost, SlackWorkflowPost, StoreError, View};
use knock_slack::blocks;
use knock_slack::text::{Mrkdwn, cut};
use knock_wire::{ContactRecord, ContactRow};
use serde_json::Value;
use std::sync::Arc;

/// The most characters of a notification.
const TEXT: usize = 300;

/// A lead with all that is shown of them.
struct Announcement {
    post: SlackWorkflowPost,
    contact: ContactRecord,
    /// Their newest chat.
    chat: Option<ConversationId>,
    posts: Vec<SlackPost>,
    /// The address of the dashboard.
    url: String,
}

impl Announcement {
    /// None of spam, and after the person was erased.
    fn read(
        view: &dyn View,
        post: SlackWorkflowPost,
        now: Millis,
        url: String,
    ) -> Result<Option<Announcement>, StoreError> {
        let id = view.merged_into(post.lead)?;
        let Some(lead) = view.lead(id)?.filter(|lead| !lead.is_spam) else { return Ok(None) };
        let contact = Presenter::new(view, now)?.contact_record(&lead)?;
        let chat = view.conversations_of_lead(id)?.first().map(|newest| newest.id);
        let posts = view.slack_lead_posts(id)?;
        Ok(Some(Announcement { post, contact, chat, posts, url }))
    }

    fn posted(&self) -> Posted<'_> {
        Posted { about: SlackAbout::Lead(self.contact.contact.id), posts: &self.posts }
    }

    fn name(&self) -> &str {
        let name = self.contact.contact.display_name.trim();
        if name.is_empty() { "Visitor" } else { name }
    }

    fn card(&self) -> (String, Vec<Value>) {
        let ContactRow { id, email, phone, company, intent, attribution, .. } = &self.contact.contact;
        let intent = format!("{} \u{b7} {}", intent.bucket.as_str(), intent.kind.as_str());
        let status = self.contact.chat.as_ref().map(|chat| chat.status.spelling().into_owned()).unwrap_or_default();
        let known = [
            ("E-mail", email.as_str()),
            ("Phone", phone),
            ("Company", company),
            ("Intent", &intent),
            ("Status", &status),
            ("Owner", &self.contact.owner),
            ("Came by", &attribution.channel),
            ("Landing page", &attribution.landing_page),
        ];
        let known = known.into_iter().filter(|(_, value)| !value.trim().is_empty());
        let fields: Vec<Mrkdwn> = known.map(|(label, value)| blocks::field(label, value)).collect();
        let mut buttons = vec![blocks::link_button("open_record", "Open", &format!("{}/app/contacts/{id}", self.url))];
        buttons.extend(
            self.chat.map(|chat| {
                blocks::link_button("open_chat", "Open the chat", &format!("{}/app/inbox/{chat}", self.url))
            }),
        );
        let mut shown: Vec<Value> = blocks::excerpt(&self.post.text, TEXT * 10).into_iter().collect();
        shown.extend([
            blocks::header(self.name()),
            blocks::fields(&fields),
            blocks::context(&[Mrkdwn::new().text(&format!("Workflow {}", self.post.workflow))]),
            blocks::actions(&self.post.key(), buttons),
        ]);
        (self.notification(), shown)
    }

    /// Such as `A job seeker is on the site: Lee (Acme)`.
    fn notification(&self) -> String {
        let company = &self.contact.contact.company;
        let company = if company.is_empty() { String::new() } else { format!(" ({company})") };
        let words = self.post.text.split_whitespace().collect::<Vec<_>>().join(" ");
        // The name follows: `A visitor is looking for a job: Lee`.
        let words = words.trim_end_matches(['.', ':']);
        let words = if words.is_empty() { self.post.workflow.as_str() } else { words };
        cut(&format!("{words}: {}{company}", self.name()), TEXT).text
    }
}

impl Slack {
    /// The post of a step is in its channel, once.
    pub(super) async fn post_for_workflow(
        &self,
        credentials: &Credentials,
        post: SlackWorkflowPost,
    ) -> DeliveryOutcome {
        let (now, url) = (self.core.clock.now(), self.core.address.url.clone());
        let announced = read(Arc::clone(&self.core.store), move |view| Announcement::read(view, post, now, url)).await;
        let announced = match unless_erased(announced) {
            Ok(announced) => announced,
            Err(outcome) => return outcome,
        };
        let channel = self.resolve(credentials, &announced.post.channel).await;
        let target = Target::only(channel);
        let shown = InChannel { key: announced.post.key(), change: Change::Never, card: &|_| announced.card() };
        let posted = self.post_in_channel(credentials, announced.posted(), &target, &shown).await;
        self.outcome_of(&target, vec![posted]).await
    }
}
