//! Taught answers: which of them a message gets, by the measures of the sets' README.

use anyhow::{Context as _, ensure};
use knock_agent::{Language, understand};
use knock_knowledge::SiteIndex;
use knock_model::{AnswerId, Millis, SiteId};
use knock_ports::{Consulted, FoundIn, KnownAnswer};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{fs, iter};

/// A file of a business in one language.
#[derive(Deserialize)]
struct Set {
    business: String,
    language: String,
    taught: Vec<Answer>,
    asked: Vec<Asked>,
}

#[derive(Deserialize)]
struct Answer {
    id: String,
    question: String,
    answer: String,
}

/// A message, with the taught answer that it should get.
#[derive(Deserialize)]
struct Asked {
    text: String,
    expect: Option<String>,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Paraphrase,
    Keywords,
    Typo,
    Context,
    NearMiss,
    Uncovered,
    NoQuestion,
}

impl Kind {
    fn is_covered(self) -> bool {
        matches!(self, Kind::Paraphrase | Kind::Keywords | Kind::Typo | Kind::Context)
    }

    fn is_uncovered(self) -> bool {
        matches!(self, Kind::Uncovered | Kind::NoQuestion)
    }
}

/// What a message gets, by the ids of the set.
struct Given<'s> {
    asked: &'s Asked,
    answer: Option<&'s str>,
    offered: Vec<&'s str>,
    confidence: u8,
}

/// Shares, 0 to 1, of a file or their mean.
#[derive(Clone, Copy, Default)]
struct Figures {
    right: f64,
    wrong: f64,
    /// Of messages that no taught answer fits, those that get one.
    untrue: f64,
    near: f64,
    f1: f64,
    top3: f64,
    /// Of messages that no taught answer fits, those that are offered questions.
    vain: f64,
}

/// Prints the measures of the sets in a folder.
pub(crate) fn measure(sets: &Path, errors: bool) -> anyhow::Result<()> {
    let mut languages: BTreeMap<String, Vec<Figures>> = BTreeMap::new();
    println!("taught answers        right  wrong  false   near     F1   top3   vain");
    for path in files(sets)? {
        let read = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let set: Set = serde_json::from_slice(&read).with_context(|| format!("cannot parse {}", path.display()))?;
        let given = asked(&set)?;
        if errors {
            given.iter().for_each(print_error);
        }
        let figures = figures(&given);
        print(&format!("{} {}", set.business, set.language), figures);
        languages.entry(set.language).or_default().push(figures);
    }
    let means: Vec<(String, Figures)> = languages.into_iter().map(|(name, each)| (name, mean(&each))).collect();
    means.iter().for_each(|(name, figures)| print(&format!("mean {name}"), *figures));
    let total: Vec<Figures> = means.into_iter().map(|(_, figures)| figures).collect();
    print("mean", mean(&total));
    Ok(())
}

fn files(sets: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let read = fs::read_dir(sets).with_context(|| format!("cannot read {}", sets.display()))?;
    let mut files: Vec<PathBuf> = read.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
    files.retain(|path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name.starts_with("faq-") && path.extension().is_some_and(|ending| ending == "json")
    });
    files.sort();
    ensure!(!files.is_empty(), "{} has no faq-*.json", sets.display());
    Ok(files)
}

/// Asks a site that knows only the answers of a set.
fn asked(set: &Set) -> anyhow::Result<Vec<Given<'_>>> {
    let language = Language::parse(&set.language).with_context(|| format!("no language {}", set.language))?;
    let id = |number: i64| AnswerId::new(Millis(number), &[0; 10]);
    let ids: BTreeMap<AnswerId, &str> = (1..).map(id).zip(set.taught.iter().map(|answer| answer.id.as_str())).collect();
    let known = ids.keys().zip(&set.taught).map(|(id, answer)| KnownAnswer {
        id: *id,
        site: SiteId(1),
        question: answer.question.clone(),
        wordings: Vec::new(),
        answer: answer.answer.clone(),
        updated_at: Millis(0),
    });
    let index = SiteIndex::new(known.collect(), Vec::new(), Vec::new())?;
    let ask = |asked| -> anyhow::Result<Given<'_>> {
        let said = consulted(&index, asked, language)?;
        let found = said.found.first();
        let answer = found.and_then(|found| match &found.source {
            FoundIn::Question { id, .. } => ids.get(id).copied(),
            _ => None,
        });
        let offered = said.offered.iter().filter_map(|offered| ids.get(&offered.id).copied()).collect();
        let confidence = said.scores.first().map_or(0, |closest| closest.score);
        Ok(Given { asked, answer, offered, confidence })
    };
    set.asked.iter().map(ask).collect()
}

fn consulted(index: &SiteIndex, asked: &Asked, language: Language) -> anyhow::Result<Consulted> {
    if understand(&asked.text).is_searched() {
        return Ok(index.consult(&asked.text, language)?);
    }
    Ok(Consulted::default())
}

fn figures(given: &[Given<'_>]) -> Figures {
    let expected = |given: &&Given<'_>| given.asked.expect.is_some();
    let is_right = |given: &&Given<'_>| given.answer.is_some() && given.answer == given.asked.expect.as_deref();
    let is_answered = |given: &&Given<'_>| given.answer.is_some();
    let is_listed = |given: &&Given<'_>| {
        let offered = given.offered.iter().copied();
        offered.chain(given.answer).any(|id| Some(id) == given.asked.expect.as_deref())
    };
    let of = |kinds: fn(Kind) -> bool| given.iter().filter(move |given| kinds(given.asked.kind));
    let covered = |hit: &dyn Fn(&&Given<'_>) -> bool| share(of(Kind::is_covered), hit);
    let right = given.iter().filter(is_right).count() as f64;
    let precision = right / (given.iter().filter(is_answered).count() as f64).max(1.0);
    let recall = right / (given.iter().filter(expected).count() as f64).max(1.0);
    Figures {
        right: covered(&is_right),
        wrong: covered(&|given| is_answered(given) && !is_right(given)),
        untrue: share(of(Kind::is_uncovered), &is_answered),
        near: share(of(|kind| kind == Kind::NearMiss), &|given| is_answered(given) && !is_right(given)),
        f1: if right > 0.0 { 2.0 * precision * recall / (precision + recall) } else { 0.0 },
        top3: covered(&is_listed),
        vain: share(of(Kind::is_uncovered), &|given| !given.offered.is_empty()),
    }
}

fn share<'g, 's: 'g>(given: impl Iterator<Item = &'g Given<'s>> + Clone, hit: &dyn Fn(&&'g Given<'s>) -> bool) -> f64 {
    given.clone().filter(hit).count() as f64 / (given.count() as f64).max(1.0)
}

fn mean(each: &[Figures]) -> Figures {
    let of = |value: fn(&Figures) -> f64| each.iter().map(value).sum::<f64>() / (each.len() as f64).max(1.0);
    Figures {
        right: of(|each| each.right),
        wrong: of(|each| each.wrong),
        untrue: of(|each| each.untrue),
        near: of(|each| each.near),
        f1: of(|each| each.f1),
        top3: of(|each| each.top3),
        vain: of(|each| each.vain),
    }
}

fn print(name: &str, figures: Figures) {
    let Figures { right, wrong, untrue, near, f1, top3, vain } = figures;
    let values = [right, wrong, untrue, near, f1, top3, vain].map(|value| format!("{:>6.1}", value * 100.0)).join(" ");
    println!("{name:<20} {values}");
}

/// Prints a message that does not get what is expected.
fn print_error(given: &Given<'_>) {
    let expected = given.asked.expect.as_deref();
    if given.answer != expected {
        let offered = iter::once(given.answer.unwrap_or("-")).chain(given.offered.iter().copied());
        let offered = offered.collect::<Vec<_>>().join(" ");
        println!("  {} -> {offered} ({}): {}", expected.unwrap_or("-"), given.confidence, given.asked.text);
    }
}
