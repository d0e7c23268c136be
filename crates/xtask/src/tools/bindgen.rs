//! The one version of `wasm-bindgen`.

use anyhow::{Context, bail};

use crate::places;

/// The version of the crate, the library and the test runner.
pub(crate) fn version() -> anyhow::Result<String> {
    pin(&std::fs::read_to_string(places::at("Cargo.toml"))?)
}

/// The version that the workspace's manifest pins. Nothing else may name it.
pub(crate) fn pin(manifest: &str) -> anyhow::Result<String> {
    let manifest: toml::Table = manifest.parse().context("cannot read Cargo.toml")?;
    let entry = manifest
        .get("workspace")
        .and_then(|workspace| workspace.get("dependencies"))
        .and_then(|dependencies| dependencies.get("wasm-bindgen"))
        .context("Cargo.toml has no workspace dependency wasm-bindgen")?;
    let required = entry.get("version").unwrap_or(entry).as_str();
    match required.and_then(|text| text.strip_prefix('=')) {
        Some(version) => Ok(version.trim().to_owned()),
        None => bail!("wasm-bindgen must be pinned as \"=x.y.z\" in Cargo.toml"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(entry: &str, expected: Option<&str>) {
        let manifest = format!("[workspace.dependencies]\nwasm-bindgen = {entry}\n");
        assert_eq!(pin(&manifest).ok().as_deref(), expected, "{entry}");
    }

    #[test]
    fn only_an_exact_requirement_is_a_pin() {
        check("\"=1.2.3\"", Some("1.2.3"));
        check("{ version = \"= 1.2.3\", features = [] }", Some("1.2.3"));
        check("\"1.2.3\"", None);
        check("{ path = \"x\" }", None);
    }
}
