// The snippet for sites that are built with a bundler.
import type { Knock, KnockConsent, KnockIdentity, KnockIntent, KnockScriptAttributes } from './k.d.ts';

export type * from './k.d.ts';

/** The attributes of the script tag; an option has the values of the attribute `data-` with its name. */
export interface KnockOptions {
  /** The address of Knock, such as `https://knock.example.com`, optionally with a path. */
  host: string;
  /** The key of the site. */
  site: KnockScriptAttributes['data-site'];
  base?: KnockScriptAttributes['data-base'];
  consent?: KnockScriptAttributes['data-consent'];
  identify?: KnockScriptAttributes['data-identify'];
  hash?: KnockScriptAttributes['data-hash'];
  engine?: KnockScriptAttributes['data-engine'];
  cookie?: KnockScriptAttributes['data-cookie'];
  query?: KnockScriptAttributes['data-query'];
  /** Names of further URL parameters whose values are not masked. */
  queryKeep?: readonly string[];
  /** Hosts of the workspace's other sites: links to them hand the visitor over. */
  sites?: readonly string[];
  chat?: KnockScriptAttributes['data-chat'];
  lang?: KnockScriptAttributes['data-lang'];
  /** Capture in spite of Global Privacy Control and Do Not Track. */
  ignoreDnt?: boolean;
  /** The nonce of the page's content security policy. */
  nonce?: string;
  /** The hash of the script, from the pinned line of the Install page; requires `version`. */
  integrity?: string;
  /** The version in the address of that line; without it, the current version. */
  version?: string;
}

/**
 * Adds the script to the page, unless one is there: a page has one site. Returns the page's `knock`, which queues
 * calls until the script has loaded. Throws a `TypeError` when `host` or `site` is invalid.
 */
export function load(options: KnockOptions): Knock;

/** Identifies the visitor. */
export function identify(who: KnockIdentity): void;
/** Records an event of the site. */
export function track(name: string, props?: Record<string, unknown>): void;
/** Counts another view of the page. Navigation, also by script, is counted without it. */
export function page(): void;
/** Sets the consent of the visitor. */
export function consent(word: KnockConsent): void;
/** Starts another visitor. */
export function reset(): void;
/** Calls `listener` with the visitor's intent, now if it is known, and on each change. */
export function on(event: 'intent', listener: (intent: KnockIntent) => void): void;
/** Opens the chat, or a booking. */
export function open(what?: 'chat' | 'meeting'): void;
/** Closes the chat or the booking. */
export function close(): void;
