//! What an answer costs: the time to consult the knowledge of a large site, and the memory of its index.
#![expect(clippy::disallowed_methods, reason = "it measures time")]

use crate::taught::{self, Set};
use crate::{pages, taught::known};
use anyhow::Context as _;
use knock_agent::{Language, understand};
use knock_knowledge::SiteIndex;
use knock_ports::{KnownAnswer, StoredPassage};
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

/// The taught answers in each language.
const ANSWERS: usize = 200;
const PASSAGES: usize = 2_000;

/// Prints the cost with the sets in a folder.
pub(crate) fn measure(sets: &Path) -> anyhow::Result<()> {
    let sets_of: Vec<Set> = taught::read(sets)?;
    let answers = answers(&sets_of);
    let passages = passages(&pages::passages(sets)?);
    let asked: Vec<(&str, Language)> = sets_of
        .iter()
        .flat_map(|set| set.asked.iter().map(|asked| (asked.text.as_str(), set.language())))
        .step_by(3)
        .collect();
    let (counts, before) = ((answers.len(), passages.len()), resident());
    let started = Instant::now();
    let index = SiteIndex::new(answers, Vec::new(), passages)?;
    let built = started.elapsed();
    let grown = resident().zip(before).map_or(0, |(after, before)| after.saturating_sub(before));
    // The tables of words are read at the first message.
    index.consult("hello", Language::En)?;
    let timed = |(text, language): &(&str, Language)| -> anyhow::Result<Duration> {
        let started = Instant::now();
        index.heard(text, &understand(text), *language)?;
        Ok(started.elapsed())
    };
    let mut times = asked.iter().map(timed).collect::<anyhow::Result<Vec<_>>>()?;
    times.sort();
    let at = |share: f64| times.get((times.len() as f64 * share) as usize).copied().unwrap_or_default();
    println!("{} answers, {} passages: built in {built:.0?}, {grown} KiB", counts.0, counts.1);
    println!("{} messages: median {:.1?}, p99 {:.1?}, longest {:.1?}", times.len(), at(0.5), at(0.99), at(0.9999));
    Ok(())
}

/// Taught answers of all sets in all languages, with short messages to them as further questions.
fn answers(sets: &[Set]) -> Vec<KnownAnswer> {
    let mut all = Vec::new();
    for language in Language::ALL {
        let of_language = sets.iter().filter(|set| set.language() == *language);
        let questions = of_language.flat_map(|set| {
            let taught = set.taught.iter().map(|answer| (answer.question.clone(), answer.answer.clone()));
            let further = set.asked.iter().filter(|asked| asked.expect.is_some()).take(set.taught.len());
            taught.chain(further.zip(&set.taught).map(|(asked, answer)| (asked.text.clone(), answer.answer.clone())))
        });
        all.extend(questions.take(ANSWERS));
    }
    (1..).zip(all).map(|(number, (question, answer))| known(number, question, answer)).collect()
}

/// As many passages, each with a word of its own.
fn passages(read: &[StoredPassage]) -> Vec<StoredPassage> {
    let numbered = read.iter().cycle().zip(0_u32..).map(|(stored, number)| {
        let mut stored = stored.clone();
        stored.position = number;
        stored.passage.text.push_str(&format!(" Ref{number}."));
        stored
    });
    numbered.take(PASSAGES).collect()
}

/// The resident memory of this process, in KiB.
fn resident() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").context("no status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().trim_end_matches(" kB").trim().parse().ok()
}
