//! Packing two heads into the bytes that `knock_intent::Model` reads.

use knock_intent::{BUCKETS, COLUMNS, GROUPS, MARKS, MODEL_BYTES};

use crate::fit::Linear;
use crate::recipe::{PLACES, Recipe};

const STEPS: f64 = 127.0;

/// One column of the model.
struct Column<'a> {
    weights: Vec<f64>,
    bias: f64,
    recipe: &'a Recipe,
}

/// The bytes of a model: the classes of the first head, then spam against the rest of the second.
pub(crate) fn pack(intent: &Linear, how: &Recipe, spam: &Linear, how_spam: &Recipe) -> Box<[u8; MODEL_BYTES]> {
    let of_class = |(weights, bias): (&Vec<f64>, &f64)| Column { weights: weights.clone(), bias: *bias, recipe: how };
    let mut columns: Vec<Column<'_>> = intent.weights.iter().zip(&intent.bias).map(of_class).collect();
    columns.push(Column {
        weights: spam.weights[1].iter().zip(&spam.weights[0]).map(|(yes, no)| yes - no).collect(),
        bias: spam.bias[1] - spam.bias[0],
        recipe: how_spam,
    });
    let mut bytes = Box::new([0; MODEL_BYTES]);
    let (head, body) = bytes.split_at_mut(MODEL_BYTES - PLACES * COLUMNS);
    for (at, column) in columns.iter().enumerate() {
        let scales = column.scales();
        let counts = (0..GROUPS).map(|group| scales[group] * column.recipe.groups[group]);
        for (number, slot) in counts.chain([column.bias]).zip(head[at * (GROUPS + 1) * 8..].chunks_exact_mut(8)) {
            slot.copy_from_slice(&number.to_le_bytes());
        }
        for (place, weight) in column.weights.iter().enumerate() {
            let scale = scales[group(place)];
            let steps = if scale > 0.0 { libm::round(weight / scale) } else { 0.0 };
            body[place * COLUMNS + at] = (steps as i8).cast_unsigned();
        }
    }
    bytes
}

impl Column<'_> {
    /// For each group the weight of one step, so that the heaviest takes all of them.
    fn scales(&self) -> [f64; GROUPS] {
        let mut most = [0.0_f64; GROUPS];
        for (place, weight) in self.weights.iter().enumerate() {
            most[group(place)] = most[group(place)].max(weight.abs());
        }
        most.map(|most| most / STEPS)
    }
}

/// The group a place belongs to.
const fn group(place: usize) -> usize {
    match place.checked_sub(2 * BUCKETS) {
        None => place / BUCKETS,
        Some(bit) => 2 + (bit >= MARKS) as usize,
    }
}
