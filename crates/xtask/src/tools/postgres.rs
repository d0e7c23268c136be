//! A PostgreSQL of our own for tests: made empty, stopped and removed when it is dropped.

use std::fs::{self, File};
use std::net::TcpListener;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use std::{env, thread};

use anyhow::{Context, bail};

use super::{apt, certificate, on_path, program};
use crate::run;

/// The user id that runs it when we are root: PostgreSQL refuses to run as root.
const UNPRIVILEGED: u32 = 65_534;

/// The directory of PostgreSQL in Debian, one folder for each version.
const DEBIAN: &str = "/usr/lib/postgresql";

/// Whether what is written waits for the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Disk {
    /// The default of PostgreSQL.
    Real,
    /// Not waited for: for tests in which no machine fails, and which make hundreds of schemas.
    Spared,
}

/// A running cluster.
pub(crate) struct Postgres {
    server: Child,
    folder: PathBuf,
    port: u16,
}

impl Postgres {
    /// Finds the programs, by `POSTGRES_BIN` or where they usually are, or installs them, and starts a new cluster.
    pub(crate) fn start(disk: Disk) -> anyhow::Result<Self> {
        let programs = programs()?;
        let folder = env::temp_dir().join(format!("knock-postgres-{}", std::process::id()));
        let made = make(&programs, &folder).and_then(|()| serve(&programs, &folder, disk));
        if made.is_err() {
            drop(fs::remove_dir_all(&folder));
        }
        let (server, port) = made?;
        let cluster = Self { server, folder, port };
        cluster.await_answers(&programs)?;
        Ok(cluster)
    }

    /// The value of `KNOCK_TEST_POSTGRES` for tests.
    pub(crate) fn url(&self) -> String {
        format!("postgres://knock@127.0.0.1:{}/postgres?sslmode=disable", self.port)
    }

    /// The same with TLS, as `KNOCK_TEST_POSTGRES_TLS`: the tests say how much of it they want.
    pub(crate) fn url_with_root(&self) -> String {
        let root = self.folder.join(certificate::ROOT);
        format!("postgres://knock@127.0.0.1:{}/postgres?sslrootcert={}", self.port, root.display())
    }

    fn await_answers(&self, programs: &Path) -> anyhow::Result<()> {
        let mut ready = run::command(program(programs, "pg_isready"));
        ready.args(["--quiet", "--host=127.0.0.1", "--port"]).arg(self.port.to_string());
        let lives = || Path::new("/proc").join(self.server.id().to_string()).join("exe").exists();
        while run::probe(&mut ready).is_none() {
            if !lives() {
                bail!("PostgreSQL did not start: {}", fs::read_to_string(self.folder.join("log")).unwrap_or_default());
            }
            thread::sleep(Duration::from_millis(50));
        }
        Ok(())
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        // SIGINT: it ends all sessions and stops in order.
        drop(run::run(run::command("kill").args(["-INT", &self.server.id().to_string()])));
        drop(self.server.wait());
        drop(fs::remove_dir_all(&self.folder));
    }
}

/// The folder of the programs, which are installed if there are none.
pub(crate) fn programs() -> anyhow::Result<PathBuf> {
    if let Some(folder) = env::var_os("POSTGRES_BIN") {
        return Ok(folder.into());
    }
    if let Some(folder) = found() {
        return Ok(folder);
    }
    apt::install(&["postgresql"], "PostgreSQL")?;
    found().context("initdb is still missing; install PostgreSQL, or set POSTGRES_BIN to the folder of its programs")
}

/// The folder of the newest version, links on the search path followed.
fn found() -> Option<PathBuf> {
    let has_all = |folder: &PathBuf| program(folder, "initdb").is_file() && program(folder, "postgres").is_file();
    let debian = fs::read_dir(DEBIAN).into_iter().flatten().flatten().map(|version| version.path().join("bin"));
    let linked = on_path("initdb").and_then(|path| path.canonicalize().ok());
    let linked = linked.and_then(|path| path.parent().map(Path::to_owned));
    debian.filter(has_all).max().or(linked.filter(has_all))
}

fn make(programs: &Path, folder: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(folder)?;
    if apt::is_root() {
        std::os::unix::fs::chown(folder, Some(UNPRIVILEGED), None)?;
    }
    let mut initdb = command(programs, "initdb", folder);
    initdb.args(["--username=knock", "--auth=trust", "--encoding=UTF8", "--no-locale", "--no-sync", "--pgdata"]);
    run::output(initdb.arg(folder.join("cluster")))?;
    certificate::make(folder)?;
    if apt::is_root() {
        std::os::unix::fs::chown(folder.join(certificate::KEY), Some(UNPRIVILEGED), None)?;
    }
    Ok(())
}

fn serve(programs: &Path, folder: &Path, disk: Disk) -> anyhow::Result<(Child, u16)> {
    // The port stays free: no other process asks for it between this and the start.
    let port = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).map(|address| address.port())?;
    let log = File::create(folder.join("log"))?;
    let mut postgres = command(programs, "postgres", folder);
    postgres.arg("-D").arg(folder.join("cluster")).arg("-k").arg(folder).arg("-p").arg(port.to_string());
    postgres.args(["-c", "listen_addresses=127.0.0.1", "-c", "max_connections=300"]);
    for (name, file) in [("ssl_cert_file", certificate::CERTIFICATE), ("ssl_key_file", certificate::KEY)] {
        postgres.arg("-c").arg(format!("{name}={}", folder.join(file).display()));
    }
    postgres.args(["-c", "ssl=on"]);
    if disk == Disk::Spared {
        postgres.args(["-c", "fsync=off", "-c", "full_page_writes=off"]);
    }
    let server = postgres.stdout(log.try_clone()?).stderr(log).stdin(Stdio::null()).spawn();
    Ok((server.context("starting PostgreSQL")?, port))
}

/// One of its programs, never as root.
fn command(programs: &Path, name: &str, folder: &Path) -> Command {
    let mut command = Command::new(program(programs, name));
    command.current_dir(folder);
    if apt::is_root() {
        command.uid(UNPRIVILEGED);
    }
    command
}
