// The server's time, reckoned by how fast this device's clocks go: that one of them is an hour wrong, or is set meanwhile, changes nothing.

/** @param now the server's time, in milliseconds since 1970 */
export function createClock(now) {
  let last = 0;
  let anchor;
  set(now);

  /** The server has just said what time it is. */
  function set(server) {
    anchor = { server, steady: performance.now(), date: Date.now() };
  }

  return {
    set,
    /** Never goes back. Where a device slept, the slower of its clocks is believed: what is reckoned is rather too early than too late. */
    now() {
      const steady = performance.now() - anchor.steady;
      const date = Date.now() - anchor.date;
      const passed = date < 0 ? steady : Math.min(steady, date);
      last = Math.max(last, Math.round(anchor.server + passed));
      return last;
    },
  };
}
