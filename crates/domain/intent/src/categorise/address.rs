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
        let Some((scheme, rest)) = url.split_once("://") else { return Address::default() };
        if scheme != "https" && scheme != "http" {
            return Address::default();
        }
        let end = rest.find(['?', '#']).unwrap_or(rest.len());
        let rest = &rest[..end];
        let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
        Address { host, path }
    }
}
