//! The reports.

use super::{chats, crm, forms, leads, meetings, replies, routing, statuses, workflows};
use crate::dimension::Dimension as By;
use crate::metric::Anchor;
use crate::report::Report;

/// All reports, in the order of the menu.
pub static REPORTS: &[&Report] = &[
    &OVERVIEW,
    &FUNNEL,
    &RESPONSE,
    &AGENT,
    &MEETINGS,
    &SOURCES,
    &TEAM,
    &routing::ROUTING,
    &forms::FORMS,
    &workflows::WORKFLOWS,
    &crm::CRM,
    &STATUSES,
];

static OVERVIEW: Report = Report {
    name: "overview",
    label: "Overview",
    definition: "What came of visits, in a few figures.",
    metrics: &[
        &leads::VISITORS,
        &leads::SEEN,
        &chats::CHATS,
        &replies::FIRST_REPLY_MEDIAN,
        &replies::WITHIN_TWO_MINUTES,
        &meetings::MEETINGS_BOOKED,
        &meetings::MEETINGS_HELD,
        &leads::DEALS,
    ],
    groups: &[By::Day, By::Week, By::Month, By::Site, By::Channel, By::Source],
    anchors: &[],
};

static FUNNEL: Report = Report {
    name: "funnel",
    label: "Funnel",
    definition: "How many persons reached each step from a visit to a deal. A step counts by itself: a person can book \
                 a meeting without having written.",
    metrics: &[
        &leads::VISITORS,
        &leads::SEEN,
        &leads::WROTE,
        &leads::ANSWERED,
        &leads::QUALIFIED,
        &leads::BOOKED,
        &leads::HELD,
        &leads::DEALS,
    ],
    groups: &[
        By::Source,
        By::Channel,
        By::Campaign,
        By::Site,
        By::Link,
        By::LandingPage,
        By::Country,
        By::Device,
        By::Language,
        By::IntentType,
        By::Rep,
        By::Segment,
        By::Score,
        By::Day,
        By::Week,
        By::Month,
    ],
    anchors: &[Anchor::FirstSeen, Anchor::Reached],
};

static RESPONSE: Report = Report {
    name: "response",
    label: "Response",
    definition: "How long leads wait for a person. First replies are measured as Knock: Rep Response Time; times of \
                 the agent are not in them. An answer counts for the rep who gave it, a wait without one for the rep \
                 who had the chat.",
    metrics: &[
        &replies::FIRST_REPLIES,
        &replies::FIRST_REPLIES_ANSWERED,
        &replies::FIRST_REPLY_MEDIAN,
        &replies::FIRST_REPLY_P90,
        &replies::FIRST_REPLY_MEAN,
        &replies::WITHIN_TWO_MINUTES,
        &replies::UNANSWERED,
        &replies::LATER_WAITS,
        &replies::LATER_MEDIAN,
        &replies::LATER_P90,
        &replies::LATER_MEAN,
        &replies::LATER_UNANSWERED,
    ],
    groups: &[
        By::Rep,
        By::Day,
        By::Week,
        By::Month,
        By::Hour,
        By::Weekday,
        By::WeekHour,
        By::Segment,
        By::Site,
        By::Link,
        By::Channel,
        By::Source,
        By::Campaign,
        By::Country,
        By::Device,
        By::Language,
        By::IntentType,
    ],
    anchors: &[Anchor::Asked, Anchor::Answered],
};

static AGENT: Report = Report {
    name: "agent",
    label: "Agent",
    definition: "Which chats the agent handled, which went on to a person, and what the agent could not answer.",
    metrics: &[
        &chats::CHATS,
        &chats::AGENT_ALONE,
        &chats::HANDED_OVER,
        &chats::AGENT_ALONE_SHARE,
        &chats::AGENT_MESSAGES,
        &chats::REJECTED_BY_AGENT,
        &chats::AGENT_UNANSWERED,
        &chats::AGENT_TIME,
    ],
    groups: &[
        By::Day,
        By::Week,
        By::Month,
        By::Hour,
        By::Weekday,
        By::WeekHour,
        By::Site,
        By::Link,
        By::Channel,
        By::Source,
        By::Language,
        By::IntentType,
    ],
    anchors: &[],
};

static MEETINGS: Report = Report {
    name: "meetings",
    label: "Meetings",
    definition: "What became of meetings. Each belongs to the rep who owns its calendar now.",
    metrics: &[
        &meetings::MEETINGS_BOOKED,
        &meetings::MOVED,
        &meetings::CANCELLED_BY_LEAD,
        &meetings::CANCELLED_BY_REP,
        &meetings::MEETINGS_HELD,
        &meetings::NO_SHOW,
        &meetings::NO_SHOW_SHARE,
        &meetings::UNMARKED,
        &meetings::LEAD_TIME_MEDIAN,
    ],
    groups: &[
        By::MeetingLink,
        By::Rep,
        By::Day,
        By::Week,
        By::Month,
        By::Hour,
        By::Weekday,
        By::WeekHour,
        By::Site,
        By::Link,
        By::Channel,
        By::Source,
        By::Campaign,
        By::IntentType,
    ],
    anchors: &[Anchor::Booked, Anchor::Start],
};

static SOURCES: Report = Report {
    name: "sources",
    label: "Links and sources",
    definition: "Where persons came from at their first touch, and what came of it.",
    metrics: &[&leads::VISITORS, &leads::SEEN, &leads::WROTE, &leads::BOOKED, &leads::HELD, &leads::DEALS],
    groups: &[
        By::Source,
        By::Campaign,
        By::Channel,
        By::Link,
        By::LandingPage,
        By::Site,
        By::Country,
        By::Device,
        By::Language,
        By::IntentType,
        By::Segment,
        By::Score,
    ],
    anchors: &[Anchor::FirstSeen, Anchor::Reached],
};

static TEAM: Report = Report {
    name: "team",
    label: "Team",
    definition: "What each rep did. A deal counts for the rep who answered the person first.",
    metrics: &[
        &replies::FIRST_REPLIES,
        &replies::FIRST_REPLY_MEDIAN,
        &replies::WITHIN_TWO_MINUTES,
        &replies::UNANSWERED,
        &chats::MESSAGES_SENT,
        &meetings::MEETINGS_BOOKED,
        &meetings::MEETINGS_HELD,
        &meetings::NO_SHOW,
        &leads::DEALS,
    ],
    groups: &[By::Rep, By::Day, By::Week, By::Month, By::Site, By::Channel],
    anchors: &[Anchor::Asked, Anchor::Answered],
};

static STATUSES: Report = Report {
    name: "statuses",
    label: "Statuses",
    definition: "How leads go through the statuses, and how long they stay in each.",
    metrics: &[
        &statuses::ENTERED,
        &statuses::LEADS_NOW,
        &statuses::TIME_MEDIAN,
        &statuses::TIME_MEAN,
        &chats::REJECTED,
        &statuses::MEETING_ENTERED,
        &statuses::MEETING_NOW,
        &statuses::MEETING_TIME_MEDIAN,
    ],
    groups: &[By::Status, By::Reason, By::Day, By::Week, By::Month, By::Site, By::Channel, By::Source, By::IntentType],
    anchors: &[],
};
