//! A CalDAV server for one test: Radicale, with one account and one calendar.

use crate::mail_server::python;
use crate::wait::eventually;
use std::fs;
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use tempfile::TempDir;

/// A running server.
pub struct CalendarServer {
    child: Option<Child>,
    folder: TempDir,
    port: u16,
}

impl CalendarServer {
    /// The user of its account.
    pub const USER: &str = "ann";
    /// The password of its account.
    pub const PASSWORD: &str = "heron-granite-41";

    /// Starts a server with an empty calendar.
    pub fn start() -> CalendarServer {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("users"), format!("{}:{}\n", Self::USER, Self::PASSWORD)).expect("a file");
        let port = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a free port").port();
        let mut server = CalendarServer { child: None, folder, port };
        server.add("work");
        server.resume();
        server
    }

    /// Adds a calendar.
    pub fn add(&self, name: &str) {
        let folder = self.folder_of(name);
        fs::create_dir_all(&folder).expect("a folder");
        fs::write(folder.join(".Radicale.props"), r#"{"tag": "VCALENDAR"}"#).expect("a file");
    }

    /// Removes a calendar with its events.
    pub fn remove(&self, name: &str) {
        fs::remove_dir_all(self.folder_of(name)).expect("a folder");
    }

    /// Returns the address of the server.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}/", self.port)
    }

    /// Returns the address of a calendar.
    pub fn calendar(&self, name: &str) -> String {
        format!("{}{}/{name}/", self.url(), Self::USER)
    }

    /// Stores an event in the first calendar: iCalendar lines within `VEVENT`.
    pub fn has(&self, uid: &str, lines: &str) {
        let lines: String = lines.lines().map(|line| format!("{line}\r\n")).collect();
        self.holds(uid, &format!("BEGIN:VEVENT\r\nUID:{uid}\r\nDTSTAMP:20260101T000000Z\r\n{lines}END:VEVENT\r\n"));
    }

    /// Stores an object in the first calendar, under a name: the components of its `VCALENDAR`.
    pub fn holds(&self, name: &str, components: &str) {
        let object = format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//T//EN\r\n{components}END:VCALENDAR\r\n");
        fs::write(self.folder_of("work").join(format!("{name}.ics")), object).expect("a file");
    }

    /// Removes the object with this name from the first calendar.
    pub fn lacks(&self, name: &str) {
        fs::remove_file(self.folder_of("work").join(format!("{name}.ics"))).expect("a file");
    }

    /// Returns the events of a calendar, unfolded.
    pub fn events(&self, name: &str) -> Vec<String> {
        // A file may be replaced meanwhile.
        let read = self.files(name).into_iter().filter_map(|path| fs::read_to_string(path).ok());
        read.map(|event| event.replace("\r\n ", "").replace("\n ", "")).collect()
    }

    /// Returns the files with the events of a calendar.
    pub fn files(&self, name: &str) -> Vec<PathBuf> {
        let files = fs::read_dir(self.folder_of(name)).expect("the folder").map(|file| file.expect("a file").path());
        files.filter(|path| path.extension().is_some_and(|end| end == "ics")).collect()
    }

    /// Stops the server: requests get no response.
    pub fn stop(&mut self) {
        if let Some(mut child) = self.child.take() {
            drop(child.kill());
            drop(child.wait());
        }
    }

    /// Starts the server again.
    pub fn resume(&mut self) {
        let of = |file: &str| self.folder.path().join(file).to_string_lossy().into_owned();
        let child = Command::new(python())
            .args(["-m", "radicale", "--config", "", "--server-hosts", &format!("127.0.0.1:{}", self.port)])
            .args(["--auth-type", "htpasswd", "--auth-htpasswd-encryption", "plain", "--auth-delay", "0"])
            .args(["--auth-htpasswd-filename", &of("users"), "--storage-filesystem-folder", &of("data")])
            .stderr(Stdio::null())
            .spawn();
        self.child = Some(child.expect("Radicale starts: `cargo xtask test native` installs it"));
        eventually("Radicale listens", || TcpStream::connect(("127.0.0.1", self.port)).is_ok());
    }

    fn folder_of(&self, name: &str) -> PathBuf {
        self.folder.path().join("data/collection-root").join(Self::USER).join(name)
    }
}

impl Drop for CalendarServer {
    fn drop(&mut self) {
        self.stop();
    }
}
