//! PDF files of the team that take all the time of their readers.

use knock_testing::{FORM, TestServer};
use std::sync::OnceLock;

/// The number of forms, each of which draws the next one twice.
const FORMS: usize = 30;
static KEY: OnceLock<String> = OnceLock::new();

/// Makes a key of the team.
pub(crate) fn prepare(server: &TestServer) {
    KEY.get_or_init(|| server.admin_key());
}

/// Uploads once; none is taken.
pub(crate) fn send(server: &TestServer, site: &str, number: u64) -> bool {
    let bearer = format!("Bearer {}", KEY.get().expect("prepared"));
    let file = bomb();
    let head = format!(
        "--a-line-between-parts\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{number}.pdf\"\r\n\r\n"
    );
    let body = [head.as_bytes(), &file, b"\r\n--a-line-between-parts--\r\n"].concat();
    let headers = [("content-type", FORM), ("authorization", &*bearer)];
    server.send("POST", &format!("/api/v1/knowledge/files?site={site}"), &headers, Some(&body)).code == 201
}

fn bomb() -> Vec<u8> {
    let form = |draws: &str, next: usize| {
        let of = format!("/Resources << /XObject << /X {next} 0 R >> >> /Length {}", draws.len());
        format!("<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] {of} >>\nstream\n{draws}\nendstream")
    };
    let head = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R /Resources << /XObject << /X 5 0 R >> >> >>",
        "<< /Length 5 >>\nstream\n/X Do\nendstream",
    ];
    let forms = (0..FORMS).map(|number| form("/X Do /X Do", 6 + number)).chain([form("", 5)]);
    let (mut out, mut places) = (b"%PDF-1.4\n".to_vec(), Vec::new());
    for (number, object) in (1..).zip(head.map(str::to_owned).into_iter().chain(forms)) {
        places.push(out.len());
        out.extend(format!("{number} 0 obj\n{object}\nendobj\n").bytes());
    }
    let (start, size) = (out.len(), places.len() + 1);
    out.extend(format!("xref\n0 {size}\n0000000000 65535 f \n").bytes());
    out.extend(places.iter().flat_map(|place| format!("{place:010} 00000 n \n").into_bytes()));
    out.extend(format!("trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n").bytes());
    out
}
