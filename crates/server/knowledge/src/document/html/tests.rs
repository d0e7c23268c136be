//! What is read from pages, and what is left out.

use super::*;

fn check(page: &str, expected: &[(&str, &[&str])]) {
    let outline = outline(page).expect("it is not too deep");
    let found: Vec<(&str, Vec<&str>)> = outline
        .sections
        .iter()
        .map(|section| (section.heading.as_str(), section.blocks.iter().map(String::as_str).collect()))
        .collect();
    let expected: Vec<(&str, Vec<&str>)> =
        expected.iter().map(|(heading, blocks)| (*heading, blocks.to_vec())).collect();
    assert_eq!(found, expected, "{page}");
}

#[test]
fn the_content_is_read_and_the_rest_is_not() {
    check(
        "<title>Shop</title><nav>Home</nav><script>x()</script><h1>Plans</h1><p>Two <b>plans</b>.<footer>Imprint</footer>",
        &[("Plans", &["Two plans."])],
    );
    check("<body><div>All<main><p>Main</p></main></div>", &[("", &["Main"])]);
    check("<body>All<article>One</article>", &[("", &["One"])]);
    check("<body><article>One</article><article>Two</article>", &[("", &["One", "Two"])]);
    check("<div id=cookie-banner>We use cookies</div><p>Text", &[("", &["Text"])]);
    check("<form><p>Sign up<label>Name<input></label></form><p>Text", &[("", &["Text"])]);
    check("<form><h1>All</h1><p>a<label>Name<input></label><p>c</form>", &[("", &["a", "c"])]);
    check("<header><a href=/>Shop</a> Since 1990</header><p>Text", &[("", &["Text"])]);
    check("<article><header><h2>One</h2><p>Today</header><p>Text</article>", &[("One", &["Today", "Text"])]);
    for left_out in [
        "<p class=breadcrumb>You are here: Shop",
        "<p class='hero-cta'>Start now</p>",
        "<div role=button>Menu</div>",
        "<p hidden>Later",
        "<div aria-hidden=true>12</div>",
        "<div class=socialLinks>Follow us</div>",
    ] {
        check(&format!("{left_out}<main><p>Text"), &[("", &["Text"])]);
        check(&format!("<main>{left_out}<p>Text"), &[("", &["Text"])]);
    }
    check("<body class=has-cookie-banner><div class=share-page><h1>A</h1><p>Text", &[("", &["Text"])]);
}

#[test]
fn a_text_of_links_is_no_content() {
    check("<p><a href=/a>Prices</a> <a href=/b>Jobs</a><p>Text", &[("", &["Text"])]);
    check("<p>We ship it. <a href=/a>Read more →</a>", &[("", &["We ship it."])]);
    check("<p><a href='tel:+31301'>030 1</a>", &[("", &["030 1"])]);
    check("<p>See the <a href=/a>list of prices</a>.", &[("", &["See the list of prices."])]);
    let card = "This card has a whole sentence of some words.";
    check(&format!("<a href=/a><p>{card}</a>"), &[("", &[card])]);
}

#[test]
fn headings_stay_with_those_above_them_and_questions_of_accordions_are_headings() {
    check(
        "<h1>Help</h1><h2>Returns</h2><p>Free.</p><h3>Abroad</h3><p>Paid.</p><h2>Gifts</h2><p>Yes.</p>",
        &[("Returns", &["Free."]), ("Returns › Abroad", &["Paid."]), ("Gifts", &["Yes."])],
    );
    check("<details><summary>Why?</summary>Because.</details>", &[("Why?", &["Because."])]);
    check("<dl><dt>Why?<dd>Because.<dt>How?<dd>So.</dl>", &[("Why?", &["Because."]), ("How?", &["So."])]);
    check(
        "<h3><button aria-expanded=false aria-controls=a>Why?</button></h3><div id=a hidden>Because.</div>",
        &[("Why?", &["Because."])],
    );
    check("<button>Buy</button><p>Text", &[("", &["Text"])]);
}

#[test]
fn rows_and_breaks_keep_words_apart() {
    check("<table><tr><td>Starter<td>49 €<tr><td>Team<td>99 €</table>", &[("", &["Starter: 49 €", "Team: 99 €"])]);
    check("<p>One<br>two</p>", &[("", &["One two"])]);
    check("<table><tr><td><h2>A</h2>One<td>Two</table>", &[("A", &["One Two"])]);
}

#[test]
fn rows_have_the_heads_of_their_columns() {
    check(
        "<table><tr><th>Plan<th>Price<th>Users<tr><td>Solo<td>9 €<td>1<tr><th>Team<td>49 €<td></table>",
        &[("", &["Solo, Price: 9 €, Users: 1", "Team, Price: 49 €"])],
    );
    check("<table><tr><th>Monday<td>9–17<tr><th>Friday:<td>9–15</table>", &[("", &["Monday: 9–17", "Friday: 9–15"])]);
    check("<table><tr><th>Plan<th>Price<tr><td colspan=2>All without tax</table>", &[("", &["All without tax"])]);
}

#[test]
fn the_head_of_a_table_may_have_plain_cells_and_a_caption() {
    check(
        "<table><caption>Rooms</caption><thead><tr><td>Room<td>Seats</thead><tr><td>Oak<td>12</table>",
        &[("", &["Rooms", "Oak, Seats: 12"])],
    );
}

#[test]
fn terms_stay_with_their_descriptions() {
    check(
        "<dl><dt>Monday<dd>9–17<dt>Saturday<dt>Sunday:<dd><p>closed</dl>",
        &[("", &["Monday: 9–17", "Saturday, Sunday: closed"])],
    );
}

#[test]
fn blocks_with_the_class_of_a_title_are_headings() {
    check(
        "<h2>Plans</h2><div class=card><div class=plan-name>Solo</div><div>9 €</div></div>
         <div class=card><div class=plan-name>Team</div><div>49 €</div></div>",
        &[("Plans › Solo", &["9 €"]), ("Plans › Team", &["49 €"])],
    );
    check("<div class=faqQuestion>Why?</div><div>Because.</div>", &[("Why?", &["Because."])]);
    check("<div class=title><p>One</p><p>Two</p></div>", &[("", &["One", "Two"])]);
}

#[test]
fn short_bold_lines_are_headings() {
    check("<p><strong>Do you ship?</strong></p><p>Yes.", &[("Do you ship?", &["Yes."])]);
    check("<p><strong>Only 3 left!</strong></p><p>Yes.", &[("", &["Only 3 left!", "Yes."])]);
}

#[test]
fn a_page_may_be_as_deep_and_as_broken_as_it_likes() {
    let deep = |count: usize| format!("{}x", "<div>".repeat(count));
    check(&deep(DEEPEST), &[("", &["x"])]);
    assert_eq!(outline(&deep(DEEPEST + 1)), None);
    assert_eq!(outline(&"<p>x".repeat(2 * DEEPEST)).expect("not deep").sections[0].blocks.len(), 2 * DEEPEST);
    check("<h1><h2><p", &[]);
    check("", &[]);
    check("</html></body><p>After", &[("", &["After"])]);
}
