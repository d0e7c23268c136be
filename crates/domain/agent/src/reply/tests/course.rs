//! The course of a chat: answers, the handover, a meeting, waiting, the agent's own chats.

use super::*;

#[test]
fn it_answers_asks_with_choices_and_hands_over() {
    let playbooks = Playbooks::default();
    let by = |kind, said| speaker(&playbooks, kind, said);
    let general = |said| by(AgentKind::General, said);
    let asked = reply(&Known { asks: true, ..known(general(&["Hello"]), 1) });
    assert!(asked.len() == 1 && asked[0].text.contains("what is this about"), "{asked:?}");
    assert_eq!(asked[0].choices, ["Buying", "Partnership", "Support", "A job", "Talk to a person"]);
    let buying = by(AgentKind::Buying, &[]);
    let given = reply(&Known { is_handed_over: true, ..known(buying, 1) });
    assert!(given[0].text.contains("Ann can help") && given[0].choices.is_empty(), "{given:?}");
    let answers = || Vec::from([FoundAnswer { text: "Yes, see /docs/api.", page: None }]);
    let both = reply(&Known { is_handed_over: true, answers: answers(), ..known(buying, 1) });
    assert_eq!(both.iter().map(|said| said.answer).collect::<Vec<_>>(), [Some(0), None]);
    assert!(both[0].text.contains("/docs/api") && both[1].text.contains("Ann"), "{both:?}");
    let again = reply(&Known { answers: answers(), ..known(general(&["Yes, see /docs/api."]), 2) });
    assert!(again.len() == 1 && again[0].text.contains("above") && again[0].answer.is_none(), "{again:?}");
    let human = reply(&Known { understood: doing(Act::AsksHuman), ..known(general(&[]), 3) });
    assert!(human[0].text.contains("asked Ann to join"), "{human:?}");
    let no_rep = Speaker { rep: None, ..by(AgentKind::Hiring, &["x"]) };
    let team = reply(&Known { is_question: true, ..known(no_rep, 1) });
    assert!(team[0].text.contains("our team will answer"), "{team:?}");
}

#[test]
fn a_meeting_is_offered_below_what_else_is_news() {
    let playbooks = Playbooks::default();
    let with = |known: Known<'_>| {
        let said = reply(&Known { offers_meeting: true, ..known });
        let cards: Vec<bool> = said.iter().map(|said| said.card.is_some()).collect();
        (said.into_iter().map(|said| said.text).collect::<Vec<_>>(), cards)
    };
    let buying = speaker(&playbooks, AgentKind::Buying, &[]);
    let (texts, cards) = with(Known { is_handed_over: true, ..known(buying, 1) });
    assert!(texts[0].contains("Ann can help") && texts[1].contains("meeting"), "{texts:?}");
    assert_eq!(cards, [false, true]);
    let answers = || Vec::from([FoundAnswer { text: "Yes.", page: None }]);
    let (texts, cards) = with(Known { is_handed_over: true, answers: answers(), ..known(buying, 1) });
    assert_eq!((texts.len(), cards), (3, Vec::from([false, false, true])));
    let unanswered = Known { is_question: true, sends_mail: true, ..known(buying, 2) };
    let (texts, cards) = with(unanswered);
    assert!(texts[0].starts_with("I have no answer"), "an offer is all that is asked: {texts:?}");
    assert_eq!(cards, [false, true]);
    let known_by = Speaker { email: Some("jo@example.com"), ..buying };
    let (texts, cards) = with(known(known_by, 2));
    assert_eq!((texts.len(), cards), (1, Vec::from([true])), "nothing else is news: {texts:?}");
    assert!(reply(&known(buying, 2)).iter().all(|said| said.card.is_none()));
}

#[test]
fn an_answer_of_a_page_names_it() {
    let playbooks = Playbooks::default();
    let answers = || Vec::from([FoundAnswer { text: "Two weeks.", page: Some("https://acme.example/trial") }]);
    let said = reply(&Known { answers: answers(), ..known(speaker(&playbooks, AgentKind::General, &[]), 2) });
    assert_eq!(texts(&said), ["Two weeks. More on this page: https://acme.example/trial"]);
}

#[test]
fn the_usual_wait_is_named_where_it_is_known() {
    let playbooks = Playbooks::default();
    let known = Known { is_handed_over: true, ..known(speaker(&playbooks, AgentKind::General, &[]), 1) };
    assert!(!texts(&reply(&known))[0].contains("usually"));
    let known = Known { usual_wait: Some(Millis(170_000)), ..known };
    assert!(texts(&reply(&known))[0].ends_with("An answer usually takes about 3 minutes."));
}

#[test]
fn who_has_to_wait_reads_when_somebody_is_back() {
    let playbooks = Playbooks::default();
    let at = Moment { days: 2, weekday: 1, day: 7, month: 12, hour: 9, minute: 0, zone: None };
    let agents = |kind, said| Speaker { rep: None, ..speaker(&playbooks, kind, said) };
    let waits = |absence, known: Known<'_>| {
        let usual_wait = Some(Millis(240_000));
        let said = reply(&Known { absence: Some(absence), is_agents: true, sends_mail: true, usual_wait, ..known });
        said.into_iter().map(|said| said.text).collect::<Vec<_>>()
    };
    let until = || Absence::Until(at.clone());
    let first = known(agents(AgentKind::Buying, &[]), 1);
    let handed = waits(until(), Known { is_handed_over: true, ..first.clone() });
    assert_eq!(handed[0], "Our team is back on Monday at 9:00 and will answer right here.");
    assert!(handed.len() == 2 && handed[1].contains("e-mail address"), "{handed:?}");
    let human = waits(until(), Known { understood: doing(Act::AsksHuman), ..first.clone() });
    assert_eq!(human, handed);
    let busy = waits(Absence::Busy, Known { understood: doing(Act::AsksHuman), ..first.clone() });
    assert!(busy[0].contains("Our team will answer right here as soon as"), "{busy:?}");
    let unknown = waits(Absence::Unknown, Known { is_handed_over: true, ..first.clone() });
    assert!(unknown[0].starts_with("No one can answer right now. Our team"), "{unknown:?}");
    let of_rep = waits(Absence::OfRep, Known { is_handed_over: true, ..first.clone() });
    assert_eq!(of_rep.len(), 1, "{of_rep:?}");
    assert!(of_rep[0].starts_with("Our team cannot answer right now. Leave your e-mail address"), "{of_rep:?}");
    let without_mail = Known { absence: Some(until()), is_agents: true, is_handed_over: true, ..first.clone() };
    let page = "If you leave this page, just come back later: the answer waits here.";
    assert_eq!(texts(&reply(&without_mail)), [handed[0].as_str(), page], "nothing is promised to an address");
    let known_by = Speaker { email: Some("jo@example.com"), ..first.speaker };
    assert_eq!(waits(until(), Known { is_handed_over: true, speaker: known_by, ..first }).len(), 1);
}

#[test]
fn an_agent_that_has_the_chat_asks_what_helps_then_closes() {
    let playbooks = Playbooks::default();
    let mut said: Vec<String> = Vec::new();
    let mut next = |known: Known<'_>, expected: &str| {
        let so_far: Vec<&str> = said.iter().map(String::as_str).collect();
        let speaker = Speaker { said: &so_far, rep: None, ..known.speaker };
        let new = reply(&Known { speaker, is_agents: true, sends_mail: true, ..known });
        assert!(new.len() == 1 && new[0].text.contains(expected), "{expected}: {new:?}");
        said.extend(new.into_iter().map(|said| said.text));
    };
    let hiring = speaker(&playbooks, AgentKind::Hiring, &[]);
    let careers = Some("https://acme.example/careers");
    next(Known { is_handed_over: true, careers, ..known(hiring, 1) }, "/careers");
    next(Known { careers, ..known(hiring, 2) }, "Which role");
    next(Known { careers, ..known(hiring, 3) }, "CV");
    next(Known { careers, ..known(hiring, 4) }, "e-mail address");
    let known_by = Speaker { email: Some("jo@example.com"), ..hiring };
    next(Known { careers, is_email_new: true, ..known(known_by, 5) }, "jo@example.com");
    next(Known { careers, ..known(known_by, 6) }, "Good luck");
}

#[test]
fn it_says_once_that_no_rep_is_there() {
    let playbooks = Playbooks::default();
    let by = |said| speaker(&playbooks, AgentKind::Support, said);
    let first = away(&by(&[]), true).expect("a text");
    assert!(first.contains("Ann cannot answer right now") && first.contains("e-mail"), "{first}");
    let said = [first.as_str()];
    assert_eq!(away(&by(&said), true), None);
    let known_by = Speaker { email: Some("jo@example.com"), ..by(&said) };
    assert!(away(&known_by, true).expect("a text").contains("jo@example.com"));
    let asked = playbooks.texts(AgentKind::Support, Language::En, Step::Email);
    let without = [away(&by(&[]), false), away(&known_by, false), away(&by(&[asked[0]]), true)];
    for text in without.into_iter().flatten() {
        assert!(text.contains("the answer waits here") && !text.contains("e-mail"), "{text}");
    }
}

#[test]
fn it_says_that_it_is_an_ai_in_every_language() {
    for (language, word) in [(Language::En, "AI"), (Language::De, "KI"), (Language::Fr, "IA"), (Language::Es, "IA")] {
        for has_knowledge in [true, false] {
            let text = greeting(&Playbooks::default(), language, "Acme", has_knowledge);
            assert!(text.contains(word) && text.contains("Acme"), "{text}");
        }
    }
}

#[test]
fn a_size_that_was_given_is_not_asked() {
    let playbooks = Playbooks::default();
    let course = |language, kind, written: &str| {
        let (mut said, mut asked) = (Vec::<String>::new(), Vec::new());
        for nth in 1..4 {
            let so_far: Vec<&str> = said.iter().map(String::as_str).collect();
            let speaker = Speaker { language, rep: None, ..speaker(&playbooks, kind, &so_far) };
            let written = Vec::from([written]);
            let next = reply(&Known { written, is_agents: true, is_handed_over: nth == 1, ..known(speaker, nth) });
            asked.push(next[0].text.clone());
            said.extend(next.into_iter().map(|said| said.text));
        }
        asked
    };
    for (language, written, size, start, system) in [
        (Language::En, "We are 40 people", "how many people", "when would you like to start", "Which system"),
        (Language::De, "Wir sind 40 Personen", "Wie viele Personen", "Wann möchten Sie anfangen", "Welches System"),
        (Language::Fr, "Nous sommes 40 personnes", "combien de personnes", "quand souhaitez-vous", "Quel système"),
        (Language::Es, "Somos 40 personas", "cuántas personas", "cuándo le gustaría", "Qué sistema"),
    ] {
        let asked = course(language, AgentKind::Buying, "What does it cost?");
        assert!(asked[0].contains(size) && asked[1].contains(system), "{asked:?}");
        let asked = course(language, AgentKind::Buying, written);
        assert!(asked.iter().all(|text| !text.contains(size)), "{asked:?}");
        assert!(asked[0].contains(start) && asked[1].contains(system), "{asked:?}");
    }
    // Another agent asks what it asks anyway.
    let with = course(Language::En, AgentKind::Support, "We are 40 people");
    assert_eq!(with, course(Language::En, AgentKind::Support, "Hello"));
}
