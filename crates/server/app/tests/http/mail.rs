//! Mail: sign-in links and replies to leads who have left the chat, by a real SMTP server.

use crate::chat::{Chat, open_as, rep_writes};
use crate::support::{Knock, Reply, batch, signal};
use knock_store::Scratch;
use knock_testing::{Mail, MailServer, Place, Setup, eventually, found};
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use serde_json::{Value, json};
use std::path::Path;

const JSON: (&str, &str) = ("content-type", "application/json");
pub(crate) const FROM: &str = "Acme <hello@acme.example>";
/// The time in which a reply must reach a browser before it is mailed, in ms.
pub(crate) const PATIENCE: i64 = 30_000;

pub(crate) fn start(server: &MailServer) -> Knock {
    start_with(server, &[])
}

/// The same with more settings.
pub(crate) fn start_with(server: &MailServer, more: &[(&str, &str)]) -> Knock {
    start_in(Scratch::new(), &server.url(), more)
}

fn start_in(home: impl Into<Place>, url: &str, more: &[(&str, &str)]) -> Knock {
    let own = [("KNOCK_SMTP_URL", url), ("KNOCK_SMTP_FROM", FROM), ("KNOCK_CHAT_OPENS_PER_IP", "0")];
    Knock::start_in(home, &[&own[..], more].concat())
}

fn ask_link(knock: &Knock, email: &str) -> Reply {
    let body = json!({"email": email}).to_string();
    knock.send("POST", "/api/v1/session/link", &[JSON, ("origin", &knock.url)], Some(body.as_bytes()))
}

pub(crate) fn mails(knock: &Knock, key: &str) -> Vec<Value> {
    let page = knock.get("/api/v1/mail", key);
    assert_eq!(page.code, 200, "{}", page.body);
    page.body["mails"].as_array().expect("a list").clone()
}

/// Waits until all mails are delivered or parked.
pub(crate) fn until_ended(knock: &Knock, key: &str) -> Vec<Value> {
    found("all mails have ended", || {
        let mails = mails(knock, key);
        mails.iter().all(|mail| mail["state"] == "delivered" || mail["state"] == "parked").then_some(mails)
    })
}

pub(crate) fn advance(knock: &Knock, ms: i64) {
    assert_eq!(knock.set_clock(&json!({"advance_ms": ms})).code, 200);
}

/// The token of a sign-in link in a text.
fn token(text: &str) -> String {
    let token = text.split("/app/sign-in?token=").nth(1).expect("a link");
    token.split_whitespace().next().expect("a token").to_owned()
}

fn sign_in(knock: &Knock, token: &str) -> Reply {
    let body = json!({"token": token}).to_string();
    knock.send("POST", "/api/v1/session", &[JSON, ("origin", &knock.url)], Some(body.as_bytes()))
}

#[test]
fn a_link_by_mail_signs_in_once() {
    let server = MailServer::start();
    let knock = start(&server);
    let asked = ask_link(&knock, " Admin@localhost ");
    assert_eq!((asked.code, &asked.body), (202, &json!({"is_mail_set_up": true})));
    let mail: &Mail = &server.until(1)[0];
    assert_eq!(mail.0["rcpt"], json!(["admin@localhost"]));
    assert_eq!((mail.header("From"), mail.header("Auto-Submitted")), (FROM, "auto-generated"));
    let token = token(mail.part("text/plain"));
    assert!(mail.part("text/html").contains(&token));
    assert_eq!(sign_in(&knock, &token).code, 200);
    assert_eq!(sign_in(&knock, &token).code, 401, "it was used");
}

#[test]
fn an_invitation_is_mailed_with_the_link_that_is_shown() {
    let server = MailServer::start();
    let knock = start(&server);
    let bearer = format!("Bearer {}", knock.admin_key());
    let body = json!({"email": "bo@us.example", "role": "rep"}).to_string();
    let invited = knock.send("POST", "/api/v1/members", &[JSON, ("authorization", &bearer)], Some(body.as_bytes()));
    assert_eq!((invited.code, &invited.body["is_mailed"]), (201, &json!(true)), "{}", invited.body);
    let mail: &Mail = &server.until(1)[0];
    assert_eq!(mail.0["rcpt"], json!(["bo@us.example"]));
    let token = token(mail.part("text/plain"));
    assert!(invited.body["invitation"].as_str().is_some_and(|link| link.ends_with(&token)), "the same link");
    assert_eq!(sign_in(&knock, &token).body["role"], "rep");
}

#[test]
fn who_is_no_member_gets_the_same_answer_and_no_mail() {
    let server = MailServer::start();
    let knock = start(&server);
    let (member, stranger) = (ask_link(&knock, "admin@localhost"), ask_link(&knock, "unknown@acme.example"));
    assert_eq!((member.code, &member.body), (stranger.code, &stranger.body));
    let mails = until_ended(&knock, &knock.admin_key());
    assert_eq!((mails.len(), server.all().len()), (1, 1));
    for wrong in [json!({"email": "no-address"}), json!({"email": ""}), json!({"email": "a@".repeat(200)})] {
        let reply = knock.send("POST", "/api/v1/session/link", &[JSON], Some(wrong.to_string().as_bytes()));
        assert_eq!((reply.code, &reply.body["errors"][0]["pointer"]), (422, &json!("/email")), "{wrong}");
    }
    let foreign = [JSON, ("origin", "https://evil.example")];
    let body = json!({"email": "admin@localhost"}).to_string();
    assert_eq!(knock.send("POST", "/api/v1/session/link", &foreign, Some(body.as_bytes())).code, 403);
}

#[test]
fn links_are_rate_limited_and_a_link_that_is_too_late_is_not_sent() {
    let mut server = MailServer::start();
    let knock = start(&server);
    let key = knock.admin_key();
    for _ in 0..7 {
        assert_eq!(ask_link(&knock, "admin@localhost").code, 202);
    }
    server.until(5);
    assert_eq!(until_ended(&knock, &key).len(), 5);
    // An hour later, while the mail server is down for longer than the lifetime of the link.
    advance(&knock, 3_600_001);
    server.fail(1);
    ask_link(&knock, "admin@localhost");
    eventually("the mail server has said that it should come later", || {
        mails(&knock, &key)[0]["answer"].as_str().is_some_and(|answer| answer.contains("later"))
    });
    advance(&knock, 3_600_001);
    let last = &until_ended(&knock, &key)[0];
    assert_eq!((&last["state"], &last["answer"]), (&json!("parked"), &json!("its link has expired")));
    assert_eq!(server.all().len(), 5);
}

#[test]
fn without_a_mail_server_nothing_fails_and_what_would_have_been_sent_is_listed() {
    let knock = Knock::start();
    let key = knock.admin_key();
    assert_eq!(ask_link(&knock, "admin@localhost").body, json!({"is_mail_set_up": false}));
    let mails = until_ended(&knock, &key);
    let mail = &mails[0];
    assert_eq!((&mail["kind"], &mail["to"]), (&json!("mail.sign_in_link"), &json!("admin@localhost")));
    assert_eq!((&mail["state"], &mail["answer"]), (&json!("parked"), &json!("mail is not set up")));
    assert_eq!(mail["subject"], "Your sign-in link for Knock");
    let shown = token(mail["text"].as_str().expect("text"));
    assert_eq!(sign_in(&knock, &shown).code, 401, "a listed token does not sign in");
    assert_eq!(knock.get("/api/v1/mail", &key).body["is_set_up"], false);
    assert_eq!(knock.send("GET", "/api/v1/mail", &[], None).code, 401);
}

#[test]
fn what_was_not_sent_is_sent_once_mail_is_set_up() {
    let (server, mut knock) = (MailServer::start(), Knock::start());
    let key = knock.admin_key();
    ask_link(&knock, "admin@localhost");
    let number = until_ended(&knock, &key)[0]["number"].clone();
    knock.ask_to_stop();
    let (_, home) = knock.stopped();
    knock = start_in(home, &server.url(), &[]);
    let send_again = |knock: &Knock, body: Value| {
        let bearer = format!("Bearer {key}");
        let headers = [JSON, ("authorization", bearer.as_str())];
        knock.send("POST", "/api/v1/mail/send-again", &headers, Some(body.to_string().as_bytes()))
    };
    assert_eq!(send_again(&knock, json!({"number": number})).body, json!({"sent": 1}));
    let token = token(server.until(1)[0].part("text/plain"));
    assert_eq!(sign_in(&knock, &token).code, 200);
    assert_eq!(send_again(&knock, json!({"number": 4711})).code, 404);
}

/// The chat of a lead who gave an address in it, after a view of the pricing page.
pub(crate) fn gone(knock: &Knock, site: &str, visitor: u64, email: &str) -> Chat {
    let now = knock.now();
    knock.post_signals(&batch(site, visitor, now, &[signal(now, visitor, "page_view", "/pricing")]));
    let chat = open_as(knock, site, visitor);
    assert_eq!(chat.write(knock, 100 + visitor, &format!("What does it cost? I am {email}")).code, 201);
    chat
}

#[test]
fn a_reply_is_mailed_to_a_lead_who_has_gone() {
    let server = MailServer::start();
    let knock = start(&server);
    let (site, key) = (knock.site(), knock.admin_key());
    let chat = gone(&knock, &site, 1, "ann@first.example");
    assert_eq!(rep_writes(&knock, &chat, 11, "It is <b>$490</b> a month."), 201);
    advance(&knock, PATIENCE - 10_000);
    assert_eq!(rep_writes(&knock, &chat, 12, "Shall we talk tomorrow?"), 201);
    advance(&knock, PATIENCE - 10_000);
    assert_eq!(mails(&knock, &key), [Value::Null; 0], "they may still be there");
    advance(&knock, 10_001);
    let mail: &Mail = &server.until(1)[0];
    assert_eq!(
        (&mail.0["rcpt"], mail.header("Subject")),
        (&json!(["ann@first.example"]), "The team at Tareline replied to you")
    );
    let text = mail.part("text/plain");
    assert!(text.contains("It is <b>$490</b> a month.") && text.contains("Shall we talk tomorrow?"), "{text}");
    assert!(text.contains("http://127.0.0.1:4000/demo/pricing"), "{text}");
    assert!(!mail.part("text/html").contains("<b>$490"));
    assert!(text.contains("You wrote:\n> What does it cost? I am ann@first.example\n"), "{text}");
    // A mailed reply is not mailed again; later ones are mailed.
    advance(&knock, 10 * PATIENCE);
    assert_eq!(rep_writes(&knock, &chat, 13, "Hello?"), 201);
    advance(&knock, PATIENCE + 1);
    let second = &server.until(2)[1];
    assert!(second.part("text/plain").contains("Hello?") && !second.part("text/plain").contains("$490"));
    assert_eq!(second.header("References"), mail.header("References"));
    assert_ne!(second.header("Message-ID"), mail.header("Message-ID"));
}

#[test]
fn who_is_there_has_read_it_or_left_no_address_is_written_no_mail() {
    let server = MailServer::start();
    let knock = start(&server);
    let (site, key) = (knock.site(), knock.admin_key());
    let reads = gone(&knock, &site, 1, "ann@first.example");
    let writes = gone(&knock, &site, 2, "bob@second.example");
    let spam = gone(&knock, &site, 3, "cy@third.example");
    let nameless = open_as(&knock, &site, 4);
    assert_eq!(nameless.write(&knock, 104, "What does it cost?").code, 201);
    for (n, chat) in [(1, &reads), (2, &writes), (3, &spam), (4, &nameless)] {
        assert_eq!(rep_writes(&knock, chat, 20 + n, "It is $490 a month."), 201);
    }
    // The request for messages after the last one confirms that they have it.
    let last = reads.messages(&knock, 0).last().expect("a message")["seq"].as_u64().expect("a number");
    reads.messages(&knock, last);
    assert_eq!(writes.write(&knock, 202, "Thanks!").code, 201);
    assert_eq!(spam.act(&knock, &key, &json!("mark_spam")), 204);
    advance(&knock, PATIENCE + 1);
    assert_eq!(mails(&knock, &key), [Value::Null; 0]);
}

#[test]
fn a_reply_that_a_browser_confirmed_is_not_mailed_and_one_to_a_dead_line_is() {
    let server = MailServer::start();
    let knock = start(&server);
    let (site, key) = (knock.site(), knock.admin_key());
    let there = gone(&knock, &site, 1, "ann@first.example");
    let dead = gone(&knock, &site, 2, "bob@second.example");
    let mut line = live(&knock, &there);
    // This one is connected and sends no pong, like a computer whose lid was closed.
    let silent = live(&knock, &dead);
    for (n, chat) in [(1, &there), (2, &dead)] {
        assert_eq!(rep_writes(&knock, chat, 20 + n, "It is $490 a month."), 201);
    }
    // Reading sends the pong for the server's ping.
    while !matches!(line.read().expect("a message"), tungstenite::Message::Ping(_)) {}
    line.flush().expect("it is answered");
    while there.record(&knock, &key)["read_seq"] == 0 {}
    advance(&knock, PATIENCE + 1);
    let mail = &server.until(1)[0];
    assert_eq!(mail.0["rcpt"], json!(["bob@second.example"]));
    assert_eq!(until_ended(&knock, &key).len(), 1);
    drop(silent);
}

type Line = tungstenite::WebSocket<tungstenite::stream::MaybeTlsStream<std::net::TcpStream>>;

/// The live channel of a chat, up to date.
fn live(knock: &Knock, chat: &Chat) -> Line {
    let stream = std::net::TcpStream::connect(knock.address()).expect("it connects");
    let url = format!("ws://{}{}/live", knock.address(), chat.path());
    let (mut line, _) =
        tungstenite::client(url, tungstenite::stream::MaybeTlsStream::Plain(stream)).expect("a WebSocket");
    let token = chat.token().trim_start_matches("Bearer ");
    let after = chat.messages(knock, 0).len();
    line.send(tungstenite::Message::text(json!({"token": token, "after": after - 1}).to_string())).expect("sent");
    line.read().expect("the last message");
    line
}

#[test]
fn a_number_past_the_last_reply_hides_no_later_one() {
    let server = MailServer::start();
    let knock = start(&server);
    let chat = gone(&knock, &knock.site(), 1, "ann@first.example");
    assert_eq!(rep_writes(&knock, &chat, 21, "It is $490 a month."), 201);
    chat.messages(&knock, u64::MAX);
    assert_eq!(rep_writes(&knock, &chat, 22, "Are you there?"), 201);
    advance(&knock, PATIENCE + 1);
    let text = server.until(1)[0].part("text/plain").to_owned();
    assert!(text.contains("Are you there?") && !text.contains("$490"), "{text}");
}

#[test]
fn who_wants_no_more_mail_gets_none() {
    let server = MailServer::start();
    let knock = start(&server);
    let site = knock.site();
    let chat = gone(&knock, &site, 1, "ann@first.example");
    assert_eq!(rep_writes(&knock, &chat, 11, "It is $490 a month."), 201);
    advance(&knock, PATIENCE + 1);
    let mail = &server.until(1)[0];
    assert_eq!(mail.header("List-Unsubscribe-Post"), "List-Unsubscribe=One-Click");
    let address = mail.header("List-Unsubscribe").trim_matches(['<', '>']).to_owned();
    let path = address.strip_prefix(&knock.url).unwrap_or_else(|| panic!("{address}"));
    // A scanner that opens the link does not unsubscribe.
    let page = knock.send("GET", path, &[], None);
    assert!(page.code == 200 && page.body.as_str().is_some_and(|page| page.contains("No more mail")), "{}", page.body);
    assert_eq!(rep_writes(&knock, &chat, 12, "Are you there?"), 201);
    advance(&knock, PATIENCE + 1);
    server.until(2);
    let form = [("content-type", "application/x-www-form-urlencoded")];
    assert_eq!(knock.send("POST", path, &form, Some(b"List-Unsubscribe=One-Click")).code, 200);
    assert_eq!(rep_writes(&knock, &chat, 13, "Hello?"), 201);
    advance(&knock, PATIENCE + 1);
    assert_eq!(mails(&knock, &knock.admin_key()).len(), 2);
    let forged = path.replace("proof=", "proof=0");
    assert_eq!(knock.send("POST", &forged, &form, None).code, 404);
}

#[test]
fn mails_of_a_lead_are_exported_and_erased() {
    let server = MailServer::start();
    let knock = start(&server);
    let key = knock.admin_key();
    let chat = gone(&knock, &knock.site(), 1, "ann@first.example");
    assert_eq!(rep_writes(&knock, &chat, 11, "It is $490 a month."), 201);
    advance(&knock, PATIENCE + 1);
    server.until(1);
    let exported = knock.command(&["export", "--person", "ann@first.example"]);
    let exported: Value = serde_json::from_slice(&exported.stdout).expect("JSON");
    let mail = exported["deliveries"].as_array().expect("a list").iter().find(|one| one["destination"] == "mail");
    assert_eq!(mail.expect("the mail")["data"]["messages"], json!(["It is $490 a month."]));
    // A reply whose mail is not yet due is erased too.
    assert_eq!(rep_writes(&knock, &chat, 12, "Hello?"), 201);
    assert!(knock.command(&["erase", "--person", "ann@first.example"]).status.success());
    advance(&knock, PATIENCE + 1);
    assert_eq!(mails(&knock, &key), [Value::Null; 0]);
}

/// A root, and a certificate for this machine that it issued, as files: root, certificate, key.
fn certificates(folder: &Path) -> [String; 3] {
    let mut root = CertificateParams::default();
    root.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let (root_key, key) = (KeyPair::generate().expect("a key"), KeyPair::generate().expect("a key"));
    let certificate = CertificateParams::new(["127.0.0.1".to_owned()]).expect("a name");
    let root_pem = root.self_signed(&root_key).expect("signed").pem();
    let certificate = certificate.signed_by(&key, &Issuer::new(root, root_key)).expect("signed");
    let texts = [("root.pem", root_pem), ("server.pem", certificate.pem()), ("server.key", key.serialize_pem())];
    texts.map(|(name, text)| {
        std::fs::write(folder.join(name), text).expect("it is written");
        folder.join(name).display().to_string()
    })
}

#[test]
fn letters_go_by_tls_from_the_first_byte_and_by_starttls() {
    let folder = tempfile::tempdir().expect("a folder");
    let [root, certificate, key] = certificates(folder.path());
    for (tls, scheme, query) in [("implicit", "smtps", ""), ("starttls", "smtp", "?tls=required")] {
        let arguments = ["--tls", tls, "--certificate", &certificate, "--key", &key, "--auth", "knock:secret"];
        let server = MailServer::start_with(&arguments);
        let url = format!("{scheme}://knock:secret@127.0.0.1:{}{query}", server.port());
        let settings = [("KNOCK_SMTP_URL", &*url), ("KNOCK_SMTP_FROM", FROM), ("SSL_CERT_FILE", &root)];
        let knock = Knock::start_with(&settings);
        assert_eq!(ask_link(&knock, "admin@localhost").code, 202);
        let mail = &server.until(1)[0];
        assert_eq!((&mail.0["tls"], &mail.0["user"]), (&json!(true), &json!("knock")), "{tls}");
        assert_eq!(sign_in(&knock, &token(mail.part("text/plain"))).code, 200);
    }
}

#[test]
fn a_configuration_that_cannot_work_is_refused_at_the_start() {
    for (settings, words) in [
        ([("KNOCK_SMTP_URL", "smtp://mail.example"), ("KNOCK_SMTP_FROM", "")], "`smtp.from` is missing"),
        ([("KNOCK_SMTP_URL", "mail.example"), ("KNOCK_SMTP_FROM", FROM)], "`smtp.url` is not an address"),
        ([("KNOCK_SMTP_URL", "smtp://mail.example"), ("KNOCK_SMTP_FROM", "no-address")], "`smtp.from` is not a sender"),
    ] {
        let home = Scratch::sqlite();
        let ended = Setup::on(home).settings(&settings).try_start().err().expect("it does not start");
        assert!(!ended.status.success() && ended.said.contains(words), "{}", ended.said);
    }
}
