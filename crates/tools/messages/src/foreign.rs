//! Foreign sets of messages, for measuring only: no text of theirs is part of the repository.

use std::fs;
use std::path::Path;

use anyhow::Context;

/// A set of texts that are all genuine, or all spam.
pub(crate) struct Foreign {
    pub(crate) name: &'static str,
    pub(crate) texts: Vec<String>,
}

/// The genuine messages: the first set is the one the threshold of spam was chosen with.
pub(crate) fn genuine(folder: &Path) -> anyhow::Result<Vec<Foreign>> {
    let mut banking = banking(folder, "banking77-train.csv")?;
    banking.extend(self::banking(folder, "banking77-test.csv")?);
    Ok(vec![
        Foreign { name: "Banking77", texts: banking },
        Foreign { name: "CLINC150", texts: clinc(folder)? },
        Foreign { name: "SMS ham", texts: sms(folder, "ham")? },
    ])
}

/// The spam of the SMS set: telephone subscriptions of another time, so a transfer.
pub(crate) fn spam(folder: &Path) -> anyhow::Result<Foreign> {
    Ok(Foreign { name: "SMS spam", texts: sms(folder, "spam")? })
}

fn banking(folder: &Path, name: &str) -> anyhow::Result<Vec<String>> {
    let path = folder.join(name);
    let mut reader = csv::Reader::from_path(&path).with_context(|| format!("cannot read {}", path.display()))?;
    reader.records().map(|record| Ok(record?.get(0).unwrap_or_default().to_owned())).collect()
}

/// All splits, with what is out of scope.
fn clinc(folder: &Path) -> anyhow::Result<Vec<String>> {
    let text = read(&folder.join("clinc150.json"))?;
    let splits: std::collections::BTreeMap<String, Vec<(String, String)>> = serde_json::from_str(&text)?;
    Ok(splits.into_values().flatten().map(|(text, _)| text).collect())
}

fn sms(folder: &Path, label: &str) -> anyhow::Result<Vec<String>> {
    let text = read(&folder.join("sms-spam.tsv"))?;
    let labelled = text.lines().filter_map(|line| line.split_once('\t'));
    Ok(labelled.filter(|(found, _)| *found == label).map(|(_, text)| text.to_owned()).collect())
}

fn read(path: &Path) -> anyhow::Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}
