//! A scripted server: answers requests with given responses.

use crate::proxy::request;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread::JoinHandle;
use std::time::Duration;
use url::Url;

/// Takes one request after another.
pub(crate) struct Scripted {
    pub(crate) url: Url,
    _thread: JoinHandle<()>,
}

impl Scripted {
    /// Gives each request the same answer, after a while.
    pub(crate) fn answering(head: &'static str, body: &'static str, after: Duration) -> Scripted {
        Scripted::serving(move |mut stream| {
            let mut buffer = [0; 8192];
            drop(stream.read(&mut buffer));
            std::thread::sleep(after);
            drop(stream.write_all(&answer(head, body)));
        })
    }

    /// Gives each request the document that belongs to its text.
    pub(crate) fn replying(document: fn(&str) -> String) -> Scripted {
        Scripted::serving(move |mut stream| {
            let Ok(request) = request(&mut stream) else { return };
            let document = document(&String::from_utf8_lossy(&request));
            drop(stream.write_all(&answer("207 Multi-Status", &document)));
        })
    }

    fn serving(serve: impl Fn(TcpStream) + Send + 'static) -> Scripted {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let thread = std::thread::spawn(move || listener.incoming().map_while(Result::ok).for_each(serve));
        let url = Url::parse(&format!("http://127.0.0.1:{port}/calendar/")).expect("an address");
        Scripted { url, _thread: thread }
    }
}

fn answer(head: &str, body: &str) -> Vec<u8> {
    format!("HTTP/1.1 {head}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}", body.len()).into_bytes()
}
