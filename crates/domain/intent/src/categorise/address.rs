//! The host and the path of an address; no more is needed, and a whole URL parser weighs too much.

use super::tables::before;

/// An absolute http(s) address cut into its parts; empty parts for anything else.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Address<'a> {
    /// Host name with port, as written by the browser (lower case).
    pub(super) host: &'a [u8],
    /// Path without query and fragment.
    pub(super) path: &'a [u8],
}

impl<'a> Address<'a> {
    pub(super) fn parse(url: &'a str) -> Address<'a> {
        let url = url.as_bytes();
        let Some(rest) = url.strip_prefix(b"https://").or_else(|| url.strip_prefix(b"http://")) else {
            return Address::default();
        };
        let rest = before(before(rest, b'?'), b'#');
        let authority = before(rest, b'/');
        let path = rest.get(authority.len()..).unwrap_or_default();
        let host = authority.rsplit(|byte| *byte == b'@').next().unwrap_or_default();
        Address { host, path }
    }
}
