//! Mails.

use crate::{LONGEST, reader};
use knock_reader::NotRead;
use std::fs;
use tokio::time::timeout;

fn mail(name: &str) -> Vec<u8> {
    fs::read(format!("{}/../../../tests/mails/{name}.eml", env!("CARGO_MANIFEST_DIR"))).expect("the mail")
}

#[tokio::test]
async fn a_mail_comes_back_as_it_is_read() {
    let reader = reader();
    for name in ["01-gmail-web", "42-photos-and-logos", "55-dsn-unknown-user"] {
        let content = mail(name);
        assert_eq!(reader.mail(&content, false).await, Ok(knock_mime::read(&content).expect("it is read")), "{name}");
        let head = knock_mime::read_headers(&content).expect("they are read");
        assert_eq!(reader.mail(&content, true).await, Ok(head), "{name}");
    }
    assert_eq!(reader.mail(b"", false).await, Err(NotRead::Refused("has no headers".to_owned())));
}

#[tokio::test]
async fn a_mail_that_is_a_bomb_ends_in_time_and_the_next_one_is_read() {
    let reader = reader();
    let nested = "Content-Type: message/rfc822\r\n\r\n".repeat(300_000);
    let parts = format!(
        "Content-Type: multipart/mixed; boundary=b\r\n\r\n{}",
        "--b\r\nContent-Type: image/png\r\n\r\nx\r\n".repeat(100_000)
    );
    let lines = format!("Subject: x\r\n\r\n{}", "On 3 a@b.c\r\nwrote:\r\n> x\r\n".repeat(200_000));
    let deep = format!("Content-Type: text/html\r\n\r\n{}", "<blockquote>".repeat(500_000));
    for (name, bomb) in [("nested", nested), ("parts", parts), ("lines", lines), ("deep", deep)] {
        drop(timeout(LONGEST, reader.mail(bomb.as_bytes(), false)).await.unwrap_or_else(|_| panic!("{name}")));
    }
    assert!(knock_testing::memory(std::process::id()).peak < 400 << 10, "this process holds one");
    assert!(reader.mail(&mail("01-gmail-web"), false).await.is_ok());
}
