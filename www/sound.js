/*
 * A soft sound of two tones, without a file. Part of `reply.js`.
 *
 *   ring(mayRing)  plays it if the browser lets the page, and `mayRing()` says so at that moment
 */

/** The tones: when they begin, in seconds, and their frequency in hertz. */
const TONES = [
  [0, 660],
  [0.13, 880],
];
/** The loudest of a tone; 1 is the most that a browser plays. */
const VOLUME = 0.07;
/** Seconds in which a tone ends. */
const LENGTH = 0.5;
/** Milliseconds in which a browser begins to play; else it would do so at the next act, when the reply is old. */
const PATIENCE = 250;

const pause = (ms) => new Promise((go) => setTimeout(go, ms));

const play = (context, [from, frequency]) => {
  const at = context.currentTime + from;
  const tone = context.createOscillator();
  const volume = context.createGain();
  tone.frequency.value = frequency;
  volume.gain.setValueAtTime(0.0001, at);
  volume.gain.exponentialRampToValueAtTime(VOLUME, at + 0.03);
  volume.gain.exponentialRampToValueAtTime(0.0001, at + LENGTH);
  tone.connect(volume);
  volume.connect(context.destination);
  tone.start(at);
  tone.stop(at + LENGTH);
};

export const ring = async (mayRing) => {
  // Before an act on the page it is refused, with a warning in the console.
  if (navigator.userActivation?.hasBeenActive === false) return;
  let context;
  try {
    context = new AudioContext();
    await Promise.race([context.resume(), pause(PATIENCE)]);
    if (context.state == 'running' && mayRing()) {
      TONES.forEach((tone) => play(context, tone));
      await pause(2000 * LENGTH);
    }
  } catch {
    // No audio.
  }
  context?.close().catch(() => {});
};
