//! Visitors with an open chat who say nothing.

use crate::measure::{Figures, Shape, measure};
use crate::server::Server;
use crate::turns::{in_turn, middle};
use knock_model::{SessionId, VisitorId};
use knock_testing::now;
use std::net::TcpStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;
use tungstenite::client::IntoClientRequest;
use tungstenite::stream::MaybeTlsStream;
use tungstenite::{Error, Message, WebSocket};

/// Sockets looked at one after the other, and the pause after them: who looks at thousands at once keeps the server from
/// its work.
const AT_ONCE: u32 = 10;
const PAUSE: Duration = Duration::from_millis(10);

/// Measures the cost of idle connections at `rate` signals a second, against a server without them.
pub(crate) fn idling(number: u32, rate: u32, seconds: u64) {
    if number == 0 {
        return;
    }
    let dirs = [(); 2].map(|()| tempfile::TempDir::new().expect("a directory"));
    let servers = dirs.each_ref().map(|dir| Server::knock(dir.path(), ""));
    let site = servers[0].site();
    let idle = Idle::open(&servers[0], &site, number);
    // Opening thousands at once is felt for a moment.
    let p99 = |figures: &Figures| figures.report.within(0.99);
    let opened = p99(&measure(&servers[0], &site, Shape::BATCHES, rate, seconds));
    let seen = in_turn(servers.each_ref(), Shape::BATCHES, rate, seconds);
    let more = servers[0].memory().0 - servers[1].memory().0;
    let open = idle.close();
    let [(beside, all), (without, others)] = seen.each_ref().map(|figures| middle(figures, p99));
    println!("\n{open} idle chats at {rate} signals a second: {more:.0} MB more");
    println!("  p99 {:.2} times: {beside:.1} ms of {all:.1?}, {without:.1} of {others:.1?} without", beside / without);
    println!("  right after they were opened {opened:.1}");
}

/// Open chats; closed when this is dropped.
struct Idle {
    done: Arc<AtomicBool>,
    keeper: Option<JoinHandle<usize>>,
}

impl Idle {
    /// Opens so many chats, each with a WebSocket.
    fn open(server: &Server, site: &str, number: u32) -> Idle {
        let mut sockets: Vec<_> = (0..number).map(|number| socket(server, site, number)).collect();
        let done = Arc::new(AtomicBool::new(false));
        let is_done = Arc::clone(&done);
        let keeper = std::thread::spawn(move || {
            let mut looked = 0;
            while !is_done.load(Ordering::Relaxed) {
                sockets.retain_mut(|socket| {
                    looked += 1;
                    if looked % AT_ONCE == 0 {
                        std::thread::sleep(PAUSE);
                    }
                    is_open(socket)
                });
            }
            sockets.len()
        });
        Idle { done, keeper: Some(keeper) }
    }

    /// Closes them; how many were still open.
    fn close(mut self) -> usize {
        self.done.store(true, Ordering::Relaxed);
        self.keeper.take().and_then(|keeper| keeper.join().ok()).unwrap_or_default()
    }
}

type Socket = WebSocket<MaybeTlsStream<TcpStream>>;

fn socket(server: &Server, site: &str, number: u32) -> Socket {
    let mut random = [9; 10];
    random[6..].copy_from_slice(&number.to_be_bytes());
    let (visitor, session) = (VisitorId::new(now(), &random), SessionId::new(now(), &random));
    let start = serde_json::json!({ "site": site, "visitor": visitor.to_string(), "session": session.to_string() });
    let url = server.url.join("v1/chat").expect("a path");
    let mut reply = ureq::post(url.as_str())
        .header("origin", &server.url.origin().ascii_serialization())
        .send_json(start)
        .expect("it opens");
    let opened: serde_json::Value = reply.body_mut().read_json().expect("JSON");
    let (conversation, token) =
        (opened["conversation"].as_str().expect("an id"), opened["token"].as_str().expect("one"));
    let live = server.url.as_str().replace("http://", "ws://") + &format!("v1/chat/{conversation}/live");
    let (mut socket, _) = tungstenite::connect(live.into_client_request().expect("an address")).expect("it opens");
    let hello = serde_json::json!({ "token": token, "after": 0 }).to_string();
    socket.send(Message::text(hello)).expect("it is taken");
    if let MaybeTlsStream::Plain(stream) = socket.get_ref() {
        stream.set_nonblocking(true).expect("it can be");
    }
    socket
}

/// Reads what came, so that pings are answered.
fn is_open(socket: &mut Socket) -> bool {
    loop {
        match socket.read() {
            Ok(_) => {}
            Err(Error::Io(error)) if error.kind() == std::io::ErrorKind::WouldBlock => return true,
            Err(_) => return false,
        }
    }
}
