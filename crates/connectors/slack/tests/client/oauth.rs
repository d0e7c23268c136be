//! The installation, as a browser goes through it.

use crate::client;
use contract_slack::{Slack, seed};
use knock_slack::{OauthApp, OauthCode, SCOPES};
use std::io::{Read, Write};
use std::net::TcpStream;
use url::{Url, form_urlencoded};

fn app() -> OauthApp {
    OauthApp {
        client_id: seed::CLIENT_ID.into(),
        client_secret: seed::CLIENT_SECRET.into(),
        redirect_uri: "https://knock.example.com/hooks/slack/oauth".into(),
    }
}

/// The address to which the page redirects the browser.
fn decided(url: &Url, decision: &str) -> Url {
    let fields = url.query_pairs().chain([("decision".into(), decision.into())]);
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let port = url.port().expect("a port");
    let mut stream = TcpStream::connect(("127.0.0.1", port)).expect("it listens");
    let head = format!("POST {} HTTP/1.1\r\nhost: x\r\ncontent-length: {}\r\n", url.path(), body.len());
    write!(stream, "{head}connection: close\r\n\r\n{body}").expect("it is sent");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer");
    let location = answer.lines().find_map(|line| line.strip_prefix("location: ")).expect("a redirect");
    Url::parse(location).expect("an address")
}

fn parameter(url: &Url, name: &str) -> String {
    url.query_pairs().find(|(known, _)| known == name).expect(name).1.into_owned()
}

#[tokio::test]
async fn an_installation_gives_a_token() {
    let slack = Slack::start();
    let client = client(&slack);
    let url = client.authorize_url(&app(), "state&1");
    assert_eq!(url.path(), "/oauth/v2/authorize");
    let back = decided(&url, "allow");
    assert_eq!((back.host_str(), &*parameter(&back, "state")), (Some("knock.example.com"), "state&1"));
    let code = OauthCode(parameter(&back, "code"));
    let installed = client.oauth_exchange(&app(), &code).await.expect("it is installed");
    assert_eq!((&*installed.team_id, &*installed.bot_user_id), (seed::TEAM, seed::BOT_USER));
    assert_eq!(installed.scopes, SCOPES);
    assert_eq!(client.auth_test(&installed.token).await.expect("it lets in").team, seed::TEAM_NAME);
    let again = client.oauth_exchange(&app(), &code).await.expect_err("once only");
    assert_eq!(again.code, "code_already_used");
}

#[tokio::test]
async fn a_wrong_installation_is_refused() {
    let slack = Slack::start();
    let client = client(&slack);
    let url = client.authorize_url(&app(), "1");
    assert_eq!(parameter(&decided(&url, "cancel"), "error"), "access_denied");
    let code = OauthCode(parameter(&decided(&url, "allow"), "code"));
    let refused = async |app: OauthApp| client.oauth_exchange(&app, &code).await.expect_err("a refusal").code;
    assert_eq!(refused(OauthApp { client_id: "1".into(), ..app() }).await, "invalid_client_id");
    assert_eq!(refused(OauthApp { client_secret: "1".into(), ..app() }).await, "bad_client_secret");
    assert_eq!(refused(OauthApp { redirect_uri: "https://evil.example/".into(), ..app() }).await, "bad_redirect_uri");
    let unknown = client.oauth_exchange(&app(), &OauthCode("1".into())).await.expect_err("a refusal");
    assert_eq!(unknown.code, "invalid_code");
    assert!(!format!("{:?} {:?}", app(), code).contains("secret"));
}
