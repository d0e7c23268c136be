//! Texts of the page Home: first steps, and what is broken.

use knock_model::{FirstStep, Millis};
use knock_wire::{HomeStep, HomeTrouble};

use super::instant::day_and_time;
use super::number::counted;
use super::span::ago;
use crate::kit::civil::{Civil, Day};

/// The number of answers of the step about the agent.
const ANSWERS: u32 = 5;

/// What a step is called, and the page on which it is taken.
pub(crate) const fn step_title(step: FirstStep) -> (&'static str, &'static str) {
    match step {
        FirstStep::Profile => ("Add your name and picture", "/app/settings/account"),
        FirstStep::Site => ("Connect your site", "/app/install"),
        FirstStep::Hours => ("Set your hours", "/app/settings/availability"),
        FirstStep::Place => ("Say where you meet", "/app/settings/meetings"),
        FirstStep::Mail => ("Set up mail", "/app/settings/mail"),
        FirstStep::Answers => ("Teach the agent", "/app/agents/knowledge"),
        FirstStep::Slack => ("Connect Slack", "/app/settings/slack"),
        FirstStep::Crm => ("Connect a CRM", "/app/settings/crm"),
        FirstStep::Colleagues => ("Invite colleagues", "/app/settings/team"),
        FirstStep::Calendar => ("Connect your calendar", "/app/settings/calendars"),
        FirstStep::Demo => ("Remove the demo", "/app/install"),
    }
}

/// The button that puts a step aside.
pub(crate) const fn aside_label(step: FirstStep) -> &'static str {
    if step.is_personal() { "Leave it as it is" } else { "Not for us" }
}

/// The proof that a step is done, else what is missing or why to take it.
pub(crate) fn step_words(step: FirstStep, of: &HomeStep, today: Day, local: fn(Millis) -> Civil) -> String {
    match (of.is_done, of.is_put_aside) {
        (true, _) => proof(step, of, today, local),
        (false, true) => "Put aside.".to_owned(),
        (false, false) => missing(step, of),
    }
}

fn proof(step: FirstStep, of: &HomeStep, today: Day, local: fn(Millis) -> Civil) -> String {
    let (fact, count) = (&of.fact, of.count.unwrap_or_default());
    match step {
        FirstStep::Site => match of.at {
            Some(at) => format!("{fact}: signal received {}", day_and_time(local(at), today)),
            None => fact.clone(),
        },
        FirstStep::Hours => format!("Set, in {fact}"),
        FirstStep::Mail if !fact.is_empty() => format!("Sends as {fact}"),
        FirstStep::Answers => counted(count.into(), "answer"),
        FirstStep::Colleagues => counted(count.into(), "member"),
        FirstStep::Demo if fact == "kept" => "You keep it".to_owned(),
        FirstStep::Demo => "Removed".to_owned(),
        _ if fact.is_empty() => "Connected".to_owned(),
        _ => fact.clone(),
    }
}

fn missing(step: FirstStep, of: &HomeStep) -> String {
    let (fact, count) = (&of.fact, of.count.unwrap_or_default());
    match step {
        FirstStep::Profile if fact.is_empty() => "Until then visitors read \u{201c}our team\u{201d}.".into(),
        FirstStep::Profile => format!("Visitors read \u{201c}{fact}\u{201d}. There is no picture yet."),
        FirstStep::Site if fact.is_empty() => "Add its address, and paste one line into its pages.".into(),
        FirstStep::Site => format!("Waiting for the first signal of {fact}\u{2026}"),
        FirstStep::Hours if fact.is_empty() => "Without hours you can be booked at any time.".into(),
        FirstStep::Hours => format!("Chosen for you: Monday to Friday, 09:00 to 17:00, {fact}, for meetings."),
        FirstStep::Place => "Invitations name no place yet: a video room, or a telephone number.".into(),
        FirstStep::Mail => "Without it no invitation, reply or sign-in link is mailed.".into(),
        FirstStep::Answers if count == 0 => "Five answers about your site are a good start.".into(),
        FirstStep::Answers => format!("{count} of {ANSWERS} answers."),
        FirstStep::Slack => "Answer chats where your team talks.".into(),
        FirstStep::Crm => "Leads, scores and meetings are written to their contacts.".into(),
        FirstStep::Colleagues => "You are the only member.".into(),
        FirstStep::Calendar => "Visitors are then offered no time at which you are busy.".into(),
        FirstStep::Demo => "Its company is invented: remove it once your own site sends signals.".into(),
    }
}

/// `4 of 9 done`; steps that were put aside count.
pub(crate) fn progress_words(steps: &[HomeStep]) -> String {
    let settled = steps.iter().filter(|step| is_settled(step)).count();
    if settled == steps.len() { "All done".to_owned() } else { format!("{settled} of {} done", steps.len()) }
}

/// Whether nothing is left to do about a step.
pub(crate) const fn is_settled(step: &HomeStep) -> bool {
    step.is_done || step.is_put_aside
}

/// Whether a trouble is said above every page already.
pub(crate) fn is_said_above(trouble: &HomeTrouble) -> bool {
    matches!(&*trouble.kind, "held" | "storage" | "late" | "panicked")
}

/// What is broken, in a sentence.
pub(crate) fn broken_words(of: &HomeTrouble, now: Millis) -> String {
    let since = of.since.map(|at| ago(at, now));
    let since = |before: &str| since.as_ref().map(|since| format!(", {before}{since}")).unwrap_or_default();
    let what = subject(of);
    match (&*of.kind, of.parked.unwrap_or_default()) {
        ("silent", _) => {
            format!("{what} sends no signals any more: the last came{}.", since("").trim_start_matches(','))
        }
        (_, 0) => format!("{what} does not work{}.", since("first noticed ")),
        (_, 1) => format!("{what}: a delivery was given up{}.", since("")),
        (_, parked) => format!("{what}: {parked} deliveries were given up{}.", since("the last ")),
    }
}

fn subject(HomeTrouble { kind, name, .. }: &HomeTrouble) -> String {
    match &**kind {
        "mail" => "Mail".to_owned(),
        "webhook" => format!("The webhook to {name}"),
        "slack" => "Slack".to_owned(),
        "calendar" if name.is_empty() => "Your calendar".to_owned(),
        "calendar" => format!("The calendar of {name}"),
        "inbound_mail" => "Receiving answers by mail".to_owned(),
        _ if name.is_empty() => kind.clone(),
        _ => name.clone(),
    }
}

/// The page on which it is mended, with its name.
pub(crate) fn broken_page(of: &HomeTrouble) -> Option<(&'static str, &'static str)> {
    match &*of.kind {
        "mail" | "inbound_mail" => Some(("/app/settings/mail", "Settings > Mail")),
        "webhook" => Some(("/app/settings/webhooks", "Settings > Webhooks")),
        "slack" => Some(("/app/settings/slack", "Settings > Slack")),
        "crm" => Some(("/app/settings/crm", "Settings > CRM Sync")),
        "enrichment" => Some(("/app/settings/enrichment", "Settings > Enrichment")),
        "calendar" if of.name.is_empty() => Some(("/app/settings/calendars", "Settings > Calendars")),
        "calendar" => Some(("/app/settings/team", "Settings > Team")),
        "silent" => Some(("/app/install", "Install")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kit::civil::civil;
    use crate::sample::{AT, home_step};
    use wasm_bindgen_test::wasm_bindgen_test;

    fn utc(at: Millis) -> Civil {
        civil(at, 0)
    }

    fn words(step: FirstStep, change: fn(&mut HomeStep)) -> String {
        let mut of = home_step(step);
        change(&mut of);
        step_words(step, &of, utc(AT).day, utc)
    }

    #[wasm_bindgen_test]
    fn a_step_shows_its_proof_or_what_is_missing() {
        let done: fn(&mut HomeStep) = |of| of.is_done = true;
        assert_eq!(words(FirstStep::Slack, done), "Connected");
        assert_eq!(words(FirstStep::Demo, done), "Removed");
        let seen = words(FirstStep::Site, |of| {
            (of.is_done, of.fact, of.at) = (true, "brew.example".into(), Some(AT));
        });
        assert_eq!(seen, "brew.example: signal received today, 08:38");
        assert_eq!(words(FirstStep::Answers, |of| of.count = Some(3)), "3 of 5 answers.");
        assert!(words(FirstStep::Profile, |of| of.fact = "Lena".into()).contains("no picture"));
        assert!(
            words(FirstStep::Site, |of| of.fact = "brew.example".into())
                .starts_with("Waiting for the first signal of brew")
        );
        for step in FirstStep::ALL {
            let done = words(*step, |of| (of.is_done, of.fact) = (true, "a fact".to_owned()));
            assert!(!words(*step, |_| {}).is_empty() && !done.is_empty());
        }
    }

    #[wasm_bindgen_test]
    fn steps_that_are_put_aside_count_as_done() {
        let mut steps = [FirstStep::Site, FirstStep::Slack, FirstStep::Crm].map(home_step);
        assert_eq!(progress_words(&steps), "0 of 3 done");
        (steps[0].is_done, steps[1].is_put_aside) = (true, true);
        assert_eq!(progress_words(&steps), "2 of 3 done");
        steps[2].is_put_aside = true;
        assert_eq!(progress_words(&steps), "All done");
    }

    #[wasm_bindgen_test]
    fn what_is_broken_is_a_sentence_with_its_page() {
        let since = Some(AT - Millis(7_200_000));
        let of = |kind: &str, name: &str, parked: u64| {
            let (kind, name, parked) = (kind.to_owned(), name.to_owned(), (parked > 0).then_some(parked));
            HomeTrouble { kind, name, parked, since, ..HomeTrouble::default() }
        };
        for (trouble, expected) in [
            (of("mail", "", 1), "Mail: a delivery was given up, 2 h ago."),
            (
                of("webhook", "hooks.example", 3),
                "The webhook to hooks.example: 3 deliveries were given up, the last 2 h ago.",
            ),
            (of("crm", "HubSpot", 0), "HubSpot does not work, first noticed 2 h ago."),
            (of("calendar", "", 0), "Your calendar does not work, first noticed 2 h ago."),
            (of("silent", "brew.example", 0), "brew.example sends no signals any more: the last came 2 h ago."),
        ] {
            assert_eq!(broken_words(&trouble, AT), expected);
            assert!(broken_page(&trouble).is_some(), "{expected}");
        }
        assert_eq!(broken_page(&of("calendar", "Bo", 0)), Some(("/app/settings/team", "Settings > Team")));
        assert!(is_said_above(&of("storage", "low", 0)) && broken_page(&of("new", "", 0)).is_none());
    }
}
