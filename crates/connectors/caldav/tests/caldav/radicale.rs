//! A real Radicale with one account.

use std::fs;
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use url::Url;

/// Twenty seconds in all.
const ATTEMPTS: usize = 1_000;
const PAUSE: Duration = Duration::from_millis(20);
pub(crate) const PASSWORD: &str = "heron-granite-41";

/// A running server; it ends when dropped.
pub(crate) struct Radicale {
    child: Child,
    folder: tempfile::TempDir,
    pub(crate) url: Url,
}

impl Radicale {
    /// Starts one whose account, `ann`, has no calendars.
    pub(crate) fn start() -> Radicale {
        let folder = tempfile::tempdir().expect("a folder");
        write_users(folder.path(), PASSWORD);
        fs::create_dir_all(folder.path().join("data/collection-root/ann")).expect("a folder");
        let port = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a free port").port();
        let of = |file: &str| folder.path().join(file).to_string_lossy().into_owned();
        let child = Command::new(python())
            .args(["-m", "radicale", "--config", "", "--server-hosts", &format!("127.0.0.1:{port}")])
            .args(["--auth-type", "htpasswd", "--auth-htpasswd-encryption", "plain", "--auth-delay", "0"])
            .args(["--auth-htpasswd-filename", &of("users"), "--storage-filesystem-folder", &of("data")])
            .stderr(Stdio::null())
            .spawn()
            .expect("Radicale starts: `cargo xtask test native` installs it");
        let mut attempts = 0..ATTEMPTS;
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(attempts.next().is_some(), "Radicale listens");
            std::thread::sleep(PAUSE);
        }
        let url = Url::parse(&format!("http://127.0.0.1:{port}/")).expect("an address");
        Radicale { child, folder, url }
    }

    pub(crate) fn port(&self) -> u16 {
        self.url.port().expect("a port")
    }

    /// The folder of a calendar.
    pub(crate) fn folder_of(&self, name: &str) -> PathBuf {
        self.folder.path().join("data/collection-root/ann").join(name)
    }

    /// Adds an empty calendar, and returns its address.
    pub(crate) fn add_calendar(&self, name: &str, label: &str) -> Url {
        let folder = self.folder_of(name);
        fs::create_dir_all(&folder).expect("a folder");
        let properties = format!(r#"{{"tag": "VCALENDAR", "D:displayname": "{label}"}}"#);
        fs::write(folder.join(".Radicale.props"), properties).expect("a file");
        self.url.join(&format!("ann/{name}/")).expect("an address")
    }

    /// Gives the account another password.
    pub(crate) fn revoke(&self) {
        write_users(self.folder.path(), "another");
    }
}

impl Drop for Radicale {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

fn write_users(folder: &Path, password: &str) {
    fs::write(folder.join("users"), format!("ann:{password}\n")).expect("a file");
}

/// The Python with Radicale: as the environment names it, else where `cargo xtask test` installs it.
#[expect(clippy::disallowed_methods, reason = "tests have no configuration but this")]
fn python() -> PathBuf {
    let named = std::env::var("KNOCK_TEST_PYTHON").ok().map(PathBuf::from);
    let tools = std::env::var("KNOCK_TOOLS").map(PathBuf::from);
    let caches = std::env::var("XDG_CACHE_HOME").map(PathBuf::from);
    let home = || std::env::home_dir().unwrap_or_default().join(".cache");
    named.unwrap_or_else(|| {
        let tools = tools.unwrap_or_else(|_| caches.unwrap_or_else(|_| home()).join("knock-tools"));
        tools.join("python/bin/python")
    })
}
