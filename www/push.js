// The service worker of the dashboard: shows push notifications and opens their chat or meeting.

addEventListener('install', () => skipWaiting());
addEventListener('activate', (event) => event.waitUntil(clients.claim()));

addEventListener('push', (event) => {
  let alert = {};
  try {
    alert = event.data.json();
  } catch {
    // Browsers require a notification for every push, also for an unreadable one.
  }
  event.waitUntil(show(alert));
});

/** Shows a notification, silently if an open page has shown it already. */
const show = async ({ title = 'Knock', body = 'Open the inbox.', tag = 'knock', path = '/app/inbox' }) => {
  const shown = await registration.getNotifications({ tag });
  const isNew = !shown.some((one) => one.title === title && one.body === body);
  await registration.showNotification(title, { body, tag, renotify: isNew, lang: 'en', data: { path } });
};

addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(open(event.notification.data?.path ?? '/app/inbox'));
});

/** Opens a page of the dashboard in an open tab, else in a new one. */
const open = async (path) => {
  const tabs = await clients.matchAll({ type: 'window', includeUncontrolled: true });
  const tab = tabs.find(({ url }) => new URL(url).pathname.startsWith('/app'));
  if (!tab) return clients.openWindow(path);
  // If the browser refuses the focus, the tab still shows the page.
  await tab.focus().catch(() => {});
  tab.postMessage({ path });
};
