//! Taught answers: which of them a message gets, by the measures of the sets' README.

use anyhow::{Context as _, ensure};
use knock_agent::{Handover, Language, understand};
use knock_knowledge::SiteIndex;
use knock_model::{AnswerId, Millis, SiteId};
use knock_ports::{Consulted, FoundIn, KnownAnswer};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{fs, iter};

/// A file of a business in one language.
#[derive(Deserialize)]
pub(crate) struct Set {
    business: String,
    #[serde(deserialize_with = "language")]
    language: Language,
    pub(crate) taught: Vec<Answer>,
    pub(crate) asked: Vec<Asked>,
}

impl Set {
    pub(crate) fn language(&self) -> Language {
        self.language
    }
}

fn language<'de, D: Deserializer<'de>>(from: D) -> Result<Language, D::Error> {
    let code = String::deserialize(from)?;
    Language::parse(&code).ok_or_else(|| D::Error::custom(format!("no language {code}")))
}

#[derive(Deserialize)]
pub(crate) struct Answer {
    id: String,
    pub(crate) question: String,
    pub(crate) answer: String,
}

/// A message, with the taught answer that it should get.
#[derive(Deserialize)]
pub(crate) struct Asked {
    pub(crate) text: String,
    pub(crate) expect: Option<String>,
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
    /// Whether the team gets the chat at this message.
    is_handed_over: bool,
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
    /// Of messages that an answer fits, those whose chat reaches a rep: at once, or since what is given or offered does not
    /// help.
    rep: f64,
}

/// Prints the measures of the sets in a folder.
pub(crate) fn measure(sets: &Path, errors: bool) -> anyhow::Result<()> {
    let mut languages: BTreeMap<String, Vec<Figures>> = BTreeMap::new();
    println!("taught answers        right  wrong  false   near     F1   top3   vain    rep");
    for set in read(sets)? {
        let given = asked(&set)?;
        if errors {
            given.iter().for_each(print_error);
        }
        let figures = figures(&given);
        print(&format!("{} {}", set.business, set.language.as_str()), figures);
        languages.entry(set.language.as_str().to_owned()).or_default().push(figures);
    }
    let means: Vec<(String, Figures)> = languages.into_iter().map(|(name, each)| (name, mean(&each))).collect();
    means.iter().for_each(|(name, figures)| print(&format!("mean {name}"), *figures));
    let total: Vec<Figures> = means.into_iter().map(|(_, figures)| figures).collect();
    print("mean", mean(&total));
    Ok(())
}

/// The sets of a folder.
pub(crate) fn read(sets: &Path) -> anyhow::Result<Vec<Set>> {
    let read = |path: PathBuf| -> anyhow::Result<Set> {
        let read = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        serde_json::from_slice(&read).with_context(|| format!("cannot parse {}", path.display()))
    };
    files(sets)?.into_iter().map(read).collect()
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
    let id = |number: i64| AnswerId::new(Millis(number), &[0; 10]);
    let ids: BTreeMap<AnswerId, &str> = (1..).map(id).zip(set.taught.iter().map(|answer| answer.id.as_str())).collect();
    let known = (1..).zip(&set.taught).map(|(id, answer)| known(id, answer.question.clone(), answer.answer.clone()));
    let index = SiteIndex::new(known.collect(), Vec::new(), Vec::new())?;
    let ask = |asked| -> anyhow::Result<Given<'_>> {
        let said = consulted(&index, asked, set.language)?;
        let found = said.found.first();
        let answer = found.and_then(|found| match &found.source {
            FoundIn::Question { id, .. } => ids.get(id).copied(),
            _ => None,
        });
        let offered = said.offered.iter().filter_map(|offered| ids.get(&offered.id).copied()).collect();
        let confidence = said.scores.first().map_or(0, |closest| closest.score);
        let is_handed_over = is_handed_over(asked, &said);
        Ok(Given { asked, answer, offered, confidence, is_handed_over })
    };
    set.asked.iter().map(ask).collect()
}

/// An answer of a team.
pub(crate) fn known(number: i64, question: String, answer: String) -> KnownAnswer {
    let (id, wordings) = (AnswerId::new(Millis(number), &[0; 10]), Vec::new());
    KnownAnswer { id, site: SiteId(1), question, wordings, answer, updated_at: Millis(0) }
}

/// Whether the chat of a visitor without much activity is given to the team at this message.
fn is_handed_over(asked: &Asked, said: &Consulted) -> bool {
    let has_answer = !said.found.is_empty() || !said.offered.is_empty();
    let understood = &understand(&asked.text);
    let is_taught = !said.found.is_empty();
    Handover { understood, asked: None, is_taught, has_answer, is_question: true, is_ready: false }.is_due()
}

fn consulted(index: &SiteIndex, asked: &Asked, language: Language) -> anyhow::Result<Consulted> {
    Ok(index.heard(&asked.text, &understand(&asked.text), language)?)
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
        rep: covered(&|given| given.is_handed_over || !is_listed(given)),
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
        rep: of(|each| each.rep),
    }
}

fn print(name: &str, figures: Figures) {
    let Figures { right, wrong, untrue, near, f1, top3, vain, rep } = figures;
    let values =
        [right, wrong, untrue, near, f1, top3, vain, rep].map(|value| format!("{:>6.1}", value * 100.0)).join(" ");
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
