//! `eval`: what the committed model reaches on messages that it was not made from.

use std::path::Path;

use knock_intent::{ASK_BELOW, Model, Reading, SPAM_FROM, TYPES, message_type, read_message, read_with};

use crate::foreign::{self, Foreign};
use crate::labels;
use crate::measures::{Confusion, share, wilson};
use crate::openers::{CLASSES, Class, Opener, PASSES, Split, load};
use crate::train::model_of;

/// Classes without spam; types without messages that say nothing.
const GENUINE: usize = 5;
const KINDS: usize = TYPES.len();

type Read<'a> = (&'a Opener, Reading);

/// Prints all figures.
pub(crate) fn print(split: &Split, data: Option<&Path>) -> anyhow::Result<()> {
    labels::agreement(&load()?);
    println!("\ndevelopment {}, test {} (frozen), by class:", split.development.len(), split.test.len());
    for class in CLASSES {
        let count = |part: &[Opener]| part.iter().filter(|opener| opener.class == class).count();
        println!("{:<12}{:>6}{:>6}", class.name(), count(&split.development), count(&split.test));
    }
    println!("\n# The frozen test part");
    let read: Vec<Read<'_>> = split.test.iter().map(|opener| (opener, read_message(&opener.text))).collect();
    all_classes(&read).print();
    baselines(&read);
    by_language(&read);
    margins(&read);
    own_spam(&read);
    for (pass, name) in PASSES.iter().enumerate() {
        other_pass(split, pass, name);
    }
    data.map_or(Ok(()), foreign_sets)
}

/// The class of a reading.
pub(crate) fn called(reading: &Reading) -> Class {
    match (reading.is_spam, reading.says_nothing) {
        (true, _) => Class::Spam,
        (false, true) => Class::NoContent,
        (false, false) => CLASSES[kind(reading)],
    }
}

/// All six classes.
pub(crate) fn all_classes(read: &[Read<'_>]) -> Confusion {
    Confusion::of(CLASSES.len(), read.iter().map(|(opener, reading)| (opener.class.index(), called(reading).index())))
}

/// The four types, where one must be named.
pub(crate) fn types(read: &[Read<'_>]) -> Confusion {
    let of_type = read.iter().filter(|(opener, _)| opener.class.index() < KINDS);
    Confusion::of(KINDS, of_type.map(|(opener, reading)| (opener.class.index(), kind(reading))))
}

/// The types and messages that say nothing, whatever the verdict on spam.
pub(crate) fn genuine(read: &[Read<'_>]) -> Confusion {
    let called = |reading: &Reading| if reading.says_nothing { KINDS } else { kind(reading) };
    let genuine = read.iter().filter(|(opener, _)| opener.class != Class::Spam);
    Confusion::of(GENUINE, genuine.map(|(opener, reading)| (opener.class.index(), called(reading))))
}

fn kind(reading: &Reading) -> usize {
    let (best, _) = reading.best();
    TYPES.iter().position(|kind| *kind == best).unwrap_or(0)
}

fn baselines(read: &[Read<'_>]) {
    let model = genuine(read);
    let by_words =
        |text: &str| message_type(text).and_then(|found| TYPES.iter().position(|kind| *kind == found)).unwrap_or(KINDS);
    let openers = read.iter().map(|(opener, _)| opener).filter(|opener| opener.class != Class::Spam);
    let words = Confusion::of(GENUINE, openers.map(|opener| (opener.class.index(), by_words(&opener.text))));
    println!("\n## Genuine messages, five classes");
    model.print();
    println!("keywords: accuracy {:.3}, macro-F1 {:.3}", words.accuracy(), words.macro_f1());
    println!("the most frequent class: accuracy {:.3}", model.majority());
}

fn by_language(read: &[Read<'_>]) {
    println!("\n## By language: accuracy of the five classes, of the four types");
    for language in ["en", "de", "fr", "es"] {
        let part: Vec<Read<'_>> = read.iter().filter(|(opener, _)| opener.language == language).copied().collect();
        let (all, types) = (genuine(&part), types(&part));
        println!("{language}  {:.3} of {}   {:.3} of {}", all.accuracy(), all.total(), types.accuracy(), types.total());
    }
}

fn margins(read: &[Read<'_>]) {
    println!("\n## The four types by margin: share that needs no question, accuracy there");
    let of_type: Vec<&Read<'_>> = read.iter().filter(|(opener, _)| opener.class.index() < KINDS).collect();
    for margin in [0.0, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0] {
        let sure: Vec<_> = of_type.iter().filter(|(_, reading)| reading.best().1 >= margin).collect();
        let right = sure.iter().filter(|(opener, reading)| kind(reading) == opener.class.index()).count();
        let mark = if margin == ASK_BELOW { "  <- asks below" } else { "" };
        println!("{margin:.1}  {:.3}  {:.3}{mark}", share(sure.len(), of_type.len()), share(right, sure.len()));
    }
}

fn own_spam(read: &[Read<'_>]) {
    println!("\n## Spam, from log-odds {SPAM_FROM}");
    let of = |is_spam: bool| read.iter().filter(move |(opener, _)| (opener.class == Class::Spam) == is_spam);
    let marked = |is_spam: bool| of(is_spam).filter(|(_, reading)| reading.is_spam).count();
    rate("recall on own spam", marked(true), of(true).count());
    rate("false positives on own genuine messages", marked(false), of(false).count());
}

fn rate(what: &str, part: usize, whole: usize) {
    let (low, high) = wilson(part, whole);
    println!(
        "{what}: {part} of {whole} = {:.2} % (95 %: {:.2} to {:.2} %)",
        100.0 * share(part, whole),
        100.0 * low,
        100.0 * high
    );
}

/// Trains on one pass and measures on all of the other, which another hand wrote.
fn other_pass(split: &Split, pass: usize, name: &str) {
    let (learnt, other): (Vec<Opener>, Vec<Opener>) =
        split.development.iter().chain(&split.test).cloned().partition(|opener| opener.pass == pass);
    let bytes = model_of(&learnt);
    let model = Model::new(&bytes);
    let read: Vec<Read<'_>> = other.iter().map(|opener| (opener, read_with(&model, &opener.text))).collect();
    let (six, five, four) = (all_classes(&read), genuine(&read), types(&read));
    println!("\n# Trained on {name} alone, measured on the other pass ({})", other.len());
    for (what, confusion) in [("six classes", six), ("genuine, five classes", five), ("four types", four)] {
        println!("{what}: accuracy {:.3}, macro-F1 {:.3}", confusion.accuracy(), confusion.macro_f1());
    }
    own_spam(&read);
}

fn foreign_sets(folder: &Path) -> anyhow::Result<()> {
    println!("\n# Foreign sets, from log-odds {SPAM_FROM}; the threshold was chosen with the first one");
    for (number, set) in foreign::genuine(folder)?.iter().enumerate() {
        let read = read_all(set);
        if number == 0 {
            println!("{} by threshold:", set.name);
            for step in 2..13 {
                let from = f64::from(step) / 4.0;
                let marked = read.iter().filter(|reading| reading.spam_log_odds >= from).count();
                rate(&format!("  {from:.2}"), marked, read.len());
            }
        }
        let marked = read.iter().filter(|reading| reading.is_spam).count();
        rate(&format!("{}: genuine called spam", set.name), marked, read.len());
        println!("  {}", distribution(&read));
    }
    let set = foreign::spam(folder)?;
    let read = read_all(&set);
    rate("SMS spam found", read.iter().filter(|reading| reading.is_spam).count(), read.len());
    Ok(())
}

fn read_all(set: &Foreign) -> Vec<Reading> {
    set.texts.iter().map(|text| read_message(text)).collect()
}

/// The share of each class, spam aside, and the highest log-odds of spam.
fn distribution(read: &[Reading]) -> String {
    let calm = read.iter().map(|reading| called(&Reading { is_spam: false, ..*reading }));
    let mut counts = [0; GENUINE];
    calm.for_each(|class| counts[class.index()] += 1);
    let shares = CLASSES
        .iter()
        .zip(counts)
        .map(|(class, count)| format!("{} {:.1} %", class.name(), 100.0 * share(count, read.len())));
    let mut odds: Vec<f64> = read.iter().map(|reading| reading.spam_log_odds).collect();
    odds.sort_by(|a, b| b.total_cmp(a));
    let at = odds[(odds.len() / 1_000).min(odds.len() - 1)];
    format!("{}; one in a thousand is above log-odds {at:.2}", shares.collect::<Vec<_>>().join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A few points below what was measured (`tests/eval/messages/README.md`).
    #[test]
    fn the_committed_model_keeps_its_floors_on_the_frozen_part() {
        let split = Split::load().unwrap();
        let read: Vec<Read<'_>> = split.test.iter().map(|opener| (opener, read_message(&opener.text))).collect();
        let (genuine, types, all) = (genuine(&read), types(&read), all_classes(&read));
        let floors = [
            ("five classes", genuine.accuracy(), 0.85),
            ("macro-F1 of five classes", genuine.macro_f1(), 0.85),
            ("four types", types.accuracy(), 0.85),
            ("recall on spam", all.recall(Class::Spam.index()), 0.55),
            ("precision on spam", all.precision(Class::Spam.index()), 0.97),
        ];
        for (what, found, floor) in floors {
            assert!(found >= floor, "{what}: {found:.3}");
        }
    }
}
