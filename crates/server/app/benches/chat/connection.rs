//! A connection that is kept: a request, its answer, the next request.

use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper::{Request, header};
use hyper_util::rt::TokioIo;
use knock_testing::{JSON, ORIGIN};
use serde_json::Value;
use tokio::net::TcpStream;
use tokio::task::JoinSet;

/// A connection to a server; it ends with this.
pub(crate) struct Connection {
    address: String,
    requests: SendRequest<Full<Bytes>>,
    /// Moves the bytes.
    _driver: JoinSet<hyper::Result<()>>,
}

impl Connection {
    pub(crate) async fn open(address: &str) -> std::io::Result<Connection> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        let (requests, connection) = handshake(TokioIo::new(stream)).await.map_err(std::io::Error::other)?;
        let mut driver = JoinSet::new();
        driver.spawn(connection);
        Ok(Connection { address: address.to_owned(), requests, _driver: driver })
    }

    /// The status code and the JSON of the answer.
    pub(crate) async fn send(
        &mut self,
        method: &str,
        path: &str,
        token: Option<&str>,
        body: String,
    ) -> hyper::Result<(u16, Value)> {
        let request = Request::builder().method(method).uri(path).header(header::HOST, &self.address);
        let request = request.header(JSON.0, JSON.1).header(header::ORIGIN, ORIGIN);
        let request = token.into_iter().fold(request, |request, token| request.header(header::AUTHORIZATION, token));
        let request = request.body(Full::new(Bytes::from(body))).expect("a request");
        self.requests.ready().await?;
        let answer = self.requests.send_request(request).await?;
        let code = answer.status().as_u16();
        let text = answer.into_body().collect().await?.to_bytes();
        Ok((code, serde_json::from_slice(&text).unwrap_or_default()))
    }
}
