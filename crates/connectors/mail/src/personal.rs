//! The mails to one member about what concerns them: a note that names them, a reminder that they set, and a calendar that
//! cannot be read.

use crate::letter::{Letter, UnreadableEffect, subject};
use crate::links::Links;
use askama::Template;
use knock_model::PersonName;
use knock_ports::{CalendarMail, MentionMail, ReminderMail};

/// The texts of the mail.
struct Said<'m> {
    what: String,
    /// The note or the text of the reminder; may be empty.
    text: &'m str,
    link: String,
    why: &'static str,
    /// The page where the mail is turned off; empty if it is sent in any case.
    settings: String,
}

#[derive(Template)]
#[template(path = "personal.txt")]
struct PersonalText<'m> {
    said: &'m Said<'m>,
}

#[derive(Template)]
#[template(path = "personal.html")]
struct PersonalHtml<'m> {
    said: &'m Said<'m>,
}

/// The letter about a note that names its recipient.
pub(crate) fn mention(mail: &MentionMail, links: &dyn Links) -> Result<Letter, UnreadableEffect> {
    let MentionMail { to, author, lead, conversation, text } = mail;
    let said = Said {
        what: format!("{author} mentions you in a note about {lead}:"),
        text,
        link: links.inbox(&conversation.to_string()),
        why: "You get this mail when a colleague mentions you in a note.",
        settings: links.notification_settings(),
    };
    letter(to, &format!("{author} mentions you: {lead}"), Some(conversation.to_string()), &said)
}

/// The letter of a reminder.
pub(crate) fn reminder(mail: &ReminderMail, links: &dyn Links) -> Result<Letter, UnreadableEffect> {
    let ReminderMail { to, lead, about, conversation, text } = mail;
    let conversation = conversation.map(|conversation| conversation.to_string());
    let said = Said {
        what: format!("You set a reminder about {lead} for now."),
        text,
        link: conversation.as_deref().map_or_else(|| links.contact(*about), |conversation| links.inbox(conversation)),
        why: "You get this mail at the instant of your own reminder.",
        settings: links.notification_settings(),
    };
    letter(to, &format!("Reminder: {lead}"), conversation, &said)
}

/// The letter about a calendar that cannot be read.
pub(crate) fn calendar(mail: &CalendarMail, links: &dyn Links) -> Result<Letter, UnreadableEffect> {
    let CalendarMail { to, subject, text, .. } = mail;
    let said = Said {
        what: text.clone(),
        text: "",
        link: links.calendar_settings(),
        why: "You get this mail once when a calendar of yours, or as an admin one of the team, cannot be read for ten \
              minutes.",
        settings: String::new(),
    };
    letter(to, subject.as_ref(), None, &said)
}

fn letter(to: &str, about: &str, thread: Option<String>, said: &Said<'_>) -> Result<Letter, UnreadableEffect> {
    Ok(Letter {
        to: to.to_owned(),
        name: PersonName::default(),
        subject: subject(about),
        text: PersonalText { said }.render()?,
        html: PersonalHtml { said }.render()?,
        thread,
        ..Letter::default()
    })
}

#[cfg(test)]
mod tests {
    use crate::letter::Letter;
    use crate::mapping::letter;
    use crate::mapping::tests::Fixed;
    use knock_model::{CalendarAccountId, ConversationId, LeadId, Millis};
    use knock_ports::{CalendarMail, Effect, MentionMail, ReminderMail};
    use serde::Serialize;

    fn sent(kind: knock_model::EffectKind, mail: &impl Serialize) -> Letter {
        let data = serde_json::to_string(mail).expect("JSON");
        letter(&Effect { kind, data, at: Millis(1) }, &Fixed).expect("a letter")
    }

    #[test]
    fn a_mention_has_author_lead_words_and_the_chat() {
        let mail = MentionMail {
            to: "bo@acme.example".into(),
            author: "Lena".into(),
            lead: "Ann\r\nBcc: all@acme.example".into(),
            conversation: ConversationId::new([2; 16]),
            text: "@Bo, <b>can</b> you call them?".into(),
        };
        let letter = sent(MentionMail::KIND, &mail);
        assert_eq!(
            (&*letter.to, &*letter.subject),
            ("bo@acme.example", "Lena mentions you: Ann Bcc: all@acme.example")
        );
        assert!(letter.text.contains("@Bo, <b>can</b> you call them?"), "{}", letter.text);
        assert!(letter.html.contains("@Bo, &#60;b&#62;can"), "{}", letter.html);
        for text in [&letter.text, &letter.html] {
            assert!(text.contains("https://knock.example/app/inbox/02020202-0202-"), "{text}");
            assert!(text.contains("https://knock.example/app/settings/notifications"), "{text}");
        }
    }

    #[test]
    fn a_reminder_leads_to_the_chat_else_to_the_contact() {
        let mail = ReminderMail {
            to: "bo@acme.example".into(),
            lead: "Ann".into(),
            about: LeadId::new([3; 16]),
            conversation: Some(ConversationId::new([2; 16])),
            text: "Ask about the budget".into(),
        };
        let with_chat = sent(ReminderMail::KIND, &mail);
        assert_eq!(&*with_chat.subject, "Reminder: Ann");
        assert!(with_chat.text.contains("Ask about the budget"), "{}", with_chat.text);
        assert!(with_chat.text.contains("/app/inbox/02020202-0202-"), "{}", with_chat.text);
        let without = sent(ReminderMail::KIND, &ReminderMail { conversation: None, text: String::new(), ..mail });
        assert!(without.text.contains("03030303-0303-") && !without.html.contains("blockquote"), "{}", without.text);
    }

    #[test]
    fn a_calendar_that_cannot_be_read_leads_to_its_page_and_names_no_setting() {
        let mail = CalendarMail {
            to: "bo@acme.example".into(),
            account: CalendarAccountId::new([7; 16]),
            subject: "The calendar of Ann\r\nBcc: all@acme.example cannot be read".into(),
            text: "The calendar of Ann cannot be read: <b>503</b>. Meetings with Ann are not offered meanwhile.".into(),
        };
        let letter = sent(CalendarMail::KIND, &mail);
        assert_eq!(&*letter.subject, "The calendar of Ann Bcc: all@acme.example cannot be read");
        assert!(letter.text.contains("cannot be read: <b>503</b>. Meetings"), "{}", letter.text);
        assert!(letter.html.contains("&#60;b&#62;503"), "{}", letter.html);
        for text in [&letter.text, &letter.html] {
            assert!(text.contains("https://knock.example/app/settings/calendars"), "{text}");
            assert!(!text.contains("blockquote") && !text.contains("mail settings"), "{text}");
        }
    }
}
