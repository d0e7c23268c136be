//! The files of `target/www`, within the binary in a release build, read from disk otherwise.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use rust_embed::{Embed, EmbeddedFile};
use sha2::{Digest, Sha256, Sha384};

/// The file that sites embed.
pub(crate) const LOADER: &str = "k.js";
/// The files that every build has.
const NEEDED: [&str; 4] = [LOADER, "tracker.js", "dashboard.js", "dashboard.wasm"];
/// The prefixes of the files that only the dashboard loads.
const OF_DASHBOARD: [&str; 2] = ["app.", "dashboard."];

#[derive(Embed)]
#[folder = "$CARGO_MANIFEST_DIR/../../../target/www"]
#[allow_missing = true]
struct Www;

/// The files served to browsers.
pub(crate) struct Assets {
    version: String,
}

/// A file as it is sent.
pub(crate) struct Asset {
    pub(crate) bytes: std::borrow::Cow<'static, [u8]>,
    /// `br` or `gzip`; none if the file is not compressed.
    pub(crate) encoding: Option<&'static str>,
}

impl Assets {
    /// Loads all files; their version is a hash of the long-lived ones.
    pub(crate) fn load() -> anyhow::Result<Assets> {
        for name in NEEDED {
            anyhow::ensure!(Www::get(name).is_some(), "{name} is not built: run `cargo xtask build`");
        }
        let mut names: Vec<_> = Www::iter().filter(|name| is_kept_long(name)).collect();
        names.sort_unstable();
        let mut hash = Sha256::new();
        for name in names {
            hash.update(name.as_bytes());
            hash.update(Www::get(&name).map(|file| file.data).unwrap_or_default());
        }
        Ok(Assets { version: hex::encode(&hash.finalize()[..6]) })
    }

    /// The loader, pointing at the files of this version.
    pub(crate) fn loader(&self) -> Option<String> {
        self.text(LOADER).map(|loader| loader.replace("__V__", &self.version))
    }

    /// The value of `integrity` for that loader.
    pub(crate) fn loader_integrity(&self) -> Option<String> {
        self.loader().map(|loader| format!("sha384-{}", BASE64_STANDARD.encode(Sha384::digest(loader))))
    }

    /// The version in the address of long-lived files.
    pub(crate) fn version(&self) -> &str {
        &self.version
    }

    /// A file, compressed if the browser accepts that.
    pub(crate) fn get(&self, name: &str, accepted: &str) -> Option<Asset> {
        let accepts = |word: &str| accepted.split(',').any(|one| one.trim().split(';').next() == Some(word));
        for (encoding, ending) in [("br", ".br"), ("gzip", ".gz")] {
            if accepts(encoding)
                && let Some(file) = Www::get(&format!("{name}{ending}"))
            {
                return Some(Asset { bytes: file.data, encoding: Some(encoding) });
            }
        }
        Www::get(name).map(|file| Asset { bytes: file.data, encoding: None })
    }

    pub(crate) fn text(&self, name: &str) -> Option<String> {
        let EmbeddedFile { data, .. } = Www::get(name)?;
        String::from_utf8(data.into_owned()).ok()
    }
}

/// Whether pages of customers and hosted pages may load this file: all that is made for browsers, but the dashboard's.
pub(crate) fn is_public(name: &str) -> bool {
    is_kept_long(name) && !OF_DASHBOARD.iter().any(|start| name.starts_with(start))
}

/// Whether browsers cache a file for long, under an address that changes with it: scripts, modules and styles at the
/// top level.
fn is_kept_long(name: &str) -> bool {
    !name.contains('/') && [".js", ".wasm", ".css"].iter().any(|ending| name.ends_with(ending))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_made_for_visitors_is_public_whatever_its_name() {
        let cases = [
            ("k.js", true),
            ("engine.js", true),
            ("tracker.wasm", true),
            ("widget.css", true),
            ("app.js", false),
            ("dashboard.wasm", false),
            ("tracker.js.br", false),
            ("app.html", false),
            ("demo/assets/site.js", false),
            ("../secret.js", false),
        ];
        for (name, expected) in cases {
            assert_eq!(is_public(name), expected, "{name}");
        }
    }
}
