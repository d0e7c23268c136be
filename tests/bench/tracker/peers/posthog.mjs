export default {
  name: "posthog",
  packages: ["posthog-js"],
  configured: "page views also of history changes, autocapture, page leave; feature flags, surveys, replay and other remote files off",
  capturesClicks: true,
  start: `
    import posthog from "posthog-js";
    posthog.init("phc_bench", {
      api_host: HOST, ui_host: HOST, capture_pageview: "history_change", autocapture: true,
      advanced_disable_flags: true, disable_surveys: true, disable_session_recording: true,
      disable_external_dependency_loading: true, capture_performance: false, capture_dead_clicks: false,
    });
    window.mark = (name) => posthog.capture(name);`,
  reply: { status: 1 },
};
