//! Laws and examples of finding taught questions.

use super::{Meant, Taught};
use crate::synonyms::{RELATED, file, groups};
use crate::words::read_words;
use knock_agent::Language;
use knock_model::{AnswerId, Millis, SiteId};
use knock_ports::KnownAnswer;
use std::collections::BTreeMap;

fn known(number: i64, question: &str, answer: &str, wordings: &[&str]) -> KnownAnswer {
    KnownAnswer {
        id: AnswerId::new(Millis(number), &[0; 10]),
        site: SiteId(1),
        question: question.into(),
        wordings: wordings.iter().map(|wording| String::from(*wording)).collect(),
        answer: answer.into(),
        updated_at: Millis(0),
    }
}

fn bakery() -> Vec<KnownAnswer> {
    let answers = [
        ("What does a wedding cake cost?", "From 180 euros, by size."),
        ("Do you deliver cakes?", "Yes, within the city."),
        ("Which payment methods are possible in the shop?", "Cash and card."),
        ("When is the bakery open?", "Every day but Sunday, from seven."),
        ("Is your bread free of nuts?", "The rye bread is."),
        ("Can I cancel an order?", "Yes, until two days before."),
    ];
    (1..).zip(answers).map(|(number, (question, answer))| known(number, question, answer, &[])).collect()
}

fn handwerk() -> Vec<KnownAnswer> {
    let answers = [
        ("Was kosten die Fenster?", "Ein Fenster kostet ab 300 Euro."),
        ("Wie lange ist die Garantie?", "Die Garantie ist für fünf Jahre."),
        ("Wann ist die Werkstatt offen?", "Wir sind von acht bis fünf für Sie da."),
    ];
    (21..).zip(answers).map(|(number, (question, answer))| known(number, question, answer, &[])).collect()
}

fn sure(meant: &Meant<'_>) -> Vec<String> {
    meant.sure.iter().map(|ranked| ranked.known.question.clone()).collect()
}

#[track_caller]
fn check(taught: &Taught, text: &str, language: Language, expected: &[&str]) {
    let meant = taught.meant(text, language, language);
    let near: Vec<(&str, u8)> = meant.closest.iter().map(|near| (near.known.question.as_str(), near.score())).collect();
    assert_eq!(sure(&meant), expected, "{text}: {near:?}");
    assert!(meant.sure.is_empty() || meant.offered.is_empty(), "{text}");
}

#[test]
fn an_exact_question_finds_its_answer() {
    for (language, answers) in [(Language::En, bakery()), (Language::De, handwerk())] {
        let taught = Taught::new(answers.clone());
        for answer in &answers {
            let text = answer.question.to_uppercase();
            check(&taught, &text, language, &[&answer.question]);
            assert_eq!(taught.meant(&text, language, language).sure[0].score(), 100);
        }
    }
}

#[test]
fn other_words_typing_errors_and_compounds_are_understood() {
    let (en, de) = (Taught::new(bakery()), Taught::new(handwerk()));
    check(&en, "wedding cake price", Language::En, &["What does a wedding cake cost?"]);
    check(&en, "opening hours", Language::En, &["When is the bakery open?"]);
    check(&en, "cancle an oder", Language::En, &["Can I cancel an order?"]);
    check(&de, "Fensterpreise", Language::De, &["Was kosten die Fenster?"]);
    check(&de, "garantieh", Language::De, &["Wie lange ist die Garantie?"]);
    for text in ["who won the election", "do you repair bicycles", "", "?!", "and the"] {
        check(&en, text, Language::En, &[]);
    }
}

#[test]
fn a_score_says_how_sure_it_is_and_why() {
    let taught = Taught::new(bakery());
    let meant = taught.meant("wedding cake price", Language::En, Language::En);
    assert!((45..100).contains(&meant.sure[0].score()), "{}", meant.sure[0].score());
    assert!(meant.sure[0].words.contains(&"price".into()), "{:?}", meant.sure[0].words);
}

#[test]
fn several_questions_get_their_answers_in_order() {
    let taught = Taught::new(bakery());
    let both = ["When is the bakery open?", "Do you deliver cakes?"];
    check(&taught, "We are five people. When are you open? Do you deliver cakes?", Language::En, &both);
    check(&taught, "When are you open? Your opening hours?", Language::En, &both[..1]);
}

#[test]
fn a_word_of_another_language_is_no_typing_error() {
    let answers = [("Can I rent a paddle?", "Yes, four euros a day."), ("Is there parking?", "Behind the house.")];
    let taught = Taught::new((1..).zip(answers).map(|(at, (asked, told))| known(at, asked, told, &[])).collect());
    // "hire" and "parcel" would be near.
    assert!(taught.meant("kann ich hier parken?", Language::En, Language::De).offered.is_empty());
    check(&taught, "Rent a padle?", Language::En, &["Can I rent a paddle?"]);
}

#[test]
fn what_is_not_clear_is_offered() {
    let twins = vec![known(1, "Do you deliver bread?", "Yes.", &[]), known(2, "Do you deliver cakes?", "No.", &[])];
    let taught = Taught::new(twins);
    let meant = taught.meant("delivery?", Language::En, Language::En);
    assert!(meant.sure.is_empty());
    assert_eq!(meant.offered.len(), 2);
    // Equally close ones stay in the order of their ids.
    assert_eq!(meant.offered[0].known.question, "Do you deliver bread?");
}

#[test]
fn the_best_wording_of_an_answer_counts() {
    let mut answers = bakery();
    answers[1].wordings.push("is there a courier for pastries".into());
    let taught = Taught::new(answers);
    check(&taught, "a courier for pastries?", Language::En, &["Do you deliver cakes?"]);
    check(&taught, "Is there a courier for pastries", Language::En, &["Do you deliver cakes?"]);
    check(&taught, "do you deliver cakes", Language::En, &["Do you deliver cakes?"]);
}

#[test]
fn neither_order_nor_other_languages_change_an_answer() {
    let texts = ["wedding cake price", "when are you open", "cash or card?", "nuts in the bread", "cancel", "cakes"];
    let said = |answers: Vec<KnownAnswer>| {
        let taught = Taught::new(answers);
        texts.map(|text| {
            let meant = taught.meant(text, Language::En, Language::En);
            meant.closest.iter().map(|near| (near.known.id, near.score())).collect::<Vec<_>>()
        })
    };
    let plain = said(bakery());
    assert_eq!(said(bakery().into_iter().rev().collect()), plain);
    assert_eq!(said(bakery().into_iter().chain(handwerk()).collect()), plain);
}

#[test]
fn the_files_of_synonyms_have_the_same_groups() {
    let names = |language| groups(file(language)).map(|(name, _)| name).collect::<Vec<_>>();
    let english = names(Language::En);
    for language in Language::ALL {
        assert_eq!(names(*language), english, "{}", language.as_str());
    }
    for (name, near) in groups(RELATED) {
        for name in [name].into_iter().chain(near) {
            assert!(english.contains(&name), "{name}");
        }
    }
}

#[test]
fn a_synonym_is_in_several_groups_only_with_an_asterisk() {
    for language in Language::ALL {
        let mut holders: BTreeMap<Vec<String>, Vec<(&str, &str)>> = BTreeMap::new();
        for (name, entries) in groups(file(*language)) {
            for entry in entries {
                let words = read_words(entry, *language).into_iter().map(|word| word.folded).collect::<Vec<_>>();
                assert!(!words.is_empty(), "{name}: {entry}");
                holders.entry(words).or_default().push((name, entry));
            }
        }
        for entries in holders.values() {
            let mut names: Vec<&str> = entries.iter().map(|(name, _)| *name).collect();
            names.dedup();
            let is_marked = entries.iter().all(|(_, entry)| entry.ends_with('*'));
            assert_eq!(is_marked, names.len() > 1, "{}: {entries:?}", language.as_str());
        }
    }
}

#[test]
fn a_question_of_several_sentences_is_found_by_its_words() {
    let mut answers = bakery();
    answers.push(known(7, "My cake broke. What now?", "Send a photo.", &[]));
    check(&Taught::new(answers), "my cake broke, what now", Language::En, &["My cake broke. What now?"]);
}
