//! Addresses with a slip of the finger in the domain of a great mail provider.

use super::Email;
use alloc::format;
use alloc::string::String;

/// The domains that most private addresses have.
const COMMON: [&str; 44] = [
    "gmail.com",
    "googlemail.com",
    "hotmail.com",
    "hotmail.fr",
    "hotmail.es",
    "hotmail.de",
    "hotmail.co.uk",
    "outlook.com",
    "outlook.fr",
    "outlook.es",
    "outlook.de",
    "live.com",
    "live.fr",
    "live.de",
    "live.co.uk",
    "yahoo.com",
    "yahoo.fr",
    "yahoo.es",
    "yahoo.de",
    "yahoo.co.uk",
    "icloud.com",
    "aol.com",
    "msn.com",
    "gmx.de",
    "gmx.net",
    "gmx.at",
    "web.de",
    "t-online.de",
    "freenet.de",
    "posteo.de",
    "arcor.de",
    "mailbox.org",
    "orange.fr",
    "wanadoo.fr",
    "laposte.net",
    "free.fr",
    "sfr.fr",
    "bbox.fr",
    "telefonica.net",
    "terra.es",
    "protonmail.com",
    "proton.me",
    "btinternet.com",
    "virginmedia.com",
];
/// Others that exist and look like one of those.
const OTHERS: [&str; 17] = [
    "mail.com",
    "ymail.com",
    "email.com",
    "gmx.com",
    "gmx.ch",
    "gmx.fr",
    "gmx.es",
    "mac.com",
    "me.com",
    "fmail.com",
    "live.com",
    "aim.com",
    "hotmail.com",
    "outlook.com",
    "proton.com",
    "wmail.com",
    "rocketmail.com",
];
/// Endings of countries in which the great providers have addresses.
const COUNTRIES: [&str; 30] = [
    "at", "be", "ch", "it", "nl", "ca", "se", "dk", "no", "fi", "pt", "pl", "ie", "in", "jp", "cz", "gr", "hu", "ro",
    "sk", "ar", "br", "mx", "cl", "pe", "tr", "il", "sg", "hk", "my",
];
/// Providers whose addresses have one domain, whatever the country.
const SOLE: [&str; 3] = ["gmail.com", "googlemail.com", "icloud.com"];
/// Endings that are none, and those that are meant.
const ENDINGS: [(&str, &str); 18] = [
    ("con", "com"),
    ("cmo", "com"),
    ("ocm", "com"),
    ("vom", "com"),
    ("xom", "com"),
    ("cim", "com"),
    ("cpm", "com"),
    ("comm", "com"),
    ("coom", "com"),
    ("ccom", "com"),
    ("c0m", "com"),
    ("nett", "net"),
    ("nte", "net"),
    ("ner", "net"),
    ("ogr", "org"),
    ("orgg", "org"),
    ("prg", "org"),
    ("ed", "de"),
];
/// The fewest letters of a provider's name in which a slip is looked for: shorter ones are near to those of companies.
const SHORTEST: usize = 4;

impl Email {
    /// The address that is probably meant where this one has a slip of the finger in its domain: `gmial.com`,
    /// `gmail.con`. None where it looks right.
    pub fn meant(&self) -> Option<Email> {
        let (local, domain) = self.0.rsplit_once('@')?;
        let meant = meant_domain(domain)?;
        Email::parse(&format!("{local}@{meant}")).ok()
    }

    /// The address that is meant by one whose dot or ending is missing: `ann@gmailcom`, `ann@gmail`. None for other
    /// providers.
    pub fn without_dot(text: &str) -> Option<Email> {
        let (local, domain) = text.trim().rsplit_once('@')?;
        let domain = domain.to_lowercase();
        let joined = |known: &&&str| known.replace('.', "") == domain;
        let bare = |known: &&&str| known.strip_suffix(".com") == Some(&*domain) && domain.len() > SHORTEST;
        let known = COMMON.iter().find(joined).or_else(|| COMMON.iter().find(bare));
        let known = known.filter(|_| !domain.contains('.'))?;
        Email::parse(&format!("{local}@{known}")).ok()
    }
}

/// The domain that is meant by one with a slip of the finger, in lower case.
pub(crate) fn meant_domain(domain: &str) -> Option<String> {
    if COMMON.contains(&domain) || OTHERS.contains(&domain) {
        return None;
    }
    let (name, ending) = domain.split_once('.')?;
    let is_same_name = |known: &&&str| known.split_once('.').is_some_and(|(known, _)| known == name);
    if let Some(sole) = SOLE.iter().find(is_same_name) {
        return Some(String::from(*sole));
    }
    let is_country = COUNTRIES.contains(&ending) && COMMON.iter().any(|known| is_same_name(&known));
    if is_country {
        return None;
    }
    let near = |known: &&&str| is_slip(domain, known);
    let same_name = COMMON.iter().filter(is_same_name).find(near);
    let same_ending = || COMMON.iter().filter(near).find(|known| known.ends_with(&format!(".{ending}")));
    let known = same_name.or_else(same_ending).or_else(|| COMMON.iter().find(near));
    known.map(|known| String::from(*known)).or_else(|| {
        let (name, ending) = domain.rsplit_once('.')?;
        let (_, meant) = ENDINGS.iter().find(|(wrong, _)| *wrong == ending)?;
        let mended = format!("{name}.{meant}");
        Some(meant_domain(&mended).unwrap_or(mended))
    })
}

/// Whether a domain is a known one with one letter left out, added, changed or exchanged with its neighbour.
fn is_slip(domain: &str, known: &str) -> bool {
    let name = |domain: &str| domain.split_once('.').map_or(0, |(name, _)| name.len());
    let is_same_name = domain.split_once('.').map(|(name, _)| name) == known.split_once('.').map(|(name, _)| name);
    let is_long = name(known) > SHORTEST || is_same_name;
    let (one, other) = (domain.as_bytes(), known.as_bytes());
    let is_same_start = one.first() == other.first() || one.first() == other.get(1) && one.get(1) == other.first();
    is_long && is_same_start && is_near(domain, known)
}

/// Whether two words differ in one letter at most: left out, added, changed or exchanged with its neighbour.
pub fn is_near(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    if long.len() - short.len() > 1 {
        return false;
    }
    let same = short.iter().zip(long).take_while(|(one, other)| one == other).count();
    let (short, long) = (&short[same..], &long[same..]);
    if short.len() < long.len() {
        return short == &long[1..];
    }
    let is_exchanged = short.len() > 1 && short[0] == long[1] && short[1] == long[0] && short[2..] == long[2..];
    short.is_empty() || short[1..] == long[1..] || is_exchanged
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_in_a_known_domain_is_mended() {
        for (typed, expected) in [
            ("ann@gmial.com", Some("ann@gmail.com")),
            ("ann@gmail.con", Some("ann@gmail.com")),
            ("ann@gmaill.com", Some("ann@gmail.com")),
            ("ann@hotmial.es", Some("ann@hotmail.es")),
            ("ann@yaho.fr", Some("ann@yahoo.fr")),
            ("ann@gmx.ed", Some("ann@gmx.de")),
            ("ann@wanado.fr", Some("ann@wanadoo.fr")),
            ("ann@acme.con", Some("ann@acme.com")),
            ("ann@gmial.con", Some("ann@gmail.com")),
            ("ann@outlok.cmo", Some("ann@outlook.com")),
            ("ann@gmail.fr", Some("ann@gmail.com")),
            ("ann@gmail.co.uk", Some("ann@gmail.com")),
            ("ann@icloud.at", Some("ann@icloud.com")),
            ("ann@googlemail.de", Some("ann@googlemail.com")),
            ("ann@yahoo.com.br", None),
            ("ann@icloudia.com", None),
            ("ann@acme.example", None),
            ("ann@mail.com", None),
            ("ann@ymail.com", None),
            ("ann@hotmail.be", None),
            ("ann@gmx.net", None),
            ("ann@live.it", None),
            ("ann@max.de", None),
            ("ann@wet.de", None),
            ("ann@tree.fr", None),
            ("ann@acme.co", None),
        ] {
            let meant = Email::parse(typed).expect(typed).meant();
            assert_eq!(meant.as_ref().map(Email::as_str), expected, "{typed}");
        }
        assert!(COMMON.iter().all(|known| meant_domain(known).is_none()));
    }

    #[test]
    fn a_missing_dot_is_put_back() {
        assert_eq!(Email::without_dot("ann@gmailcom").as_ref().map(Email::as_str), Some("ann@gmail.com"));
        assert_eq!(Email::without_dot("ann@acmecom"), None);
        assert_eq!(Email::without_dot("ann@gmail").as_ref().map(Email::as_str), Some("ann@gmail.com"));
        assert_eq!(Email::without_dot("ann@Hotmail ").as_ref().map(Email::as_str), Some("ann@hotmail.com"));
        for other in ["ann@live", "ann@acme", "ann@web", "@gmail"] {
            assert_eq!(Email::without_dot(other), None, "{other}");
        }
    }
}
