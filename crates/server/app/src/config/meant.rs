//! The setting that a wrong name may have meant.

/// The beginning of a variable's name.
pub(super) const PREFIX: &str = "KNOCK_";
/// The edits of one name into another, as a part of its length, up to which it may have been meant.
const EDITS: usize = 3;
/// What other servers call these settings.
const ELSEWHERE: [(&str, &str); 10] = [
    ("address", "listen"),
    ("base_url", "public_url"),
    ("bind", "listen"),
    ("db", "database"),
    ("domain", "public_url"),
    ("host", "listen"),
    ("log_level", "log"),
    ("port", "listen"),
    ("site_url", "public_url"),
    ("url", "public_url"),
];

/// The name that another one may have been meant to be: the most similar one, the one of that name elsewhere, or the one
/// with the same words and as few others as possible, such as `http.trusted_proxies` for `trusted_proxies`.
pub(super) fn nearest<'n>(wrong: &str, names: &'n [String]) -> Option<&'n str> {
    similar(wrong, names).or_else(|| known_elsewhere(wrong, names)).or_else(|| of_same_words(wrong, names))
}

fn similar<'n>(wrong: &str, names: &'n [String]) -> Option<&'n str> {
    let most = wrong.trim_start_matches(PREFIX).chars().count().div_ceil(EDITS).min(EDITS);
    let edits = |name: &&String| strsim::damerau_levenshtein(&wrong.to_ascii_lowercase(), &name.to_ascii_lowercase());
    names.iter().min_by_key(edits).filter(|name| edits(name) <= most).map(String::as_str)
}

fn known_elsewhere<'n>(wrong: &str, names: &'n [String]) -> Option<&'n str> {
    let (_, meant) = ELSEWHERE.iter().find(|(name, _)| *name == plain(wrong))?;
    names.iter().find(|name| plain(name) == *meant).map(String::as_str)
}

/// The name that has all words of the wrong one; without one, the name whose words the wrong one has.
fn of_same_words<'n>(wrong: &str, names: &'n [String]) -> Option<&'n str> {
    // A section is no name for a key in it.
    let section = |name: &str| wrong.strip_prefix(name).is_some_and(|rest| rest.starts_with('.'));
    let names = names.iter().filter(|name| !section(name));
    let wrong = plain(wrong);
    let wrong: Vec<&str> = wrong.split('_').filter(|word| !word.is_empty()).collect();
    let place = |name: &str| {
        let plain = plain(name);
        let words: Vec<&str> = plain.split('_').collect();
        let has_more = wrong.iter().all(|word| words.contains(word));
        let has_less = words.iter().all(|word| wrong.contains(word));
        (has_more || has_less).then(|| (!has_more, words.len().abs_diff(wrong.len())))
    };
    let possible = names.filter_map(|name| place(name).map(|place| (place, name)));
    possible.filter(|_| !wrong.is_empty()).min_by_key(|(place, _)| *place).map(|(_, name)| name.as_str())
}

/// A key or a variable in one spelling: `http_trusted_proxies`.
fn plain(name: &str) -> String {
    name.strip_prefix(PREFIX).unwrap_or(name).replace('.', "_").to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_similar_known_elsewhere_or_has_the_same_words() {
        let names =
            ["database", "data", "http.trusted_proxies", "listen", "log", "metrics.listen", "public_url", "slack"];
        let names = [&names[..], &["slack.bot_token", "smtp.from", "smtp.url"]].concat();
        let keys: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        let variable = |name: &str| format!("{PREFIX}{}", name.replace('.', "_").to_ascii_uppercase());
        let variables: Vec<String> = names.iter().map(|name| variable(name)).collect();
        for (wrong, meant) in [
            ("public_ulr", Some("public_url")),
            ("slak", Some("slack")),
            ("trusted_proxies", Some("http.trusted_proxies")),
            ("slack.token", Some("slack.bot_token")),
            ("database_url", Some("database")),
            ("data_dir", Some("data")),
            ("port", Some("listen")),
            ("metrics", Some("metrics.listen")),
            ("base_url", Some("public_url")),
            ("colour_of_buttons", None),
            ("_", None),
        ] {
            assert_eq!(nearest(wrong, &keys), meant, "{wrong}");
            let meant = meant.map(variable);
            assert_eq!(nearest(&variable(wrong), &variables), meant.as_deref(), "{wrong}");
        }
        assert_eq!(nearest("slack.colour", &keys), None);
    }
}
