//! Mails about meetings, as their readers see them.

use super::*;
use crate::mapping::letter;
use crate::mapping::tests::Fixed;
use knock_model::{LeadId, Location, MeetingId, Millis, RepId, SessionId, SiteId, VisitorId};
use knock_ports::{Answered, Effect, MeetingDetails};
use knock_status::meeting::Canceller;

/// Monday, 23 November 2026, 13:00 UTC.
const START: Millis = Millis(1_795_438_800_000);
const HALF: Millis = Millis(30 * 60_000);

fn party(name: &str) -> MeetingParty {
    MeetingParty { name: name.into(), email: format!("{}@acme.example", name.to_lowercase()) }
}

fn mail(news: MeetingNews) -> MeetingMail {
    MeetingMail {
        news,
        to: MeetingParty { name: "Ann".into(), email: "ann@first.example".into() },
        is_to_lead: true,
        has_file: true,
        meeting: MeetingId::new([7; 16]),
        uid: "7@knock".into(),
        sequence: 2,
        at: Millis(START.0 - 86_400_000),
        start: START,
        end: START + HALF,
        before: None,
        former: None,
        by: "".into(),
        lead: LeadId::new([1; 16]),
        reps: vec![party("Bo"), party("Cy")],
        zone: "Europe/Berlin".into(),
        site: "Acme".into(),
        details: MeetingDetails {
            reps: vec![RepId::new([2; 16])],
            title: "Demo".into(),
            location: "https://meet.example/demo".into(),
            description: "".into(),
            email: "ann@first.example".into(),
            name: "Ann".into(),
            zone: "Europe/Berlin".into(),
            language: Language::De,
            answers: vec![Answered { question: "How many users?".into(), answer: "<b>40</b>".into() }],
            link: "meeting".into(),
            site: SiteId(1),
            visitor: VisitorId::new(START, &[3; 10]),
            session: SessionId::new(START, &[4; 10]),
            conversation: None,
            cancelled_by: None,
            cancelled_by_member: None,
            reason: "".into(),
            reminded_until: START,
            by_hand: None,
            conference: Location::default(),
            entries: Vec::new(),
        },
    }
}

fn written(mail: &MeetingMail) -> Letter {
    let data = serde_json::to_string(mail).expect("JSON");
    letter(&Effect { kind: MeetingMail::KIND, data, at: START }, &Fixed).expect("a letter")
}

fn in_language(language: Language, news: MeetingNews) -> Letter {
    let mut mail = mail(news);
    mail.details.language = language;
    written(&mail)
}

#[test]
fn a_letter_is_in_the_leads_language_and_zone() {
    for (language, subject, when, go) in [
        (Language::En, "Booked: Demo, Monday, 23 November 2026, 2:00 PM", "2:00 PM to 2:30 PM", "Reschedule or cancel"),
        (
            Language::De,
            "Gebucht: Demo, Montag, 23. November 2026, 14:00",
            "14:00 bis 14:30 Uhr",
            "verschieben oder absagen",
        ),
        (Language::Fr, "Réservé : Demo, lundi 23 novembre 2026, 14:00", "de 14:00 à 14:30", "Reporter ou annuler"),
        (
            Language::Es,
            "Reservada: Demo, lunes, 23 de noviembre de 2026, 14:00",
            "de 14:00 a 14:30",
            "Cambiar o cancelar",
        ),
    ] {
        let letter = in_language(language, MeetingNews::Booked);
        assert_eq!(letter.subject, subject);
        for text in [&letter.text, &letter.html] {
            let place = format!("{when} (Europe/Berlin, UTC+01:00)");
            assert!(text.contains(&place) && text.contains(go), "{text}");
            assert!(text.contains("Bo, Cy") && text.contains("https://meet.example/demo"), "{text}");
            assert!(text.contains("https://knock.example/m/07070707-"), "{text}");
            assert!(!text.contains("How many users?"), "what they answered they know: {text}");
        }
    }
}

#[test]
fn a_moved_meeting_says_when_it_was_and_a_cancelled_one_why() {
    let moved = MeetingMail { before: Some(START - HALF), ..mail(MeetingNews::Changed) };
    let moved = written(&moved);
    assert!(moved.text.contains("Geplant war: Montag, 23. November 2026, 13:30."), "{}", moved.text);
    let handed_over = written(&mail(MeetingNews::Changed));
    assert!(handed_over.text.contains("hat sich geändert") && !handed_over.text.contains("Geplant war"));
    let mut cancelled = mail(MeetingNews::Cancelled);
    cancelled.details.reason = "Bo ist krank".into();
    let cancelled = written(&cancelled);
    assert!(cancelled.text.contains("Grund: Bo ist krank") && !cancelled.text.contains("/m/"), "{}", cancelled.text);
    assert!(
        cancelled.calendar.is_some_and(|file| file.method == "CANCEL" && file.content.contains("STATUS:CANCELLED"))
    );
}

#[test]
fn a_reminder_brings_no_file_and_is_of_use_until_the_meeting_begins() {
    let reminder = written(&mail(MeetingNews::Reminder));
    assert_eq!((reminder.calendar, reminder.expires_at), (None, Some(START)));
    assert_eq!(written(&mail(MeetingNews::Booked)).expires_at, Some(START + HALF));
}

#[test]
fn a_rep_reads_who_comes_and_what_they_answered() {
    let to_rep = MeetingMail {
        to: party("Cy"),
        is_to_lead: false,
        zone: "America/New_York".into(),
        ..mail(MeetingNews::Booked)
    };
    let letter = written(&to_rep);
    assert!(letter.text.contains("Lead: Ann <ann@first.example>"), "{}", letter.text);
    assert!(letter.text.contains("8:00 AM to 8:30 AM (America/New_York, UTC-05:00)"), "{}", letter.text);
    assert!(letter.text.contains("How many users?: <b>40</b>") && letter.html.contains("&#60;b&#62;40"));
    assert!(letter.text.contains("https://knock.example/app/meetings/07070707-"), "{}", letter.text);
    assert!(letter.html.contains(r#"<a href="https://meet.example/demo">https://meet.example/demo</a>"#));
    assert_eq!(letter.reply_to.map(|party| party.email).as_deref(), Some("ann@first.example"));
    let without = MeetingMail { has_file: false, ..to_rep };
    assert_eq!(written(&without).calendar, None, "it is in their calendar already");
}

#[test]
fn a_rep_reads_what_happened() {
    let to_rep = |news, zone: &str| MeetingMail { to: party("Bo"), is_to_lead: false, zone: zone.into(), ..mail(news) };
    let (berlin, new_york) = ("Europe/Berlin", "America/New_York");
    let moved = |zone| MeetingMail { before: Some(START - HALF), ..to_rep(MeetingNews::Changed, zone) };
    let assigned = MeetingMail { former: Some(party("Di")), ..to_rep(MeetingNews::Booked, berlin) };
    let given_away =
        MeetingMail { former: Some(party("Bo")), reps: vec![party("Cy")], ..to_rep(MeetingNews::Cancelled, berlin) };
    let mut by_lead = to_rep(MeetingNews::Cancelled, berlin);
    by_lead.details.cancelled_by = Some(Canceller::Lead);
    let mut by_member = MeetingMail { by: "Cy".into(), ..to_rep(MeetingNews::Cancelled, berlin) };
    by_member.details.cancelled_by = Some(Canceller::Rep);
    for (mail, subject, news) in [
        (
            to_rep(MeetingNews::Booked, berlin),
            "Booked: Demo, Monday, 23 November 2026, 14:00",
            "A meeting with you is booked.",
        ),
        (
            to_rep(MeetingNews::Booked, new_york),
            "Booked: Demo, Monday, 23 November 2026, 8:00 AM",
            "A meeting with you is booked.",
        ),
        (
            assigned,
            "Assigned to you: Demo, Monday, 23 November 2026, 14:00",
            "This meeting is yours now. It was with Di before.",
        ),
        (
            moved(berlin),
            "Changed: Demo, Monday, 23 November 2026, 14:00",
            "Your meeting was rescheduled. It was planned for Monday, 23 November 2026, 13:30.",
        ),
        (
            moved(new_york),
            "Changed: Demo, Monday, 23 November 2026, 8:00 AM",
            "Your meeting was rescheduled. It was planned for Monday, 23 November 2026, 7:30 AM.",
        ),
        (
            to_rep(MeetingNews::Changed, berlin),
            "Changed: Demo, Monday, 23 November 2026, 14:00",
            "Your meeting has changed.",
        ),
        (
            given_away,
            "Reassigned: Demo, Monday, 23 November 2026, 14:00",
            "Your meeting was reassigned to Cy. You need not attend.",
        ),
        (by_lead, "Cancelled: Demo, Monday, 23 November 2026, 14:00", "The lead cancelled the meeting."),
        (by_member, "Cancelled: Demo, Monday, 23 November 2026, 14:00", "Cy cancelled the meeting."),
        (
            to_rep(MeetingNews::Cancelled, berlin),
            "Cancelled: Demo, Monday, 23 November 2026, 14:00",
            "The meeting was cancelled.",
        ),
    ] {
        let letter = written(&mail);
        assert_eq!(letter.subject, subject);
        assert!(letter.text.contains(news) && letter.html.contains(news), "{news}: {}", letter.text);
    }
}

#[test]
fn a_lead_reads_who_has_the_meeting_now() {
    for (language, text) in [
        (Language::En, "Your meeting is now with Bo of Acme."),
        (Language::De, "Ihr Termin ist jetzt mit Bo von Acme."),
        (Language::Fr, "Votre rendez-vous est maintenant avec Bo (Acme)."),
        (Language::Es, "Su reunión será con Bo, de Acme, a partir de ahora."),
    ] {
        let mut reassigned = MeetingMail { former: Some(party("Di")), ..mail(MeetingNews::Changed) };
        reassigned.details.language = language;
        let letter = written(&reassigned);
        assert!(letter.text.contains(text), "{}", letter.text);
        let moved = written(&MeetingMail { before: Some(START - HALF), ..reassigned });
        let had = if language == Language::En { "1:30 PM" } else { "13:30" };
        assert!(moved.text.contains(text) && moved.text.contains(had), "{}", moved.text);
    }
}

#[test]
fn a_mail_of_an_older_server_is_still_read() {
    let mut stored = serde_json::to_value(mail(MeetingNews::Booked)).expect("JSON");
    let fields = stored.as_object_mut().expect("an object");
    assert!(!fields.contains_key("former") && !fields.contains_key("by"), "none of them is stored");
    let details = fields["details"].as_object().expect("an object");
    assert!(!details.contains_key("by_hand") && !details.contains_key("cancelled_by_member"));
    let data = stored.to_string();
    assert!(letter(&Effect { kind: MeetingMail::KIND, data, at: START }, &Fixed).is_ok());
}

#[test]
fn who_no_longer_takes_part_is_named_in_the_file_that_takes_it_out() {
    let leaving = MeetingMail { to: party("Di"), is_to_lead: false, ..mail(MeetingNews::Cancelled) };
    let file = written(&leaving).calendar.expect("a file").content;
    let file = file.replace("\r\n ", "");
    assert!(file.contains("mailto:di@acme.example") && file.contains("mailto:cy@acme.example"), "{file}");
    assert_eq!(file.matches("ATTENDEE").count(), 4, "the lead, both reps and who leaves: {file}");
    assert!(!file.contains("VALARM") && !file.contains("/app/meetings/"), "{file}");
}

#[test]
fn the_file_names_all_reps_and_leads_to_the_meeting() {
    let unfolded = |mail: &MeetingMail| written(mail).calendar.expect("a file").content.replace("\r\n ", "");
    let to_lead = unfolded(&mail(MeetingNews::Booked));
    let to_rep = unfolded(&MeetingMail { to: party("Bo"), is_to_lead: false, ..mail(MeetingNews::Booked) });
    for (file, organizer, link) in [
        (&to_lead, "bo@acme.example", "Termin verschieben oder absagen: https://knock.example/m/07070707-"),
        (&to_rep, "hello@acme.example", "Open the meeting in Knock: https://knock.example/app/meetings/07070707-"),
    ] {
        let line = |name: &str| file.lines().find(|line| line.starts_with(name)).unwrap_or_else(|| panic!("{file}"));
        assert!(line("ORGANIZER").ends_with(organizer), "{file}");
        assert!(line("DESCRIPTION").contains(link), "{file}");
        for guest in ["ann@first.example", "bo@acme.example", "cy@acme.example"] {
            let is_guest = |line: &str| line.starts_with("ATTENDEE") && line.ends_with(&format!("mailto:{guest}"));
            assert_eq!(file.lines().filter(|line| is_guest(line)).count(), 1, "{guest}: {file}");
        }
        assert!(file.contains("TRIGGER:-PT15M"), "{file}");
    }
    assert!(!to_rep.contains("/m/"), "only the lead has the link to cancel: {to_rep}");
}

#[test]
fn what_a_lead_gave_ends_no_header() {
    let mut hostile = mail(MeetingNews::Booked);
    hostile.details.title = "Demo\r\nBcc: all@acme.example".into();
    assert!(written(&hostile).subject.starts_with("Gebucht: Demo Bcc: all@acme.example, "));
}
