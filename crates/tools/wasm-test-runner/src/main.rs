//! The test runner of `wasm-bindgen` as a crate of this workspace: of its pinned version, and compiled with what `xtask`
//! has compiled already.
//!
//! The runner's web server hands each connection to a pool of threads that now and then leaves one in its queue until
//! another ends (`tiny_http` 0.12, `TaskPool::spawn`: a thread that was woken counts as idle until it runs). Browsers keep
//! theirs open, so the page never loads and no test begins. Such a run is begun anew; a run with tests never is.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, ExitCode, Stdio};

/// How often the page is loaded before the run has failed.
const ATTEMPTS: u32 = 3;
/// With it the program is one attempt.
const ONE_ATTEMPT: &str = "WASM_TEST_RUNNER_ONE_ATTEMPT";

fn main() -> anyhow::Result<ExitCode> {
    if std::env::var_os(ONE_ATTEMPT).is_some() {
        wasm_bindgen_cli::wasm_bindgen_test_runner::run_cli_with_args(std::env::args_os())?;
        return Ok(ExitCode::SUCCESS);
    }
    for attempt in 1..=ATTEMPTS {
        let (is_success, has_begun) = run()?;
        if is_success {
            return Ok(ExitCode::SUCCESS);
        }
        if has_begun || attempt == ATTEMPTS {
            break;
        }
        writeln!(std::io::stderr(), "the page with the tests did not load: attempt {} of {ATTEMPTS}", attempt + 1)?;
    }
    Ok(ExitCode::FAILURE)
}

/// One attempt: whether it passed, and whether its page has begun with the tests.
fn run() -> anyhow::Result<(bool, bool)> {
    let program = std::env::current_exe()?;
    let mut child = Command::new(program)
        .args(std::env::args_os().skip(1))
        .env(ONE_ATTEMPT, OsStr::new("1"))
        .stdout(Stdio::piped())
        .spawn()?;
    let mut has_begun = false;
    if let Some(printed) = child.stdout.take() {
        for line in BufReader::new(printed).split(b'\n') {
            let mut line = line?;
            has_begun |= line.starts_with(b"running ");
            line.push(b'\n');
            std::io::stdout().write_all(&line)?;
        }
    }
    Ok((child.wait()?.success(), has_begun))
}
