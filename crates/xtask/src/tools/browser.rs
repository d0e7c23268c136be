//! Chromium and its driver, for tests only.

use std::env;
use std::fs;
use std::path::PathBuf;

use anyhow::Context;
use serde_json::{Value, json};

use super::{apt, on_path};
use crate::places;

/// A browser and the program that drives it.
pub(crate) struct Browser {
    pub(crate) chromium: PathBuf,
    pub(crate) driver: PathBuf,
}

impl Browser {
    /// Finds both, by `CHROME` and `CHROMEDRIVER` or on the search path, or installs them.
    pub(crate) fn ensure() -> anyhow::Result<Self> {
        if let Some(browser) = Self::find() {
            return Ok(browser);
        }
        apt::install(&["chromium", "chromium-driver"], "Chromium with chromedriver")?;
        Self::find().context("Chromium or chromedriver is still missing; install both, or set CHROME and CHROMEDRIVER")
    }

    fn find() -> Option<Self> {
        let named = |variable: &str| env::var_os(variable).map(PathBuf::from);
        let chromium = named("CHROME")
            .or_else(|| ["chromium", "chromium-browser", "google-chrome"].into_iter().find_map(on_path))?;
        let driver = named("CHROMEDRIVER").or_else(|| on_path("chromedriver"))?;
        Some(Self { chromium, driver })
    }

    /// The browser for scripts: the same engine without windows of its own where that can be had, which takes half
    /// of the time.
    pub(crate) fn for_scripts(&self) -> PathBuf {
        const SHELL: &str = "chromium-headless-shell";
        if env::var_os("CHROME").is_some() {
            return self.chromium.clone();
        }
        let installed = || apt::install(&[SHELL], "Chromium without windows").ok().and_then(|()| on_path(SHELL));
        on_path(SHELL).or_else(installed).unwrap_or_else(|| self.chromium.clone())
    }

    /// Writes the driver's settings with this very browser in them, and says where.
    pub(crate) fn settings(&self) -> anyhow::Result<PathBuf> {
        let mut settings: Value = serde_json::from_str(&fs::read_to_string(places::at("webdriver.json"))?)
            .context("cannot read webdriver.json")?;
        settings["goog:chromeOptions"]["binary"] = json!(self.chromium);
        let path = places::scratch().join("webdriver.json");
        fs::create_dir_all(places::scratch())?;
        fs::write(&path, settings.to_string())?;
        Ok(path)
    }
}
