//! The card of a lead who asked for a meeting and has none: offered times, refused, or gone again. Once they book, it
//! becomes the notice of the meeting.

use super::channel::InChannel;
use super::post::{Change, Posted};
use super::routed::routed;
use super::target::Target;
use super::unless_erased;
use crate::{Credentials, Slack};
use knock_context::read;
use knock_engine::{Presenter, person_in_slack};
use knock_model::{ConversationId, LeadId, Millis, RepId};
use knock_ports::{Decided, DeliveryOutcome, Member, SlackAbout, SlackPerson, SlackPost, StoreError, View};
use knock_routing::{Assignee, Outcome};
use knock_slack::blocks;
use knock_slack::text::{Mrkdwn, cut};
use knock_status::meeting::MeetingStatus;
use knock_wire::{ContactRow, Word};
use serde_json::Value;
use std::sync::Arc;

/// The members that are named, of those whose calendars are offered.
const NAMED: usize = 3;
/// The most characters of a notification.
const TEXT: usize = 300;

/// A lead with all that is shown of them.
struct Asked {
    contact: ContactRow,
    /// Meeting Status.
    status: String,
    decided: Decided,
    link_name: String,
    /// Whose calendars are offered: each a member, with their user in Slack.
    owners: Vec<(Member, Option<String>)>,
    /// Their newest chat.
    chat: Option<ConversationId>,
    target: Target,
    posts: Vec<SlackPost>,
    /// The address of the dashboard.
    url: String,
}

impl Asked {
    /// None without a decision, of spam, and of who has booked: that is shown by the meeting.
    fn read(view: &dyn View, id: LeadId, now: Millis, url: String) -> Result<Option<Asked>, StoreError> {
        let (Some(lead), Some(row)) = (view.lead(id)?, view.meeting_lead(id)?) else { return Ok(None) };
        let decided = view.last_meeting_decision(id)?;
        let Some(decided) = decided.filter(|decided| decided.decision.outcome != Outcome::Pending) else {
            return Ok(None);
        };
        let mut posts = view.slack_lead_posts(id)?;
        posts.retain(|post| !post.is_of_workflow());
        let is_spam = row.is_spam || lead.is_spam;
        if is_spam && posts.is_empty() || !is_open(&row.status) {
            return Ok(None);
        }
        let link = &decided.link;
        let (members, people) = (view.members()?, view.slack_people()?);
        Ok(Some(Asked {
            contact: Presenter::new(view, now)?.contact_record(&lead)?.contact,
            status: row.status,
            link_name: view.link(link)?.map_or_else(|| link.clone(), |link| link.name),
            owners: owners(&decided, &members, &people),
            chat: view.conversations_of_lead(id)?.first().map(|newest| newest.id),
            target: Target::read(view, Some(&decided.decision))?,
            posts,
            url,
            decided,
        }))
    }

    fn posted(&self) -> Posted<'_> {
        Posted { about: SlackAbout::Lead(self.contact.id), posts: &self.posts }
    }

    /// The key of the card: that of the decision for which it was posted.
    fn key(&self) -> String {
        self.posts.first().map_or_else(|| format!("asked:{}", self.decided.id), |post| post.key.clone())
    }

    fn name(&self) -> &str {
        let name = self.contact.display_name.trim();
        if name.is_empty() { "Visitor" } else { name }
    }

    /// Who would have the meeting.
    fn owner(&self) -> Mrkdwn {
        let text = Mrkdwn::new().bold("Owner").line();
        if self.owners.is_empty() {
            return text.text("none");
        }
        let named = self.owners.iter().take(NAMED).enumerate().fold(text, |text, (place, (member, user))| {
            let text = if place == 0 { text } else { text.text(", ") };
            match user {
                Some(user) => text.mention(user),
                None => text.text(&member.display_name()),
            }
        });
        match self.owners.len().saturating_sub(NAMED) {
            0 => named,
            more => named.text(&format!(" and {more} more")),
        }
    }

    fn card(&self, also: Option<Mrkdwn>) -> (String, Vec<Value>) {
        let ContactRow { id, email, company, intent, .. } = &self.contact;
        let intent = format!("{} \u{b7} {}", intent.bucket.as_str(), intent.kind.as_str());
        let mut fields = vec![
            blocks::field("Meeting Status", &self.status),
            self.owner(),
            blocks::field("Came by", &self.link_name),
            blocks::field("Intent", &intent),
        ];
        for (label, value) in [("E-mail", email), ("Company", company)] {
            if !value.is_empty() {
                fields.insert(0, blocks::field(label, value));
            }
        }
        let decision = &self.decided.decision;
        let why = routed(&decision.rule_name, &decision.segment_name, &Word::Known(decision.reason));
        let small: Vec<Mrkdwn> = also.into_iter().chain([Mrkdwn::new().text(&why)]).collect();
        let mut buttons = vec![blocks::link_button("open_record", "Open", &format!("{}/app/contacts/{id}", self.url))];
        buttons.extend(
            self.chat.map(|chat| {
                blocks::link_button("open_chat", "Open the chat", &format!("{}/app/inbox/{chat}", self.url))
            }),
        );
        let shown = vec![
            blocks::header(self.name()),
            blocks::fields(&fields),
            blocks::context(&small),
            blocks::actions(&format!("asked:{id}"), buttons),
        ];
        (self.notification(), shown)
    }

    /// Such as `Lee (Acme), High, Buying: asked for a meeting, Qualified but Not Booked`.
    fn notification(&self) -> String {
        let ContactRow { company, intent, .. } = &self.contact;
        let company = if company.is_empty() { String::new() } else { format!(" ({company})") };
        let (bucket, kind) = (intent.bucket.as_str(), intent.kind.as_str());
        let text = format!("{}{company}, {bucket}, {kind}: asked for a meeting, {}", self.name(), self.status);
        cut(&text, TEXT).text
    }
}

/// Whether a lead in this Meeting Status has no meeting to show.
fn is_open(status: &str) -> bool {
    let known = MeetingStatus::ALL.iter().find(|known| known.as_str() == status);
    known.is_some_and(|status| !matches!(status, MeetingStatus::Booked | MeetingStatus::Cancelled))
}

/// The members whose calendars a decision offers.
fn owners(decided: &Decided, members: &[Member], people: &[SlackPerson]) -> Vec<(Member, Option<String>)> {
    let ids: Vec<&String> = match &decided.decision.assignee {
        Some(Assignee::Rep { id }) => vec![id],
        Some(Assignee::CalendarSet { owner: Some(owner), .. }) => vec![owner],
        Some(Assignee::CalendarSet { reps, .. }) => reps.iter().collect(),
        Some(Assignee::AiAgent { .. }) | None => Vec::new(),
    };
    let ids = ids.into_iter().filter_map(|id| RepId::parse(id).ok());
    let found = ids.filter_map(|id| members.iter().find(|member| member.id == id));
    let user = |member: &Member| person_in_slack(member, people).map(|person| person.id.clone());
    found.map(|member| (member.clone(), user(member))).collect()
}

impl Slack {
    /// The card of a lead is right after it.
    pub(super) async fn show_meeting_lead(&self, credentials: &Credentials, id: LeadId) -> DeliveryOutcome {
        let (now, url) = (self.core.clock.now(), self.core.address.url.clone());
        let asked = read(Arc::clone(&self.core.store), move |view| Asked::read(view, id, now, url)).await;
        let asked = match unless_erased(asked) {
            Ok(asked) => asked,
            Err(outcome) => return outcome,
        };
        let shown = InChannel { key: asked.key(), change: Change::Now, card: &|also| asked.card(also) };
        let posted = self.post_in_channel(credentials, asked.posted(), &asked.target, &shown).await;
        self.outcome_of(&asked.target, vec![posted]).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_has_booked_is_shown_by_the_meeting() {
        for (status, expected) in [
            ("New", true),
            ("Save the Lead", true),
            ("Unqualified", true),
            ("Qualified but Not Booked", true),
            ("Spam", true),
            ("Meeting Booked", false),
            ("Meeting Cancelled", false),
            ("", false),
        ] {
            assert_eq!(is_open(status), expected, "{status}");
        }
    }
}
