//! Compressed content of any length, made from one block of it.

use flate2::{Compress, Compression, FlushCompress};

/// The length of a block, in bytes.
const BLOCK: usize = 1 << 20;

/// A piece repeated so many times, as a zlib stream.
pub(crate) fn deflated(piece: &[u8], times: usize) -> Vec<u8> {
    let whole = piece.repeat(times);
    let mut out = Vec::with_capacity(whole.len() / 2 + 1_024);
    let status = Compress::new(Compression::fast(), true).compress_vec(&whole, &mut out, FlushCompress::Finish);
    status.expect("it is compressed");
    out
}

/// So many MiB of spaces as a zlib stream in a zlib stream: a few kilobytes.
pub(crate) fn packed_spaces(mebibytes: usize) -> Vec<u8> {
    let mut block = Vec::with_capacity(BLOCK);
    let compressed =
        Compress::new(Compression::best(), false).compress_vec(&[b' '; BLOCK], &mut block, FlushCompress::Full);
    compressed.expect("it is compressed");
    let mut inner = vec![0x78, 0x9c];
    // A full flush forgets what came before, so blocks can follow each other; an empty one is the last.
    (0..mebibytes).for_each(|_| inner.extend(&block));
    inner.extend([0x03, 0x00]);
    inner.extend(adler_of_spaces((mebibytes * BLOCK) as u64).to_be_bytes());
    deflated(&inner, 1)
}

/// The checksum of so many spaces.
fn adler_of_spaces(number: u64) -> u32 {
    const PRIME: u128 = 65_521;
    let number = u128::from(number);
    let low = (1 + 32 * number) % PRIME;
    let high = (number + 32 * (number * (number + 1) / 2)) % PRIME;
    u32::try_from(high << 16 | low).expect("two numbers below 2^16")
}
