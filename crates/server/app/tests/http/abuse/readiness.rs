//! Whether the server says that it can work.

use crate::support::Knock;

#[test]
fn a_server_that_can_work_says_so() {
    let knock = Knock::start();
    for (path, expected) in [("/healthz", "ok"), ("/readyz", "ready")] {
        let reply = knock.send("GET", path, &[], None);
        assert_eq!((reply.code, reply.body.as_str()), (200, Some(expected)), "{path}");
    }
}
