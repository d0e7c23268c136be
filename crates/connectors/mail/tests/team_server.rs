//! A mail server of the team, against a real SMTP server: a test mail, and the step at which it ends.

use ipnet::IpNet;
use knock_mail::{Account, Refusal, Sender, Step, TeamServer};
use knock_model::Millis;
use knock_outbound::Guard;
use knock_testing::MailServer;
use knock_wire::MailSecurity;
use rcgen::{CertificateParams, KeyPair};
use serde_json::json;
use std::net::TcpListener;

const NOW: Millis = Millis(1_780_000_000_000);
const TO: &str = "ann@acme.example";

fn account(port: u16, security: MailSecurity) -> Account {
    Account { host: "127.0.0.1".into(), port, security, user: String::new(), password: String::new() }
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime")
}

fn of(account: Account, networks: &[&str]) -> TeamServer {
    let from = Sender { address: "hello@acme.example".into(), name: "Acme".into() };
    let networks = networks.iter().map(|network| network.parse::<IpNet>().expect("a network")).collect();
    TeamServer::new(account, &from, Guard::new(networks)).expect("it is right")
}

fn sent(account: Account, to: &str) -> Result<String, Refusal> {
    runtime().block_on(of(account, &["127.0.0.0/8"]).send_test(to, NOW))
}

fn step(account: Account, to: &str) -> Step {
    sent(account, to).expect_err("a refusal").step
}

#[test]
fn a_test_mail_is_accepted_and_a_check_sends_none() {
    let server = MailServer::start();
    let to_server = || account(server.port(), MailSecurity::None);
    runtime().block_on(of(to_server(), &["127.0.0.0/8"]).check()).expect("it lets in");
    assert!(server.all().is_empty());
    let words = sent(to_server(), TO).expect("it is accepted");
    assert!(words.starts_with("250") && words.contains("taken"), "{words}");
    let mail = &server.until(1)[0];
    assert_eq!((&mail.0["from"], &mail.0["rcpt"]), (&json!("hello@acme.example"), &json!([TO])));
    assert_eq!((mail.header("From"), mail.header("Subject")), ("Acme <hello@acme.example>", "Test mail from Knock"));
}

#[test]
fn a_refusal_names_its_step() {
    let server = MailServer::start();
    let (port, none) = (server.port(), MailSecurity::None);
    assert_eq!(step(account(port, MailSecurity::Tls), TO), Step::Tls);
    assert_eq!(step(account(port, MailSecurity::Starttls), TO), Step::StartTls);
    assert_eq!(step(account(port, none), "never@acme.example"), Step::Recipient);
    assert_eq!(step(account(port, none), "ann"), Step::Recipient);
    let with_login = Account { user: "knock".into(), password: "p@ss".into(), ..account(port, none) };
    assert_eq!(step(with_login, TO), Step::Login, "no account is there");
    let closed = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a port").port();
    assert_eq!(step(account(closed, none), TO), Step::Connection);
    let nowhere = Account { host: "mail.invalid".into(), ..account(port, MailSecurity::Tls) };
    assert_eq!(step(nowhere, TO), Step::Name);
    let temporary = sent(account(port, none), "later@acme.example").expect_err("a refusal");
    assert!(temporary.text.contains("Try again"), "{temporary:?}");
}

#[test]
fn who_has_to_sign_in_is_let_in_by_the_right_password() {
    let server = MailServer::start_with(&["--auth", "knock:p@ss"]);
    let by = |user: &str, password: &str| {
        let of_server = account(server.port(), MailSecurity::None);
        sent(Account { user: user.into(), password: password.into(), ..of_server }, TO)
    };
    let wrong = by("knock", "wrong").expect_err("a refusal");
    assert!(wrong.step == Step::Login && wrong.detail.contains("535"), "{wrong:?}");
    let anonymous = by("", "").expect_err("a refusal");
    assert!(anonymous.step == Step::Login && anonymous.text.contains("wants a user"), "{anonymous:?}");
    by("knock", "p@ss").expect("it is accepted");
    assert_eq!(server.until(1)[0].0["user"], json!("knock"));
}

#[test]
fn networks_that_the_operator_did_not_name_are_not_connected_to() {
    let server = MailServer::start();
    let in_house = of(account(server.port(), MailSecurity::Starttls), &[]);
    let refused = runtime().block_on(in_house.send_test(TO, NOW)).expect_err("a refusal");
    assert!(refused.step == Step::Network && refused.text.contains("outbound.private_networks"), "{refused:?}");
    // A public address takes no password without encryption. Nothing is connected to.
    let public = Account { host: "9.9.9.9".into(), ..account(25, MailSecurity::None) };
    assert_eq!(step(public, TO), Step::Unencrypted);
}

#[test]
fn a_certificate_that_proves_nothing_ends_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let key = KeyPair::generate().expect("a key");
    let params = CertificateParams::new(["127.0.0.1".to_owned()]).expect("a name");
    let (certificate, key_file) = (folder.path().join("server.pem"), folder.path().join("server.key"));
    std::fs::write(&certificate, params.self_signed(&key).expect("signed").pem()).expect("written");
    std::fs::write(&key_file, key.serialize_pem()).expect("written");
    let [certificate, key_file] = [certificate, key_file].map(|file| file.display().to_string());
    for (tls, security) in [("implicit", MailSecurity::Tls), ("starttls", MailSecurity::Starttls)] {
        let server = MailServer::start_with(&["--tls", tls, "--certificate", &certificate, "--key", &key_file]);
        assert_eq!(step(account(server.port(), security), TO), Step::Certificate, "{tls}");
        assert!(server.all().is_empty());
    }
}
