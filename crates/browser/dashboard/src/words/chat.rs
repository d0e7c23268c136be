//! A chat in words: status, cause and next change.

use super::span::until;
use knock_model::Millis;
use knock_status::chat::{ChatStatus, EventKind, Flag, Rejecter, StatusCause, StatusRule, Timer};
use knock_wire::{
    ChatState, ChatStatusWord, ConversationRow, FlagWord, RejecterWord, StatusCauseWord, StatusRuleWord, Word,
};

/// The link of the launcher on every website.
const WEBSITE: &str = "Website";

/// The urgency of a status for a rep.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StatusTone {
    /// A rep should act.
    Attention,
    /// Ended successfully.
    Good,
    /// In progress; no action is needed.
    Open,
    /// Closed.
    Muted,
}

impl StatusTone {
    /// The urgency of a Chat Status; an unknown one is shown without emphasis.
    pub(crate) fn of(status: &ChatStatusWord) -> StatusTone {
        match status.known() {
            Some(ChatStatus::RepReplyNeeded | ChatStatus::FollowUpNeeded) => StatusTone::Attention,
            Some(ChatStatus::Qualified) => StatusTone::Good,
            Some(ChatStatus::New | ChatStatus::SaveTheLead | ChatStatus::AiDiscovery | ChatStatus::RepDiscovery) => {
                StatusTone::Open
            }
            Some(ChatStatus::Spam | ChatStatus::Rejected | ChatStatus::Closed) | None => StatusTone::Muted,
        }
    }
}

/// The reason of a chat's status, by the rule that gave it; `None` for a rule that this app does not know.
pub(crate) fn status_why(rule: &StatusRuleWord) -> Option<&'static str> {
    let StatusRule(status) = rule.known()?;
    Some(match status {
        ChatStatus::New => "The lead opened the chat and has not written yet.",
        ChatStatus::SaveTheLead => "The lead opened the chat and was not active for 3 hours.",
        ChatStatus::Spam => "A message was detected as spam, or a rep marked the lead as spam.",
        ChatStatus::AiDiscovery => "The lead wrote and is talking to the AI agent.",
        ChatStatus::RepReplyNeeded => "The assigned rep did not reply within 2 minutes.",
        ChatStatus::RepDiscovery => "A rep replied to the lead.",
        ChatStatus::FollowUpNeeded => "The lead did not reply to the rep within 12 hours.",
        ChatStatus::Rejected => "The lead was rejected. Only undoing the rejection changes the status.",
        ChatStatus::Closed => "The lead was not active for more than 12 days.",
        ChatStatus::Qualified => "A deal was opened after the chat began.",
    })
}

/// The cause of a status change; an unknown cause is shown as its word.
pub(crate) fn cause_words(cause: &StatusCauseWord) -> String {
    match cause {
        Word::Known(StatusCause::Fact(kind)) => fact_words(*kind),
        Word::Known(StatusCause::Timer(timer)) => timer_words(*timer),
        Word::Unknown(word) => word,
    }
    .to_owned()
}

/// The first change of a conversation, by its cause; opening a hosted page names its Knock Link.
pub(crate) fn first_cause_words(cause: &StatusCauseWord, link: &str) -> String {
    match cause {
        Word::Known(StatusCause::Fact(EventKind::LinkClicked)) => {
            let (verb, link) = opened_words(link);
            format!("{verb} {link}").trim_end().to_owned()
        }
        _ => cause_words(cause),
    }
}

/// The opening of a chat, and the Knock Link of its page; no link for the launcher of a website.
pub(super) fn opened_words(link: &str) -> (&'static str, &str) {
    match link {
        "" | WEBSITE => ("Opened the chat", ""),
        _ => ("Opened the Knock Link", link),
    }
}

/// The booking of a meeting, and its Knock Link; no link for the launcher of a website.
pub(super) fn booked_words(link: &str) -> (&'static str, &str) {
    match link {
        "" | WEBSITE => ("Booked a meeting", ""),
        _ => ("Booked a meeting by the Knock Link", link),
    }
}

/// The entry point of a conversation.
pub(crate) fn place_of_chat(link: &str) -> String {
    if link == WEBSITE { "Website".to_owned() } else { format!("Knock Link {link}") }
}

const fn timer_words(timer: Timer) -> &'static str {
    match timer {
        Timer::Save => "3 hours without activity of the lead",
        Timer::Reply => "2 minutes without a rep reply",
        Timer::FollowUp => "12 hours without a reply from the lead",
        Timer::Close => "More than 12 days without activity of the lead",
    }
}

const fn fact_words(kind: EventKind) -> &'static str {
    match kind {
        EventKind::LinkClicked => "Opened the chat",
        EventKind::ChatActivity => "Was active in the chat",
        EventKind::LeadMessage => "Lead wrote",
        EventKind::AiMessage => "AI agent wrote",
        EventKind::Assigned => "Chat assigned",
        EventKind::RepMessage => "Rep wrote",
        EventKind::Invited => "Rep wrote first",
        EventKind::NudgeFollowed => "Opened the chat by a nudge",
        EventKind::SpamDetected => "Marked as spam",
        EventKind::SpamReversed => "Marked as not spam",
        EventKind::Rejected => "Lead rejected",
        EventKind::RejectionReversed => "Rejection undone",
        EventKind::DealOpened => "Deal opened",
        EventKind::Queued => "Waits for the team: no one was available",
        EventKind::FormSent => "Sent a form on the site",
        EventKind::Done => "Marked as done",
        EventKind::Snoozed => "Snoozed",
        EventKind::Reopened => "Reopened",
    }
}

/// A flag in words; an unknown flag is shown as its word.
pub(crate) fn flag_words(flag: &FlagWord) -> String {
    match flag {
        Word::Known(Flag::DealOnRejected) => "A deal was opened for this lead although it is rejected.",
        Word::Known(Flag::AiRejectOnQualified) => "The AI agent rejected this lead although it is qualified.",
        Word::Unknown(word) => word,
    }
    .to_owned()
}

/// The next change by a timer: `Closes in 11 days unless the lead writes`. `None` without a timer.
pub(crate) fn next_status_change(state: &ChatState, now: Millis) -> Option<(String, Millis)> {
    let at = state.next_change_at?;
    let span = until(at, now);
    let words = match state.next_status.as_ref() {
        Some(Word::Known(ChatStatus::RepReplyNeeded)) => format!("Rep reply due {span}"),
        Some(Word::Known(ChatStatus::FollowUpNeeded)) => format!("Follow-up due {span} unless the lead writes"),
        Some(Word::Known(ChatStatus::Closed)) => format!("Closes {span} unless the lead writes"),
        Some(status) => format!("Becomes {} {span} unless the lead writes", status.spelling()),
        None if state.is_queued => format!("Routed again {span}, when somebody is back"),
        None => format!("Changes {span}"),
    };
    Some((words, at))
}

/// The time to the first reply of a rep.
pub(crate) fn response_words(minutes: f64) -> String {
    format!("{minutes} min")
}

/// `Rejected by Ann Lee. Reason: No budget`; an unknown rejecter is shown as its word. Empty without a rejection.
pub(crate) fn rejection_words(by: Option<&RejecterWord>, name: &str, reason: Option<&str>) -> String {
    let by = by.map(|by| match by {
        Word::Known(Rejecter::Rep) if !name.is_empty() => format!("Rejected by {name}."),
        Word::Known(Rejecter::Ai) => "Rejected by the AI agent.".to_owned(),
        Word::Known(Rejecter::Rep) => "Rejected by a rep.".to_owned(),
        Word::Unknown(word) => format!("Rejected by {word}."),
    });
    let reason = reason.map(|reason| format!("Reason: {reason}"));
    [by, reason].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

pub(crate) fn lead_label(row: &ConversationRow) -> String {
    row.contact.as_ref().map_or_else(|| "Visitor".to_owned(), |contact| contact.display_name.clone())
}

/// The address of a lead who is shown by their name; empty for all others.
pub(crate) fn lead_address(row: &ConversationRow) -> String {
    let named = row.contact.as_ref().filter(|contact| contact.email != contact.display_name);
    named.map_or_else(String::new, |contact| contact.email.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn only_a_waiting_lead_asks_for_attention() {
        for (status, expected) in [
            ("Rep Reply Needed", StatusTone::Attention),
            ("Follow Up Needed", StatusTone::Attention),
            ("Qualified", StatusTone::Good),
            ("AI Discovery", StatusTone::Open),
            ("Closed", StatusTone::Muted),
            ("rep reply needed", StatusTone::Muted),
        ] {
            assert_eq!(StatusTone::of(&Word::parse(status)), expected, "{status}");
        }
    }

    #[wasm_bindgen_test]
    fn every_cause_has_words() {
        let causes = EventKind::ALL.iter().map(|kind| StatusCause::Fact(*kind));
        for cause in causes.chain(Timer::ALL.iter().map(|timer| StatusCause::Timer(*timer))) {
            let word = StatusCauseWord::from(cause);
            assert_ne!(cause_words(&word), word.to_string());
        }
        let reply = StatusCause::Timer(Timer::Reply).into();
        assert_eq!(cause_words(&reply), "2 minutes without a rep reply");
    }

    #[wasm_bindgen_test]
    fn every_rule_has_its_why() {
        for status in ChatStatus::ALL {
            assert!(status_why(&StatusRule(*status).into()).is_some(), "{}", status.rule());
        }
    }

    #[wasm_bindgen_test]
    fn an_unknown_word_is_shown_as_it_is() {
        let word = "something_new";
        assert_eq!(cause_words(&Word::parse(word)), word);
        assert_eq!(flag_words(&Word::parse(word)), word);
        assert_eq!(rejection_words(Some(&Word::parse(word)), "", None), "Rejected by something_new.");
        assert_eq!(cause_words(&Word::parse("timer:x")), "timer:x");
        assert_eq!(status_why(&Word::parse("CS-99")), None);
    }

    #[wasm_bindgen_test]
    fn a_rejection_is_a_sentence() {
        let rep = Rejecter::Rep.into();
        let by_ann = rejection_words(Some(&rep), "Ann Lee", Some("No budget"));
        assert_eq!(by_ann, "Rejected by Ann Lee. Reason: No budget");
        // Who rejected is not known of every lead.
        assert_eq!(rejection_words(Some(&rep), "", Some("No budget")), "Rejected by a rep. Reason: No budget");
        assert_eq!(rejection_words(Some(&Rejecter::Ai.into()), "", None), "Rejected by the AI agent.");
        assert_eq!(rejection_words(None, "", None), "");
    }

    #[wasm_bindgen_test]
    fn each_timer_says_what_is_due_and_when() {
        let mut state = sample::conversation().state;
        state.next_change_at = Some(Millis(2 * 60_000));
        for (status, expected) in [
            ("Save the Lead", "Becomes Save the Lead in 2 min unless the lead writes"),
            ("Rep Reply Needed", "Rep reply due in 2 min"),
            ("Follow Up Needed", "Follow-up due in 2 min unless the lead writes"),
            ("Closed", "Closes in 2 min unless the lead writes"),
            ("Paused", "Becomes Paused in 2 min unless the lead writes"),
        ] {
            state.next_status = Some(Word::parse(status));
            assert_eq!(next_status_change(&state, Millis(0)), Some((expected.to_owned(), Millis(120_000))));
        }
        let late = next_status_change(&state, Millis(180_000)).map(|(words, _)| words);
        assert_eq!(late.as_deref(), Some("Becomes Paused now unless the lead writes"));
        state.next_status = None;
        assert_eq!(next_status_change(&state, Millis(0)), Some(("Changes in 2 min".to_owned(), Millis(120_000))));
        state.next_change_at = None;
        assert_eq!(next_status_change(&state, Millis(0)), None);
    }

    #[wasm_bindgen_test]
    fn the_first_opening_names_the_link_of_a_hosted_page() {
        let opened = StatusCause::Fact(EventKind::LinkClicked).into();
        assert_eq!(first_cause_words(&opened, WEBSITE), "Opened the chat");
        assert_eq!(first_cause_words(&opened, "chat"), "Opened the Knock Link chat");
        let wrote = StatusCause::Fact(EventKind::LeadMessage).into();
        assert_eq!(first_cause_words(&wrote, "chat"), "Lead wrote");
        assert_eq!((place_of_chat(WEBSITE), place_of_chat("chat")), ("Website".into(), "Knock Link chat".into()));
    }

    #[wasm_bindgen_test]
    fn a_lead_is_called_what_the_server_calls_them() {
        let mut row = sample::conversation();
        assert_eq!(lead_label(&row), "ann@globex.test");
        row.contact = None;
        assert_eq!(lead_label(&row), "Visitor");
    }

    #[wasm_bindgen_test]
    fn minutes_keep_what_was_measured() {
        assert_eq!(response_words(1.75), "1.75 min");
        assert_eq!(response_words(2.0), "2 min");
    }
}
