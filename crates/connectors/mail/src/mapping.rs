//! An effect as a letter: recipient, subject, texts.

use crate::confirmation::confirmation;
use crate::letter::{Letter, UnreadableEffect, subject};
use crate::links::Links;
use crate::meeting::meeting;
use crate::personal::{mention, reminder};
use crate::texts::{named, of};
use crate::transcript::transcript;
use crate::wait::wait;
use askama::Template;
use knock_model::{Millis, PersonName};
use knock_ports::{
    ChatPlace, ConfirmationMail, Effect, InvitationMail, MeetingMail, MeetingParty, MentionMail, ReminderMail,
    ReplyMail, SignInMail, TestMail, TranscriptMail, WaitMail,
};
use serde::de::DeserializeOwned;

/// The letter that an effect is.
///
/// # Errors
/// When it is no effect of this connector.
pub fn letter(effect: &Effect, links: &dyn Links) -> Result<Letter, UnreadableEffect> {
    if effect.kind == SignInMail::KIND {
        return sign_in(&read(effect)?, links);
    }
    if effect.kind == InvitationMail::KIND {
        return invitation(&read(effect)?, links);
    }
    if effect.kind == ReplyMail::KIND {
        return reply(&read(effect)?, effect.at, links);
    }
    if effect.kind == TestMail::KIND {
        return test(&read(effect)?);
    }
    if effect.kind == WaitMail::KIND {
        return wait(&read(effect)?, links);
    }
    if effect.kind == MentionMail::KIND {
        return mention(&read(effect)?, links);
    }
    if effect.kind == ReminderMail::KIND {
        return reminder(&read(effect)?, links);
    }
    if effect.kind == MeetingMail::KIND {
        return meeting(&read(effect)?, links);
    }
    if effect.kind == TranscriptMail::KIND {
        return transcript(&read(effect)?, links);
    }
    if effect.kind == ConfirmationMail::KIND {
        return confirmation(&read(effect)?, links);
    }
    Err(UnreadableEffect::Unknown(effect.kind.as_str().to_owned()))
}

fn read<T: DeserializeOwned>(effect: &Effect) -> Result<T, UnreadableEffect> {
    Ok(serde_json::from_str(&effect.data)?)
}

#[derive(Template)]
#[template(path = "sign_in.txt")]
struct SignInText<'l> {
    link: &'l str,
}

#[derive(Template)]
#[template(path = "sign_in.html")]
struct SignInHtml<'l> {
    link: &'l str,
}

fn sign_in(mail: &SignInMail, links: &dyn Links) -> Result<Letter, UnreadableEffect> {
    let link = &*links.sign_in(&mail.link);
    Ok(Letter {
        to: mail.to.clone(),
        name: PersonName::default(),
        subject: "Your sign-in link for Knock".into(),
        text: SignInText { link }.render()?,
        html: SignInHtml { link }.render()?,
        unsubscribe: None,
        thread: None,
        expires_at: Some(mail.expires_at),
        ..Letter::default()
    })
}

#[derive(Template)]
#[template(path = "invitation.txt")]
struct InvitationText<'l> {
    from: &'l str,
    link: &'l str,
}

#[derive(Template)]
#[template(path = "invitation.html")]
struct InvitationHtml<'l> {
    from: &'l str,
    link: &'l str,
}

fn invitation(mail: &InvitationMail, links: &dyn Links) -> Result<Letter, UnreadableEffect> {
    let (from, link) = (&*mail.from, &*links.sign_in(&mail.link));
    Ok(Letter {
        to: mail.to.clone(),
        name: PersonName::default(),
        subject: "Join your team on Knock".into(),
        text: InvitationText { from, link }.render()?,
        html: InvitationHtml { from, link }.render()?,
        unsubscribe: None,
        thread: None,
        expires_at: Some(mail.expires_at),
        ..Letter::default()
    })
}

#[derive(Template)]
#[template(path = "test.txt")]
struct TestText;

#[derive(Template)]
#[template(path = "test.html")]
struct TestHtml;

fn test(mail: &TestMail) -> Result<Letter, UnreadableEffect> {
    Ok(Letter {
        to: mail.to.clone(),
        name: PersonName::default(),
        subject: "Test mail from Knock".into(),
        text: TestText.render()?,
        html: TestHtml.render()?,
        unsubscribe: None,
        thread: None,
        expires_at: None,
        ..Letter::default()
    })
}

impl Said<'_> {
    /// The lines of the question, without their marks.
    fn quote(&self) -> impl Iterator<Item = &str> {
        self.question.iter().flat_map(|message| message.lines())
    }
}

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

fn reply(mail: &ReplyMail, at: Millis, links: &dyn Links) -> Result<Letter, UnreadableEffect> {
    let (unsubscribe, link) = (&*links.unsubscribe(mail.lead, mail.language), &*links.conversation(mail, at));
    let page = match &mail.place {
        ChatPlace::Page(page) => page.as_str(),
        ChatPlace::Link(_) | ChatPlace::Unknown => "",
    };
    let texts = of(mail.language);
    let [who, with] = ["who", "with"].map(|key| named(mail.language, key, &mail.rep, &mail.site));
    let places = [("who", &*who), ("with", with.trim_end_matches(',')), ("site", &*mail.site), ("name", &*mail.name)];
    let answers_to = Some(&mail.rep_email).filter(|email| !email.is_empty());
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
        answer: texts.filled(if answers_to.is_some() { "answer.rep" } else { "answer.none" }, &places),
        why: texts.filled(if mail.is_to_form { "why.form" } else { "why" }, &places),
        stop: texts.text("stop"),
        unsubscribe,
    };
    Ok(Letter {
        to: mail.to.clone(),
        name: mail.name.clone(),
        subject: subject(&texts.filled(if mail.is_to_form { "subject.form" } else { "subject" }, &places)),
        text: ReplyText { said }.render()?,
        html: ReplyHtml { said }.render()?,
        // The address may come from the site (`identify`): then the lead did not ask for mail.
        unsubscribe: Some(unsubscribe.to_owned()),
        thread: Some(mail.conversation.to_string()),
        expires_at: None,
        reply_to: answers_to.map(|email| MeetingParty { name: mail.rep.clone(), email: email.clone() }),
        ..Letter::default()
    })
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use knock_agent::Language;
    use knock_model::{ConversationId, EffectKind, LeadId, MeetingId};
    use knock_ports::MeetingParty;

    pub(crate) struct Fixed;

    impl Links for Fixed {
        fn sign_in(&self, link: &str) -> String {
            format!("https://knock.example/in?token={link}")
        }

        fn unsubscribe(&self, _: LeadId, _: Language) -> String {
            "https://knock.example/stop?a=1&b=2".into()
        }

        fn conversation(&self, mail: &ReplyMail, at: Millis) -> String {
            format!("https://knock.example/l/Website?site={}#c={}", mail.site_key, at.0)
        }

        fn inbox(&self, conversation: &str) -> String {
            format!("https://knock.example/app/inbox/{conversation}")
        }

        fn manage_meeting(&self, meeting: MeetingId) -> String {
            format!("https://knock.example/m/{meeting}")
        }

        fn confirm_booking(&self, mail: &ConfirmationMail) -> String {
            format!("https://knock.example/m/confirm/{}?link={}", mail.booking, mail.link)
        }

        fn contact(&self, lead: LeadId) -> String {
            format!("https://knock.example/app/contacts/{lead}")
        }

        fn meeting(&self, meeting: MeetingId) -> String {
            format!("https://knock.example/app/meetings/{meeting}")
        }

        fn sender(&self) -> MeetingParty {
            MeetingParty { name: "Acme".into(), email: "hello@acme.example".into() }
        }

        fn notification_settings(&self) -> String {
            "https://knock.example/app/settings/notifications".into()
        }
    }

    fn reply_of(messages: &[&str], rep: &str) -> Letter {
        reply_in(Language::En, messages, rep)
    }

    fn reply_in(language: Language, messages: &[&str], rep: &str) -> Letter {
        let mail = ReplyMail {
            lead: LeadId::new([1; 16]),
            to: "ann@acme.example".into(),
            name: "Ann".into(),
            conversation: ConversationId::new([2; 16]),
            rep: rep.into(),
            rep_email: "bo@acme.example".into(),
            site: "Acme".into(),
            site_key: "key".into(),
            language,
            place: ChatPlace::Page("https://acme.example/pricing".into()),
            is_to_form: false,
            question: vec!["What does it <i>cost</i>?".into(), "For 20\nseats".into()],
            messages: messages.iter().map(|text| (*text).to_owned()).collect(),
        };
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
    fn a_sign_in_letter_has_the_link_and_ends_with_it() {
        let mail = SignInMail { to: "ann@acme.example".into(), link: "abc".into(), expires_at: Millis(7) };
        let effect = Effect { kind: SignInMail::KIND, data: serde_json::json!(mail).to_string(), at: Millis(1) };
        let letter = letter(&effect, &Fixed).expect("a letter");
        assert!(letter.text.contains("https://knock.example/in?token=abc"), "{}", letter.text);
        assert_eq!((letter.expires_at, letter.unsubscribe), (Some(Millis(7)), None));
    }

    #[test]
    fn a_test_letter_holds_no_link() {
        let data = serde_json::json!(TestMail { to: "ann@acme.example".into() }).to_string();
        let letter = letter(&Effect { kind: TestMail::KIND, data, at: Millis(1) }, &Fixed).expect("a letter");
        assert_eq!((letter.to.as_str(), letter.subject.as_str()), ("ann@acme.example", "Test mail from Knock"));
        assert!(!letter.text.contains("http") && !letter.html.contains("href"), "{}", letter.html);
    }

    #[test]
    fn an_invitation_names_who_invites_and_ends_with_its_link() {
        let letter_from = |from: &str| {
            let (to, from, link) = ("ann@acme.example".into(), from.into(), "abc".into());
            let data = serde_json::json!(InvitationMail { to, from, link, expires_at: Millis(7) }).to_string();
            letter(&Effect { kind: InvitationMail::KIND, data, at: Millis(1) }, &Fixed).expect("a letter")
        };
        let invitation = letter_from("<bo>@acme.example");
        assert!(invitation.text.contains("<bo>@acme.example invites you"), "{}", invitation.text);
        assert!(invitation.html.contains("&#60;bo&#62;@acme.example invites you"), "{}", invitation.html);
        assert!(invitation.text.contains("https://knock.example/in?token=abc"), "{}", invitation.text);
        assert_eq!((invitation.expires_at, invitation.unsubscribe), (Some(Millis(7)), None));
        assert!(letter_from("").text.contains("you are invited to join"), "a program invites");
    }

    #[test]
    fn what_is_no_letter_says_so() {
        let unknown = Effect { kind: EffectKind::new("chat.status_changed"), data: "{}".into(), at: Millis(1) };
        assert!(matches!(letter(&unknown, &Fixed), Err(UnreadableEffect::Unknown(_))));
        let unreadable = Effect { kind: ReplyMail::KIND, data: "{}".into(), at: Millis(1) };
        assert!(matches!(letter(&unreadable, &Fixed), Err(UnreadableEffect::Data(_))));
    }
}
