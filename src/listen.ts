// The sockets that we listen on, and how long somebody may take at one: who sends byte by byte, or never reads, holds up nobody else.
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Patience with one client, all in milliseconds. */
export interface Patience {
  /** For the head of a request, from the connection or the answer before on. */
  headersTimeout: number;
  /** For the whole request: the largest file that is taken, over a weak network. */
  requestTimeout: number;
  /** For the next request of a connection. */
  keepAliveTimeout: number;
  /** For the next byte in either direction: who does not read what they asked for is let go. */
  idleTimeout: number;
  /** How often the first two are looked at. */
  connectionsCheckingInterval: number;
}

const ours: Patience = {
  headersTimeout: 20_000,
  requestTimeout: 10 * 60_000,
  keepAliveTimeout: 5_000,
  idleTimeout: 3 * 60_000,
  connectionsCheckingInterval: 5_000,
};

/** A server whose port is taken, and which answers nothing yet. */
export interface Listening {
  port: number;
  serve(listener: RequestListener): void;
  /** Takes no more requests, and waits for those in hand. */
  close(): Promise<void>;
}

/**
 * @param port 0 for any that is free
 * @param host all addresses of this machine unless told
 * @throws with a message for the person who starts it, if the port is taken
 */
export async function listen(port: number, host: string | undefined, patience: Patience = ours): Promise<Listening> {
  const server = createServer(patience);
  server.setTimeout(patience.idleTimeout);
  server.listen({ port, host });
  await once(server, 'listening').catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'EADDRINUSE'
      ? new Error(`Port ${port} is taken. Set PORT to a free one (the practice platforms take the next two).`)
      : error;
  });
  return {
    port: (server.address() as AddressInfo).port,
    serve: (listener) => void server.on('request', listener),
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
      }),
  };
}
