//! What the agent answers to each act of a message.

use super::*;
use crate::act::{ForeignLanguage, Spoken};

/// The reply to a message of an act, in a chat that only the agent has.
fn alone(act: Act, change: impl Fn(&mut Known<'_>)) -> Vec<Said> {
    let playbooks = Playbooks::default();
    let speaker = Speaker { rep: None, ..speaker(&playbooks, AgentKind::General, &["Hi"]) };
    let mut known = Known { understood: doing(act), ..known(speaker, 2) };
    change(&mut known);
    reply(&known)
}

fn one(said: &[Said]) -> &str {
    assert_eq!(said.len(), 1, "{said:?}");
    &said[0].text
}

#[test]
fn small_talk_is_answered_briefly_and_asks_for_nothing() {
    for (act, expected) in [
        (Act::Greeting, "Hello! What can I do for you?"),
        (Act::Thanks, "You're welcome."),
        (Act::Bye, "Goodbye, and have a good day."),
        (Act::Ok, "All right."),
        (Act::Yes, "Good. What would you like to know?"),
        (Act::No, "All right."),
        (Act::Insult, "I would like to help. What do you need? I can also bring in a person."),
        (Act::PromptInjection, "I can't do that. I answer questions about Acme."),
    ] {
        let said = alone(act, |known| known.sends_mail = true);
        assert_eq!(one(&said), expected);
        assert!(said[0].choices.is_empty());
    }
    let waits = |act| alone(act, |known| known.waited = Some(Millis(60_000)));
    assert_eq!(one(&waits(Act::Ok)), "Our team has your message.");
    assert_eq!(one(&waits(Act::Thanks)), "You're welcome.");
    let bye = waits(Act::Bye);
    assert!(bye.len() == 2 && bye[1].text.contains("the answer waits here"), "{bye:?}");
}

#[test]
fn a_chat_without_a_subject_gets_choices() {
    let asks = |act| alone(act, |known| known.asks = true);
    for act in [Act::Greeting, Act::AsksCapabilities, Act::Noise] {
        assert_eq!(asks(act)[0].choices.len(), 5, "{act:?}");
    }
    for act in [Act::Thanks, Act::Bye, Act::AsksBot] {
        assert!(asks(act)[0].choices.is_empty(), "{act:?}");
    }
    assert!(asks(Act::Greeting)[0].text.contains("what is this about"));
    assert_eq!(alone(Act::Noise, |_| ())[0].choices.len(), 5);
    let named =
        message(Understood { name: Some("Lou".into()), acts: [Act::GivesName].into(), ..Understood::default() });
    let said = alone(Act::GivesName, |known| known.understood = named);
    assert_eq!(one(&said), "Thank you, Lou. What can I do for you?");
    let waits = alone(Act::GivesName, |known| {
        (known.understood, known.asks, known.waited) = (named, true, Some(Millis(60_000)));
    });
    // The team has the chat: nothing is to be chosen below a text that asks nothing.
    assert!(waits[0].choices.is_empty(), "{waits:?}");
}

#[test]
fn it_says_truly_what_it_is_in_every_language() {
    let playbooks = Playbooks::default();
    for (language, word) in [(Language::En, "AI"), (Language::De, "KI"), (Language::Fr, "IA"), (Language::Es, "IA")] {
        for act in [Act::AsksBot, Act::AsksIdentity] {
            let speaker = Speaker { language, ..speaker(&playbooks, AgentKind::Buying, &[]) };
            let said = reply(&Known { understood: doing(act), ..known(speaker, 1) });
            assert!(said[0].text.contains(word) && said[0].text.contains("Acme"), "{said:?}");
            assert_eq!(said[0].text.contains("Ann"), act == Act::AsksIdentity, "{said:?}");
        }
    }
}

#[test]
fn who_waits_reads_how_long_ago_the_team_was_asked() {
    let waited = Some(Millis(240_000));
    for act in [Act::AsksHuman, Act::Greeting, Act::AsksHours] {
        let said = alone(act, |known| known.waited = waited);
        assert!(said[0].text.starts_with("Our team was asked about 4 minutes ago"), "{act:?} {said:?}");
    }
    let first = alone(Act::AsksHuman, |known| {
        known.waited = Some(Millis(0));
        known.is_handed_over = true;
    });
    assert!(one(&first).contains("asked our team to join"), "{first:?}");
}

#[test]
fn opening_hours_come_from_the_presence_of_the_team() {
    let at = |presence: Presence| alone(Act::AsksHours, |known| known.presence = presence.clone());
    assert!(one(&at(Presence::Here)).contains("somebody is here now"));
    assert_eq!(one(&at(Presence::Back(MONDAY))), "Our team is back on Monday at 9:00.");
    assert!(one(&at(Presence::Unknown)).contains("don't know when"));
    let taught = alone(Act::AsksHours, |known| {
        known.answers = [FoundAnswer { text: "Nine to five.", page: None }].into();
        known.presence = Presence::Here;
    });
    assert_eq!(taught.first().map(|said| said.text.as_str()), Some("Nine to five."));
    assert!(taught.iter().all(|said| !said.text.contains("somebody is here")), "{taught:?}");
}

#[test]
fn a_call_needs_a_number_once() {
    let call = alone(Act::CallMe, |known| known.is_handed_over = true);
    assert!(one(&call).contains("Which number"), "{call:?}");
    let said = one(&call).to_string();
    let again = alone(Act::CallMe, |known| {
        known.speaker.said = Box::leak(Box::new([&*Box::leak(said.clone().into_boxed_str())]));
        known.waited = Some(Millis(60_000));
    });
    assert!(!again[0].text.contains("number"), "{again:?}");
    let with = |presence: Presence| {
        alone(Act::CallMe, |known| {
            let understood = Understood { phone: phone("+44 7700 900123"), ..doing(Act::CallMe).clone() };
            (known.understood, known.is_handed_over, known.presence) = (message(understood), true, presence.clone());
        })
    };
    for (presence, expected) in [
        (Presence::Here, "Somebody is here now"),
        (Presence::Back(MONDAY), "back on Monday at 9:00"),
        (Presence::Unknown, "sees that you wait for a call"),
    ] {
        let said = with(presence);
        assert!(one(&said).contains(expected) && said[0].text.contains("+44 7700 900123"), "{said:?}");
    }
}

#[test]
fn a_meeting_to_move_has_its_page_or_goes_to_the_team() {
    for act in [Act::RescheduleMeeting, Act::CancelMeeting] {
        let said = alone(act, |known| known.meeting_page = Some("https://acme.example/m/abc"));
        assert!(one(&said).ends_with(": https://acme.example/m/abc"), "{said:?}");
        let none = alone(act, |known| known.is_handed_over = true);
        assert!(none[0].text.contains("no meeting to come"), "{none:?}");
    }
}

#[test]
fn a_complaint_and_a_wish_about_data_go_to_the_team() {
    for (act, expected) in [(Act::Complaint, "I'm sorry"), (Act::AsksPrivacy, "can delete them on request")] {
        let said = alone(act, |known| {
            known.is_handed_over = true;
            known.absence = Some(Absence::Until(MONDAY));
            known.sends_mail = true;
        });
        assert!(said[0].text.contains(expected), "{said:?}");
        assert!(said[1].text.contains("Monday"), "{said:?}");
        let asks_email = said.get(2).is_some_and(|said| said.text.contains("e-mail"));
        assert_eq!(asks_email, act == Act::Complaint, "no more data of who asks about theirs: {said:?}");
    }
}

#[test]
fn another_language_is_answered_in_it_once() {
    for language in ForeignLanguage::ALL {
        let spoken = Some(Spoken::Foreign(*language));
        let understood = message(Understood { spoken, acts: [Act::OtherLanguage].into(), ..Understood::default() });
        let said = alone(Act::OtherLanguage, |known| (known.understood, known.is_handed_over) = (understood, true));
        let text = one(&said).to_string();
        assert_eq!(text, crate::words::foreign(*language));
        let again = alone(Act::OtherLanguage, |known| {
            known.understood = understood;
            known.speaker.said = Box::leak(Box::new([&*Box::leak(text.clone().into_boxed_str())]));
        });
        assert_ne!(again[0].text, text);
    }
}

#[test]
fn hidden_digits_are_named_before_what_else_is_answered() {
    let masked = |acts: &[Act]| {
        let understood =
            Understood {
                masked: Some("my card is •••• 4242".into()), acts: acts.to_vec(), ..Understood::default()
            };
        message(understood)
    };
    let only = alone(Act::GivesCardNumber, |known| known.understood = masked(&[Act::GivesCardNumber]));
    assert!(one(&only).contains("hidden the digits"), "{only:?}");
    let more = alone(Act::GivesCardNumber, |known| {
        known.understood = masked(&[Act::GivesCardNumber, Act::BuyingIntent]);
        known.is_handed_over = true;
    });
    assert!(more.len() == 2 && more[1].text.contains("notified"), "{more:?}");
}

#[test]
fn abuse_gets_one_warning_and_last_words() {
    let warned = alone(Act::Insult, |known| known.abuse = Abuse::Warned);
    assert!(one(&warned).contains("stay polite"));
    let rejected = alone(Act::Insult, |known| {
        known.abuse = Abuse::Rejected;
        known.offers_meeting = true;
    });
    assert!(one(&rejected).starts_with("I end this conversation here."));
}

#[test]
fn a_lead_who_is_rejected_hears_the_last_words_alone() {
    let playbooks = Playbooks::default();
    for (kind, expected) in [
        (AgentKind::Hiring, "We have nothing to offer you at the moment"),
        (AgentKind::Buying, "does not fit"),
        (AgentKind::General, "We cannot help with this"),
    ] {
        let said = reply(&Known {
            is_rejected: true,
            is_handed_over: true,
            offers_meeting: true,
            answers: Vec::from([FoundAnswer { text: "Yes.", page: None }]),
            ..known(speaker(&playbooks, kind, &[]), 1)
        });
        assert!(one(&said).contains(expected) && said[0].card.is_none(), "{kind:?}: {said:?}");
    }
}
