//! A chat in words: what its status means, what changed it and when it changes next.

use super::span::until;
use knock_model::Millis;
use knock_status::chat::{ChatOwner, ChatStatus, EventKind, Flag, Rejecter, StatusCause, StatusRule, Timer};
use knock_wire::{
    ChatState, ChatStatusWord, ConversationRow, FlagWord, RejecterWord, StatusCauseWord, StatusRuleWord, Word,
};

/// How much a status asks of a rep.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StatusTone {
    /// A rep should act.
    Attention,
    /// It went well.
    Good,
    /// It goes on by itself.
    Open,
    /// It is over.
    Muted,
}

impl StatusTone {
    /// Of a Chat Status; one this app does not know yet is shown without emphasis.
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

/// Why a chat has its status, by the rule that gave it; an unknown rule says nothing beside its code.
pub(crate) fn status_why(rule: &StatusRuleWord) -> Option<&'static str> {
    let StatusRule(status) = rule.known()?;
    Some(match status {
        ChatStatus::New => "The lead opened the chat and wrote nothing yet.",
        ChatStatus::SaveTheLead => "The lead opened the chat and did nothing for 3 hours.",
        ChatStatus::Spam => "A message was found to be spam, or a rep said so.",
        ChatStatus::AiDiscovery => "The lead wrote and talks with the AI agent.",
        ChatStatus::RepReplyNeeded => "The assigned rep has left the lead without a reply for 2 minutes or more.",
        ChatStatus::RepDiscovery => "A rep has answered the lead.",
        ChatStatus::FollowUpNeeded => "The lead has not answered the rep for 12 hours.",
        ChatStatus::Rejected => "The lead was rejected. Only taking that back changes the status.",
        ChatStatus::Closed => "The lead did nothing for more than 12 days.",
        ChatStatus::Qualified => "A deal was opened after the chat began.",
    })
}

/// What changed a status; a cause this app does not know yet stands by its own word.
pub(crate) fn cause_words(cause: &StatusCauseWord) -> String {
    match cause {
        Word::Known(StatusCause::Fact(kind)) => fact_words(*kind),
        Word::Known(StatusCause::Timer(timer)) => timer_words(*timer),
        Word::Unknown(word) => word,
    }
    .to_owned()
}

const fn timer_words(timer: Timer) -> &'static str {
    match timer {
        Timer::Save => "3 hours without activity",
        Timer::Reply => "2 minutes without a reply",
        Timer::FollowUp => "12 hours without an answer of the lead",
        Timer::Close => "more than 12 days without activity",
    }
}

const fn fact_words(kind: EventKind) -> &'static str {
    match kind {
        EventKind::LinkClicked => "the lead opened the chat",
        EventKind::ChatActivity => "the lead was active in the chat",
        EventKind::LeadMessage => "the lead wrote",
        EventKind::AiMessage => "the AI agent wrote",
        EventKind::Assigned => "the chat was given to somebody",
        EventKind::RepMessage => "a rep wrote",
        EventKind::SpamDetected => "marked as spam",
        EventKind::SpamReversed => "marked as not spam",
        EventKind::Rejected => "the lead was rejected",
        EventKind::RejectionReversed => "the rejection was taken back",
        EventKind::DealOpened => "a deal was opened",
    }
}

/// What a person should look at; an unknown flag stands by its own word.
pub(crate) fn flag_words(flag: &FlagWord) -> String {
    match flag {
        Word::Known(Flag::DealOnRejected) => "A deal was opened for this lead although it is rejected.",
        Word::Known(Flag::AiRejectOnQualified) => "The AI agent rejected this lead although it is qualified.",
        Word::Unknown(word) => word,
    }
    .to_owned()
}

/// `changes in 11 h`; nothing where only somebody's act changes the status.
pub(crate) fn next_status_change(state: &ChatState, now: Millis) -> Option<(String, Millis)> {
    let at = state.next_change_at?;
    Some((format!("changes {}", until(at, now)), at))
}

/// `Knock: Rep Response Time`.
pub(crate) fn response_words(minutes: f64) -> String {
    format!("{minutes} min")
}

/// `Rejected By`, as owners are spelled.
pub(crate) fn rejecter_words(by: &RejecterWord) -> String {
    match by {
        Word::Known(Rejecter::Ai) => ChatOwner::AiAgent.as_str(),
        Word::Known(Rejecter::Rep) => ChatOwner::Rep.as_str(),
        Word::Unknown(word) => word,
    }
    .to_owned()
}

/// What the lead is called.
pub(crate) fn lead_label(row: &ConversationRow) -> String {
    row.contact.as_ref().map_or_else(|| "Visitor".to_owned(), |contact| contact.display_name.clone())
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
        assert_eq!(cause_words(&reply), "2 minutes without a reply");
    }

    #[wasm_bindgen_test]
    fn every_rule_has_its_why() {
        for status in ChatStatus::ALL {
            assert!(status_why(&StatusRule(*status).into()).is_some(), "{}", status.rule());
        }
    }

    #[wasm_bindgen_test]
    fn what_is_not_known_stands_by_its_own_word() {
        let word = "something_new";
        assert_eq!(cause_words(&Word::parse(word)), word);
        assert_eq!(flag_words(&Word::parse(word)), word);
        assert_eq!(rejecter_words(&Word::parse(word)), word);
        assert_eq!(cause_words(&Word::parse("timer:x")), "timer:x");
        assert_eq!(status_why(&Word::parse("CS-99")), None);
    }

    #[wasm_bindgen_test]
    fn the_next_change_is_told_by_its_span() {
        let mut state = sample::conversation().state;
        state.next_change_at = Some(Millis(11 * 3_600_000));
        let words = |now| next_status_change(&state, Millis(now)).map(|(words, _)| words);
        assert_eq!(words(0).as_deref(), Some("changes in 11 h"));
        assert_eq!(words(12 * 3_600_000).as_deref(), Some("changes now"));
        state.next_change_at = None;
        assert_eq!(next_status_change(&state, Millis(0)), None);
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
