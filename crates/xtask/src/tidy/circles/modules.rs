//! The modules of a crate and what they name.

use std::collections::{BTreeMap, BTreeSet};

use super::super::{File, Finding};
use super::imports::Imports;

/// A module's path from the root of its crate; the root's is empty.
type Name = Vec<String>;

/// The maximum number of aliases in a row.
const DEEPEST: usize = 8;

/// One file.
pub(super) struct Module {
    pub(super) file: String,
    /// Paths as they are written.
    paths: BTreeSet<Name>,
    /// The re-exports under a name of its own.
    handed_on: BTreeMap<String, Name>,
}

/// The modules of a crate that are there outside of tests.
pub(super) struct Modules(BTreeMap<Name, Module>);

impl Modules {
    pub(super) fn read(files: &[&File]) -> Result<Modules, Finding> {
        let (mut modules, mut of_tests) = (BTreeMap::new(), BTreeSet::new());
        for file in files {
            let name = name_of(&file.name);
            let imports = Imports::read(&file.text)
                .map_err(|error| Finding::new(&file.name, format!("cannot be read: {error}")))?;
            of_tests.extend(imports.test_modules.iter().map(|child| below(&name, child)));
            let module = Module { file: file.name.clone(), paths: imports.paths, handed_on: imports.handed_on };
            modules.insert(name, module);
        }
        let is_of_tests =
            |name: &Name| name.ends_with(&["tests".into()]) || of_tests.iter().any(|one| name.starts_with(one));
        modules.retain(|name, _| !is_of_tests(name));
        Ok(Modules(modules))
    }

    pub(super) fn all(&self) -> impl Iterator<Item = (&Name, &Module)> {
        self.0.iter()
    }

    /// The modules of this crate that a module names, and how.
    pub(super) fn named_by<'m>(&'m self, name: &'m Name, module: &'m Module) -> impl Iterator<Item = (Name, &'m Name)> {
        module.paths.iter().filter_map(|path| Some((self.find(name, path, 0)?, path)))
    }

    /// The module that a path leads to or into.
    fn find(&self, from: &Name, path: &[String], depth: usize) -> Option<Name> {
        let (mut at, rest) = self.begin(from, path)?;
        for part in rest {
            let child = below(&at, part);
            if self.0.contains_key(&child) {
                at = child;
            } else if let Some(origin) = self.0.get(&at).and_then(|module| module.handed_on.get(part))
                && depth < DEEPEST
            {
                at = self.find(&at, origin, depth + 1).unwrap_or(at);
            } else {
                break;
            }
        }
        Some(at)
    }

    /// The start of a path, and its parts from there; none if it starts in another crate.
    fn begin<'p>(&self, from: &Name, path: &'p [String]) -> Option<(Name, &'p [String])> {
        let (mut at, mut rest) = (from.clone(), path);
        match path.first()?.as_str() {
            "crate" => (at, rest) = (Name::new(), &path[1..]),
            "self" | "super" => {
                while let Some(first @ ("self" | "super")) = rest.first().map(String::as_str) {
                    if first == "super" {
                        at.pop()?;
                    }
                    rest = &rest[1..];
                }
            }
            first => drop(self.0.get(&below(from, first))?),
        }
        Some((at, rest))
    }
}

fn name_of(file: &str) -> Name {
    let (_, inside) = file.split_once("/src/").unwrap_or_default();
    let mut name: Name = inside.trim_end_matches(".rs").split('/').map(Into::into).collect();
    name.pop_if(|last| matches!(last.as_str(), "mod" | "lib" | "main"));
    name
}

fn below(parent: &Name, child: &str) -> Name {
    parent.iter().cloned().chain([child.to_owned()]).collect()
}
