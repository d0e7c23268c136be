//! `knock backtest`: the share of leads who qualified, by their score just before.

use crate::backtest::{MOST_DAYS, USUAL_DAYS};
use crate::config::Config;
use crate::control::{AdminCommand, Answer, run_admin_command};
use crate::terminal::say;
use clap::Args;
use knock_wire::{Backtest, OutcomeRate};

/// Print how often leads qualified, by their score just before
#[derive(Debug, Args)]
pub(crate) struct BackTest {
    /// The number of days of outcomes
    #[arg(long, value_name = "N", default_value_t = USUAL_DAYS,
        value_parser = clap::value_parser!(u32).range(1..=i64::from(MOST_DAYS)))]
    days: u32,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

impl BackTest {
    pub(super) fn run(&self, config: &Config) -> anyhow::Result<()> {
        match run_admin_command(config, AdminCommand::Backtest { days: self.days })? {
            Answer::Backtest(found) if self.json => say(&serde_json::to_string_pretty(&found)?),
            Answer::Backtest(found) => lines(&found, self.days).iter().for_each(|line| say(line)),
            other => return other.not_expected(),
        }
        Ok(())
    }
}

fn lines(found: &Backtest, days: u32) -> Vec<String> {
    let mut lines = vec![format!(
        "{} leads became Qualified or Rejected within {days} days, {} of them Qualified",
        found.all.leads, found.all.qualified
    )];
    if found.is_cut {
        lines.push("there were more: these are the leads that were active last".into());
    }
    if found.too_old > 0 {
        lines.push(format!("{} earlier ones are not counted: signals of then are no longer kept", found.too_old));
    }
    if !found.is_enough {
        lines.push("too few for a rate: at least 200 are needed, and 10 in a line".into());
    }
    lines.push(String::new());
    lines.push(format!("{:<16} {:>7} {:>10} {:>8}   95 % interval", "score just before", "leads", "Qualified", "rate"));
    let range = |from: u32, to: u32| if to == 100 { "90 to 100".into() } else { format!("{from} to <{to}") };
    lines.extend(found.buckets.iter().map(|one| line(one.bucket.as_str(), &one.outcomes)));
    lines.push(String::new());
    lines.extend(found.bands.iter().map(|one| line(&range(one.from, one.to), &one.outcomes)));
    lines.push(String::new());
    lines.push("The score's constants are a reasoned start. They are not fitted to these outcomes.".into());
    lines
}

fn line(name: &str, outcomes: &OutcomeRate) -> String {
    let OutcomeRate { leads, qualified, rate } = outcomes;
    let percent = |share: f64| format!("{:.1} %", share * 100.0);
    let (share, interval) = match rate {
        Some(rate) => (percent(rate.share), format!("{} to {}", percent(rate.low), percent(rate.high))),
        None => ("too few".to_owned(), String::new()),
    };
    format!("{name:<17} {leads:>7} {qualified:>10} {share:>8}   {interval}").trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use knock_wire::RateInterval;

    #[test]
    fn a_rate_has_its_interval_and_too_few_have_none() {
        let rate = Some(RateInterval { share: 0.75, low: 0.6867, high: 0.8042 });
        let known = line("High", &OutcomeRate { leads: 200, qualified: 150, rate });
        assert_eq!(known, "High                  200        150   75.0 %   68.7 % to 80.4 %");
        let few = line("80 to <90", &OutcomeRate { leads: 9, qualified: 9, rate: None });
        assert_eq!(few, "80 to <90               9          9  too few");
    }
}
