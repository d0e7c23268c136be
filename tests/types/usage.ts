// Valid uses of the snippet's types, and invalid ones that the compiler must refuse.
import * as snippet from 'knock-snippet';
import type { KnockOptions, KnockScriptAttributes, KnockSignal } from 'knock-snippet';
import type { KnockSent } from 'knock-snippet/k';

const options: KnockOptions = { host: 'https://knock.example.com', site: 'key' };
snippet.load(options)('track', 'started');
snippet.load({
  ...options,
  base: '/shop',
  consent: 'required',
  identify: 'off',
  hash: 'on',
  engine: 'js',
  cookie: 'off',
  query: 'view',
  queryKeep: ['tab'],
  sites: ['shop.example'],
  chat: 'off',
  lang: 'de',
  ignoreDnt: true,
  nonce: 'abc',
  integrity: 'sha384-x',
  version: '0123456789ab',
});
// @ts-expect-error the site key is missing
snippet.load({ host: 'https://knock.example.com' });
// @ts-expect-error an unknown value
snippet.load({ ...options, consent: 'optional' });
// @ts-expect-error an unknown option
snippet.load({ ...options, chats: 'off' });
// @ts-expect-error not a list
snippet.load({ ...options, sites: 'shop.example' });

snippet.identify({ email: 'ann@acme.example', name: 'Ann', proof: 'abc', plan: 'pro' });
snippet.identify({ id: 42, phone: '+44 7700 900123' });
snippet.identify({ user_id: 'u-42', name: 'Ann' });
// @ts-expect-error neither an address nor an id
snippet.identify({ name: 'Ann' });
// @ts-expect-error an id is a text or a number
snippet.identify({ id: true });
// @ts-expect-error a proof is a string
snippet.identify({ email: 'ann@acme.example', proof: 1 });
snippet.track('saved');
snippet.track('saved', { rows: 3, nested: { any: [1] } });
// @ts-expect-error properties are an object
snippet.track('saved', 3);
// @ts-expect-error a name is a string
snippet.track(3);
snippet.page();
snippet.consent('granted');
// @ts-expect-error an unknown value
snippet.consent('yes');
snippet.reset();
snippet.on('intent', ({ category, type }) => category === 'Pricing' && type === 'Buying');
// @ts-expect-error an unknown event
snippet.on('ready', () => {});
// @ts-expect-error an unknown type
snippet.on('intent', ({ type }) => type === 'Selling');
snippet.open();
snippet.open('chat');
snippet.open('meeting');
// @ts-expect-error an unknown view
snippet.open('window');
snippet.close();

window.knock = window.knock || function () { var q = knock.q = knock.q || []; if (q.length < 200) q.push(arguments); };
knock('identify', { email: 'ann@acme.example', proof: 'abc' });
knock('track', 'saved', { rows: 3 });
knock('page');
knock('consent', 'denied');
knock('reset');
knock('on', 'intent', (intent) => intent.category);
knock('open', 'chat');
knock('open', 'meeting');
knock('close');
// @ts-expect-error an unknown command
knock('trakc', 'saved');
// @ts-expect-error the name is missing
knock('track');
// @ts-expect-error the listener is missing
knock('on', 'intent');

document.addEventListener('knock:ready', (event) => event.detail satisfies null);
document.addEventListener('knock:intent', ({ detail }) => detail.type satisfies string);
document.addEventListener('knock:signal', ({ detail }) => {
  const { id, at, type, seq, fields }: KnockSignal = detail;
  [id satisfies string, at satisfies number, type === 'form_abandon', seq satisfies number, fields?.join()];
  // @ts-expect-error properties are not in the event
  detail.props;
  // @ts-expect-error a type that the browser does not send
  detail.type === 'chat_message';
});
document.addEventListener('knock:sent', ({ detail }) => {
  const { count, status, ids }: KnockSent = detail;
  [count satisfies number, status satisfies number, ids satisfies string[]];
  // @ts-expect-error the field has another name
  detail.status_code;
});

const attributes: KnockScriptAttributes = { 'data-site': 'key', 'data-hash': 'on', 'data-ignore-dnt': '', 'data-query': 'view', 'data-query-keep': 'a b', 'data-chat': 'frame' };
// @ts-expect-error an unknown value
attributes['data-cookie'] = 'none';
// @ts-expect-error the site key is missing
({ 'data-chat': 'off' }) satisfies KnockScriptAttributes;
