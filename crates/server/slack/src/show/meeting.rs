//! Notices of a meeting: one in the monitoring channel, and one to the member who has it.

use super::channel::InChannel;
use super::post::{Change, Failed, Posted, Wanted};
use super::routed::routed;
use super::target::Target;
use super::unless_erased;
use crate::{Credentials, Slack};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use knock_context::read;
use knock_engine::commands::AdoptSlackPost;
use knock_engine::{Presenter, name_of_meeting, person_in_slack};
use knock_model::{MeetingId, MeetingState, MemberState, Millis};
use knock_ports::{Decided, DeliveryOutcome, Meeting, Member, SlackAbout, SlackPost, StoreError, View};
use knock_routing::Funnel;
use knock_slack::blocks;
use knock_slack::text::{Mrkdwn, to_slack};
use knock_status::meeting::Canceller;
use knock_wire::Word;
use serde_json::Value;
use std::sync::Arc;

/// A meeting with all that is shown of it.
struct Notice {
    meeting: Meeting,
    /// The name of the lead.
    name: String,
    company: String,
    link_name: String,
    /// The rule that chose the member.
    why: Option<String>,
    target: Target,
    owner: Option<Member>,
    user: Option<String>,
    posts: Vec<SlackPost>,
    members: Vec<Member>,
    /// The address of the dashboard.
    url: String,
}

impl Notice {
    fn read(view: &dyn View, id: MeetingId, now: Millis, url: String) -> Result<Option<Notice>, StoreError> {
        let Some(meeting) = view.meeting(id)? else { return Ok(None) };
        let contact =
            view.lead(meeting.lead)?.map(|lead| Presenter::new(view, now)?.contact_record(&lead)).transpose()?;
        let company = contact.map(|record| record.contact.company).unwrap_or_default();
        let decided = decision(view, &meeting)?;
        let why = decided.as_ref().map(|Decided { decision, .. }| {
            routed(&decision.rule_name, &decision.segment_name, &Word::Known(decision.reason))
        });
        let slug = &meeting.details.link;
        let link_name = match &meeting.details.by_hand {
            Some(_) => "Added by hand".to_owned(),
            None => view.link(slug)?.map_or_else(|| slug.clone(), |link| link.name),
        };
        let (members, people) = (view.members()?, view.slack_people()?);
        let owner = members.iter().find(|member| member.id == meeting.owner).cloned();
        let user = owner.as_ref().and_then(|owner| person_in_slack(owner, &people)).map(|person| person.id.clone());
        Ok(Some(Notice {
            name: name_of_meeting(view, &meeting)?,
            company,
            link_name,
            why,
            target: Target::read(view, decided.as_ref().map(|decided| &decided.decision))?,
            owner,
            user,
            posts: view.slack_meeting_posts(id)?,
            members,
            url,
            meeting,
        }))
    }

    /// Whether a direct message goes to a member who is still one.
    fn is_to_member(&self, key: &str) -> bool {
        let id = key.rsplit(':').next().unwrap_or_default();
        self.members.iter().any(|member| member.id.to_string() == id && member.state != MemberState::Removed)
    }

    fn posted(&self) -> Posted<'_> {
        Posted { about: SlackAbout::Meeting(self.meeting.id), posts: &self.posts }
    }

    fn state(&self) -> String {
        let details = &self.meeting.details;
        match self.meeting.state {
            MeetingState::Booked if self.meeting.sequence == 0 => "Booked".to_owned(),
            MeetingState::Booked => "Booked, changed since".to_owned(),
            MeetingState::Held => "Took place".to_owned(),
            MeetingState::NoShow => "No-show".to_owned(),
            MeetingState::Cancelled => {
                let member = self.members.iter().find(|member| Some(member.id) == details.cancelled_by_member);
                let by = match member {
                    _ if details.cancelled_by == Some(Canceller::Lead) => "the lead".to_owned(),
                    Some(member) => member.display_name(),
                    None => "the team".to_owned(),
                };
                let reason = Some(&details.reason).filter(|reason| !reason.is_empty());
                reason.map_or_else(|| format!("Cancelled by {by}"), |reason| format!("Cancelled by {by}: {reason}"))
            }
        }
    }

    /// The time of the start, in the time zone of its owner.
    fn time(&self) -> String {
        let hours = self.owner.as_ref().and_then(|owner| owner.availability.hours.as_ref());
        let zone = hours.and_then(|hours| TimeZone::get(&hours.zone).ok()).unwrap_or(TimeZone::UTC);
        let place = zone.iana_name().unwrap_or("UTC").to_owned();
        let at = Timestamp::from_millisecond(self.meeting.start.0).unwrap_or_default().to_zoned(zone);
        format!("{}, {place}", at.strftime("%a %-d %b %Y, %H:%M %:z"))
    }

    /// The text and the blocks.
    fn card(&self, also: Option<Mrkdwn>) -> (String, Vec<Value>) {
        let owner = Mrkdwn::new().bold("Owner").line();
        let owner = match (&self.user, &self.owner) {
            (Some(user), _) => owner.mention(user),
            (None, Some(member)) => owner.text(&member.display_name()),
            (None, None) => owner.text("no member"),
        };
        let minutes = (self.meeting.end - self.meeting.start).0 / Millis::MINUTE.0;
        let (state, time) = (self.state(), self.time());
        let text = format!("Meeting with {}: {state}, {time}", self.name);
        let mut fields = vec![
            blocks::field("Meeting", &state),
            blocks::field("Time", &time),
            blocks::field("Duration", &format!("{minutes} min")),
            owner,
            blocks::field("E-mail", &self.meeting.details.email),
            blocks::field("Booked by", &self.link_name),
        ];
        if !self.company.is_empty() {
            fields.insert(0, blocks::field("Company", &self.company));
        }
        let mut shown = vec![blocks::header(&self.name), blocks::fields(&fields)];
        let why = self.why.as_ref().map(|why| Mrkdwn::new().text(why));
        let small: Vec<Mrkdwn> = also.into_iter().chain(why).collect();
        if !small.is_empty() {
            shown.push(blocks::context(&small));
        }
        let id = self.meeting.id;
        let open = blocks::link_button("open_record", "Open", &format!("{}/app/meetings/{id}", self.url));
        shown.push(blocks::actions(&format!("meeting:{id}"), vec![open]));
        (to_slack(&text), shown)
    }
}

/// The decision by which it was booked.
fn decision(view: &dyn View, meeting: &Meeting) -> Result<Option<Decided>, StoreError> {
    let before = view
        .decisions_of(meeting.lead)?
        .into_iter()
        .filter(|decided| decided.decision.funnel == Funnel::Meeting && decided.at <= meeting.booked_at);
    Ok(before.max_by_key(|decided| (decided.at, decided.id)))
}

impl Slack {
    /// Everything that is shown of a meeting is right after it.
    pub(super) async fn show_meeting(&self, credentials: &Credentials, id: MeetingId) -> DeliveryOutcome {
        let (now, url) = (self.core.clock.now(), self.core.address.url.clone());
        let notice = read(Arc::clone(&self.core.store), move |view| Notice::read(view, id, now, url)).await;
        let notice = match unless_erased(notice) {
            Ok(notice) => notice,
            Err(outcome) => return outcome,
        };
        let (key, change) = (format!("meeting:{id}:channel"), Change::Now);
        let mut notice = notice;
        if notice.posted().find(&key).is_none() {
            // Who asked for it has a card already.
            let adopt = AdoptSlackPost { meeting: id, key: key.clone() };
            match self.core.writer.commit(adopt).await {
                Ok(adopted) => notice.posts.extend(adopted),
                Err(error) => return DeliveryOutcome::Retry(error.to_string(), None),
            }
        }
        let shown = InChannel { key, change, card: &|also| notice.card(also) };
        let in_channel = self.post_in_channel(credentials, notice.posted(), &notice.target, &shown).await;
        let direct = self.show_meeting_to_members(credentials, &notice).await;
        self.outcome_of(&notice.target, vec![in_channel, direct]).await
    }

    /// The member who has it, and those who had it before.
    async fn show_meeting_to_members(&self, credentials: &Credentials, notice: &Notice) -> Result<(), Failed> {
        let direct = format!("meeting:{}:dm:", notice.meeting.id);
        let own = format!("{direct}{}", notice.meeting.owner);
        let known = notice.posts.iter().filter(|post| post.key.starts_with(&direct) && notice.is_to_member(&post.key));
        let mut shown: Vec<(String, String)> = known.map(|post| (post.key.clone(), post.channel.clone())).collect();
        if let Some(user) = notice.user.as_ref().filter(|_| notice.posted().find(&own).is_none()) {
            let opened = self.direct(credentials, user).await;
            shown.push((own, opened.map_err(|refusal| (refusal, String::new()))?));
        }
        for (key, channel) in shown {
            let (text, blocks) = notice.card(None);
            let (thread, broadcast, change) = (None, false, Change::Now);
            let wanted = Wanted { key, channel: &channel, thread, broadcast, text, blocks, change };
            let ensured = self.ensure(credentials, notice.posted(), &wanted).await;
            let user = notice.user.as_deref().unwrap_or_default();
            ensured.map_err(|refusal| (self.anew(user, refusal), String::new()))?;
        }
        Ok(())
    }
}
