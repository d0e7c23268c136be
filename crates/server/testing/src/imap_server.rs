//! An IMAP server for one test: dovecot, with one mailbox whose mails are files.

use crate::wait::eventually;
use std::fs;
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::{PermissionsExt, chown};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use tempfile::TempDir;

/// The user to whom mails belong where we are root: dovecot refuses mails of root.
const UNPRIVILEGED: u32 = 65_534;

/// A running server.
pub struct ImapServer {
    child: Option<Child>,
    folder: TempDir,
    port: u16,
    tls_port: u16,
    delivered: AtomicU32,
}

impl ImapServer {
    /// The user of its mailbox.
    pub const USER: &str = "replies";
    /// The password of its mailbox.
    pub const PASSWORD: &str = "heron-granite-41";

    /// Starts a server without TLS, with an empty mailbox.
    pub fn start() -> ImapServer {
        ImapServer::start_with(None)
    }

    /// Starts a server with TLS: a certificate and its key, as PEM.
    pub fn start_tls(certificate: &str, key: &str) -> ImapServer {
        ImapServer::start_with(Some((certificate, key)))
    }

    fn start_with(tls: Option<(&str, &str)>) -> ImapServer {
        let folder = tempfile::tempdir().expect("a folder");
        let mut server =
            ImapServer { child: None, folder, port: free_port(), tls_port: free_port(), delivered: AtomicU32::new(0) };
        let root = server.folder.path();
        fs::set_permissions(root, fs::Permissions::from_mode(0o755)).expect("a mode");
        for part in ["", "/cur", "/new", "/tmp"] {
            server.own(&server.mailbox(part));
        }
        if let Some((certificate, key)) = tls {
            fs::write(root.join("certificate.pem"), certificate).expect("a file");
            fs::write(root.join("key.pem"), key).expect("a file");
        }
        fs::write(root.join("dovecot.conf"), server.settings(tls.is_some())).expect("a file");
        server.resume();
        server
    }

    /// The address, without encryption.
    pub fn url(&self) -> String {
        format!("imap://127.0.0.1:{}?tls=none", self.port)
    }

    /// The address with STARTTLS.
    pub fn url_with_start_tls(&self) -> String {
        format!("imap://localhost:{}", self.port)
    }

    /// The address with TLS.
    pub fn url_with_tls(&self) -> String {
        format!("imaps://localhost:{}", self.tls_port)
    }

    /// Puts a mail into the inbox.
    pub fn deliver(&self, mail: &[u8]) {
        let number = self.delivered.fetch_add(1, Ordering::Relaxed);
        let name = format!("{:010}.M{number}.knock", 1_780_000_000 + number);
        let file = self.mailbox("/tmp").join(&name);
        fs::write(&file, mail).expect("a file");
        chown_if_root(&file);
        fs::rename(&file, self.mailbox("/new").join(&name)).expect("it is moved");
    }

    /// The flags of the mails that a client has seen, in the order of delivery, as Maildir spells them: `S` is read.
    pub fn flags(&self) -> Vec<String> {
        let files = fs::read_dir(self.mailbox("/cur")).expect("the folder").map(|file| file.expect("a file"));
        let mut names: Vec<String> = files.map(|file| file.file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names.iter().map(|name| name.rsplit_once(":2,").map_or("", |(_, flags)| flags).to_owned()).collect()
    }

    /// Numbers all mails anew, as a server does that has lost its index.
    pub fn renumber(&mut self) {
        self.stop();
        for file in fs::read_dir(self.mailbox("")).expect("the folder").map(|file| file.expect("a file").path()) {
            let is_index = file.file_name().is_some_and(|name| name.to_string_lossy().starts_with("dovecot"));
            if is_index {
                fs::remove_file(file).expect("it is removed");
            }
        }
        // The number is that of a second.
        let list = self.mailbox("").join("dovecot-uidlist");
        fs::write(&list, "3 V1000000007 N1 G00000000000000000000000000000007\n").expect("a file");
        chown_if_root(&list);
        self.resume();
    }

    /// Stops it; its mails stay.
    pub fn stop(&mut self) {
        if let Some(mut child) = self.child.take() {
            let pid = child.id().to_string();
            // It ends its processes; killed, it would leave them.
            drop(Command::new("kill").args(["-TERM", &pid]).status());
            drop(child.wait());
        }
    }

    /// Starts it again.
    pub fn resume(&mut self) {
        let program = program();
        let mut command = Command::new(&program);
        command.arg("-F").arg("-c").arg(self.folder.path().join("dovecot.conf"));
        let child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        let why = "dovecot runs: `cargo xtask test native` installs it";
        self.child = Some(child.unwrap_or_else(|error| panic!("{why}: {}: {error}", program.display())));
        let port = self.port;
        eventually("dovecot listens", || TcpStream::connect(("127.0.0.1", port)).is_ok());
    }

    fn mailbox(&self, part: &str) -> PathBuf {
        PathBuf::from(format!("{}/mail/{}{part}", self.folder.path().display(), Self::USER))
    }

    fn own(&self, folder: &Path) {
        fs::create_dir_all(folder).expect("a folder");
        chown_if_root(folder);
        chown_if_root(&self.folder.path().join("mail"));
    }

    fn settings(&self, has_tls: bool) -> String {
        let root = self.folder.path().display();
        let (user, login, id) = owners();
        let tls = if has_tls {
            format!("ssl = yes\nssl_cert = <{root}/certificate.pem\nssl_key = <{root}/key.pem\n")
        } else {
            "ssl = no\n".to_owned()
        };
        let tls_port = if has_tls { self.tls_port } else { 0 };
        format!(
            "protocols = imap\nlisten = 127.0.0.1\nbase_dir = {root}/run\nstate_dir = {root}/state\n\
             log_path = {root}/log\n{tls}disable_plaintext_auth = no\nauth_mechanisms = plain login\n\
             default_internal_user = {user}\ndefault_login_user = {login}\nfirst_valid_uid = 1\n\
             mail_location = maildir:{root}/mail/%u\n\
             passdb {{\n  driver = static\n  args = user={} password={}\n}}\n\
             userdb {{\n  driver = static\n  args = uid={id} gid={id} home={root}/mail/%u\n}}\n\
             service imap-login {{\n  chroot =\n  inet_listener imap {{\n    port = {}\n  }}\n  \
             inet_listener imaps {{\n    port = {tls_port}\n    ssl = yes\n  }}\n}}\n\
             service anvil {{\n  chroot =\n}}\n",
            Self::USER,
            Self::PASSWORD,
            self.port,
        )
    }
}

impl Drop for ImapServer {
    fn drop(&mut self) {
        self.stop();
    }
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a free port").port()
}

fn is_root() -> bool {
    id(&["-u"]) == "0"
}

fn id(arguments: &[&str]) -> String {
    let output = Command::new("id").args(arguments).output().expect("id runs");
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

fn chown_if_root(path: &Path) {
    if is_root() {
        chown(path, Some(UNPRIVILEGED), Some(UNPRIVILEGED)).expect("it has an owner");
    }
}

/// The users of its processes, and the id to whom mails belong: our own, where we are not root.
fn owners() -> (String, String, String) {
    if is_root() {
        ("dovecot".to_owned(), "dovenull".to_owned(), UNPRIVILEGED.to_string())
    } else {
        let name = id(&["-un"]);
        (name.clone(), name, id(&["-u"]))
    }
}

/// The program: that of the environment, else where Debian has it.
#[expect(clippy::disallowed_methods, reason = "tests have no configuration but this")]
fn program() -> PathBuf {
    std::env::var("KNOCK_TEST_DOVECOT").map_or_else(|_| PathBuf::from("/usr/sbin/dovecot"), PathBuf::from)
}
