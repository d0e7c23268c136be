//! Browsers with other engines than Chromium's, for a selection of the end-to-end tests.

use std::env;
use std::path::PathBuf;

use anyhow::Context;

use super::{apt, on_path};
use crate::report;

/// The variable with the driver of WebKitGTK, which test scripts read.
pub(crate) const WEBKIT_DRIVER: &str = "WEBKIT_DRIVER";
/// The same for Firefox.
pub(crate) const FIREFOX: &str = "FIREFOX";

/// Finds Firefox, by `FIREFOX` or on the search path, or installs it. No driver is needed: it speaks WebDriver BiDi.
pub(crate) fn firefox() -> anyhow::Result<PathBuf> {
    let find = || {
        let named = env::var_os(FIREFOX).map(PathBuf::from);
        named.or_else(|| ["firefox-esr", "firefox"].into_iter().find_map(on_path))
    };
    if let Some(firefox) = find() {
        return Ok(firefox);
    }
    apt::install(&["firefox-esr"], "Firefox")?;
    find().context("Firefox is still missing; install it, or set FIREFOX")
}

/// The driver of WebKitGTK, where the machine has that and a screen for it; says loudly where not.
pub(crate) fn webkit() -> Option<PathBuf> {
    let named = env::var_os(WEBKIT_DRIVER).map(PathBuf::from);
    let driver = named.or_else(|| on_path("WebKitWebDriver")).filter(|_| on_path("Xvfb").is_some());
    if driver.is_none() {
        report::announce(
            "WebKitGTK IS NOT HERE: nothing is tried in it (on Debian: apt-get install webkit2gtk-driver xvfb)",
        );
    }
    driver
}
