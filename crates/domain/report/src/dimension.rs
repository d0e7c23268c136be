//! What rows of a report can be.

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
        /// `Reject Reason`.
        Reason = "reason",
        /// The link by which a meeting was booked.
        MeetingLink = "meeting_link",
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
            Dimension::Reason => "Reject reason",
            Dimension::MeetingLink => "Meeting link",
            Dimension::Day => "Day",
            Dimension::Week => "Week",
            Dimension::Month => "Month",
            Dimension::Hour => "Hour of the day",
            Dimension::Weekday => "Day of the week",
        }
    }

    /// Whether its rows are times: in their order, those without items between them.
    pub const fn is_time(self) -> bool {
        match self {
            Dimension::Day | Dimension::Week | Dimension::Month | Dimension::Hour | Dimension::Weekday => true,
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
            | Dimension::MeetingLink => false,
        }
    }
}
