//! PDF, HTML and sitemaps.

use crate::deflated::deflated;
use crate::pdf::{endless, form_bomb, good, quick};
use crate::{reader, refused};
use knock_knowledge::{FileKind, Unreadable};
use knock_pages::{FetchedPage, Formats};
use knock_reader::{Lost, NotRead};

fn page(text: impl Into<Vec<u8>>) -> FetchedPage {
    let url = "https://shop.example/help".parse().expect("an address");
    FetchedPage { url, content_type: "text/html; charset=utf-8".into(), body: text.into() }
}

#[tokio::test]
async fn good_documents_come_back_as_they_are_read() {
    let reader = reader();
    let read = reader.file(&good("Shades are sewn by hand in Porto.")).await.expect("it is read");
    assert_eq!((read.kind, &*read.passages[0].text), (FileKind::Pdf, "Shades are sewn by hand in Porto."));
    let text = "<html lang=de><title>Versand</title><h1>Kosten</h1><p>Ab 5 Euro.";
    let read = reader.passages(page(text)).await.expect("it is read");
    let whole = knock_knowledge::read_document(text.as_bytes(), "text/html", "https://shop.example/help");
    assert_eq!(read, whole.expect("it is read").passages);
    assert_eq!(reader.file(b"%PDF-1.7 no more").await, Err(NotRead::Refused(Unreadable::PdfDamaged)));
    assert_eq!(reader.file(b" ").await, Err(NotRead::Refused(Unreadable::NoText)));
    let map = "<urlset><url><loc>https://shop.example/a</loc></url></urlset>";
    assert_eq!(reader.sitemap(map.into()).await.expect("it is read").pages.len(), 1);
}

#[tokio::test]
async fn pdf_files_that_take_all_memory_are_refused() {
    let reader = reader();
    for (name, file) in quick() {
        assert!(file.len() < 2 << 20, "{name}");
        let words = refused(name, reader.file(&file)).await;
        assert!(
            words.starts_with("Reading it takes too much memory") || words.starts_with("The PDF"),
            "{name}: {words}"
        );
    }
    assert!(reader.file(&good("It goes on.")).await.is_ok());
}

#[tokio::test]
async fn pdf_files_without_an_end_are_given_up() {
    let reader = reader();
    let [(first, one), (second, two)] = endless().try_into().expect("two");
    let (one, two) = tokio::join!(refused(first, reader.file(&one)), refused(second, reader.file(&two)));
    let gives_up = |words: &str| [Lost::Slow, Lost::Exhausted].iter().any(|lost| lost.to_string() == words);
    assert!(gives_up(&one) && gives_up(&two), "{one}, {two}");
}

#[tokio::test]
async fn a_page_may_be_a_bomb_too() {
    let reader = reader();
    let deep = format!("<html>{}", "<div>".repeat(400_000));
    assert!(refused("deep", reader.passages(page(deep))).await.contains("too deeply"));
    let (_, file) = quick().swap_remove(0);
    refused("a form that draws itself", reader.passages(page(file))).await;
    drop(form_bomb());
}

#[tokio::test]
async fn sitemaps_with_many_attributes_or_deep_elements_are_refused() {
    let reader = reader();
    let attributes: String = (0..120_000).map(|n| format!(" a{n}=\"1\"")).collect();
    let map = format!("<urlset{attributes}><url><loc>https://shop.example/a</loc></url></urlset>");
    assert!(refused("attributes", reader.sitemap(map.into())).await.contains("attributes"));
    assert!(refused("deep", reader.sitemap("<a>".repeat(400_000).into())).await.contains("nested"));
    let many = format!("<urlset>{}</urlset>", "<a/>".repeat(500_000));
    refused("many", reader.sitemap(many.into())).await;
    let mut packed = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0];
    packed.extend(&deflated(b"https://shop.example/a\n", 400_000)[2..]);
    assert!(refused("packed", reader.sitemap(packed)).await.contains("larger than"));
}
