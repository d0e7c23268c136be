//! Hand-written scripts and styles, made small by esbuild.

use std::fs;
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
    let of_launcher_alone = LAUNCHER.map(script);
    let styles = files(&places::at("www/css"))?;
    let texts = files(&places::at("www/texts"))?;
    let booking = places::at("www/booking.js");
    let of_booking: Vec<PathBuf> =
        [booking.clone(), places::at("www/css/booking.css"), places::at("www/css/booked.css")]
            .into_iter()
            .chain(files(&places::at("crates/browser/widget/js"))?)
            .collect();
    let of_launcher: Vec<PathBuf> =
        iter::once(&launcher).chain(&of_launcher_alone).chain(&styles).chain(&texts).cloned().collect();
    // Pictures and fonts are files of their own; their addresses stay as they are written.
    let style = ["--bundle", "--external:*.svg", "--external:*.png", "--external:*.woff2"];
    let extras = script("extras");
    let of_extras: Vec<PathBuf> = iter::once(extras.clone())
        .chain(files(&places::at("www/extras"))?)
        .chain(files(&places::at("crates/browser/widget/texts/extras"))?)
        .chain([places::at("www/css/extras.css")])
        .collect();
    let mut built = vec![
        // A plain script for pages of any age: syntax that is too new would be an error on theirs.
        make_small("k.js", &loader, "--target=es2019", &["--ecma=2019", "--format", AT_ONCE])?,
        // It brings its styles and what it says along as texts, so that it can show itself at once.
        make(
            "launcher.js",
            &of_launcher,
            &launcher,
            &["--bundle", "--format=esm", "--target=es2021", "--loader:.css=text", "--loader:.txt=text"],
        )?,
        // Its half of the script and how it looks, for those who open a booking.
        make(
            "booking.js",
            &of_booking,
            &booking,
            &["--bundle", "--format=esm", "--target=es2021", "--loader:.css=text"],
        )?,
        // What some sites add to the chat, for those who open one there: with its four languages.
        make(
            "extras.js",
            &of_extras,
            &extras,
            &["--bundle", "--format=esm", "--target=es2021", "--loader:.css=text", "--loader:.txt=text"],
        )?,
        make_small("app.push.js", &places::at("www/push.js"), "--target=es2021", &["--ecma=2021"])?,
        make("dashboard.css", &styles, &places::at("www/css/dashboard.css"), &style)?,
        make("hosted.css", &styles, &places::at("www/css/hosted.css"), &style)?,
        make("widget.css", &styles, &places::at("www/css/widget.css"), &style)?,
        make("dashboard.preview.css", &styles, &places::at("www/css/preview.css"), &style)?,
        chart()?,
        preview()?,
    ];
    for (name, parts) in LAUNCHER_CHUNKS {
        let entry = script(name);
        let parts: Vec<PathBuf> = parts.iter().map(|part| script(part)).collect();
        let inputs: Vec<PathBuf> = iter::once(&entry).chain(&parts).chain(&styles).chain(&texts).cloned().collect();
        built.push(make(
            &format!("{name}.js"),
            &inputs,
            &entry,
            &["--bundle", "--format=esm", "--target=es2021", "--loader:.css=text", "--loader:.txt=text"],
        )?);
    }
    for texts in files(&places::at("crates/browser/widget/texts/booking"))? {
        built.push(booking_texts(&texts)?);
    }
    for chunk in CHUNKS {
        let file = places::at(&format!("www/tracker/{chunk}"));
        built.push(make_small(chunk, &file, "--format=esm", &["--module", "--ecma=2021"])?);
    }
    Ok(built)
}

/// A hand-written script by its name.
fn script(name: &str) -> PathBuf {
    places::at(&format!("www/{name}.js"))
}

/// Builds the module with the texts of the booking in one language.
fn booking_texts(texts: &Path) -> anyhow::Result<PathBuf> {
    let code = texts.file_stem().unwrap_or_default().to_string_lossy();
    make(
        &format!("booking.{code}.js"),
        slice::from_ref(&texts.to_owned()),
        texts,
        &["--bundle", "--format=esm", "--loader:.txt=text"],
    )
}

/// Builds the script of the page in which the dashboard shows a look.
fn preview() -> anyhow::Result<PathBuf> {
    let entry = places::at("www/preview.js");
    let inputs: Vec<PathBuf> = iter::once(entry.clone()).chain(files(&places::at("www/preview"))?).collect();
    make("dashboard.preview.js", &inputs, &entry, &["--bundle", "--format=esm", "--target=es2022"])
}

/// Builds the chart of the dashboard, with the library that draws it and that one's licence.
fn chart() -> anyhow::Result<PathBuf> {
    let (entry, licence) = (places::at("www/chart/chart.js"), places::at("node_modules/uplot/LICENSE"));
    let inputs: Vec<PathBuf> = iter::once(licence.clone()).chain(files(&places::at("www/chart"))?).collect();
    let banner = format!("--banner:js=/*! uPlot\n\n{}*/", fs::read_to_string(&licence)?);
    let syntax = ["--bundle", "--format=esm", "--target=es2021", "--loader:.css=text", banner.as_str()];
    make("dashboard.chart.js", &inputs, &entry, &syntax)
}

/// Lets Chromium compile a whole script on the thread that downloads it, instead of each function on the page's own at
/// its first call.
pub(super) const AT_ONCE: &str = "preamble='//# allFunctionsCalledOnLoad'";

/// The options that make scripts smallest after brotli: the repeated forms of plain statements cost less than commas.
const COMPRESS: &str =
    "passes=3,keep_fargs=false,unsafe_arrows=true,pure_getters=true,sequences=false,conditionals=false";

/// For what is squeezed next: names that are given once cost less than names given twice.
pub(super) const NAMES_LEFT: &str = "--minify-identifiers=false";

/// Properties of the tracker that no other file, no page and no signal knows: their names may be as short as any.
pub(super) const OWN: &str = "regex=/^(needsConsent|isRefused|facts|replay|dispatch|onAction)$/";

/// The parts of the launcher.
const LAUNCHER: [&str; 15] = [
    "attach",
    "elements",
    "focus",
    "idle",
    "look",
    "mount",
    "news",
    "storage",
    "styles",
    "tab",
    "unfinished",
    "unread",
    "visit",
    "widget-files",
    "words",
];

/// What the launcher loads where it is needed, and its parts: the bars of the page that it keeps clear of, why the chat
/// cannot be opened, the frame of Knock's own origin, the pages and devices on which it is hidden, the bubble of a member's
/// words, the nudge of a workflow, sound and title of a reply, and the teaser.
const LAUNCHER_CHUNKS: [(&str, &[&str]); 8] = [
    ("clear", &["idle"]),
    ("failure", &["elements"]),
    ("framed", &["elements"]),
    ("hiding", &["paths"]),
    ("invitation", &["bubble"]),
    ("nudge", &["bubble", "fields", "storage"]),
    ("reply", &["sound", "storage", "title"]),
    ("teaser", &["bubble", "fields", "paths", "storage"]),
];

/// Parts of the tracker that only some pages need.
const CHUNKS: [&str; 5] = ["debug.js", "forms.js", "handoff.js", "recovery.js", "refused.js"];

/// Makes one file that visitors download.
fn make_small(name: &str, file: &Path, target: &str, syntax: &[&str]) -> anyhow::Result<PathBuf> {
    let output = places::www().join(name);
    step(name, || {
        let work =
            Work { name, inputs: &[file.to_owned()], recipe: &syntax.join(" "), outputs: slice::from_ref(&output) };
        work.run(|| {
            esbuild(file, &output, &[target, NAMES_LEFT])?;
            squeeze(&output, syntax)
        })
    })?;
    Ok(output)
}

/// Makes a script smaller than its bundler does: a twentieth, which every visitor downloads.
pub(super) fn squeeze(script: &Path, syntax: &[&str]) -> anyhow::Result<()> {
    let mut command = run::command(npm::program("terser"));
    command.arg(script).args(syntax);
    command.args(["--compress", COMPRESS, "--mangle"]);
    run::run(command.arg("--output").arg(script))
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
