//! A request that becomes a WebSocket (RFC 6455, 4.2).

use super::frames::FrameMeter;
use super::{BUFFER, MAX_READ, RATE};
use crate::http::problem::Problem;
use axum::body::Body;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{Request, StatusCode};
use axum::response::Response;
use hyper::upgrade::{OnUpgrade, Upgraded};
use hyper_util::rt::TokioIo;
use knock_wire::FieldError;
use tokio_tungstenite::WebSocketStream;
use tungstenite::handshake::server::create_response_with_body;
use tungstenite::protocol::{Role, WebSocketConfig};

/// The messages of a WebSocket, its frames counted.
pub(super) type Stream = WebSocketStream<FrameMeter<TokioIo<Upgraded>>>;

/// A request that may become a WebSocket.
pub(in crate::http) struct Upgrade {
    answer: Response,
    upgrading: OnUpgrade,
}

impl<S: Send + Sync> FromRequestParts<S> for Upgrade {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Upgrade, Problem> {
        let upgrading = parts.extensions.remove::<OnUpgrade>().ok_or_else(no_websocket)?;
        let mut request = Request::new(());
        request.method_mut().clone_from(&parts.method);
        *request.version_mut() = parts.version;
        request.headers_mut().clone_from(&parts.headers);
        let answer = create_response_with_body(&request, Body::empty).map_err(|_| no_websocket())?;
        Ok(Upgrade { answer, upgrading })
    }
}

impl Upgrade {
    /// Agrees; `serve` begins when the client has heard of it.
    #[expect(clippy::disallowed_methods, reason = "a WebSocket outlives the request that it began with")]
    pub(in crate::http) fn agree<F>(self, serve: impl FnOnce(super::Unseated) -> F + Send + 'static) -> Response
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let upgrading = self.upgrading;
        drop(tokio::spawn(async move {
            // Who goes away meanwhile has nothing to be served.
            let Ok(upgraded) = upgrading.await else { return };
            let config = WebSocketConfig::default();
            let config = config.max_message_size(Some(MAX_READ)).max_frame_size(Some(MAX_READ));
            let config = config.read_buffer_size(BUFFER).write_buffer_size(0);
            let stream = FrameMeter::new(TokioIo::new(upgraded), RATE);
            serve(super::Unseated(WebSocketStream::from_raw_socket(stream, Role::Server, Some(config)).await)).await;
        }));
        self.answer
    }
}

fn no_websocket() -> Problem {
    let reason = "expected `websocket`".into();
    Problem::new(StatusCode::UPGRADE_REQUIRED, "websocket", "This is a WebSocket")
        .field(FieldError { pointer: "header/Upgrade".into(), reason })
}
