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
  /** Identifies the visitor. */
  (command: 'identify', who: KnockIdentity): void;
  /** Records an event of the site; properties that JSON cannot hold, or beyond 4 KB, are left out. */
  (command: 'track', name: string, props?: Record<string, unknown>): void;
  /** Counts another view of the page. Navigation, also by script, is counted without it. */
  (command: 'page'): void;
  /**
   * Sets the consent of the visitor. With `data-consent="required"` nothing is stored or sent before `granted`.
   * `denied` deletes ids, queue and evidence, and stops; `granted` after it starts anew.
   */
  (command: 'consent', word: KnockConsent): void;
  /** Starts another visitor: new ids and no evidence. Signals of the former visitor are still sent as theirs. */
  (command: 'reset'): void;
  /** Calls `listener` with the visitor's intent, now if it is known, and on each change. */
  (command: 'on', event: 'intent', listener: (intent: KnockIntent) => void): void;
  /** Opens or closes the chat, where there is one. */
  (command: 'open', what?: 'chat' | 'meeting'): void;
  (command: 'close'): void;

  /** Calls that wait for the script. */
  q?: ArrayLike<unknown>[] & { /** Errors of the loader. */ errors?: number };
}

/** The identity of a visitor: an address, or an id of the site's own. Further properties are stored with the signal. */
export type KnockIdentity = KnockDetails & ({ email: string } | { id: string | number } | { user_id: string | number });

/** What else a site knows of a visitor. */
export interface KnockDetails {
  email?: string;
  /** The id of a visitor that the site knows without an address: the launcher takes them for signed in. */
  id?: string | number;
  user_id?: string | number;
  name?: string;
  /** Details of the contact. */
  phone?: string;
  company?: string;
  /** A proof of the site's own server: the HMAC-SHA256 of the address, or a JWT. Never the secret itself. */
  proof?: string;
  [property: string]: unknown;
}

/** The consent of a visitor to be tracked. */
export type KnockConsent = 'granted' | 'denied';

/** Categories of actions. */
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

/** The intent that the visitor's actions suggest. */
export interface KnockIntent {
  /** The category of the last action. */
  category: KnockCategory;
  /** The provisional intent type of all actions. */
  type: 'Buying' | 'Partnership' | 'Support' | 'Job seeker' | 'Unknown';
}

/** Types of signals. */
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
  /** Id of its page view. */
  view?: string;
  /** Address of the page. */
  url?: string;
  title?: string;
  referrer?: string;
  /** The label of the clicked element. */
  text?: string;
  /** The address of the clicked link. */
  href?: string;
  /** Of the call to action, or of the custom event. */
  name?: string;
  /** Name of the form. */
  form?: string;
  /** Names of the form's fields. */
  fields?: string[];
  proof?: string;
}

/** A request was answered, or failed. */
export interface KnockSent {
  /** Number of signals in it. */
  count: number;
  /** The status code; 429 where only a part was accepted, 0 without a response. */
  status: number;
  /** Ids of the signals. */
  ids: string[];
}

/** Events on `document`, by name. */
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
  /** E-mail address and name in a submitted form do not identify the visitor. */
  'data-identify'?: 'off';
  /** A change of the fragment is a page view. */
  'data-hash'?: 'on';
  /** A change of the query alone is a page view. */
  'data-query'?: 'view';
  /** Names of further URL parameters whose values are not masked, separated by spaces or commas. */
  'data-query-keep'?: string;
  /** The engine to use, instead of detecting what the page's policy allows. */
  'data-engine'?: 'js' | 'wasm';
  /** No cookie: subdomains do not share the visitor. */
  'data-cookie'?: 'off';
  /** Hosts of the workspace's other sites, separated by spaces: links to them hand the visitor over. */
  'data-sites'?: string;
  /** No chat on this page, or the chat in a frame of Knock's own origin. */
  'data-chat'?: 'off' | 'frame';
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
