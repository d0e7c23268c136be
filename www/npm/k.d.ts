/**
 * The API that `k.js` puts on a page. It can be called before the script has loaded:
 *
 *     window.knock = window.knock || function () { var q = knock.q = knock.q || []; if (q.length < 200) q.push(arguments) };
 *
 * No call throws; unknown commands are ignored. Where the visitor's browser asks not to be tracked
 * (Global Privacy Control, Do Not Track) and the script tag has no `data-ignore-dnt`, nothing is captured or sent;
 * `open` and `close` still work.
 */
export interface Knock {
  /** Says who the visitor is. */
  (command: 'identify', who: KnockIdentity): void;
  /** Records an event of the site; what JSON cannot hold is left out, and what does not fit into 4 KB. */
  (command: 'track', name: string, props?: Record<string, unknown>): void;
  /** Counts the page as seen again. Navigation, by script too, is counted without it. */
  (command: 'page'): void;
  /**
   * What the visitor allows. With `data-consent="required"` nothing is stored or sent before `granted`.
   * `denied` forgets ids, queue and evidence, and stops; `granted` after it begins anew.
   */
  (command: 'consent', word: KnockConsent): void;
  /** From now on another visitor: new ids and no evidence. What the one before did is still sent as theirs. */
  (command: 'reset'): void;
  /** Calls `listener` with what the visitor seems to want, now if that is known, and whenever it changes. */
  (command: 'on', event: 'intent', listener: (intent: KnockIntent) => void): void;
  /** Opens or closes the chat, where there is one. */
  (command: 'open', what?: 'chat' | 'meeting'): void;
  (command: 'close'): void;

  /** Calls that wait for the script. */
  q?: ArrayLike<unknown>[] & { /** Failures of our own. */ errors?: number };
}

/** Who a visitor is. Whatever else is told is kept with the signal. */
export interface KnockIdentity {
  email: string;
  name?: string;
  /** Made by the site's own server: the HMAC-SHA256 of the address, or a JWT. Never a secret itself. */
  proof?: string;
  [property: string]: unknown;
}

/** A visitor's word on being tracked. */
export type KnockConsent = 'granted' | 'denied';

/** What actions can be about. */
export type KnockCategory =
  | 'Demo/Contact sales'
  | 'Chat: buying'
  | 'Pricing'
  | 'Security/Compliance'
  | 'Comparison/Alternatives'
  | 'Integrations'
  | 'Case study'
  | 'Product'
  | 'Docs'
  | 'Partner'
  | 'Blog'
  | 'Support/Help'
  | 'Home/Other'
  | 'Login/Account'
  | 'Find a Job';

/** A guess from what was done so far; never more than that. */
export interface KnockIntent {
  /** What the last action was about. */
  category: KnockCategory;
  /** What all actions together suggest. */
  type: 'Buying' | 'Partnership' | 'Support' | 'Job seeker' | 'Unknown';
}

/** What browsers tell. */
export type KnockSignalType =
  | 'page_view'
  | 'click'
  | 'cta'
  | 'form_start'
  | 'form_submit'
  | 'form_abandon'
  | 'track'
  | 'identify'
  | 'engagement';

/** A signal as it is sent, masked, without its properties. */
export interface KnockSignal {
  /** UUIDv7 of the instant `at`. */
  id: string;
  /** Milliseconds since 1970. */
  at: number;
  type: KnockSignalType;
  /** Its number in the session, from 1. */
  seq: number;
  category: KnockCategory;
  /** Id of the page view that it happened on. */
  view?: string;
  /** Address of the page. */
  url?: string;
  title?: string;
  referrer?: string;
  /** What was clicked says. */
  text?: string;
  /** Where the clicked link leads. */
  href?: string;
  /** Of the call to action, or of the custom event. */
  name?: string;
  /** Name of the form. */
  form?: string;
  /** Names of the form's fields. */
  fields?: string[];
  proof?: string;
}

/** A request has been answered, or failed. */
export interface KnockSent {
  /** How many signals it held. */
  count: number;
  /** The status code of the answer, 429 where only a part was taken, 0 for no answer. */
  status: number;
  /** Ids of the signals. */
  ids: string[];
}

/** What `document` tells of, by name. */
export interface KnockEventMap {
  /** The tracker has started: `knock` calls take effect at once. */
  'knock:ready': CustomEvent<null>;
  /** Category or provisional type have changed. */
  'knock:intent': CustomEvent<KnockIntent>;
  /** A signal was captured. */
  'knock:signal': CustomEvent<KnockSignal>;
  'knock:sent': CustomEvent<KnockSent>;
}

/** The attributes of the script tag, `<script async crossorigin src="https://HOST/k.js" data-site="KEY">`. */
export interface KnockScriptAttributes {
  /** The key of the site. */
  'data-site': string;
  /** The site lives under this path, such as `/shop`. */
  'data-base'?: string;
  /** Nothing is stored or sent until `knock('consent', 'granted')`. */
  'data-consent'?: 'required';
  /** E-mail address and name of a sent form are not taken. */
  'data-identify'?: 'off';
  /** A change of the fragment is a page view. */
  'data-hash'?: 'on';
  /** A change of the query alone is a page view. */
  'data-query'?: 'view';
  /** Names of further URL parameters whose values are told, with spaces or commas between; all others are masked. */
  'data-query-keep'?: string;
  /** Which engine is used, instead of finding out what the page's policy allows. */
  'data-engine'?: 'js' | 'wasm';
  /** No cookie: subdomains do not share the visitor. */
  'data-cookie'?: 'off';
  /** Hosts of the workspace's other sites, with spaces between: links there carry the visitor over. */
  'data-sites'?: string;
  /** No chat on this page. */
  'data-chat'?: 'off';
  /** The language of the chat, such as `de`, instead of that of the page (`<html lang>`). */
  'data-lang'?: string;
  /** Capture in spite of Global Privacy Control and Do Not Track. */
  'data-ignore-dnt'?: '';
}

declare global {
  interface Window {
    knock: Knock;
  }
  const knock: Knock;
  interface DocumentEventMap extends KnockEventMap {}
}
