export default {
  name: "amplitude",
  packages: ["@amplitude/analytics-browser"],
  configured: "autocapture with clicks on elements; remote configuration off",
  capturesClicks: true,
  start: `
    import * as amplitude from "@amplitude/analytics-browser";
    amplitude.init("bench", {
      serverUrl: HOST + "/2/httpapi", remoteConfig: { fetchRemoteConfig: false },
      autocapture: { pageViews: true, sessions: true, attribution: true, formInteractions: true, fileDownloads: true, elementInteractions: true },
    });
    window.mark = (name) => void amplitude.track(name);`,
  reply: { code: 200 },
};
