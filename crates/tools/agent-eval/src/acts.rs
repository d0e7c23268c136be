//! Acts and languages of messages.
#![expect(clippy::cast_precision_loss, reason = "counts of messages are small")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::Context;
use knock_agent::{Act, Language, Spoken, Understood, international, understand};
use serde::Deserialize;

/// The languages whose acts are measured.
const OWN: [&str; 4] = ["en", "de", "fr", "es"];

/// A message and what is right for it.
#[derive(Deserialize)]
struct Said {
    text: String,
    language: String,
    acts: Vec<String>,
    email: Option<String>,
    #[serde(default)]
    confirm: bool,
    phone: Option<String>,
    name: Option<String>,
}

/// A share of messages.
#[derive(Clone, Copy, Default)]
struct Share {
    right: f64,
    all: usize,
}

impl Share {
    fn add(&mut self, points: f64) {
        self.right += points;
        self.all += 1;
    }

    fn percent(self) -> f64 {
        if self.all == 0 { 0.0 } else { 100.0 * self.right / self.all as f64 }
    }
}

/// Prints the measures of the sets in a folder.
pub(crate) fn measure(sets: &Path, errors: bool) -> anyhow::Result<()> {
    let mut means = Vec::new();
    let mut languages = Share::default();
    for code in OWN {
        let said = read(&sets.join(format!("acts-{code}.json")))?;
        let measured = Measured::of(&said, errors);
        measured.print(code);
        means.push(measured.mean());
        languages.right += measured.language.right;
        languages.all += measured.language.all;
    }
    println!("acts, mean of the languages: {:.1} %", means.iter().sum::<f64>() / means.len() as f64);
    let other = Measured::of(&read(&sets.join("acts-other.json"))?, errors);
    other.print("other");
    print_questions(sets, errors)?;
    println!("language of all in the four: {:.1} % of {}", languages.percent(), languages.all);
    Ok(())
}

fn read(path: &Path) -> anyhow::Result<Vec<Said>> {
    let text = fs::read_to_string(path).with_context(|| path.display().to_string())?;
    serde_json::from_str(&text).with_context(|| path.display().to_string())
}

/// A set of questions of a site, as far as it is read here.
#[derive(Deserialize)]
struct Questions {
    asked: Vec<Question>,
}

#[derive(Deserialize)]
struct Question {
    text: String,
    kind: String,
}

/// Prints how many questions to a site are taken for talk, and get no answer of its knowledge.
fn print_questions(sets: &Path, errors: bool) -> anyhow::Result<()> {
    let (mut all, mut unsearched, mut with_act) = (0_usize, 0_usize, 0_usize);
    for entry in fs::read_dir(sets)? {
        let path = entry?.path();
        if !path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("faq-")) {
            continue;
        }
        let text = fs::read_to_string(&path)?;
        let set: Questions = serde_json::from_str(&text).with_context(|| path.display().to_string())?;
        for question in set.asked.iter().filter(|question| question.kind != "no_question") {
            let found = understand(&question.text);
            all += 1;
            with_act += usize::from(!found.acts.is_empty());
            if !found.is_searched() {
                unsearched += 1;
                if errors {
                    println!("{:?} is not searched: {:?}", question.text, found.acts);
                }
            }
        }
    }
    println!("questions to sites: {unsearched} of {all} are taken for talk, {with_act} have an act");
    Ok(())
}

/// The measures of a file.
#[derive(Default)]
struct Measured {
    acts: BTreeMap<String, Share>,
    language: Share,
    given: BTreeMap<&'static str, Share>,
}

impl Measured {
    fn of(said: &[Said], errors: bool) -> Self {
        let mut measured = Self::default();
        for said in said {
            let found = understand(&said.text);
            let points = points(said, &found);
            measured.acts.entry(said.acts[0].clone()).or_default().add(points);
            if errors && points < 1.0 {
                println!("{} {:?} wants {:?}, has {:?}", said.language, said.text, said.acts, found.acts);
            }
            measured.add_given(said, &found, errors);
        }
        measured
    }

    fn add_given(&mut self, said: &Said, found: &Understood, errors: bool) {
        if words(&said.text) >= 3 {
            let is_right = code(found.spoken) == said.language;
            self.language.add(f64::from(is_right));
            if errors && !is_right {
                println!("{} {:?} is taken for {:?}", said.language, said.text, code(found.spoken));
            }
        }
        let mut add = |what: &'static str, wanted: Option<String>, found: Option<String>| {
            if wanted.is_none() && found.is_none() {
                return;
            }
            self.given.entry(what).or_default().add(f64::from(wanted == found));
            if errors && wanted != found {
                println!("{} {:?}: {what} {wanted:?}, found {found:?}", said.language, said.text);
            }
        };
        let email = found.email.as_ref().map(|meant| format!("{} {}", meant.email.as_str(), !meant.is_as_typed));
        add("email", said.email.as_ref().map(|email| format!("{} {}", email.to_lowercase(), said.confirm)), email);
        let language = Language::parse(&said.language).unwrap_or(Language::En);
        let phone = found.phone.as_ref().map(|phone| international(phone, language).as_str().to_owned());
        add("phone", said.phone.clone(), phone);
        add("name", said.name.clone(), found.name.clone());
        let has_card = said.acts.iter().any(|act| act == Act::GivesCardNumber.as_str());
        let is_masked = found.masked.as_ref().filter(|text| !has_long_number(text)).map(|_| String::from("masked"));
        add("card", has_card.then(|| String::from("masked")), is_masked);
    }

    fn mean(&self) -> f64 {
        self.acts.values().map(|share| share.percent()).sum::<f64>() / self.acts.len() as f64
    }

    fn print(&self, code: &str) {
        println!(
            "{code}: acts {:.1} %, language {:.1} % of {}",
            self.mean(),
            self.language.percent(),
            self.language.all
        );
        let acts: Vec<String> = self.acts.iter().map(|(act, share)| format!("{act} {:.0}", share.percent())).collect();
        println!("    {}", acts.join(", "));
        let given: Vec<String> = self
            .given
            .iter()
            .map(|(what, share)| format!("{what} {:.0} % of {}", share.percent(), share.all))
            .collect();
        println!("    {}", given.join(", "));
    }
}

/// One for the main act, a half for another one of several.
fn points(said: &Said, found: &Understood) -> f64 {
    let main = found.main().map(Act::as_str);
    if main == Some(said.acts[0].as_str()) {
        1.0
    } else if main.is_some_and(|main| said.acts.iter().any(|act| act == main)) {
        0.5
    } else {
        0.0
    }
}

/// The words of a text: numbers and addresses are of no language.
fn words(text: &str) -> usize {
    text.split_whitespace().filter(|word| word.contains(char::is_alphabetic) && !word.contains('@')).count()
}

fn code(spoken: Option<Spoken>) -> &'static str {
    match spoken {
        Some(Spoken::Own(language)) => language.as_str(),
        Some(Spoken::Foreign(language)) => language.as_str(),
        None => "none",
    }
}

/// Whether a row of twelve digits or more is in a text, with single signs in it.
fn has_long_number(text: &str) -> bool {
    let signs: String = text.chars().filter(|sign| !matches!(sign, ' ' | '-' | '.')).collect();
    signs.split(|sign: char| !sign.is_ascii_digit()).any(|row| row.len() >= 12)
}
