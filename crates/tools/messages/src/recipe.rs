//! Recipes: from messages to vectors, from vectors to a fitted head, and how sure a head may be.

use knock_intent::{BUCKETS, CASED_MARKS, Features, MARKS, THEMES};

use crate::fit::{Linear, Method, Vector, fit, softmax};
use crate::openers::Opener;

/// Places of a vector: words, parts of words, marks, themes.
pub(crate) const PLACES: usize = 2 * BUCKETS + MARKS + THEMES;

/// The recipe of a head.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Recipe {
    pub(crate) method: Method,
    /// The weights of words, parts, marks and themes.
    pub(crate) groups: [f64; 4],
    /// Whether marks of capitals are seen.
    pub(crate) is_cased: bool,
    /// Messages that must have a feature for it to count.
    pub(crate) at_least: usize,
}

/// A message ready for fitting.
pub(crate) struct Sample<'a> {
    pub(crate) opener: &'a Opener,
    pub(crate) class: usize,
    vector: Vector,
}

impl Recipe {
    /// The vectors of messages that have a class.
    pub(crate) fn samples<'a>(
        &self,
        openers: &'a [Opener],
        class: impl Fn(&Opener) -> Option<usize>,
    ) -> Vec<Sample<'a>> {
        let sample = |opener: &'a Opener| {
            let class = class(opener)?;
            Some(Sample { opener, class, vector: self.vector(&Features::of(&opener.text)) })
        };
        openers.iter().filter_map(sample).collect()
    }

    fn vector(&self, features: &Features) -> Vector {
        let [words, parts, mark, theme] = self.groups;
        let per_root = |weight: f64, list: &[u16]| weight / libm::sqrt(list.len().max(1) as f64);
        let (word, part) = (per_root(words, &features.words), per_root(parts, &features.parts));
        let seen = if self.is_cased { features.marks } else { features.marks & !CASED_MARKS };
        let words = features.words.iter().map(|at| (usize::from(*at), word));
        let parts = features.parts.iter().map(|at| (BUCKETS + usize::from(*at), part));
        let marks = (0..MARKS).filter(|at| seen >> at & 1 == 1).map(|at| (2 * BUCKETS + at, mark));
        let themes = (0..THEMES).filter(|at| features.themes >> at & 1 == 1);
        let themes = themes.map(|at| (2 * BUCKETS + MARKS + at, theme));
        words.chain(parts).chain(marks).chain(themes).collect()
    }

    /// Fits a head of `classes` to samples.
    pub(crate) fn fit<'s>(&self, classes: usize, samples: impl IntoIterator<Item = &'s Sample<'s>>) -> Linear {
        let samples: Vec<&Sample<'_>> = samples.into_iter().collect();
        let mut counts = vec![0; PLACES];
        samples.iter().flat_map(|sample| &sample.vector).for_each(|(place, _)| counts[*place] += 1);
        let kept: Vec<usize> = (0..PLACES).filter(|place| counts[*place] >= self.at_least).collect();
        let mut index = vec![usize::MAX; PLACES];
        kept.iter().enumerate().for_each(|(dense, place)| index[*place] = dense);
        let dense = |vector: &Vector| -> Vector {
            vector.iter().map(|(place, value)| (index[*place], *value)).filter(|(at, _)| *at != usize::MAX).collect()
        };
        let vectors: Vec<(Vector, usize)> = samples.iter().map(|s| (dense(&s.vector), s.class)).collect();
        let pairs: Vec<(&Vector, usize)> = vectors.iter().map(|(vector, class)| (vector, *class)).collect();
        let small = fit(self.method, classes, kept.len(), &pairs);
        let spread = |weights: &Vec<f64>| {
            let mut all = vec![0.0; PLACES];
            kept.iter().zip(weights).for_each(|(place, weight)| all[*place] = *weight);
            all
        };
        Linear { weights: small.weights.iter().map(spread).collect(), bias: small.bias }
    }

    /// For every sample what a head says that was fitted to the samples of all other groups.
    pub(crate) fn cross_fit(
        &self,
        classes: usize,
        samples: &[Sample<'_>],
        group: impl Fn(&Opener) -> usize,
    ) -> Vec<Vec<f64>> {
        let mut logits = vec![Vec::new(); samples.len()];
        let groups: std::collections::BTreeSet<usize> = samples.iter().map(|sample| group(sample.opener)).collect();
        for held_out in groups {
            let head = self.fit(classes, samples.iter().filter(|sample| group(sample.opener) != held_out));
            for (sample, logits) in samples.iter().zip(&mut logits) {
                if group(sample.opener) == held_out {
                    *logits = head.logits(&sample.vector);
                }
            }
        }
        logits
    }
}

/// Five groups by another byte of the hash that splits the parts.
pub(crate) fn fold_of(opener: &Opener) -> usize {
    usize::from(opener.digest()[1] % 5)
}

/// The mean logarithmic loss of logits times `factor`.
pub(crate) fn loss(logits: &[Vec<f64>], samples: &[Sample<'_>], factor: f64) -> f64 {
    let one = |(logits, sample): (&Vec<f64>, &Sample<'_>)| {
        let mut chances: Vec<f64> = logits.iter().map(|logit| logit * factor).collect();
        softmax(&mut chances);
        -libm::log(chances[sample.class].max(1e-12))
    };
    logits.iter().zip(samples).map(one).sum::<f64>() / samples.len().max(1) as f64
}

/// The factor that makes held-out logits neither too sure nor too shy.
pub(crate) fn calibration(logits: &[Vec<f64>], samples: &[Sample<'_>]) -> f64 {
    let factors = (1..=200).map(|step| f64::from(step) / 20.0);
    let scored = factors.map(|factor| (loss(logits, samples, factor), factor));
    scored.fold((f64::INFINITY, 1.0), |best, next| if next.0 < best.0 { next } else { best }).1
}
