//! Groups of tests whose inputs are those of their last green run: a warm run skips them and says so.

mod inputs;
mod native;
mod scripts;
mod vendors;

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::sync::{Mutex, OnceLock, PoisonError};

use super::flaky;
use super::runner::Case;
use crate::places;
use inputs::Inputs;

pub(super) use native::filter;

/// Tests that are selected together.
#[derive(Clone, Debug)]
pub(super) struct Group {
    /// The name a person reads: a package, a folder of tests, a script.
    pub(super) name: String,
    /// The hash of everything its outcome depends on.
    fingerprint: String,
    owns: Owns,
}

/// The tests of a group.
#[derive(Clone, Debug, PartialEq)]
enum Owns {
    /// All that the stage runs, or those of one package that its runner does not tell apart.
    All,
    /// Those of a package, apart from the program that is grouped by folders.
    Package(String),
    /// Those below a module of a test program.
    Module(String, String),
    /// Those of a script.
    Script(String),
}

/// What is known of earlier runs on this machine.
pub(super) struct Selection {
    /// Whether everything runs.
    is_whole: bool,
    inputs: OnceLock<Inputs>,
    /// Fingerprints of the last green runs, by stage and group.
    green: Mutex<BTreeMap<String, String>>,
}

impl Selection {
    /// Reads what earlier runs left; a whole run skips nothing.
    pub(super) fn load(is_whole: bool) -> Self {
        let text = fs::read_to_string(file()).unwrap_or_default();
        let green = serde_json::from_str(&text).unwrap_or_default();
        Self { is_whole, inputs: OnceLock::new(), green: Mutex::new(green) }
    }

    /// The groups of native tests.
    pub(super) fn native(&self) -> anyhow::Result<Vec<Group>> {
        Ok(native::groups(self.inputs()?))
    }

    /// The groups of native tests that run again on another database.
    pub(super) fn with_a_store(&self) -> anyhow::Result<Vec<Group>> {
        let groups = self.native()?.into_iter();
        Ok(groups.filter(Group::is_with_a_store).collect())
    }

    /// The one group of all tests with real faults.
    pub(super) fn faults(&self) -> anyhow::Result<Vec<Group>> {
        Ok(native::faults(self.inputs()?))
    }

    /// A group for each package; the runner does not report which package a failed test is of.
    pub(super) fn packages(&self, packages: &[&str]) -> anyhow::Result<Vec<Group>> {
        Ok(native::packages(self.inputs()?, packages))
    }

    /// The groups of end-to-end tests: one for each script.
    pub(super) fn scripts(&self, scripts: &[String]) -> anyhow::Result<Vec<Group>> {
        scripts::groups(self.inputs()?, scripts)
    }

    /// Those of the groups that must run; says which are skipped.
    pub(super) fn wanted(&self, stage: &str, groups: Vec<Group>) -> Vec<Group> {
        let (wanted, skipped): (Vec<_>, Vec<_>) = groups.into_iter().partition(|group| self.wants(stage, group));
        if !skipped.is_empty() {
            let names: Vec<&str> = skipped.iter().map(|group| group.name.as_str()).collect();
            println!("skipped, unchanged since their last green run (--all runs them): {}", names.join(", "));
        }
        wanted
    }

    /// Whether a group must run.
    pub(super) fn wants(&self, stage: &str, group: &Group) -> bool {
        let green = self.green.lock().unwrap_or_else(PoisonError::into_inner);
        self.is_whole || green.get(&key(stage, group)) != Some(&group.fingerprint)
    }

    /// Remembers the groups without a failure, and fails with the names of those tests that did.
    pub(super) fn settle(&self, stage: &str, groups: &[Group], cases: &[Case]) -> anyhow::Result<()> {
        let failed: Vec<&Case> = cases.iter().filter(|case| case.failure.is_some()).collect();
        let passed = groups.iter().filter(|group| !failed.iter().any(|case| group.owns.holds(case)));
        {
            let mut green = self.green.lock().unwrap_or_else(PoisonError::into_inner);
            green.extend(passed.map(|group| (key(stage, group), group.fingerprint.clone())));
            fs::create_dir_all(places::scratch())?;
            fs::write(file(), serde_json::to_string_pretty(&*green)?)?;
        }
        flaky::passed(cases)
    }

    fn inputs(&self) -> anyhow::Result<&Inputs> {
        if self.inputs.get().is_none() {
            drop(self.inputs.set(Inputs::load()?));
        }
        Ok(self.inputs.get_or_init(Inputs::default))
    }
}

impl Group {
    /// Whether its tests keep something, in a database of their own or by a server that they start.
    fn is_with_a_store(&self) -> bool {
        match &self.owns {
            Owns::Package(package) => native::STORES.contains(&package.as_str()),
            Owns::Module(..) => true,
            Owns::All | Owns::Script(_) => false,
        }
    }

    /// The package whose tests they are.
    pub(super) fn package(&self) -> Option<&str> {
        match &self.owns {
            Owns::Package(package) => Some(package),
            Owns::All | Owns::Module(..) | Owns::Script(_) => None,
        }
    }

    /// The script of end-to-end tests.
    pub(super) fn script(&self) -> Option<&str> {
        match &self.owns {
            Owns::Script(script) => Some(script),
            Owns::All | Owns::Package(_) | Owns::Module(..) => None,
        }
    }
}

impl Owns {
    fn holds(&self, case: &Case) -> bool {
        match self {
            Self::All => true,
            Self::Package(package) => case.suite.split("::").next() == Some(package) && case.suite != native::BY_FOLDER,
            Self::Module(program, module) => {
                let rest = case.name.strip_prefix(module.as_str());
                case.suite == *program && rest.is_some_and(|rest| rest.starts_with("::"))
            }
            Self::Script(script) => case.suite == *script,
        }
    }
}

fn key(stage: &str, group: &Group) -> String {
    format!("{stage} {}", group.name)
}

fn file() -> PathBuf {
    places::scratch().join("green.json")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn case(suite: &str, name: &str, failure: Option<&str>) -> Case {
        Case { suite: suite.into(), name: name.into(), time: None, failure: failure.map(Into::into) }
    }

    #[test]
    fn a_test_belongs_to_the_group_of_its_folder_or_package() {
        let check = |owns: &Owns, suite: &str, name: &str, expected| {
            assert_eq!(owns.holds(&case(suite, name, None)), expected, "{owns:?} {suite} {name}");
        };
        let package = Owns::Package("knock".into());
        check(&package, "knock", "cli::a", true);
        check(&package, "knock::bin/knock", "cli::a", true);
        check(&package, "knock::http", "chat::a", false);
        check(&package, "knock-status", "a", false);
        let module = Owns::Module("knock::http".into(), "mail".into());
        check(&module, "knock::http", "mail::a", true);
        check(&module, "knock::http", "mail_page::a", false);
        check(&Owns::Script("tests/e2e/a.test.mjs".into()), "tests/e2e/a.test.mjs", "x", true);
    }

    #[test]
    fn green_groups_are_skipped_unless_all_are_wanted() {
        let group = |name: &str, fingerprint: &str| Group {
            name: name.into(),
            fingerprint: fingerprint.into(),
            owns: Owns::Package(name.into()),
        };
        let wanted = |is_whole| {
            let green =
                BTreeMap::from([("native a".to_owned(), "1".to_owned()), ("native b".to_owned(), "1".to_owned())]);
            let selection = Selection { is_whole, inputs: OnceLock::new(), green: Mutex::new(green) };
            let groups = selection.wanted("native", vec![group("a", "1"), group("b", "2"), group("c", "1")]);
            groups.into_iter().map(|group| group.name).collect::<Vec<_>>()
        };
        assert_eq!(wanted(false), ["b", "c"]);
        assert_eq!(wanted(true), ["a", "b", "c"]);
    }
}
