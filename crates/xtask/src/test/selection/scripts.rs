//! Groups of end-to-end tests: each script with what it imports and what it drives.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Component, Path, PathBuf};

use super::inputs::{Inputs, Recipe};
use super::{Group, Owns, vendors};
use crate::places;

/// The support that starts a real server; other scripts drive only the tracker, or a contract server.
const SERVER: &str = "tests/e2e/support/knock.mjs";

/// What makes the files that browsers get.
const BUILD: [&str; 5] =
    ["www/", "package.json", "package-lock.json", "crates/xtask/src/www/", "crates/xtask/src/tools/"];

/// The modules of a server's pages. Their own tests are none of the script's inputs.
const MODULES: [&str; 2] = ["knock-dashboard", "knock-widget"];
const TRACKER: &str = "knock-tracker";

/// A group for each script.
pub(super) fn groups(inputs: &Inputs, scripts: &[String]) -> anyhow::Result<Vec<Group>> {
    scripts.iter().map(|script| group(inputs, script)).collect()
}

fn group(inputs: &Inputs, script: &str) -> anyhow::Result<Group> {
    let files = imported(script)?;
    let texts = files.iter().map(|file| fs::read_to_string(places::at(file)));
    let text = texts.collect::<Result<String, _>>()?;
    let untouched = vendors::untouched(&text);
    let mut recipe = inputs.recipe();
    files.iter().for_each(|file| recipe.take(file));
    BUILD.iter().for_each(|place| recipe.take(place));
    drives(&mut recipe, TRACKER, &[]);
    if files.contains(SERVER) {
        MODULES.iter().for_each(|module| drives(&mut recipe, module, &[]));
        drives(&mut recipe, "knock", &untouched);
    }
    for contract in ["contract-slack", "contract-hubspot", "contract-google", "contract-microsoft"] {
        if !untouched.contains(&contract) {
            drives(&mut recipe, contract, &[]);
        }
    }
    let owns = Owns::Script(script.to_owned());
    let name = script.trim_start_matches("tests/e2e/").trim_end_matches(".test.mjs").to_owned();
    Ok(Group { name, fingerprint: recipe.fingerprint(), owns })
}

/// Takes a package as a program: without its own tests.
fn drives(recipe: &mut Recipe<'_>, package: &str, without: &[&str]) {
    let Some(folder) = recipe.folder_of(package) else { return };
    recipe.link(package, without);
    recipe.leave_out(|name| {
        let inside = name.strip_prefix(&folder);
        inside.is_some_and(|inside| inside.starts_with("tests/") || inside.starts_with("benches/"))
    });
}

/// A script and all scripts of the repository that it imports.
fn imported(script: &str) -> anyhow::Result<BTreeSet<String>> {
    let mut found = BTreeSet::new();
    let mut open = vec![script.to_owned()];
    while let Some(file) = open.pop() {
        if found.insert(file.clone()) {
            let text = fs::read_to_string(places::at(&file))?;
            open.extend(imports(&file, &text).filter(|other| places::at(other).is_file()));
        }
    }
    Ok(found)
}

/// The files that a script names relative to itself, in imports or otherwise.
fn imports<'t>(script: &'t str, text: &'t str) -> impl Iterator<Item = String> + 't {
    let folder = Path::new(script).parent().unwrap_or(Path::new(""));
    let quoted = text.split('"').skip(1).step_by(2);
    quoted.filter(|name| name.starts_with("./") || name.starts_with("../")).map(move |name| flat(&folder.join(name)))
}

/// The path without `.` and `..`.
fn flat(path: &Path) -> String {
    let mut parts = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => drop(parts.pop()),
            Component::CurDir => {}
            other => parts.push(other),
        }
    }
    parts.to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn imports_are_files_of_the_repository() {
        let text = "import a from \"./support/a.mjs\";\nimport { b } from \"../../www/b.js\";\nimport \"node:test\";";
        let found: Vec<String> = imports("tests/e2e/x.test.mjs", text).collect();
        assert_eq!(found, ["tests/e2e/support/a.mjs", "www/b.js"]);
    }

    #[test]
    fn a_script_of_the_tracker_starts_no_server() {
        assert!(!imported("tests/e2e/tracker/forms.test.mjs").expect("scripts").contains(SERVER));
        assert!(imported("tests/e2e/inbox.test.mjs").expect("scripts").contains(SERVER));
    }
}
