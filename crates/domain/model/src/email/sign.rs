//! The signs of addresses: letters of all scripts with their marks, and what comes along with copied text.

/// Stretches that hold all marks of Unicode 14 (general category M) that stand beside letters, and beside them only letters,
/// digits and what is not assigned. Without signs that no one sees.
#[rustfmt::skip]
static MARKS: [(char, char); 130] = [
    ('\u{300}', '\u{34e}'), ('\u{350}', '\u{36f}'), ('\u{483}', '\u{489}'), ('\u{591}', '\u{5bd}'),
    ('\u{5bf}', '\u{5bf}'), ('\u{5c1}', '\u{5c2}'), ('\u{5c4}', '\u{5c5}'), ('\u{5c7}', '\u{5c7}'),
    ('\u{610}', '\u{61a}'), ('\u{64b}', '\u{65f}'), ('\u{670}', '\u{670}'), ('\u{6d6}', '\u{6dc}'),
    ('\u{6df}', '\u{6e8}'), ('\u{6ea}', '\u{6ed}'), ('\u{711}', '\u{7f3}'), ('\u{7fd}', '\u{7fd}'),
    ('\u{816}', '\u{82d}'), ('\u{859}', '\u{85b}'), ('\u{898}', '\u{8e1}'), ('\u{8e3}', '\u{963}'),
    ('\u{981}', '\u{9e3}'), ('\u{9fe}', '\u{a75}'), ('\u{a81}', '\u{ae3}'), ('\u{afa}', '\u{b63}'),
    ('\u{b82}', '\u{bd7}'), ('\u{c00}', '\u{c63}'), ('\u{c81}', '\u{c83}'), ('\u{cbc}', '\u{d4d}'),
    ('\u{d57}', '\u{d57}'), ('\u{d62}', '\u{d63}'), ('\u{d81}', '\u{df3}'), ('\u{e31}', '\u{e3a}'),
    ('\u{e47}', '\u{e4e}'), ('\u{eb1}', '\u{ecd}'), ('\u{f18}', '\u{f19}'), ('\u{f35}', '\u{f35}'),
    ('\u{f37}', '\u{f37}'), ('\u{f39}', '\u{f39}'), ('\u{f3e}', '\u{f84}'), ('\u{f86}', '\u{fbc}'),
    ('\u{fc6}', '\u{fc6}'), ('\u{102b}', '\u{103e}'), ('\u{1056}', '\u{109d}'), ('\u{135d}', '\u{135f}'),
    ('\u{1712}', '\u{1734}'), ('\u{1752}', '\u{17d3}'), ('\u{17dd}', '\u{17dd}'), ('\u{1885}', '\u{193b}'),
    ('\u{1a17}', '\u{1a1b}'), ('\u{1a55}', '\u{1a7f}'), ('\u{1ab0}', '\u{1b44}'), ('\u{1b6b}', '\u{1b73}'),
    ('\u{1b80}', '\u{1bf3}'), ('\u{1c24}', '\u{1c37}'), ('\u{1cd0}', '\u{1cd2}'), ('\u{1cd4}', '\u{1dff}'),
    ('\u{20d0}', '\u{20f0}'), ('\u{2cef}', '\u{2cf1}'), ('\u{2d7f}', '\u{2dff}'), ('\u{302a}', '\u{302f}'),
    ('\u{3099}', '\u{309a}'), ('\u{a66f}', '\u{a672}'), ('\u{a674}', '\u{a67d}'), ('\u{a69e}', '\u{a69f}'),
    ('\u{a6f0}', '\u{a6f1}'), ('\u{a802}', '\u{a827}'), ('\u{a82c}', '\u{a82c}'), ('\u{a880}', '\u{a8c5}'),
    ('\u{a8e0}', '\u{a8f1}'), ('\u{a8ff}', '\u{a92d}'), ('\u{a947}', '\u{a953}'), ('\u{a980}', '\u{a9c0}'),
    ('\u{a9e5}', '\u{aa4d}'), ('\u{aa7b}', '\u{aac1}'), ('\u{aaeb}', '\u{aaef}'), ('\u{aaf5}', '\u{aaf6}'),
    ('\u{abe3}', '\u{abea}'), ('\u{abec}', '\u{abed}'), ('\u{fb1e}', '\u{fb1e}'), ('\u{fe20}', '\u{fe2f}'),
    ('\u{101fd}', '\u{102e0}'), ('\u{10376}', '\u{1037a}'), ('\u{10a01}', '\u{10a3f}'), ('\u{10ae5}', '\u{10ae6}'),
    ('\u{10d24}', '\u{10d27}'), ('\u{10eab}', '\u{10eac}'), ('\u{10f46}', '\u{10f50}'), ('\u{10f82}', '\u{10f85}'),
    ('\u{11000}', '\u{11046}'), ('\u{11070}', '\u{110ba}'), ('\u{110c2}', '\u{110c2}'), ('\u{11100}', '\u{11134}'),
    ('\u{11145}', '\u{11173}'), ('\u{11180}', '\u{111c0}'), ('\u{111c9}', '\u{111cc}'), ('\u{111ce}', '\u{111cf}'),
    ('\u{1122c}', '\u{11237}'), ('\u{1123e}', '\u{1123e}'), ('\u{112df}', '\u{11446}'), ('\u{1145e}', '\u{114c3}'),
    ('\u{115af}', '\u{115c0}'), ('\u{115dc}', '\u{11640}'), ('\u{116ab}', '\u{116b7}'), ('\u{1171d}', '\u{1172b}'),
    ('\u{1182c}', '\u{1183a}'), ('\u{11930}', '\u{11943}'), ('\u{119d1}', '\u{119e0}'), ('\u{119e4}', '\u{11a3e}'),
    ('\u{11a47}', '\u{11a99}'), ('\u{11c2f}', '\u{11c3f}'), ('\u{11c92}', '\u{11ef6}'), ('\u{16af0}', '\u{16af4}'),
    ('\u{16b30}', '\u{16b36}'), ('\u{16f4f}', '\u{16f92}'), ('\u{16fe4}', '\u{16ff1}'), ('\u{1bc9d}', '\u{1bc9e}'),
    ('\u{1cf00}', '\u{1cf46}'), ('\u{1d165}', '\u{1d169}'), ('\u{1d16d}', '\u{1d172}'), ('\u{1d17b}', '\u{1d182}'),
    ('\u{1d185}', '\u{1d18b}'), ('\u{1d1aa}', '\u{1d1ad}'), ('\u{1d242}', '\u{1d244}'), ('\u{1da00}', '\u{1da36}'),
    ('\u{1da3b}', '\u{1da6c}'), ('\u{1da75}', '\u{1da75}'), ('\u{1da84}', '\u{1da84}'), ('\u{1da9b}', '\u{1e136}'),
    ('\u{1e2ae}', '\u{1e2ef}'), ('\u{1e8d0}', '\u{1e94a}'),
];

/// The first letters of scripts, each with the number of its script; `LATIN` is before the first.
#[rustfmt::skip]
const SCRIPTS: [(char, u8); 43] = [
    ('\u{370}', 1), ('\u{400}', 2), ('\u{530}', 3), ('\u{590}', 4), ('\u{600}', 5), ('\u{780}', 6), ('\u{7c0}', 7),
    ('\u{8a0}', 5), ('\u{900}', 8), ('\u{980}', 9), ('\u{a00}', 10), ('\u{a80}', 11), ('\u{b00}', 12),
    ('\u{b80}', 13), ('\u{c00}', 14), ('\u{c80}', 15), ('\u{d00}', 16), ('\u{d80}', 17), ('\u{e00}', 18),
    ('\u{e80}', 19), ('\u{f00}', 20), ('\u{1000}', 21), ('\u{10a0}', 22), ('\u{1100}', HANGUL), ('\u{1200}', 24),
    ('\u{1780}', 25), ('\u{1800}', 26), ('\u{1e00}', LATIN), ('\u{1f00}', 1), ('\u{2c60}', LATIN), ('\u{2c80}', 24),
    ('\u{2e80}', HAN), ('\u{3130}', HANGUL), ('\u{3190}', HAN), ('\u{a000}', 28), ('\u{a720}', LATIN),
    ('\u{a800}', 28), ('\u{ac00}', HANGUL), ('\u{f900}', HAN), ('\u{fb00}', LATIN), ('\u{fb1d}', 5),
    ('\u{ff66}', HAN), ('\u{10000}', 28),
];
const LATIN: u8 = 0;
const HANGUL: u8 = 23;
/// Chinese characters and the scripts of Japanese.
const HAN: u8 = 27;
/// Scripts whose words may stand before an address without a space: Thai, Lao, Tibetan, Myanmar, Khmer, and those of Korean,
/// Chinese and Japanese.
const WITHOUT_SPACES: [u8; 7] = [18, 19, 20, 21, 25, HANGUL, HAN];

/// The script of a letter, as far as letters beside each other in a text have to be distinguished; none for signs that all scripts share.
pub(super) fn script(c: char) -> Option<u8> {
    if c.is_ascii() && !c.is_ascii_alphabetic() || !is_letter(c) || ('\u{300}'..'\u{370}').contains(&c) || is_joiner(c)
    {
        return None;
    }
    let next = SCRIPTS.partition_point(|(first, _)| *first <= c);
    Some(next.checked_sub(1).map_or(LATIN, |at| SCRIPTS[at].1))
}

/// Whether words of the script follow each other without a space.
pub(super) fn is_without_spaces(script: u8) -> bool {
    WITHOUT_SPACES.contains(&script)
}

pub(super) fn is_latin(script: u8) -> bool {
    script == LATIN
}

/// Whether letters of the script look like Latin ones: Greek and Cyrillic.
pub(super) fn is_like_latin(script: u8) -> bool {
    matches!(script, 1 | 2)
}

/// Letters and digits of all scripts, with the marks that belong to them (RFC 6531, 6532).
pub(super) fn is_letter(c: char) -> bool {
    c.is_alphanumeric() && !is_filler(c) || is_joiner(c) || is_mark(c)
}

/// Numbers that stand above, below or in a ring, as of a footnote: text beside an address.
pub(super) fn is_footnote(c: char) -> bool {
    matches!(c, '\u{aa}' | '\u{b2}' | '\u{b3}' | '\u{b9}' | '\u{ba}' | '\u{bc}'..='\u{be}' | '\u{2070}'..='\u{209c}' | '\u{2150}'..='\u{2189}'
        | '\u{2460}'..='\u{24ff}' | '\u{2776}'..='\u{2793}' | '\u{3220}'..='\u{32ff}')
}

/// Marks without a shape that come along with copied text. Within words of some scripts two of them join letters.
pub(super) fn is_invisible(c: char) -> bool {
    is_filler(c)
        || matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff9}'..='\u{fffd}'
            | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
        || c.is_control()
}

/// Letters by their category that no one sees: fillers of Korean syllables.
fn is_filler(c: char) -> bool {
    matches!(c, '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}')
}

/// The two marks that tell how letters are joined.
pub(super) fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}')
}

/// The sign that is meant by one of another keyboard, font or program: wide and small signs of East Asia, the bold and slanted
/// letters of mathematics, and what programs and hands make of an apostrophe, a hyphen and a dot.
pub(super) fn narrow(c: char) -> char {
    let code = u32::from(c);
    let shifted = |first: u32, by: u32| char::from_u32(first + by).unwrap_or(c);
    match c {
        '\u{ff01}'..='\u{ff5e}' => shifted(0, code - 0xfee0),
        // Thirteen alphabets of 52 letters each, then five rows of digits.
        '\u{1d400}'..='\u{1d6a3}' => match (code - 0x1d400) % 52 {
            at @ 0..26 => shifted(0x41, at),
            at => shifted(0x61, at - 26),
        },
        '\u{1d7ce}'..='\u{1d7ff}' => shifted(0x30, (code - 0x1d7ce) % 10),
        '`' | '\u{b4}' | '\u{2b9}' | '\u{2bc}' | '\u{2018}' | '\u{2019}' | '\u{201b}' | '\u{2032}' => '\'',
        '\u{2010}' | '\u{2011}' | '\u{2212}' | '\u{fe63}' => '-',
        '\u{2024}' | '\u{fe52}' => '.',
        '\u{fe6b}' => '@',
        _ => c,
    }
}

fn is_mark(c: char) -> bool {
    let next = MARKS.partition_point(|(first, _)| *first <= c);
    next.checked_sub(1).is_some_and(|at| c <= MARKS[at].1)
}
