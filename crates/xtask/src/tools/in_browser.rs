//! The test runner of `wasm-bindgen`, of the pinned version, as a command of this program: what it is made of is compiled
//! with it, and not once more beside the server.
//!
//! The runner's web server hands each connection to a pool of threads that leaves one in its queue where several come at
//! once (`tiny_http` 0.12, `TaskPool::spawn`: a thread that was woken counts as idle until it runs). It stays there until
//! another connection comes or ends; browsers keep theirs open, so the page would never load. That is why connections
//! come here all the time. A run whose page did not load is begun anew nevertheless; a run with tests never is.

use std::ffi::{OsStr, OsString};
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::Duration;
use std::{iter, thread};

use anyhow::bail;

/// The command of this program that cargo runs in place of a module.
pub(crate) const NAME: &str = "run-in-browser";

/// How often the page is loaded before the run has failed.
const ATTEMPTS: u32 = 3;
/// With it the program is one attempt.
const ONE_ATTEMPT: &str = "XTASK_ONE_ATTEMPT";
/// What the runner of `wasm-bindgen` reads the address of its server from.
const ADDRESS: &str = "WASM_BINDGEN_TEST_ADDRESS";
/// Between two connections to the server.
const INTERVAL: Duration = Duration::from_millis(100);

/// The value of cargo's variable for the runner of a target: this program with its hidden command.
pub(crate) fn command() -> anyhow::Result<OsString> {
    let mut command = std::env::current_exe()?.into_os_string();
    command.push(format!(" {NAME}"));
    Ok(command)
}

/// Runs a module with tests, given as cargo gives it: the file, then the options.
pub(crate) fn run(args: &[OsString]) -> anyhow::Result<()> {
    if std::env::var_os(ONE_ATTEMPT).is_some() {
        let program = OsString::from(NAME);
        return wasm_bindgen_cli::wasm_bindgen_test_runner::run_cli_with_args(
            iter::once(program).chain(args.to_owned()),
        );
    }
    for attempt in 1..=ATTEMPTS {
        let (is_success, has_begun) = attempt_with(args)?;
        if is_success {
            return Ok(());
        }
        if has_begun || attempt == ATTEMPTS {
            break;
        }
        eprintln!("the page with the tests did not load: attempt {} of {ATTEMPTS}", attempt + 1);
    }
    bail!("tests in the browser failed")
}

/// One attempt: whether it passed, and whether its page has begun with the tests.
fn attempt_with(args: &[OsString]) -> anyhow::Result<(bool, bool)> {
    let server = free_address()?;
    let mut child = Command::new(std::env::current_exe()?)
        .arg(NAME)
        .args(args)
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
