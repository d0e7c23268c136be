//! An effect as a letter: recipient, subject, texts.

use crate::confirmation::confirmation;
use crate::letter::{Letter, UnreadableEffect};
use crate::links::Links;
use crate::meeting::meeting;
use crate::personal::{calendar, mention, reminder};
use crate::reply::reply;
use crate::transcript::transcript;
use crate::wait::wait;
use crate::week::week;
use crate::workflow::workflow;
use askama::Template;
use knock_model::PersonName;
use knock_ports::{
    CalendarMail, ConfirmationMail, Effect, InvitationMail, MeetingMail, MentionMail, ReminderMail, ReplyMail,
    SignInMail, TestMail, TranscriptMail, WaitMail, WeekMail, WorkflowMail,
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
    if effect.kind == WeekMail::KIND {
        return week(&read(effect)?, links);
    }
    if effect.kind == CalendarMail::KIND {
        return calendar(&read(effect)?, links);
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
    if effect.kind == WorkflowMail::KIND {
        return workflow(&read(effect)?, links);
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

pub(crate) fn test(mail: &TestMail) -> Result<Letter, UnreadableEffect> {
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

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use knock_agent::Language;
    use knock_model::{ConversationId, EffectKind, LeadId, MeetingId, Millis};
    use knock_ports::MeetingParty;

    /// A tag of the length that all have.
    pub(crate) const TAG: &str = "abcdefghijklmnopqrstuvwxyz234567abcdefghij";

    pub(crate) struct Fixed;

    impl Links for Fixed {
        fn sign_in(&self, link: &str) -> String {
            format!("https://knock.example/in?token={link}")
        }

        fn unsubscribe(&self, _: LeadId, _: Language) -> String {
            "https://knock.example/stop?a=1&b=2".into()
        }

        fn stop_workflow_mail(&self, _: LeadId, _: Language) -> String {
            "https://knock.example/stop-workflows?a=1&b=2".into()
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

        fn reply_tag(&self, _: ConversationId) -> String {
            TAG.into()
        }

        fn notification_settings(&self) -> String {
            "https://knock.example/app/settings/notifications".into()
        }

        fn reports(&self) -> String {
            "https://knock.example/app/reports".into()
        }

        fn calendar_settings(&self) -> String {
            "https://knock.example/app/settings/calendars".into()
        }
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
