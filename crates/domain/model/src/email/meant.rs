//! Addresses with a slip of the finger in the domain of a great mail provider.

use super::Email;
use crate::text::is_country;
use alloc::format;
use alloc::string::String;

/// The domains that most private addresses have.
const COMMON: [&str; 55] = [
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
    "comcast.net",
    "verizon.net",
    "sbcglobal.net",
    "bellsouth.net",
    "sympatico.ca",
    "bigpond.com",
    "optusnet.com.au",
    "rediffmail.com",
    "seznam.cz",
    "yandex.ru",
    "tutanota.com",
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
/// Names of providers that have addresses under the endings of most countries.
const IN_COUNTRIES: [&str; 10] =
    ["hotmail", "outlook", "live", "windowslive", "msn", "yahoo", "aol", "gmx", "posteo", "yandex"];
/// Providers that people name without their ending.
const BY_NAME: [&str; 7] = ["gmail", "googlemail", "hotmail", "outlook", "yahoo", "icloud", "protonmail"];
/// Providers whose addresses have one domain, whatever the country.
const SOLE: [&str; 3] = ["gmail.com", "googlemail.com", "icloud.com"];
/// Endings for which others are typed by a slip of the finger, by how common they are.
const ENDINGS: [&str; 3] = ["com", "net", "org"];
/// Endings that look like one of those, and exist.
const NEAR_ENDINGS: [&str; 11] = ["bom", "cam", "mom", "bet", "nec", "new", "next", "ntt", "pet", "vet", "ong"];
/// Endings of countries that are typed for `com`.
const LIKE_COM: [&str; 3] = ["co", "cm", "om"];
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

    /// The address that is meant by one whose dot or ending is missing: `ann@gmailcom`, `ann@gmail`. None for other providers.
    pub fn without_dot(text: &str) -> Option<Email> {
        let (local, domain) = text.trim_end_matches(['.', ',', '!', '?']).rsplit_once('@')?;
        let domain = domain.to_lowercase();
        let joined = |known: &&&str| known.replace('.', "") == domain;
        let named = |known: &&&str| BY_NAME.contains(&domain.as_str()) && known.strip_suffix(".com") == Some(&domain);
        let known = COMMON.iter().find(joined).or_else(|| COMMON.iter().find(named));
        let known = known.filter(|_| !domain.contains('.'))?;
        Email::parse(&format!("{local}@{known}")).ok()
    }

    /// Whether a domain is that of a great mail provider, in lower case.
    pub fn has_great_provider(domain: &str) -> bool {
        COMMON.contains(&domain) || OTHERS.contains(&domain)
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
    if is_of_country(domain) && !LIKE_COM.contains(&ending) {
        return None;
    }
    let joined =
        |known: &&&str| known.strip_suffix(".com").is_some_and(|known| Some(known) == name.strip_suffix("com"));
    if let Some(known) = COMMON.iter().find(joined) {
        return Some(String::from(*known));
    }
    let near = |known: &&&str| is_slip(domain, known);
    let same_name = COMMON.iter().filter(is_same_name).find(near);
    let same_ending = || COMMON.iter().filter(near).find(|known| known.ends_with(&format!(".{ending}")));
    let known = same_name.or_else(same_ending).or_else(|| COMMON.iter().find(near));
    known.map(|known| String::from(*known)).or_else(|| {
        let (name, ending) = domain.rsplit_once('.')?;
        let mended = format!("{name}.{}", meant_ending(name, ending)?);
        Some(meant_domain(&mended).unwrap_or(mended))
    })
}

/// Whether a domain is that of a great provider in a country: `hotmail.be`, `yahoo.co.in`.
pub(crate) fn is_of_country(domain: &str) -> bool {
    let Some((name, ending)) = domain.split_once('.') else { return false };
    let country = ending.strip_prefix("co.").or(ending.strip_prefix("com.")).unwrap_or(ending);
    IN_COUNTRIES.contains(&name) && is_country(country)
}

/// The ending that is meant by one that does not exist, behind the name before it.
fn meant_ending(name: &str, ending: &str) -> Option<&'static str> {
    let is_british = |ending| is_near(ending, "uk") && !is_country(ending);
    if ending == "ed" {
        return Some("de");
    }
    if name.rsplit('.').next().is_some_and(|second| second == "co") && name.contains('.') {
        return is_british(ending).then_some("uk");
    }
    let exists = is_country(ending) || NEAR_ENDINGS.contains(&ending) || ENDINGS.contains(&ending);
    ENDINGS.into_iter().find(|known| ending.len() > 2 && !exists && is_near(ending, known))
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
            ("ann@gmailcom.com", Some("ann@gmail.com")),
            ("ann@gmail.com.com", Some("ann@gmail.com")),
            ("ann@hotmail.cm", Some("ann@hotmail.com")),
            ("ann@yahoo.co.ukk", Some("ann@yahoo.co.uk")),
            ("ann@verizn.net", Some("ann@verizon.net")),
            ("ann@yadnex.ru", Some("ann@yandex.ru")),
            ("ann@acme.coml", Some("ann@acme.com")),
            ("ann@acme.nrt", Some("ann@acme.net")),
            ("ann@acme.oeg", Some("ann@acme.org")),
            ("ann@acme.co.ku", Some("ann@acme.co.uk")),
            ("ann@yahoo.com.br", None),
            ("ann@yahoo.ae", None),
            ("ann@outlook.kr", None),
            ("ann@hotmail.co.id", None),
            ("ann@acme.co.us", None),
            ("ann@acme.co.ke", None),
            ("ann@acme.cam", None),
            ("ann@acme.cm", None),
            ("ann@acme.om", None),
            ("ann@acme.next", None),
            ("ann@acme.bet", None),
            ("ann@acme.ong", None),
            ("ann@acme.coop", None),
            ("ann@acme.dev", None),
            ("ann@acme.eu.com", None),
            ("ann@comcast.com", None),
            ("ann@webde.com", None),
            ("ann@gmail-team.com", None),
            ("ann@yahooinc.com", None),
            ("ann@livenation.com", None),
            ("ann@outlookindia.com", None),
            ("ann@hotelmail.com", None),
            ("ann@orange.be", None),
            ("ann@virgin.com", None),
            ("ann@optus.com.au", None),
            ("ann@web.at", None),
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
        assert_eq!(Email::without_dot("ann@gmail").as_ref().map(Email::as_str), Some("ann@gmail.com"));
        assert_eq!(Email::without_dot("ann@Hotmail").as_ref().map(Email::as_str), Some("ann@hotmail.com"));
        for text in ["ann@acmecom", "ann@live", "ann@web", "ann@orange", "@gmail"] {
            assert_eq!(Email::without_dot(text), None, "{text}");
        }
    }
}
