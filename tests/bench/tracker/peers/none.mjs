// The page without a tracker: what everything else is compared with.
export default {
  name: "none",
  configured: "no tracker",
};
