//! `train --compare`: what other recipes reach on the development part, by held-out fifths and held-out passes.

use knock_intent::NOTHING;

use crate::fit::Method;
use crate::measures::{Confusion, share};
use crate::openers::{CLASSES, Class, Opener};
use crate::recipe::{Recipe, Sample, calibration, fold_of, loss};
use crate::train::{INTENT, SPAM, intent_class, spam_class};

/// Prints a line for each recipe.
pub(crate) fn compare(development: &[Opener]) {
    let methods = [
        Method::Bayes { smoothing: 0.1 },
        Method::Scaled { ridge: 3e-4 },
        Method::Logistic { ridge: 1e-4 },
        Method::Logistic { ridge: 1e-3 },
    ];
    let [words, parts, marks, themes] = [0, 1, 2, 3];
    let by_groups = |base: Recipe| {
        [(words, 0.0), (words, 1.0), (parts, 0.0), (marks, 0.1), (marks, 0.3), (themes, 0.0), (themes, 0.2)].map(
            |(group, weight)| {
                let mut groups = base.groups;
                groups[group] = weight;
                Recipe { groups, ..base }
            },
        )
    };
    let by_method = |base: Recipe| methods.map(|method| Recipe { method, ..base });
    for (name, base, classes) in [("intent", INTENT, CLASSES.len() - 1), ("spam", SPAM, 2)] {
        println!("{name}: in fifths and by pass: macro-F1, loss; for spam also recall at 0 and at 1 % false positives");
        let recipes = by_method(base).into_iter().chain(by_groups(base));
        for recipe in std::iter::once(base).chain(recipes) {
            let samples = recipe.samples(development, if classes == 2 { spam_class } else { intent_class });
            let fifths = held_out(&recipe, classes, &samples, fold_of);
            let passes = held_out(&recipe, classes, &samples, |opener| opener.pass);
            println!("{fifths}   {passes}   {recipe:?}");
        }
    }
}

/// Prints what held-out fits get wrong: for each head the true class, the called one and the message.
/// Then what the margin and the threshold of spam would cost, which is what they were chosen by.
pub(crate) fn errors(development: &[Opener]) {
    let intent = calibrated(&INTENT, CLASSES.len() - 1, development, intent_class);
    for (opener, logits) in &intent {
        let called = CLASSES[best(logits)];
        if called != opener.class {
            println!("{} called {}\t{}", opener.class.name(), called.name(), opener.text);
        }
    }
    let spam = calibrated(&SPAM, 2, development, spam_class);
    let odds: Vec<(&Opener, f64)> = spam.iter().map(|(opener, logits)| (*opener, logits[1] - logits[0])).collect();
    for (opener, odds) in &odds {
        if (*odds > 0.0) != (opener.class == Class::Spam) {
            println!("{} spam log-odds {odds:.1}\t{}", opener.class.name(), opener.text);
        }
    }
    println!("margin: share of the four types that needs no question, accuracy there");
    let types: Vec<_> = intent.iter().filter(|(opener, _)| opener.class != Class::NoContent).collect();
    for step in 0..9 {
        let margin = f64::from(step) / 2.0;
        let sure: Vec<_> = types.iter().filter(|(_, logits)| lead(&logits[..NOTHING]) >= margin).collect();
        let right = sure.iter().filter(|(opener, logits)| best(&logits[..NOTHING]) == opener.class.index()).count();
        println!("{margin:.1}  {:.3}  {:.3}", share(sure.len(), types.len()), share(right, sure.len()));
    }
    println!("spam from log-odds: recall, false positives");
    for step in 0..17 {
        let from = f64::from(step) / 4.0;
        let marked =
            |is_spam| odds.iter().filter(|(o, odds)| (o.class == Class::Spam) == is_spam && *odds >= from).count();
        let spam = odds.iter().filter(|(opener, _)| opener.class == Class::Spam).count();
        println!("{from:.2}  {:.3}  {} of {}", share(marked(true), spam), marked(false), odds.len() - spam);
    }
}

/// Held-out logits, as sure as those of the shipped head.
fn calibrated<'a>(
    recipe: &Recipe,
    classes: usize,
    development: &'a [Opener],
    class: fn(&Opener) -> Option<usize>,
) -> Vec<(&'a Opener, Vec<f64>)> {
    let samples = recipe.samples(development, class);
    let mut logits = recipe.cross_fit(classes, &samples, fold_of);
    let factor = calibration(&logits, &samples);
    logits.iter_mut().flatten().for_each(|logit| *logit *= factor);
    samples.iter().map(|sample| sample.opener).zip(logits).collect()
}

/// By how much the strongest leads.
fn lead(logits: &[f64]) -> f64 {
    let strongest = best(logits);
    let others = logits.iter().enumerate().filter(|(at, _)| *at != strongest);
    logits[strongest] - others.map(|(_, logit)| *logit).fold(f64::NEG_INFINITY, f64::max)
}

fn best(logits: &[f64]) -> usize {
    (0..logits.len()).max_by(|a, b| logits[*a].total_cmp(&logits[*b])).unwrap_or(0)
}

fn held_out(recipe: &Recipe, classes: usize, samples: &[Sample<'_>], group: impl Fn(&Opener) -> usize) -> String {
    let logits = recipe.cross_fit(classes, samples, group);
    let confusion = Confusion::of(classes, samples.iter().zip(&logits).map(|(sample, l)| (sample.class, best(l))));
    let factor = calibration(&logits, samples);
    let mut line = format!("{:.3} {:.3}", confusion.macro_f1(), loss(&logits, samples, factor));
    if classes == 2 {
        let odds: Vec<f64> = logits.iter().map(|logits| logits[1] - logits[0]).collect();
        line += &format!(" {:.3} {:.3}", recall_at(0.0, &odds, samples), recall_at(0.01, &odds, samples));
    }
    line
}

/// The share of spam above the threshold that this share of genuine messages passes.
fn recall_at(false_positives: f64, odds: &[f64], samples: &[Sample<'_>]) -> f64 {
    let of = |is_spam: bool| {
        let chosen = odds.iter().zip(samples).filter(move |(_, s)| (s.opener.class == Class::Spam) == is_spam);
        chosen.map(|(odds, _)| *odds).collect::<Vec<f64>>()
    };
    let (mut genuine, spam) = (of(false), of(true));
    genuine.sort_by(|a, b| b.total_cmp(a));
    let threshold = genuine[(genuine.len() as f64 * false_positives) as usize];
    share(spam.iter().filter(|odds| **odds > threshold).count(), spam.len())
}
