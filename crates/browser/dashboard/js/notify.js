// Sounds and notifications of the browser, given by one of its tabs alone.

/** The tab that holds this lock notifies; another one gets it when that tab is closed. */
const NOTIFIER = 'knock-notifier';
/** Tabs in which a conversation is open and looked at hold this lock. */
const looking = (chat) => `knock-chat-${chat}`;
const shown = new Map();
let audio;
let open = () => {};
let tellLooks = () => {};
let wasLookedAt = false;
let isNotifier = false;
let wanted = '';
let held = '';
let letGo = () => {};
let end = () => {};

/** `granted`, `denied`, `default` when it was not asked for; `missing` where the browser has no notifications. */
export const permission = () => globalThis.Notification?.permission ?? 'missing';

/** Asks for the permission; browsers want a press of a button for that. */
export const askPermission = async () => (globalThis.Notification ? Notification.requestPermission() : 'missing');

/** Holds a lock until the function that it returns is called; `taken` hears that it is held. */
const hold = (name, mode, taken) => {
  const stop = new AbortController();
  let free;
  const done = new Promise((resolve) => (free = resolve));
  const work = () => {
    taken();
    return done;
  };
  navigator.locks.request(name, { mode, signal: stop.signal }, work).catch(() => {});
  return () => {
    stop.abort();
    free();
  };
};

const isLookedAt = () => document.visibilityState === 'visible' && document.hasFocus();

/** Says whether somebody looks at this tab: when that changes, and again while it is so. */
const sayLooks = (isAgain) => {
  const now = isLookedAt();
  if (now !== wasLookedAt || (now && isAgain)) tellLooks(now);
  wasLookedAt = now;
};

const update = () => {
  sayLooks(false);
  const now = isLookedAt() ? wanted : '';
  if (now === held) return;
  letGo();
  held = now;
  letGo = now && navigator.locks ? hold(looking(now), 'shared', () => {}) : () => {};
};

/** Browsers play nothing before the page was pressed or typed into. */
const unlock = () => void play(false);

const ofPush = () => (navigator.serviceWorker && globalThis.PushManager ? navigator.serviceWorker : undefined);
const registered = async () => ofPush()?.getRegistration('/app/').catch(() => {});
const bytes = (text) => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

/** Whether this browser can show notifications while the page is closed. */
export const hasPush = () => Boolean(ofPush());

/** The subscription of this browser to pushes under a key; none where it has not subscribed and `isWanted` is false. */
export const subscribe = async (key, isWanted) => {
  if (!ofPush() || permission() !== 'granted') return '';
  let worker = await registered();
  if (!worker && !isWanted) return '';
  worker ??= await ofPush().register('/app/push.js', { scope: '/app/' });
  await ofPush().ready;
  let subscription = await worker.pushManager.getSubscription();
  const bound = subscription?.options.applicationServerKey;
  // The server has another key by now: what is bound to the old one gets nothing.
  if (bound && text(bound) !== key) {
    await subscription.unsubscribe();
    subscription = null;
  } else if (!subscription && !isWanted) return '';
  subscription ??= await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(key) });
  const [p256dh, auth] = ['p256dh', 'auth'].map((name) => text(subscription.getKey(name)));
  return JSON.stringify({ endpoint: subscription.endpoint, p256dh, auth });
};

/** Ends the subscription of this browser. */
export const unsubscribe = async () => {
  const subscription = await (await registered())?.pushManager.getSubscription();
  await subscription?.unsubscribe();
};

/**
 * Begins to notify, in one tab of this browser; `chosen` hears which page was chosen, `looks` every minute and when it
 * changes whether somebody looks at this tab.
 */
export const begin = (chosen, looks) => {
  finish();
  open = chosen;
  tellLooks = looks;
  const listening = new AbortController();
  const { signal } = listening;
  ofPush()?.addEventListener('message', ({ data }) => data?.path && open(data.path), { signal });
  const looking = setInterval(sayLooks, 45_000, true);
  for (const name of ['focus', 'blur', 'pagehide']) addEventListener(name, update, { signal });
  document.addEventListener('visibilitychange', update, { signal });
  for (const name of ['pointerdown', 'keydown']) addEventListener(name, unlock, { signal, once: true, capture: true });
  const take = () => (isNotifier = true);
  // Pages that are not served securely have no locks: there each tab gives its own sounds.
  const free = navigator.locks ? hold(NOTIFIER, 'exclusive', take) : take;
  if (!navigator.locks) take();
  sayLooks(true);
  end = () => {
    clearInterval(looking);
    free();
    listening.abort();
  };
};

/** Ends it, and takes the notifications of this tab away. */
export const finish = () => {
  end();
  end = () => {};
  isNotifier = false;
  wasLookedAt = false;
  tellLooks = () => {};
  look('');
  for (const chat of [...shown.keys()]) withdraw(chat);
};

/** This tab shows a conversation, or none. */
export const look = (chat) => {
  wanted = chat;
  update();
  if (chat) withdraw(chat);
};

/** Whether somebody looks at a conversation in any tab of this browser. */
const isSeen = async (chat) => {
  if (!navigator.locks) return held === chat;
  return (await navigator.locks.query()).held.some(({ name }) => name === looking(chat));
};

/**
 * Plays the sound, two short tones; without `aloud`, only has the browser allow it. False where the browser does not
 * play it before the page was pressed.
 */
export const play = async (aloud) => {
  try {
    if (navigator.userActivation?.hasBeenActive === false) return false;
    audio ??= new AudioContext();
    if (audio.state !== 'running') {
      await Promise.race([audio.resume(), new Promise((resolve) => setTimeout(resolve, 500))]);
    }
    if (audio.state !== 'running') return false;
    if (aloud) [[0, 880], [0.14, 1174.7]].forEach(([at, pitch]) => tone(audio.currentTime + at, pitch));
    return true;
  } catch {
    return false;
  }
};

const tone = (at, pitch) => {
  const [voice, volume] = [audio.createOscillator(), audio.createGain()];
  voice.frequency.value = pitch;
  volume.gain.setValueAtTime(0.0001, at);
  volume.gain.exponentialRampToValueAtTime(0.2, at + 0.02);
  volume.gain.exponentialRampToValueAtTime(0.0001, at + 0.35);
  voice.connect(volume).connect(audio.destination);
  voice.start(at);
  voice.stop(at + 0.36);
};

/**
 * Shows a notification in place of an earlier one of the same conversation; false where that is not possible. Where this
 * browser gets pushes, it is shown as they are, so that they replace each other.
 */
export const show = async (chat, title, body) => {
  const path = chat && `/app/inbox/${chat}`;
  const options = { tag: chat || 'test', body, renotify: true, lang: 'en', data: { path: path || location.pathname } };
  try {
    const worker = await registered();
    if (worker?.active) {
      await worker.showNotification(title, options);
      return true;
    }
    const notification = new Notification(title, options);
    notification.addEventListener('click', () => {
      globalThis.focus();
      notification.close();
      if (path) open(path);
    });
    notification.addEventListener('close', () => shown.get(chat) === notification && shown.delete(chat));
    shown.set(chat, notification);
    return true;
  } catch {
    return false;
  }
};

/** Notifies of a conversation that nobody looks at here, if this is the tab that does; false when the sound is blocked. */
export const notify = async (chat, title, body, hasSound, hasNotification) => {
  if (!isNotifier || (await isSeen(chat))) return true;
  if (hasNotification && permission() === 'granted') await show(chat, title, body);
  return hasSound ? play(true) : true;
};

/** Takes the notifications of a conversation away, pushed ones too. */
export const withdraw = async (chat) => {
  shown.get(chat)?.close();
  shown.delete(chat);
  const pushed = await (await registered())?.getNotifications({ tag: chat });
  pushed?.forEach((notification) => notification.close());
};

/** The time of the week in a time zone, such as `1 18:30` on a Monday; in the browser's own where that one is unknown. */
export const timeOfWeek = (timeZone) => {
  const options = { weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };
  let format;
  try {
    format = new Intl.DateTimeFormat('en-GB', { ...options, timeZone: timeZone || 'UTC' });
  } catch {
    format = new Intl.DateTimeFormat('en-GB', options);
  }
  const parts = Object.fromEntries(format.formatToParts(new Date()).map(({ type, value }) => [type, value]));
  const days = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
  return `${days.indexOf(parts.weekday) + 1} ${parts.hour}:${parts.minute}`;
};

/** The browser's own time zone. */
export const timeZone = () => new Intl.DateTimeFormat().resolvedOptions().timeZone ?? 'UTC';
