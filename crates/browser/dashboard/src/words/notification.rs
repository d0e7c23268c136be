//! Texts of notifications.

use super::chat::lead_label;
use super::form::sent_words;
use super::instant::{time_of_day, weekday_label};
use super::message::excerpt;
use super::waiting::Alert;
use crate::kit::civil::Civil;
use knock_model::Millis;
use knock_wire::{Author, ConversationRow, MeetingChangeKind, MeetingChanged, PersonalNotice, PersonalNoticeKind};
use std::borrow::Cow;

/// The title of a notification; `is_by_form` for a lead who has sent a form and not chatted.
pub(crate) const fn notification_title(alert: Alert, is_by_form: bool) -> &'static str {
    match (alert, is_by_form) {
        (Alert::NewChat, false) => "New chat",
        (Alert::NewChat, true) => "New lead by form",
        (Alert::Assigned, false) => "Chat assigned to you",
        (Alert::Assigned, true) => "Lead by form assigned to you",
        (Alert::Message, false) => "New message",
        (Alert::Message, true) => "New form of a lead",
        (Alert::Waiting, _) => "A lead is waiting",
    }
}

/// The text of a notification: the lead, and the message or form if the member's settings show it.
pub(crate) fn notification_body(row: &ConversationRow, shows_text: bool) -> String {
    let lead = lead_label(row);
    match (&row.form, row.last.as_ref().filter(|last| last.author == Author::Lead)) {
        (Some(form), _) if shows_text => format!("{lead}: {}", sent_words(form)),
        (None, Some(last)) if shows_text => format!("{lead}: {}", excerpt(&last.text)),
        _ => lead,
    }
}

/// The title of a notification of a changed meeting for the member with the address `me`; none for a change of their own,
/// and for a meeting of others, unless they want to know of all (`covers_all`). A change in a calendar waits for an answer,
/// so its author is notified too.
pub(crate) fn meeting_title(changed: &MeetingChanged, me: &str, covers_all: bool) -> Option<Cow<'static, str>> {
    let MeetingChanged { what, owner, former, by, .. } = changed;
    let (is_mine, is_by_me) = (owner == me, by.as_deref() == Some(me));
    let waits = matches!(what, MeetingChangeKind::CalendarMoved | MeetingChangeKind::CalendarDeleted);
    let concerns = is_mine || covers_all || former.as_deref() == Some(me) || (waits && is_by_me);
    if !concerns || (is_by_me && !waits) {
        return None;
    }
    Some(match what {
        MeetingChangeKind::Assigned if !is_mine => format!("Meeting moved to {owner}").into(),
        MeetingChangeKind::Booked => "Meeting booked".into(),
        MeetingChangeKind::Moved => "Meeting moved".into(),
        MeetingChangeKind::Assigned => "Meeting assigned to you".into(),
        MeetingChangeKind::Cancelled => "Meeting cancelled".into(),
        MeetingChangeKind::CalendarMoved => "Event moved in a calendar: move the meeting?".into(),
        MeetingChangeKind::CalendarDeleted => "Event deleted in a calendar: cancel the meeting?".into(),
    })
}

/// The text of the same: the lead, and the time if the member's settings show content.
pub(crate) fn meeting_body(changed: &MeetingChanged, shows_text: bool, local: fn(Millis) -> Civil) -> String {
    if !shows_text {
        return changed.name.clone();
    }
    let at = local(changed.start_at);
    format!("{}: {}, {}", changed.name, weekday_label(at.day), time_of_day(at))
}

/// The page of a mention or a reminder.
pub(crate) fn personal_path(notice: &PersonalNotice) -> String {
    match notice.conversation {
        Some(conversation) => format!("/app/inbox/{conversation}"),
        None => format!("/app/contacts/{}", notice.lead),
    }
}

/// `Lena mentions you`, or `Reminder`.
pub(crate) fn personal_title(notice: &PersonalNotice) -> String {
    match notice.what {
        PersonalNoticeKind::Mention => format!("{} mentions you", notice.by),
        PersonalNoticeKind::Reminder => "Reminder".to_owned(),
    }
}

/// The lead, and the text if the member's settings show it.
pub(crate) fn personal_body(notice: &PersonalNotice, shows_text: bool) -> String {
    if shows_text && !notice.text.is_empty() {
        format!("{}: {}", notice.name, excerpt(&notice.text))
    } else {
        notice.name.clone()
    }
}

/// The count of waiting chats, short enough for a badge.
pub(crate) fn badge_words(count: usize) -> String {
    if count > 99 { "99+".to_owned() } else { count.to_string() }
}

pub(crate) fn permission_words(permission: &str) -> &'static str {
    match permission {
        "granted" => "Notifications are allowed in this browser.",
        "denied" => "This browser blocks notifications of this site: allow them in its settings for this site.",
        "default" => "This browser was not asked yet whether it may show notifications.",
        _ => "This browser has no notifications for this page. They need a secure address (https).",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kit::civil::civil;
    use crate::{sample, sample_form};
    use knock_model::{LeadId, MeetingId};
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn what_a_lead_wrote_is_shown_to_those_who_want_it() {
        let row = sample::conversation();
        assert_eq!(notification_body(&row, false), "ann@globex.test");
        assert_eq!(notification_body(&row, true), "ann@globex.test: Question 1");
        assert_eq!((badge_words(7), badge_words(100)), ("7".to_owned(), "99+".to_owned()));
    }

    #[wasm_bindgen_test]
    fn a_changed_meeting_is_for_its_owner_and_the_one_before() {
        let changed = |what, owner: &str, former: Option<&str>| MeetingChanged {
            id: MeetingId::new([1; 16]),
            lead: LeadId::new([2; 16]),
            what,
            owner: owner.to_owned(),
            former: former.map(str::to_owned),
            by: None,
            name: "Lee".to_owned(),
            start_at: Millis(1_795_163_907_123),
        };
        let (me, other) = ("ann@us.test", "bo@us.test");
        for (changed, expected) in [
            (changed(MeetingChangeKind::Booked, me, None), Some("Meeting booked")),
            (changed(MeetingChangeKind::Cancelled, me, None), Some("Meeting cancelled")),
            (changed(MeetingChangeKind::Moved, me, None), Some("Meeting moved")),
            (changed(MeetingChangeKind::Assigned, me, Some(other)), Some("Meeting assigned to you")),
            (changed(MeetingChangeKind::Assigned, other, Some(me)), Some("Meeting moved to bo@us.test")),
            (changed(MeetingChangeKind::Booked, other, None), None),
        ] {
            assert_eq!(meeting_title(&changed, me, false).as_deref(), expected, "{changed:?}");
            let of_all = meeting_title(&changed, me, true);
            assert!(of_all.is_some(), "{changed:?}");
            let own = MeetingChanged { by: Some(me.to_owned()), ..changed };
            assert_eq!(meeting_title(&own, me, true), None, "{own:?}");
        }
        for (what, expected) in [
            (MeetingChangeKind::CalendarMoved, "Event moved in a calendar: move the meeting?"),
            (MeetingChangeKind::CalendarDeleted, "Event deleted in a calendar: cancel the meeting?"),
        ] {
            let own = MeetingChanged { by: Some(me.to_owned()), ..changed(what, other, None) };
            assert_eq!(meeting_title(&own, me, false).as_deref(), Some(expected));
            assert_eq!(meeting_title(&own, other, false).as_deref(), Some(expected));
            assert_eq!(meeting_title(&own, "cy@us.test", false), None);
        }
        let booked = changed(MeetingChangeKind::Booked, me, None);
        let utc = |at| civil(at, 0);
        assert_eq!(meeting_body(&booked, false, utc), "Lee");
        assert_eq!(meeting_body(&booked, true, utc), "Lee: Fri 20 November, 08:38");
    }

    #[wasm_bindgen_test]
    fn a_mention_leads_to_its_chat_and_a_reminder_without_one_to_the_contact() {
        let (lead, conversation) = (LeadId::new([2; 16]), knock_model::ConversationId::new([3; 16]));
        let mention = PersonalNotice {
            what: PersonalNoticeKind::Mention,
            lead,
            name: "Ann".to_owned(),
            conversation: Some(conversation),
            by: "Lena".to_owned(),
            text: "@Bo call them".to_owned(),
        };
        assert_eq!(personal_title(&mention), "Lena mentions you");
        assert_eq!(personal_path(&mention), format!("/app/inbox/{conversation}"));
        assert_eq!([true, false].map(|shows| personal_body(&mention, shows)), ["Ann: @Bo call them", "Ann"]);
        let (what, text) = (PersonalNoticeKind::Reminder, String::new());
        let reminder = PersonalNotice { what, conversation: None, text, ..mention };
        assert_eq!(personal_title(&reminder), "Reminder");
        assert_eq!(personal_path(&reminder), format!("/app/contacts/{lead}"));
        assert_eq!(personal_body(&reminder, true), "Ann");
    }

    #[wasm_bindgen_test]
    fn a_lead_by_form_is_announced_as_one() {
        let row = sample_form::conversation();
        assert_eq!(notification_title(Alert::NewChat, true), "New lead by form");
        assert_eq!(notification_title(Alert::Assigned, true), "Lead by form assigned to you");
        assert_eq!(notification_title(Alert::Assigned, false), "Chat assigned to you");
        assert_eq!(notification_body(&row, false), "ann@globex.test");
        assert_eq!(notification_body(&row, true), "ann@globex.test: Sent the form Book a demo");
    }
}
