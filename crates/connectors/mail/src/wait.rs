//! The mail to a member about a lead who waits for an answer.

use crate::letter::{Letter, UnreadableEffect, subject};
use crate::links::Links;
use askama::Template;
use knock_model::PersonName;
use knock_ports::WaitMail;

/// The texts of the mail.
struct Said<'m> {
    waits: String,
    /// Empty where neither score nor type is known.
    intent: &'m str,
    /// The page of the lead; empty if it is not known.
    page: &'m str,
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
    let WaitMail { to, lead, conversation, text, intent, page, .. } = mail;
    let (span, whose) = (span(mail.minutes), whose(mail));
    let known = if intent.is_empty() { String::new() } else { format!(" ({intent})") };
    let said = &Said {
        waits: match mail.form.as_ref().map(|form| form.to_string()) {
            None => format!("{lead} has waited for an answer for {span}. {whose}"),
            Some(form) if form.is_empty() => format!("{lead} sent a form {span} ago and waits for an answer. {whose}"),
            Some(form) => format!("{lead} sent the form \"{form}\" {span} ago and waits for an answer. {whose}"),
        },
        intent,
        page,
        text,
        link: links.inbox(&conversation.to_string()),
        settings: links.notification_settings(),
    };
    Ok(Letter {
        to: to.clone(),
        name: PersonName::default(),
        subject: subject(&format!("{lead} is waiting for an answer{known}")),
        text: WaitText { said }.render()?,
        html: WaitHtml { said }.render()?,
        unsubscribe: None,
        thread: Some(conversation.to_string()),
        expires_at: None,
        ..Letter::default()
    })
}

/// The time of a wait in the largest unit that says enough.
pub(crate) fn span(minutes: u32) -> String {
    let in_words = |count: u32, one: &str| if count == 1 { format!("1 {one}") } else { format!("{count} {one}s") };
    match minutes {
        ..120 => in_words(minutes, "minute"),
        120..2_880 => in_words(minutes / 60, "hour"),
        _ => in_words(minutes / 1_440, "day"),
    }
}

/// Who has the chat, as a sentence.
fn whose(mail: &WaitMail) -> String {
    let (owner, what) = (mail.owner.to_string(), if mail.form.is_some() { "lead" } else { "chat" });
    match (mail.is_mine, owner.as_str()) {
        (true, _) => format!("The {what} is assigned to you."),
        (false, "") if mail.is_queued => {
            format!("No one could take the {what}. It goes to the first who can, or to the member who takes it over.")
        }
        (false, "") => format!("The {what} is unassigned."),
        (false, owner) => format!("The {what} is assigned to {owner}, who has not answered."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mapping::letter;
    use crate::mapping::tests::Fixed;
    use knock_model::{ConversationId, Label, Millis};
    use knock_ports::Effect;

    fn wait_of(is_mine: bool, text: &str) -> Letter {
        let mail = WaitMail {
            to: "bo@acme.example".into(),
            lead: "Ann\r\nBcc: all@acme.example".into(),
            conversation: ConversationId::new([2; 16]),
            minutes: 2,
            is_mine,
            owner: Label::default(),
            is_queued: false,
            form: None,
            intent: "High, Buying".into(),
            page: "https://acme.example/pricing".into(),
            text: text.into(),
        };
        let data = serde_json::json!(mail).to_string();
        letter(&Effect { kind: WaitMail::KIND, data, at: Millis(1) }, &Fixed).expect("a letter")
    }

    #[test]
    fn it_says_who_waits_and_leads_to_the_chat() {
        let letter = wait_of(true, "");
        assert_eq!(letter.subject, "Ann Bcc: all@acme.example is waiting for an answer (High, Buying)");
        for text in [&letter.text, &letter.html] {
            assert!(text.contains("for 2 minutes. The chat is assigned to you."), "{text}");
            assert!(text.contains("https://knock.example/app/inbox/02020202-0202-"), "{text}");
            assert!(text.contains("https://knock.example/app/settings/notifications"), "{text}");
            assert!(text.contains("High, Buying") && text.contains("https://acme.example/pricing"), "{text}");
        }
        assert!(wait_of(false, "").text.contains("The chat is unassigned."));
    }

    #[test]
    fn it_says_who_has_the_chat_and_for_how_long_the_lead_waits() {
        let of = |owner: &str, is_queued, minutes| WaitMail {
            to: "bo@acme.example".into(),
            lead: "Ann".into(),
            conversation: ConversationId::new([2; 16]),
            minutes,
            is_mine: false,
            owner: owner.into(),
            is_queued,
            form: None,
            intent: String::new(),
            page: String::new(),
            text: String::new(),
        };
        assert_eq!(whose(&of("Bo", false, 1)), "The chat is assigned to Bo, who has not answered.");
        assert!(whose(&of("", true, 1)).starts_with("No one could take the chat."));
        let by_form = WaitMail { form: Some("Book a demo".into()), ..of("", true, 2) };
        assert!(whose(&by_form).starts_with("No one could take the lead."));
        let said = wait(&by_form, &Fixed).expect("a letter").text;
        assert!(said.contains("Ann sent the form \"Book a demo\" 2 minutes ago and waits for an answer."), "{said}");
        let spans = [1, 2, 119, 120, 719, 2_879, 2_880, 9_000].map(span);
        let expected = ["1 minute", "2 minutes", "119 minutes", "2 hours", "11 hours", "47 hours", "2 days", "6 days"];
        assert_eq!(spans, expected);
        assert_eq!(wait(&of("Bo", false, 1), &Fixed).expect("a letter").subject, "Ann is waiting for an answer");
    }

    #[test]
    fn what_the_lead_wrote_is_no_markup_and_stands_in_it_only_where_it_is_wanted() {
        let letter = wait_of(true, "Is <b>this</b> it?");
        assert!(letter.text.contains("Is <b>this</b> it?") && letter.html.contains("Is &#60;b&#62;this"));
        assert!(!wait_of(true, "").html.contains("blockquote"));
    }
}
