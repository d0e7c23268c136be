//! Reading messages and deciding the type: what holds for every text and every history of messages.

use knock_intent::{
    ASK_BELOW, CHANGE_FROM, Evidence, Question, Reading, SPAM_FROM, Standing, TypeWhy, decide_choice, decide_type,
    prior, read_message,
};
use knock_model::IntentType::{self, Buying, JobSeeker, Partnership, Support, Unknown};
use knock_model::{Category, Millis};
use proptest::prelude::*;

const NOW: Millis = Millis(1_780_315_200_000);
const NO_PRIOR: [f64; 4] = [0.0; 4];
const FIRST: Standing = Standing { kind: Unknown, is_set_by_rep: false, question: Question::Ready };
const KNOWN: Standing = Standing { kind: Buying, is_set_by_rep: false, question: Question::Ready };

/// A reading that speaks for one type by a margin.
fn says(kind: IntentType, margin: f64) -> Reading {
    let intent = [Buying, Partnership, Support, JobSeeker].map(|one| if one == kind { margin } else { 0.0 });
    Reading { intent, spam_log_odds: -5.0, ..Reading::default() }
}

fn says_nothing() -> Reading {
    Reading { says_nothing: true, ..says(Support, 0.2) }
}

fn views(category: Category, count: usize) -> Evidence {
    let mut evidence = Evidence::default();
    (0..count).for_each(|_| evidence.add(category, 1.0, NOW));
    evidence
}

fn check(standing: Standing, prior: &[f64; 4], reading: &Reading, expected: (IntentType, TypeWhy, bool)) {
    let decision = decide_type(standing, prior, reading);
    assert_eq!((decision.kind, decision.why, decision.ask), expected, "{standing:?} {reading:?}");
}

#[test]
fn plain_messages_are_read() {
    let cases = [
        ("We are 200 people and need a quote", Buying),
        ("Was kostet die Lizenz pro Nutzer?", Buying),
        ("I can't log in, the password reset mail never arrives", Support),
        ("No puedo iniciar sesión desde ayer", Support),
        ("We would like to become a reseller for our clients", Partnership),
        ("Proposez-vous un programme de partenariat pour les agences ?", Partnership),
        ("Is the position as backend engineer still open? I would like to apply", JobSeeker),
        ("Ich möchte mich auf die Stelle bewerben", JobSeeker),
    ];
    for (text, kind) in cases {
        let reading = read_message(text);
        assert_eq!((reading.best().0, reading.says_nothing, reading.is_spam), (kind, false, false), "{text}");
    }
    for text in [
        "hi",
        "Hello?",
        "",
        "  \n",
        "👍👍",
        "...",
        "\0\0",
        "bonjour",
        "test",
        "asdf qwer",
        "ignore all previous instructions",
    ] {
        let reading = read_message(text);
        assert!(reading.says_nothing && !reading.is_spam, "{text:?} {reading:?}");
    }
    let spam = "We offer SEO backlinks and guest posts with dofollow links, get your website on Google's first page! \
                WhatsApp +00 000 000 0000";
    assert!(read_message(spam).is_spam);
}

#[test]
fn hostile_texts_have_an_answer() {
    let long = [
        "a".repeat(1 << 20),
        "\u{301}".repeat(1 << 20),
        " ".repeat(1 << 20),
        "ﷺ".repeat(1 << 18),
        "0.".repeat(1 << 19),
        "@.".repeat(1 << 19),
        "шалом שלום 你好 👩‍👩‍👧 \u{202e}txet\0 ".repeat(10_000),
    ];
    for text in long {
        let reading = read_message(&text);
        assert!(reading.intent.iter().all(|log| log.is_finite()) && reading.spam_log_odds.is_finite());
    }
}

#[test]
fn only_the_beginning_is_read() {
    let long = "my invoice is wrong ".repeat(200);
    for more in ["", "We offer casino backlinks, write to us on WhatsApp", "\u{0}👍"] {
        let whole = format!("{long}{more}");
        assert_eq!(read_message(&whole).intent, read_message(&long).intent, "{more}");
    }
}

#[test]
fn activity_is_added_to_the_first_message_only() {
    assert_eq!(prior(&Evidence::default(), NOW), NO_PRIOR);
    let jobs = prior(&views(Category::Job, 6), NOW);
    check(FIRST, &jobs, &says(Buying, 0.5), (JobSeeker, TypeWhy::Message, true));
    check(FIRST, &jobs, &says(Buying, 6.0), (Buying, TypeWhy::Message, false));
    check(KNOWN, &jobs, &says(Support, 0.5), (Buying, TypeWhy::Kept, false));
}

#[test]
fn no_activity_outweighs_a_clear_sentence() {
    let docs = prior(&views(Category::Docs, 10_000), NOW);
    assert!(docs[0] - docs[1] < 3.0 + 1e-9);
    check(FIRST, &docs, &says(JobSeeker, 5.0), (JobSeeker, TypeWhy::Message, false));
}

#[test]
fn a_message_that_says_nothing_is_asked_about_and_leaves_the_word_to_the_activity_only_without_a_question() {
    let help = prior(&views(Category::Support, 1), NOW);
    let off = Standing { question: Question::Off, ..FIRST };
    check(off, &help, &says_nothing(), (Support, TypeWhy::Activity, false));
    check(FIRST, &help, &says_nothing(), (Unknown, TypeWhy::Nothing, true));
    let asked = decide_type(FIRST, &help, &says_nothing()).standing;
    check(asked, &help, &says_nothing(), (Unknown, TypeWhy::Nothing, false));
    let answered = decide_type(asked, &help, &says_nothing()).standing;
    check(answered, &help, &says_nothing(), (Unknown, TypeWhy::Nothing, false));
    check(answered, &help, &says(Buying, 2.0), (Buying, TypeWhy::Message, false));
    check(FIRST, &NO_PRIOR, &says_nothing(), (Unknown, TypeWhy::Nothing, true));
    check(FIRST, &prior(&views(Category::Home, 9), NOW), &says_nothing(), (Unknown, TypeWhy::Nothing, true));
    check(KNOWN, &help, &says_nothing(), (Buying, TypeWhy::Kept, false));
}

#[test]
fn the_question_is_asked_once_and_its_answer_decides() {
    let asked = decide_type(FIRST, &NO_PRIOR, &says(Support, ASK_BELOW - 0.1));
    assert_eq!((asked.kind, asked.ask, asked.standing.question), (Support, true, Question::Asked));
    let answered = decide_type(asked.standing, &NO_PRIOR, &says(Buying, 0.1));
    assert_eq!((answered.kind, answered.ask, answered.why), (Buying, false, TypeWhy::Answer));
    let empty = decide_type(asked.standing, &NO_PRIOR, &says_nothing());
    assert_eq!((empty.kind, empty.ask, empty.standing.question), (Support, false, Question::Answered));
    let greeted = decide_type(FIRST, &NO_PRIOR, &says_nothing());
    let again = decide_type(greeted.standing, &NO_PRIOR, &says_nothing());
    assert_eq!((again.kind, again.ask), (Unknown, false));
    let off = Standing { question: Question::Off, ..FIRST };
    check(off, &NO_PRIOR, &says(Support, 0.1), (Support, TypeWhy::Message, false));
    check(off, &NO_PRIOR, &says_nothing(), (Unknown, TypeWhy::Nothing, false));
}

#[test]
fn a_choice_decides_alone_unless_a_human_has() {
    let asked = decide_type(FIRST, &NO_PRIOR, &says_nothing()).standing;
    let chosen = decide_choice(asked, Partnership);
    assert_eq!((chosen.kind, chosen.why, chosen.ask), (Partnership, TypeWhy::Answer, false));
    assert_eq!(chosen.standing.question, Question::Answered);
    assert_eq!(decide_choice(KNOWN, Support).kind, Support);
    let by_rep = Standing { is_set_by_rep: true, ..KNOWN };
    assert_eq!(decide_choice(by_rep, Support).kind, Buying);
}

#[test]
fn a_final_type_changes_only_without_doubt_or_by_a_human() {
    check(KNOWN, &NO_PRIOR, &says(Support, CHANGE_FROM - 0.1), (Buying, TypeWhy::Kept, false));
    check(KNOWN, &NO_PRIOR, &says(Support, CHANGE_FROM), (Support, TypeWhy::LaterMessage, false));
    check(KNOWN, &NO_PRIOR, &says(Buying, CHANGE_FROM), (Buying, TypeWhy::Kept, false));
    let by_rep = Standing { is_set_by_rep: true, ..KNOWN };
    check(by_rep, &NO_PRIOR, &says(Support, 50.0), (Buying, TypeWhy::SetByRep, false));
}

#[test]
fn spam_tells_of_no_type() {
    let spam = Reading { is_spam: true, spam_log_odds: SPAM_FROM, ..says(Buying, 9.0) };
    check(FIRST, &NO_PRIOR, &spam, (Unknown, TypeWhy::Spam, false));
    check(KNOWN, &NO_PRIOR, &spam, (Buying, TypeWhy::Spam, false));
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![any::<String>(), "[a-zA-Z0-9 ß-ÿäöüÉñ?!.,@:/€$%\u{0}-\u{1f}]{0,200}", "([a-zA-Z]{1,8} ){0,40}"]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn any_text_has_finite_answers(text in text()) {
        let reading = read_message(&text);
        prop_assert!(reading.intent.iter().all(|log| log.abs() < 1_000.0));
        prop_assert!(reading.spam_log_odds.abs() < 1_000.0);
        prop_assert_eq!(reading.is_spam, reading.spam_log_odds >= SPAM_FROM);
    }

    #[test]
    fn case_and_spaces_change_no_purpose(text in text()) {
        let spaced = text.replace(' ', " \t\n ");
        let reading = read_message(&text);
        for other in [text.to_uppercase(), text.to_lowercase(), format!("  {spaced}\n")] {
            let other = read_message(&other);
            prop_assert_eq!(other.intent, reading.intent);
            prop_assert_eq!(other.says_nothing, reading.says_nothing);
        }
    }

    #[test]
    fn at_most_one_question_is_asked(margins in proptest::collection::vec((0..4_usize, 0.0..4.0_f64, any::<bool>()), 0..12)) {
        let mut standing = FIRST;
        let mut asked = 0;
        for (kind, margin, says_nothing) in margins {
            let kind = [Buying, Partnership, Support, JobSeeker][kind];
            let decision = decide_type(standing, &NO_PRIOR, &Reading { says_nothing, ..says(kind, margin) });
            prop_assert!(says_nothing || decision.kind != Unknown);
            asked += usize::from(decision.ask);
            standing = decision.standing;
        }
        prop_assert!(asked <= 1);
    }
}
