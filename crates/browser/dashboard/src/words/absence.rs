//! Absences and hand-overs in words.

use knock_model::Millis;
use knock_wire::{Absence, HandedOver, TeamNotifications};

use super::instant::day_label;
use super::number::counted;
use crate::kit::civil::Civil;

/// `You have 7 open chats, 3 of them waiting.`
pub(crate) fn chats_words(is_own: bool, absence: &Absence) -> String {
    let has = if is_own { "You have" } else { "They have" };
    format!("{has} {}.", numbers(absence, " of them"))
}

/// `Away since Monday 4 January, 7 open chats, 3 waiting`, for a list.
pub(crate) fn absence_words(absence: &Absence, local: fn(Millis) -> Civil, now: Millis) -> String {
    let day = absence.since.map(|since| day_label(local(since).day, local(now).day));
    let since = match day.as_deref() {
        Some(day @ ("Today" | "Yesterday")) => format!(" since {}", day.to_lowercase()),
        Some(day) => format!(" since {day}"),
        None => String::new(),
    };
    format!("Away{since}, {}", numbers(absence, ""))
}

fn numbers(absence: &Absence, of_them: &str) -> String {
    let open = counted(absence.open_chats.into(), "open chat");
    match absence.waiting_chats {
        0 => open,
        1 if absence.open_chats == 1 => format!("{open}, waiting"),
        waiting => format!("{open}, {waiting}{of_them} waiting"),
    }
}

/// What holds for the notifications of the whole team.
pub(crate) fn team_notification_words(settings: &TeamNotifications) -> String {
    let after = |minutes: u32| match minutes {
        0 => "never".to_owned(),
        minutes => format!("after {}", counted(minutes.into(), "minute")),
    };
    let (pool, managers) = (after(settings.pool_minutes), after(settings.manager_minutes));
    let absence = match settings.absence_hours {
        None => "after the end of the next working day of an absent member".to_owned(),
        Some(0) => "never".to_owned(),
        Some(hours) => format!("after {} of absence", counted(hours.into(), "hour")),
    };
    format!(
        "Other members of the pool are notified {pool}, managers and admins {managers}. A hand-over of open chats is offered {absence}."
    )
}

/// The result of a hand-over.
pub(crate) fn handed_over_words(is_own: bool, HandedOver { chats, kept }: HandedOver) -> String {
    let given = match chats {
        0 => "No chat was handed over.".to_owned(),
        1 => "1 chat was handed over.".to_owned(),
        _ => format!("{} were handed over.", counted(chats.into(), "chat")),
    };
    let (names, owner) = if is_own { ("you", "you") } else { ("this member", "them") };
    match kept {
        0 => given,
        1 => format!("{given} 1 stays with {owner}: its rule names only {names}."),
        _ => format!("{given} {kept} stay with {owner}: their rules name only {names}."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kit::civil::civil;
    use wasm_bindgen_test::wasm_bindgen_test;

    fn utc(at: Millis) -> Civil {
        civil(at, 0)
    }

    fn absence(open_chats: u32, waiting_chats: u32, since: Option<Millis>) -> Absence {
        Absence { since, is_long: true, will_be_long: true, open_chats, waiting_chats }
    }

    #[wasm_bindgen_test]
    fn an_absence_names_its_day_and_the_chats() {
        // Friday 20 November 2026.
        let since = Millis(1_795_163_907_123);
        let words = |days, chats, waiting| {
            absence_words(&absence(chats, waiting, Some(since)), utc, since + Millis::days(days))
        };
        assert_eq!(words(3, 7, 3), "Away since Friday 20 November, 7 open chats, 3 waiting");
        assert_eq!(words(1, 1, 0), "Away since yesterday, 1 open chat");
        assert_eq!(absence_words(&absence(2, 2, None), utc, since), "Away, 2 open chats, 2 waiting");
        assert_eq!(chats_words(true, &absence(7, 3, None)), "You have 7 open chats, 3 of them waiting.");
        assert_eq!(chats_words(true, &absence(1, 1, None)), "You have 1 open chat, waiting.");
        assert_eq!(chats_words(false, &absence(1, 0, None)), "They have 1 open chat.");
    }

    #[wasm_bindgen_test]
    fn the_settings_of_the_team_are_two_sentences() {
        assert_eq!(
            team_notification_words(&TeamNotifications { pool_minutes: 0, manager_minutes: 1, absence_hours: Some(0) }),
            "Other members of the pool are notified never, managers and admins after 1 minute. A hand-over of open chats is offered never."
        );
        assert!(
            team_notification_words(&TeamNotifications::default()).ends_with("next working day of an absent member.")
        );
    }

    #[wasm_bindgen_test]
    fn chats_that_stay_are_not_passed_over() {
        let words = |is_own, chats, kept| handed_over_words(is_own, HandedOver { chats, kept });
        assert_eq!(words(true, 1, 0), "1 chat was handed over.");
        assert_eq!(words(true, 6, 1), "6 chats were handed over. 1 stays with you: its rule names only you.");
        assert_eq!(words(false, 0, 2), "No chat was handed over. 2 stay with them: their rules name only this member.");
    }
}
