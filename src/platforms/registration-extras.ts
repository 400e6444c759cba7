// Puts what one LMS wants beside the standard's members into the description that we register with.
import { z } from 'zod';
import type { RegistrationExtras } from './lms/lms-differences.ts';

const configurationSchema = z.looseObject({ messages: z.array(z.looseObject({ type: z.string() })) });

/** A tool configuration as `toolConfiguration` makes it, with the members and the placements of an LMS added. */
export function withExtras(toolConfiguration: unknown, { configuration, placements }: RegistrationExtras): object {
  const { messages, ...given } = configurationSchema.parse(toolConfiguration);
  return {
    ...given,
    ...configuration,
    messages: messages.map((message) => {
      const places = placements[message.type];
      return places ? { ...message, placements: places } : message;
    }),
  };
}
