//! Texts that no compression on the disk makes smaller.

/// So many letters and digits.
pub(crate) fn noise(length: usize) -> String {
    std::iter::repeat_with(fastrand::alphanumeric).take(length).collect()
}
