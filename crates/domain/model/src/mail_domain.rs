//! Whose mail an address is: a company's, a free provider's, a throw-away one.

static DISPOSABLE: &str = include_str!("../data/disposable.txt");
static FREE: &str = include_str!("../data/free.txt");

/// What the domain of an address says about its owner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MailKind {
    /// Neither free nor throw-away: most likely the owner's company.
    Company,
    /// A free provider: says nothing about a company.
    Free,
    /// Made to be thrown away.
    Disposable,
}

impl MailKind {
    /// The kind of a mail domain in lower case; a subdomain counts as its parent.
    pub fn of(domain: &str) -> MailKind {
        let mut rest = domain;
        loop {
            if contains_line(DISPOSABLE, rest) {
                return MailKind::Disposable;
            }
            if contains_line(FREE, rest) {
                return MailKind::Free;
            }
            match rest.split_once('.') {
                Some((_, parent)) if parent.contains('.') => rest = parent,
                _ => return MailKind::Company,
            }
        }
    }
}

/// Binary search over sorted lines, without building an index.
fn contains_line(lines: &str, wanted: &str) -> bool {
    let (mut low, mut high) = (0, lines.len());
    while low < high {
        let middle = low + (high - low) / 2;
        let start = lines[..middle].rfind('\n').map_or(0, |at| at + 1);
        let end = lines[start..].find('\n').map_or(lines.len(), |at| start + at);
        match lines[start..end].cmp(wanted) {
            core::cmp::Ordering::Equal => return true,
            core::cmp::Ordering::Less => low = end + 1,
            core::cmp::Ordering::Greater => high = start,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn well_known_domains_are_told_apart() {
        let cases = [
            ("gmail.com", MailKind::Free),
            ("gmx.de", MailKind::Free),
            ("mailinator.com", MailKind::Disposable),
            ("x.mailinator.com", MailKind::Disposable),
            ("siemens.com", MailKind::Company),
            ("mail.acme.co.uk", MailKind::Company),
        ];
        for (domain, expected) in cases {
            assert_eq!(MailKind::of(domain), expected, "{domain}");
        }
    }

    #[test]
    fn every_line_of_both_lists_is_found() {
        for list in [DISPOSABLE, FREE] {
            assert!(list.lines().all(|line| contains_line(list, line)));
        }
    }
}
