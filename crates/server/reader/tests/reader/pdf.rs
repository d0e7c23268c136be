//! PDF files: a good one, and those that take down their reader.

use crate::deflated::{deflated, packed_spaces};

/// A file of these objects, the first of which is its catalogue.
pub(crate) fn pdf(objects: &[Vec<u8>]) -> Vec<u8> {
    let (mut out, mut places) = (b"%PDF-1.4\n".to_vec(), Vec::new());
    for (number, object) in (1..).zip(objects) {
        places.push(out.len());
        out.extend(format!("{number} 0 obj\n").bytes());
        out.extend(object);
        out.extend(b"\nendobj\n");
    }
    let (start, size) = (out.len(), objects.len() + 1);
    out.extend(format!("xref\n0 {size}\n0000000000 65535 f \n").bytes());
    out.extend(places.iter().flat_map(|place| format!("{place:010} 00000 n \n").into_bytes()));
    out.extend(format!("trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n").bytes());
    out
}

fn stream(entries: &str, content: &[u8]) -> Vec<u8> {
    let head = format!("<< {entries} /Length {} >>\nstream\n", content.len());
    [head.as_bytes(), content, b"\nendstream"].concat()
}

/// A file with one page: the resources of it, the entries and bytes of its content, and further objects from 5 on.
fn page(resources: &str, entries: &str, content: &[u8], more: Vec<Vec<u8>>) -> Vec<u8> {
    let mut objects = vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
        format!("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << {resources} >> >>")
            .into_bytes(),
        stream(entries, content),
    ];
    objects.extend(more);
    pdf(&objects)
}

const FONT: &str = "/Font << /F1 5 0 R >>";
const HELVETICA: &str = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>";

/// A page with this text.
pub(crate) fn good(text: &str) -> Vec<u8> {
    page(FONT, "", format!("BT /F1 12 Tf 72 720 Td ({text}) Tj ET").as_bytes(), vec![HELVETICA.into()])
}

fn form(draws: &str, object: usize) -> Vec<u8> {
    let entries =
        format!("/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X {object} 0 R >> >>");
    stream(&entries, draws.as_bytes())
}

/// Thirty forms, each of which draws the next one twice.
pub(crate) fn form_bomb() -> Vec<u8> {
    let forms = (0..30).map(|n| form("/X Do /X Do", 6 + n)).chain([form("", 5)]);
    page("/XObject << /X 5 0 R >>", "", b"/X Do", forms.collect())
}

/// A font whose codes are 2^32.
fn codes() -> Vec<u8> {
    let map = b"/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapType 2 def\n\
        1 begincodespacerange\n<00000000> <ffffffff>\nendcodespacerange\n\
        1 beginbfrange\n<00000000> <ffffffff> <00000041>\nendbfrange\nendcmap\nend\nend";
    let font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R >>";
    page(FONT, "", b"BT /F1 12 Tf (AB) Tj ET", vec![font.into(), stream("", map)])
}

/// Files that end soon, with their names.
pub(crate) fn quick() -> Vec<(&'static str, Vec<u8>)> {
    let draw = "/XObject << /X 5 0 R >>";
    let flate = "/Filter /FlateDecode";
    let circle = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 /Parent 3 0 R >>",
        "<< /Type /Page /Parent 2 0 R /Contents 4 0 R >>",
    ];
    let circle: Vec<Vec<u8>> = circle.iter().map(|object| object.as_bytes().to_vec()).collect();
    vec![
        ("a form that draws itself", page(draw, "", b"/X Do", vec![form("/X Do", 5)])),
        ("forms that draw each other", page(draw, "", b"/X Do", vec![form("/X Do", 6), form("/X Do", 5)])),
        ("parents in a circle", pdf(&[circle, vec![stream("", b"BT (A) Tj ET")]].concat())),
        ("two filters over spaces", page("", "/Filter [/FlateDecode /FlateDecode]", &packed_spaces(1_000), Vec::new())),
        ("millions of operators", page("", flate, &deflated(b"0 g 1 g ", 2_000_000), Vec::new())),
        ("millions of states", page("", flate, &deflated(b"q ", 3_000_000), Vec::new())),
    ]
}

/// Files that never end.
pub(crate) fn endless() -> Vec<(&'static str, Vec<u8>)> {
    vec![("2^30 forms", form_bomb()), ("2^32 codes", codes())]
}
