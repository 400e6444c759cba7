// What the commands of this room work with, and how they answer whoever typed them.
import type { Database } from '../database/database.ts';

export interface PlatformCommandTools {
  /** Asked for only once it is needed. */
  database: () => Database | Promise<Database>;
  now: () => Date;
  publicUrl: string;
  allowHttpLoopback: boolean;
  /** Closes our private keys at rest; 32 bytes. */
  sealingKey: Uint8Array;
  print: (line: string) => void;
  /** Ends the command with a sentence for the person at the terminal. */
  fail: (message: string) => never;
}
