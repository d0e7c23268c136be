//! A corpus of hostile files, sent, shown and downloaded: accepted files are harmless, refusals have a reason.

use super::made::{archive, decompression_bomb, holds, photograph, picture};
use super::{Shop, refused};
use image::ImageFormat;
use knock_model::FileId;
use knock_testing::stopwatch;
use serde_json::json;
use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;

/// The expected result of a file: its type, or a word of the reason of its refusal.
type Fate = Result<&'static str, &'static str>;

fn corpus() -> Vec<(&'static str, Vec<u8>, Fate)> {
    let png = picture(64, 64, ImageFormat::Png);
    let gif = [&b"GIF89a/*"[..], b"*/=1;alert(document.domain)//"].concat();
    let script = b"<html><script>alert(document.domain)</script>";
    let jpeg_zip = [picture(9, 9, ImageFormat::Jpeg), archive(&[("a.js", b"alert(1)")])].concat();
    let nested = archive(&[("in.zip", &archive(&[("in.zip", &archive(&[("a", &[0; 4_096])]))]))]);
    let office = archive(&[("[Content_Types].xml", b"x"), ("word/document.xml", b"x"), ("word/vbaProject.bin", b"x")]);
    vec![
        ("gif-js.gif", gif, Err("picture")),
        ("real-gif-js.gif", [picture(4, 4, ImageFormat::Gif), b"/*alert(1)*/".to_vec()].concat(), Ok("image/gif")),
        ("pdf-html.html", [&b"%PDF-1.4\n"[..], script].concat(), Ok("application/pdf")),
        ("html-pdf.pdf", [&script[..], b"%PDF-1.4\n"].concat(), Err("scripts")),
        ("jpeg-zip.zip", jpeg_zip, Ok("image/jpeg")),
        ("zip-behind-html.zip", [&script[..], &archive(&[("a", b"b")])].concat(), Err("scripts")),
        (
            "script.svg",
            b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>".to_vec(),
            Err("scripts"),
        ),
        ("event.png", b"<?xml version=\"1.0\"?><svg onload=\"alert(1)\"/>".to_vec(), Err("scripts")),
        ("hidden.txt", b"<!-- -->\n<iframe src=javascript:alert(1)>".to_vec(), Err("scripts")),
        ("nested.zip", nested, Ok("application/zip")),
        ("up.zip", archive(&[("../../../tmp/knock-was-here", b"x")]), Ok("application/zip")),
        ("macros.docx", office, Err("macros")),
        ("app.jar", archive(&[("META-INF/MANIFEST.MF", b"x")]), Err("program")),
        ("photo.jpg", b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff".to_vec(), Err("program")),
        ("run.sh", b"#!/bin/sh\ntouch /tmp/knock-was-here".to_vec(), Err("script")),
        ("bomb.png", decompression_bomb(), Err("is")),
        ("cut.png", png[..png.len() / 2].to_vec(), Err("damaged")),
        ("cut.jpg", photograph()[..60].to_vec(), Err("damaged")),
        ("empty.txt", Vec::new(), Err("empty")),
        ("phone.heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic".to_vec(), Err("HEIC")),
        ("wide.txt", b"\xff\xfeh\0i\0".to_vec(), Err("type")),
        ("picture.html", png, Ok("image/png")),
        ("page.html", b"Hello <script>alert(1)</script>".to_vec(), Ok("text/plain")),
    ]
}

#[test]
fn hostile_files_are_refused_with_a_reason_or_given_out_harmless() {
    let shop = Shop::start_with(&[("KNOCK_FILES_PER_CHAT", "0"), ("KNOCK_FILES_PER_IP", "0")]);
    for (n, (name, content, fate)) in (100..).zip(corpus()) {
        let sent = shop.chat.sends_file(&shop.knock, n, name, &content);
        match fate {
            Ok(kind) => {
                assert_eq!((sent.code, &sent.body["type"]), (201, &json!(kind)), "{name} {}", sent.body);
                let (whole, kept) = shop.download(&shop.last_file()["url"]);
                let disposition = whole.header("content-disposition").expect("one");
                assert!(disposition.starts_with("attachment; filename="), "{name}: {disposition}");
                assert_eq!(whole.header("content-security-policy"), Some("default-src 'none'; sandbox"), "{name}");
                assert!(whole.header("content-type").is_some_and(|found| found.starts_with(kind)), "{name}");
                assert!(kind != "image/jpeg" || !holds(&kept, b"PK\x03\x04"), "{name}");
            }
            Err(reason) => {
                assert_eq!(refused(&sent), (422, "/file".into()), "{name} {}", sent.body);
                let said = sent.body["errors"][0]["reason"].as_str().expect("a reason");
                assert!(said.contains(reason), "{name}: {said}");
            }
        }
    }
    assert!(!Path::new("/tmp/knock-was-here").exists());
    assert_eq!(shop.knock.send("GET", "/healthz", &[], None).code, 200);
}

#[test]
fn names_are_text_and_lead_nowhere() {
    let shop = Shop::start_with(&[("KNOCK_FILES_PER_CHAT", "0")]);
    let entries = |path: &Path| -> BTreeSet<_> {
        std::fs::read_dir(path).expect("read").map(|entry| entry.expect("one").file_name()).collect()
    };
    assert_eq!(shop.chat.sends_file(&shop.knock, 1, "first.txt", b"hello").code, 201);
    let data = shop.knock.data();
    let inside = entries(&data);
    let long = "n".repeat(4_096);
    for (n, (name, expected)) in (10..).zip([
        ("../../../../tmp/evil.txt", "evil.txt"),
        ("..\\..\\evil.txt", "evil.txt"),
        ("photo\u{202e}gnp.exe", "photognp.exe.txt"),
        ("a%0D%0ASet-Cookie: x=1.txt", "aSet-Cookie: x=1.txt"),
        ("%22><img src=x onerror=alert(1)>.txt", "\"><img src=x onerror=alert(1)>.txt"),
        ("", "file.txt"),
        (".", "file.txt"),
        (long.as_str(), &format!("{}.txt", "n".repeat(100))),
    ]) {
        let sent = shop.chat.sends_file(&shop.knock, n, name, b"hello");
        assert_eq!((sent.code, sent.body["name"].as_str()), (201, Some(expected)), "{name:?} {}", sent.body);
        let (whole, _) = shop.download(&shop.last_file()["url"]);
        assert_eq!(whole.header("set-cookie"), None);
        assert_eq!(whole.headers.iter().filter(|(name, _)| name == "content-disposition").count(), 1);
    }
    let with_nul = shop.chat.sends_file(&shop.knock, 50, "a\0b.txt", b"hello");
    assert!(matches!(with_nul.code, 201 | 400), "{}", with_nul.body);
    assert_eq!(entries(&data), inside);
    assert!(!Path::new("/tmp/evil.txt").exists() && !data.join("../evil.txt").exists());
    let is_id = |name: std::ffi::OsString| name.to_str().is_some_and(|name| FileId::parse(name).is_ok());
    assert!(
        !inside.contains("files".as_ref() as &std::ffi::OsStr) || entries(&data.join("files")).into_iter().all(is_id)
    );
}

/// A form whose first part has this head, and a file of the given size.
fn with_head(head: &str, size: usize) -> Vec<u8> {
    let line = "--a-line-between-parts\r\n";
    let file = "content-disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\n";
    let content = "a".repeat(size);
    format!("{line}{head}\r\n\r\nx\r\n{line}{file}{content}\r\n--a-line-between-parts--\r\n").into_bytes()
}

#[test]
fn the_head_of_a_part_is_limited() {
    let shop = Shop::start_with(&[("KNOCK_FILES_PER_CHAT", "0"), ("KNOCK_FILES_PER_IP", "0")]);
    let before = shop.knock.memory();
    let begun = stopwatch();
    for _ in 0..4 {
        let head = format!("content-disposition: form-data; name=\"{}\"", "a".repeat(9_500_000));
        let reply = shop.chat.post_form(&shop.knock, &with_head(&head, 1));
        assert_eq!(refused(&reply), (400, String::new()), "{}", reply.body);
        assert!(reply.text("detail").contains("8 KiB"), "{}", reply.body);
    }
    assert!(begun.elapsed() < Duration::from_secs(4), "{:?}", begun.elapsed());
    let more = shop.knock.memory().peak.saturating_sub(before.peak);
    assert!(more < 24 << 10, "{more} KiB");
    // Many short lines are a long head too.
    let lines = vec!["x-line: 1"; 2_000].join("\r\n");
    let reply = shop.chat.post_form(&shop.knock, &with_head(&lines, 1));
    assert!(reply.text("detail").contains("8 KiB"), "{}", reply.body);
    // A content that looks like a head is none.
    let like = format!("content-disposition: form-data; name=\"{}\"\r\n", "a".repeat(20_000));
    let sent = shop.chat.sends_file(&shop.knock, 7, "a.txt", like.as_bytes());
    assert_eq!(sent.code, 201, "{}", sent.body);
}
