//! Python with the servers that tests need: SMTP and CalDAV.

use std::fs;
use std::path::PathBuf;

use super::{apt, cache, on_path};
use crate::{report, run};

/// The installed packages; an update changes a line here.
const PACKAGES: [&str; 2] = ["aiosmtpd==1.4.6", "Radicale==3.9.0"];
/// The variable in which tests find it.
pub(crate) const VARIABLE: &str = "KNOCK_TEST_PYTHON";

/// Makes sure that there is a Python of our own with the packages of tests; the program.
pub(crate) fn ensure() -> anyhow::Result<PathBuf> {
    with("python", &PACKAGES, "import aiosmtpd, radicale")
}

/// Makes sure that there is a Python with these packages in a folder of the cache; the program. `probe` imports them.
pub(crate) fn with(folder: &str, packages: &[&str], probe: &str) -> anyhow::Result<PathBuf> {
    let python = cache()?.join(folder).join("bin/python");
    install(folder, packages, || run::probe(run::command(&python).args(["-c", probe])).is_some())?;
    Ok(python)
}

/// Makes sure that a program is there that a package brings compiled; the program.
pub(crate) fn compiled(folder: &str, package: &str, name: &str) -> anyhow::Result<PathBuf> {
    let program = cache()?.join(folder).join("bin").join(name);
    install(folder, &[package], || run::probe(run::command(&program).arg("--version")).is_some())?;
    Ok(program)
}

/// Installs packages in a folder of the cache, unless they are there and what is wanted of them starts.
fn install(folder: &str, packages: &[&str], starts: impl Fn() -> bool) -> anyhow::Result<()> {
    let folder = cache()?.join(folder);
    let (python, stamp) = (folder.join("bin/python"), folder.join("packages"));
    let wanted = packages.join("\n");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) && starts() {
        return Ok(());
    }
    if on_path("python3").is_none() || run::probe(run::command("python3").args(["-c", "import ensurepip"])).is_none() {
        apt::install(&["python3", "python3-venv"], "Python with venv")?;
    }
    report::announce(format_args!("installing {}", packages.join(", ")));
    run::run(run::command("python3").args(["-m", "venv", "--clear"]).arg(&folder))?;
    run::run(
        run::command(&python).args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]).args(packages),
    )?;
    Ok(fs::write(stamp, wanted)?)
}
