//! Laws for any file (`cargo xtask fuzz`).

use crate::{PREVIEW_SIDE, read_attachment};

/// The maximum size of the result, in bytes.
const MOST: usize = 1 << 20;

#[test]
fn attachment() {
    knock_fuzz::target("attachment", |bytes| {
        let Ok(taken) = read_attachment(bytes.to_vec(), "table.csv", MOST) else { return };
        assert!(!taken.content.is_empty() && taken.content.len() <= MOST.max(bytes.len()));
        if let Some(preview) = &taken.preview {
            assert!(preview.content.starts_with(b"\xff\xd8\xff"));
            assert!((1..=PREVIEW_SIDE).contains(&preview.width) && (1..=PREVIEW_SIDE).contains(&preview.height));
        }
        let again = read_attachment(taken.content.clone(), "table.csv", MOST).map(|again| again.kind);
        assert_eq!(again, Ok(taken.kind), "what is kept is what it is called");
    });
}
