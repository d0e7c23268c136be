//! Reading a table of words: a first row of states, then an event and where it leads from each of them.

/// Every cell as event, state, and the state it leads to; `=` is the same one.
pub(crate) fn cells(table: &'static str) -> Vec<(&'static str, &'static str, &'static str)> {
    let mut rows = table.lines().map(str::trim).filter(|row| !row.is_empty());
    let states: Vec<&str> = rows.next().expect("a row of states").split_whitespace().collect();
    let mut cells = Vec::new();
    for row in rows {
        let mut words = row.split_whitespace();
        let event = words.next().expect("an event");
        let to: Vec<&str> = words.collect();
        assert_eq!(to.len(), states.len(), "{event}");
        cells.extend(states.iter().zip(to).map(|(from, to)| (event, *from, if to == "=" { *from } else { to })));
    }
    cells
}
