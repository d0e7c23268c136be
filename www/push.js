// The service worker of the dashboard: shows push notifications, and leads to the chat that one is about.

addEventListener('install', () => skipWaiting());
addEventListener('activate', (event) => event.waitUntil(clients.claim()));

addEventListener('push', (event) => {
  let alert = {};
  try {
    alert = event.data.json();
  } catch {
    // Browsers want a notification for every push, whatever is in it.
  }
  event.waitUntil(show(alert));
});

/** Shows a notification; one that an open page has shown already is not heard once more. */
const show = async ({ title = 'Knock', body = 'Open the inbox.', tag = 'knock', path = '/app/inbox' }) => {
  const shown = await registration.getNotifications({ tag });
  const isNew = !shown.some((one) => one.title === title && one.body === body);
  await registration.showNotification(title, { body, tag, renotify: isNew, lang: 'en', data: { path } });
};

addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(open(event.notification.data?.path ?? '/app/inbox'));
});

/** Goes to a page of the dashboard in a tab that is open; in a new one where there is none. */
const open = async (path) => {
  const tabs = await clients.matchAll({ type: 'window', includeUncontrolled: true });
  const tab = tabs.find(({ url }) => new URL(url).pathname.startsWith('/app'));
  if (!tab) return clients.openWindow(path);
  // A browser that refuses it shows the page all the same, once the tab is chosen.
  await tab.focus().catch(() => {});
  tab.postMessage({ path });
};
