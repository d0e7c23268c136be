//! Patterns of paths of a site's pages.

/// Whether a path matches a pattern, in which a star stands for any characters. Case does not count, and neither does a
/// slash at the end of the path: `/jobs/*` matches `/jobs` too.
pub fn path_matches(pattern: &str, path: &str) -> bool {
    let bare = path.trim_end_matches('/');
    let pattern = pattern.as_bytes();
    is_match(pattern, bare.bytes()) || is_match(pattern, bare.bytes().chain([b'/']))
}

fn is_match(pattern: &[u8], text: impl Iterator<Item = u8> + Clone) -> bool {
    let (mut rest, mut text) = (pattern, text);
    // Where the last star may end: after one byte more.
    let mut star: Option<(&[u8], _)> = None;
    loop {
        let tried = text.clone();
        match (rest.split_first(), text.next()) {
            (Some((b'*', after)), _) => {
                rest = after;
                text = tried.clone();
                star = Some((after, tried));
                continue;
            }
            (Some((sign, after)), Some(byte)) if sign.eq_ignore_ascii_case(&byte) => {
                rest = after;
                continue;
            }
            (None, None) => return true,
            _ => {}
        }
        let Some((after, mut longer)) = star.take() else { return false };
        if longer.next().is_none() {
            return false;
        }
        rest = after;
        text = longer.clone();
        star = Some((after, longer));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_any_characters() {
        for (pattern, path, expected) in [
            ("/careers", "/careers", true),
            ("/careers", "/careers/", true),
            ("/careers/", "/careers", true),
            ("/careers", "/careers/berlin", false),
            ("/careers", "/career", false),
            ("/careers/*", "/careers/berlin", true),
            ("/careers/*", "/careers", true),
            ("/careers/*", "/careersberlin", false),
            ("/careers*", "/careers-berlin", true),
            ("/Careers/*", "/careers/Berlin", true),
            ("/*/jobs", "/en/jobs", true),
            ("/*/jobs", "/en/us/jobs/", true),
            ("/*/jobs", "/jobs", false),
            ("/*a*b*c", "/aabbabc", true),
            ("/*a*b*c", "/aabbab", false),
            ("*.html", "/a/b.html", true),
            ("*", "/", true),
            ("/*", "/", true),
            ("/", "/", true),
            ("/", "/a", false),
            ("/**", "/a/b", true),
            ("/caf\u{e9}/*", "/caf\u{e9}/menu", true),
        ] {
            assert_eq!(path_matches(pattern, path), expected, "{pattern} {path}");
        }
    }

    #[test]
    fn many_stars_take_no_long_time() {
        let pattern = "/*a".repeat(40);
        let path = "/aaaaaaaa".repeat(200);
        assert!(path_matches(&pattern, &path));
        assert!(!path_matches(&(pattern + "b"), &path));
    }
}
