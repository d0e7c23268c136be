//! The mail to a member about a lead who waits for an answer.

use crate::letter::{Letter, UnreadableEffect, subject};
use crate::links::Links;
use askama::Template;
use knock_model::PersonName;
use knock_ports::WaitMail;

/// The texts of the mail.
struct Said<'m> {
    waits: String,
    /// Empty where the member does not want what leads write in notifications.
    text: &'m str,
    link: String,
    settings: String,
}

#[derive(Template)]
#[template(path = "wait.txt")]
struct WaitText<'m> {
    said: &'m Said<'m>,
}

#[derive(Template)]
#[template(path = "wait.html")]
struct WaitHtml<'m> {
    said: &'m Said<'m>,
}

/// The letter about a wait.
pub(crate) fn wait(mail: &WaitMail, links: &dyn Links) -> Result<Letter, UnreadableEffect> {
    let WaitMail { to, lead, conversation, minutes, is_mine, text } = mail;
    let span = if *minutes == 1 { "1 minute".to_owned() } else { format!("{minutes} minutes") };
    let whose = if *is_mine { "The chat is assigned to you." } else { "The chat is unassigned." };
    let said = &Said {
        waits: format!("{lead} has waited for an answer for {span}. {whose}"),
        text,
        link: links.inbox(&conversation.to_string()),
        settings: links.notification_settings(),
    };
    Ok(Letter {
        to: to.clone(),
        name: PersonName::default(),
        subject: subject(&format!("{lead} is waiting for an answer")),
        text: WaitText { said }.render()?,
        html: WaitHtml { said }.render()?,
        unsubscribe: None,
        thread: Some(conversation.to_string()),
        expires_at: None,
        ..Letter::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mapping::letter;
    use crate::mapping::tests::Fixed;
    use knock_model::{ConversationId, Millis};
    use knock_ports::Effect;

    fn wait_of(is_mine: bool, text: &str) -> Letter {
        let mail = WaitMail {
            to: "bo@acme.example".into(),
            lead: "Ann\r\nBcc: all@acme.example".into(),
            conversation: ConversationId::new([2; 16]),
            minutes: 2,
            is_mine,
            text: text.into(),
        };
        let data = serde_json::json!(mail).to_string();
        letter(&Effect { kind: WaitMail::KIND, data, at: Millis(1) }, &Fixed).expect("a letter")
    }

    #[test]
    fn it_says_who_waits_and_leads_to_the_chat() {
        let letter = wait_of(true, "");
        assert_eq!(letter.subject, "Ann Bcc: all@acme.example is waiting for an answer");
        for text in [&letter.text, &letter.html] {
            assert!(text.contains("for 2 minutes. The chat is assigned to you."), "{text}");
            assert!(text.contains("https://knock.example/app/inbox/02020202-0202-"), "{text}");
            assert!(text.contains("https://knock.example/app/settings/notifications"), "{text}");
        }
        assert!(wait_of(false, "").text.contains("The chat is unassigned."));
    }

    #[test]
    fn what_the_lead_wrote_is_no_markup_and_stands_in_it_only_where_it_is_wanted() {
        let letter = wait_of(true, "Is <b>this</b> it?");
        assert!(letter.text.contains("Is <b>this</b> it?") && letter.html.contains("Is &#60;b&#62;this"));
        assert!(!wait_of(true, "").html.contains("blockquote"));
    }
}
