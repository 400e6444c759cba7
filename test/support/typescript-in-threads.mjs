// Lets a thread run TypeScript as it is, with the hook of typescript.mjs: `--import` of this among the thread's options.
import { register } from 'node:module';

register('./typescript.mjs', import.meta.url);
