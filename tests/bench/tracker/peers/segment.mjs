export default {
  name: "segment",
  packages: ["@segment/analytics-next"],
  configured: "its own destination only, settings given in the page instead of fetched; page() and track() by hand, as it captures no clicks",
  capturesClicks: false,
  start: `
    import { AnalyticsBrowser } from "@segment/analytics-next";
    const analytics = AnalyticsBrowser.load({
      writeKey: "bench",
      cdnURL: HOST,
      cdnSettings: { integrations: { "Segment.io": { apiKey: "bench", apiHost: HOST.slice(7) + "/v1", protocol: "http" } } },
    });
    analytics.page();
    window.mark = (name) => void analytics.track(name);`,
  reply: { success: true },
};
