export default {
  name: "plausible",
  packages: ["@plausible-analytics/tracker"],
  configured: "page views, outbound links, downloads and forms; other clicks by hand, as it captures none",
  capturesClicks: false,
  start: `
    import { init, track } from "@plausible-analytics/tracker";
    init({
      domain: "bench.example", endpoint: HOST + "/api/event", captureOnLocalhost: true,
      outboundLinks: true, fileDownloads: true, formSubmissions: true, logging: false,
    });
    window.mark = (name) => track(name, {});`,
  reply: {},
};
