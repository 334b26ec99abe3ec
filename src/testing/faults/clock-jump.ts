// Loaded before the program: each SIGUSR2 sets its clock a quarter of an hour ahead, and a minute. What runs in
// real time, timers and time-outs, stays as it is.

const A_QUARTER_OF_AN_HOUR_MS = 16 * 60_000;

const real = Date.now;
let ahead = 0;
Date.now = () => real() + ahead;
process.on('SIGUSR2', () => {
  ahead += A_QUARTER_OF_AN_HOUR_MS;
});
