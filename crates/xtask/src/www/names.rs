//! Short names for what a module and its script ask of each other. Those of wasm-bindgen and of the compiler have a hash
//! each, which does not compress, and stand in both files.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::Context;
use wasm_encoder::{EntityType, ExportSection, ImportSection, Module, RawSection};
use wasmparser::{Parser, Payload};

/// Characters of a hash.
const HASH: usize = 16;

/// The short names by the long ones, and the words of the script.
struct Names<'s> {
    short: BTreeMap<String, String>,
    words: BTreeSet<&'s str>,
}

/// Shortens the names with a hash, in a module and in the script that binds it.
pub(super) fn shorten(module: &Path, script: &Path) -> anyhow::Result<()> {
    let bytes = fs::read(module).with_context(|| format!("cannot read {}", module.display()))?;
    let text = fs::read_to_string(script)?;
    let mut names = Names { short: BTreeMap::new(), words: words(&text).map(|(word, _)| word).collect() };
    fs::write(module, names.shorten_module(&bytes)?)?;
    fs::write(script, names.shorten_script(&text))?;
    Ok(())
}

impl Names<'_> {
    /// The name in place of another one: the same one unless that has a hash and stands in the script.
    fn short(&mut self, name: &str) -> String {
        if !has_hash(name) || !self.words.contains(name) {
            return name.to_owned();
        }
        let number = self.short.len();
        self.short.entry(name.to_owned()).or_insert_with(|| short(number)).clone()
    }

    fn shorten_module(&mut self, bytes: &[u8]) -> anyhow::Result<Vec<u8>> {
        let mut module = Module::new();
        for payload in Parser::new(0).parse_all(bytes) {
            let payload = payload?;
            match &payload {
                Payload::ImportSection(section) => {
                    let mut imports = ImportSection::new();
                    for import in section.clone().into_imports() {
                        let import = import?;
                        imports.import(import.module, &self.short(import.name), EntityType::try_from(import.ty)?);
                    }
                    module.section(&imports);
                }
                Payload::ExportSection(section) => {
                    let mut exports = ExportSection::new();
                    for export in section.clone() {
                        let export = export?;
                        exports.export(&self.short(export.name), export.kind.into(), export.index);
                    }
                    module.section(&exports);
                }
                other => {
                    if let Some((id, range)) = other.as_section() {
                        let range = usize::try_from(range.start)?..usize::try_from(range.end)?;
                        module.section(&RawSection { id, data: &bytes[range] });
                    }
                }
            }
        }
        Ok(module.finish())
    }

    /// The script with the short names.
    fn shorten_script(&self, text: &str) -> String {
        let parts = words(text).flat_map(|(word, other)| [self.short.get(word).map_or(word, String::as_str), other]);
        parts.collect()
    }
}

/// The words of a text, each with what stands behind it.
fn words(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let (word, behind) = rest.split_at(rest.find(|c| !is_of_word(c)).unwrap_or(rest.len()));
        let (other, next) = behind.split_at(behind.find(is_of_word).unwrap_or(behind.len()));
        rest = next;
        Some((word, other))
    })
}

fn is_of_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_' || c == '$'
}

fn has_hash(name: &str) -> bool {
    name.as_bytes().windows(HASH).any(|part| part.iter().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')))
}

/// The name of a number, which no other name begins like.
fn short(mut number: usize) -> String {
    let mut name = String::from("$");
    loop {
        let digit = u8::try_from(number % 26).unwrap_or_default();
        name.push(char::from(b'a' + digit));
        number /= 26;
        if number == 0 {
            return name;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_encoder::{ExportKind, MemoryType};

    const LONG: &str = "__wbg_onLine_98a72572fa3ba09b";

    #[test]
    fn names_with_a_hash_are_short_in_the_module_and_in_its_script() {
        let script = format!("{{ {LONG}: f, {LONG}2: g }}; wasm.invoke__h3f503dbf64986167(\u{e4})");
        let mut imports = ImportSection::new();
        let page = MemoryType { minimum: 1, maximum: None, memory64: false, shared: false, page_size_log2: None };
        imports.import("./a_bg.js", LONG, page).import("./a_bg.js", "begin", page);
        let mut exports = ExportSection::new();
        exports.export("memory", ExportKind::Memory, 0).export("invoke__h3f503dbf64986167", ExportKind::Memory, 1);
        exports.export("for_another_732e786d2a082da8", ExportKind::Memory, 1);
        let mut module = Module::new();
        module.section(&imports).section(&exports);
        let mut names = Names { short: BTreeMap::new(), words: words(&script).map(|(word, _)| word).collect() };
        let shortened = names.shorten_module(&module.finish()).expect("a module");
        let text = String::from_utf8_lossy(&shortened);
        for there in ["$a", "$b", "begin", "memory", "for_another_732e786d2a082da8"] {
            assert!(text.contains(there), "{there}");
        }
        assert!(!text.contains("98a72572fa3ba09b") && !text.contains("invoke"));
        assert_eq!(names.shorten_script(&script), format!("{{ $a: f, {LONG}2: g }}; wasm.$b(\u{e4})"));
    }

    #[test]
    fn no_two_numbers_have_one_name() {
        let names: BTreeSet<String> = (0..2_000).map(short).collect();
        assert_eq!(names.len(), 2_000);
    }
}
