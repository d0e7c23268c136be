export default {
  name: "snowplow",
  packages: [
    "@snowplow/browser-tracker", "@snowplow/browser-plugin-link-click-tracking",
    "@snowplow/browser-plugin-form-tracking", "@snowplow/browser-plugin-button-click-tracking",
  ],
  configured: "plugins for clicks on links, clicks on buttons and forms; one request an event (its default)",
  capturesClicks: true,
  start: `
    import { newTracker, trackPageView, trackStructEvent } from "@snowplow/browser-tracker";
    import { LinkClickTrackingPlugin, enableLinkClickTracking } from "@snowplow/browser-plugin-link-click-tracking";
    import { FormTrackingPlugin, enableFormTracking } from "@snowplow/browser-plugin-form-tracking";
    import { ButtonClickTrackingPlugin, enableButtonClickTracking } from "@snowplow/browser-plugin-button-click-tracking";
    newTracker("sp", HOST, {
      appId: "bench", plugins: [LinkClickTrackingPlugin(), FormTrackingPlugin(), ButtonClickTrackingPlugin()],
    });
    enableLinkClickTracking();
    enableFormTracking();
    enableButtonClickTracking();
    trackPageView();
    window.mark = (name) => trackStructEvent({ category: "bench", action: name });`,
  reply: {},
};
