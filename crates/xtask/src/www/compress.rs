//! Compressed variants of the files we serve, made once at build time.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::write::GzEncoder;
use serde::Deserialize;

use crate::places;
use crate::profile::Effort;
use crate::report::Ended;

/// More bytes than any file has that visitors download.
const LARGE: u64 = 1 << 20;

/// A way to make a file smaller on the wire.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Encoding {
    Gzip,
    Brotli,
}

impl Encoding {
    /// Both, the better one first.
    const ALL: [Self; 2] = [Self::Brotli, Self::Gzip];

    fn ending(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Gzip => "gz",
        }
    }

    /// The path of the compressed copy of a file.
    pub(crate) fn variant(self, file: &Path) -> PathBuf {
        let mut name = file.as_os_str().to_owned();
        name.push(".");
        name.push(self.ending());
        name.into()
    }
}

/// Compresses as hard as the format allows.
pub(crate) fn encode(encoding: Encoding, bytes: &[u8]) -> anyhow::Result<Vec<u8>> {
    match encoding {
        Encoding::Gzip => {
            let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
            encoder.write_all(bytes)?;
            Ok(encoder.finish()?)
        }
        Encoding::Brotli => {
            let mut output = Vec::new();
            let params = brotli::enc::BrotliEncoderParams { quality: 11, size_hint: bytes.len(), ..Default::default() };
            brotli::BrotliCompress(&mut &bytes[..], &mut output, &params)?;
            Ok(output)
        }
    }
}

/// Compresses what changed; returns the variants that belong to the files.
///
/// Fast builds are served to this machine only: large modules are left out.
pub(super) fn all(files: &[PathBuf], effort: Effort) -> anyhow::Result<(Vec<PathBuf>, Ended)> {
    let mut variants = Vec::new();
    let mut ended = Ended::Fresh;
    for file in files.iter().filter(|file| is_sent_unchanged(file)) {
        if effort == Effort::Fast && fs::metadata(file)?.len() > LARGE {
            continue;
        }
        for encoding in Encoding::ALL {
            let variant = encoding.variant(file);
            if !is_newer(&variant, file)? {
                let bytes = fs::read(file)?;
                let encoded = encode(encoding, &bytes)?;
                if encoded.len() >= bytes.len() {
                    continue;
                }
                fs::write(&variant, encoded)?;
                ended = Ended::Done;
            }
            variants.push(variant);
        }
    }
    Ok((variants, ended))
}

/// Whether the server sends the file as it is: into pages and the loader it writes addresses and keys.
fn is_sent_unchanged(file: &Path) -> bool {
    let name = file.strip_prefix(places::www()).unwrap_or(file);
    let ending = name.extension().and_then(|ending| ending.to_str());
    match ending {
        Some("html") => false,
        Some("css" | "ico" | "js" | "json" | "map" | "svg" | "txt" | "wasm" | "xml") => name != Path::new("k.js"),
        // Pictures and fonts are compressed already.
        _ => false,
    }
}

fn is_newer(variant: &Path, file: &Path) -> anyhow::Result<bool> {
    Ok(match fs::metadata(variant) {
        Ok(metadata) => metadata.modified()? >= fs::metadata(file)?.modified()?,
        Err(_) => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_encodings_shrink_repeated_text() {
        let text = b"knock ".repeat(200);
        for encoding in Encoding::ALL {
            let encoded = encode(encoding, &text).unwrap();
            assert!(encoded.len() < 80, "{encoding:?}: {} bytes", encoded.len());
        }
    }

    #[test]
    fn files_with_markers_and_pictures_have_no_compressed_copies() {
        let check = |name: &str, expected| {
            assert_eq!(is_sent_unchanged(&places::www().join(name)), expected, "{name}");
        };
        check("k.js", false);
        check("app.html", false);
        check("demo/pricing/index.html", false);
        check("icons/logo.png", false);
        check("tracker.js", true);
        check("tracker.wasm", true);
        check("demo/assets/base.css", true);
    }
}
