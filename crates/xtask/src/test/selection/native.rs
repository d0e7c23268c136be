//! Groups of native tests and of tests in a browser: by package, and by folder where one program has hundreds.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use super::inputs::Inputs;
use super::{Group, Owns, vendors};
use crate::places;

/// The program whose tests are grouped by their folders, as nextest names it.
pub(super) const BY_FOLDER: &str = "knock::http";
const FOLDERS: &str = "crates/server/app/tests/http/";
/// The package of that program.
const APP: &str = "knock";
/// What all tests of the program use.
const SHARED: [&str; 2] = ["main", "support"];
/// What tests of the command line and of documents read.
const DOCUMENTS: [&str; 3] = ["docs/", "www/", "README.md"];

/// The packages with tests that keep something, beside the server's program.
pub(super) const STORES: [&str; 2] = ["knock-store", "knock-engine"];

/// A module of the program: its files, and the modules that it names.
#[derive(Default)]
struct Module {
    files: Vec<String>,
    text: String,
}

/// The tests of these groups in nextest's language.
pub(in crate::test) fn filter(groups: &[Group]) -> String {
    let mut modules = Vec::new();
    let mut parts = Vec::new();
    for group in groups {
        match &group.owns {
            Owns::Package(package) if package == APP => {
                parts.push(format!("(package(={APP}) - binary_id(={BY_FOLDER}))"))
            }
            Owns::Package(package) => parts.push(format!("package(={package})")),
            Owns::Module(_, module) => modules.push(module.as_str()),
            Owns::All | Owns::Script(_) => {}
        }
    }
    if !modules.is_empty() {
        parts.push(format!("(binary_id(={BY_FOLDER}) & test(/^({})::/))", modules.join("|")));
    }
    parts.join(" + ")
}

/// A group for each package, and for the server's program one for each folder of its tests.
pub(super) fn groups(inputs: &Inputs) -> Vec<Group> {
    let mut groups = Vec::new();
    let xtask = inputs.workspace.packages.iter().filter(|package| package.name == "xtask");
    for package in inputs.workspace.default_members().chain(xtask) {
        let mut recipe = inputs.recipe();
        recipe.link(&package.name, &[]);
        match package.name.as_str() {
            APP => {
                recipe.leave_out(|name| name.starts_with(FOLDERS));
                DOCUMENTS.iter().for_each(|place| recipe.take(place));
            }
            // Its tests read the repository.
            "xtask" => recipe.take_if(|_| true),
            // Its tests read the scripts beside the module.
            "knock-tracker" => recipe.take("www/tracker/"),
            _ => {}
        }
        let owns = Owns::Package(package.name.clone());
        groups.push(Group { name: package.name.clone(), fingerprint: recipe.fingerprint(), owns });
    }
    let modules = modules(inputs);
    let folders = modules.keys().filter(|name| !SHARED.contains(&name.as_str()));
    groups.extend(folders.map(|name| folder(inputs, &modules, name)));
    groups
}

fn folder(inputs: &Inputs, modules: &BTreeMap<String, Module>, name: &str) -> Group {
    let used = used(modules, name);
    let texts = used.iter().filter(|used| !SHARED.contains(used)).map(|used| modules[*used].text.as_str());
    let untouched = vendors::untouched(&texts.collect::<String>());
    let mut recipe = inputs.recipe();
    recipe.link(APP, &untouched);
    recipe.leave_out(|file| file.starts_with(FOLDERS));
    DOCUMENTS.iter().for_each(|place| recipe.take(place));
    for module in used.into_iter().chain(SHARED) {
        modules.get(module).into_iter().flat_map(|module| &module.files).for_each(|file| recipe.take(file));
    }
    let owns = Owns::Module(BY_FOLDER.to_owned(), name.to_owned());
    Group { name: format!("{BY_FOLDER} {name}"), fingerprint: recipe.fingerprint(), owns }
}

/// The modules at the top of the program by their names.
fn modules(inputs: &Inputs) -> BTreeMap<String, Module> {
    let mut modules: BTreeMap<String, Module> = BTreeMap::new();
    for file in inputs.names() {
        let Some(inside) = file.strip_prefix(FOLDERS) else { continue };
        let name = inside.split('/').next().unwrap_or_default().trim_end_matches(".rs");
        let module = modules.entry(name.to_owned()).or_default();
        module.files.push(file.to_owned());
        module.text += &fs::read_to_string(places::at(file)).unwrap_or_default();
    }
    modules
}

/// A module and those whose functions it uses, with those that these use.
fn used<'m>(modules: &'m BTreeMap<String, Module>, name: &str) -> BTreeSet<&'m str> {
    let mut found = BTreeSet::new();
    let mut open: Vec<&str> = modules.keys().map(String::as_str).filter(|other| *other == name).collect();
    while let Some(name) = open.pop() {
        if found.insert(name) {
            let text = &modules[name].text;
            let is_named = |other: &&str| text.contains(&format!("crate::{other}::"));
            open.extend(modules.keys().map(String::as_str).filter(is_named));
        }
    }
    found
}

/// The tests with real faults, which are one program.
pub(super) fn faults(inputs: &Inputs) -> Vec<Group> {
    let files = inputs.names().filter(|name| name.starts_with("tests/faults/"));
    let texts: String = files.map(|file| fs::read_to_string(places::at(file)).unwrap_or_default()).collect();
    let mut recipe = inputs.recipe();
    recipe.link(APP, &vendors::untouched(&texts));
    recipe.leave_out(|name| name.starts_with(FOLDERS));
    recipe.take("tests/faults/");
    vec![Group { name: "faults".into(), fingerprint: recipe.fingerprint(), owns: Owns::All }]
}

/// A group for each of these packages of the browser.
pub(super) fn packages(inputs: &Inputs, names: &[&str]) -> Vec<Group> {
    let group = |name: &&str| {
        let mut recipe = inputs.recipe();
        recipe.link(name, &[]);
        recipe.take("www/");
        Group { name: (*name).to_owned(), fingerprint: recipe.fingerprint(), owns: Owns::All }
    };
    names.iter().map(group).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_names_packages_and_folders() {
        let group = |owns| Group { name: String::new(), fingerprint: String::new(), owns };
        let module = |name: &str| group(Owns::Module(BY_FOLDER.into(), name.into()));
        let groups = [
            group(Owns::Package("knock-status".into())),
            group(Owns::Package(APP.into())),
            module("chat"),
            module("crm"),
        ];
        assert_eq!(
            filter(&groups),
            "package(=knock-status) + (package(=knock) - binary_id(=knock::http)) + \
             (binary_id(=knock::http) & test(/^(chat|crm)::/))"
        );
    }

    #[test]
    fn a_folder_depends_on_the_folders_whose_functions_it_uses() {
        let module = |text: &str| Module { files: Vec::new(), text: text.into() };
        let modules = BTreeMap::from([
            ("chat".to_owned(), module("use crate::support::x;")),
            ("mail".to_owned(), module("use crate::chat::start;")),
            ("crm".to_owned(), module("use crate::members::rep;")),
            ("support".to_owned(), module("")),
        ]);
        assert_eq!(used(&modules, "mail"), BTreeSet::from(["chat", "mail", "support"]));
    }

    #[test]
    fn every_test_of_the_server_is_in_one_group() {
        let groups = groups(&Inputs::load().expect("the repository"));
        let names: BTreeSet<&str> = groups.iter().map(|group| group.name.as_str()).collect();
        assert_eq!(names.len(), groups.len());
        assert!(names.contains("knock::http chat") && names.contains("knock") && names.contains("knock-status"));
        assert!(!names.contains("knock::http support"));
    }
}
