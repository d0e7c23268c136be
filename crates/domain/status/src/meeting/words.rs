//! The seven values of Meeting Status, spelled once.

use knock_model::vocabulary;

vocabulary! {
    /// Meeting Status.
    MeetingStatus {
        /// Clicked a meeting link, did nothing further yet (MS-01).
        New = "New",
        /// Did nothing for 3 hours (MS-02).
        SaveTheLead = "Save the Lead",
        /// Gave a fake address (MS-03).
        Spam = "Spam",
        /// Did not meet the criteria (MS-04).
        Unqualified = "Unqualified",
        /// Met them, and went away before booking (MS-05).
        NotBooked = "Qualified but Not Booked",
        /// Has a meeting (MS-06).
        Booked = "Meeting Booked",
        /// Had one, which was cancelled (MS-07).
        Cancelled = "Meeting Cancelled",
    }
}

impl MeetingStatus {
    /// The rule that gives this status.
    pub const fn rule(self) -> &'static str {
        match self {
            MeetingStatus::New => "MS-01",
            MeetingStatus::SaveTheLead => "MS-02",
            MeetingStatus::Spam => "MS-03",
            MeetingStatus::Unqualified => "MS-04",
            MeetingStatus::NotBooked => "MS-05",
            MeetingStatus::Booked => "MS-06",
            MeetingStatus::Cancelled => "MS-07",
        }
    }
}
