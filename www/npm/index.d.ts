// The snippet for sites that are built with a bundler.
import type { Knock, KnockConsent, KnockIdentity, KnockIntent, KnockScriptAttributes } from './k.d.ts';

export type * from './k.d.ts';

/** What the script tag says; an option has the words of the attribute `data-` with its name. */
export interface KnockOptions {
  /** Where Knock is served, such as `https://knock.example.com`, perhaps with a path. */
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
  /** Names of further URL parameters whose values are told. */
  queryKeep?: readonly string[];
  /** Hosts of the workspace's other sites: links there carry the visitor over. */
  sites?: readonly string[];
  chat?: KnockScriptAttributes['data-chat'];
  lang?: KnockScriptAttributes['data-lang'];
  /** Capture in spite of Global Privacy Control and Do Not Track. */
  ignoreDnt?: boolean;
  /** The nonce of the page's content security policy. */
  nonce?: string;
  /** The hash of the script, as the pinned line of the Install page has it; goes with `version`. */
  integrity?: string;
  /** The version in the address of that line; without it, whichever version is served. */
  version?: string;
}

/**
 * Puts the script into the page, unless one is there: a page has one site. Returns the page's `knock`, which keeps
 * calls until the script has loaded. Throws a `TypeError` when `host` or `site` cannot be used.
 */
export function load(options: KnockOptions): Knock;

/** Says who the visitor is. */
export function identify(who: KnockIdentity): void;
/** Records an event of the site. */
export function track(name: string, props?: Record<string, unknown>): void;
/** Counts the page as seen again. Navigation, by script too, is counted without it. */
export function page(): void;
/** What the visitor allows. */
export function consent(word: KnockConsent): void;
/** From now on another visitor. */
export function reset(): void;
/** Calls `listener` with what the visitor seems to want, now if that is known, and whenever it changes. */
export function on(event: 'intent', listener: (intent: KnockIntent) => void): void;
/** Opens the chat, or a booking. */
export function open(what?: 'chat' | 'meeting'): void;
/** Closes it. */
export function close(): void;
