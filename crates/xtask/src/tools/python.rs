//! Python with what tests need: servers for SMTP and CalDAV, and the engines that read files of an export.

use std::fs;
use std::path::PathBuf;

use super::{apt, cache, on_path};
use crate::{report, run};

/// The installed packages; an update changes a line here.
const PACKAGES: [&str; 2] = ["aiosmtpd==1.4.6", "Radicale==3.9.0"];
/// Those installed without what they depend on: queries need nothing of it, and it is 400 MB more.
const ALONE: [&str; 3] = ["duckdb==2.0.1", "chdb==4.4.0", "chdb-core==26.9.0"];
/// The variable in which tests find it.
pub(crate) const VARIABLE: &str = "KNOCK_TEST_PYTHON";

/// Makes sure that there is a Python of our own with the packages of tests; the program.
pub(crate) fn ensure() -> anyhow::Result<PathBuf> {
    let python = cache()?.join("python/bin/python");
    let probe = ["-c", "import aiosmtpd, radicale, duckdb, chdb"];
    install("python", &PACKAGES, &ALONE, || run::probe(run::command(&python).args(probe)).is_some())?;
    Ok(python)
}

/// Makes sure that there is a Python with these packages in a folder of the cache; the program. `probe` imports them.
pub(crate) fn with(folder: &str, packages: &[&str], probe: &str) -> anyhow::Result<PathBuf> {
    let python = cache()?.join(folder).join("bin/python");
    install(folder, packages, &[], || run::probe(run::command(&python).args(["-c", probe])).is_some())?;
    Ok(python)
}

/// Makes sure that a program is there that a package brings compiled; the program.
pub(crate) fn compiled(folder: &str, package: &str, name: &str) -> anyhow::Result<PathBuf> {
    let program = cache()?.join(folder).join("bin").join(name);
    install(folder, &[package], &[], || run::probe(run::command(&program).arg("--version")).is_some())?;
    Ok(program)
}

/// Installs packages in a folder of the cache, some of them `alone`, without their dependencies, unless they are there and
/// what is wanted of them starts.
fn install(folder: &str, packages: &[&str], alone: &[&str], starts: impl Fn() -> bool) -> anyhow::Result<()> {
    let folder = cache()?.join(folder);
    let (python, stamp) = (folder.join("bin/python"), folder.join("packages"));
    let wanted = [packages, alone].concat().join("\n");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) && starts() {
        return Ok(());
    }
    if on_path("python3").is_none() || run::probe(run::command("python3").args(["-c", "import ensurepip"])).is_none() {
        apt::install(&["python3", "python3-venv"], "Python with venv")?;
    }
    report::announce(format_args!("installing {}", wanted.replace('\n', ", ")));
    run::run(run::command("python3").args(["-m", "venv", "--clear"]).arg(&folder))?;
    let pip = || {
        let mut pip = run::command(&python);
        pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]);
        pip
    };
    run::run(pip().args(packages))?;
    if !alone.is_empty() {
        run::run(pip().arg("--no-deps").args(alone))?;
    }
    Ok(fs::write(stamp, wanted)?)
}
