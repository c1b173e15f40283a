// A plain pipe from a port that is known to a server wherever it listens: what answers is
// that server, to the byte.

import net from 'node:net';
import { listen } from './listen.mjs';

/** Fails where something else has the port already. */
export async function startPipe(port, target) {
  const { hostname: host, port: to } = new URL(target);
  const open = new Set();
  const server = net.createServer((socket) => {
    const onward = net.connect({ host, port: Number(to) });
    for (const end of [socket, onward]) {
      open.add(end);
      end.on('close', () => {
        open.delete(end);
        socket.destroy();
        onward.destroy();
      });
      end.on('error', () => {});
    }
    socket.pipe(onward).pipe(socket);
  });
  await listen(server, port).catch((error) => {
    throw new Error(`this test needs port ${port} of this machine: ${error.message}`);
  });
  return {
    origin: `http://127.0.0.1:${port}`,
    stop: () => {
      for (const end of open) end.destroy();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}
