//! `size`: what visitors and the team download, against the budgets we committed to.

use std::collections::BTreeMap;
use std::fs;
use std::ops::AddAssign;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use base64::prelude::{BASE64_STANDARD, Engine};
use serde::Deserialize;
use sha2::{Digest, Sha384};

use crate::places;
use crate::profile::{Effort, Profile};
use crate::www::{self, Encoding};

/// Files that must stay small.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Budget {
    name: String,
    /// Names; a `*` in one stands for any part of it.
    files: Vec<String>,
    encoding: Encoding,
    /// Bytes. Without it the sum is shown only.
    max: Option<Max>,
    /// Whether the maximum is that of each file, not of their sum.
    #[serde(default)]
    each: bool,
    /// The purpose of the bytes, if a budget was raised.
    #[serde(default)]
    why: String,
}

/// The maximum of a sum, or of each file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Max {
    /// Made by the stable compiler.
    stable: usize,
    /// In a release, where that is another.
    release: Option<usize>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Sizes {
    raw: usize,
    gzip: usize,
    brotli: usize,
}

/// The files that pages of customers load after the loader. The loader's own hash is on the installation page: its text
/// names the version of these files.
const HASHED: [&str; 8] =
    ["tracker.js", "tracker.wasm", "engine.js", "forms.js", "debug.js", "handoff.js", "recovery.js", "refused.js"];

/// A file's hash as `integrity` attributes and policies have it.
fn integrity(file: &Path) -> anyhow::Result<String> {
    let bytes = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    Ok(format!("sha384-{}", BASE64_STANDARD.encode(Sha384::digest(bytes))))
}

/// Prints every size and fails when one is over its budget. The files must have been built.
pub(crate) fn check(profile: Profile) -> anyhow::Result<()> {
    let budgets: Vec<Budget> = serde_json::from_str(&fs::read_to_string(places::at("tests/budgets.json"))?)
        .context("cannot read tests/budgets.json")?;
    println!("\n{:<28}{:>10}{:>10}{:>10}", "bytes", "raw", "gzip -9", "brotli 11");
    for (name, sizes) in artefacts()? {
        println!("{}", sizes.row(&name));
    }
    println!();
    for name in HASHED {
        println!("{name:<28}{}", integrity(&places::www().join(name))?);
    }
    println!();
    let mut over = Vec::new();
    for budget in &budgets {
        for built in budget.builds(profile) {
            let measured = budget.measure(*built)?;
            let (verdict, fits) = budget.judge(*built, measured);
            let name =
                if budget.differs() { format!("{}, {}", budget.name, built.as_str()) } else { budget.name.clone() };
            println!("{}  {verdict}", measured.row(&name));
            if !budget.why.is_empty() {
                println!("{:<28}for {}", "", budget.why);
            }
            if !fits {
                over.push(format!("{name}: {verdict}"));
            }
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
    /// Whether a release is made by another compiler.
    fn differs(&self) -> bool {
        self.max.as_ref().is_some_and(|max| max.release.is_some())
    }

    /// The builds to measure: all that were made just now.
    fn builds(&self, profile: Profile) -> &'static [Profile] {
        match profile {
            Profile::Release if self.differs() => &[Profile::Dev, Profile::Release],
            Profile::Dev | Profile::Release => &[Profile::Dev],
        }
    }

    fn measure(&self, built: Profile) -> anyhow::Result<Sizes> {
        let own = self.differs().then(|| places::modules(built, Effort::Small));
        let mut sizes = Vec::new();
        for file in &self.files {
            for path in named(file, own.as_deref())? {
                sizes.push(Sizes::of(&path)?);
            }
        }
        Ok(self.total(&sizes))
    }

    /// The sum of the files, or the largest of them.
    fn total(&self, sizes: &[Sizes]) -> Sizes {
        if self.each {
            return sizes.iter().copied().max_by_key(|sizes| sizes.encoded(self.encoding)).unwrap_or_default();
        }
        let mut sum = Sizes::default();
        for &sizes in sizes {
            sum += sizes;
        }
        sum
    }

    fn judge(&self, built: Profile, measured: Sizes) -> (String, bool) {
        let size = measured.encoded(self.encoding);
        let max = self.max.as_ref().map(|max| match built {
            Profile::Dev => max.stable,
            Profile::Release => max.release.unwrap_or(max.stable),
        });
        match max {
            None => ("no budget".to_owned(), true),
            Some(max) if size <= max => (format!("{} left of {max}", max - size), true),
            Some(max) => (format!("{} more than {max}", size - max), false),
        }
    }
}

impl Sizes {
    fn of(file: &Path) -> anyhow::Result<Self> {
        let bytes = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
        let sized = |encoding: Encoding| match fs::metadata(encoding.variant(file)) {
            Ok(variant) => Ok(usize::try_from(variant.len())?),
            Err(_) => www::encode(encoding, &bytes).map(|encoded| encoded.len()),
        };
        Ok(Self { raw: bytes.len(), gzip: sized(Encoding::Gzip)?, brotli: sized(Encoding::Brotli)? })
    }

    fn encoded(self, encoding: Encoding) -> usize {
        match encoding {
            Encoding::Gzip => self.gzip,
            Encoding::Brotli => self.brotli,
        }
    }

    fn row(self, name: &str) -> String {
        format!("{name:<28}{:>10}{:>10}{:>10}", self.raw, self.gzip, self.brotli)
    }
}

/// The files that a budget names: those in the folder of their own build before those that are served.
fn named(name: &str, own: Option<&Path>) -> anyhow::Result<Vec<PathBuf>> {
    let Some((start, end)) = name.split_once('*') else {
        let own = own.map(|folder| folder.join(name)).filter(|file| file.is_file());
        return Ok(vec![own.unwrap_or_else(|| places::www().join(name))]);
    };
    let mut found = www::files(&places::www())?;
    found.retain(|path| {
        let name = path.strip_prefix(places::www()).unwrap_or(path).to_string_lossy();
        name.strip_prefix(start).is_some_and(|rest| rest.ends_with(end))
    });
    anyhow::ensure!(!found.is_empty(), "no file is {name}");
    Ok(found)
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

    fn budget(encoding: Encoding, max: Max) -> Budget {
        Budget { name: String::new(), files: vec![], encoding, max: Some(max), each: false, why: String::new() }
    }

    #[test]
    fn budget_judges_its_own_encoding() {
        let check = |encoding, max, expected: (&str, bool)| {
            let budget = budget(encoding, Max { stable: max, release: Some(max - 1) });
            let sum = Sizes { raw: 900, gzip: 500, brotli: 400 };
            let (verdict, fits) = budget.judge(Profile::Dev, sum);
            assert_eq!((verdict.as_str(), fits), expected);
            let is_tight = verdict.starts_with("0 left");
            assert_eq!(budget.judge(Profile::Release, sum).1, fits && !is_tight);
        };
        check(Encoding::Gzip, 500, ("0 left of 500", true));
        check(Encoding::Gzip, 499, ("1 more than 499", false));
        check(Encoding::Brotli, 499, ("99 left of 499", true));
    }

    #[test]
    fn budget_of_each_file_judges_the_largest() {
        let sizes = [(900, 400), (800, 500), (700, 300)].map(|(gzip, brotli)| Sizes { raw: 1000, gzip, brotli });
        let mut budget = budget(Encoding::Brotli, Max { stable: 500, release: None });
        assert_eq!(budget.total(&sizes), Sizes { raw: 3000, gzip: 2400, brotli: 1200 });
        budget.each = true;
        assert_eq!(budget.total(&sizes), sizes[1]);
    }

    #[test]
    fn committed_budgets_can_be_read() {
        let text = fs::read_to_string(places::at("tests/budgets.json")).unwrap();
        let budgets: Vec<Budget> = serde_json::from_str(&text).unwrap();
        assert!(budgets.iter().any(|budget| budget.max.is_some()));
    }
}
