//! `knock rebuild` by the command line, beside a running server and without one.

use crate::chat::{open_as, rep_writes};
use crate::support::{Knock, batch, identify, signal};
use serde_json::json;

const ALL_IS_WELL: &str = "persons           2 recomputed, 0 changed\n\
                           companies         1 recomputed, 0 changed\n\
                           chats             1 recomputed, 0 changed\n\
                           browsers          3 recomputed, 0 changed\n";

fn rebuilt(knock: &Knock) -> String {
    let output = knock.command(&["rebuild"]);
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).expect("text")
}

#[test]
fn a_rebuild_finds_nothing_to_change_beside_a_running_server_and_without_one() {
    let mut knock = Knock::start();
    let (site, key, now) = (knock.site(), knock.admin_key(), knock.now());
    let minute = 60_000;
    let signals = [signal(now - minute, 1, "page_view", "/pricing"), identify(now, 2, "ann@hollis.example")];
    knock.post_signals(&batch(&site, 1, now, &signals));
    knock.post_signals(&batch(&site, 2, now, &[signal(now, 3, "form_submit", "/contact")]));
    let chat = open_as(&knock, &site, 3);
    assert_eq!(chat.write(&knock, 1, "We need a quote").code, 201);
    assert_eq!(rep_writes(&knock, &chat, 2, "Hello"), 201);
    knock.set_clock(&json!({"advance_ms": 13 * 60 * minute}));
    assert_eq!(rebuilt(&knock), ALL_IS_WELL);
    assert_eq!(chat.status(&knock, &key), "Follow Up Needed");

    knock.kill();
    assert_eq!(rebuilt(&knock), ALL_IS_WELL);
}
