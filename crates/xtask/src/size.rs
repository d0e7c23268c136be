//! `size`: what visitors and the team download, against the budgets we committed to.

use std::collections::BTreeMap;
use std::fs;
use std::ops::AddAssign;
use std::path::Path;

use anyhow::{Context, bail};
use serde::Deserialize;

use crate::places;
use crate::www::{self, Encoding};

/// A sum of files that must stay small.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Budget {
    name: String,
    files: Vec<String>,
    encoding: Encoding,
    /// Bytes. Without it the sum is shown only.
    max: Option<usize>,
}

#[derive(Clone, Copy, Default)]
struct Sizes {
    raw: usize,
    gzip: usize,
    brotli: usize,
}

/// Prints every size and fails when a sum is over its budget. The files must have been built.
pub(crate) fn check() -> anyhow::Result<()> {
    let budgets: Vec<Budget> = serde_json::from_str(&fs::read_to_string(places::at("tests/budgets.json"))?)
        .context("cannot read tests/budgets.json")?;
    println!("\n{:<28}{:>10}{:>10}{:>10}", "bytes", "raw", "gzip -9", "brotli 11");
    for (name, sizes) in artefacts()? {
        println!("{}", sizes.row(&name));
    }
    println!();
    let mut over = Vec::new();
    for budget in &budgets {
        let mut sum = Sizes::default();
        for file in &budget.files {
            sum += Sizes::of(&places::www().join(file))?;
        }
        let (verdict, fits) = budget.judge(sum);
        println!("{}  {verdict}", sum.row(&budget.name));
        if !fits {
            over.push(format!("{}: {verdict}", budget.name));
        }
    }
    if !over.is_empty() {
        bail!(
            "over budget: {}. Make it smaller, or change tests/budgets.json in the same commit and say why",
            over.join("; ")
        );
    }
    Ok(())
}

/// Files at the top by name, and each folder as one sum.
fn artefacts() -> anyhow::Result<BTreeMap<String, Sizes>> {
    let mut artefacts: BTreeMap<String, Sizes> = BTreeMap::new();
    for file in www::files(&places::www())? {
        if file.extension().is_some_and(|ending| ending == "br" || ending == "gz") {
            continue;
        }
        let name = file.strip_prefix(places::www())?;
        let mut parts = name.iter().map(|part| part.to_string_lossy());
        let first = parts.next().unwrap_or_default().into_owned();
        let key = if parts.next().is_some() { format!("{first}/") } else { first };
        *artefacts.entry(key).or_default() += Sizes::of(&file)?;
    }
    Ok(artefacts)
}

impl Budget {
    fn judge(&self, sum: Sizes) -> (String, bool) {
        let size = match self.encoding {
            Encoding::Gzip => sum.gzip,
            Encoding::Brotli => sum.brotli,
        };
        match self.max {
            None => ("no budget".to_owned(), true),
            Some(max) if size <= max => (format!("{} left of {max}", max - size), true),
            Some(max) => (format!("{} more than {max}", size - max), false),
        }
    }
}

impl Sizes {
    fn of(file: &Path) -> anyhow::Result<Self> {
        let bytes = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
        let sized = |encoding: Encoding| match fs::metadata(encoding.neighbour(file)) {
            Ok(neighbour) => Ok(usize::try_from(neighbour.len())?),
            Err(_) => www::encode(encoding, &bytes).map(|encoded| encoded.len()),
        };
        Ok(Self { raw: bytes.len(), gzip: sized(Encoding::Gzip)?, brotli: sized(Encoding::Brotli)? })
    }

    fn row(self, name: &str) -> String {
        format!("{name:<28}{:>10}{:>10}{:>10}", self.raw, self.gzip, self.brotli)
    }
}

impl AddAssign for Sizes {
    fn add_assign(&mut self, other: Self) {
        self.raw += other.raw;
        self.gzip += other.gzip;
        self.brotli += other.brotli;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn budget_judges_its_own_encoding() {
        let check = |encoding, max, expected: (&str, bool)| {
            let budget = Budget { name: String::new(), files: vec![], encoding, max };
            let sum = Sizes { raw: 900, gzip: 500, brotli: 400 };
            let (verdict, fits) = budget.judge(sum);
            assert_eq!((verdict.as_str(), fits), expected);
        };
        check(Encoding::Gzip, Some(500), ("0 left of 500", true));
        check(Encoding::Gzip, Some(499), ("1 more than 499", false));
        check(Encoding::Brotli, Some(499), ("99 left of 499", true));
        check(Encoding::Brotli, None, ("no budget", true));
    }

    #[test]
    fn committed_budgets_can_be_read() {
        let text = fs::read_to_string(places::at("tests/budgets.json")).unwrap();
        let budgets: Vec<Budget> = serde_json::from_str(&text).unwrap();
        assert!(budgets.iter().any(|budget| budget.max.is_some()));
    }
}
