//! The test runner of `wasm-bindgen` as a crate of this workspace: of its pinned version, and compiled with what `xtask`
//! has compiled already.
//!
//! The runner's web server hands each connection to a pool of threads that leaves one in its queue where several come at
//! once (`tiny_http` 0.12, `TaskPool::spawn`: a thread that was woken counts as idle until it runs). It stays there until
//! another connection comes or ends; browsers keep theirs open, so the page would never load. That is why connections
//! come here all the time. A run whose page did not load is begun anew nevertheless; a run with tests never is.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::{Child, Command, ExitCode, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::Duration;

/// How often the page is loaded before the run has failed.
const ATTEMPTS: u32 = 3;
/// With it the program is one attempt.
const ONE_ATTEMPT: &str = "WASM_TEST_RUNNER_ONE_ATTEMPT";
/// What the runner of `wasm-bindgen` reads the address of its server from.
const ADDRESS: &str = "WASM_BINDGEN_TEST_ADDRESS";
/// Between two connections to the server.
const INTERVAL: Duration = Duration::from_millis(100);

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
    let server = free_address()?;
    let mut child = Command::new(std::env::current_exe()?)
        .args(std::env::args_os().skip(1))
        .env(ONE_ATTEMPT, OsStr::new("1"))
        .env(ADDRESS, server.to_string())
        .stdout(Stdio::piped())
        .spawn()?;
    let (running, ended) = mpsc::channel();
    thread::scope(|scope| {
        scope.spawn(|| keep_connecting(server, ended));
        let outcome = pass_on(&mut child);
        drop(running);
        outcome
    })
}

/// An address of this machine that nothing listens at.
fn free_address() -> std::io::Result<SocketAddr> {
    TcpListener::bind(("127.0.0.1", 0))?.local_addr()
}

/// Connects to the server at an interval, and ends the connection at once: each takes one from the server's queue. There
/// is no condition to wait for: nothing outside of the server sees that a connection is left in its queue.
fn keep_connecting(server: SocketAddr, ended: Receiver<()>) {
    while ended.recv_timeout(INTERVAL) == Err(RecvTimeoutError::Timeout) {
        drop(TcpStream::connect(server));
    }
}

/// Prints what the attempt prints, until it ends.
fn pass_on(child: &mut Child) -> anyhow::Result<(bool, bool)> {
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
