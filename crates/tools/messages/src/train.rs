//! `train`: fits the two heads of the model to the development part, packs them and says what they were made of.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use knock_intent::{MODEL_BYTES, NOTHING, words_of};
use serde::{Deserialize, Serialize};

use crate::fit::{Linear, Method};
use crate::openers::{CLASSES, Class, Opener, PASSES, Split, digest_of, sha256};
use crate::pack::pack;
use crate::places;
use crate::recipe::{Recipe, calibration, fold_of};

pub(crate) const MODEL: &str = "crates/domain/intent/data/messages.model";
const WORDS: &str = "crates/domain/intent/data/words.txt";
const THEMES: &str = "crates/domain/intent/data/themes.txt";
pub(crate) const PROVENANCE: &str = "crates/domain/intent/data/messages.json";

/// The head that tells the four types and messages without content apart. Chosen by `train --compare`.
pub(crate) const INTENT: Recipe =
    Recipe { method: Method::Logistic { ridge: 3e-4 }, groups: [0.5, 1.0, 0.1, 0.4], is_cased: false, at_least: 2 };

/// The head that tells spam from the rest. Chosen by `train --compare`.
pub(crate) const SPAM: Recipe = Recipe { is_cased: true, groups: [0.5, 1.0, 0.2, 0.4], ..INTENT };

/// The provenance of a model.
#[derive(Debug, Deserialize, PartialEq, Serialize)]
pub(crate) struct Provenance {
    pub(crate) command: String,
    /// The sha256 of the development part of each pass, which is all that was learnt from.
    pub(crate) trained_on: BTreeMap<String, String>,
    /// The sha256 of the lists of themes, which are features.
    pub(crate) themes: String,
    /// The sha256 of the frozen test part, which nothing was learnt from.
    pub(crate) test: String,
    /// Messages of each class in the development part.
    pub(crate) messages: BTreeMap<String, usize>,
    pub(crate) intent: String,
    pub(crate) spam: String,
    /// The seed; none if nothing is random.
    pub(crate) seed: Option<u64>,
    pub(crate) model: String,
    pub(crate) bytes: usize,
}

/// The class of a message for the first head; spam is none of its business.
pub(crate) fn intent_class(opener: &Opener) -> Option<usize> {
    (opener.class != Class::Spam).then_some(opener.class.index())
}

/// The class of a message for the second head.
pub(crate) fn spam_class(opener: &Opener) -> Option<usize> {
    Some(usize::from(opener.class == Class::Spam))
}

/// Makes a model of messages.
pub(crate) fn model_of(openers: &[Opener]) -> Box<[u8; MODEL_BYTES]> {
    let intent = head(&INTENT, NOTHING + 1, openers, intent_class);
    let spam = head(&SPAM, 2, openers, spam_class);
    pack(&intent, &INTENT, &spam, &SPAM)
}

/// A head whose logits are as sure as it is right on messages it has not seen.
fn head(recipe: &Recipe, classes: usize, openers: &[Opener], class: fn(&Opener) -> Option<usize>) -> Linear {
    let samples = recipe.samples(openers, class);
    let factor = calibration(&recipe.cross_fit(classes, &samples, fold_of), &samples);
    let mut head = recipe.fit(classes, &samples);
    head.weights.iter_mut().flatten().chain(&mut head.bias).for_each(|weight| *weight *= factor);
    head
}

/// Trains, and writes model and provenance.
pub(crate) fn write(split: &Split) -> anyhow::Result<()> {
    let model = model_of(&split.development);
    fs::write(places::at(MODEL), *model)?;
    fs::write(places::at(WORDS), words(split) + "\n")?;
    let provenance = provenance(split, &*model)?;
    fs::write(places::at(PROVENANCE), serde_json::to_string_pretty(&provenance)? + "\n")?;
    println!("{MODEL}: {} bytes, sha256 {}", provenance.bytes, provenance.model);
    Ok(())
}

/// The words of messages with a purpose, in order.
fn words(split: &Split) -> String {
    let is_plain = |opener: &&Opener| !matches!(opener.class, Class::NoContent | Class::Spam);
    let messages = split.development.iter().filter(is_plain);
    let words: BTreeSet<String> = messages.flat_map(|opener| words_of(&opener.text)).collect();
    words.into_iter().collect::<Vec<_>>().join(" ")
}

fn provenance(split: &Split, model: &[u8]) -> anyhow::Result<Provenance> {
    let part = |pass: usize| digest_of(split.development.iter().filter(|opener| opener.pass == pass));
    let count = |class: Class| split.development.iter().filter(|opener| opener.class == class).count();
    Ok(Provenance {
        command: "cargo xtask train".to_owned(),
        trained_on: PASSES.iter().enumerate().map(|(pass, name)| ((*name).to_owned(), part(pass))).collect(),
        themes: sha256(&fs::read(places::at(THEMES))?),
        test: digest_of(&split.test),
        messages: CLASSES.iter().map(|class| (class.name().to_owned(), count(*class))).collect(),
        intent: format!("{INTENT:?}"),
        spam: format!("{SPAM:?}"),
        seed: None,
        model: sha256(model),
        bytes: model.len(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_committed_model_is_the_one_its_provenance_tells_of() {
        let stored: Provenance = serde_json::from_str(&fs::read_to_string(places::at(PROVENANCE)).unwrap()).unwrap();
        let model = fs::read(places::at(MODEL)).unwrap();
        assert_eq!(stored, provenance(&Split::load().unwrap(), &model).unwrap());
        assert!(model.len() < 200_000);
        assert_eq!(fs::read_to_string(places::at(WORDS)).unwrap().trim_end(), words(&Split::load().unwrap()));
    }
}
