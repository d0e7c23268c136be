//! `cargo xtask pictures`: the screenshots of the documents, made anew from the real product.

use std::path::Path;

use crate::profile::{Effort, Profile};
use crate::tools::{browser::Browser, npm, python};
use crate::{binary, places, run, www};

/// Where the documents look for them.
const FOLDER: &str = "docs/images";

/// Builds the product with the servers of vendors, and has a browser write every picture.
pub(crate) fn make(folder: Option<&Path>) -> anyhow::Result<()> {
    let browser = Browser::ensure()?;
    npm::ensure()?;
    let python = python::ensure()?;
    www::build(Profile::Dev, Effort::Fast)?;
    let knock = binary::build_for_tests()?;
    let mut node = run::command("node");
    node.arg(places::at("tests/e2e/pictures.mjs"))
        .arg(folder.map_or_else(|| places::at(FOLDER), Path::to_path_buf))
        .env("KNOCK_BIN", knock)
        .env("CHROMIUM", browser.for_scripts())
        .env(python::VARIABLE, python);
    run::run(&mut node)
}
