//! The compiler of what visitors download of a release: a nightly of one day, because only that builds the standard
//! library anew.

use std::process::Command;

use super::on_path;
use super::rust::WASM;
use crate::{report, run};

/// Pinned, so that the same sources give the same bytes.
const TOOLCHAIN: &str = "nightly-2026-05-20";

/// Flags that leave out parts that visitors never need: panic messages and their locations, and the output of `Debug`.
const RUSTFLAGS: [&str; 5] = [
    "-Cpanic=immediate-abort",
    "-Zunstable-options",
    "-Zfmt-debug=none",
    "-Zlocation-detail=none",
    // Measured: fewer functions are put into others, and these compress better.
    "-Cllvm-args=-inline-threshold=25",
];

/// A compiler that is installed.
#[derive(Clone, Copy)]
pub(crate) struct Nightly(());

impl Nightly {
    /// Finds it or installs it. Without rustup or a network a release is built by the stable compiler, only larger.
    pub(crate) fn ensure() -> Option<Self> {
        if on_path("rustup").is_none() {
            report::announce(format_args!(
                "there is no rustup to install {TOOLCHAIN}: tracker and widget will be larger"
            ));
            return None;
        }
        let nightly = Self(());
        if nightly.is_complete() {
            return Some(nightly);
        }
        report::announce(format_args!("installing {TOOLCHAIN}"));
        let mut rustup = run::command("rustup");
        rustup.args(["toolchain", "install", TOOLCHAIN, "--profile", "minimal", "--no-self-update"]);
        match run::run(rustup.args(["--component", "rust-src", "--target", WASM])) {
            Ok(()) => Some(nightly),
            Err(error) => {
                report::announce(format_args!("{error:#}: tracker and widget will be larger"));
                None
            }
        }
    }

    /// A command of cargo with the standard library from its sources, made for size.
    pub(crate) fn cargo(self, arguments: &[&str]) -> Command {
        let mut command = run::command("rustup");
        command
            .args(["run", TOOLCHAIN, "cargo"])
            .args(arguments)
            .args(["-Zbuild-std=std,panic_abort", "-Zbuild-std-features=optimize_for_size"])
            .env("CARGO_ENCODED_RUSTFLAGS", RUSTFLAGS.join("\u{1f}"));
        command
    }

    fn is_complete(self) -> bool {
        let list = |what: &str| {
            let mut rustup = run::command("rustup");
            run::probe(rustup.args([what, "list", "--installed", "--toolchain", TOOLCHAIN])).unwrap_or_default()
        };
        list("component").lines().any(|line| line == "rust-src") && list("target").lines().any(|line| line == WASM)
    }
}
