//! A target as an ordinary test: its corpus, then inputs made from it, the same in every run.

use crate::corpus::{Seed, keep, seeds};
use crate::mutate::mutated;
use fastrand::Rng;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

/// Inputs made from the corpus.
const MADE: usize = 4_000;
/// The number of generated inputs instead.
const CASES: &str = "KNOCK_FUZZ_CASES";

/// Tries `check` on every file of the target's corpus, and on inputs made from them.
///
/// # Panics
/// When `check` does; the input is kept in the corpus then.
pub fn target(name: &str, check: impl Fn(&[u8])) {
    let seeds = seeds(name);
    for Seed { file, bytes } in &seeds {
        attempt(&check, bytes, || eprint(&format!("{name} does not hold for {}", file.display())));
    }
    let seeds: Vec<&[u8]> = seeds.iter().map(|seed| seed.bytes.as_slice()).collect();
    let mut rng = Rng::with_seed(0);
    for _ in 0..made() {
        let input = mutated(&seeds, &mut rng);
        attempt(&check, &input, || {
            let file = keep(name, &input);
            eprint(&format!(
                "{name} does not hold for {:?},\nkept as {}",
                String::from_utf8_lossy(&input),
                file.display()
            ));
        });
    }
}

fn attempt(check: &impl Fn(&[u8]), input: &[u8], report: impl FnOnce()) {
    if let Err(panic) = catch_unwind(AssertUnwindSafe(|| check(input))) {
        report();
        resume_unwind(panic);
    }
}

fn made() -> usize {
    #[expect(clippy::disallowed_methods, reason = "tests have no configuration but this")]
    let cases = std::env::var(CASES).ok();
    cases.map_or(MADE, |cases| cases.parse().unwrap_or_else(|_| panic!("{CASES} is not a number")))
}

#[expect(clippy::print_stderr, reason = "a test that fails says what for")]
fn eprint(line: &str) {
    eprintln!("{line}");
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::RefCell;

    fn tried() -> Vec<Vec<u8>> {
        let tried = RefCell::new(Vec::new());
        target("email", |input| tried.borrow_mut().push(input.to_vec()));
        tried.into_inner()
    }

    #[test]
    fn every_run_tries_the_corpus_and_the_same_inputs_after_it() {
        let (first, second) = (tried(), tried());
        assert_eq!(first, second);
        let corpus = seeds("email");
        assert!(first.iter().zip(&corpus).all(|(tried, seed)| *tried == seed.bytes));
        assert_eq!(first.len(), corpus.len() + made());
    }

    #[test]
    fn what_is_made_differs_from_what_it_is_made_of() {
        let corpus = seeds("email");
        let known = |input: &Vec<u8>| corpus.iter().any(|seed| seed.bytes == *input);
        let made = &tried()[corpus.len()..];
        assert!(made.iter().filter(|input| known(input)).count() < made.len() / 4);
    }
}
