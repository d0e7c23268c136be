//! A zone by the instants at which its offset changes, as the file (RFC 9636) from which jiff makes zones.

use jiff::Timestamp;
use jiff::tz::{Offset, TimeZone};

/// The offset before all changes, then each change with the offset that holds from it on, in their order.
pub(super) fn zone(before: Offset, changes: &[(Timestamp, Offset)]) -> Option<TimeZone> {
    let mut offsets = vec![before];
    let mut types = Vec::new();
    for (_, offset) in changes {
        let known = offsets.iter().position(|known| known == offset);
        let place = known.unwrap_or_else(|| {
            offsets.push(*offset);
            offsets.len() - 1
        });
        types.push(u8::try_from(place).ok()?);
    }
    let mut file = header(0, 1);
    file.extend(kind(before));
    file.push(0);
    file.extend(header(u32::try_from(changes.len()).ok()?, u32::try_from(offsets.len()).ok()?));
    file.extend(changes.iter().flat_map(|(at, _)| at.as_second().to_be_bytes()));
    file.extend(types);
    file.extend(offsets.into_iter().flat_map(kind));
    file.push(0);
    // Nothing is said of the time after the last change.
    file.extend(b"\n\n");
    TimeZone::tzif("described", &file).ok()
}

/// The header of a part with so many changes and offsets, and one empty name for them.
fn header(changes: u32, offsets: u32) -> Vec<u8> {
    let mut header = b"TZif2".to_vec();
    header.extend([0; 15]);
    // No indicators of universal or standard time, no leap seconds.
    for count in [0, 0, 0, changes, offsets, 1] {
        header.extend(count.to_be_bytes());
    }
    header
}

fn kind(offset: Offset) -> Vec<u8> {
    let mut kind = offset.seconds().to_be_bytes().to_vec();
    kind.extend([0, 0]);
    kind
}
