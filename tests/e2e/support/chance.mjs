// Reproducible random input: everything follows from the seed (`KNOCK_SEED`).

export class Chance {
  constructor(seed = Number(process.env.KNOCK_SEED) || Date.now() % 2 ** 32) {
    this.seed = seed;
    this.state = seed >>> 0;
  }

  /** A whole number from 0, below `end` (mulberry32). */
  below(end) {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let bits = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return Math.floor((((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32) * end);
  }

  one(list) {
    return list[this.below(list.length)];
  }

  /** Up to `most` results of `make`. */
  some(most, make) {
    return Array.from({ length: this.below(most + 1) }, make);
  }
}
