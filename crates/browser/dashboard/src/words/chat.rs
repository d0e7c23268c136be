//! A chat in words: what its status means, what changed it and when it changes next.

use super::span::until;
use knock_model::{LeadId, Millis};
use knock_status::chat::{ChatStatus, Flag, Timer};
use knock_wire::{ChatState, ConversationRow};

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
    /// By the spelling of a Chat Status; one this app does not know yet is shown without emphasis.
    pub(crate) fn of(status: &str) -> StatusTone {
        match ChatStatus::parse(status) {
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
pub(crate) fn status_why(rule: &str) -> Option<&'static str> {
    let status = ChatStatus::ALL.iter().find(|status| status.rule() == rule)?;
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
pub(crate) fn cause_words(cause: &str) -> String {
    let words = match cause.strip_prefix("timer:") {
        Some(timer) => Timer::parse(timer).map(timer_words),
        None => fact_words(cause),
    };
    words.unwrap_or(cause).to_owned()
}

const fn timer_words(timer: Timer) -> &'static str {
    match timer {
        Timer::Save => "3 hours without activity",
        Timer::Reply => "2 minutes without a reply",
        Timer::FollowUp => "12 hours without an answer of the lead",
        Timer::Close => "more than 12 days without activity",
    }
}

fn fact_words(kind: &str) -> Option<&'static str> {
    Some(match kind {
        "link_clicked" => "the lead opened the chat",
        "chat_activity" => "the lead was active in the chat",
        "lead_message" => "the lead wrote",
        "ai_message" => "the AI agent wrote",
        "assigned" => "the chat was given to somebody",
        "rep_message" => "a rep wrote",
        "spam_detected" => "marked as spam",
        "spam_reversed" => "marked as not spam",
        "rejected" => "the lead was rejected",
        "rejection_reversed" => "the rejection was taken back",
        "deal_opened" => "a deal was opened",
        _ => return None,
    })
}

/// What a person should look at; an unknown flag stands by its own word.
pub(crate) fn flag_words(flag: &str) -> String {
    let Some(known) = Flag::parse(flag) else { return flag.to_owned() };
    match known {
        Flag::DealOnRejected => "A deal was opened for this lead although it is rejected.",
        Flag::AiRejectOnQualified => "The AI agent rejected this lead although it is qualified.",
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
pub(crate) fn rejecter_words(by: &str) -> String {
    match by {
        "AI" => "AI Agent".to_owned(),
        "rep" => "Rep".to_owned(),
        other => other.to_owned(),
    }
}

/// The address of the lead, else a short name that stays the same.
pub(crate) fn lead_label(row: &ConversationRow) -> String {
    row.contact.as_ref().map_or_else(|| unnamed(row.lead), |contact| contact.email.clone())
}

fn unnamed(lead: LeadId) -> String {
    let bytes = lead.as_bytes();
    format!("Visitor {:02x}{:02x}", bytes[14], bytes[15])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;
    use knock_status::chat::{Assignee, Event, Rejecter};

    #[test]
    fn only_a_waiting_lead_asks_for_attention() {
        for (status, expected) in [
            ("Rep Reply Needed", StatusTone::Attention),
            ("Follow Up Needed", StatusTone::Attention),
            ("Qualified", StatusTone::Good),
            ("AI Discovery", StatusTone::Open),
            ("Closed", StatusTone::Muted),
            ("rep reply needed", StatusTone::Muted),
        ] {
            assert_eq!(StatusTone::of(status), expected, "{status}");
        }
    }

    #[test]
    fn every_cause_has_words() {
        let events = [
            Event::LinkClicked,
            Event::ChatActivity,
            Event::LeadMessage { is_spam: false },
            Event::AiMessage,
            Event::Assigned(Assignee::AiAgent),
            Event::RepMessage { rep: String::new() },
            Event::SpamDetected,
            Event::SpamReversed,
            Event::Rejected { by: Rejecter::Ai, reason: None },
            Event::RejectionReversed,
            Event::DealOpened,
        ];
        for event in events {
            assert_ne!(cause_words(event.as_str()), event.as_str());
        }
        assert_eq!(cause_words("timer:rep_reply_needed"), "2 minutes without a reply");
        for word in Timer::ALL {
            assert!(!cause_words(&format!("timer:{}", word.as_str())).contains(':'));
        }
    }

    #[test]
    fn every_rule_has_its_why() {
        for status in ChatStatus::ALL {
            assert!(status_why(status.rule()).is_some(), "{}", status.rule());
        }
    }

    #[test]
    fn what_is_not_known_stands_by_its_own_word() {
        let word = "something_new";
        assert_eq!((cause_words(word), flag_words(word)), (word.into(), word.into()));
        assert_eq!(cause_words("timer:x"), "timer:x");
        assert_eq!(status_why("CS-99"), None);
    }

    #[test]
    fn the_next_change_is_told_by_its_span() {
        let mut state = sample::conversation().state;
        state.next_change_at = Some(Millis(11 * 3_600_000));
        let words = |now| next_status_change(&state, Millis(now)).map(|(words, _)| words);
        assert_eq!(words(0).as_deref(), Some("changes in 11 h"));
        assert_eq!(words(12 * 3_600_000).as_deref(), Some("changes now"));
        state.next_change_at = None;
        assert_eq!(next_status_change(&state, Millis(0)), None);
    }

    #[test]
    fn a_lead_without_address_has_a_name_that_stays() {
        let mut row = sample::conversation();
        row.contact = None;
        assert_eq!(lead_label(&row), "Visitor 0404");
    }

    #[test]
    fn minutes_keep_what_was_measured() {
        assert_eq!(response_words(1.75), "1.75 min");
        assert_eq!(response_words(2.0), "2 min");
    }
}
