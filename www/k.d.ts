/**
 * The API that `k.js` puts on a page. It can be called before the script has loaded:
 *
 *     window.knock = window.knock || function () { (knock.q = knock.q || []).push(arguments) };
 *
 * No call throws; unknown commands are ignored. Where the visitor's browser asks not to be tracked
 * (Global Privacy Control, Do Not Track) and the script tag has no `data-ignore-dnt`, every call does nothing.
 */
export interface Knock {
  /** Says who the visitor is. */
  (command: 'identify', who: { email: string; name?: string; [property: string]: unknown }): void;
  /** Records an event of the site; what JSON cannot hold is left out, at most 4 KB are kept. */
  (command: 'track', name: string, props?: Record<string, unknown>): void;
  /** Counts the page as seen again. Navigation, by script too, is counted without it. */
  (command: 'page'): void;
  /**
   * What the visitor allows. With `data-consent="required"` nothing is stored or sent before `granted`.
   * `denied` forgets ids, queue and evidence, and stops; `granted` after it begins anew.
   */
  (command: 'consent', word: 'granted' | 'denied'): void;
  /** From now on another visitor: new ids and an empty queue; tracking goes on and listeners stay. */
  (command: 'reset'): void;
  /** Calls `listener` with what the visitor seems to want, now if that is known, and whenever it changes. */
  (command: 'on', event: 'intent', listener: (intent: KnockIntent) => void): void;
  /** Opens or closes the widget, where there is one. */
  (command: 'open', what?: 'chat' | 'meeting'): void;
  (command: 'close'): void;

  /** Calls made before the script has loaded. */
  q?: ArrayLike<unknown> & { push(call: ArrayLike<unknown>): unknown; /** Failures of our own. */ errors?: number };
}

/** A guess from what was done so far; never more than that. */
export interface KnockIntent {
  /** What the last action was about, such as `Pricing`. */
  category: string;
  /** What all actions together suggest. */
  type: 'Buying' | 'Partnership' | 'Support' | 'Job seeker' | 'Unknown';
}

declare global {
  interface Window {
    knock: Knock;
  }
  const knock: Knock;
}
