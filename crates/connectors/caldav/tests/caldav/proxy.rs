//! A proxy before a calendar server, which makes the next request go wrong.

use contract_calendar::Mishap;
use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use url::Url;

pub(crate) struct Proxy {
    pub(crate) url: Url,
    next: Arc<Mutex<Option<Mishap>>>,
}

impl Proxy {
    /// Forwards to a port of this machine.
    pub(crate) fn start(to: u16) -> Proxy {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let next = Arc::new(Mutex::new(None));
        let shared = Arc::clone(&next);
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let next = Arc::clone(&shared);
                // A client that gives up closes its connection: there is nobody to tell.
                std::thread::spawn(move || drop(serve(stream, to, &next)));
            }
        });
        Proxy { url: Url::parse(&format!("http://127.0.0.1:{port}/")).expect("an address"), next }
    }

    /// Makes the next request go wrong.
    pub(crate) fn fail(&self, mishap: Mishap) {
        *self.next.lock().expect("not poisoned") = Some(mishap);
    }
}

/// Serves one request of a connection.
fn serve(mut client: TcpStream, to: u16, next: &Mutex<Option<Mishap>>) -> io::Result<()> {
    let request = request(&mut client)?;
    let mishap = next.lock().expect("not poisoned").take();
    match mishap {
        Some(Mishap::Down) => client.write_all(&refusal("503 Service Unavailable", "")),
        Some(Mishap::Limited(seconds)) => {
            client.write_all(&refusal("429 Too Many Requests", &format!("retry-after: {seconds}\r\n")))
        }
        // Until the client gives up.
        Some(Mishap::Silent) => client.read(&mut [0]).map(drop),
        Some(Mishap::Lost | Mishap::LostRead) => forward(&request, to).map(drop),
        None => client.write_all(&forward(&request, to)?),
    }?;
    client.shutdown(Shutdown::Write)
}

/// A whole request, which the server is to answer on a connection of its own.
pub(crate) fn request(client: &mut TcpStream) -> io::Result<Vec<u8>> {
    let mut request = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        let read = client.read(&mut buffer)?;
        if read == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        request.extend_from_slice(&buffer[..read]);
        let Some(end) = request.windows(4).position(|four| four == b"\r\n\r\n") else { continue };
        let head = String::from_utf8_lossy(&request[..end]).to_lowercase();
        let length = head.lines().find_map(|line| line.strip_prefix("content-length:")?.trim().parse().ok());
        if request.len() >= end + 4 + length.unwrap_or(0) {
            let first = request.windows(2).position(|two| two == b"\r\n").expect("a line");
            request.splice(first..first, *b"\r\nconnection: close");
            return Ok(request);
        }
    }
}

fn forward(request: &[u8], to: u16) -> io::Result<Vec<u8>> {
    let mut server = TcpStream::connect(("127.0.0.1", to))?;
    server.write_all(request)?;
    let mut reply = Vec::new();
    server.read_to_end(&mut reply)?;
    Ok(reply)
}

fn refusal(status: &str, headers: &str) -> Vec<u8> {
    format!("HTTP/1.1 {status}\r\n{headers}content-length: 0\r\nconnection: close\r\n\r\n").into_bytes()
}
