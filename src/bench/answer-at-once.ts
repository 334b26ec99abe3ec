// The other end of a measurement of the load generator itself: reads nothing, keeps nothing, says 200.
const server = Bun.serve({
  hostname: '127.0.0.1',
  port: 0,
  fetch: () => new Response('EVENT_RECEIVED'),
});

// Ends with who started it.
process.stdin.on('end', () => process.exit()).resume();
process.stdout.write(`${JSON.stringify({ url: server.url.origin })}\n`);
