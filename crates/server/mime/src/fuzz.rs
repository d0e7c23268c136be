//! Laws for any mail (`cargo xtask fuzz`).

use crate::{LONGEST_REST, read, read_headers};
use knock_model::message::LIMIT;
use knock_replies::cut;

#[test]
fn mail() {
    knock_fuzz::target("mail", |bytes| {
        let Ok(mail) = read(bytes) else { return };
        assert!(mail.text.chars().count() <= LIMIT && mail.rest.chars().count() <= LONGEST_REST);
        assert!(!mail.text.contains('\0') && !mail.rest.contains('\0') && !mail.from.contains('\0'));
        assert!(mail.whole.is_some() || cut(&mail.text).text == mail.text, "what is new is cut once");
        let Ok(head) = read_headers(bytes) else { return };
        assert_eq!((head.message_id, head.from, head.subject), (mail.message_id, mail.from, mail.subject));
    });
}
