//! Answers from the pages of small websites: the share that is right, wrong, or given where the pages say nothing.

use anyhow::{Context as _, Result};
use knock_agent::Language;
use knock_knowledge::{SiteIndex, read_document};
use knock_model::{Millis, SourceId};
use knock_ports::StoredPassage;
use regex::{Regex, RegexBuilder};
use serde::Deserialize;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The longest answer, in characters.
const LONGEST: usize = 300;
/// Elements whose text is of no use in an answer.
const NO_CONTENT: &str = r#"(?is)<nav\b.*?</nav>|<footer\b.*?</footer>|<aside\b.*?</aside>|<form\b.*?</form>|<button\b.*?</button>|<div id="cookie.*?</div>|<p class="(breadcrumb|cta)".*?</p>|<a class="skip".*?</a>|<head\b.*?</head>|<script\b.*?</script>"#;

/// A website with questions about it.
#[derive(Deserialize)]
struct Site {
    language: String,
    folder: String,
    pages: Vec<String>,
    questions: Vec<Question>,
}

#[derive(Deserialize)]
struct Question {
    text: String,
    /// What a right answer contains; none if the pages don't say it.
    fact: Option<String>,
}

/// How the questions of a site were answered.
#[derive(Default)]
struct Counts {
    right: usize,
    wrong: usize,
    with_fact: usize,
    invented: usize,
    without_fact: usize,
}

/// Prints the measures of the sets in a folder.
pub(crate) fn measure(sets: &Path, errors: bool) -> Result<()> {
    let folder = sets.join("pages");
    let mut shares = Vec::new();
    for site in sites(&folder)? {
        let counts = ask(&folder, &site, errors)?;
        let found = [
            share(counts.right, counts.with_fact),
            share(counts.wrong, counts.with_fact),
            share(counts.invented, counts.without_fact),
        ];
        print_line(&site.folder, found);
        shares.push(found);
    }
    let mean = |part: usize| shares.iter().map(|found| found[part]).sum::<f64>() / shares.len().max(1) as f64;
    print_line("pages: mean", [mean(0), mean(1), mean(2)]);
    Ok(())
}

/// The passages of all sites in a folder.
pub(crate) fn passages(sets: &Path) -> Result<Vec<StoredPassage>> {
    let folder = sets.join("pages");
    let mut all = Vec::new();
    for site in sites(&folder)? {
        all.extend(read(&folder, &site)?.0);
    }
    Ok(all)
}

fn sites(folder: &Path) -> Result<Vec<Site>> {
    let entries = fs::read_dir(folder).with_context(|| format!("read {}", folder.display()))?;
    let mut files: Vec<PathBuf> = entries.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?;
    files.retain(|file| file.extension().is_some_and(|kind| kind == "json"));
    files.sort();
    let site = |file: &PathBuf| serde_json::from_slice(&fs::read(file)?).with_context(|| format!("{}", file.display()));
    files.iter().map(site).collect()
}

fn ask(folder: &Path, site: &Site, errors: bool) -> Result<Counts> {
    let (passages, no_content) = read(folder, site)?;
    let index = SiteIndex::new(Vec::new(), Vec::new(), passages)?;
    let language = Language::of_tag(&site.language).context("a language of the agent")?;
    let mut counts = Counts::default();
    for question in &site.questions {
        let said = index.consult(&question.text, language)?;
        let given = said.found.first();
        let as_expected = match (&question.fact, given) {
            (Some(fact), Some(given)) => {
                let fact = RegexBuilder::new(fact).case_insensitive(true).build()?;
                let is_clean = !no_content.iter().any(|text| given.text.contains(text));
                is_clean && given.text.chars().count() <= LONGEST && fact.is_match(&given.text)
            }
            (fact, given) => fact.is_none() && given.is_none(),
        };
        match question.fact {
            Some(_) => {
                counts.with_fact += 1;
                counts.right += usize::from(as_expected);
                counts.wrong += usize::from(!as_expected && given.is_some());
            }
            None => {
                counts.without_fact += 1;
                counts.invented += usize::from(!as_expected);
            }
        }
        if errors && !as_expected {
            let given = given.map_or("nothing".into(), |given| format!("{} {:?}", given.confidence, given.text));
            println!("  {:?}: {given}; expected {:?}", question.text, question.fact);
        }
    }
    Ok(counts)
}

/// The passages of a site, and the texts that no answer may contain.
fn read(folder: &Path, site: &Site) -> Result<(Vec<StoredPassage>, BTreeSet<String>)> {
    let elements = Regex::new(NO_CONTENT)?;
    let tags = Regex::new("(?s)<[^>]*>")?;
    let (mut passages, mut no_content) = (Vec::new(), BTreeSet::new());
    for (number, page) in (1..).zip(&site.pages) {
        let file = folder.join(&site.folder).join(page);
        let bytes = fs::read(&file).with_context(|| format!("read {}", file.display()))?;
        let read = read_document(&bytes, "text/html", &format!("https://site.example/{page}"))?;
        let source = SourceId::new(Millis(number), &[0; 10]);
        let stored = (0..).zip(read.passages);
        passages.extend(stored.map(|(position, passage)| StoredPassage { source, position, passage }));
        let text = String::from_utf8_lossy(&bytes);
        let content = elements.replace_all(&text, "");
        let around = elements.find_iter(&text).flat_map(|found| tags.split(found.as_str())).map(str::trim);
        let around = around.filter(|text| text.contains(' ') && !content.contains(text));
        no_content.extend(around.map(str::to_owned));
    }
    Ok((passages, no_content))
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 * 100.0 }
}

fn print_line(name: &str, [right, wrong, invented]: [f64; 3]) {
    println!("{name:<16} right {right:5.1} %   wrong {wrong:5.1} %   false {invented:5.1} %");
}
