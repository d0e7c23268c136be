//! A mailbox of a real server: dovecot.

use knock_imap::{Account, Failure, Folder, Imap, Server, Since};
use knock_outbound::Guard;
use knock_testing::ImapServer;
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use std::fs;
use std::process::Command;

/// The variable by which a test runs itself with the certificates of its own.
const ROOTS: &str = "SSL_CERT_FILE";
const MIB: usize = 1 << 20;

fn own_network() -> Imap {
    Imap::new(Guard::new(vec!["127.0.0.0/8".parse().expect("a network"), "::1/128".parse().expect("a network")]))
}

fn account(url: &str) -> Account {
    Account {
        server: Server::parse(url).expect("an address"),
        user: ImapServer::USER.into(),
        password: ImapServer::PASSWORD.into(),
        folder: "INBOX".into(),
    }
}

async fn opened(server: &ImapServer) -> Folder {
    own_network().open(&account(&server.url())).await.expect("it opens")
}

async fn refused(imap: &Imap, account: &Account) -> Failure {
    imap.open(account).await.map(|_| ()).expect_err("it is refused")
}

fn mail(subject: &str) -> String {
    format!("From: ann@acme.example\r\nTo: replies@knock.example\r\nSubject: {subject}\r\n\r\nHello\r\n")
}

#[tokio::test]
async fn new_mails_are_read_in_order_and_marked() {
    let server = ImapServer::start();
    server.deliver(mail("before").as_bytes());
    let folder = opened(&server).await;
    let before = folder.uid_next - 1;
    folder.close().await;
    let mut folder = opened(&server).await;
    assert_eq!(folder.numbers(&Since::After(before)).await, Ok(Vec::new()), "the last one is not answered again");
    server.deliver(mail("one").as_bytes());
    server.deliver(mail("two").as_bytes());
    folder.close().await;
    let mut folder = opened(&server).await;
    let numbers = folder.numbers(&Since::After(before)).await.expect("numbers");
    assert_eq!(numbers.len(), 2);
    let first = folder.mail(numbers[0], MIB).await.expect("it is read").expect("a mail");
    assert_eq!(String::from_utf8_lossy(&first), mail("one"));
    assert_eq!(folder.length(numbers[0]).await, Ok(Some(mail("one").len() as u32)));
    assert_eq!(server.flags(), ["", "", ""], "reading marks nothing");
    folder.mark_seen(numbers[0]).await.expect("it is marked");
    folder.close().await;
    assert_eq!(server.flags(), ["", "S", ""]);
}

#[tokio::test]
async fn a_mail_that_is_gone_is_none_and_a_long_one_is_read_in_part() {
    let server = ImapServer::start();
    let long = mail("long") + &"x".repeat(26 * MIB);
    server.deliver(long.as_bytes());
    let mut folder = opened(&server).await;
    let last = folder.uid_next - 1;
    assert_eq!(folder.length(last).await, Ok(Some(u32::try_from(long.len()).expect("a length"))));
    let beginning = folder.mail(last, 1_000).await.expect("it is read").expect("a mail");
    assert_eq!(String::from_utf8_lossy(&beginning), long[..1_000]);
    assert_eq!(folder.mail(last + 5, MIB).await, Ok(None));
    assert_eq!(folder.length(last + 5).await, Ok(None));
    folder.close().await;
}

#[tokio::test]
async fn a_connection_reads_no_more_than_it_may() {
    let server = ImapServer::start();
    server.deliver((mail("long") + &"x".repeat(24 * MIB)).as_bytes());
    let mut folder = opened(&server).await;
    let last = folder.uid_next - 1;
    for _ in 0..2 {
        assert!(folder.mail(last, 25 * MIB).await.is_ok());
    }
    assert_eq!(folder.mail(last, 25 * MIB).await, Err(Failure::Odd), "64 MiB are enough");
}

#[tokio::test]
async fn a_folder_that_is_numbered_anew_is_read_by_day() {
    let mut server = ImapServer::start();
    server.deliver(mail("one").as_bytes());
    let before = opened(&server).await;
    let (old, _) = (before.uid_validity, before.close().await);
    server.renumber();
    let mut after = opened(&server).await;
    assert_ne!(after.uid_validity, old);
    assert_eq!(after.numbers(&Since::Day("01-Jan-2020".into())).await.expect("numbers").len(), 1);
    assert_eq!(after.numbers(&Since::Day("01-Jan-2090".into())).await, Ok(Vec::new()));
}

#[tokio::test]
async fn what_is_wrong_is_said() {
    let mut server = ImapServer::start();
    let (imap, right) = (own_network(), account(&server.url()));
    let password = Account { password: "wrong".into(), ..right.clone() };
    assert_eq!(refused(&imap, &password).await, Failure::Unauthorized);
    let user = Account { user: "re\r\nplies".into(), ..right.clone() };
    assert_eq!(refused(&imap, &user).await, Failure::Unauthorized);
    let folder = Account { folder: "Answers".into(), ..right.clone() };
    assert_eq!(refused(&imap, &folder).await, Failure::NoFolder);
    assert_eq!(refused(&imap, &account(&server.url_with_start_tls())).await, Failure::NoTls);
    assert_eq!(refused(&Imap::new(Guard::new(Vec::new())), &right).await, Failure::Private);
    server.stop();
    assert_eq!(refused(&imap, &right).await, Failure::Unreached);
    server.resume();
    assert!(imap.open(&right).await.is_ok(), "it is back");
}

#[tokio::test]
async fn only_a_trusted_certificate_is_accepted() {
    // The certificates of the system are read once, so those of this test by a process of its own: this test again.
    if let Some(urls) = given_urls() {
        return with_certificates_of_its_own(&urls).await;
    }
    let authority = KeyPair::generate().expect("a key");
    let mut params = CertificateParams::new(Vec::new()).expect("a certificate");
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let root = params.self_signed(&authority).expect("a certificate");
    let key = KeyPair::generate().expect("a key");
    let issuer = Issuer::new(params, authority);
    let own = CertificateParams::new(vec!["localhost".to_owned()]).expect("a certificate");
    let own = own.signed_by(&key, &issuer).expect("a certificate");
    let server = ImapServer::start_tls(&own.pem(), &key.serialize_pem());
    let urls = [server.url_with_tls(), server.url_with_start_tls()];
    for url in &urls {
        assert_eq!(refused(&own_network(), &account(url)).await, Failure::NotTrusted, "{url}");
    }
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("root.pem");
    fs::write(&file, root.pem()).expect("a file");
    let itself = std::env::current_exe().expect("this test");
    let args = ["--exact", "only_a_trusted_certificate_is_accepted"];
    let ran = Command::new(itself).args(args).env(ROOTS, &file).env("KNOCK_TEST_IMAP", urls.join(" ")).output();
    let ran = ran.expect("it runs");
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stdout));
    assert!(String::from_utf8_lossy(&ran.stdout).contains("1 passed"));
}

/// The addresses of the servers whose certificates this process trusts, if it runs for them.
#[expect(clippy::disallowed_methods, reason = "it is configured by its caller")]
fn given_urls() -> Option<String> {
    std::env::var("KNOCK_TEST_IMAP").ok()
}

async fn with_certificates_of_its_own(urls: &str) {
    for url in urls.split(' ') {
        let mut folder = own_network().open(&account(url)).await.expect("it opens");
        assert_eq!(folder.numbers(&Since::After(0)).await, Ok(Vec::new()), "{url}");
    }
}
