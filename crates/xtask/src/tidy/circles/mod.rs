//! Modules at the same level of a crate import each other in one direction only.

mod imports;
mod modules;

use std::collections::{BTreeMap, BTreeSet};

use super::{File, Finding};
use modules::{Module, Modules};

/// The folders that are checked for circles.
const FOLDERS: [&str; 5] =
    ["crates/browser/", "crates/connectors/", "crates/domain/", "crates/server/", "crates/xtask/"];

/// The siblings that a module names, each with one place.
type Arrows = BTreeMap<String, BTreeMap<String, String>>;

pub(super) fn check(files: &[File]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (name, files) in crates(files) {
        match Modules::read(&files) {
            Ok(modules) => findings.extend(circles(name, &modules)),
            Err(finding) => findings.push(finding),
        }
    }
    findings
}

/// The sources of each crate, by its folder.
fn crates(files: &[File]) -> BTreeMap<&str, Vec<&File>> {
    let mut crates: BTreeMap<&str, Vec<&File>> = BTreeMap::new();
    for file in files.iter().filter(|file| file.ends_with(&["rs"])) {
        if let Some((folder, _)) = file.name.split_once("/src/")
            && FOLDERS.iter().any(|start| file.name.starts_with(start))
        {
            crates.entry(folder).or_default().push(file);
        }
    }
    crates
}

fn circles(folder: &str, modules: &Modules) -> Vec<Finding> {
    let mut levels: BTreeMap<&[String], Arrows> = BTreeMap::new();
    for (from, module) in modules.all() {
        for (to, path) in modules.named_by(from, module) {
            let common = from.iter().zip(&to).take_while(|(one, other)| one == other).count();
            if let (Some(one), Some(other)) = (from.get(common), to.get(common)) {
                let arrows = levels.entry(&from[..common]).or_default();
                arrows.entry(one.clone()).or_default().entry(other.clone()).or_insert_with(|| said(module, path));
            }
        }
    }
    levels.into_iter().filter_map(|(parent, arrows)| circle(folder, parent, &arrows)).collect()
}

fn said(module: &Module, path: &[String]) -> String {
    format!("{} names `{}`", module.file, path.join("::"))
}

/// The first circle at a level, with what draws each of its arrows.
fn circle(folder: &str, parent: &[String], arrows: &Arrows) -> Option<Finding> {
    let round = arrows.keys().find_map(|start| way_back(start, arrows))?;
    let steps = round.iter().zip(round.iter().cycle().skip(1));
    let drawn = steps.map(|(from, to)| arrows[*from][*to].clone()).collect::<Vec<_>>().join("; ");
    let place = if parent.is_empty() { folder.to_owned() } else { format!("{folder}: {}", parent.join("::")) };
    Some(Finding::new(place, format!("{} import each other in a circle: {drawn}", round.join(", "))))
}

/// The shortest way from a module back to itself, without its end.
fn way_back<'m>(start: &'m str, arrows: &'m Arrows) -> Option<Vec<&'m str>> {
    let mut ways = vec![vec![start]];
    let mut seen = BTreeSet::new();
    while !ways.is_empty() {
        let mut longer = Vec::new();
        for way in ways {
            let next = way.last().and_then(|last| arrows.get(*last));
            for to in next.into_iter().flat_map(BTreeMap::keys) {
                if to == start {
                    return Some(way);
                }
                if seen.insert(to.as_str()) {
                    longer.push(way.iter().copied().chain([to.as_str()]).collect());
                }
            }
        }
        ways = longer;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::file;

    fn check_with(sources: &[(&str, &str)]) -> Vec<String> {
        check_in("crates/server/app", sources)
    }

    fn check_in(folder: &str, sources: &[(&str, &str)]) -> Vec<String> {
        let named = |(name, text): &(&str, &str)| file(&format!("{folder}/src/{name}"), text);
        let files: Vec<File> = sources.iter().map(named).collect();
        check(&files).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_circle_is_found_with_what_draws_it() {
        let found = check_with(&[("a.rs", "use crate::b::{c::X};"), ("b/mod.rs", ""), ("b/c.rs", "use crate::a;")]);
        assert_eq!(
            found,
            [concat!(
                "crates/server/app: a, b import each other in a circle: crates/server/app/src/a.rs names `crate::b::c::X`; ",
                "crates/server/app/src/b/c.rs names `crate::a`",
            )]
        );
    }

    #[test]
    fn a_crate_is_checked_in_a_folder_of_crates_or_by_itself() {
        let sources = [("a.rs", "use crate::b;"), ("b.rs", "use crate::a;")];
        for (folder, count) in [("crates/browser/widget", 1), ("crates/xtask", 1), ("crates/other", 0)] {
            assert_eq!(check_in(folder, &sources).len(), count, "{folder}");
        }
    }

    #[test]
    fn every_spelling_of_an_import_counts() {
        for back in [
            "use super::a::X;",
            "fn f() { crate::a::x(); }",
            "fn f() { let _ = vec![super::a::x()]; }",
            "fn f(_: super::a::X) {}",
            "use crate::Reexported;",
            "use crate::{self as root, a as other};",
        ] {
            let sources =
                [("lib.rs", "mod a; mod b; pub use a::Reexported;"), ("a.rs", "use crate::b;"), ("b.rs", back)];
            assert_eq!(check_with(&sources).len(), 1, "{back}");
        }
    }

    #[test]
    fn longer_circles_and_those_further_down_are_found() {
        let found = check_with(&[
            ("h/mod.rs", ""),
            ("h/a.rs", "use super::b;"),
            ("h/b.rs", "use super::c::X;"),
            ("h/c.rs", "use crate::h::a::X;"),
            ("h/d.rs", "use super::a;"),
        ]);
        assert_eq!(found.len(), 1);
        assert!(found[0].starts_with("crates/server/app: h: a, b, c import"), "{found:?}");
    }

    #[test]
    fn one_direction_parents_and_tests_are_no_circle() {
        let sources = [
            ("lib.rs", "mod a; mod b; #[cfg(test)] mod trial; pub use a::X;"),
            ("a.rs", "use crate::b::Y; #[cfg(test)] mod tests { use crate::b; }"),
            ("b.rs", "use std::a; use super::Z; // use crate::a;\n#[cfg(test)] mod tests { use crate::a::X; }"),
            ("trial.rs", "use crate::a;"),
            ("a/tests.rs", "use crate::b;"),
        ];
        assert_eq!(check_with(&sources), [""; 0]);
    }

    #[test]
    fn what_cannot_be_read_is_said() {
        assert!(check_with(&[("a.rs", "fn (")])[0].starts_with("crates/server/app/src/a.rs: cannot be read"));
    }
}
