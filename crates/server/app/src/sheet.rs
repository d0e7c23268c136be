//! Lines as the text of a CSV file: UTF-8 with a byte order mark, by which spreadsheets know it, and lines that end with
//! CR LF (RFC 4180).

use std::borrow::Cow;

/// The byte order mark.
pub(crate) const MARK: &[u8] = b"\xef\xbb\xbf";

/// The lines in CSV, after `begin`.
pub(crate) fn text(begin: &[u8], lines: impl Iterator<Item = Vec<String>>) -> Result<Vec<u8>, csv::Error> {
    let mut writer =
        csv::WriterBuilder::new().flexible(true).terminator(csv::Terminator::CRLF).from_writer(begin.to_vec());
    for line in lines {
        writer.write_record(line.iter().map(|field| plain(field)).map(|field| field.as_bytes().to_vec()))?;
    }
    writer.into_inner().map_err(|error| error.into_error().into())
}

/// The beginnings of a formula, the fullwidth and the small ones too, which some spreadsheets read as their ASCII forms.
const FORMULA: [char; 13] = [
    '=', '+', '-', '@', '\t', '\r', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}', '\u{fe66}', '\u{fe62}', '\u{fe63}',
];

/// A text that no spreadsheet takes for a formula, wherever it splits lines: in many countries that is at semicolons, by
/// some settings at tabs or bars, and quotes within a line then quote nothing. What stands before a formula unseen is no
/// text: some spreadsheets leave it out.
fn plain(text: &str) -> Cow<'_, str> {
    let mut is_start = true;
    let mut written = String::new();
    for (at, c) in text.char_indices() {
        if is_start && FORMULA.contains(&c) {
            if written.is_empty() {
                written.push_str(&text[..at]);
            }
            written.push('\'');
        }
        let is_unseen = c.is_whitespace() || c.is_control() || matches!(c, '"' | '\u{200b}'..='\u{200f}' | '\u{feff}');
        is_start = matches!(c, ';' | '|' | '\t' | '\r' | '\n') || is_start && is_unseen;
        if !written.is_empty() {
            written.push(c);
        }
    }
    if written.is_empty() { text.into() } else { written.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_begins_with_its_mark_and_is_read_back_as_it_was() {
        let lines =
            [["id", "name"], ["1", "Müller, \"Söhne\""], ["2", "two\nlines"]].map(|line| line.map(str::to_owned));
        let written = text(MARK, lines.iter().map(|line| line.to_vec())).expect("written");
        assert!(written.starts_with("\u{feff}id,name\r\n".as_bytes()));
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(&written[MARK.len()..]);
        let read: Vec<Vec<String>> = reader.deserialize().collect::<Result<_, _>>().expect("CSV");
        assert_eq!(read, lines.map(|line| line.to_vec()));
    }

    #[test]
    fn a_field_is_quoted_and_never_a_formula() {
        let line = ["x=1", "@ann", "'=1+1, \"a\"\nb"].map(str::to_owned).to_vec();
        let text = String::from_utf8(text(&[], [line].into_iter()).expect("written")).expect("text");
        assert_eq!(text, "x=1,'@ann,\"'=1+1, \"\"a\"\"\nb\"\r\n");
        for start in ["=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"] {
            assert_eq!(plain(&format!("{start}x")), format!("'{start}x"));
        }
        for (text, expected) in [
            ("a;@SUM(A1)", "a;'@SUM(A1)"),
            ("x;=1+1;-2", "x;'=1+1;'-2"),
            ("x; \"=1", "x; \"'=1"),
            ("two\n=1", "two\n'=1"),
            ("a\t=1", "a\t'=1"),
            (";=1", ";'=1"),
            ("a - b; c = d @ e", "a - b; c = d @ e"),
            ("two\r\nlines", "two\r\nlines"),
            ("a|=1", "a|'=1"),
            ("a; \u{a0}=1", "a; \u{a0}'=1"),
            ("\u{3000}＝1", "\u{3000}'＝1"),
            ("\u{feff}=1", "\u{feff}'=1"),
            ("\u{b}=1", "\u{b}'=1"),
            ("﹦1;﹢1", "'﹦1;'﹢1"),
            ("\"=1\";\"@x\"", "\"'=1\";\"'@x\""),
            ("a;;=1", "a;;'=1"),
            ("a;\"\";=1", "a;\"\";'=1"),
            ("utm=a;b=c", "utm=a;b=c"),
            ("https://a.example/?a=1&b=-2", "https://a.example/?a=1&b=-2"),
            ("Müller & Söhne (50+)", "Müller & Söhne (50+)"),
            ("12:30-13:00 | Raum 5", "12:30-13:00 | Raum 5"),
            ("ann@acme.example; bo@acme.example", "ann@acme.example; bo@acme.example"),
        ] {
            assert_eq!(plain(text), expected);
        }
    }
}
