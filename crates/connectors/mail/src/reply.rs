//! Replies of a rep as a letter to the lead.

use crate::answer_to::AnswerTo;
use crate::brand::{Brand, BrandOf};
use crate::letter::{Letter, UnreadableEffect, subject};
use crate::links::Links;
use crate::texts::{named, of};
use askama::Template;
use knock_model::Millis;
use knock_ports::{ChatPlace, MeetingParty, ReplyMail};

/// The texts of a reply, in the language of the lead.
struct Said<'m> {
    language: &'static str,
    hello: String,
    replied: String,
    messages: &'m [String],
    wrote: &'static str,
    question: &'m [String],
    go_on: &'static str,
    link: &'m str,
    on_page: &'static str,
    /// Empty when no page is known.
    page: &'m str,
    /// Where an answer to the mail goes.
    answer: String,
    why: String,
    stop: &'static str,
    unsubscribe: &'m str,
    brand: Brand,
}

impl Said<'_> {
    /// The lines of the question, without their marks.
    fn quote(&self) -> impl Iterator<Item = &str> {
        self.question.iter().flat_map(|message| message.lines())
    }
}

#[derive(Template)]
#[template(path = "reply.txt")]
struct ReplyText<'m> {
    said: &'m Said<'m>,
}

#[derive(Template)]
#[template(path = "reply.html")]
struct ReplyHtml<'m> {
    said: &'m Said<'m>,
}

/// The letter of a reply. With a mailbox for answers, the signed tag of the conversation stands in it.
pub(crate) fn reply(mail: &ReplyMail, at: Millis, links: &dyn Links) -> Result<Letter, UnreadableEffect> {
    let (unsubscribe, link) = (&*links.unsubscribe(mail.lead, mail.language), &*links.conversation(mail, at));
    let page = match &mail.place {
        ChatPlace::Page(page) => page.as_str(),
        ChatPlace::Link(_) | ChatPlace::Unknown => "",
    };
    let texts = of(mail.language);
    let [who, with] = ["who", "with"].map(|key| named(mail.language, key, &mail.rep, &mail.site));
    let places = [("who", &*who), ("with", with.trim_end_matches(',')), ("site", &*mail.site), ("name", &*mail.name)];
    let answer = AnswerTo::of(Some(mail.conversation), (&mail.answers_to, mail.has_tags), &mail.rep_email, links);
    let said = &Said {
        language: mail.language.as_str(),
        hello: texts.filled(if mail.name.is_empty() { "hello" } else { "hello.name" }, &places),
        replied: texts.filled(if mail.is_to_form { "replied.form" } else { "replied" }, &places),
        messages: &mail.messages,
        wrote: texts.text("wrote"),
        question: &mail.question,
        go_on: texts.text("go_on"),
        link,
        on_page: texts.text(if mail.is_to_form { "on_page.form" } else { "on_page" }),
        page,
        answer: texts.filled(answer.key, &places),
        why: texts.filled(if mail.is_to_form { "why.form" } else { "why" }, &places),
        stop: texts.text("stop"),
        unsubscribe,
        brand: links.brand(BrandOf::Conversation(mail.conversation)),
    };
    Ok(Letter {
        to: mail.to.clone(),
        name: mail.name.clone(),
        subject: subject(&texts.filled(if mail.is_to_form { "subject.form" } else { "subject" }, &places)),
        text: ReplyText { said }.render()?,
        html: ReplyHtml { said }.render()?,
        // The address may come from the site (`identify`): then the lead did not ask for mail.
        unsubscribe: Some(unsubscribe.to_owned()),
        thread: Some(answer.tag.clone().unwrap_or_else(|| mail.conversation.to_string())),
        expires_at: None,
        reply_to: answer.email.map(|email| MeetingParty { name: mail.rep.clone(), email }),
        bounces_to: answer.bounces_to,
        tag: answer.tag,
        ..Letter::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mapping::letter;
    use crate::mapping::tests::{Fixed, TAG};
    use knock_agent::Language;
    use knock_model::{ConversationId, LeadId};
    use knock_ports::Effect;

    fn reply_of(messages: &[&str], rep: &str) -> Letter {
        reply_in(Language::En, messages, rep)
    }

    fn reply_in(language: Language, messages: &[&str], rep: &str) -> Letter {
        letter_of(&mail_in(language, messages, rep))
    }

    fn mail_in(language: Language, messages: &[&str], rep: &str) -> ReplyMail {
        ReplyMail {
            lead: LeadId::new([1; 16]),
            to: "ann@acme.example".into(),
            name: "Ann".into(),
            conversation: ConversationId::new([2; 16]),
            rep: rep.into(),
            rep_email: "bo@acme.example".into(),
            answers_to: String::new(),
            has_tags: false,
            site: "Acme".into(),
            site_key: "key".into(),
            language,
            place: ChatPlace::Page("https://acme.example/pricing".into()),
            is_to_form: false,
            question: vec!["What does it <i>cost</i>?".into(), "For 20\nseats".into()],
            messages: messages.iter().map(|text| (*text).to_owned()).collect(),
        }
    }

    fn letter_of(mail: &ReplyMail) -> Letter {
        let data = serde_json::json!(mail).to_string();
        letter(&Effect { kind: ReplyMail::KIND, data, at: Millis(1) }, &Fixed).expect("a letter")
    }

    #[test]
    fn what_a_rep_wrote_stands_in_both_texts_and_is_no_markup() {
        let letter = reply_of(&["It is $490 <b>a month</b>", "Shall we talk?"], "Bo");
        assert!(
            letter.text.contains("It is $490 <b>a month</b>") && letter.text.contains("Shall we talk?"),
            "{}",
            letter.text
        );
        assert!(letter.html.contains("&#60;b&#62;a month"), "{}", letter.html);
        for text in [&letter.text, &letter.html] {
            assert!(text.contains("https://knock.example/l/Website?site=key#c=1"), "{text}");
            assert!(text.contains("https://acme.example/pricing"), "{text}");
        }
        assert_eq!(letter.unsubscribe.as_deref(), Some("https://knock.example/stop?a=1&b=2"));
    }

    #[test]
    fn a_reply_quotes_the_question_and_says_where_an_answer_goes() {
        let letter = reply_of(&["$490"], "Bo");
        let quote = "You wrote:\n> What does it <i>cost</i>?\n> For 20\n> seats\n";
        assert!(letter.text.contains(quote), "{}", letter.text);
        assert!(letter.html.contains("What does it &#60;i&#62;cost"), "{}", letter.html);
        let goes = "An answer to this e-mail goes to Bo of Acme, not into the conversation.";
        assert!(letter.text.contains(goes) && letter.html.contains(goes), "{}", letter.text);
        assert_eq!(letter.reply_to, Some(MeetingParty { name: "Bo".into(), email: "bo@acme.example".into() }));
        assert!(reply_of(&["x"], "").text.contains("goes to the team at Acme, not"));
        assert!(reply_in(Language::Es, &["x"], "Bo").text.contains(" la recibe Bo, de Acme: no "));
    }

    #[test]
    fn a_reply_speaks_the_language_of_the_lead() {
        for (language, subject, hello) in [
            (Language::De, "Bo von Acme hat Ihnen geantwortet", "Guten Tag Ann,"),
            (Language::Fr, "Bo (Acme) vous a répondu", "Bonjour Ann,"),
            (Language::Es, "Bo, de Acme, le ha respondido", "Hola, Ann:"),
        ] {
            let letter = reply_in(language, &["490 €"], "Bo");
            assert_eq!(letter.subject, subject);
            assert!(letter.text.starts_with(hello) && letter.html.contains(hello), "{}", letter.text);
            let tag = format!("<html lang=\"{}\">", language.as_str());
            assert!(letter.html.contains(&tag), "{}", letter.html);
            assert!(!letter.text.contains("You left") && !letter.text.contains("You wrote"), "{}", letter.text);
        }
    }

    #[test]
    fn a_reply_of_an_earlier_version_is_read() {
        let data = serde_json::json!({
            "lead": LeadId::new([1; 16]), "to": "ann@acme.example", "conversation": ConversationId::new([2; 16]),
            "rep": "Bo", "site": "Acme", "place": "unknown", "messages": ["x"],
        });
        let effect = Effect { kind: ReplyMail::KIND, data: data.to_string(), at: Millis(1) };
        let letter = letter(&effect, &Fixed).expect("a letter");
        assert_eq!((&*letter.subject, letter.reply_to), ("Bo of Acme replied to you", None));
        assert!(letter.text.contains("Please do not answer this e-mail") && !letter.text.contains("You wrote"));
    }

    #[test]
    fn a_subject_is_one_line() {
        assert_eq!(reply_of(&["x"], "Bo\r\nBcc: all@acme.example").subject, "Bo Bcc: of Acme replied to you");
    }

    #[test]
    fn an_answer_to_the_mailbox_reaches_the_conversation_by_its_tag() {
        let mail = |has_tags| ReplyMail {
            answers_to: "replies@acme.example".into(),
            has_tags,
            ..mail_in(Language::En, &["$490"], "Bo")
        };
        for (has_tags, to) in [(true, format!("replies+{TAG}@acme.example")), (false, "replies@acme.example".into())] {
            let letter = letter_of(&mail(has_tags));
            assert_eq!(letter.reply_to, Some(MeetingParty { name: "Bo".into(), email: to.clone() }));
            assert_eq!(letter.bounces_to, has_tags.then_some(to));
            assert_eq!((letter.tag.as_deref(), letter.thread.as_deref()), (Some(TAG), Some(TAG)));
            let goes = "Answer this e-mail: your answer reaches the conversation.";
            assert!(letter.text.contains(goes) && letter.html.contains(goes), "{}", letter.text);
            assert!(!letter.text.contains(TAG) && !letter.html.contains(TAG), "the team can read the texts");
        }
        assert_eq!(reply_of(&["$490"], "Bo").tag, None, "without a mailbox for answers");
    }
}
