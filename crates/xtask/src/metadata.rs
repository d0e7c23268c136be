//! The part of `cargo metadata` that we ask about: our packages, their dependencies and targets.

use std::path::{Path, PathBuf};

use anyhow::Context;
use serde::Deserialize;

use crate::{places, run};

#[derive(Default, Deserialize)]
pub(crate) struct Workspace {
    pub(crate) packages: Vec<Package>,
    pub(crate) workspace_default_members: Vec<String>,
    pub(crate) target_directory: PathBuf,
}

#[derive(Deserialize)]
pub(crate) struct Package {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) manifest_path: PathBuf,
    pub(crate) dependencies: Vec<Dependency>,
    pub(crate) targets: Vec<Target>,
}

#[derive(Deserialize)]
pub(crate) struct Dependency {
    pub(crate) name: String,
    pub(crate) kind: Option<Kind>,
}

#[derive(Deserialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Kind {
    Build,
    Dev,
}

#[derive(Deserialize)]
pub(crate) struct Target {
    pub(crate) name: String,
    pub(crate) kind: Vec<String>,
}

impl Workspace {
    /// Asks cargo about our own packages.
    pub(crate) fn load() -> anyhow::Result<Self> {
        let text = run::output(&mut run::cargo(["metadata", "--no-deps", "--format-version", "1"]))?;
        serde_json::from_str(&text).context("cannot read what cargo metadata printed")
    }

    /// The packages below a folder of `crates`, such as `browser`.
    pub(crate) fn below<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = &'a Package> {
        self.packages.iter().filter(move |package| Path::new(&package.folder()).starts_with(folder))
    }

    /// The packages with tests that run in a browser: those of `browser`, and those that must answer there as here.
    pub(crate) fn tested_in_browser(&self) -> impl Iterator<Item = &Package> {
        self.packages.iter().filter(|package| package.depends_on("wasm-bindgen-test"))
    }

    /// The packages that cargo builds when none is named.
    pub(crate) fn default_members(&self) -> impl Iterator<Item = &Package> {
        self.packages.iter().filter(|package| self.workspace_default_members.contains(&package.id))
    }
}

impl Package {
    /// The package's folder inside `crates`, which is its layer: `domain/intent`; of one elsewhere that of the
    /// repository: `tests/slack`.
    pub(crate) fn folder(&self) -> String {
        let dir = self.dir();
        let inside = dir.strip_prefix(places::at("crates")).or_else(|_| dir.strip_prefix(places::root()));
        inside.unwrap_or(dir).to_string_lossy().into_owned()
    }

    /// The folder that holds the manifest.
    pub(crate) fn dir(&self) -> &Path {
        self.manifest_path.parent().unwrap_or(&self.manifest_path)
    }

    /// The folder by its slash-separated name in the repository, with a slash at the end.
    pub(crate) fn path(&self) -> String {
        let dir = self.dir();
        format!("{}/", dir.strip_prefix(places::root()).unwrap_or(dir).display())
    }

    /// Whether the package names this dependency, in any section.
    pub(crate) fn depends_on(&self, name: &str) -> bool {
        self.dependencies.iter().any(|dependency| dependency.name == name)
    }
}
