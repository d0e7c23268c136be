// Nothing of ours that fails reaches the page; it is counted.

/** What all batches share: `{site, base, intent_type, automation, ignore_dnt}`, and the counters. */
export const envelope = { v: 1, lost: 0, errors: 0 };

export const fail = () => {
  envelope.errors += 1;
};

export const guarded =
  (act) =>
  (...given) => {
    try {
      return act(...given);
    } catch {
      fail();
    }
  };

export const later = (act, delay) => setTimeout(guarded(act), delay);
