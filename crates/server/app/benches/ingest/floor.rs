//! The route that only reads a batch and answers: what no server can be faster than.

use axum::body::Bytes;
use axum::http::StatusCode;
use axum::routing::post;
use axum::{Json, Router};
use knock_wire::{BatchEnvelope, SignalBody, SignalsReply};
use tokio::net::TcpListener;

/// Serves it, in a process of its own, and says where.
#[expect(clippy::print_stdout, reason = "the parent reads the address")]
pub(crate) fn serve() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        println!("http://{}", listener.local_addr().expect("bound"));
        let router = Router::new().route("/v1/signals", post(parse));
        axum::serve(listener, router).await.expect("it serves");
    });
}

async fn parse(body: Bytes) -> (StatusCode, Json<SignalsReply>) {
    let batch: BatchEnvelope<'_> = serde_json::from_slice(&body).expect("a good batch");
    let read = batch.signals.iter().filter(|raw| serde_json::from_str::<SignalBody<'_>>(raw.get()).is_ok());
    let accepted = u32::try_from(read.count()).expect("few");
    (StatusCode::ACCEPTED, Json(SignalsReply { accepted, ..SignalsReply::default() }))
}
