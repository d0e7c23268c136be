//! Finding companies for a list: filtered, sorted, page by page.

use super::record::{ACCOUNT, account, holding, with_type};
use super::table::{AT_ONCE, Conditions, Place, Ranking};
use super::{Connection, Db, Row};
use knock_ports::{Account, AccountCursor, AccountQuery, AccountSort, KeyKind, SortKey, StoreError};
use std::ops::ControlFlow;

/// The first column behind those of the company.
const OWN: usize = 10;

impl<C: Connection> Db<C> {
    pub(super) fn searched_accounts(&self, query: &AccountQuery) -> Result<Vec<(AccountCursor, Account)>, StoreError> {
        let mut wanted = Conditions::new("contacts > 0");
        let filter = &query.filter;
        if !filter.search.is_empty() {
            let part = wanted.given(holding(&filter.search));
            wanted.and(&format!("domain {} {part} ESCAPE '\\'", C::DIALECT.like));
        }
        if let Some(bucket) = filter.bucket {
            wanted.and(&format!("bucket = {}", bucket.index()));
        }
        if let Some(kind) = filter.intent_type {
            wanted.and(&with_type(kind));
        }
        match query.sort {
            AccountSort::Score => self.ranked_accounts(query, &wanted),
            _ => self.sorted_accounts(query, wanted),
        }
    }

    fn sorted_accounts(
        &self,
        query: &AccountQuery,
        mut wanted: Conditions,
    ) -> Result<Vec<(AccountCursor, Account)>, StoreError> {
        let bytes = C::DIALECT.by_bytes;
        let key = match query.sort {
            AccountSort::LastSeen | AccountSort::Score => "last_seen_at".to_owned(),
            AccountSort::FirstSeen => "first_seen_at".to_owned(),
            AccountSort::Account => format!("domain{bytes}"),
            AccountSort::Contacts => "contacts".to_owned(),
            AccountSort::Signals => "signals".to_owned(),
        };
        let is_usual = query.sort == AccountSort::LastSeen && query.is_descending;
        if let Some(after) = &query.after {
            let by = Some(key.as_str()).filter(|_| !is_usual);
            wanted.go_on(by, &place(after), query.is_descending);
        }
        let direction = if query.is_descending { "DESC" } else { "ASC" };
        // The usual order is that of an index.
        let order = if is_usual { String::new() } else { format!("{key} {direction}, ") };
        let limit = wanted.given(i64::from(query.limit));
        let Conditions { sql, params } = wanted;
        let sql = format!(
            "{}, {key} FROM accounts WHERE {sql} ORDER BY {order}last_seen_at DESC, id DESC LIMIT {limit}",
            columns()
        );
        let mut found = Vec::new();
        self.0.each(&sql, &params, &mut |row| {
            found.push(placed(account(row)?, key_of(row, query.sort)?));
            Ok(ControlFlow::Continue(()))
        })?;
        Ok(found)
    }

    fn ranked_accounts(
        &self,
        query: &AccountQuery,
        wanted: &Conditions,
    ) -> Result<Vec<(AccountCursor, Account)>, StoreError> {
        let after = query.after.as_ref().map(place);
        let ranking = Ranking::new(after, query.now, query.is_descending, query.limit);
        let ranked = self.ranked("accounts", wanted, &ranking)?;
        let mut found = Vec::new();
        for some in ranked.chunks(AT_ONCE) {
            let mut of = Conditions::new("");
            let ids = of.ids(some.iter().map(|row| &row.id));
            let sql = format!("{ACCOUNT} WHERE id IN ({ids})");
            let mut read = self.rows(&sql, &of.params, account)?;
            for row in some {
                if let Some(at) = read.iter().position(|account| *account.id.as_bytes() == row.id) {
                    found.push(placed(read.swap_remove(at), SortKey::Score(row.key)));
                }
            }
        }
        Ok(found)
    }
}

fn columns() -> &'static str {
    ACCOUNT.strip_suffix(" FROM accounts").unwrap_or(ACCOUNT)
}

fn placed(account: Account, key: SortKey) -> (AccountCursor, Account) {
    (AccountCursor { key, last_seen_at: account.last_seen_at, id: account.id }, account)
}

const fn place(after: &AccountCursor) -> Place<'_> {
    Place { key: &after.key, last_seen_at: after.last_seen_at, id: after.id.as_bytes() }
}

fn key_of(row: &Row<'_>, sort: AccountSort) -> Result<SortKey, StoreError> {
    match sort.kind() {
        KeyKind::Text => row.get(OWN).map(SortKey::Text),
        KeyKind::Number | KeyKind::Score => row.get(OWN).map(SortKey::Number),
    }
}
