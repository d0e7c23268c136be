//! Uploads whose first part has a head of nearly the size of the largest file.

use crate::attack::{FROM, open};
use knock_testing::{FORM, ORIGIN, TestServer};

/// The size of the head, in bytes.
const HEAD: usize = 9_500_000;

/// Uploads once; none is taken.
pub(crate) fn send(server: &TestServer, site: &str, number: u64) -> bool {
    let Some((conversation, token)) = open(server, site, number) else { return false };
    let head = "--a-line-between-parts\r\ncontent-disposition: form-data; name=\"";
    let body = [head.as_bytes(), &vec![b'a'; HEAD], b"\"\r\n\r\nx\r\n--a-line-between-parts--\r\n"].concat();
    let headers = [("content-type", FORM), ("origin", ORIGIN), ("authorization", &*token), FROM];
    server.send("POST", &format!("/v1/chat/{conversation}/files"), &headers, Some(&body)).code == 201
}
