//! What rows of a report can be.

use crate::acts::Needs;
use knock_model::vocabulary;

/// The key of what has no value in a dimension.
pub const NO_VALUE: &str = "";

/// The key of the row that holds all groups for which there is no row.
pub const OTHER: &str = "…";

vocabulary! {
    /// What rows of a report can be, and what it can be filtered by.
    Dimension {
        /// The site on which a person came first.
        Site = "site",
        /// The Knock Link of their first conversation, else of their first meeting.
        Link = "link",
        /// The channel of attribution.
        Channel = "channel",
        /// The source of attribution.
        Source = "source",
        /// The campaign of the first touch.
        Campaign = "campaign",
        /// The path of the first page.
        LandingPage = "landing_page",
        /// The country of the first page view.
        Country = "country",
        /// The kind of device of the first page view.
        Device = "device",
        /// The language of the browser then.
        Language = "language",
        /// `Knock: Intent Type` now.
        IntentType = "intent_type",
        /// The rep whom it concerns.
        Rep = "rep",
        /// Chat Status or Meeting Status.
        Status = "status",
        /// `Reject Reason`; of decisions, of members passed over and of steps of workflows their own reason.
        Reason = "reason",
        /// The link by which a meeting was booked.
        MeetingLink = "meeting_link",
        /// The segment of a decision; of all else of a person that of their first decision with a segment.
        Segment = "segment",
        /// The rule of the same decision.
        Rule = "rule",
        /// `Knock: Intent Score` at the instant of a decision; of all else of a person at that of the first one.
        Score = "score",
        /// The workflow of a run or of a step of it.
        Workflow = "workflow",
        /// The step of a workflow.
        Step = "step",
        /// The CRM of a write.
        Crm = "crm",
        /// The change that caused a write.
        Cause = "cause",
        /// The day.
        Day = "day",
        /// The week from Monday on.
        Week = "week",
        /// The month.
        Month = "month",
        /// The hour of the day.
        Hour = "hour",
        /// The day of the week.
        Weekday = "weekday",
        /// The day of the week and the hour of the day.
        WeekHour = "week_hour",
    }
}

impl Dimension {
    /// Its name on pages.
    pub const fn label(self) -> &'static str {
        match self {
            Dimension::Site => "Site",
            Dimension::Link => "Link",
            Dimension::Channel => "Channel",
            Dimension::Source => "Source",
            Dimension::Campaign => "Campaign",
            Dimension::LandingPage => "Landing page",
            Dimension::Country => "Country",
            Dimension::Device => "Device",
            Dimension::Language => "Language",
            Dimension::IntentType => "Intent type",
            Dimension::Rep => "Rep",
            Dimension::Status => "Status",
            Dimension::Reason => "Reason",
            Dimension::MeetingLink => "Meeting link",
            Dimension::Segment => "Segment",
            Dimension::Rule => "Rule",
            Dimension::Score => "Intent score at the click",
            Dimension::Workflow => "Workflow",
            Dimension::Step => "Step",
            Dimension::Crm => "CRM",
            Dimension::Cause => "Cause",
            Dimension::Day => "Day",
            Dimension::Week => "Week",
            Dimension::Month => "Month",
            Dimension::Hour => "Hour of the day",
            Dimension::Weekday => "Day of the week",
            Dimension::WeekHour => "Day and hour",
        }
    }

    /// Whether its rows are times: in their order, those without items between them.
    pub const fn is_time(self) -> bool {
        match self {
            Dimension::Day
            | Dimension::Week
            | Dimension::Month
            | Dimension::Hour
            | Dimension::Weekday
            | Dimension::WeekHour => true,
            Dimension::Site
            | Dimension::Link
            | Dimension::Channel
            | Dimension::Source
            | Dimension::Campaign
            | Dimension::LandingPage
            | Dimension::Country
            | Dimension::Device
            | Dimension::Language
            | Dimension::IntentType
            | Dimension::Rep
            | Dimension::Status
            | Dimension::Reason
            | Dimension::MeetingLink
            | Dimension::Segment
            | Dimension::Rule
            | Dimension::Score
            | Dimension::Workflow
            | Dimension::Step
            | Dimension::Crm
            | Dimension::Cause => false,
        }
    }

    /// What its keys are made of besides an item itself.
    pub(crate) fn needs(self) -> Needs {
        let decisions = matches!(self, Dimension::Segment | Dimension::Rule | Dimension::Score);
        Needs { decisions, ..Needs::default() }
    }
}
