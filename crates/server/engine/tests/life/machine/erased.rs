//! The effect of an erasure on acknowledged data.

use super::model::Model;
use super::owner::Whose;
use crate::story::EMAILS;
use knock_model::{Millis, SignalId, VisitorId};
use knock_ports::Detail;

impl Model {
    /// Erases a person, with a step of the clock before and after.
    pub(super) fn erase(&mut self, email: usize) {
        self.jump(1);
        if self.known().any(|known| known == email) {
            self.is_anybody_erased = true;
            self.forget(email);
            self.close(email);
        }
        self.blank(email);
        self.jump(1);
    }

    /// Removes their signals, but for those that assign the browser to another person at the same instant.
    fn forget(&mut self, email: usize) {
        let claims = self.claims.clone();
        let is_theirs = |visitor: &VisitorId, at: Millis, id: SignalId| {
            let claims = &claims[visitor];
            let says = claims.iter().find(|(_, cause, _)| *cause == id).map(|(.., whose)| *whose);
            super::owner::owner(claims, at) == Some(Whose::Person(email))
                && says.is_none_or(|says| says == Whose::Person(email))
        };
        self.stored
            .retain(|(_, visitor, id), signal| !claims.contains_key(visitor) || !is_theirs(visitor, signal.at, *id));
    }

    /// Marks their claims as erased; a browser whose last claim was theirs is unclaimed from now on.
    fn close(&mut self, email: usize) {
        for (visitor, claims) in &mut self.claims {
            let theirs = claims.iter_mut().filter(|(.., whose)| *whose == Whose::Person(email));
            if theirs.map(|(.., whose)| *whose = Whose::Erased).count() == 0 {
                continue;
            }
            claims.sort_by_key(|(at, cause, _)| (*at, *cause));
            let Some((last, _, Whose::Erased)) = claims.last().copied() else { continue };
            let mut random = [0; 10];
            random.copy_from_slice(&visitor.as_bytes()[6..]);
            claims.push((self.now.max(last + Millis(1)), SignalId::new(self.now, &random), Whose::Unclaimed));
        }
    }

    /// Removes their address from the signals of others.
    fn blank(&mut self, email: usize) {
        for signal in self.stored.values_mut() {
            let said = signal.detail.read();
            if said.email == EMAILS[email] {
                let (email, person, props) = Default::default();
                signal.detail = Detail { email, person, props, ..said }.into();
            }
        }
    }
}
