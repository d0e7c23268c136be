//! Uploaded files: their type by content, the stored text, and hostile files.

use super::{Team, pointer};
use crate::support::Reply;
use serde_json::{Value, json};

const BOUNDARY: &str = "----a-line-between-parts";

/// A form with a file.
fn form(field: &str, name: &str, content: &[u8]) -> Vec<u8> {
    let head = format!("--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n\r\n");
    [head.as_bytes(), content, b"\r\n--", BOUNDARY.as_bytes(), b"--\r\n"].concat()
}

impl Team {
    fn post_form(&self, content_type: &str, body: &[u8]) -> Reply {
        let bearer = format!("Bearer {}", self.key);
        let path = format!("/api/v1/knowledge/files?site={}", self.site);
        let headers = [("authorization", bearer.as_str()), ("content-type", content_type)];
        self.knock.send("POST", &path, &headers, Some(body))
    }

    pub(super) fn upload(&self, name: &str, content: &[u8]) -> Reply {
        self.post_form(&format!("multipart/form-data; boundary={BOUNDARY}"), &form("file", name, content))
    }
}

/// A PDF with one page with this text, blank if it is empty.
fn pdf(text: &str) -> Vec<u8> {
    let content = if text.is_empty() { String::new() } else { format!("BT /F1 12 Tf 72 720 Td ({text}) Tj ET") };
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R \
         /Resources << /Font << /F1 5 0 R >> >> >>"
            .to_owned(),
        format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_owned(),
    ];
    pdf_of(&objects)
}

/// A PDF of these objects, the first of which is its catalogue.
pub(super) fn pdf_of(objects: &[String]) -> Vec<u8> {
    let (mut out, mut places) = (b"%PDF-1.4\n".to_vec(), Vec::new());
    for (number, object) in (1..).zip(objects) {
        places.push(out.len());
        out.extend(format!("{number} 0 obj\n{object}\nendobj\n").bytes());
    }
    let start = out.len();
    out.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    out.extend(places.iter().flat_map(|place| format!("{place:010} 00000 n \n").into_bytes()));
    out.extend(format!("trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n", objects.len() + 1).bytes());
    out
}

#[test]
fn files_are_read_by_their_content_and_found() {
    let team = Team::start();
    for (name, content, kind, question) in [
        ("notes.txt", &b"Lamps are repaired in Graz."[..], "text/plain", "repaired lamps"),
        ("guide.txt", b"# Guide\n\n## Cleaning\n\nUse a dry cloth for glass.", "text/markdown", "cleaning glass"),
        ("old.bin", b"<html><h2>Bulbs</h2><p>Halogen bulbs fit into every socket.", "text/html", "halogen bulbs"),
        ("report.pdf", &pdf("Shades are sewn by hand in Porto."), "application/pdf", "sewn shades"),
        ("C:\\docs\\latin.txt", b"Gl\xfchbirnen halten zehn Jahre.", "text/plain", "Gl\u{fc}hbirnen"),
    ] {
        let added = team.upload(name, content);
        assert_eq!(added.code, 201, "{name} {}", added.body);
        let own_name = name.rsplit('\\').next().expect("a name");
        assert_eq!((added.text("name"), added.text("content_type")), (own_name.to_owned(), kind.to_owned()));
        let counts = (&added.body["bytes"], &added.body["passages"], &added.body["state"]);
        assert_eq!(counts, (&json!(content.len()), &json!(1), &json!("ready")), "{name}");
        assert_eq!((added.body.get("address"), added.body.get("next_read_at")), (None, None));
        assert_eq!(team.tried(question)["source"], json!({"file": {"name": own_name}}), "{question}");
        let again = team.ask("POST", &format!("/sources/{}/read", added.text("id")), &Value::Null);
        assert_eq!((again.code, &again.body["type"]), (409, &json!("urn:knock:problem:file")));
    }
    assert_eq!(pointer(&team.upload("notes.txt", b"The same name")), (422, "/file".to_owned()));
    let entries = team.knock.get("/api/v1/audit?action=source.created", &team.key).body["entries"].clone();
    assert_eq!(entries.as_array().map(Vec::len), Some(5));
}

#[test]
fn what_cannot_be_read_says_why() {
    let team = Team::start();
    let whole = pdf("Some text");
    let nested = [b"%PDF-1.4\n1 0 obj\n".to_vec(), b"[".repeat(100_000)].concat();
    let looped = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[2 0 R]/Count 1>>endobj trailer<</Root 1 0 R>>".to_vec();
    let cases: [(&str, Vec<u8>, &str); 9] = [
        ("scan.pdf", pdf(""), "The PDF has no text"),
        ("cut.pdf", whole[..whole.len() / 2].to_vec(), "The PDF "),
        ("nested.pdf", nested, "The PDF "),
        ("looped.pdf", looped, "The PDF "),
        ("head.pdf", b"%PDF-1.7".to_vec(), "The PDF is damaged"),
        ("zip.docx", b"PK\x03\x04\0\0".to_vec(), "It is neither text, Markdown, HTML nor PDF"),
        ("empty.txt", b" ".to_vec(), "It has no text"),
        ("deep.html", [b"<html>".to_vec(), b"<div>".repeat(100_000)].concat(), "The elements of the page"),
        ("long.md", "# One\n\nSome words.\n\n".repeat(2_001).into_bytes(), "It has more than 2000 passages"),
    ];
    for (name, content, reason) in cases {
        let refused = team.upload(name, &content);
        assert_eq!(pointer(&refused), (422, "/file".to_owned()), "{name} {}", refused.body);
        let said = refused.body["errors"][0]["reason"].as_str().expect("a reason");
        assert!(said.starts_with(reason), "{name}: {said}");
    }
    assert_eq!(team.list()["sources"], json!([]));
    assert_eq!(team.knock.send("GET", "/healthz", &[], None).code, 200);
}

#[test]
fn a_form_is_refused_by_what_is_wrong_with_it() {
    let team = Team::start();
    let kind = format!("multipart/form-data; boundary={BOUNDARY}");
    let large = vec![b'a'; (5 << 20) + 1];
    let larger = vec![b'a'; (5 << 20) + (128 << 10)];
    let fits = ["One short line of text.\n".repeat(10_000).into_bytes(), vec![b'\n'; 4 << 20]].concat();
    assert_eq!(pointer(&team.post_form("application/json", b"{}")).0, 415);
    assert_eq!(pointer(&team.post_form("multipart/form-data", b"")).0, 400);
    assert_eq!(pointer(&team.post_form(&kind, b"no form")).0, 400);
    assert_eq!(pointer(&team.post_form(&kind, &form("other", "a.txt", b"text"))), (422, "/file".to_owned()));
    assert_eq!(pointer(&team.upload("", b"text")), (422, "/file".to_owned()));
    assert_eq!(pointer(&team.upload(&"a".repeat(201), b"text")), (422, "/file".to_owned()));
    assert_eq!(pointer(&team.upload("large.txt", &large)), (413, "/file".to_owned()));
    assert_eq!(team.upload("larger.txt", &larger).code, 413);
    assert_eq!(pointer(&team.upload("long.txt", &fits)), (201, String::new()));
}
