// What stands before the tool's processes, as in a university: one address, and each request goes to the next that lives.
import { once } from 'node:events';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Front {
  url: string;
  /** To which ports of this machine requests go from now on; asked at every request. */
  sendTo(livingPorts: () => readonly number[]): void;
  stop(): Promise<void>;
}

export async function startFront(): Promise<Front> {
  const server = createServer().listen(0);
  await once(server, 'listening');
  let livingPorts: () => readonly number[] = () => [];
  let turn = 0;
  server.on('request', (req: IncomingMessage, res: ServerResponse) => {
    const ports = livingPorts();
    turn += 1;
    const port = ports[turn % ports.length];
    if (port === undefined) res.writeHead(503).end();
    else pass(req, res, port);
  });
  return {
    // Another name of this machine than the LMS has: two sites, as in life.
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    sendTo: (ports) => {
      livingPorts = ports;
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Hands one request on. Who dies over it is not asked twice, for a request may have been acted on. */
function pass(req: IncomingMessage, res: ServerResponse, port: number): void {
  const { method, url, headers } = req;
  const onward = request({ host: '127.0.0.1', port, method, path: url, headers }, (answer) => {
    res.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
    answer.on('error', () => res.destroy());
    answer.pipe(res);
  });
  onward.on('error', () => {
    if (res.headersSent) res.destroy();
    else res.writeHead(502).end();
  });
  res.on('close', () => onward.destroy());
  req.pipe(onward);
}
