//! Golden files: the JSON of the public shapes as clients know it. A file that is there is never written again.

use serde::Serialize;
use serde_json::Value;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

/// `1` writes the files that are missing; one that is there is changed by hand, with its reason.
const BLESS: &str = "KNOCK_BLESS";

/// A shape as today's types write it, and its golden file.
pub(crate) struct Golden {
    /// The file's name in `tests/wire`, without its ending.
    pub(crate) name: String,
    written: String,
}

impl Golden {
    /// The JSON that the current types write for `value`.
    pub(crate) fn of(name: impl Into<String>, value: &impl Serialize) -> Golden {
        let written = serde_json::to_string_pretty(value).expect("it has JSON");
        Golden { name: name.into(), written }
    }

    /// The file.
    pub(crate) fn text(&self) -> Result<String, String> {
        let path = folder().join(format!("{}.json", self.name));
        if !path.exists() && std::env::var_os(BLESS).is_some_and(|value| value == "1") {
            fs::write(&path, format!("{}\n", self.written)).map_err(|error| format!("{}: {error}", path.display()))?;
        }
        fs::read_to_string(&path).map_err(|error| format!("{}: {error}; {BLESS}=1 writes it", path.display()))
    }

    /// Whether the file holds what is written now, and nothing else.
    pub(crate) fn check(&self) -> Result<(), String> {
        same(&self.name, &self.text()?, &self.written)
    }
}

/// Whether two texts are the same JSON; else the lines that differ.
pub(crate) fn same(name: &str, golden: &str, written: &str) -> Result<(), String> {
    let sorted = |text: &str| {
        let value: Value = serde_json::from_str(text).map_err(|error| format!("{name}: {error}"))?;
        let sorted = serde_json::to_string_pretty(&value).map_err(|error| format!("{name}: {error}"))?;
        Ok::<_, String>((value, sorted))
    };
    let ((golden, before), (written, now)) = (sorted(golden)?, sorted(written)?);
    if golden == written {
        return Ok(());
    }
    let mut report = format!("tests/wire/{name}.json (-) is not what is written now (+):");
    for change in similar::TextDiff::from_lines(&before, &now).iter_all_changes() {
        match change.tag() {
            similar::ChangeTag::Delete => write!(report, "\n- {}", change.value().trim_end()),
            similar::ChangeTag::Insert => write!(report, "\n+ {}", change.value().trim_end()),
            similar::ChangeTag::Equal => Ok(()),
        }
        .expect("a text takes everything");
    }
    Err(report)
}

/// Fails with all that differs.
pub(crate) fn expect_none(failures: Vec<String>) {
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

/// The directory of the files.
pub(crate) fn folder() -> PathBuf {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let root = root.ancestors().find(|folder| folder.join("ARCHITECTURE.md").exists()).expect("the repository");
    root.join("tests/wire")
}
