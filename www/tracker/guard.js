// Error boundary: failures of the tracker are counted and never reach the page.

/** Fields of all batches: `{site, base, intent_type, automation, ignore_dnt}`, and the counters. */
export const envelope = { v: 1, lost: 0, errors: 0 };

export const countError = () => {
  envelope.errors += 1;
};

export const guarded =
  (act) =>
  (...given) => {
    try {
      return act(...given);
    } catch {
      countError();
    }
  };

export const schedule = (act, delay) => setTimeout(guarded(act), delay);
