//! Detects requests with both Content-Length and Transfer-Encoding (request smuggling). hyper reads such a body as
//! chunked and hides the other length; a proxy in front may have used that one. So each line is checked as it
//! arrives, in bodies too.

/// The longest of the names that are looked for.
const LONGEST: usize = ENCODING.len();
const LENGTH: &[u8] = b"content-length:";
const ENCODING: &[u8] = b"transfer-encoding:";

/// The parsed state of an HTTP/1 connection since the last request ended.
#[derive(Default)]
pub(super) struct SmugglingCheck {
    /// The start of the current line.
    line: [u8; LONGEST],
    filled: usize,
    has_length: bool,
    has_encoding: bool,
    is_ambiguous: bool,
}

impl SmugglingCheck {
    /// Looks at bytes that came.
    pub(super) fn see(&mut self, bytes: &[u8]) {
        let mut begin = 0;
        for end in memchr::memchr_iter(b'\n', bytes) {
            self.take(&bytes[begin..end]);
            self.end_line();
            begin = end + 1;
        }
        self.take(&bytes[begin..]);
    }

    /// Whether some head, or what looks like one, had both.
    pub(super) fn is_ambiguous(&self) -> bool {
        self.is_ambiguous
    }

    fn take(&mut self, bytes: &[u8]) {
        let taken = bytes.len().min(LONGEST - self.filled);
        self.line[self.filled..][..taken].copy_from_slice(&bytes[..taken]);
        self.filled += taken;
    }

    fn end_line(&mut self) {
        let line = &self.line[..std::mem::take(&mut self.filled)];
        if line.is_empty() || line == b"\r" {
            self.is_ambiguous |= self.has_length && self.has_encoding;
            (self.has_length, self.has_encoding) = (false, false);
        } else {
            self.has_length |= begins(line, LENGTH);
            self.has_encoding |= begins(line, ENCODING);
        }
    }
}

fn begins(line: &[u8], name: &[u8]) -> bool {
    line.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_lengths_in_one_head_are_seen_however_it_is_cut() {
        let cases = [
            ("POST / HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n", true),
            ("POST / HTTP/1.1\r\ntransfer-ENCODING:chunked\r\nHost: k\r\ncontent-length:5\r\n\r\n", true),
            ("POST / HTTP/1.1\nContent-Length: 5\nTransfer-Encoding: chunked\n\n", true),
            ("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nX-Content-Length: 5\r\n\r\n", false),
            (
                "POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\nhelloPOST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n",
                false,
            ),
            ("GET /content-length:/transfer-encoding: HTTP/1.1\r\n\r\n", false),
        ];
        for (text, expected) in cases {
            for cut in 0..text.len() {
                let mut smuggling_check = SmugglingCheck::default();
                let (first, second) = text.as_bytes().split_at(cut);
                smuggling_check.see(first);
                smuggling_check.see(second);
                assert_eq!(smuggling_check.is_ambiguous(), expected, "{text} cut at {cut}");
            }
        }
    }
}
