const source = {
  source: {
    id: "bench", name: "bench", writeKey: "bench", enabled: true, workspaceId: "bench", updatedAt: "2026-01-01T00:00:00.000Z",
    connections: [], destinations: [], dataplanes: {}, config: { statsCollection: { errors: { enabled: false }, metrics: { enabled: false } } },
  },
};

export default {
  name: "rudderstack",
  packages: ["@rudderstack/analytics-js"],
  configured: "the bundled build (its plugins inside, none loaded remotely), no destinations, its configuration given in the page; page() and track() by hand, as it captures no clicks",
  capturesClicks: false,
  start: `
    import { RudderAnalytics } from "@rudderstack/analytics-js/bundled";
    const analytics = new RudderAnalytics();
    analytics.load("bench", HOST, { getSourceConfig: () => (${JSON.stringify(source)}), loadIntegration: false });
    analytics.page();
    window.mark = (name) => analytics.track(name);`,
  reply: {},
};
