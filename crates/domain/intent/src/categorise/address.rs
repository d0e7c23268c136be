//! The host and the path of an address; no more is needed, and a whole URL parser weighs too much.

/// An absolute http(s) address cut into its parts; empty parts for anything else.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Address<'a> {
    /// Host name with port, as written by the browser (lower case).
    pub(super) host: &'a str,
    /// Path without query and fragment.
    pub(super) path: &'a str,
}

impl<'a> Address<'a> {
    pub(super) fn parse(url: &'a str) -> Address<'a> {
        let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
        let Some(rest) = rest else { return Address::default() };
        let rest = rest.split(['?', '#']).next().unwrap_or(rest);
        let (authority, path) = rest.split_at_checked(rest.find('/').unwrap_or(rest.len())).unwrap_or_default();
        let host = authority.split('@').fold(authority, |_, part| part);
        Address { host, path }
    }
}
