//! Asks a provider on this machine that answers in every way there is.

use ipnet::IpNet;
use knock_enrich::{Answer, Failure, Provider, Question, Template};
use knock_model::{Email, EnrichedField, Millis};
use knock_outbound::{Guard, Outbound};
use knock_ports::FieldMapping;
use knock_routing::Value;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::sync::oneshot;

const KEY: &str = "heron-granite-41";
const JSON: &str = r#"{"company": {"name": "Acme", "employees": "250"}, "title": "CTO"}"#;

/// The provider's response to its one request; without one it stays silent.
struct Script {
    head: &'static str,
    body: Vec<u8>,
}

fn script(head: &'static str, body: impl Into<Vec<u8>>) -> Option<Script> {
    Some(Script { head, body: body.into() })
}

/// The result, and the request as received.
async fn asked(script: Option<Script>) -> (Result<Answer, Failure>, String) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let (sender, heard) = oneshot::channel();
    let server = async move {
        let (mut stream, _) = listener.accept().await.expect("a request");
        let mut request = Vec::new();
        while !request.ends_with(b"\r\n\r\n") {
            request.push(stream.read_u8().await.expect("a byte"));
        }
        sender.send(String::from_utf8(request).expect("text")).expect("it is waited for");
        let Some(Script { head, body }) = script else { return std::future::pending().await };
        let head = format!("HTTP/1.1 {head}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", body.len());
        stream.write_all(head.as_bytes()).await.expect("it is sent");
        // Who has read enough hangs up.
        drop(stream.write_all(&body).await);
        std::future::pending::<()>().await;
    };
    let networks: Vec<IpNet> = vec!["127.0.0.0/8".parse().expect("a network")];
    let outbound = Outbound::new(Guard::new(networks), Duration::from_millis(700)).expect("a client");
    let template = format!("http://127.0.0.1:{port}/find?email={{email}}&domain={{domain}}");
    let template = Template::parse(&template).expect("a template");
    let email = Email::parse("ann+x@mail.acme.example").expect("an address");
    let fields = [
        (EnrichedField::CompanyName, "/company/name"),
        (EnrichedField::CompanyEmployees, "/company/employees"),
        (EnrichedField::PersonTitle, "/title"),
        (EnrichedField::PersonSeniority, "/seniority"),
    ];
    let fields = fields.map(|(field, pointer)| FieldMapping { field, pointer: pointer.into() });
    let question = Question {
        template: &template,
        secret: Some(("X-Api-Key".into(), KEY.into())),
        fields: &fields,
        email: &email,
        domain: "acme.example",
    };
    let provider = Provider { outbound };
    let answer = tokio::select! {
        answer = provider.ask(&question) => answer,
        () = server => unreachable!("it stays open"),
    };
    (answer, heard.await.expect("it was asked"))
}

/// The failure, which says nothing of the request.
async fn failure(script: Option<Script>) -> Failure {
    let failure = asked(script).await.0.expect_err("no answer");
    let said = format!("{failure:?}");
    assert!(!said.contains(KEY) && !said.contains("acme") && !said.contains("127.0.0.1"), "{said}");
    failure
}

#[tokio::test]
async fn an_answer_is_read_by_its_pointers() {
    let (answer, request) = asked(script("200 OK", JSON)).await;
    let answer = answer.expect("an answer");
    let found: Vec<_> = answer.fields.iter().map(|mapped| mapped.value.clone()).collect();
    let missing = Err("is not in the answer".to_owned());
    assert_eq!(found, [Ok(Value::text("Acme")), Ok(Value::Number(250.0)), Ok(Value::text("CTO")), missing]);
    let names = |is_of_person| answer.values(is_of_person).iter().map(|(name, _)| name.to_owned()).collect::<Vec<_>>();
    assert_eq!(names(false), ["company.name", "company.employees"]);
    assert_eq!(names(true), ["person.title"]);
    let request = request.to_lowercase();
    assert!(
        request.starts_with("get /find?email=ann%2bx%40mail.acme.example&domain=acme.example http/1.1"),
        "{request}"
    );
    assert!(request.contains(&format!("x-api-key: {KEY}")), "{request}");
}

#[tokio::test]
async fn a_provider_may_know_nothing() {
    for head in ["404 Not Found", "204 No Content"] {
        let answer = asked(script(head, "")).await.0.expect("an answer");
        assert_eq!(answer.fields, [], "{head}");
    }
}

#[tokio::test]
async fn what_cannot_be_used_is_said() {
    for (head, body, code, text) in [
        ("401 Unauthorized", "", 401, "does not accept the key"),
        ("403 Forbidden", "", 403, "does not accept the key"),
        ("500 Oops", JSON, 500, "failed with status code 500"),
        ("302 Found\r\nlocation: http://127.0.0.1:1/", "", 302, "leads to another address"),
        ("418 No", "", 418, "status code 418"),
        ("200 OK", "<html>Hello", 200, "is no JSON"),
        ("200 OK", "", 200, "is no JSON"),
    ] {
        let failure = failure(script(head, body)).await;
        assert_eq!((failure.code, failure.retry_after), (Some(code), None), "{head}");
        assert!(failure.text.contains(text), "{head}: {failure}");
    }
    let nested = failure(script("200 OK", "[".repeat(100_000))).await;
    assert!(nested.text.contains("is no JSON"), "{nested}");
}

#[tokio::test]
async fn a_provider_that_wants_a_pause_says_how_long() {
    let failure = failure(script("429 Slow down\r\nretry-after: 90", "")).await;
    assert_eq!((failure.code, failure.retry_after), (Some(429), Some(Millis(90_000))));
}

#[tokio::test]
async fn an_answer_that_is_too_large_is_not_read_to_its_end() {
    let body = format!("[\"{}\"]", "x".repeat(300 << 10));
    assert!(failure(script("200 OK", body)).await.text.contains("larger than 256 KB"));
    let body = format!("[\"{}\"]", "x".repeat(255 << 10));
    assert!(asked(script("200 OK", body)).await.0.is_ok());
}

#[tokio::test]
async fn who_never_answers_is_left_after_a_while() {
    let failure = failure(None).await;
    assert_eq!(failure.code, None);
    assert!(failure.text.contains("did not answer in time"), "{failure}");
}
