//! A real Radicale with one account and one calendar.

use knock_outbound::{Guard, Outbound, Request};
use std::fs;
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use url::Url;

const DEADLINE: Duration = Duration::from_secs(20);
pub(crate) const PASSWORD: &str = "heron-granite-41";

/// A running server; it ends when dropped.
pub(crate) struct Radicale {
    child: Child,
    folder: PathBuf,
    pub(crate) url: Url,
}

impl Radicale {
    /// Starts one with an empty calendar, `/ann/work/`.
    pub(crate) async fn start(name: &str) -> Radicale {
        let folder = std::env::temp_dir().join(format!("knock-radicale-{}-{name}", std::process::id()));
        drop(fs::remove_dir_all(&folder));
        fs::create_dir_all(&folder).expect("a folder");
        fs::write(folder.join("users"), format!("ann:{PASSWORD}\n")).expect("a file");
        let port = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a free port").port();
        let of = |file: &str| folder.join(file).to_string_lossy().into_owned();
        let child = Command::new(python())
            .args(["-m", "radicale", "--config", "", "--server-hosts", &format!("127.0.0.1:{port}")])
            .args(["--auth-type", "htpasswd", "--auth-htpasswd-encryption", "plain", "--auth-delay", "0"])
            .args(["--auth-htpasswd-filename", &of("users"), "--storage-filesystem-folder", &of("data")])
            .stderr(Stdio::null())
            .spawn()
            .expect("Radicale starts: `cargo xtask test native` installs it");
        let url = Url::parse(&format!("http://127.0.0.1:{port}/")).expect("an address");
        let server = Radicale { child, folder, url };
        let listens = async {
            while TcpStream::connect(("127.0.0.1", port)).is_err() {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        tokio::time::timeout(DEADLINE, listens).await.expect("Radicale listens");
        server.ask("MKCALENDAR", "ann/work/", "").await;
        server
    }

    pub(crate) fn calendar(&self) -> Url {
        self.url.join("ann/work/").expect("an address")
    }

    /// Puts an object there as another program of the owner would.
    pub(crate) async fn put(&self, name: &str, object: &str) {
        self.ask("PUT", &format!("ann/work/{name}"), object).await;
    }

    /// The stored objects; empty if there are none.
    pub(crate) fn stored(&self) -> Vec<String> {
        let folder = self.folder.join("data/collection-root/ann/work");
        let files = fs::read_dir(folder).expect("the calendar's folder").map(|file| file.expect("a file").path());
        let events = files.filter(|path| path.extension().is_some_and(|end| end == "ics"));
        events.map(|path| fs::read_to_string(path).expect("an event")).collect()
    }

    pub(crate) async fn ask(&self, method: &'static str, path: &str, body: &str) {
        let outbound = Outbound::new(Guard::new(vec!["127.0.0.0/8".parse().expect("a network")]), DEADLINE);
        // `ann:heron-granite-41`
        let headers = vec![
            ("authorization", "Basic YW5uOmhlcm9uLWdyYW5pdGUtNDE=".to_owned()),
            ("content-type", "text/calendar; charset=utf-8".to_owned()),
        ];
        let url = self.url.join(path).expect("an address");
        let request = Request { method, url, headers, secret: None, body: body.to_owned(), limit: 1 << 20 };
        let reply = outbound.expect("a client").send(request).await.expect("an answer");
        assert!(
            (200..300).contains(&reply.code),
            "{method} {path}: {} {:?}",
            reply.code,
            String::from_utf8_lossy(&reply.body)
        );
    }
}

impl Drop for Radicale {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
        drop(fs::remove_dir_all(&self.folder));
    }
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
