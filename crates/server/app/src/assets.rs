//! The files of `target/www`, within the binary in a release build, read from disk otherwise.

use rust_embed::{Embed, EmbeddedFile};
use sha2::{Digest, Sha256};

/// What browsers keep for long, under an address that changes with it.
const KEPT_LONG: [&str; 6] =
    ["tracker.js", "tracker.wasm", "dashboard.js", "dashboard.wasm", "dashboard.css", "app.js"];

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
    /// Its bytes.
    pub(crate) bytes: std::borrow::Cow<'static, [u8]>,
    /// `br` or `gzip` when they are compressed.
    pub(crate) encoding: Option<&'static str>,
}

impl Assets {
    /// All files; their version is a hash of what browsers keep for long.
    pub(crate) fn load() -> anyhow::Result<Assets> {
        let mut hash = Sha256::new();
        for name in KEPT_LONG {
            let file = Www::get(name);
            let file = file.ok_or_else(|| anyhow::anyhow!("{name} is not built: run `cargo xtask build`"))?;
            hash.update(&file.data);
        }
        Ok(Assets { version: hex::encode(&hash.finalize()[..6]) })
    }

    /// The version that stands in the address of long-lived files.
    pub(crate) fn version(&self) -> &str {
        &self.version
    }

    /// A file, compressed if the browser can read that.
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

    /// A text file.
    pub(crate) fn text(&self, name: &str) -> Option<String> {
        let EmbeddedFile { data, .. } = Www::get(name)?;
        String::from_utf8(data.into_owned()).ok()
    }
}
