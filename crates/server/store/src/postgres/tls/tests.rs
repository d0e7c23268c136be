//! The TLS options of addresses, and a PostgreSQL with TLS.

use super::*;
use crate::postgres::driver::Driver;
use crate::sql::Db;
use knock_ports::StoreError;
use std::io::{Read, Write};
use std::net::TcpListener;

/// An address of a PostgreSQL with TLS, its root in `sslrootcert`: its certificate is for 127.0.0.1 only.
const WITH_TLS: &str = "KNOCK_TEST_POSTGRES_TLS";

fn read(options: &str) -> Result<(SslMode, Proof, Option<String>, String), String> {
    let Wanted { mode, proof, roots, address } = wanted(&format!("postgres://k@a,b:2/knock{options}"))?;
    Ok((mode, proof, roots, address))
}

#[test]
fn an_address_says_what_libpq_reads_in_it() {
    use {Proof::*, SslMode::*};
    let (plain, file) = ("postgres://k@a,b:2/knock", || Some("/etc/my root.pem".to_owned()));
    let cases = [
        ("", (Prefer, None, Option::None, "")),
        ("?sslmode=disable", (Disable, None, Option::None, "")),
        ("?sslmode=prefer", (Prefer, None, Option::None, "")),
        ("?sslmode=require", (Require, None, Option::None, "")),
        ("?sslrootcert=/etc/my%20root.pem&sslmode=require", (Require, Issuer, file(), "")),
        ("?sslmode=verify-ca", (Require, Issuer, Option::None, "")),
        ("?a=1&sslmode=verify-full&b=%26", (Require, Name, Option::None, "?a=1&b=%26")),
        ("?sslmode=verify-full&sslrootcert=%2Fetc/my%20root.pem", (Require, Name, file(), "")),
    ];
    for (options, (mode, proof, roots, rest)) in cases {
        assert_eq!(read(options), Ok((mode, proof, roots, format!("{plain}{rest}"))), "{options}");
    }
    for (options, named) in [
        ("?sslmode=allow", "`allow`"),
        ("?sslmode=", "``"),
        ("?sslmode=%ff", "UTF-8"),
        ("?sslrootcert=/root.pem", "`sslrootcert` needs"),
        ("?sslmode=disable&sslrootcert=/root.pem", "`sslrootcert` needs"),
    ] {
        assert!(read(options).expect_err("refused").contains(named), "{options}");
    }
}

fn refused(address: &str) -> String {
    let session = Driver::start(address).and_then(|driver| driver.first().map(drop));
    match session {
        Err(StoreError::Broken(reason)) => reason,
        other => panic!("{other:?}"),
    }
}

#[test]
fn roots_that_cannot_be_read_are_named() {
    let dir = tempfile::TempDir::new().expect("a directory");
    let (none, empty) = (dir.path().join("none.pem"), dir.path().join("empty.pem"));
    std::fs::write(&empty, "no certificate").expect("written");
    for file in [none, empty] {
        let said = refused(&format!("postgres://k@127.0.0.1/k?sslmode=verify-ca&sslrootcert={}", file.display()));
        assert!(said.contains(&format!("sslrootcert={}: ", file.display())), "{said}");
    }
}

#[test]
fn a_server_without_tls_is_refused_where_it_is_required() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let server = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("somebody comes");
        let mut asked = [0; 8];
        stream.read_exact(&mut asked).expect("it asks for TLS");
        stream.write_all(b"N").expect("it receives the refusal");
    });
    let said = refused(&format!("postgres://k@127.0.0.1:{port}/k?sslmode=require"));
    assert!(said.contains("server does not support TLS"), "{said}");
    server.join().expect("it was asked");
}

/// The address with these options more; none where no such PostgreSQL is there.
fn with_tls(options: &str) -> Option<String> {
    #[expect(clippy::disallowed_methods, reason = "tests have no configuration but this")]
    let address = std::env::var(WITH_TLS).ok();
    if address.is_none() {
        eprintln!("SKIPPED: {WITH_TLS} names no PostgreSQL; `cargo xtask test postgres` brings one along");
    }
    address.map(|address| format!("{address}&{options}"))
}

fn is_encrypted(address: &str) -> bool {
    let session = Driver::start(address).expect("an address");
    let session = session.first().expect("connected");
    let sql = "SELECT CAST(ssl AS BIGINT) FROM (SELECT ssl::int FROM pg_stat_ssl WHERE pid = pg_backend_pid()) s";
    Db(&session).one(sql, &[], |row| row.get::<i64>(0)).expect("asked") == Some(1)
}

fn without_root(address: &str) -> String {
    let Wanted { address, .. } = wanted(address).expect("good");
    address
}

#[test]
fn connections_are_encrypted_and_the_server_is_who_it_says() {
    let Some(address) = with_tls("sslmode=verify-full") else { return };
    assert!(is_encrypted(&address));
    assert!(is_encrypted(&without_root(&address)), "by itself, where the server can");
    assert!(is_encrypted(&format!("{}?sslmode=require", without_root(&address))));
    assert!(!is_encrypted(&format!("{}?sslmode=disable", without_root(&address))));
    // The same server under a name that its certificate does not have.
    let elsewhere = |mode| {
        with_tls(&format!("hostaddr=127.0.0.1&sslmode={mode}"))
            .map(|address| address.replace("@127.0.0.1", "@localhost"))
    };
    let said = refused(&elsewhere("verify-full").expect("it is there"));
    assert!(said.contains("not valid for name"), "{said}");
    assert!(is_encrypted(&elsewhere("verify-ca").expect("it is there")));
}

#[test]
fn a_server_that_another_root_issued_is_refused() {
    let Some(address) = with_tls("sslmode=require") else { return };
    let dir = tempfile::TempDir::new().expect("a directory");
    let other = dir.path().join("other.pem");
    let made = rcgen::generate_simple_self_signed(["other".to_owned()]).expect("made");
    std::fs::write(&other, made.cert.pem()).expect("written");
    for mode in ["require", "verify-ca", "verify-full"] {
        let said = refused(&format!("{}?sslmode={mode}&sslrootcert={}", without_root(&address), other.display()));
        assert!(said.contains("invalid peer certificate: UnknownIssuer"), "{mode}: {said}");
    }
}
