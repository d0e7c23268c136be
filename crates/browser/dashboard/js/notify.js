// Sounds and notifications, from one tab of the browser only.

/** The tab that holds this lock notifies; another one gets it when that tab is closed. */
const NOTIFIER = 'knock-notifier';
/** Tabs in which a conversation or a meeting is open and looked at hold this lock; both have ids of their own. */
const viewLock = (chat) => `knock-chat-${chat}`;
const shown = new Map();
let audio;
let open = () => {};
let reportLook = () => {};
let wasLookedAt = false;
let isNotifier = false;
let wanted = '';
let held = '';
let release = () => {};
let end = () => {};

/** `granted`, `denied`, `default` before the question; `missing` where the browser has no notifications. */
export const permission = () => globalThis.Notification?.permission ?? 'missing';

/** Asks for the permission; browsers require a click for that. */
export const askPermission = async () => (globalThis.Notification ? Notification.requestPermission() : 'missing');

/** Requests a lock and calls `taken` once it is held; returns a function that releases it. */
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

/** Reports whether the tab is looked at: on each change, and repeatedly while it is. */
const updateLook = (isAgain) => {
  const now = isLookedAt();
  if (now !== wasLookedAt || (now && isAgain)) reportLook(now);
  wasLookedAt = now;
};

const update = () => {
  updateLook(false);
  const now = isLookedAt() ? wanted : '';
  if (now === held) return;
  release();
  held = now;
  release = now && navigator.locks ? hold(viewLock(now), 'shared', () => {}) : () => {};
};

/** Unlocks sounds, which browsers block before the first click or key. */
const unlock = () => void play(false);

const pushContainer = () => (navigator.serviceWorker && globalThis.PushManager ? navigator.serviceWorker : undefined);
const registered = async () => pushContainer()?.getRegistration('/app/').catch(() => {});
const bytes = (text) => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

/** Whether this browser can show notifications while the page is closed. */
export const hasPush = () => Boolean(pushContainer());

/** The subscription of this browser to pushes under a key; none where it has not subscribed and `isWanted` is false. */
export const subscribe = async (key, isWanted) => {
  if (!pushContainer() || permission() !== 'granted') return '';
  let worker = await registered();
  if (!worker && !isWanted) return '';
  worker ??= await pushContainer().register('/app/push.js', { scope: '/app/' });
  await pushContainer().ready;
  let subscription = await worker.pushManager.getSubscription();
  const bound = subscription?.options.applicationServerKey;
  // The server has a new key: subscriptions to the old one receive nothing.
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
 * Starts notifications. Calls `chosen` with the path of a clicked one, and `looks` with whether the tab is looked at, on
 * each change and every 45 seconds.
 */
export const begin = (chosen, looks) => {
  finish();
  open = chosen;
  reportLook = looks;
  const listening = new AbortController();
  const { signal } = listening;
  pushContainer()?.addEventListener('message', ({ data }) => data?.path && open(data.path), { signal });
  const looking = setInterval(updateLook, 45_000, true);
  for (const name of ['focus', 'blur', 'pagehide']) addEventListener(name, update, { signal });
  document.addEventListener('visibilitychange', update, { signal });
  for (const name of ['pointerdown', 'keydown']) addEventListener(name, unlock, { signal, once: true, capture: true });
  const take = () => (isNotifier = true);
  // Insecure pages have no locks: there each tab plays its own sounds.
  const free = navigator.locks ? hold(NOTIFIER, 'exclusive', take) : take;
  if (!navigator.locks) take();
  updateLook(true);
  end = () => {
    clearInterval(looking);
    free();
    listening.abort();
  };
};

/** Ends notifications, and withdraws those of this tab. */
export const finish = () => {
  end();
  end = () => {};
  isNotifier = false;
  wasLookedAt = false;
  reportLook = () => {};
  look('');
  for (const chat of [...shown.keys()]) withdraw(chat);
};

/** Sets the conversation or meeting that this tab shows, if any. */
export const look = (chat) => {
  wanted = chat;
  update();
  if (chat) withdraw(chat);
};

/** Whether a conversation or meeting is looked at in any tab of this browser. */
const isSeen = async (chat) => {
  if (!navigator.locks) return held === chat;
  return (await navigator.locks.query()).held.some(({ name }) => name === viewLock(chat));
};

/**
 * Plays the sound, two short tones; without `aloud`, only unlocks it. False where the browser blocks it until the first
 * click.
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
 * Shows a notification in place of an earlier one of the same conversation or meeting; false where that is not possible.
 * With push, the service worker shows it, so that pushed ones and this replace each other. A click opens `path`, if any.
 */
export const show = async (chat, path, title, body) => {
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

/** Notifies of an unseen conversation or meeting, if this tab holds the lock; false when the sound is blocked. */
export const notify = async (chat, path, title, body, hasSound, hasNotification) => {
  if (!isNotifier || (await isSeen(chat))) return true;
  if (hasNotification && permission() === 'granted') await show(chat, path, title, body);
  return hasSound ? play(true) : true;
};

/** Withdraws the notifications of a conversation or meeting, pushed ones too. */
export const withdraw = async (chat) => {
  shown.get(chat)?.close();
  shown.delete(chat);
  const pushed = await (await registered())?.getNotifications({ tag: chat });
  pushed?.forEach((notification) => notification.close());
};

/** Weekday and time in a time zone, such as `1 18:30` on a Monday; in the browser's zone if it is unknown. */
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

/** The browser's time zone. */
export const timeZone = () => new Intl.DateTimeFormat().resolvedOptions().timeZone ?? 'UTC';
