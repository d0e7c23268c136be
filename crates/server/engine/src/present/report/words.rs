//! Codes of decisions, steps and writes in words, as rows are called.

use crate::reactions::CrmCause;
use knock_routing::{Reason, SkipReason};
use knock_workflow::{Action, StepKind};

/// The days of the week, from Monday on.
const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// Returns the name of a day of the week by its number, 1 for Monday.
pub(super) fn weekday(key: &str) -> Option<&'static str> {
    let number: usize = key.parse().ok()?;
    WEEKDAYS.get(number.checked_sub(1)?).copied()
}

/// Returns the words of the reason of a decision, or of that for which a member of a pool was passed over.
pub(super) fn routing_reason(code: &str) -> Option<&'static str> {
    Reason::parse(code).map(decision_reason).or_else(|| SkipReason::parse(code).map(skip_reason))
}

const fn decision_reason(reason: Reason) -> &'static str {
    match reason {
        Reason::StickyExistingRep => "Rep of the open conversation",
        Reason::WroteFirst => "Rep wrote first",
        Reason::CrmOwner => "Owner in the CRM",
        Reason::OwnCalendar => "Rep's own calendar",
        Reason::SegmentRep => "Segment's rep",
        Reason::SegmentAi => "Segment's AI agent",
        Reason::AnsweredByAgent => "AI agent answers",
        Reason::SegmentRoundRobin => "Turn in the segment's pool",
        Reason::SegmentSingleCalendar => "Segment's one calendar",
        Reason::SegmentAnyCalendar => "Any of the segment's calendars",
        Reason::SegmentAnyCalendarSlot => "Calendar free at the chosen time",
        Reason::SegmentRoundRobinCalendar => "Turn among the segment's calendars",
        Reason::SegmentAllCalendars => "All of the segment's calendars",
        Reason::SegmentDisqualified => "Segment disqualifies",
        Reason::Fallback => "Fallback Segment",
        Reason::FallbackRoundRobin => "Turn in the fallback's pool",
        Reason::FallbackDisqualified => "Fallback Segment disqualifies",
        Reason::NobodyAvailable => "No member was available",
        Reason::LastResortAi => "All members of the segment have left",
        Reason::EmailRequired => "E-mail address needed first",
        Reason::SpamEmail => "Disposable or fake address",
        Reason::PrivateEmail => "Private address",
        Reason::NoCalendar => "No calendar available",
    }
}

const fn skip_reason(reason: SkipReason) -> &'static str {
    match reason {
        SkipReason::Away => "Passed over: away",
        SkipReason::OffHours => "Passed over: outside working hours",
        SkipReason::AtCapacity => "Passed over: at capacity",
        SkipReason::Removed => "Passed over: has left the team",
    }
}

/// Returns the words of the reason for which a step of a workflow was left out or waits.
pub(super) fn step_reason(code: &str) -> Option<&'static str> {
    if code == "quiet" {
        return Some("Waits for the end of the quiet hours");
    }
    Some(match knock_workflow::SkipReason::parse(code)? {
        knock_workflow::SkipReason::Expired => "Came too late",
        knock_workflow::SkipReason::Consent => "Consent denied",
        knock_workflow::SkipReason::NoAddress => "No e-mail address known",
        knock_workflow::SkipReason::Unsubscribed => "Unsubscribed from mails",
        knock_workflow::SkipReason::Human => "A rep has just written",
        knock_workflow::SkipReason::Cap => "As many as the cap allows",
    })
}

/// Returns what a step does.
pub(super) const fn step_kind(kind: &StepKind) -> &'static str {
    match kind {
        StepKind::Wait(_) => "Wait",
        StepKind::WaitUntil(_) => "Wait until a time of day",
        StepKind::WaitFor(_) => "Wait for something",
        StepKind::Branch { .. } => "Go one of two ways",
        StepKind::Act { action, .. } => match action {
            Action::Nudge => "Show a bubble",
            Action::Message => "Write in the chat",
            Action::Mail => "Send a mail",
            Action::Slack => "Post in Slack",
            Action::Assign => "Assign the lead",
            Action::Tag => "Set a tag",
            Action::SetField => "Set a custom field",
            Action::Webhook => "Call a webhook",
            Action::Task => "Create a task",
        },
        StepKind::Stop => "Stop here",
    }
}

/// Returns the words of the change for which a contact was written to a CRM.
pub(super) fn crm_cause(word: &str) -> Option<&'static str> {
    Some(match CrmCause::parse(word)? {
        CrmCause::Chat => "Chat Status",
        CrmCause::Meeting => "Meeting Status",
        CrmCause::Score => "Intent score",
        CrmCause::Type => "Intent type",
        CrmCause::Form => "Form",
        CrmCause::Known => "Address became known",
        CrmCause::Stage => "Funnel stage",
        CrmCause::Merged => "Records merged",
        CrmCause::Erased => "Person of the company erased",
        CrmCause::Resync => "Resync",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_words_of_its_own() {
        let mut words: Vec<&str> = Reason::ALL.iter().filter_map(|reason| routing_reason(reason.as_str())).collect();
        words.extend(SkipReason::ALL.iter().filter_map(|reason| routing_reason(reason.as_str())));
        let codes = Reason::ALL.len() + SkipReason::ALL.len();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), codes);
        let reasons = knock_workflow::SkipReason::ALL.iter().filter_map(|reason| step_reason(reason.as_str()));
        assert_eq!(reasons.count(), knock_workflow::SkipReason::ALL.len());
        assert!(CrmCause::ALL.iter().all(|cause| crm_cause(cause.as_str()).is_some()));
        assert_eq!((routing_reason("Too small"), step_reason("done"), crm_cause("")), (None, None, None));
    }

    #[test]
    fn weeks_begin_on_monday() {
        assert_eq!(
            (weekday("1"), weekday("7"), weekday("0"), weekday("8")),
            (Some("Monday"), Some("Sunday"), None, None)
        );
    }
}
