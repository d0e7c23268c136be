//! The second labelling: messages without their labels in an order that says nothing, and what came back.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, ensure};
use serde::{Deserialize, Serialize};

use crate::measures;
use crate::openers::{CLASSES, Class, Opener, PASSES, load};
use crate::places;

#[derive(Serialize)]
struct Blind<'a> {
    n: usize,
    text: &'a str,
}

/// By its text: a number would hold only for one order.
#[derive(Deserialize)]
struct Label {
    text: String,
    class: Class,
}

/// Writes what a second reader gets.
pub(crate) fn write_blind(file: &Path) -> anyhow::Result<()> {
    let mut lines = String::new();
    let mut openers = load()?;
    // By the hash, which knows nothing of the labels: everybody gets the same order.
    openers.sort_by_key(Opener::digest);
    for (n, opener) in openers.iter().enumerate() {
        lines += &serde_json::to_string(&Blind { n, text: &opener.text })?;
        lines.push('\n');
    }
    fs::write(file, lines).with_context(|| format!("cannot write {}", file.display()))
}

/// Stores the labels a second reader gave as `second` of each line.
pub(crate) fn store(file: &Path) -> anyhow::Result<()> {
    let text = fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let mut labels: BTreeMap<String, Class> = BTreeMap::new();
    for (line, number) in text.lines().zip(1..) {
        let place = || format!("{}:{number}", file.display());
        let label: Label = serde_json::from_str(line).with_context(place)?;
        let known = labels.insert(label.text, label.class);
        ensure!(known.is_none_or(|known| known == label.class), "{}: labelled differently before", place());
    }
    let mut openers = load()?;
    for opener in &mut openers {
        let label = labels.get(&opener.text);
        opener.second = Some(*label.with_context(|| format!("no second label for {:?}", opener.text))?);
    }
    for (pass, name) in PASSES.iter().enumerate() {
        let lines = openers.iter().filter(|opener| opener.pass == pass).map(serde_json::to_string);
        let lines: Vec<String> = lines.collect::<Result<_, _>>()?;
        fs::write(places::at(name), lines.join("\n") + "\n")?;
    }
    Ok(())
}

/// Prints how far the two labels agree beyond chance.
pub(crate) fn agreement(openers: &[Opener]) {
    let pairs: Vec<(usize, usize)> =
        openers.iter().filter_map(|opener| Some((opener.class.index(), opener.second?.index()))).collect();
    if pairs.is_empty() {
        println!("no second labels");
        return;
    }
    let mut counts = vec![vec![0; CLASSES.len()]; CLASSES.len()];
    for (first, second) in &pairs {
        counts[*first][*second] += 1;
    }
    let agreed = pairs.iter().filter(|(first, second)| first == second).count();
    println!("labels: n {}, agreed {agreed}, Cohen's kappa {:.3}", pairs.len(), measures::kappa(&counts));
    println!("first label (rows), second (columns)");
    measures::print_matrix(&counts);
}
