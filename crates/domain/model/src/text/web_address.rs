//! Web and e-mail addresses in a name: a stranger's name stands in subjects of mails to others, where an address would be
//! an advertisement under our sender.

use super::clean::is_joiner;
use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

/// Schemes of addresses that programs follow without `//`.
const SCHEMES: &str =
    " callto data facetime file ftp ftps geo http https javascript magnet mailto skype sms tel tg vbscript whatsapp ";

/// Top-level names of more than two letters under which a word with a dot is taken for an address. The rest of the list
/// of IANA is mostly brands, cities and trades; with a path after it, a word is an address under any name.
const TOP: &str = " academy accountant actor adult africa agency aero app arpa art asia associates auction audio auto \
    baby bank bar bargains beauty beer best bet bid bike bingo biz blog blue bond boutique broker build business buzz \
    cab cafe cam camp capital cards care careers cash casino cat catering center charity chat cheap christmas church city \
    claims cleaning click clinic clothing cloud club coach codes coffee college com community company computer condos \
    consulting contact cool coop country coupons courses credit creditcard cricket cruises cyou dance date dating deal \
    deals degree delivery dental design dev diamonds diet digital direct directory discount dog domains download earth \
    edu education email energy engineer enterprises equipment estate events example exchange expert exposed express faith \
    family fan farm fashion finance financial fish fit fitness flights florist flowers football forsale forum foundation \
    fun fund furniture futbol fyi gallery game games garden gay gift gifts gives glass global gmbh gold golf google gov \
    graphics gratis green gripe group guide guitars guru hair haus health healthcare help hiphop hockey holdings holiday \
    homes horse hospital host hosting house how icu immo inc industries info ink institute insure int international \
    invalid investments jetzt jewelry jobs kaufen kitchen land lat lawyer lease legal life lighting limited limo \
    link live llc loan loans local localhost lol london lotto love ltd luxury makeup management market marketing markets \
    mba media memorial men menu mil mobi moda mom money monster mortgage motorcycles museum music name net network \
    news ngo ninja nyc observer one onion online onl org organic partners parts party pet phone photo photography photos \
    pics pictures pink pizza place plumbing plus poker porn press pro productions promo properties property pub quest \
    racing realty recipes red rehab reisen rent rentals repair report republican rest restaurant review reviews rip \
    rocks rodeo run sale salon sarl sbs school science security services sex sexy shiksha shoes shop shopping show singles \
    site ski skin soccer social software solar solutions space sport store stream studio study style supplies supply \
    support surf surgery systems tattoo tax taxi team tech technology tel tennis test theater theatre tickets tienda tips \
    tires today tools top tours town toys trade trading training travel tube university uno vacations vegas ventures vet \
    viajes video villas vin vip vision vodka vote voting voyage watch web webcam website wedding wiki win wine work works \
    world wtf xxx xyz yachts yoga zip zone онлайн сайт орг рф рус бел укр ком дети москва 公司 中国 中國 网络 在线 集团 \
    香港 台灣 ";

/// Top-level names of countries.
const COUNTRIES: &str = " ac ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo br bs bt \
    bw by bz ca cc cd cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg er es et eu fi fj fk fm \
    fo fr ga gd ge gf gg gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu id ie il im in io iq ir is it je jm jo \
    jp ke kg kh ki km kn kp kr kw ky kz la lb lc li lk lr ls lt lu lv ly ma mc md me mg mh mk ml mm mn mo mp mq mr ms mt \
    mu mv mw mx my mz na nc ne nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs ru rw \
    sa sb sc sd se sg sh si sk sl sm sn so sr ss st su sv sx sy sz tc td tf tg th tj tk tl tm tn to tr tt tv tw tz ua ug \
    uk us uy uz va vc ve vg vi vn vu wf ws ye yt za zm zw ";

/// Titles before a name, written without a space: `Dr.Li` is a person, though `li` is a country.
const TITLES: &str = " dipl don dona dott dr dra drs frau fr herr hr ing ir jr lic mag me med mlle mme mr mrs ms mx ph phil \
    pr prof rer rev san sir sr sra srta st sta ste ";

/// A name without the words that are addresses.
pub(super) fn without_addresses(name: &str) -> String {
    if !name.contains(['.', '/', '@', ':', '\u{3002}', '\u{ff0e}', '\u{ff61}', '\u{ff1a}', '\u{ff0f}', '\u{ff20}']) {
        return name.to_owned();
    }
    let words = || name.split(char::is_whitespace);
    if !words().any(is_address) {
        return name.to_owned();
    }
    let left: Vec<&str> = words().filter(|word| !word.is_empty() && !is_address(word)).collect();
    left.join(" ")
}

/// Whether a mail program would follow a part of a word.
fn is_address(word: &str) -> bool {
    let plain = plain(word);
    if plain.contains("://") || plain.contains("//") || has_scheme(&plain) {
        return true;
    }
    // Emoji and accents too separate what programs follow.
    let parts = plain.split(|c: char| !c.is_alphanumeric() && !"./\\#%-_".contains(c));
    parts.map(|part| part.trim_matches(['.', '-', '_'])).any(|part| is_host(part) || is_path(part))
}

/// The word in lower case, with the dots, slashes and signs that other scripts write.
fn plain(word: &str) -> String {
    let ascii = |c: char| match c {
        '\u{3002}' | '\u{ff61}' => '.',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        c => c,
    };
    word.chars().filter(|c| !is_joiner(*c)).map(ascii).flat_map(char::to_lowercase).collect()
}

/// Whether a word before a colon is the scheme of an address.
fn has_scheme(word: &str) -> bool {
    let Some((before, after)) = word.rsplit_once(':') else { return false };
    !after.is_empty() && before.split(|c: char| !c.is_alphanumeric()).any(|scheme| is_listed(SCHEMES, scheme))
}

/// `evil.example`, `www.evil`, and with any name of its own a host under a known top-level name.
fn is_host(part: &str) -> bool {
    // A dot inside, and nothing but letters, digits and hyphens around the dots.
    let Some((before, last)) = part.rsplit_once('.') else { return false };
    if part
        .split('.')
        .any(|label| label.is_empty() || !label.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_'))
    {
        return false;
    }
    if part.starts_with("www.") || last.starts_with("xn--") || is_listed(TOP, last) {
        return true;
    }
    let own = before.rsplit('.').next().unwrap_or_default();
    // `M.Sc` is a degree.
    is_listed(COUNTRIES, last) && own.chars().count() > 1 && !is_listed(TITLES, own)
}

/// A host with a path, a query or a fragment.
fn is_path(part: &str) -> bool {
    let Some(end) = part.find(['/', '\\', '#']) else { return false };
    let host = part[..end].trim_matches('.');
    let last = host.rsplit_once('.').map_or("", |(_, last)| last);
    is_host(host) || (last.chars().count() > 1 && last.chars().all(char::is_alphabetic)) || is_number(host)
}

/// Whether it is an address of the internet in numbers.
fn is_number(host: &str) -> bool {
    host.split('.').count() == 4 && host.split('.').all(|part| part.parse::<u8>().is_ok())
}

/// Whether a word in lower case is a top-level name of a country.
pub(crate) fn is_country(name: &str) -> bool {
    is_listed(COUNTRIES, name)
}

/// Whether a word in lower case is a top-level name that many addresses have.
pub(crate) fn is_common_top(name: &str) -> bool {
    is_country(name) || is_listed(TOP, name)
}

fn is_listed(list: &str, word: &str) -> bool {
    !word.is_empty() && list.split_ascii_whitespace().any(|known| known == word)
}

#[cfg(test)]
mod tests {
    use super::super::PersonName;

    #[test]
    fn addresses_in_names_are_dropped() {
        let cases = [
            ("You won! https://evil.example/prize", "You won!"),
            ("evil.example", ""),
            ("www.evil.example", ""),
            ("www.evil", ""),
            ("foo.example/prize", ""),
            ("Lee foo.unheard/prize X", "Lee X"),
            ("EVIL.COM", ""),
            ("Claim at Evil.De now", "Claim at now"),
            ("(evil.com)", ""),
            ("win:evil.com!", ""),
            ("Lee\u{2014}evil.com, X", "X"),
            ("prize@evil.com", ""),
            ("mailto:prize@evil.com", ""),
            ("javascript:alert(1)", ""),
            ("hxxp://evil", ""),
            ("//evil", ""),
            ("1.2.3.4/x", ""),
            ("bit.ly/abc t.co/x", ""),
            ("evil\u{3002}com", ""),
            ("\u{ff45}vil\u{ff0e}com", ""),
            ("evil\u{200d}.com", ""),
            ("evil.com.", ""),
            ("\u{1f4b0}evil.com\u{1f4b0}", ""),
            ("e\u{301}vil.com", ""),
            ("$evil.com+x", ""),
            ("evil.com's", ""),
            ("a.b.evil.co.uk Lee", "Lee"),
            ("\u{43c}\u{43e}\u{448}.\u{440}\u{444}", ""),
            ("x.xn--p1ai", ""),
            // What is left would not be seen.
            ("\u{200d}\thttps://evil.example/x", ""),
        ];
        for (name, expected) in cases {
            assert_eq!(PersonName::parse(name), expected, "{name}");
        }
    }

    #[test]
    fn true_names_survive_unchanged() {
        let names = [
            "Ann Lee",
            "Dr. A.B. Smith",
            "St.John",
            "node.js fan",
            "J.R.R. Tolkien",
            "J. Lo",
            "O'Brien",
            "O\u{2019}Brien",
            "Anne-Marie d'Arc",
            "Jean-Luc Picard",
            "D'Angelo Jr.",
            "Martin Luther King, Jr.",
            "Dr.Li",
            "Prof.Dr.Me",
            "Mag.Ing. Huber",
            "M.Sc. Kim",
            "Ph.D",
            "B.Sc",
            "A/B Tester",
            "M\u{fc}ller/Schmidt",
            "Smith (Acme)",
            "\"Bo\" Diddley",
            "Jos\u{e9} Mar\u{ed}a Aznar",
            "Bj\u{f6}rk Gu\u{f0}mundsd\u{f3}ttir",
            "Nguy\u{1ec5}n V\u{103}n A",
            "\u{141}ukasz",
            "\u{5c71}\u{7530}\u{592a}\u{90ce}",
            "\u{5c71}\u{7530}\u{3000}\u{592a}\u{90ce}",
            "\u{738b}\u{5c0f}\u{660e}",
            "\u{ae40}\u{bbfc}\u{c218}",
            "\u{645}\u{62d}\u{645}\u{62f} \u{628}\u{646} \u{633}\u{644}\u{645}\u{627}\u{646}",
            "\u{5d3}\u{5d5}\u{5d3} \u{5d1}\u{5df}",
            "\u{642}\u{631}\u{629}\u{200c}\u{627}\u{644}\u{639}\u{6cc}\u{646}",
            "\u{930}\u{93e}\u{91c}\u{94d}\u{200d}\u{92f}",
            "\u{418}\u{432}\u{430}\u{43d} \u{418}. \u{418}\u{432}\u{430}\u{43d}\u{43e}\u{432}",
            "\u{395}\u{3bb}\u{3ad}\u{3bd}\u{3b7}",
            "\u{e2a}\u{e21}\u{e0a}\u{e32}\u{e22}",
            "\u{30b8}\u{30e7}\u{30f3}\u{30fb}\u{30b9}\u{30df}\u{30b9}",
            "Ann \u{1f984}",
            "\u{1f469}\u{200d}\u{1f4bb} Ann",
            "X \u{c6} A-12",
            "M'Bala",
            "\u{2018}Okina",
            "van der Berg",
            "bin Laden",
            "50 Cent",
            "will.i.am",
            "Ann @ Acme",
            "Bo & Co.",
            "Sgt. Pepper",
            "Nr. 5",
            "3.14",
            "v1.2",
            "Ann: sales",
            "Data: Lee",
            "Kim\u{301}",
        ];
        for name in names {
            assert_eq!(PersonName::parse(name), name);
        }
    }
}
