//! Home of a manager: figures beside their usual value, waits by age, and members.

use knock_wire::HomeTeam;
use wasm_bindgen_test::wasm_bindgen_test;

use super::home::{held, show};
use super::{Stage, settle};
use crate::sample;

async fn with(team: HomeTeam) -> Stage {
    let mut home = sample::home();
    home.team = Some(team);
    let stage = show(&held(home));
    settle().await;
    stage
}

#[wasm_bindgen_test]
async fn figures_of_today_are_beside_the_usual_and_lead_to_their_report() {
    let stage = with(sample::home_team()).await;
    let cards: Vec<String> = stage.all(".report-figures > li").iter().map(|card| card.inner_text()).collect();
    assert_eq!(cards.len(), 3);
    for (card, words) in [
        (0, "15"),
        (0, "usual: 12, today 3 more"),
        (1, "4.5 min"),
        (1, "usual: 3 min, today 1.5 min longer: worse"),
        (2, "No data"),
        (2, "no usual value yet"),
    ] {
        assert!(cards[card].contains(words), "{words} in {cards:?}");
    }
    let link = stage.find(".report-figures > li:nth-child(2) a").get_attribute("href");
    let expected = "/app/reports/response?from=2026-11-20&to=2026-11-20&tz=Europe%2FBerlin&metric=first_reply_median";
    assert_eq!(link.as_deref(), Some(expected));
    assert!(stage.find(".report-figures > li:nth-child(2) .report-worse").inner_text().contains("worse"));
}

#[wasm_bindgen_test]
async fn waits_have_a_row_for_each_length_and_the_longest_leads_to_its_chat() {
    let stage = with(sample::home_team()).await;
    let rows: Vec<String> = stage.all(".bar-row").iter().map(|row| row.inner_text()).collect();
    assert_eq!(rows.len(), 5);
    assert!(rows[0].contains("Under 2 minutes") && rows[0].contains("1 chat"), "{rows:?}");
    assert!(rows[1].contains("2 to 10 minutes") && rows[1].contains("2 chats"), "{rows:?}");
    assert!(rows[1].contains("Ann Lee") && rows[1].contains("with Bo"), "{rows:?}");
    assert!(rows[4].contains("Over a day") && rows[4].contains("0 chats"), "{rows:?}");
    assert_eq!(stage.all(".bar-fill").len(), 2, "nothing is no bar");
    let link = stage.find(".bar-row a").get_attribute("href");
    assert_eq!(link.as_deref(), Some("/app/inbox/06060606-0606-4606-8606-060606060606"));
    assert!(stage.text().contains("In all: 3 chats."), "{}", stage.text());
}

#[wasm_bindgen_test]
async fn members_are_listed_with_their_state_and_their_chats() {
    let stage = with(sample::home_team()).await;
    let lines: Vec<String> =
        stage.all("[aria-labelledby=home-members] li").iter().map(|line| line.inner_text()).collect();
    assert_eq!(lines.len(), 4);
    assert!(lines[0].contains("Lena") && lines[0].contains("Online, 3 chats"), "{lines:?}");
    assert!(lines[1].contains("Bo") && lines[1].contains("5 of 5 chats: full"), "{lines:?}");
}

#[wasm_bindgen_test]
async fn a_workspace_without_anything_says_what_is_not_there_yet() {
    let figures = vec![sample::home_figure("leads", "count", "higher", Some(0.0), None)];
    let stage = with(HomeTeam { figures, ..HomeTeam::default() }).await;
    for words in ["There is nothing to count yet", "No chat of the team waits.", "No active member takes chats."] {
        assert!(stage.text().contains(words), "{words}: {}", stage.text());
    }
    assert!(!stage.has(".report-figures"));
}

#[wasm_bindgen_test]
async fn without_the_permission_nothing_is_said_of_the_team() {
    let stage = show(&held(sample::home()));
    settle().await;
    assert!(!stage.has("#home-figures") && !stage.has("#home-ages") && !stage.has("#home-members"));
}

#[wasm_bindgen_test]
async fn what_changed_is_shown_when_the_page_loads_again() {
    let mut home = sample::home();
    home.team = Some(sample::home_team());
    let home = held(home);
    let stage = show(&home);
    settle().await;
    {
        let mut home = home.lock().expect("no panic while locked");
        let team = home.team.as_mut().expect("it was set");
        team.waiting.iter_mut().for_each(|age| age.count = 0);
    }
    stage.find("#miss").click();
    settle().await;
    assert!(stage.text().contains("No chat of the team waits."), "{}", stage.text());
}
