// Listening on loopback, and ports that nobody listens on.

import net from 'node:net';

/** Starts `server` on 127.0.0.1 and returns its port. */
export function listen(server, port = 0) {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve(server.address().port);
    });
  });
}

/** Stops `server` at once, open connections included. */
export function close(server) {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections?.();
  });
}

/** A port that was free a moment ago, and on which nothing listens. */
export async function freePort() {
  const probe = net.createServer();
  const port = await listen(probe);
  await close(probe);
  return port;
}
