//! The tag of a conversation in addresses and ids of mails: 26 bytes as 42 characters.
//!
//! The alphabet is base32 (RFC 4648) in small letters without padding: mail servers and people change the case of local
//! parts. What the bytes mean, and whether they are genuine, is decided where the server's key is.

use alloc::string::String;

const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";

/// The length of a tag as text.
pub const LENGTH: usize = 42;

/// A tag as text.
pub fn spell(bytes: &[u8; 26]) -> String {
    let mut text = String::with_capacity(LENGTH);
    let (mut bits, mut count) = (0_u32, 0_u32);
    for byte in bytes {
        bits = (bits << 8) | u32::from(*byte);
        count += 8;
        while count >= 5 {
            count -= 5;
            push(&mut text, bits >> count);
        }
        bits &= (1 << count) - 1;
    }
    if count > 0 {
        push(&mut text, bits << (5 - count));
    }
    text
}

fn push(text: &mut String, five: u32) {
    if let Some(letter) = ALPHABET.get((five & 31) as usize) {
        text.push(char::from(*letter));
    }
}

/// The first tag in an address or in the id of a mail, in any case: a run of exactly 42 letters and digits of the
/// alphabet before the `@`.
pub fn find(address_or_id: &str) -> Option<[u8; 26]> {
    let local = address_or_id.rsplit_once('@').map_or(address_or_id, |(local, _)| local);
    local.split(|c: char| !c.is_ascii_alphanumeric()).find_map(read)
}

fn read(text: &str) -> Option<[u8; 26]> {
    if text.len() != LENGTH {
        return None;
    }
    let mut bytes = [0; 26];
    let (mut bits, mut count) = (0_u32, 0_u32);
    let mut places = bytes.iter_mut();
    for letter in text.bytes() {
        let five = ALPHABET.iter().position(|known| *known == letter.to_ascii_lowercase())?;
        bits = (bits << 5) | u32::try_from(five).ok()?;
        count += 5;
        if count >= 8 {
            count -= 8;
            *places.next()? = u8::try_from(bits >> count).ok()?;
            bits &= (1 << count) - 1;
        }
    }
    // One spelling for each tag: the two bits that are left over are zero.
    (bits == 0).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::format;
    use proptest::prelude::*;

    #[test]
    fn a_tag_is_found_where_mails_carry_it() {
        let bytes: [u8; 26] = core::array::from_fn(|at| (at * 37) as u8);
        let tag = spell(&bytes);
        for text in [
            format!("replies+{tag}@knock.example.com"),
            format!("Replies+{}@Knock.Example.com", tag.to_uppercase()),
            format!("<{tag}.0f3a@knock.example.com>"),
            format!("{tag}@knock.example.com"),
            format!("replies+{tag}=acme.example@lists.example.com"),
        ] {
            assert_eq!(find(&text), Some(bytes), "{text}");
        }
        for text in ["", "replies@knock.example.com", &format!("{tag}a@b.c"), &format!("x{tag}@b.c"), &tag[1..]] {
            assert_eq!(find(text), None, "{text}");
        }
        assert_eq!(find(&format!("ann@{tag}.example.com")), None, "a domain is no place of a tag");
    }

    proptest! {
        #[test]
        fn a_tag_is_read_as_it_was_spelled(bytes: [u8; 26]) {
            let tag = spell(&bytes);
            prop_assert_eq!(tag.len(), LENGTH);
            prop_assert_eq!(find(&tag), Some(bytes));
            prop_assert_eq!(find(&tag.to_uppercase()), Some(bytes));
        }

        #[test]
        fn no_two_spellings_are_one_tag(text in "[a-z2-7]{42}") {
            if let Some(bytes) = find(&text) {
                prop_assert_eq!(spell(&bytes), text);
            }
        }
    }
}
