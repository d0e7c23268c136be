//! Reason codes (`docs/domain.md`, Reason codes).

use knock_model::{spelled, vocabulary};

vocabulary! {
    /// The reason code.
    Reason {
        /// The open conversation has a rep already.
        StickyExistingRep = "sticky_existing_rep",
        /// The rep who wrote to the lead first, and whom the lead answers.
        WroteFirst = "wrote_first",
        /// The owner in the CRM.
        CrmOwner = "crm_owner",
        /// The rep whose own calendar the lead was given, by a card or a booking link.
        OwnCalendar = "own_calendar",
        /// The segment names a rep.
        SegmentRep = "segment_rep",
        /// The segment names an AI agent.
        SegmentAi = "segment_ai",
        /// The AI agent answers, and no member is needed yet.
        AnsweredByAgent = "answered_by_agent",
        /// The rep of the segment's pool whose turn it is.
        SegmentRoundRobin = "segment_round_robin",
        /// The segment's one calendar.
        SegmentSingleCalendar = "segment_single_calendar",
        /// Any of the segment's calendars.
        SegmentAnyCalendar = "segment_any_calendar",
        /// One of the segment's calendars, free at the chosen slot.
        SegmentAnyCalendarSlot = "segment_any_calendar_slot",
        /// The calendar of the rep whose turn it is.
        SegmentRoundRobinCalendar = "segment_round_robin_calendar",
        /// All of the segment's calendars together.
        SegmentAllCalendars = "segment_all_calendars",
        /// The segment disqualifies.
        SegmentDisqualified = "segment_disqualified",
        /// No segment matched, or no rep of it was available.
        Fallback = "fallback",
        /// The same, by turns.
        FallbackRoundRobin = "fallback_round_robin",
        /// The fallback disqualifies.
        FallbackDisqualified = "fallback_disqualified",
        /// No member of the segment's pool or of the fallback's can take the chat now; some can later.
        NobodyAvailable = "nobody_available",
        /// Even the fallback's rep is gone, and no one is left to wait for.
        LastResortAi = "last_resort_ai",
        /// A meeting needs an e-mail address first.
        EmailRequired = "email_required",
        /// A disposable or fake address.
        SpamEmail = "spam_email",
        /// A private address.
        PrivateEmail = "private_email",
        /// No calendar can be offered.
        NoCalendar = "no_calendar",
    }
}

spelled!(Reason);
