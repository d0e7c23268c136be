//! Fitting a linear model: multinomial logistic regression and naive Bayes on sparse vectors.
//!
//! Written out here because the kept crates take dense matrices (`linfa-logistic`: 1,100 messages by 32,800
//! places of `f64` is 290 MB) and call `f64::exp`, which differs between machines: the same messages must give
//! the same bytes everywhere.

/// A message as a vector: places in ascending order and their values.
pub(crate) type Vector = Vec<(usize, f64)>;

/// The method of fitting.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Method {
    /// Logistic regression with this much ridge penalty.
    Logistic { ridge: f64 },
    /// The same with every feature scaled by how much it tells the class from the rest.
    Scaled { ridge: f64 },
    /// Naive Bayes with this much smoothing.
    Bayes { smoothing: f64 },
}

/// For each class a weight of every place, and a bias.
#[derive(Clone, Debug)]
pub(crate) struct Linear {
    pub(crate) weights: Vec<Vec<f64>>,
    pub(crate) bias: Vec<f64>,
}

impl Linear {
    /// The logits of each class for a vector.
    pub(crate) fn logits(&self, vector: &Vector) -> Vec<f64> {
        let dot = |weights: &[f64]| vector.iter().map(|(place, value)| weights[*place] * value).sum::<f64>();
        self.weights.iter().zip(&self.bias).map(|(weights, bias)| bias + dot(weights)).collect()
    }
}

/// Fits `classes` to vectors of `places` with their classes.
pub(crate) fn fit(method: Method, classes: usize, places: usize, samples: &[(&Vector, usize)]) -> Linear {
    match method {
        Method::Logistic { ridge } => logistic(ridge, &vec![vec![1.0; places]; classes], samples),
        Method::Scaled { ridge } => {
            let scales = ratios(1.0, classes, places, samples);
            logistic(ridge, &scales, samples)
        }
        Method::Bayes { smoothing } => {
            Linear { weights: ratios(smoothing, classes, places, samples), bias: vec![0.0; classes] }
        }
    }
}

/// For each class and place the logarithm of how much more often the place is seen in the class than in the rest.
fn ratios(smoothing: f64, classes: usize, places: usize, samples: &[(&Vector, usize)]) -> Vec<Vec<f64>> {
    let mut seen = vec![vec![smoothing; places]; classes];
    let mut counts = vec![2.0 * smoothing; classes];
    for (vector, class) in samples {
        counts[*class] += 1.0;
        for (place, _) in *vector {
            seen[*class][*place] += 1.0;
        }
    }
    let all: Vec<f64> = (0..places).map(|place| seen.iter().map(|seen| seen[place]).sum()).collect();
    let everybody: f64 = counts.iter().sum();
    let ratio = |class: usize, place: usize| {
        let rest = (all[place] - seen[class][place]) / (everybody - counts[class]);
        libm::log(seen[class][place] / counts[class] / rest)
    };
    (0..classes).map(|class| (0..places).map(|place| ratio(class, place)).collect()).collect()
}

/// Steps of the descent; the loss has settled to five digits long before.
const STEPS: u32 = 300;

/// Nesterov's descent over all samples at once: no chance in it, and sums always in the same order.
fn logistic(ridge: f64, scales: &[Vec<f64>], samples: &[(&Vector, usize)]) -> Linear {
    let (classes, places) = (scales.len(), scales[0].len());
    let active = active(places, samples);
    let step = 1.0 / (steepest(scales, samples) + ridge);
    let mut at = Linear { weights: vec![vec![0.0; places]; classes], bias: vec![0.0; classes] };
    let mut ahead = at.clone();
    for number in 0..STEPS {
        let mut slope = Linear { weights: vec![vec![0.0; places]; classes], bias: vec![0.0; classes] };
        for (vector, class) in samples {
            let mut chances = scaled_logits(&ahead, scales, vector);
            softmax(&mut chances);
            chances[*class] -= 1.0;
            for (kind, chance) in chances.iter().enumerate() {
                let error = chance / samples.len() as f64;
                slope.bias[kind] += error;
                for (place, value) in *vector {
                    slope.weights[kind][*place] += error * value * scales[kind][*place];
                }
            }
        }
        let momentum = f64::from(number) / f64::from(number + 3);
        for kind in 0..classes {
            for place in &active {
                let before = at.weights[kind][*place];
                let now = ahead.weights[kind][*place];
                let next = now - step * (slope.weights[kind][*place] + ridge * now);
                at.weights[kind][*place] = next;
                ahead.weights[kind][*place] = next + momentum * (next - before);
            }
            let next = ahead.bias[kind] - step * slope.bias[kind];
            ahead.bias[kind] = next + momentum * (next - at.bias[kind]);
            at.bias[kind] = next;
        }
    }
    for (weights, scales) in at.weights.iter_mut().zip(scales) {
        weights.iter_mut().zip(scales).for_each(|(weight, scale)| *weight *= scale);
    }
    at
}

fn scaled_logits(at: &Linear, scales: &[Vec<f64>], vector: &Vector) -> Vec<f64> {
    let dot = |weights: &[f64], scales: &[f64]| {
        vector.iter().map(|(place, value)| weights[*place] * scales[*place] * value).sum::<f64>()
    };
    (0..scales.len()).map(|kind| at.bias[kind] + dot(&at.weights[kind], &scales[kind])).collect()
}

/// Places that some sample has.
fn active(places: usize, samples: &[(&Vector, usize)]) -> Vec<usize> {
    let mut is_active = vec![false; places];
    samples.iter().flat_map(|(vector, _)| vector.iter()).for_each(|(place, _)| is_active[*place] = true);
    (0..places).filter(|place| is_active[*place]).collect()
}

/// A bound on how fast the slope of the loss changes.
fn steepest(scales: &[Vec<f64>], samples: &[(&Vector, usize)]) -> f64 {
    let length = |vector: &Vector, scales: &[f64]| {
        1.0 + vector.iter().map(|(place, value)| value * value * scales[*place] * scales[*place]).sum::<f64>()
    };
    let lengths = samples.iter().flat_map(|(vector, _)| scales.iter().map(move |scales| length(vector, scales)));
    0.5 * lengths.fold(0.0, f64::max)
}

/// Turns logits into chances.
pub(crate) fn softmax(logits: &mut [f64]) {
    let most = logits.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    logits.iter_mut().for_each(|logit| *logit = libm::exp(*logit - most));
    let sum: f64 = logits.iter().sum();
    logits.iter_mut().for_each(|chance| *chance /= sum);
}
