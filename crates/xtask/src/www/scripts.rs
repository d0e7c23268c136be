//! Hand-written scripts and styles, made small by esbuild.

use std::iter;
use std::path::{Path, PathBuf};
use std::slice;

use super::files;
use super::stamp::Work;
use crate::report::step;
use crate::tools::npm;
use crate::{places, run};

/// Builds the loader, the launcher and the style sheets.
pub(crate) fn build() -> anyhow::Result<Vec<PathBuf>> {
    let loader = places::at("www/k.js");
    let launcher = places::at("www/launcher.js");
    let forms = places::at("www/tracker/forms.js");
    let styles = files(&places::at("www/css"))?;
    let with_styles: Vec<PathBuf> = iter::once(launcher.clone()).chain(styles.iter().cloned()).collect();
    // Pictures and fonts are files of their own; their addresses stay as they are written.
    let style = ["--bundle", "--external:*.svg", "--external:*.png", "--external:*.woff2"];
    Ok(vec![
        // A plain script for pages of any age: syntax that is too new would be an error on theirs.
        make("k.js", slice::from_ref(&loader), &loader, &["--target=es2019"])?,
        make("forms.js", slice::from_ref(&forms), &forms, &["--format=esm", "--target=es2021"])?,
        // It brings its styles along as texts, so that it can show itself at once.
        make(
            "launcher.js",
            &with_styles,
            &launcher,
            &["--bundle", "--format=esm", "--target=es2021", "--loader:.css=text"],
        )?,
        make("dashboard.css", &styles, &places::at("www/css/dashboard.css"), &style)?,
        make("widget.css", &styles, &places::at("www/css/widget.css"), &style)?,
    ])
}

fn make(name: &str, inputs: &[PathBuf], entry: &Path, args: &[&str]) -> anyhow::Result<PathBuf> {
    let output = places::www().join(name);
    step(name, || {
        let work = Work { name, inputs, recipe: "", outputs: slice::from_ref(&output) };
        work.run(|| esbuild(entry, &output, args))
    })?;
    Ok(output)
}

/// Minifies one file into another.
pub(super) fn esbuild(entry: &Path, output: &Path, args: &[&str]) -> anyhow::Result<()> {
    let mut outfile = std::ffi::OsString::from("--outfile=");
    outfile.push(output);
    let mut command = run::command(npm::program("esbuild"));
    run::run(
        command.arg(entry).arg(outfile).args(["--minify", "--legal-comments=none", "--log-level=warning"]).args(args),
    )
}
