//! Measures of a classifier: confusion, F1, intervals, agreement.

use crate::openers::CLASSES;

/// The number of messages of each true class (row) by predicted class (column).
#[derive(Clone, Debug)]
pub(crate) struct Confusion(pub(crate) Vec<Vec<usize>>);

impl Confusion {
    /// Counts pairs of a true and a called class, both below `classes`.
    pub(crate) fn of(classes: usize, pairs: impl IntoIterator<Item = (usize, usize)>) -> Self {
        let mut counts = vec![vec![0; classes]; classes];
        for (truth, called) in pairs {
            counts[truth][called] += 1;
        }
        Self(counts)
    }

    pub(crate) fn total(&self) -> usize {
        self.0.iter().flatten().sum()
    }

    pub(crate) fn right(&self) -> usize {
        (0..self.0.len()).map(|class| self.0[class][class]).sum()
    }

    pub(crate) fn accuracy(&self) -> f64 {
        share(self.right(), self.total())
    }

    /// The accuracy of always saying the most frequent class.
    pub(crate) fn majority(&self) -> f64 {
        share(self.0.iter().map(|row| row.iter().sum()).max().unwrap_or(0), self.total())
    }

    pub(crate) fn recall(&self, class: usize) -> f64 {
        share(self.0[class][class], self.0[class].iter().sum())
    }

    pub(crate) fn precision(&self, class: usize) -> f64 {
        share(self.0[class][class], self.0.iter().map(|row| row[class]).sum())
    }

    /// The mean F1 of the classes that occur.
    pub(crate) fn macro_f1(&self) -> f64 {
        let occurring: Vec<usize> =
            (0..self.0.len()).filter(|class| self.0[*class].iter().sum::<usize>() > 0).collect();
        let f1 = |class: &usize| {
            let (recall, precision) = (self.recall(*class), self.precision(*class));
            if recall + precision > 0.0 { 2.0 * recall * precision / (recall + precision) } else { 0.0 }
        };
        occurring.iter().map(f1).sum::<f64>() / occurring.len().max(1) as f64
    }

    pub(crate) fn print(&self) {
        print_matrix(&self.0);
        for (class, row) in self.0.iter().enumerate() {
            let name = CLASSES[class].name();
            let n: usize = row.iter().sum();
            println!("{name:<12} n {n:>4}  recall {:.3}  precision {:.3}", self.recall(class), self.precision(class));
        }
        println!("accuracy {:.3} of {}, macro-F1 {:.3}", self.accuracy(), self.total(), self.macro_f1());
    }
}

/// Prints counts under the names of the classes.
pub(crate) fn print_matrix(counts: &[Vec<usize>]) {
    let names = || CLASSES.iter().take(counts.len()).map(|class| class.name());
    println!("{:<12}{}", "", names().map(|name| format!("{name:>12}")).collect::<String>());
    for (name, row) in names().zip(counts) {
        println!("{name:<12}{}", row.iter().map(|count| format!("{count:>12}")).collect::<String>());
    }
}

/// A part of a whole; 0 of nothing.
pub(crate) fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}

/// Wilson's interval of a share at 95 %.
pub(crate) fn wilson(part: usize, whole: usize) -> (f64, f64) {
    const Z: f64 = 1.959_964;
    let (n, p) = (whole.max(1) as f64, share(part, whole));
    let middle = (p + Z * Z / (2.0 * n)) / (1.0 + Z * Z / n);
    let half = Z / (1.0 + Z * Z / n) * libm::sqrt(p * (1.0 - p) / n + Z * Z / (4.0 * n * n));
    ((middle - half).max(0.0), (middle + half).min(1.0))
}

/// Cohen's kappa of a square of counts.
pub(crate) fn kappa(counts: &[Vec<usize>]) -> f64 {
    let total: usize = counts.iter().flatten().sum();
    let agreed: usize = (0..counts.len()).map(|class| counts[class][class]).sum();
    let by_chance = |class: usize| {
        let column: usize = counts.iter().map(|row| row[class]).sum();
        share(counts[class].iter().sum(), total) * share(column, total)
    };
    let chance: f64 = (0..counts.len()).map(by_chance).sum();
    (share(agreed, total) - chance) / (1.0 - chance)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(found: f64, expected: f64) {
        assert!((found - expected).abs() < 5e-4, "{found} {expected}");
    }

    #[test]
    fn measures_agree_with_worked_examples() {
        let confusion = Confusion(vec![vec![20, 5], vec![10, 15]]);
        close(confusion.accuracy(), 0.7);
        close(confusion.precision(0), 0.6667);
        close(confusion.macro_f1(), (0.7273 + 0.6667) / 2.0);
        close(kappa(&confusion.0), 0.4);
        close(wilson(0, 3_000).1, 0.0013);
        close(wilson(9, 10).0, 0.5958);
        close(wilson(9, 10).1, 0.9821);
    }
}
