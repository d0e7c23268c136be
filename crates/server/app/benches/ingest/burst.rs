//! A burst: more comes than can be summed up at once.

use crate::measure::{Shape, measure};
use crate::server::Server;
use knock_testing::stopwatch;
use std::time::Duration;

/// Seconds of the route that only parses, before and after.
const FLOOR: u64 = 5;
/// How often the backlog is looked at.
const LOOK: Duration = Duration::from_millis(100);

/// So many seconds of everything that can be taken, on a new store, until all of it is summed up.
pub(crate) fn burst(seconds: u64) {
    if seconds == 0 {
        return;
    }
    for shape in [Shape::BATCHES, Shape::SINGLES] {
        let dir = tempfile::TempDir::new().expect("a directory");
        let (floor, knock) = (Server::floor(), Server::eager(dir.path()));
        let site = knock.site();
        let parse = || measure(&floor, &site, shape, 0, FLOOR).rate;
        let before = parse();
        let full = measure(&knock, &site, shape, 0, seconds);
        let (waiting, begun) = (knock.backlog(), stopwatch());
        while knock.backlog() > 0 {
            std::thread::sleep(LOOK);
        }
        let took = begun.elapsed().as_secs_f64();
        let ratio = full.rate / f64::midpoint(before, parse());
        println!("{}", full.row(&format!("a burst of {seconds} s, {}", shape.name)));
        println!("  rate {ratio:.3} of parse only; {waiting} signals deferred, replayed {took:.1} s later");
        println!("  memory at most {:.0} MB", knock.memory().1);
    }
}
