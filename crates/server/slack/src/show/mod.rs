//! The connector to Slack: brings what is shown of a conversation up to date, whatever the effect was about.
//!
//! Every attempt reads what is so by then, posts what is missing and changes what is not right any more. So nothing is
//! out of date, nothing depends on the order of attempts, and what was posted before an answer was lost is found again.

mod card;
mod cards;
mod channel;
mod direct;
mod files;
mod line;
mod meeting;
mod meeting_lead;
mod notified;
mod plan;
mod post;
mod routed;
mod target;
mod thread;
mod workflow;

use crate::Credentials;
use crate::{Slack, is_temporary};
use knock_engine::commands::{SLACK_CARDS, SLACK_NUDGE};
use knock_model::{ConversationId, DestinationKind, LeadId};
use knock_ports::{
    Connector, Delivery, DeliveryFuture, DeliveryOutcome, OutboxEntry, SlackFile, SlackMeeting, SlackMeetingLead,
    SlackShow, SlackTell, SlackWorkflowPost, StoreError,
};
use knock_slack::{Broken, Post, Refusal, RefusalKind, Ts};
use plan::Plan;
use post::Failed;
use serde::Deserialize;
use std::time::Duration;
use target::Target;
use tokio::time::timeout;

/// The longest that an attempt takes.
const TIMEOUT: Duration = Duration::from_millis(9_500);

/// The subject of an event.
#[derive(Deserialize)]
struct About {
    conversation: Option<ConversationId>,
    lead: Option<Person>,
    contact: Option<Person>,
}

#[derive(Deserialize)]
struct Person {
    id: LeadId,
}

impl Connector for Slack {
    fn kind(&self) -> DestinationKind {
        DestinationKind::Slack
    }

    fn deliver(&self, delivery: &Delivery) -> DeliveryFuture {
        let (slack, entry) = (self.clone(), delivery.entry.clone());
        Box::pin(async move {
            match timeout(TIMEOUT, slack.bring(&entry)).await {
                Ok(outcome) => outcome,
                Err(_) => DeliveryOutcome::Retry("it took longer than ten seconds".to_owned(), None),
            }
        })
    }
}

impl Slack {
    async fn bring(&self, entry: &OutboxEntry) -> DeliveryOutcome {
        let credentials = match self.credentials().await {
            Ok(Some(credentials)) => credentials,
            Ok(None) => return DeliveryOutcome::Rejected("Slack is not connected".to_owned()),
            Err(error) => return DeliveryOutcome::Retry(error.to_string(), None),
        };
        if entry.effect.kind == SlackTell::KIND {
            return match serde_json::from_str(&entry.effect.data) {
                Ok(tell) => self.tell(&credentials, tell).await,
                Err(_) => unknown(),
            };
        }
        if entry.effect.kind == SLACK_NUDGE {
            return match serde_json::from_str::<SlackShow>(&entry.effect.data) {
                Ok(show) => self.nudge_channel(&credentials, show.conversation).await,
                Err(_) => unknown(),
            };
        }
        if entry.effect.kind == SLACK_CARDS {
            return match serde_json::from_str::<SlackShow>(&entry.effect.data) {
                Ok(show) => match unless_erased(Plan::load(&self.core, Some(show.conversation), None).await) {
                    Ok(plan) => self.update_cards(&credentials, &plan).await,
                    Err(outcome) => outcome,
                },
                Err(_) => unknown(),
            };
        }
        if entry.effect.kind == SlackFile::KIND {
            return match serde_json::from_str::<SlackFile>(&entry.effect.data) {
                Ok(file) => self.bring_file(&credentials, &file).await,
                Err(_) => unknown(),
            };
        }
        if entry.effect.kind == SlackMeeting::KIND {
            return match serde_json::from_str::<SlackMeeting>(&entry.effect.data) {
                Ok(show) => self.show_meeting(&credentials, show.meeting).await,
                Err(_) => unknown(),
            };
        }
        if entry.effect.kind == SlackMeetingLead::KIND {
            return match serde_json::from_str::<SlackMeetingLead>(&entry.effect.data) {
                Ok(show) => self.show_meeting_lead(&credentials, show.lead).await,
                Err(_) => unknown(),
            };
        }
        if entry.effect.kind == SlackWorkflowPost::KIND {
            return match serde_json::from_str(&entry.effect.data) {
                Ok(post) => self.post_for_workflow(&credentials, post).await,
                Err(_) => unknown(),
            };
        }
        match serde_json::from_str::<About>(&entry.effect.data) {
            Ok(about) => self.show(&credentials, about).await,
            Err(_) => unknown(),
        }
    }

    async fn tell(&self, credentials: &Credentials, tell: SlackTell) -> DeliveryOutcome {
        let SlackTell { channel, thread, user, text } = tell;
        let text = knock_slack::text::to_slack(&text);
        let post = Post { channel, thread: Ts::parse(&thread), text, ..Post::default() };
        match self.client.ephemeral(&credentials.token, &user, &post).await {
            Ok(()) => DeliveryOutcome::Done("shown".to_owned()),
            Err(refusal) => self.outcome(&refusal, "").await,
        }
    }

    /// Everything that is shown of a conversation is right after it.
    async fn show(&self, credentials: &Credentials, about: About) -> DeliveryOutcome {
        let lead = about.lead.or(about.contact).map(|person| person.id);
        let plan = match unless_erased(Plan::load(&self.core, about.conversation, lead).await) {
            Ok(plan) => plan,
            Err(outcome) => return outcome,
        };
        let in_channel = self.show_in_channel(credentials, &plan).await;
        let direct = self.show_to_members(credentials, &plan).await;
        let outcome = self.outcome_of(&plan.target, std::iter::once(in_channel).chain(direct).collect()).await;
        match self.update_cards_later(credentials, &plan).await {
            Ok(()) => outcome,
            Err(error) => DeliveryOutcome::Retry(error, None),
        }
    }

    /// The outcome of a delivery after these steps.
    async fn outcome_of(&self, target: &Target, steps: Vec<Result<(), Failed>>) -> DeliveryOutcome {
        let mut first = None;
        for (refusal, channel) in steps.into_iter().filter_map(Result::err) {
            let outcome = match channel.is_empty() {
                true => self.outcome(&refusal, &channel).await,
                false => self.outcome_in(target, &refusal, &channel).await,
            };
            // What can be tried again is: what was refused beside it is refused again then.
            if first.is_none() || is_temporary(&refusal) {
                first = Some(outcome);
            }
        }
        first.unwrap_or_else(|| DeliveryOutcome::Done("it is shown as it is".to_owned()))
    }

    /// The outcome of a delivery that Slack refused; a problem that needs a person is recorded.
    async fn outcome(&self, refusal: &Refusal, channel: &str) -> DeliveryOutcome {
        self.note_refusal(refusal, channel).await;
        let words = refusal.words.clone();
        match &refusal.kind {
            RefusalKind::Retry(after) => DeliveryOutcome::Retry(words, *after),
            // Nothing more is tried until there is a token that works.
            RefusalKind::Broken(Broken::Token) => DeliveryOutcome::Unsubscribed(words),
            RefusalKind::Broken(_) | RefusalKind::Rejected => DeliveryOutcome::Rejected(words),
        }
    }
}

/// The content to show, or the outcome of the delivery without it.
fn unless_erased<T>(found: Result<Option<T>, StoreError>) -> Result<T, DeliveryOutcome> {
    match found {
        Ok(Some(found)) => Ok(found),
        Ok(None) => Err(DeliveryOutcome::Done("there is nothing to show".to_owned())),
        Err(error) => Err(DeliveryOutcome::Retry(error.to_string(), None)),
    }
}

fn unknown() -> DeliveryOutcome {
    DeliveryOutcome::Rejected("this version knows no such effect in Slack".to_owned())
}
