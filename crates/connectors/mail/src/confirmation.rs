//! The mail with the link that confirms a booking, in the language of the lead.

use crate::brand::BrandOf;
use crate::letter::{Letter, UnreadableEffect, subject};
use crate::links::Links;
use crate::meeting::{MeetingHtml, MeetingText, Said};
use crate::texts::of;
use crate::when::Reader;
use askama::Template;
use knock_ports::ConfirmationMail;

/// The letter to the address of a booking. It expires with its link.
pub(crate) fn confirmation(mail: &ConfirmationMail, links: &dyn Links) -> Result<Letter, UnreadableEffect> {
    let (texts, reader) = (of(mail.language), Reader::new(mail.language, &mail.zone));
    let (when, until) = (reader.instant(mail.start), reader.time(mail.expires_at));
    let places = [("site", &*mail.site), ("name", &*mail.to.name), ("when", &*when), ("until", &*until)];
    let said = Said {
        language: mail.language.as_str(),
        hello: texts.filled(if mail.to.name.is_empty() { "hello" } else { "hello.name" }, &places),
        news: texts.filled("confirmation.news", &places),
        rows: vec![(texts.text("meeting.when").to_owned(), reader.span(mail.start, mail.end))],
        description: String::new(),
        link: links.confirm_booking(mail),
        go: texts.text("confirmation.go").to_owned(),
        why: texts.filled("confirmation.why", &places),
        brand: links.brand(BrandOf::Booking(mail.booking)),
    };
    Ok(Letter {
        to: mail.to.email.clone(),
        name: mail.to.name.clone(),
        subject: subject(&texts.filled("confirmation.subject", &places)),
        text: MeetingText { said: &said }.render()?,
        html: MeetingHtml { said: &said }.render()?,
        thread: Some(mail.booking.to_string()),
        expires_at: Some(mail.expires_at),
        ..Letter::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mapping::tests::Fixed;
    use knock_agent::Language;
    use knock_model::{LeadId, MeetingId, Millis};
    use knock_ports::MeetingParty;

    fn mail(language: Language) -> ConfirmationMail {
        ConfirmationMail {
            to: MeetingParty { name: "Ann\r\nBcc: all@acme.example".into(), email: "ann@acme.example".into() },
            lead: LeadId::new([1; 16]),
            booking: MeetingId::new([2; 16]),
            // Monday, 2026-11-23, 13:00 UTC.
            start: Millis(1_795_438_800_000),
            end: Millis(1_795_440_600_000),
            zone: "Europe/Berlin".into(),
            language,
            site: "Acme".into(),
            link: "meeting".into(),
            expires_at: Millis(1_795_345_200_000),
        }
    }

    #[test]
    fn the_letter_has_the_time_the_link_and_its_end_in_the_language_of_the_lead() {
        for (language, title, when, until) in [
            (Language::En, "Please confirm: meeting with Acme", "23 November 2026, 2:00 PM to 2:30 PM", "12:00 PM"),
            (Language::De, "Bitte bestätigen: Termin mit Acme", "23. November 2026, 14:00 bis 14:30 Uhr", "12:00"),
            (Language::Fr, "À confirmer : rendez-vous avec Acme", "23 novembre 2026, de 14:00 à 14:30", "12:00"),
            (Language::Es, "Por confirmar: reunión con Acme", "23 de noviembre de 2026, de 14:00 a 14:30", "12:00"),
        ] {
            let mail = mail(language);
            let letter = confirmation(&mail, &Fixed).expect("a letter");
            assert!(letter.subject.starts_with(title), "{}", letter.subject);
            let link = format!("https://knock.example/m/confirm/{}?link=meeting", mail.booking);
            for said in [when, until, &link] {
                assert!(letter.text.contains(said) && letter.html.contains(said), "{said}: {}", letter.text);
            }
            assert_eq!((letter.expires_at, letter.calendar), (Some(mail.expires_at), None));
        }
    }
}
