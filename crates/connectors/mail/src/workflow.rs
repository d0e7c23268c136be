//! The mail of a step of a workflow, as a letter to the lead.

use crate::answer_to::AnswerTo;
use crate::brand::{Brand, BrandOf};
use crate::letter::{Letter, UnreadableEffect, subject};
use crate::links::Links;
use crate::texts::of;
use askama::Template;
use knock_ports::{MeetingParty, WorkflowMail};

/// A part of the text: words, or an address that is a link.
#[derive(Debug, PartialEq, Eq)]
struct Part<'m> {
    text: &'m str,
    is_link: bool,
}

/// The texts of the letter.
struct Said<'m> {
    language: &'static str,
    body: &'m str,
    parts: Vec<Part<'m>>,
    why: String,
    stop: &'static str,
    /// Empty in a test, which goes to a member.
    unsubscribe: String,
    brand: Brand,
}

#[derive(Template)]
#[template(path = "workflow.txt")]
struct WorkflowText<'m> {
    said: &'m Said<'m>,
}

#[derive(Template)]
#[template(path = "workflow.html")]
struct WorkflowHtml<'m> {
    said: &'m Said<'m>,
}

/// The letter. An answer reaches the conversation of the lead, or the rep.
pub(crate) fn workflow(mail: &WorkflowMail, links: &dyn Links) -> Result<Letter, UnreadableEffect> {
    let texts = of(mail.language);
    let unsubscribe = mail.lead.map(|lead| links.stop_workflow_mail(lead, mail.language));
    let answer = AnswerTo::of(mail.conversation, (&mail.answers_to, mail.has_tags), &mail.rep_email, links);
    let why = if mail.site_name.is_empty() { "workflow.why.short" } else { "workflow.why" };
    let said = &Said {
        language: mail.language.as_str(),
        body: &mail.body,
        parts: parts(&mail.body),
        why: texts.filled(why, &[("site", &*mail.site_name)]),
        stop: texts.text("workflow.stop"),
        unsubscribe: unsubscribe.clone().unwrap_or_default(),
        brand: mail.site.map(|site| links.brand(BrandOf::Site(site))).unwrap_or_default(),
    };
    Ok(Letter {
        to: mail.to.clone(),
        name: mail.name.clone(),
        subject: subject(&mail.subject),
        text: WorkflowText { said }.render()?,
        html: WorkflowHtml { said }.render()?,
        unsubscribe,
        thread: answer.tag.clone(),
        reply_to: answer.email.map(|email| MeetingParty { name: mail.rep.clone(), email }),
        bounces_to: answer.bounces_to,
        tag: answer.tag,
        expires_at: mail.expires_at,
        ..Letter::default()
    })
}

/// The parts of a text. Marks that end a sentence are no part of an address.
fn parts(text: &str) -> Vec<Part<'_>> {
    let (mut parts, mut rest) = (Vec::new(), text);
    while let Some(start) = ["https://", "http://"].into_iter().filter_map(|scheme| rest.find(scheme)).min() {
        let (before, from) = rest.split_at(start);
        let end = from.find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"')).unwrap_or(from.len());
        let link = from[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '\'']);
        parts.extend([Part { text: before, is_link: false }, Part { text: link, is_link: true }]);
        rest = &from[link.len()..];
    }
    parts.push(Part { text: rest, is_link: false });
    parts.retain(|part| !part.text.is_empty());
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mapping::letter;
    use crate::mapping::tests::{Fixed, TAG};
    use knock_agent::Language;
    use knock_model::{ConversationId, LeadId, Millis};
    use knock_ports::Effect;

    fn mail(language: Language) -> WorkflowMail {
        WorkflowMail {
            lead: Some(LeadId::new([1; 16])),
            to: "ann@acme.example".into(),
            name: "Ann".into(),
            workflow: "Follow Up".into(),
            conversation: Some(ConversationId::new([2; 16])),
            answers_to: "replies@acme.example".into(),
            has_tags: true,
            rep: "Bo".into(),
            rep_email: "bo@acme.example".into(),
            site: None,
            site_name: "Acme".into(),
            language,
            subject: "Still there?\r\nBcc: all@acme.example".into(),
            body: "Hi Ann,\n\nsee https://acme.example/a?b=1&c=2. <b>Bye</b>".into(),
            expires_at: Some(Millis(7)),
        }
    }

    fn letter_of(mail: &WorkflowMail) -> Letter {
        let data = serde_json::json!(mail).to_string();
        letter(&Effect { kind: WorkflowMail::KIND, data, at: Millis(1) }, &Fixed).expect("a letter")
    }

    #[test]
    fn the_text_is_no_markup_and_an_address_is_a_link() {
        let letter = letter_of(&mail(Language::En));
        assert!(
            letter.text.starts_with("Hi Ann,\n\nsee https://acme.example/a?b=1&c=2. <b>Bye</b>"),
            "{}",
            letter.text
        );
        let link = "<a href=\"https://acme.example/a?b=1&#38;c=2\">https://acme.example/a?b=1&#38;c=2</a>. &#60;b&#62;";
        assert!(letter.html.contains(link), "{}", letter.html);
        assert!(!letter.subject.contains('\n') && letter.subject.starts_with("Still there?"), "{}", letter.subject);
    }

    #[test]
    fn one_click_ends_mails_of_workflows_in_the_language_of_the_text() {
        for (language, why, stop) in [
            (Language::En, "You receive this e-mail because you gave this address to Acme.", "No more e-mails"),
            (Language::De, "weil Sie Acme diese Adresse gegeben haben", "Keine solchen E-Mails mehr"),
            (Language::Fr, "parce que vous avez donné cette adresse à Acme", "Ne plus recevoir"),
            (Language::Es, "porque dio esta dirección a Acme", "No recibir más"),
        ] {
            let letter = letter_of(&mail(language));
            let page = "https://knock.example/stop-workflows?a=1&b=2";
            assert_eq!(letter.unsubscribe.as_deref(), Some(page), "{language:?}");
            for said in [why, stop] {
                assert!(letter.text.contains(said) && letter.html.contains(said), "{said}: {}", letter.text);
            }
            assert!(letter.text.contains(page), "{}", letter.text);
        }
        let test = letter_of(&WorkflowMail { lead: None, ..mail(Language::En) });
        assert_eq!((test.unsubscribe, test.text.contains("No more")), (None, false), "a test goes to a member");
    }

    #[test]
    fn an_answer_reaches_the_conversation_else_the_rep() {
        let letter = letter_of(&mail(Language::En));
        let reply_to = |letter: &Letter| letter.reply_to.as_ref().map(|to| to.email.clone());
        assert_eq!(reply_to(&letter), Some(format!("replies+{TAG}@acme.example")));
        assert_eq!((letter.tag.as_deref(), letter.expires_at), (Some(TAG), Some(Millis(7))));
        let to_rep = letter_of(&WorkflowMail { conversation: None, ..mail(Language::En) });
        assert_eq!((reply_to(&to_rep).as_deref(), to_rep.tag), (Some("bo@acme.example"), None));
        let to_none = WorkflowMail { answers_to: String::new(), rep_email: String::new(), ..mail(Language::En) };
        assert_eq!(reply_to(&letter_of(&to_none)), None);
    }

    #[test]
    fn addresses_end_before_marks_and_spaces() {
        let check = |text: &str, expected: &[&str]| {
            let parts = parts(text);
            assert_eq!(parts.iter().map(|part| part.text).collect::<String>(), text);
            let links: Vec<&str> = parts.iter().filter(|part| part.is_link).map(|part| part.text).collect();
            assert_eq!(links, expected, "{text}");
        };
        check("", &[]);
        check("no address", &[]);
        check("https://a.example", &["https://a.example"]);
        check("(https://a.example/b), http://c.example!", &["https://a.example/b", "http://c.example"]);
        check("https://a.example\nhttps://b.example/?x=1.", &["https://a.example", "https://b.example/?x=1"]);
        check("javascript:alert(1)", &[]);
    }
}
