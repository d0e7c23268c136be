//! A scripted server: answers one request with a given response.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::thread::JoinHandle;
use std::time::Duration;
use url::Url;

/// Takes one request after another, and gives each the same answer after a while.
pub(crate) struct Scripted {
    pub(crate) url: Url,
    _thread: JoinHandle<()>,
}

impl Scripted {
    pub(crate) fn answering(head: &'static str, body: &'static str, after: Duration) -> Scripted {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let thread = std::thread::spawn(move || {
            for stream in listener.incoming() {
                let Ok(mut stream) = stream else { return };
                let mut buffer = [0; 8192];
                drop(stream.read(&mut buffer));
                std::thread::sleep(after);
                let answer =
                    format!("HTTP/1.1 {head}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}", body.len());
                drop(stream.write_all(answer.as_bytes()));
            }
        });
        let url = Url::parse(&format!("http://127.0.0.1:{port}/calendar/")).expect("an address");
        Scripted { url, _thread: thread }
    }
}
