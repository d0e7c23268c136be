//! The choice among the passages of small sites.

use super::*;
use crate::document::read_document;
use knock_model::{Millis, SourceId};

/// The index of pages of a site.
fn site(pages: &[&str]) -> PassageIndex {
    let mut all = Vec::new();
    for (number, page) in (1..).zip(pages) {
        let url = format!("https://bakery.example/{number}");
        let read = read_document(page.as_bytes(), "text/html", &url).expect("a page");
        let source = SourceId::new(Millis(number), &[0; 10]);
        let stored = (0..).zip(read.passages);
        all.extend(stored.map(|(position, passage)| StoredPassage { source, position, passage }));
    }
    PassageIndex::new(all).expect("an index in memory")
}

fn answer(index: &PassageIndex, question: &str, language: Language) -> Option<String> {
    let found = best_passage(index, question, language).expect("an index in memory");
    let (passage, confidence) = found?;
    assert!(confidence <= 90, "words that are found are no certainty");
    Some(said(index, passage, question, language).expect("an index in memory"))
}

fn check(index: &PassageIndex, language: Language, expected: &[(&str, Option<&str>)]) {
    for (question, expected) in expected {
        assert_eq!(answer(index, question, language).as_deref(), *expected, "{question}");
    }
}

const BAKERY: [&str; 3] = [
    "<html lang=en><title>Prices | Bakery</title><main><h1>Prices</h1><p>All that we bake, by the piece.</p>
     <h2>Birthday cake</h2><p>From 38 pounds</p><p>Order it three days ahead.</p><a class=btn href=/o>Order a cake</a>
     <h2>Bread</h2><table><tr><th>Loaf<th>Weight<th>Price<tr><td>Rye<td>750 g<td>4.20 £<tr><td>Spelt<td>500 g<td>5.10 £
     </table><h2>Workshops</h2><p>You bake with us and take the loaf home. A place costs 60 pounds.</p></main>",
    "<html lang=en><title>Visit | Bakery</title><main><h1>Visit</h1><h2>Shop</h2>
     <p>12 Mill Lane, Leeds. The shop opens from 7:00 to 14:00.</p>
     <h2>Can I bring my dog?</h2><p>Yes, into the yard.</p>
     <h2>Contact</h2><p>Ring 0113 496 0999 or write to hello@bakery.example.</p></main>",
    "<html lang=en><title>Jobs | Bakery</title><main><h1>Jobs</h1><h2>Night baker</h2>
     <p>The shift begins at 2:00. The wage is 16 pounds an hour.</p></main>",
];

#[test]
fn a_price_is_that_of_the_asked_thing() {
    check(
        &site(&BAKERY),
        Language::En,
        &[
            ("how much is a birthday cake", Some("Birthday cake: From 38 pounds. Order it three days ahead.")),
            ("price of spelt", Some("Spelt, Weight: 500 g, Price: 5.10 £")),
            ("what do you charge for a unicorn", None),
        ],
    );
}

#[test]
fn places_times_and_numbers_are_found_by_their_form() {
    check(
        &site(&BAKERY),
        Language::En,
        &[
            ("what is your address?", Some("Shop: 12 Mill Lane, Leeds. The shop opens from 7:00 to 14:00.")),
            ("your phone number please", Some("Contact: Ring 0113 496 0999 or write to hello@bakery.example.")),
        ],
    );
}

#[test]
fn a_heading_that_is_the_question_has_the_answer() {
    check(&site(&BAKERY), Language::En, &[("can my dog come in", Some("Yes, into the yard."))]);
}

#[test]
fn what_no_page_says_has_no_answer() {
    check(
        &site(&BAKERY),
        Language::En,
        &[
            ("do you have a shop in Paris", None),
            ("what colour is the yard", None),
            ("do you bake pizza", None),
            ("hello", None),
            ("", None),
        ],
    );
}

#[test]
fn lines_on_most_pages_are_no_answer() {
    let page =
        |text: &str| format!("<html lang=en><title>T</title><p>Winner of the golden croissant.</p><p>{text}</p>");
    let pages = ["Rye is baked daily.", "Cake is baked on order.", "Rolls are soft.", "Buns are sweet."].map(page);
    let repeated = site(&pages.each_ref().map(String::as_str));
    check(&repeated, Language::En, &[("golden croissant", None), ("rye", Some("Rye is baked daily."))]);
    let few = site(&pages.each_ref().map(String::as_str)[..3]);
    assert!(answer(&few, "golden croissant", Language::En).is_some(), "three pages show no pattern");
}

#[test]
fn the_forms_of_german_words_are_kindred() {
    let page = "<html lang=de><title>Hilfe</title><h2>Konto löschen</h2><p>Unter Profil, ganz unten.</p>
                <h2>Rechnungen</h2><p>Sie kommen per Mail.</p>";
    check(
        &site(&[page]),
        Language::De,
        &[("wie wird mein konto gelöscht", Some("Unter Profil, ganz unten.")), ("habt ihr ein büro in wien", None)],
    );
}
