export default {
  name: "mixpanel",
  packages: ["mixpanel-browser"],
  configured: "its core build (no session recorder), page views and autocapture on, batches as by default",
  capturesClicks: true,
  start: `
    import mixpanel from "mixpanel-browser/src/loaders/loader-module-core";
    mixpanel.init("bench", { api_host: HOST, autocapture: true, track_pageview: "url-with-path", persistence: "localStorage" });
    window.mark = (name) => mixpanel.track(name);`,
  reply: 1,
};
