//! What holds for every reply: never silent, never the same twice, nothing promised that does not happen.

use super::*;
use crate::act::{ForeignLanguage, Spoken};
use crate::known::Asked;

/// A message of an act with all that belongs to it.
fn with_all(act: Act, nth: usize) -> Understood {
    Understood {
        acts: Vec::from([act]),
        spoken: (act == Act::OtherLanguage).then_some(Spoken::Foreign(ForeignLanguage::Polish)),
        email: if act == Act::GivesEmail { email("jo@example.com", nth.is_multiple_of(2)) } else { None },
        phone: if act == Act::GivesPhone { phone("+44 7700 900123") } else { None },
        name: (act == Act::GivesName).then(|| "Lou".into()),
        masked: (act == Act::GivesCardNumber).then(|| "•••• 4242".into()),
        parts: Vec::from(["words".into()]),
    }
}

/// What the agent knows at a message: each fact comes and goes in another rhythm.
fn situation<'a>(speaker: Speaker<'a>, understood: &'a Understood, nth: usize) -> Known<'a> {
    let every = |step: usize, at: usize| nth % step == at;
    let asked = [
        None,
        Some(Asked::Helped),
        Some(Asked::Offered),
        Some(Asked::Email),
        Some(Asked::MeantEmail("jo@example.com".into())),
        Some(Asked::Phone),
        Some(Asked::Purpose),
    ];
    let of_team = [Some(Absence::Busy), Some(Absence::Until(MONDAY)), Some(Absence::Unknown)];
    let absence: Vec<_> = [None, None].into_iter().chain(of_team).chain([Some(Absence::OfRep)]).collect();
    // Some of them were given before.
    let text = |place: usize| &*Box::leak(alloc::format!("Answer {}.", nth / 2 + place).into_boxed_str());
    let answers =
        [0, 1, 2, 3].map(|place| FoundAnswer { text: text(place), page: (place == 1).then_some("https://a.b") });
    Known {
        written: if every(5, 3) { Vec::from(["We are 40 people"]) } else { Vec::new() },
        asks: every(7, 1),
        understood,
        asked: asked[nth % asked.len()].clone(),
        is_handed_over: every(4, 3),
        is_agents: every(3, 1),
        is_email_new: understood.email.as_ref().is_some_and(|email| email.is_as_typed),
        is_question: every(5, 2),
        answers: if every(6, 5) { answers.to_vec() } else { Vec::new() },
        offered: if every(8, 6) { Vec::from(["How much is it?"]) } else { Vec::new() },
        absence: absence[nth % absence.len()].clone(),
        sends_mail: nth.is_multiple_of(2),
        usual_wait: Some(Millis(nth as i64 * 60_000)),
        offers_meeting: every(7, 4),
        presence: if every(4, 1) { Presence::Here } else { Presence::Back(MONDAY) },
        waited: every(2, 1).then_some(Millis(nth as i64 * 30_000)),
        meeting_page: every(3, 2).then_some("https://acme.example/m/abc"),
        abuse: if every(17, 16) { Abuse::Warned } else { Abuse::None },
        is_rejected: every(19, 18),
        ..known(speaker, nth)
    }
}

/// Goes through a chat in which the lead does the same again and again.
fn chat(playbooks: &Playbooks, kind: AgentKind, language: Language, act: Act) {
    let mut said: Vec<String> = Vec::new();
    for nth in 1..30 {
        let so_far: Vec<&str> = said.iter().map(String::as_str).collect();
        let understood = with_all(act, nth);
        let rep = if nth.is_multiple_of(5) { Some("Ann") } else { None };
        let speaker = Speaker { language, rep, ..speaker(playbooks, kind, &so_far) };
        let known = situation(speaker, &understood, nth);
        let answer = reply(&known);
        let of = |text: &str| alloc::format!("{act:?} {kind:?} {language:?} {nth}: {text}");
        assert!((1..=talk::MOST_SAID).contains(&answer.len()), "{}", of(&alloc::format!("{answer:?}")));
        let new = texts(&answer);
        for (place, text) in new.iter().enumerate() {
            let is_new = !so_far.contains(text) && !new[..place].contains(text);
            assert!(is_new && !text.is_empty() && !text.contains(['{', '}']), "{}", of(text));
            let promises = [Step::Email, Step::EmailThanks, Step::Away, Step::AwayEmail];
            let is_promise = promises.iter().any(|step| speaker.is_any_of(*step, [*text].into_iter()));
            assert!(known.sends_mail || !is_promise, "no mail is sent: {}", of(text));
        }
        let questions = answer.iter().filter(|said| !said.choices.is_empty()).count();
        assert!(questions <= 1, "{}", of(&alloc::format!("{answer:?}")));
        said.extend(answer.into_iter().map(|said| said.text));
    }
    let speaker = speaker(playbooks, kind, &[]);
    let requests = said.iter().filter(|said| speaker.is_any_of(Step::Email, [said.as_str()].into_iter())).count();
    assert!(requests <= 1, "{act:?} {kind:?} {language:?}: {said:?}");
}

#[test]
fn it_is_never_silent_never_says_the_same_twice_and_promises_only_what_happens() {
    let playbooks = Playbooks::default();
    for act in Act::ALL {
        for (place, language) in Language::ALL.iter().enumerate() {
            chat(&playbooks, AgentKind::ALL[(place + act.index()) % AgentKind::ALL.len()], *language, *act);
        }
    }
}

#[test]
fn a_text_that_was_typed_by_the_team_is_kept_to() {
    let texts = [("thanks", "Cheers.".to_string()), ("go_on", "Yes?".to_string())];
    let own = texts.map(|(step, text)| (step.to_string(), Vec::from([text])));
    let own = crate::playbook::Playbook::stored(AgentKind::General, Language::En, own);
    let playbooks = Playbooks::new(Vec::from([own]));
    let thanks = |said: &[&str], nth| {
        let speaker = Speaker { rep: None, ..speaker(&playbooks, AgentKind::Buying, said) };
        reply(&Known { understood: doing(Act::Thanks), ..known(speaker, nth) }).remove(0).text
    };
    assert_eq!(thanks(&[], 1), "Cheers.");
    assert_eq!(thanks(&["Cheers."], 2), "Yes?");
    assert_eq!(thanks(&["Cheers.", "Yes?"], 3), "I have read message 3 as well.");
}
