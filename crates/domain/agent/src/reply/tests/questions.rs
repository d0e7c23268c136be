//! Answers, questions offered, and what the lead answers to what the agent asked.

use super::*;
use crate::known::Asked;

fn answer(text: &str) -> FoundAnswer<'_> {
    FoundAnswer { text, page: None }
}

#[test]
fn several_questions_get_an_answer_each_and_one_question_whether_it_helped() {
    let playbooks = Playbooks::default();
    let speaker = Speaker { rep: None, ..speaker(&playbooks, AgentKind::General, &["Two weeks."]) };
    let answers = || ["49 euros.", "Two weeks.", "Yes.", "No.", "Now."].map(answer).to_vec();
    let said = reply(&Known { answers: answers(), is_agents: true, is_handed_over: true, ..known(speaker, 2) });
    assert_eq!(texts(&said), ["49 euros.", "Yes.", "No.", "Did that help?"], "what was said is not said again");
    assert_eq!(said.iter().map(|said| said.answer).collect::<Vec<_>>(), [Some(0), Some(2), Some(3), None]);
    assert_eq!(said[3].choices, ["Yes", "No"]);
}

#[test]
fn whether_it_helped_is_asked_only_where_the_agent_alone_answers() {
    let playbooks = Playbooks::default();
    let alone = Speaker { rep: None, ..speaker(&playbooks, AgentKind::General, &[]) };
    let base = Known { answers: Vec::from([answer("Yes.")]), ..known(alone, 1) };
    let asks = |known: Known<'_>| reply(&known).iter().any(|said| said.choices == ["Yes", "No"]);
    assert!(asks(base.clone()));
    let page = FoundAnswer { text: "Yes.", page: Some("https://acme.example") };
    assert!(asks(Known { answers: Vec::from([page]), ..base.clone() }));
    assert!(!asks(Known { asked: Some(Asked::Helped), ..base.clone() }), "twice in a row");
    assert!(!asks(Known { is_handed_over: true, ..base.clone() }), "the team answers");
    assert!(!asks(Known { waited: Some(Millis(1)), ..base.clone() }));
    assert!(!asks(Known { asks: true, ..base.clone() }));
    assert!(!asks(Known { understood: doing(Act::AsksHuman), ..base.clone() }));
    let again = Known { speaker: Speaker { said: &["Yes."], ..alone }, ..base };
    let said = reply(&again);
    assert!(said.len() == 1 && said[0].text.contains("above") && said[0].choices.is_empty(), "{said:?}");
}

#[test]
fn an_answer_that_helped_ends_it_and_one_that_did_not_brings_the_team() {
    let playbooks = Playbooks::default();
    let alone = Speaker { rep: None, ..speaker(&playbooks, AgentKind::Support, &["Did that help?"]) };
    let to = |understood, known: Known<'_>| {
        let said = reply(&Known { asked: Some(Asked::Helped), understood, ..known });
        said.into_iter().map(|said| said.text).collect::<Vec<_>>()
    };
    let base = known(alone, 2);
    for understood in [typed("Yes"), doing(Act::Yes), doing(Act::Thanks)] {
        assert_eq!(to(understood, base.clone()), ["Glad it helped. Is there anything else?"]);
    }
    let given = Known { is_handed_over: true, ..base.clone() };
    for understood in [typed("No"), doing(Act::No)] {
        let said = to(understood, given.clone());
        assert_eq!(said, ["Sorry that this was not it. Our team has your question and will answer right here."]);
    }
    let away = Known { absence: Some(Absence::Until(MONDAY)), sends_mail: true, ..given };
    let said = to(typed("No"), away);
    assert!(said.len() == 2 && said[0].contains("back on Monday") && said[1].contains("e-mail"), "{said:?}");
    let agents = to(typed("No"), Known { is_agents: true, ..base });
    assert!(agents.len() == 1 && agents[0].contains("other words"), "{agents:?}");
}

#[test]
fn known_questions_are_offered_with_a_way_out() {
    let playbooks = Playbooks::default();
    for (language, none) in [
        (Language::En, "None of these"),
        (Language::De, "Keine davon"),
        (Language::Fr, "Aucune de ces questions"),
        (Language::Es, "Ninguna de estas"),
    ] {
        let speaker = Speaker { language, rep: None, ..speaker(&playbooks, AgentKind::General, &[]) };
        let offered = Known { offered: Vec::from(["How much is it?", "Can I pay by card?"]), ..known(speaker, 1) };
        let said = reply(&offered);
        assert_eq!(said.len(), 1, "{said:?}");
        assert_eq!(said[0].choices, ["How much is it?", "Can I pay by card?", none]);
        let asked = asked(&speaker, &said[0].text, &said[0].choices);
        assert_eq!(asked, Some(Asked::Offered));
        let given = Known { asked, understood: typed(none), is_handed_over: true, ..known(speaker, 2) };
        assert_eq!(reply(&given).len(), 1);
        let expected = speaker.playbooks.texts(AgentKind::General, language, Step::Unanswered);
        assert!(reply(&given)[0].text.ends_with(expected[0].split_once("{rep}").expect("a place").1));
        assert!(none_of_these(none));
    }
    assert!(!none_of_these("none"));
}

#[test]
fn an_address_is_asked_for_once_and_only_where_mail_reaches_it() {
    let playbooks = Playbooks::default();
    let first = Speaker { rep: None, ..speaker(&playbooks, AgentKind::General, &[]) };
    let waits = Known { is_handed_over: true, absence: Some(Absence::Unknown), sends_mail: true, ..known(first, 1) };
    let said = reply(&waits);
    assert!(said.len() == 2 && said[1].text.contains("e-mail address"), "{said:?}");
    let asked = asked(&first, &said[1].text, &said[1].choices);
    assert_eq!(asked, Some(Asked::Email));
    let before: Vec<&str> = texts(&said);
    let speaker = Speaker { said: &before, ..first };
    let to = |understood, known: Known<'_>| {
        let said = reply(&Known { asked: asked.clone(), understood, ..known });
        said.into_iter().map(|said| said.text).collect::<Vec<_>>()
    };
    let second = Known { sends_mail: true, waited: Some(Millis(60_000)), ..known(speaker, 2) };
    assert_eq!(to(doing(Act::No), second.clone()), ["No problem. The answer waits here, on this page."]);
    let yes = to(doing(Act::Yes), second.clone());
    assert!(yes.len() == 1 && yes[0].contains("type the address"), "{yes:?}");
    let other = to(typed("And after that?"), Known { is_question: true, absence: Some(Absence::Unknown), ..second });
    assert!(other.len() == 1 && other[0].starts_with("I have no answer"), "asked once: {other:?}");
    let without = reply(&Known { sends_mail: false, ..waits.clone() });
    assert!(without[1].text.contains("the answer waits here"), "{without:?}");
    let here = Known { absence: None, presence: Presence::Here, is_question: true, is_handed_over: false, ..waits };
    assert_eq!(reply(&here).len(), 1, "somebody is there");
}

#[test]
fn a_mistyped_address_is_asked_back() {
    let playbooks = Playbooks::default();
    let acts = Vec::from([Act::GivesEmail]);
    let mistyped = message(Understood { email: email("jo@gmail.com", false), acts, ..Understood::default() });
    for language in Language::ALL {
        let speaker = Speaker { language: *language, ..speaker(&playbooks, AgentKind::General, &[]) };
        let said = reply(&Known { understood: mistyped, ..known(speaker, 2) });
        assert!(said.len() == 1 && said[0].choices.len() == 2, "{said:?}");
        let asked = asked(&speaker, &said[0].text, &said[0].choices);
        assert_eq!(asked, Some(Asked::MeantEmail("jo@gmail.com".into())));
        for (choice, sends_mail) in [(0, true), (0, false), (1, true)] {
            let understood = typed(&said[0].choices[choice]);
            let known = Known { asked: asked.clone(), understood, sends_mail, ..known(speaker, 3) };
            let then = reply(&known);
            let has_address = then[0].text.contains("jo@gmail.com");
            assert!(then.len() == 1 && has_address == (choice == 0), "{language:?} {then:?}");
        }
    }
    let asks = Known { asks: true, understood: mistyped, ..known(speaker(&playbooks, AgentKind::General, &[]), 1) };
    assert_eq!(reply(&asks).len(), 1, "one thing is asked at a time");
}

#[test]
fn what_was_asked_is_read_from_the_message() {
    let playbooks = Playbooks::default();
    let speaker = speaker(&playbooks, AgentKind::Buying, &[]);
    let of = |text: &str, choices: &[&str]| {
        let choices: Vec<String> = choices.iter().map(|choice| (*choice).into()).collect();
        asked(&speaker, text, &choices)
    };
    assert_eq!(of("What is this about?", &["Buying", "Support"]), Some(Asked::Purpose));
    assert_eq!(of("Hat das geholfen?", &["Ja", "Nein"]), Some(Asked::Helped));
    assert_eq!(of("Under which number can Ann call you?", &[]), None);
    assert_eq!(of("I've asked Bo Li to call you. Which number should it be?", &[]), Some(Asked::Phone));
    assert_eq!(
        of("Ann cannot answer right now. Leave your e-mail address here, and the answer reaches you there.", &[]),
        Some(Asked::Email)
    );
    assert_eq!(of("Yes, see /docs.", &[]), None);
    assert_eq!((yes_or_no("Sí"), yes_or_no("nein "), yes_or_no("maybe")), (Some(true), Some(false), None));
}

#[test]
fn a_question_beside_a_refusal_is_not_swallowed() {
    let playbooks = Playbooks::default();
    for asked in [Asked::Email, Asked::Phone] {
        let known = known(speaker(&playbooks, AgentKind::General, &[]), 2);
        let refused = Known { asked: Some(asked), understood: doing(Act::No), ..known };
        assert_eq!(texts(&reply(&refused)), ["No problem. The answer waits here, on this page."]);
        let said = reply(&Known { is_question: true, ..refused });
        assert!(said[0].text.starts_with("I have no answer"), "{said:?}");
    }
}
