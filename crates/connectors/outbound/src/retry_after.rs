//! `Retry-After`: seconds, or an instant by the clock of the server that answers.

use knock_model::Millis;
use reqwest::header::{DATE, HeaderMap, HeaderName, RETRY_AFTER};

/// The delay that a response asks for. An instant is compared with the response's own clock, so that ours may be wrong.
pub(crate) fn asked(headers: &HeaderMap) -> Option<Millis> {
    let text = text(headers, RETRY_AFTER)?;
    if let Ok(seconds) = text.parse::<u32>() {
        return Some(Millis(i64::from(seconds) * 1_000));
    }
    let at = httpdate::parse_http_date(text).ok()?;
    let now = httpdate::parse_http_date(self::text(headers, DATE)?).ok()?;
    let wait = at.duration_since(now).unwrap_or_default();
    i64::try_from(wait.as_millis()).ok().map(Millis)
}

fn text(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok().map(str::trim)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(after: &str, date: Option<&str>, expected: Option<i64>) {
        let mut headers = HeaderMap::new();
        headers.insert(RETRY_AFTER, after.parse().expect("a value"));
        if let Some(date) = date {
            headers.insert(DATE, date.parse().expect("a value"));
        }
        assert_eq!(asked(&headers).map(|wait| wait.0), expected, "{after}");
    }

    #[test]
    fn seconds_and_instants_are_read() {
        let date = Some("Wed, 21 Oct 2026 07:28:00 GMT");
        check("120", None, Some(120_000));
        check("0", date, Some(0));
        check("Wed, 21 Oct 2026 07:29:30 GMT", date, Some(90_000));
        check("Wed, 21 Oct 2026 07:00:00 GMT", date, Some(0));
        check("Wed, 21 Oct 2026 07:29:30 GMT", None, None);
        check("-1", date, None);
        check("soon", date, None);
        check("99999999999999999999", date, None);
    }
}
